"""What the machine doors refuse."""

from taizhang.kernel.errors import TaizhangError


class NothingHereError(TaizhangError):
    """No such thing, or none that was adopted."""

    code = "api.nothing-here"
    template = "没有{what}“{value}”。只公开已采纳的内容；有哪些，见 {listed}"


class ParameterIsUnknownError(TaizhangError):
    """The address has a parameter that means nothing here; taking it silently would answer another question."""

    code = "api.parameter-is-unknown"
    template = "不认识参数“{name}”。这里可以用的是：{known}"


class ParameterIsMalformedError(TaizhangError):
    """A parameter cannot be read."""

    code = "api.parameter-is-malformed"
    template = "参数 {name} 的值“{value}”读不懂：{reason}。用法见 /api/v1/openapi.json"


class CursorIsUnreadableError(TaizhangError):
    """A cursor was altered, or belongs to another list."""

    code = "api.cursor-is-unreadable"
    template = "翻页标记“{cursor}”读不懂，可能被改过或来自别的清单。请照抄上一页的 next，或从第一页重新开始"


class MethodIsNotAllowedError(TaizhangError):
    """Only reading is open."""

    code = "api.method-not-allowed"
    template = "这里只能读取，不接受 {method}。请用 GET 或 HEAD"


class TooManyRequestsError(TaizhangError):
    """One address asked too often in a minute."""

    code = "api.too-many-requests"
    template = "这个网络地址一分钟内请求超过 {limit} 次，请 {seconds} 秒后再来。成批取数据请用批量下载"
