"""What holds everywhere. Values that an installation may set come from `project.env`."""

from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from taizhang.project import env

PACKAGE = Path(__file__).resolve().parents[2]
STATE = env.declare_as(Path, "TAIZHANG_STATE", "var", "存放数据库、索引和上传文件的目录")
DATABASE_URL = env.declare(
    "TAIZHANG_DATABASE_URL", "", "PostgreSQL 地址，例如 postgresql://taizhang@/taizhang；空则用内嵌 SQLite"
)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "taizhang.apps.ledger",
    "taizhang.apps.accounts",
    "taizhang.apps.organisations",
    "taizhang.apps.gazettes",
    "taizhang.apps.targets",
    "taizhang.apps.assessments",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "taizhang.web.headers.SecurityHeadersMiddleware",
    "taizhang.web.zero_bytes.ZeroBytesMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "taizhang.web.kept_pages.KeptPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "taizhang.web.desk.sessions.SessionRulesMiddleware",
]
ROOT_URLCONF = "taizhang.project.urls"
WSGI_APPLICATION = "taizhang.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "taizhang.web.templating.environment",
            "context_processors": ["django.contrib.messages.context_processors.messages", "taizhang.web.context.site"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]


def _database(url: str) -> dict[str, object]:
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(STATE / "taizhang.sqlite3"),
            "CONN_MAX_AGE": 60,  # opening the file and reading its schema costs more than most pages' queries
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or dict(p.split("=", 1) for p in parts.query.split("&") if "=" in p).get("host", "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}},
    }


DATABASES = {"default": _database(DATABASE_URL)}
# Failed logins are counted here, so all web processes must see the same counts.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/desk/account/login/"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "taizhang.web.desk.adapter.ClosedAccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "taizhang.web.desk.adapter.SealedMFAAdapter"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = STATE / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static", PACKAGE / "styles"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": STATE / "files"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_IDLE = env.declare_as(int, "TAIZHANG_SESSION_IDLE", "1800", "多少秒没有操作就自动退出")
SESSION_LONGEST = 8 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "taizhang.web.desk.uploads.CutAtTheLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
UPLOAD_LIMIT = env.declare_as(int, "TAIZHANG_UPLOAD_LIMIT", str(50 * 1024 * 1024), "上传文件的最大字节数")
MAIL = env.declare("TAIZHANG_MAIL", "", "发邮件的服务器，例如 smtp://用户:密码@主机:587；空则不发催办邮件")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = urlsplit(MAIL).hostname or "localhost", urlsplit(MAIL).port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(urlsplit(MAIL).username or ""), unquote(urlsplit(MAIL).password or "")
EMAIL_USE_TLS, EMAIL_TIMEOUT = urlsplit(MAIL).port == 587, 20
DEFAULT_FROM_EMAIL = env.declare("TAIZHANG_MAIL_FROM", "taizhang@localhost", "催办邮件的发件人地址")
EVIDENCE = STATE / "evidence"
EVIDENCE_LIMIT = env.declare_as(int, "TAIZHANG_EVIDENCE_LIMIT", str(20 * 1024 * 1024), "一份佐证材料的最大字节数")
EVIDENCE_SCAN = env.declare("TAIZHANG_EVIDENCE_SCAN", "", "病毒扫描命令，从标准输入读文件，0 干净、1 有毒；空则不扫描")
API_RATE = env.declare_as(int, "TAIZHANG_API_RATE", "600", "开放接口：一个网络地址每分钟最多请求几次，0 为不限")
API_COUNTS: Path | None = STATE / "api-counts"  # shared by all web processes of the machine
ALLAUTH_TRUSTED_PROXY_COUNT = env.declare_as(
    int, "TAIZHANG_PROXIES", "0", "网站前面有几层自己的反向代理；限次和登录锁定据此认出访客的网络地址"
)
PACK = env.declare("TAIZHANG_PACK", "packs/specimen", "本地包的目录")
SIMULATED_DAY = env.declare_as(
    lambda text: date.fromisoformat(text) if text else None,
    "TAIZHANG_SIMULATED_DAY",
    "",
    "演示用：网页和任务把这一天当作今天，例如 2025-09-30；正式使用时必须为空",
)
IS_SIMULATED = env.flag("TAIZHANG_SIMULATED", False, "页面和导出是否标明模拟数据（1 是 0 否）")
SEARCH_INDEX = STATE / "search"
KEPT_PAGES = 64 * 1024 * 1024  # bytes of public pages that each process keeps; 0 keeps none
KEPT_PARTS = 64 * 1024 * 1024  # bytes of parts of public pages, the same
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without_words": {"()": "taizhang.project.logs.WithoutWords"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "without_words"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
