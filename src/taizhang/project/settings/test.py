"""Tests: SQLite in memory or the PostgreSQL of TAIZHANG_TEST_DATABASE_URL, quick password hashes, tasks at once."""

import atexit
import shutil
import tempfile
from pathlib import Path

from taizhang.project import env
from taizhang.project.settings.base import *  # noqa: F403
from taizhang.project.settings.base import _database

DEBUG = False
SECRET_KEY = "tests"
SEALING_KEYS = ["tests"]
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_TEST_URL = env.declare("TAIZHANG_TEST_DATABASE_URL", "", "测试用 PostgreSQL 地址；空则测试用 SQLite")
DATABASES = {"default": _database(_TEST_URL)}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
KEPT_PAGES = KEPT_PARTS = 0  # tests give one another's rows the same ids; a test of kept pages sets its own
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise.")]
# An index of their own, so that tests neither see nor touch one in use.
SEARCH_INDEX = Path(tempfile.mkdtemp(prefix="taizhang-tests-")) / "search"
atexit.register(shutil.rmtree, SEARCH_INDEX.parent, ignore_errors=True)
API_COUNTS = None
API_RATE = 0  # a test that counts requests sets its own
