"""A visitor looks for a subsidy and follows every figure to its sentence, with a mouse, with keys, without script, and on paper."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

pytestmark = pytest.mark.usefixtures("either_database")


def read_pdf(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def open_sentence(page: Page, chip: Locator) -> Locator:
    """The drawer that a citation opens, with its sentence marked."""
    drawer = page.locator(f"#{chip.get_attribute('popovertarget')}")
    chip.click()
    expect(drawer).to_be_visible()
    expect(drawer.locator("mark")).not_to_be_empty()
    return drawer


def test_a_visitor_searches_a_subsidy_follows_a_clause_to_its_target_and_back_and_opens_the_proof_report(visitor: Page) -> None:
    visitor.goto("/")
    visitor.locator("main").get_by_role("searchbox").first.fill("补贴")
    visitor.locator("main").get_by_role("searchbox").first.press("Enter")
    visitor.wait_for_url("**/search/?q=*")
    expect(visitor.locator(".hit mark").first).to_have_text("补贴")

    visitor.get_by_role("complementary", name="筛选").get_by_role("link", name="责任目标").click()
    expect(visitor.locator(".hits > li .tag").first).to_have_text("责任目标")
    visitor.locator(".hits").get_by_role("link", name="固定页").first.click()
    clause = visitor.url
    expect(visitor.locator("main")).to_contain_text("补贴")

    visitor.locator('main [aria-labelledby="who"] a[href*="/targets/"]').first.click()
    expect(visitor.locator("main h1")).to_be_visible()
    assert "/targets/" in visitor.url
    # Every way back is a citation: the chip opens the sentence, and the drawer leads on to the gazette.
    open_sentence(visitor, visitor.locator("main .cite:visible").first)
    visitor.go_back()
    assert visitor.url == clause

    visitor.locator("header, nav").get_by_role("link", name="公报").first.click()
    visitor.get_by_role("link", name="校对报告").first.click()
    expect(visitor.locator(".finding").first).to_be_visible()
    open_sentence(visitor, visitor.locator(".finding .cite").first).get_by_role("link", name="在公报中查看").click()
    expect(visitor.locator(".gz").first).to_be_visible()


def test_the_sentence_of_a_figure_opens_and_closes_with_keys_and_focus_comes_back(visitor: Page) -> None:
    visitor.goto("/")
    chip = visitor.locator("main .cite:visible").first
    drawer = visitor.locator(f"#{chip.get_attribute('popovertarget')}")
    chip.focus()
    visitor.keyboard.press("Enter")
    expect(drawer).to_be_visible()
    visitor.keyboard.press("Tab")
    assert drawer.evaluate("(drawer) => drawer.contains(document.activeElement)")
    visitor.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(chip).to_be_focused()
    visitor.keyboard.press("Space")
    expect(drawer).to_be_visible()


def test_the_first_key_leads_past_the_navigation(visitor: Page) -> None:
    visitor.goto("/gazette/2025-3/")
    visitor.keyboard.press("Tab")
    expect(visitor.locator(":focus")).to_have_attribute("href", "#main")
    visitor.keyboard.press("Enter")
    assert visitor.url.endswith("#main")


def test_every_focus_is_seen(visitor: Page) -> None:
    visitor.goto("/")
    for _ in range(25):
        visitor.keyboard.press("Tab")
        seen = visitor.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e), b = e.getBoundingClientRect();
                return e === document.body || (b.width > 0 && (s.outlineStyle !== "none" || s.boxShadow !== "none")); }"""
        )
        assert seen, visitor.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_without_script_the_same_walk_works(open_context: Callable[..., BrowserContext]) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto("/")
    page.locator("main").get_by_role("searchbox").first.fill("补贴")
    page.locator("main").get_by_role("searchbox").first.press("Enter")
    expect(page.locator(".hit mark").first).to_have_text("补贴")
    page.locator(".hits").get_by_role("link", name="固定页").first.click()
    page.get_by_role("link", name="在公报中查看").first.click()
    expect(page.locator(".gz").first).to_be_visible()


def test_large_text_and_contrast_stay_chosen_on_the_next_page(visitor: Page) -> None:
    visitor.goto("/")
    visitor.get_by_text("大字版").first.click()
    visitor.get_by_text("高对比").first.click()
    visitor.goto("/gazette/")
    expect(visitor.locator("html")).to_have_attribute("data-size", "large")
    expect(visitor.locator("html")).to_have_attribute("data-contrast", "high")


def test_english_and_chinese_are_one_step_apart_and_the_gazette_stays_chinese(visitor: Page) -> None:
    visitor.goto("/gazette/2025-3/")
    visitor.get_by_role("link", name="English").click()
    visitor.wait_for_url("**/en/gazette/2025-3/")
    expect(visitor.locator("html")).to_have_attribute("lang", "en")
    expect(visitor.locator("main [lang=zh-CN]").first).to_be_visible()
    visitor.get_by_role("link", name="中文").click()
    visitor.wait_for_url("**/gazette/2025-3/")


def test_an_address_that_does_not_exist_offers_where_to_go(visitor: Page, troubles: list[str]) -> None:
    answer = visitor.goto("/d/不存在〔2025〕99号/")
    assert answer is not None
    assert answer.status == 404
    expect(visitor.locator("main a").first).to_be_visible()
    assert [trouble for trouble in troubles if "404" not in trouble] == []
    troubles.clear()


@pytest.mark.parametrize(
    "path", ["/d/崤政〔2025〕6号/", "/d/崤政 [2025] 6 号/", "/d/崤政（2025）6号/", "/d/崤政〔２０２５〕６号/"]
)
def test_a_number_in_any_bracket_and_spacing_opens_the_document(visitor: Page, path: str) -> None:
    answer = visitor.goto(path)
    assert answer is not None
    assert answer.status == 200
    expect(visitor.locator("main")).to_contain_text("崤政〔2025〕6号")


@pytest.mark.parametrize("path", ["/", "/gazette/2025-3/proof/", "/d/崤政〔2025〕6号/"])
def test_on_paper_the_controls_are_gone_and_the_banner_of_simulated_data_stays(visitor: Page, tmp_path: Path, path: str) -> None:
    visitor.goto(path)
    visitor.emulate_media(media="print")
    for control in (".utils a", ".find", "header nav a", ".toc"):
        for one in visitor.locator(control).all()[:3]:
            expect(one).to_be_hidden()
    expect(visitor.locator(".sim")).to_be_visible()
    visitor.pdf(path=str(tmp_path / "page.pdf"), prefer_css_page_size=True, print_background=True)
    pages = read_pdf(tmp_path / "page.pdf")
    assert "模拟数据" in pages[0]
    assert all(words.strip() for words in pages), "an empty sheet of paper"
