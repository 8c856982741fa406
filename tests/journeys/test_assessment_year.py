"""A year from the first figure to the last problem put right, each part by whose matter it is; axe looks at every page they pass."""

import os
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.engines.office.test_workbook import typed
from tests.journeys.axe import look
from tests.journeys.running_site import Site
from tests.journeys.small_year import small_year

pytestmark = pytest.mark.usefixtures("either_database")
AtDesk = Callable[..., Page]
ENDED = "/desk/years/responsibility-2025/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Two small years instead of the demo."""
    with small_year(tmp_path_factory.mktemp("year"), os.environ.get("TAIZHANG_TEST_DATABASE_URL", "")) as running:
        yield running


@pytest.fixture(scope="module")
def sessions() -> dict[str, Any]:
    """Who logged in here is not who logged in at the demo."""
    return {}


def send(page: Page, button: str, told: str) -> None:
    """Press a button; the page says what was done."""
    page.get_by_role("button", name=button, exact=True).first.click()
    expect(page.locator("main")).to_contain_text(told)


def paper(name: str, text: str) -> list[Any]:
    return [{"name": name, "mimeType": "text/csv", "buffer": text.encode()}]


def report(page: Page, number: str, file: str, button: str, told: str) -> None:
    """One figure with the file it comes from and the place in it."""
    page.get_by_label("有数字", exact=True).check()
    page.locator("input[name^=value-]").fill(number)
    page.locator("#up").set_input_files(files=paper(file, f"指标,数\n一月,{number}\n"))
    page.locator("#pl").fill("第 2 行")
    send(page, button, told)


def test_a_clerk_reports_a_month_with_evidence_the_signer_signs_the_verifier_returns_one_figure(at_desk: AtDesk) -> None:
    clerk, signer, verifier = at_desk("tianbao"), at_desk("qianfa"), at_desk("heyan")
    look(clerk)
    clerk.get_by_role("link", name="填报", exact=True).first.click()
    expect(clerk.locator("h1")).to_contain_text("截至2026年1月31日")
    report(clerk, "8.4", "收入月报.csv", "保存并填下一项", "已保存第 1 项")
    report(clerk, "150", "三公经费.csv", "保存并填下一项", "已保存第 2 项")
    look(clerk)

    signer.goto("/desk/")
    signer.get_by_role("link", name="签发", exact=True).first.click()
    expect(signer.locator("main")).to_contain_text("收入月报.csv")
    send(signer, "签发，送核验", "已签发 2 个数")
    look(signer)

    verifier.goto("/desk/")
    verifier.get_by_role("link", name="核验", exact=True).first.click()
    look(verifier)
    income, spending = (verifier.locator("fieldset", has_text=name) for name in ("收入月报.csv", "三公经费.csv"))
    income.get_by_label("确认").check()
    spending.get_by_label("退回", exact=True).check()
    spending.get_by_label("退回的理由").fill("与决算表差 3 万元")
    send(verifier, "写入核验意见", "确认 1 个数，退回 1 个数")

    clerk.goto("/desk/")
    clerk.get_by_role("link", name="改正退回的数").first.click()
    expect(clerk.locator("form.sheet")).to_contain_text("heyan 退回：与决算表差 3 万元")
    look(clerk)
    report(clerk, "147", "三公经费改.csv", "存草稿", "已保存第 2 项")
    signer.reload()
    send(signer, "签发，送核验", "已签发 1 个数")
    verifier.goto("/desk/verify/")
    expect(verifier.locator("form.sheet")).to_contain_text("上一版被退回：与决算表差 3 万元")
    verifier.get_by_label("确认").check()
    send(verifier, "写入核验意见", "确认 1 个数，退回 0 个数")
    clerk.reload()
    expect(clerk.locator("form.sheet")).to_contain_text("已核验")


def test_the_workbook_goes_out_is_filled_and_comes_back(at_desk: AtDesk, tmp_path: Path) -> None:
    clerk = at_desk("jiaoyu")
    clerk.get_by_role("link", name="填报", exact=True).first.click()
    clerk.get_by_role("link", name="用 Excel 填").click()
    look(clerk)
    with clerk.expect_download() as made:
        clerk.get_by_role("button", name="下载填报表 xlsx").click()
    filled = tmp_path / made.value.suggested_filename
    filled.write_bytes(typed(Path(made.value.path()).read_bytes(), H4="有数字", I4=260, H5="有数字", J5="推进中"))
    clerk.locator("#xl").set_input_files(filled)
    clerk.get_by_role("button", name="看看会改什么").click()
    expect(clerk.locator("main")).to_contain_text("会改 2 个数")
    look(clerk)
    send(clerk, "导入这 2 个数", "填报表已导入，改了 2 个数")
    expect(clerk.locator("input[name^=value-]")).to_have_value("260")
    clerk.get_by_role("link", name="用 Excel 填").click()
    clerk.locator("#xl").set_input_files(filled)
    send(clerk, "看看会改什么", "再导入什么也不会变")


def record(page: Page, unit: str, day: str, note: str) -> None:
    """A deduction with the file that shows it."""
    page.goto(f"{ENDED}daily/")
    page.locator("#sj").select_option(label=unit)
    page.get_by_role("button", name="选这个单位").click()
    page.get_by_label("哪一类").select_option(label="被省级通报批评")
    page.get_by_label("怎么发现的").select_option(label="专项检查")
    page.get_by_label("哪一天").fill(day)
    page.get_by_label("情况", exact=True).fill(note)
    page.locator("#fi").set_input_files(files=paper(f"{note}.csv", f"单位,情况\n{unit},{note}\n"))
    page.locator("#pl").fill("第 2 行")
    send(page, "记录", "材料已存证")
    expect(page.locator("main")).to_contain_text(f"{note}.csv")


def test_a_year_from_its_last_deductions_to_the_last_problem_put_right(at_desk: AtDesk) -> None:
    record_and_give_notice(at_desk)
    score_and_publish(at_desk)
    gain_half_a_point(at_desk)
    put_right(at_desk)


def record_and_give_notice(at_desk: AtDesk) -> None:
    """Two deductions with evidence, confirmed by a colleague; a quarterly notice, signed by him and opened as a file."""
    office, colleague = at_desk("kaohe"), at_desk("fuhe")
    record(office, "市财政局", "2025-11-03", "预算执行进度慢")
    record(office, "市财政局", "2025-12-01", "决算公开不及时")
    look(office)
    colleague.goto(f"{ENDED}daily/")
    for _ in range(2):
        send(colleague, "确认", "已确认，计分时会算")
    look(colleague)

    office.goto(ENDED)
    look(office)
    send(office, "试算", "算好了，是试算")
    expect(office.locator("tr", has_text="市财政局").first).to_contain_text("780.00")
    look(office)
    office.goto(f"{ENDED}notices/")
    look(office)
    office.get_by_label("哪一种").select_option(label="季度通报")
    office.get_by_role("button", name="起草", exact=True).click()
    look(office)
    colleague.goto(office.url)
    colleague.get_by_label("文号").fill("岭考通〔2026〕3号")
    send(colleague, "签发并编号", "通报已签发")
    look(colleague)
    with colleague.expect_download() as made:
        colleague.get_by_role("link", name="下载 docx").click()
    check_paper(Path(made.value.path()).read_bytes())
    shown = at_desk("fuhe")
    shown.goto(f"/notices/{colleague.url.rstrip('/').rsplit('/', 1)[1]}/")
    expect(shown.locator("main")).to_contain_text("岭考通〔2026〕3号")
    look(shown)


def check_paper(data: bytes) -> None:
    """The notice as a file: its number, both deductions, a score and the head of the ledger it was signed on."""
    document = Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    heads = [paragraph.text for paragraph in document.sections[0].header.paragraphs]
    words = "\n".join([*heads, *(paragraph.text for paragraph in document.paragraphs), *cells])
    for wanted in ("岭考通〔2026〕3号", "市财政局", "780", "11月3日", "12月1日", "被省级通报批评", "模拟数据"):
        assert wanted in words, wanted
    assert re.search(r"台账链首 sha256 [0-9a-f]{64}", words)


def score_and_publish(at_desk: AtDesk) -> None:
    """Scored, put forward, reviewed, approved, published."""
    office, colleague, group = at_desk("kaohe"), at_desk("fuhe"), at_desk("lingdao")
    office.goto(ENDED)
    send(office, "试算", "算好了，是试算")
    decide(office, "说明（选填）", "按实施细则提出", "提出这个结果", "结果已提出")
    decide(colleague, "复核意见", "逐项核对无误", "复核通过", "已复核")
    decide(group, "审定意见（选填）", "同意", "审定结果", "结果已审定")
    decide(office, "公布的文号或网址", "岭考办〔2026〕9号", "公布结果", "结果已公布")
    group.goto("/assessment/responsibility-2025/")
    expect(group.locator("main")).to_contain_text("770.00")
    look(group)


def decide(page: Page, label: str, words: str, button: str, told: str) -> None:
    """One signature on the results."""
    page.goto(f"{ENDED}results/")
    look(page)
    page.get_by_label(label).first.fill(words)
    send(page, button, told)


def gain_half_a_point(at_desk: AtDesk) -> None:
    """A unit contests its score with a file; the leading group tries half a point, then gives it."""
    unit, group = at_desk("juzhang"), at_desk("fuzhang")
    unit.goto(f"{ENDED}follow-up/")
    unit.get_by_label("哪一项").select_option("edu_1")
    unit.get_by_label("理由和依据").fill("有一所学校漏计")
    send(unit, "提交申诉", "申诉已提交")
    unit.get_by_text("添加材料").click()
    unit.get_by_label("材料文件").set_input_files(files=paper("竣工验收.csv", "学校,学位\n五小,5\n"))
    unit.get_by_label("在文件的哪里").fill("第 2 行")
    send(unit, "存证", "材料已存证")
    look(unit)

    group.goto("/desk/")
    look(group)
    group.get_by_role("link", name="决定申诉").click()
    expect(group.locator("main")).to_contain_text("竣工验收.csv")
    group.get_by_label("如果增减（分）").fill("0.5")
    group.get_by_role("button", name="看看会怎样").click()
    expect(group.locator("tr", has_text="市教育局")).to_contain_text("770.50")
    look(group)
    group.get_by_label("决定", exact=True).select_option(label="全部采纳")
    group.get_by_label("增减（分），不予采纳的不填").fill("0.5")
    group.get_by_label("理由", exact=True).fill("验收在年内，应计")
    send(group, "作出决定", "申诉已决定")
    group.goto("/assessment/responsibility-2025/appeals/")
    expect(group.locator("main")).to_contain_text("验收在年内，应计")
    expect(group.locator("main")).to_contain_text("0.50")
    look(group)


def put_right(at_desk: AtDesk) -> None:
    """A problem of the notice is handed over, planned, put right, verified."""
    office, unit = at_desk("kaohe"), at_desk("tianbao")
    office.goto(f"{ENDED}follow-up/")
    office.get_by_label("单位", exact=True).select_option(label="市财政局")
    office.get_by_label("问题").fill("预算执行进度慢")
    send(office, "交办", "整改已交办")
    for link, label, words, button in (
        ("报整改方案", "整改方案", "逐月通报支出进度", "报方案"),
        ("报整改情况", "整改情况", "十二个科室都已达到序时进度", "报整改情况"),
    ):
        unit.goto("/desk/")
        unit.get_by_role("link", name=link).click()
        unit.get_by_label(label, exact=True).fill(words)
        look(unit)
        send(unit, button, words)
    office.goto("/desk/")
    look(office)
    office.get_by_role("link", name="核实整改").click()
    send(office, "核实，销号", "已销号")
    look(office)
    office.goto("/assessment/responsibility-2025/rectifications/")
    expect(office.locator("main")).to_contain_text("预算执行进度慢")
    look(office)
