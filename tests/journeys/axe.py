"""What axe-core finds wrong in a page, in words."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import NARROW, WIDE

_AXE = Axe()
# What passed is only counted: listing every element of a long page takes longer than finding what is wrong with it.
_OPTIONS = {"resultTypes": ["violations"]}


def faults(page: Page, inside: str | None = None) -> list[str]:
    """Every violation of WCAG 2.0 to 2.2, A and AA, and of best practice, with where it is."""
    results: dict[str, Any] = _AXE.run(page, context=inside, options=_OPTIONS).response
    return _ids_given_twice(page) + [
        f"{fault['id']} ({fault['help']}): {node['html'][:200]} at {node['target']}"
        for fault in results["violations"]
        for node in fault["nodes"][:3]
    ]


def _ids_given_twice(page: Page) -> list[str]:
    """Names that two elements share: a label or a citation would lead to the wrong one. axe-core no longer looks for them."""
    twice: list[str] = page.evaluate(
        """() => {
            const seen = new Set();
            return [...document.querySelectorAll("[id]")].map((e) => e.id).filter((id) => seen.has(id) || !seen.add(id));
        }"""
    )
    return [f"the id {one} is given twice" for one in twice]


def open_all_disclosures(page: Page) -> None:
    """Open every part that starts closed, as a thorough reader would."""
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")


def overflow(page: Page) -> list[str]:
    """Elements that stick out of the page to the right; none where the page fits its window."""
    found: list[str] = (
        page.evaluate(
            """() => {
            const width = document.documentElement.clientWidth;
            if (document.scrollingElement.scrollWidth <= width) return [];
            return [...document.querySelectorAll("body *")]
                .filter((e) => e.getBoundingClientRect().right > width + 1 && !e.closest(".tw, [tabindex='0'], svg, .vh"))
                .slice(0, 5).map((e) => e.outerHTML.slice(0, 160));
        }"""
        )
        or []
    )
    if not found and not page.evaluate("document.scrollingElement.scrollWidth <= document.documentElement.clientWidth"):
        return ["the page is wider than the window"]
    return found


def look(page: Page) -> None:
    """Nothing is wrong with the page, wide or narrow."""
    found = faults(page)
    page.set_viewport_size(NARROW)
    found += [*faults(page), *overflow(page)]
    page.set_viewport_size(WIDE)
    assert found == [], page.url
