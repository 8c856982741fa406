"""The demo on this machine: embedded database, no HTTPS, simulated data marked on every page."""

from taizhang.project.settings.base import *  # noqa: F403

DEBUG = False
# The demo listens on this machine only; its key protects nothing that lasts.
SECRET_KEY = "demo-only-not-for-any-network"
SEALING_KEYS = ["demo-only-not-for-any-network"]
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
IS_SIMULATED = True
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
