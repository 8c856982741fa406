"""Fixtures of journeys: one running site, Debian's Chromium, a visitor, and people of the desk who have logged in."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from taizhang.cli.demo_accounts import PASSWORD
from tests.journeys.addresses import Addresses, follow
from tests.journeys.running_site import Site, running_site

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
# A slow machine is slow, not broken.
PATIENCE = 45_000  # milliseconds
expect.set_options(timeout=PATIENCE)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-quic", "--font-render-hinting=none"]  # fmt: skip


def chromium() -> str:
    """The system's Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "journeys need Chromium: apt-get install chromium fonts-noto-cjk"
    return program


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo, running."""
    with running_site(tmp_path_factory.mktemp("journeys"), os.environ.get("TAIZHANG_TEST_DATABASE_URL", "")) as running:
        yield running


@pytest.fixture
def either_database() -> None:
    """Marks a walk that is taken on SQLite and on PostgreSQL: `--rows-only` chooses it."""


@pytest.fixture(scope="session")
def addresses(site: Site) -> Addresses:
    """What the site leads to."""
    return follow(site.address)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. It ends with each module: while it runs, Django refuses its database in this thread."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def troubles() -> Iterator[list[str]]:
    """What browsers complained about; there must be nothing at the end."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def open_context(browser: Browser, site: Site, troubles: list[str]) -> Iterator[Callable[..., BrowserContext]]:
    """`open_context(viewport=…)` opens a window of its own, whose complaints are collected."""
    opened: list[BrowserContext] = []

    def open_one(**options: Any) -> BrowserContext:
        context = browser.new_context(base_url=site.address, **{"viewport": WIDE, "locale": "zh-CN", **options})
        context.set_default_timeout(PATIENCE)
        context.on("page", lambda page: _listen(page, troubles))
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()


def _listen(page: Page, troubles: list[str]) -> None:
    page.on("console", lambda said: troubles.append(f"{page.url}: {said.text}") if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
    page.on("requestfailed", lambda request: _note_failure(troubles, request))


def _note_failure(troubles: list[str], request: Any) -> None:
    # A page left before all of it came, and a download, are no failures.
    if "ERR_ABORTED" not in (request.failure or ""):
        troubles.append(f"{request.url}: {request.failure}")


@pytest.fixture
def visitor(open_context: Callable[..., BrowserContext]) -> Page:
    """A page of somebody who is not logged in."""
    return open_context().new_page()


@pytest.fixture(scope="session")
def sessions() -> dict[str, Any]:
    """Cookies of people who have logged in, so that each does it once."""
    return {}


@pytest.fixture
def at_desk(open_context: Callable[..., BrowserContext], sessions: dict[str, Any]) -> Callable[..., Page]:
    """`at_desk("bianji")` is a page of the desk as that person sees it, in a window of their own."""

    def open_as(username: str, **options: Any) -> Page:
        context = open_context(storage_state=sessions.get(username), **options)
        page = context.new_page()
        page.goto("/desk/")
        if "/login/" in page.url:
            page.locator("input[name=login]").fill(username)
            page.locator("input[name=password]").fill(PASSWORD)
            page.locator("form.sheet button[type=submit]").click()
            page.wait_for_url("**/desk/")
            sessions[username] = context.storage_state()
        return page

    return open_as
