"""What makes an installation unfit for a network, each fault by the name of the setting to change."""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from taizhang.cli.demo_accounts import ACCOUNTS, PASSWORD
from taizhang.cli.language import tr

_SHORTEST_KEY = 50
_SHORTEST_SEALING_KEY = 32
_FEWEST_CHARACTERS = 10  # different ones in a key
_DAY = 24 * 3600
_STRONG_HASHERS = ("PBKDF2PasswordHasher", "Argon2", "Scrypt", "BCryptSHA256")


@dataclass(frozen=True, slots=True)
class Fault:
    """A setting that is not fit: its name, and what is wrong and what to do. A fault that is not fatal is only told."""

    name: str
    told: str
    is_fatal: bool = True


def faults() -> list[Fault]:
    """Everything unfit in the settings, the state folder and the accounts."""
    return [fault for check in _CHECKS for fault in check()]


def _secrets() -> Iterator[Fault]:
    from django.conf import settings

    key = settings.SECRET_KEY
    if len(key) < _SHORTEST_KEY or len(set(key)) < _FEWEST_CHARACTERS:
        yield Fault(
            "TAIZHANG_SECRET_KEY",
            tr(
                "只有 {count} 个字符或字符太单一，会话可被伪造。用 python3 -c "
                "'import secrets; print(secrets.token_urlsafe(64))' 生成一个"
            ).format(count=len(key)),
        )


def _sealing() -> Iterator[Fault]:
    from django.conf import settings

    keys = settings.SEALING_KEYS
    if not keys or any(len(key) < _SHORTEST_SEALING_KEY or len(set(key)) < _FEWEST_CHARACTERS for key in keys):
        yield Fault(
            "TAIZHANG_SEALING_KEYS",
            tr(
                "有 {count} 个密钥，其中有太短或太单一的，动态口令的种子等于明文存放。用 python3 -c "
                "'import secrets; print(secrets.token_urlsafe(48))' 生成一个"
            ).format(count=len(keys)),
        )
    elif settings.SECRET_KEY in keys:
        yield Fault("TAIZHANG_SEALING_KEYS", tr("和 TAIZHANG_SECRET_KEY 相同，一处泄露就全丢。另生成一个"))


def _hosts() -> Iterator[Fault]:
    from django.conf import settings

    hosts = settings.ALLOWED_HOSTS
    if not hosts or any(host.startswith("*") for host in hosts):
        yield Fault("TAIZHANG_HOSTS", tr("没有写域名或写了 *，别人可以冒用网址。写出网站的域名"))


def _protections() -> Iterator[Fault]:
    from django.conf import settings

    if settings.DEBUG:
        yield Fault("DEBUG", tr("打开着，出错页会泄露内部情况。用 taizhang.project.settings.production"))
    switches = {
        "SECURE_SSL_REDIRECT": tr("没有转到 HTTPS，密码会明文传输"),
        "SESSION_COOKIE_SECURE": tr("会话会经 HTTP 传出"),
        "SESSION_COOKIE_HTTPONLY": tr("网页脚本能读会话"),
        "CSRF_COOKIE_SECURE": tr("防伪令牌会经 HTTP 传出"),
        "SECURE_CONTENT_TYPE_NOSNIFF": tr("浏览器会猜文件类型"),
    }
    for name, why in switches.items():
        if not getattr(settings, name):
            yield Fault(name, tr("{why}。用 taizhang.project.settings.production").format(why=why))
    if settings.SECURE_HSTS_SECONDS < _DAY:
        yield Fault("SECURE_HSTS_SECONDS", tr("浏览器记不住只用 HTTPS。用 taizhang.project.settings.production"))
    headers = "taizhang.web.headers.SecurityHeadersMiddleware"
    if headers not in settings.MIDDLEWARE:
        yield Fault("MIDDLEWARE", tr("没有 {name}，网页不设内容安全策略").format(name=headers))
    # The first makes new hashes; those after it only read old ones.
    if not any(strong in settings.PASSWORD_HASHERS[0] for strong in _STRONG_HASHERS):
        yield Fault("PASSWORD_HASHERS", tr("密码摘要太弱，只能用于测试"))


def _shared() -> Iterator[Fault]:
    from django.conf import settings

    if settings.API_RATE and settings.API_COUNTS is None:
        yield Fault("API_COUNTS", tr("各网页进程各数各的，开放接口的限次要乘上进程数。用 taizhang.project.settings.production"))
    if settings.CACHES["default"]["BACKEND"].endswith(("LocMemCache", "DummyCache")):
        yield Fault("CACHES", tr("各网页进程各记各的，登录锁定形同虚设。用 taizhang.project.settings.production"))


def _proxies() -> Iterator[Fault]:
    from django.conf import settings

    if not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        told = tr("是 0：HTTPS 由反向代理接时，所有访客都算作代理一个地址，一人输错密码、全体被锁。前面有几层代理就写几")
        yield Fault("TAIZHANG_PROXIES", told, is_fatal=False)


def _state() -> Iterator[Fault]:
    from django.conf import settings

    mode = stat.S_IMODE(os.stat(settings.STATE).st_mode)
    if mode & 0o007:
        yield Fault("TAIZHANG_STATE", tr("目录 {folder} 人人可读。运行 chmod 700 {folder}").format(folder=settings.STATE))


def _database() -> Iterator[Fault]:
    from django.conf import settings

    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield Fault(
            "TAIZHANG_DATABASE_URL",
            tr("没有设置，用的是内嵌 SQLite：适合一个部门试用，多人同时办理请用 PostgreSQL"),
            is_fatal=False,
        )


def _simulated() -> Iterator[Fault]:
    from django.conf import settings

    if settings.IS_SIMULATED:
        yield Fault("TAIZHANG_SIMULATED", tr("每一页都标着模拟数据。正式使用时设为 0"), is_fatal=False)


def _simulated_day() -> Iterator[Fault]:
    from django.conf import settings

    if settings.SIMULATED_DAY is not None:
        told = tr("把 {day} 当作今天，办理时间都会记错。删掉这个环境变量").format(day=settings.SIMULATED_DAY)
        yield Fault("TAIZHANG_SIMULATED_DAY", told)


def _accounts() -> Iterator[Fault]:
    from taizhang.apps.accounts.models import User
    from taizhang.cli.site import waiting_migrations

    if waiting_migrations():
        return
    users = User.objects.filter(is_active=True, username__in=ACCOUNTS).order_by("username")
    known = [user.username for user in users if user.check_password(PASSWORD)]
    if known:
        yield Fault(
            "accounts",
            tr("账号 {names} 用着试用密码，谁都能登录。运行 taizhang user close 停用它们").format(names="、".join(known)),
        )


_CHECKS: tuple[Callable[[], Iterator[Fault]], ...] = (
    _secrets,
    _sealing,
    _hosts,
    _protections,
    _shared,
    _proxies,
    _state,
    _database,
    _simulated,
    _simulated_day,
    _accounts,
)
