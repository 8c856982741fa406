"""What commands that need the site's database refuse, in words that say what to do."""

from taizhang.kernel.errors import TaizhangError


class DatabaseIsBehindError(TaizhangError):
    """The database lacks changes that this version of the program needs."""

    code = "cli.database-is-behind"
    template = "数据库还差 {count} 步没有升级（{first}…）。先备份，再运行 taizhang upgrade"


class DatabaseIsUnreachableError(TaizhangError):
    """The database does not answer."""

    code = "cli.database-is-unreachable"
    template = "连不上数据库（{reason}）。检查 TAIZHANG_DATABASE_URL 和数据库服务；用内嵌 SQLite 时检查目录 {state} 能不能写"


class PortIsTakenError(TaizhangError):
    """Another program listens there."""

    code = "cli.port-is-taken"
    template = "{address}:{port} 不能用（{reason}）。换一个端口，例如 --port {other}，或停掉占用它的程序"


class SettingsAreInsecureError(TaizhangError):
    """The settings would expose what must be protected."""

    code = "cli.settings-are-insecure"
    template = "有 {count} 项设置不安全（{names}），网站不启动。运行 taizhang check --deploy 看每一项怎么改"


class UserIsUnknownError(TaizhangError):
    """No account has this name."""

    code = "cli.user-is-unknown"
    template = "没有“{username}”这个账号。运行 taizhang user list 看已有的，或用 taizhang user add 新建"


class AnchorIsMalformedError(TaizhangError):
    """The head of the chain given to check against cannot be read."""

    code = "cli.anchor-is-malformed"
    template = "校验值“{anchor}”读不懂。照通报上印的写，例如 128:9f2c…（序号、冒号、64 位十六进制数）"


class DemoDoesNotAnswerError(TaizhangError):
    """The demo was started and its first page is not what it should be."""

    code = "cli.demo-does-not-answer"
    template = "网站已启动，{address} 却没有正常回答（{reason}）。上面的日志写明原因"


class WordsAreMissingError(TaizhangError):
    """Nothing was said to look for."""

    code = "cli.words-are-missing"
    template = "没有写要找的词。例如：taizhang search 补贴 清洁；重建索引用 taizhang search --rebuild"
