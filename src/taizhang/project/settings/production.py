"""Production: everything that protects is on; secrets and hosts come from the environment."""

from taizhang.project import env
from taizhang.project.settings.base import *  # noqa: F403

DEBUG = False
SECRET_KEY = env.declare("TAIZHANG_SECRET_KEY", None, "随机密钥，不少于 50 个字符；用来签会话，不可外传")
SEALING_KEYS = [
    key
    for key in env.declare(
        "TAIZHANG_SEALING_KEYS",
        None,
        "随机密钥，不少于 32 个字符；动态口令的种子用它加密存放。换钥时新的写前面，旧的留在逗号后面",
    ).split(",")
    if key
]
ALLOWED_HOSTS = [h for h in env.declare("TAIZHANG_HOSTS", None, "网站域名，逗号分隔").split(",") if h]
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
