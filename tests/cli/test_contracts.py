"""The JSON of the specimen issue keeps the contracts of docs/contracts.md, to the letter and with no key undocumented."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.cli.running import ROOT, Outcome, taizhang

SPECIMEN = ROOT / "packs/specimen/2025-03.txt"
# The keys the contracts promise, as they were agreed; a schema may add to them and never take away.
PROMISED = {
    "parse": {
        "": {"schema", "issue", "documents", "diagnostics"},
        "issue": {"title", "year", "number", "total_number", "published_on", "publisher"},
        "documents": {"id", "kind", "title", "number", "issuer", "addressees", "issued_on", "span", "nodes", "tables", "documents"},
        "nodes": {"eid", "kind", "num", "heading", "text", "span", "children"},
        "tables": {"eid", "caption", "header", "rows", "span"},
    },
    "targets": {
        "": {"schema", "sheets", "clauses"},
        "sheets": {"unit", "kind", "document", "span", "groups"},
        "groups": {"name", "points", "deduction", "items"},
        "items": {"number", "text", "points", "eid", "span", "kind", "units", "targets"},
        "units": {"lead", "support", "responsible"},
        "targets": {
            "metric", "comparator", "bound", "value", "unit", "normalized_value", "normalized_unit", "baseline", "kind", "role",
            "modality", "quote", "span",
        },
        "clauses": {"document", "eid", "text", "span", "units", "targets"},
    },
    "proof": {
        "": {"schema", "findings", "agreeing"},
        "findings": {"rule", "severity", "message", "spans", "declared", "computed"},
    },
}  # fmt: skip


def schema(command: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((ROOT / f"docs/schemas/{command}-1.json").read_text("utf-8"))
    return read


def closed(value: Any) -> Any:
    """The schema with no key allowed that it does not name."""
    if isinstance(value, list):
        return [closed(v) for v in value]
    if not isinstance(value, dict):
        return value
    shut = {k: closed(v) for k, v in value.items()}
    if "properties" in value and isinstance(value.get("required"), list):
        shut["additionalProperties"] = False
    return shut


def objects(value: Any, key: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object with the key it stands under."""
    if isinstance(value, dict):
        yield key, value
        for name, inner in value.items():
            yield from objects(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from objects(inner, key)


@pytest.fixture(scope="module", params=sorted(PROMISED))
def command(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def told(command: str) -> Outcome:
    return taizhang(command, str(SPECIMEN), "--format", "json")


@pytest.fixture(scope="module")
def value(told: Outcome) -> Any:
    return json.loads(told.out)


def test_the_output_keeps_the_schema_and_no_key_is_undocumented(command: str, value: Any) -> None:
    Draft202012Validator.check_schema(schema(command))
    errors = [f"{e.json_path}: {e.message[:200]}" for e in Draft202012Validator(closed(schema(command))).iter_errors(value)]
    assert errors[:10] == []


def test_every_promised_key_is_there(command: str, value: Any) -> None:
    seen: set[str] = set()
    for key, each in objects(value):
        if key in PROMISED[command] and (key != "targets" or command == "targets"):
            seen.add(key)
            assert PROMISED[command][key] <= set(each), key
    assert seen == set(PROMISED[command])


def test_every_key_of_the_schema_is_explained_in_the_document(command: str) -> None:
    page = (ROOT / "docs/contracts.md").read_text("utf-8")
    keys = {
        name for _, each in objects(schema(command)) if isinstance(each.get("properties"), dict) for name in each["properties"]
    }
    assert sorted(k for k in keys if f"`{k}`" not in page) == []


def test_figures_are_strings_and_positions_integers(value: Any) -> None:
    integers = {k for _, each in objects(value) for k, v in each.items() if isinstance(v, int) and not isinstance(v, bool)}
    assert integers <= {"schema", "line", "column", "row"}
    assert not [k for _, each in objects(value) for k, v in each.items() if isinstance(v, float)]


def test_spans_lie_in_the_text_and_chinese_is_not_escaped(told: Outcome, value: Any) -> None:
    text = SPECIMEN.read_bytes().decode("utf-8")
    for _, each in objects(value):
        for span in [each["span"]] if "span" in each else each.get("spans", []):
            assert 0 <= span[0] <= span[1] <= len(text)
    assert "\\u" not in told.text
    assert told.out.endswith(b"\n")


def test_what_is_wrong_does_not_stop_the_output(command: str, told: Outcome) -> None:
    assert told.code == (1 if command == "proof" else 0)
    assert told.err == ""


def test_a_quotation_is_the_words_of_its_span() -> None:
    text = SPECIMEN.read_bytes().decode("utf-8")
    value = json.loads(taizhang("targets", str(SPECIMEN), "-f", "json").out)
    measures = [m for _, each in objects(value) for m in (each.get("targets") or []) if isinstance(m, dict)]
    assert len(measures) > 500
    for measure in measures:
        printed = "".join(text[slice(*measure["span"])].split())
        assert "".join(measure["quote"].split()) == printed


def test_a_clause_of_a_sheet_is_not_told_twice() -> None:
    value = json.loads(taizhang("targets", str(SPECIMEN), "-f", "json").out)
    items = {
        (sheet["document"], item["eid"]) for sheet in value["sheets"] for group in sheet["groups"] for item in group["items"]
    }
    assert items
    assert not [c for c in value["clauses"] if (c["document"], c["eid"]) in items]


def test_the_command_of_another_language_keeps_the_contract() -> None:
    chinese, english = (taizhang("proof", str(SPECIMEN), "-f", "json", "--lang", language) for language in ("zh", "en"))
    assert chinese.out == english.out


def test_the_schemas_are_all_named_in_the_document() -> None:
    page = (ROOT / "docs/contracts.md").read_text("utf-8")
    # Those of schemes and scores are held to their commands in test_scheme.py.
    named = {*PROMISED, "scheme", "score"}
    assert {p.name for p in Path(ROOT / "docs/schemas").iterdir()} == {f"{c}-1.json" for c in named}
    assert all(f"schemas/{c}-1.json" in page for c in named)
