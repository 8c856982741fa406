"""The queue of findings with the keyboard: off at first, then from finding to finding, a disposition, and a draft, without a mouse."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import faults

pytestmark = pytest.mark.usefixtures("either_database")


def test_keys_do_nothing_until_they_are_switched_on_and_then_go_through_the_queue(at_desk: Callable[..., Page]) -> None:
    page = at_desk("shenhe")
    page.goto("/desk/editions/")
    page.locator("main a[href^='/desk/editions/']").filter(has_text="2025年第3号").first.click()
    page.get_by_role("link", name="校对台").click()
    findings = page.locator("article.finding")
    page.keyboard.press("j")
    expect(page.locator("article[aria-current]")).to_have_count(0)

    switch = page.get_by_role("button", name="键盘快捷键：关")
    switch.click()
    expect(page.get_by_role("button", name="键盘快捷键：开")).to_have_attribute("aria-pressed", "true")
    expect(findings.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(findings.nth(1)).to_be_focused()
    assert faults(page) == []

    # A reason is asked for before anything is kept as printed; typing it moves nothing.
    page.keyboard.press("1")
    expect(findings.nth(1).get_by_label("理由").first).to_be_focused()
    page.keyboard.type("jk12")
    expect(findings.nth(1).get_by_label("理由").first).to_have_value("jk12")

    open_before = int(page.locator(".lamps a").first.locator("b").inner_text())
    second = findings.nth(2).get_attribute("id")
    findings.nth(1).focus()
    page.keyboard.press("2")
    page.wait_for_url(f"**#{second}")
    expect(page.locator(f"#{second}")).to_be_focused()
    expect(page.locator(".lamps a").first.locator("b")).to_have_text(str(open_before - 1))
