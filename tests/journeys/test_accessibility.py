"""Every page of the portal: no fault that axe finds on wide and narrow screens, with parts and drawers open; fits 320 pixels."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from taizhang.web.portal.urls import urlpatterns
from tests.journeys.addresses import Addresses
from tests.journeys.axe import faults, open_all_disclosures, overflow
from tests.journeys.conftest import NARROW, WIDE
from tests.journeys.running_site import Site

NAMES = sorted({f"portal:{pattern.name}" for pattern in urlpatterns} - {"portal:preference"})
CHIP = "button[popovertarget]:visible"


def _pages(addresses: Addresses, name: str) -> list[str]:
    """The plainest example and the one with most wishes in its address; nothing for what is no page."""
    every = addresses.examples(name)
    return every[:1] + every[1:][-1:]


def _look(page: Page, path: str, *sizes: dict[str, int]) -> list[str]:
    """What is wrong at these sizes, with all parts open and, at the last, a drawer open."""
    found: list[str] = []
    page.goto(path)
    open_all_disclosures(page)
    for size in sizes:
        page.set_viewport_size(size)
        found += [f"{path} at {size['width']}: {fault}" for fault in faults(page)]
    chip = page.locator(CHIP).first
    if chip.count():
        chip.click()
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)
            found += [
                f"{path} at {size['width']}, drawer: {fault}" for fault in faults(page, f"#{chip.get_attribute('popovertarget')}")
            ]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_no_fault_on_a_page_with_its_drawers_open(visitor: Page, addresses: Addresses, name: str) -> None:
    first, *others = _pages(addresses, name)
    assert _look(visitor, first, WIDE, NARROW) == []
    for path in others:
        assert _look(visitor, path, NARROW) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_page_fits_a_window_of_320_pixels(open_context: Callable[..., BrowserContext], addresses: Addresses, name: str) -> None:
    page = open_context(viewport={"width": 320, "height": 640}).new_page()
    for path in _pages(addresses, name):
        page.goto(path)
        open_all_disclosures(page)
        assert overflow(page) == [], path


@pytest.mark.parametrize("cookies", [{"size": "xlarge"}, {"contrast": "high"}, {"size": "large", "contrast": "high"}])
def test_large_text_and_high_contrast_keep_a_page_whole(
    open_context: Callable[..., BrowserContext], site: Site, cookies: dict[str, str]
) -> None:
    context = open_context(viewport=NARROW)
    context.add_cookies([{"name": name, "value": value, "url": site.address} for name, value in cookies.items()])
    page = context.new_page()
    page.goto("/")
    assert overflow(page) == []
    assert faults(page) == []


def test_an_english_page_has_no_fault_either(visitor: Page) -> None:
    visitor.goto("/en/")
    assert visitor.locator("html").get_attribute("lang") == "en"
    assert faults(visitor) == []


@pytest.mark.parametrize(("username", "path"), [
    ("bianji", "/desk/"), ("bianji", "/desk/editions/"), ("bianji", "/desk/editions/new/"), ("shenhe", "/desk/editions/1/"),
    ("shenhe", "/desk/editions/1/findings/"), ("shenhe", "/desk/editions/1/names/"), ("shenhe", "/desk/editions/1/documents/2/"),
    ("shenhe", "/desk/bodies/"), ("shenji", "/desk/ledger/"), ("guanli", "/desk/people/"),
    ("kaohe", "/desk/years/"), ("kaohe", "/desk/schemes/"), ("kaohe", "/desk/schemes/1/"), ("tianbao", "/desk/reports/"),
    ("kaohe", "/desk/years/openness-2025/judging/?subject=5"), ("kaohe", "/desk/years/targets-2025/units/"),
    ("kaohe", "/desk/years/targets-2025/amendments/"), ("kaohe", "/desk/years/openness-2025/scores/"),
    ("tianbao", "/desk/targets/"), ("tianbao", "/desk/calendar/"), ("heyan", "/desk/verify/"), ("lingdao", "/desk/years/openness-2025/results/"),
    ("kaohe", "/desk/years/targets-2025/notices/"), ("kaohe", "/desk/years/targets-2025/follow-up/"), ("shenji", "/desk/years/"),
])  # fmt: skip
def test_axe_finds_no_fault_at_the_desk(at_desk: Callable[..., Page], username: str, path: str) -> None:
    page = at_desk(username)
    assert page.goto(path).status == 200  # type: ignore[union-attr]
    open_all_disclosures(page)
    found: list[str] = []
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        found += [f"{path} at {size['width']}: {fault}" for fault in faults(page)]
    assert found + overflow(page) == []


def test_a_fault_planted_in_a_page_is_found(visitor: Page) -> None:
    visitor.goto("/help/")
    visitor.evaluate("document.querySelector('main').innerHTML += '<img src=/static/icon.svg><p id=main><input></p>'")
    found = " ".join(faults(visitor))
    assert all(words in found for words in ("image-alt", "label", "the id main is given twice")), found
    visitor.evaluate("document.querySelector('main').innerHTML += '<pre>' + '长'.repeat(400) + '</pre>'")
    assert overflow(visitor)


def test_the_login_page_has_no_fault(visitor: Page) -> None:
    visitor.goto("/desk/account/login/")
    assert faults(visitor) == []
