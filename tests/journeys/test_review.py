"""An issue from the file to the public: one person hands it in and corrects, another adopts, and the print stays as it was."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import faults
from tests.proposals import DOCUMENT, SMALL

pytestmark = pytest.mark.usefixtures("either_database")
# Reading waits for the background process, which looks for work twice a second.
READ_WITHIN = 120_000
FILE: Any = {"name": "岭南河公报2025-1.txt", "mimeType": "text/plain", "buffer": SMALL.encode()}


def open_clause(page: Page, words: str) -> None:
    """Open the forms of the clause that begins with these words."""
    page.locator(".rv", has_text=words).first.get_by_role("link", name="改").click()
    expect(page.get_by_role("heading", name="更正这一条")).to_be_visible()


def correct(page: Page, summary: str, fields: dict[str, str], button: str) -> None:
    """Fill in one form of the open clause and send it."""
    part = page.locator("details", has=page.locator("summary", has_text=summary)).first
    part.locator("summary").click()
    for label, value in fields.items():
        part.get_by_label(label, exact=True).fill(value)
    part.get_by_role("button", name=button).click()
    expect(page.get_by_text("已保存，已写入台账").first).to_be_visible()


def test_an_editor_hands_in_splits_and_corrects_a_colleague_adopts_and_everyone_sees_both_readings(
    at_desk: Callable[..., Page],
) -> None:
    page = at_desk("bianji")
    page.get_by_role("link", name="公报导入").first.click()
    page.locator("input[type=file]").set_input_files(files=[FILE])
    page.get_by_role("button", name="交来并开始读").click()
    page.wait_for_url(re.compile(r"/desk/editions/\d+/$"))
    edition = page.url
    expect(page.get_by_role("link", name="校对台")).to_be_visible(timeout=READ_WITHIN)
    expect(page.get_by_text("你是提出人，不能自己采纳").or_(page.get_by_text("采纳由公报审核岗位办理"))).to_be_visible()

    page.get_by_role("link", name="岭南河市人民政府关于下达2025年责任目标的通知").first.click()
    assert faults(page) == []
    open_clause(page, "全年新增学位3200个")
    correct(page, "拆成两条", {"或者：从这几个字起": "不得挪用专项经费", "理由": "两件事"}, "拆开")
    expect(page.locator('[id="sec_1__subsec_2-b"]')).to_contain_text("不得挪用专项经费")
    open_clause(page, "全年新增学位3200个")
    correct(page, "更正数值或单位：新增学位", {"数值": "3100", "理由": "与附表不一致"}, "登记更正")
    open_clause(page, "新建公办幼儿园12所")
    correct(page, "更正数值或单位：", {"单位": "个", "理由": "统计口径"}, "登记更正")

    # Nothing is lost between visits: the overview tells what was done.
    page.goto(edition)
    expect(page.locator("ins", has_text="3100").first).to_be_visible()
    expect(page.locator("del", has_text="3200").first).to_be_visible()

    reviewer = at_desk("shenhe")
    reviewer.goto(edition)
    reviewer.get_by_role("button", name="采纳").click()
    expect(reviewer.get_by_text("已采纳").first).to_be_visible()
    reviewer.get_by_role("link", name="看公开页").click()
    expect(reviewer.locator("main")).to_contain_text("岭南河市")

    # Print stays; what was corrected stands beside it.
    reviewer.goto(f"/d/{DOCUMENT}/sec_1__subsec_2/")
    expect(reviewer.locator(".tx").first).to_contain_text("新增学位3200个")
    expect(reviewer.locator("main ins", has_text="3100").first).to_be_visible()
    reviewer.goto("/errata/")
    register = reviewer.locator("main")
    expect(register.locator("ins", has_text="3100").first).to_be_visible()
    expect(register).to_contain_text("条款划分")
    assert faults(reviewer) == []

    page.goto(edition)
    expect(page.get_by_text("已采纳").first).to_be_visible()
    expect(page.get_by_role("button", name="采纳")).to_have_count(0)


def test_an_erratum_after_adoption_takes_two_people_and_is_found_by_its_corrected_words(at_desk: Callable[..., Page]) -> None:
    page, reviewer = at_desk("bianji"), at_desk("shenhe")
    page.goto("/desk/editions/new/")
    second = SMALL.replace("2025年第1号（总第9号）", "2025年第2号（总第10号）").replace("岭政〔2025〕2号", "岭政〔2025〕12号")
    file: Any = {"name": "岭南河公报2025-2.txt", "mimeType": "text/plain", "buffer": second.encode()}
    page.locator("input[type=file]").set_input_files(files=[file])
    page.get_by_role("button", name="交来并开始读").click()
    page.wait_for_url(re.compile(r"/desk/editions/\d+/$"))
    edition = page.url
    expect(page.get_by_role("link", name="校对台")).to_be_visible(timeout=READ_WITHIN)
    reviewer.goto(edition)
    reviewer.get_by_role("button", name="采纳").click()
    expect(reviewer.get_by_text("已采纳").first).to_be_visible()

    page.goto(edition)
    page.get_by_role("link", name="岭南河市人民政府关于下达2025年责任目标的通知").first.click()
    page.locator(".rv", has_text="不得挪用专项经费").first.get_by_role("link", name="提勘误").click()
    words = {"印本上的字": "挪用专项", "应当是": "截留挪用专项", "理由": "排字脱漏"}
    correct(page, "更正文字", words, "提出勘误")
    expect(page.locator(".diff", has_text="截留挪用专项").get_by_text("待确认")).to_be_visible()
    assert faults(page) == []

    reviewer.goto("/desk/")
    reviewer.get_by_role("link", name="确认勘误").first.click()
    assert faults(reviewer) == []
    reviewer.get_by_role("button", name="确认勘误").click()
    expect(reviewer.get_by_text("编为勘误第").first).to_be_visible()
    reviewer.goto("/d/岭政〔2025〕12号/sec_1__subsec_2/")
    expect(reviewer.locator(".tx").first).to_contain_text("不得挪用专项经费")
    expect(reviewer.locator("main ins", has_text="截留挪用专项").first).to_be_visible()
    for _ in range(60):  # the index follows in the background
        reviewer.goto("/search/?q=截留挪用专项")
        if reviewer.locator(".hits li").count():
            break
        reviewer.wait_for_timeout(500)
    expect(reviewer.locator(".hits li").first).to_contain_text("勘误后的读法")
    assert faults(reviewer) == []


def test_a_name_is_put_on_record_by_two_people(at_desk: Callable[..., Page]) -> None:
    page, reviewer = at_desk("bianji"), at_desk("shenhe")
    page.get_by_role("link", name="机构名称").click()
    page.get_by_label("机构现在或以前的名称").fill("崤陵市财政局")
    page.get_by_role("button", name="查找").click()
    page.locator("summary", has_text="提出新名称").first.click()
    page.get_by_label("名称", exact=True).fill("崤陵财税")
    page.get_by_label("种类").select_option("alias")
    page.get_by_label("理由", exact=True).fill("公文里常这样写")
    assert faults(page) == []
    page.get_by_role("button", name="提出", exact=True).click()
    expect(page.get_by_text("等第二个人确认").first).to_be_visible()
    reviewer.goto("/desk/bodies/names/")
    assert faults(reviewer) == []
    reviewer.get_by_role("button", name="确认登记 崤陵财税").click()
    expect(reviewer.get_by_text("以后读公报照此认").first).to_be_visible()


def test_who_may_only_read_the_ledger_finds_no_door_to_the_rest(at_desk: Callable[..., Page], troubles: list[str]) -> None:
    page = at_desk("shenji")
    expect(page.get_by_role("link", name="公报导入")).to_have_count(0)
    answer = page.goto("/desk/editions/new/")
    assert answer is not None
    assert answer.status == 403
    expect(page.locator("main")).to_contain_text("公报编辑")
    assert [trouble for trouble in troubles if "403" not in trouble] == []
    troubles.clear()


def test_a_file_that_cannot_be_read_comes_back_with_the_reason_beside_the_field(
    at_desk: Callable[..., Page], troubles: list[str]
) -> None:
    page = at_desk("bianji")
    page.goto("/desk/editions/new/")
    picture: Any = {"name": "扫描.txt", "mimeType": "text/plain", "buffer": b"\x89PNG\r\n\x1a\n" + b"\0" * 64}
    page.locator("input[type=file]").set_input_files(files=[picture])
    page.get_by_role("button", name="交来并开始读").click()
    expect(page.locator("#fe")).to_contain_text("PNG图片")
    expect(page.get_by_label("文件", exact=True)).to_have_attribute("aria-invalid", "true")
    assert faults(page) == []
    assert [trouble for trouble in troubles if "422" not in trouble] == []
    troubles.clear()
