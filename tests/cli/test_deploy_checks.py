"""What is not secure is named by the setting to change, and a site that is not secure does not start."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.conf import global_settings
from pytest_django import Settings

from taizhang.cli.demo_accounts import PASSWORD
from taizhang.cli.deploy_checks import faults
from tests.apps_fixtures import person
from tests.cli.running import Outcome

GOOD = {
    "SECRET_KEY": "k9!mQ2" * 10 + "wxyz",
    "SEALING_KEYS": ["Zr8_tqLm5N" * 4],
    "API_RATE": 600,
    "API_COUNTS": Path("api-counts"),
    "ALLOWED_HOSTS": ["gazette.example.gov.cn"],
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 365 * 24 * 3600,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}},
    "PASSWORD_HASHERS": global_settings.PASSWORD_HASHERS,
}


@pytest.fixture
def secure(settings: Settings, tmp_path: Path, db: None) -> Settings:
    for name, value in GOOD.items():
        setattr(settings, name, value)
    tmp_path.chmod(0o700)
    settings.STATE = tmp_path
    return settings


def fatal() -> list[str]:
    return [fault.name for fault in faults() if fault.is_fatal]


def test_secure_settings_have_no_fault(secure: Settings) -> None:
    assert fatal() == []


@pytest.mark.parametrize(
    ("setting", "value", "name"),
    [
        ("SECRET_KEY", "short", "TAIZHANG_SECRET_KEY"),
        ("SECRET_KEY", "a" * 60, "TAIZHANG_SECRET_KEY"),
        ("SEALING_KEYS", [], "TAIZHANG_SEALING_KEYS"),
        ("SEALING_KEYS", ["short"], "TAIZHANG_SEALING_KEYS"),
        ("SEALING_KEYS", ["k9!mQ2" * 10 + "wxyz"], "TAIZHANG_SEALING_KEYS"),
        ("API_COUNTS", None, "API_COUNTS"),
        ("ALLOWED_HOSTS", [], "TAIZHANG_HOSTS"),
        ("ALLOWED_HOSTS", ["*"], "TAIZHANG_HOSTS"),
        ("DEBUG", True, "DEBUG"),
        ("SIMULATED_DAY", date(2025, 9, 30), "TAIZHANG_SIMULATED_DAY"),
        ("SECURE_SSL_REDIRECT", False, "SECURE_SSL_REDIRECT"),
        ("SECURE_HSTS_SECONDS", 0, "SECURE_HSTS_SECONDS"),
        ("SESSION_COOKIE_SECURE", False, "SESSION_COOKIE_SECURE"),
        ("SESSION_COOKIE_HTTPONLY", False, "SESSION_COOKIE_HTTPONLY"),
        ("CSRF_COOKIE_SECURE", False, "CSRF_COOKIE_SECURE"),
        ("SECURE_CONTENT_TYPE_NOSNIFF", False, "SECURE_CONTENT_TYPE_NOSNIFF"),
        ("MIDDLEWARE", [], "MIDDLEWARE"),
        ("CACHES", {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}, "CACHES"),
        ("PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"], "PASSWORD_HASHERS"),
    ],
)
def test_an_insecure_setting_is_named(secure: Settings, setting: str, value: object, name: str) -> None:
    setattr(secure, setting, value)
    assert fatal() == [name]


def test_a_state_folder_that_everybody_can_read_is_named(secure: Settings, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert fatal() == ["TAIZHANG_STATE"]


def test_accounts_with_the_password_of_the_demo_are_named(secure: Settings) -> None:
    user = person("bianji", "editor")
    user.set_password(PASSWORD)
    user.save()
    assert [(f.name, "bianji" in f.told) for f in faults() if f.is_fatal] == [("accounts", True)]
    user.is_active = False
    user.save()
    assert fatal() == []


def test_a_proxy_that_is_not_counted_is_told_and_stops_nothing(secure: Settings) -> None:
    assert "TAIZHANG_PROXIES" in [fault.name for fault in faults() if not fault.is_fatal]
    secure.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert "TAIZHANG_PROXIES" not in [fault.name for fault in faults()]


def test_simulated_pages_are_told_and_stop_nothing(secure: Settings) -> None:
    secure.IS_SIMULATED = True
    assert "TAIZHANG_SIMULATED" in [fault.name for fault in faults() if not fault.is_fatal]


def production(state: Path, *words: str, **environment: str) -> Outcome:
    env = {"PATH": os.environ["PATH"], "TAIZHANG_STATE": str(state), "TAIZHANG_HOSTS": "gazette.example.gov.cn",
           "TAIZHANG_SEALING_KEYS": "Zr8_tqLm5N" * 4, **environment}  # fmt: skip
    command = [sys.executable, "-W", "error", "-m", "taizhang.cli.main", *words]
    done = subprocess.run(command, capture_output=True, env=env, check=False, timeout=120)
    return Outcome(done.returncode, done.stdout, done.stderr.decode())


def test_production_goes_from_nothing_to_fit_and_refuses_to_serve_before(tmp_path: Path) -> None:
    state, key = tmp_path / "state", {"TAIZHANG_SECRET_KEY": GOOD["SECRET_KEY"]}
    assert "运行 taizhang upgrade" in production(state, "serve", **key).err
    assert production(state, "upgrade", **key).code == 0
    assert production(state, "check", "--deploy", **key).text.splitlines()[-1] == "没有不安全的设置"
    weak = {"TAIZHANG_SECRET_KEY": "weak"}
    told = production(state, "check", "--deploy", **weak)
    assert told.code == 1
    assert "不安全 TAIZHANG_SECRET_KEY：只有 4 个字符" in told.text
    refused = production(state, "serve", "--port", "1", **weak)
    assert refused.code == 2
    assert "TAIZHANG_SECRET_KEY" in refused.err
    assert "网站不启动" in refused.err


def test_the_state_folder_is_made_for_its_account_only(tmp_path: Path) -> None:
    state = tmp_path / "state"
    production(state, "upgrade", TAIZHANG_SECRET_KEY=str(GOOD["SECRET_KEY"]))
    assert state.stat().st_mode & 0o077 == 0
