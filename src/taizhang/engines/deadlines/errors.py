"""What cannot be counted."""

from taizhang.kernel.errors import TaizhangError


class DaysToCountAreNegativeError(TaizhangError):
    """A term of less than no days."""

    code = "deadlines.days-to-count-are-negative"
    template = "期限写作{days}个工作日，期限不能是负数。核对方案里的工作日数"


class EndLiesBeforeStartError(TaizhangError):
    """Days are counted forwards only."""

    code = "deadlines.end-lies-before-start"
    template = "终止日{end}早于起算日{start}，数不出工作日。核对两个日期"
