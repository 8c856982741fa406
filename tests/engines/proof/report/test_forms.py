"""JSON, SARIF and workbook tell the same findings, each under its standard's rules."""

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from taizhang.engines.proof.model import Finding
from taizhang.engines.proof.report.json_form import proof_json
from taizhang.engines.proof.report.sarif import sarif_log
from taizhang.engines.proof.report.workbook import dispositions, report_sheets
from tests.engines.proof.report.made import MONEY, SUM, TEXT, chinese, report

SCHEMA = Path(__file__).parents[4] / "docs/schemas/proof-1.json"


def run() -> dict[str, Any]:
    log = sarif_log([report()], chinese)
    assert json.loads(json.dumps(log)) == log
    return log["runs"][0]  # type: ignore[no-any-return]


# JSON


def test_the_json_keeps_the_contract() -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    assert [e.message for e in Draft202012Validator(schema).iter_errors(proof_json(report()))] == []


def test_the_json_tells_place_words_and_figures() -> None:
    first = proof_json(report())["findings"][0]
    assert first["message"] == "印的是12座，应为11座"
    assert (first["declared"], first["computed"], first["quote"]) == ("12座", "11座", "合计12座")
    assert TEXT[slice(*first["spans"][0])] == "合计12座"
    assert TEXT.splitlines()[first["line"] - 1][first["column"] - 1 :].startswith("合计12座")
    assert first["place"] == "9号 一、（一）"


def test_accepted_findings_stand_apart_in_the_json_with_reason_and_day() -> None:
    told = proof_json(report())
    assert [f["quote"] for f in told["findings"]] == ["合计12座", "<不含税>", "2月底前"]
    assert told["accepted"][0]["acceptance"]["reason"] == "含管理费"
    assert told["accepted"][0]["acceptance"]["date"] == "2031-03-09"
    assert told["stale_acceptances"][0]["quote"] == "共需补助97万元"


# SARIF 2.1.0, by section of the standard


def test_the_log_names_version_and_schema() -> None:
    log = sarif_log([report(), report()], chinese)
    assert log["version"] == "2.1.0"  # 3.13.2
    assert "sarif-schema-2.1.0.json" in log["$schema"]
    assert len(log["runs"]) == 2


def test_every_result_points_at_its_rule_and_every_rule_has_help() -> None:
    rules = run()["tool"]["driver"]["rules"]
    for result in run()["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]  # 3.27.5, 3.27.6
        assert result["message"]["text"]
        assert result["level"] in ("error", "warning", "note")
    for rule in rules:
        assert rule["help"]["text"]
        assert rule["shortDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    assert [r["id"] for r in rules] == sorted(r["id"] for r in rules)


def test_regions_agree_in_lines_columns_and_offsets() -> None:
    told = run()
    assert told["columnKind"] == "unicodeCodePoints"  # 3.14.17; without it viewers count UTF-16 units
    lines = TEXT.splitlines()
    for result in told["results"]:
        for location in [*result["locations"], *result.get("relatedLocations", [])]:
            region = location["physicalLocation"]["region"]
            start, length = region["charOffset"], region["charLength"]
            words = TEXT[start : start + length]
            assert region["snippet"]["text"] == words
            assert lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1] == words
            assert location["physicalLocation"]["artifactLocation"]["index"] < len(told["artifacts"])


def test_related_locations_have_ids_of_their_own() -> None:
    ids = [[r["id"] for r in result.get("relatedLocations", [])] for result in run()["results"]]
    assert all(a < b for each in ids for a, b in pairwise(each))  # 3.28.2
    assert ids[0] == [1]


def test_a_finding_is_known_again_when_the_text_before_it_grows() -> None:
    def fingerprints(text: str, findings: tuple[Finding, ...]) -> list[str]:
        log = sarif_log([report(text, findings=findings)], chinese)
        return [r["partialFingerprints"]["ruleAndWords/v1"] for r in log["runs"][0]["results"]]

    later = "另行通知。\n" + TEXT
    moved = tuple(replace(f, spans=tuple(s.shift(6) for s in f.spans)) for f in (SUM, MONEY))
    assert fingerprints(TEXT, (SUM, MONEY)) == fingerprints(later, moved)
    assert len(set(fingerprints(TEXT, (SUM, SUM, MONEY)))) == 3


def test_an_accepted_finding_is_a_suppressed_result() -> None:
    suppressed = [r for r in run()["results"] if r.get("suppressions")]
    assert len(suppressed) == 1
    assert suppressed[0]["suppressions"][0] == {
        "kind": "external",
        "status": "accepted",
        "justification": "含管理费",
        "properties": {"who": "编辑部", "date": "2031-03-09"},
    }


def test_stale_acceptances_are_notifications() -> None:
    notes = run()["invocations"][0]["toolExecutionNotifications"]
    assert "共需补助97万元" in notes[0]["message"]["text"]
    assert notes[0]["level"] == "warning"


def test_astral_characters_count_one_column() -> None:
    text = TEXT.replace("合计12座", "合计12座").replace("修缮渔港12座，其中", "修缮𫚭港12座，其中")
    log = sarif_log([report(text)], chinese)
    region = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region["startColumn"] == TEXT.splitlines()[11].index("合计12座") + 1


# Workbook


def test_the_workbook_offers_the_dispositions_and_fills_in_what_was_accepted() -> None:
    findings = report_sheets(report(), chinese)[0]
    titles = [c.title for c in findings.columns]
    column = titles.index("处理")
    assert findings.columns[column].choices == dispositions(chinese)
    assert [row[column] for row in findings.rows] == ["待核", "待核", "已接受印本", "待核"]
    assert len(",".join(dispositions(chinese))) <= 255  # what Excel holds in one list


def test_every_row_fits_its_columns() -> None:
    for sheet in report_sheets(report(), chinese):
        assert {len(row) for row in sheet.rows} == {len(sheet.columns)}


def test_the_workbook_counts_by_severity_and_rule() -> None:
    counts = {row[0]: row[1] for row in report_sheets(report(), chinese)[2].rows}
    assert (counts["错误"], counts["存疑"], counts["提示"], counts["已接受印本"], counts["核对相符"]) == (1, 1, 1, 1, 1)
    assert counts["sum.parts"] == 1


def test_the_same_finding_has_the_same_number_everywhere() -> None:
    told = proof_json(report())
    numbers = {f["quote"]: f["number"] for f in [*told["findings"], *told["accepted"]]}
    titles = [c.title for c in report_sheets(report(), chinese)[0].columns]
    rows = report_sheets(report(), chinese)[0].rows
    assert numbers == {row[titles.index("问题所在")]: str(row[0]) for row in rows}
