"""`taizhang scheme check` says what a scheme is and what is wrong with it; `taizhang score` scores by it, without a database."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from taizhang.engines.office.xlsx import Column, Sheet, read_rows, write_workbook
from tests.cli.running import ROOT, taizhang
from tests.cli.test_contracts import closed, schema

PACK = ROOT / "packs/specimen"
SCHEME = PACK / "schemes/targets-2025.toml"
OPENNESS = PACK / "schemes/openness-2025.toml"
FIGURES = "单位,项,数值,阶段,待报原因,状态\n市科技局,2/1,27,,,已核\n市科技局,11,,基本完成,,\n河滨区,1,6.6,,,已报\n市教育局,1/2,,,等统计局出数,\n"


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    path = tmp_path / "填报.csv"
    path.write_text(FIGURES, "utf-8-sig")
    return path


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACK, tmp_path / "地方"))


def test_a_right_scheme_is_summed_up_with_its_interpretations() -> None:
    outcome = taizhang("scheme", "check", str(SCHEME))
    assert outcome.code == 0
    assert "考核对象 54 个" in outcome.text
    assert "targets-split：" in outcome.text
    assert outcome.text.rstrip().endswith("没有问题")


def test_a_mistake_is_told_with_file_line_and_remedy_and_exits_with_1(pack: Path) -> None:
    path = pack / "schemes/openness-2025.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("share = 0.2", "share = 0.3", 1), "utf-8")
    outcome = taizhang("scheme", "check", str(path))
    assert outcome.code == 1
    assert "应当是 100 分，各部分相加是 110 分" in outcome.text
    assert "不在所引的条款里" in outcome.text
    line = text[: text.index("share = 0.2")].count("\n") + 1
    assert f"{path}:{line}：" in outcome.text


def test_pack_check_runs_the_schemes_and_their_worked_cases(pack: Path) -> None:
    cases = pack / "schemes/plan-2027.cases.yaml"
    text = cases.read_text("utf-8")
    cases.write_text(text.replace("总分: 9.90", "总分: 9.80"), "utf-8")
    outcome = taizhang("pack", "check", str(pack))
    assert outcome.code == 1
    line = text[: text.index("总分: 9.90")].count("\n") + 1
    assert f"schemes/plan-2027.cases.yaml:{line}：" in outcome.text
    assert "应是9.80，算出来是9.90" in outcome.text
    assert "方案 targets-2025：54 个考核对象" in outcome.text


def test_pack_check_tells_a_file_that_bears_another_name_and_cases_without_a_scheme(pack: Path) -> None:
    (pack / "schemes/plan-2027.toml").rename(pack / "schemes/plan.toml")
    outcome = taizhang("pack", "check", str(pack), "--format", "json")
    value = json.loads(outcome.text)
    assert {problem["code"] for problem in value["problems"]} == {"scheme.name-differs", "scheme.cases-have-no-scheme"}
    assert {one["id"] for one in value["pack"]["schemes"]} == {"openness-2025", "plan-2027", "targets-2025"}


def test_a_scheme_of_a_pack_without_its_issue_asks_for_the_issue() -> None:
    outcome = taizhang("scheme", "check", str(ROOT / "packs/sanmenxia/schemes/openness-2017.toml"))
    assert outcome.code == 2
    assert "--source" in outcome.err


def test_a_scheme_outside_a_pack_asks_for_the_pack(tmp_path: Path) -> None:
    path = tmp_path / "targets-2025.toml"
    path.write_text(SCHEME.read_text("utf-8"), "utf-8")
    assert "--pack" in taizhang("scheme", "check", str(path)).err
    given = taizhang("scheme", "check", str(path), "--pack", str(PACK), "--source", str(PACK / "2025-03.txt"))
    assert given.code == 0


def test_the_json_of_a_check_keeps_its_contract() -> None:
    value = json.loads(taizhang("scheme", "check", str(SCHEME), "--format", "json").text)
    Draft202012Validator(closed(schema("scheme"))).validate({**value, "scheme": None})
    Draft202012Validator(schema("scheme")).validate(value)
    assert value["problems"] == []
    assert value["scheme"]["id"] == "targets-2025"


def test_scores_are_ranges_with_places_by_category_and_what_is_waited_for(figures: Path) -> None:
    outcome = taizhang("score", "--scheme", str(SCHEME), "--observations", str(figures), "--unit", "市科技局", COLUMNS="100")
    assert outcome.code == 0
    assert "试算" in outcome.text.splitlines()[0]
    assert "56.75–781.75" in outcome.text
    assert "暂时没有数字：等统计局出数" in outcome.text
    assert "已填报6.6%，尚未核验" in outcome.text
    assert "65 × 27 ÷ 36 = 48.75" in outcome.text
    assert "共性目标”的分值还没有定" in outcome.text


@pytest.mark.parametrize("content", ["", "单位,指标,数值\n"])
def test_a_file_of_figures_without_a_row_is_refused_and_not_taken_for_silence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "填报.csv"
    path.write_text(content, "utf-8")
    outcome = taizhang("score", "--scheme", str(SCHEME), "--observations", str(path))
    assert outcome.code == 2
    assert "除了表头没有一行数据" in outcome.err


def test_the_json_of_scores_keeps_its_contract(figures: Path) -> None:
    outcome = taizhang("score", "--scheme", str(SCHEME), "--observations", str(figures), "--format", "json")
    value: dict[str, Any] = json.loads(outcome.text)
    Draft202012Validator(closed(schema("score"))).validate(value)
    result = next(one for one in value["results"] if one["name"] == "市科技局")
    assert result["total"] == {"low": "56.75", "high": "781.75"}
    again = taizhang("score", "--scheme", str(SCHEME), "--observations", str(figures), "--format", "json")
    assert json.loads(again.text)["digest"] == value["digest"]


def test_a_workbook_says_that_its_scores_are_provisional(figures: Path, tmp_path: Path) -> None:
    path = tmp_path / "得分.xlsx"
    assert taizhang("score", "--scheme", str(SCHEME), "--observations", str(figures), "-o", str(path)).code == 0
    totals, items = read_rows(path.read_bytes())
    assert (totals.name, items.name) == ("得分", "各项")
    assert all("试算" in str(sheet.rows[0][0]) for sheet in (totals, items))


@pytest.mark.parametrize("form", ["xlsx", "json", "gbk"])
def test_figures_and_records_are_read_from_a_workbook_json_and_what_excel_saves(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"填报.{'csv' if form == 'gbk' else form}"
    if form == "xlsx":
        figures = Sheet("填报", tuple(Column(t) for t in ("单位", "项", "数值")), [("市水利局", "第二季度", 90)])
        records = Sheet("记录", tuple(Column(t) for t in ("单位", "种类", "日期")), [("市水利局", "第56行", "2025-05-01")])
        path.write_bytes(write_workbook([figures, records]))
    elif form == "json":
        observation = {"subject": "市水利局", "criterion": "第二季度", "value": 90}
        record = {"subject": "市水利局", "kind": "第56行", "on": "2025-05-01"}
        path.write_text(json.dumps({"observations": [observation], "records": [record]}), "utf-8")
    else:
        path.write_bytes("单位,项,数值\n市水利局,第二季度,90\n".encode("gb18030"))
        (tmp_path / "记录.csv").write_text("单位,种类,日期\n市水利局,第56行,2025-05-01\n", "utf-8")
    extra = ["--records", str(tmp_path / "记录.csv")] if form == "gbk" else []
    outcome = taizhang("score", "--scheme", str(OPENNESS), "--observations", str(path), "--format", "json", *extra)
    result = next(one for one in json.loads(outcome.text)["results"] if one["name"] == "市水利局")
    assert result["total"] == {"low": "10", "high": "100"}
    assert [one["points"] for one in result["adjustments"]] == ["1"]


def test_rows_that_cannot_be_taken_are_all_named_and_nothing_is_scored(tmp_path: Path) -> None:
    path = tmp_path / "填报.csv"
    path.write_text("单位,项,数值\n市科计局,1/1,2\n市科技局,2/1,三十\n", "utf-8")
    outcome = taizhang("score", "--scheme", str(SCHEME), "--observations", str(path))
    assert (outcome.code, outcome.out) == (2, b"")
    assert "第 2 行“单位”" in outcome.err
    assert "第 3 行“数值”" in outcome.err


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("填报.csv", "单位,完成值\n市科技局,1\n", "完成值"),
        ("填报.pdf", "x", ".csv、.xlsx、.json"),
        ("填报.json", "[1]", "一组对象"),
        ("填报.json", "{", "不能用作填报数据"),
    ],
)
def test_a_file_of_something_else_is_refused_with_what_it_should_be(tmp_path: Path, name: str, content: str, words: str) -> None:
    path = tmp_path / name
    path.write_text(content, "utf-8")
    outcome = taizhang("score", "--scheme", str(SCHEME), "--observations", str(path))
    assert (outcome.code, outcome.out) == (2, b"")
    assert words in outcome.err


def test_a_unit_that_is_not_assessed_and_a_scheme_with_errors_are_refused(figures: Path, pack: Path) -> None:
    outcome = taizhang("score", "--scheme", str(SCHEME), "--observations", str(figures), "--unit", "市盐业局")
    assert "没有“市盐业局”" in outcome.err
    path = pack / "schemes/targets-2025.toml"
    path.write_text(SCHEME.read_text("utf-8").replace('use = "rank"', 'use = "rnak"', 1), "utf-8")
    refused = taizhang("score", "--scheme", str(path), "--observations", str(figures))
    assert refused.code == 2
    assert "1 处错误" in refused.err


def test_figures_count_only_up_to_the_day_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "填报.csv"
    path.write_text("单位,项,截至,数值\n市水利局,第二季度,2025-06-30,90\n市水利局,第三季度,2025-09-30,80\n", "utf-8")

    def low(as_at: str) -> str:
        told = taizhang("score", "--scheme", str(OPENNESS), "--observations", str(path), "--as-at", as_at, "--format", "json")
        return str(next(one for one in json.loads(told.text)["results"] if one["name"] == "市水利局")["total"]["low"])

    assert (low("2025-06-30"), low("2025-09-30")) == ("9", "17")
