"""The conventions as cases anyone who reads such documents can check: `cases/*.toml`."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from taizhang.engines.targets.measures import ClauseContext, RawMeasure, measures_of
from taizhang.kernel.measure import Modality

CASES = sorted((Path(__file__).parent / "cases").glob("*.toml"))
PLAN_YEAR = 2025


def read_cases() -> list[tuple[str, dict[str, Any]]]:
    cases = [(path.stem, case) for path in CASES for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]
    return [(f"{stem}: {case['text']}", case) for stem, case in cases]


def context_of(case: dict[str, Any]) -> ClauseContext:
    return ClauseContext(
        is_item=case.get("item", False),
        document_kind=case.get("document"),
        headings=tuple(case.get("headings", ())),
        column=case.get("column"),
        row=case.get("row"),
        unit=case.get("unit"),
        attribute=case.get("attribute"),
    )


def told(measure: RawMeasure) -> str:
    parts = [measure.metric, measure.comparator, str(measure.value), measure.unit or "-", measure.kind.value, measure.role.value]
    if measure.bound != measure.comparator:
        parts.append(f"bound {measure.bound}")
    if (measure.normalized_value, measure.normalized_unit) != (measure.value, measure.unit):
        parts.append(f"= {measure.normalized_value} {measure.normalized_unit or '-'}")
    if measure.baseline:
        parts.append(f"baseline {measure.baseline}")
    if measure.modality is not Modality.BINDING:
        parts.append(measure.modality.value)
    return " | ".join(str(p) for p in parts)


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in read_cases()])
def test_a_clause_is_read_as_the_conventions_say(case: dict[str, Any]) -> None:
    found = measures_of(case["text"], year=PLAN_YEAR, context=context_of(case))
    assert [told(m) for m in found] == case["gives"]


def test_the_conventions_are_covered_by_enough_cases() -> None:
    assert len(read_cases()) >= 150
