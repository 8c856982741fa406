import json
from datetime import date

from taizhang.engines.gazette import read_issue
from taizhang.engines.targets import read_targets, to_json
from taizhang.engines.targets.rows import column_titles
from taizhang.engines.targets.surroundings import surroundings_of
from tests.engines.targets.notices import NOTICE, clause, policy, reading


def test_a_clause_of_a_sheet_is_not_repeated_among_the_clauses() -> None:
    found = reading(NOTICE)
    in_sheets = {(s.document, i.eid) for s in found.sheets for g in s.groups for i in g.items}

    assert not in_sheets & {(c.document, c.eid) for c in found.clauses}
    assert "由市考核办另行印发。" in [c.text for c in found.clauses]


def test_the_frame_of_a_document_is_no_clause() -> None:
    texts = [c.text for c in reading(NOTICE).clauses]

    assert not any("明政" in text or text == "明溪市人民政府" or text.startswith("各县(市、区)人民政府") for text in texts)


def test_a_table_row_is_a_clause_with_its_cells_parted_by_tabs() -> None:
    text = policy(
        "任务分工表", "序号\t工作任务\t责任单位", "1\t建设养老服务中心12个\t市民政局、财政局", "2\t改造老旧小区60个\t市住建局"
    )
    found = [c for c in reading(text).clauses if "__row_" in c.eid]

    assert [c.eid.rpartition("__")[2] for c in found] == ["row_1", "row_2"]
    assert found[0].text == "1\t建设养老服务中心12个\t市民政局、财政局"
    assert found[0].units.responsible == ("市民政局", "市财政局")
    assert [(str(m.value), m.unit) for m in found[0].targets] == [("12", "个")]
    assert text[found[0].targets[0].span.start : found[0].targets[0].span.end].endswith("12个")


def test_a_row_counts_its_own_figures_and_not_those_it_continues() -> None:
    text = policy("序号\t任务\t分项任务\t责任单位", "1\t新建公园3座\t完成选址\t市城管局", "\t\t完成招标2次\t市财政局")
    rows = [c for c in reading(text).clauses if "__row_" in c.eid]

    assert [[str(m.value) for m in c.targets] for c in rows][1] == ["2"]


def test_a_figure_is_never_the_label_of_its_row() -> None:
    text = policy("指标\t现状\t分年度任务\t", "\t\t2024年\t2025年", "供水普及率\t90%\t95%\t98%", "绿地率\t30%\t32%\t36%")
    (rate, _) = [c for c in reading(text).clauses if "__row_" in c.eid]

    assert [str(m.value) for m in rate.targets] == ["90", "95", "98"]
    assert not any(m.metric[0].isdigit() for m in rate.targets)


def test_a_title_over_two_columns_is_said_of_both() -> None:
    issue = read_issue(policy("学校\t招生任务\t", "\t2024年\t2025年", "一中\t120\t150", "二中\t90\t95"))
    (table,) = [t for d in issue.walk_documents() for t in d.tables]

    assert column_titles(table) == ("学校", "招生任务2024年", "招生任务2025年")


def test_the_plan_year_is_that_of_the_title_before_that_of_the_date() -> None:
    text = NOTICE.replace("2024年2月18日", "2023年12月28日")

    assert {around.year for around in surroundings_of(read_issue(text))} == {2024}


def test_a_deadline_without_a_year_falls_in_the_plan_year() -> None:
    text = policy("一、总体要求", "6月底前完成全部整改任务。").replace("明溪市", "明溪市2024年")
    found = [m.value for c in reading(text).clauses for m in c.targets]

    assert found == [date(2024, 6, 30)]


def test_the_json_has_the_names_of_the_contract_and_strings_for_numbers() -> None:
    issue = read_issue(NOTICE)
    data = json.loads(json.dumps(to_json(issue, read_targets(issue)), ensure_ascii=False))
    sheet = next(s for s in data["sheets"] if s["unit"] == "市水利局")
    item = sheet["groups"][0]["items"][0]

    assert data["schema"] == 1
    assert {"unit", "kind", "document", "span", "groups"} <= sheet.keys()
    assert {"name", "points", "deduction", "items"} <= sheet["groups"][0].keys()
    assert (item["number"], item["points"], item["units"]) == ("1", "400", {"lead": [], "support": [], "responsible": []})
    assert [(m["value"], m["unit"], m["role"]) for m in item["targets"]] == [("3", "座", "target"), ("12", "座", "target")]
    assert NOTICE[slice(*item["span"])].startswith("1.新建小型水库")
    assert {"document", "eid", "text", "span", "units", "targets"} <= data["clauses"][0].keys()


def test_a_clause_keeps_its_heading_and_its_place() -> None:
    text = policy("一、主要任务", "（一）扩大投资。全年完成投资90亿元。", "（二）稳定就业。新增就业2万人。")
    found = clause(text, "扩大投资")

    assert found.text == "扩大投资。全年完成投资90亿元。"
    assert text[found.span.start : found.span.end] == "（一）扩大投资。全年完成投资90亿元。"
