"""The schemes that come with the packs: complete, without a word of the criteria, and run by an engine that knows none of them."""

import re
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from taizhang.backends.pack_files import open_pack, read_pack_files
from taizhang.backends.scheme_sources import choices_of, scheme_source
from taizhang.engines.gazette import read_issue
from taizhang.engines.scoring import Aggregate, Expansion, SchemeDraft, SchemeSource, expand, leaves_of, read_scheme, score
from taizhang.engines.scoring.expanding import retyped
from taizhang.engines.scoring.worked_cases import read_worked_cases, run_worked_cases

ROOT = Path(__file__).parents[4]
SPECIMEN = ROOT / "packs/specimen"
SCHEMES = ("openness-2025", "plan-2027", "targets-2025")
EVERY = sorted(path for pack in ("specimen", "sanmenxia") for path in (ROOT / f"packs/{pack}/schemes").glob("*.toml"))


@cache
def source() -> SchemeSource:
    pack = open_pack(str(SPECIMEN))
    return scheme_source(read_issue((SPECIMEN / "2025-03.txt").read_text("utf-8")), pack)


def draft_of(path: Path) -> SchemeDraft:
    reading = read_scheme(path.read_text("utf-8"), path.name)
    assert reading.problems == ()
    assert reading.draft is not None
    return reading.draft


@cache
def expansion(name: str) -> Expansion:
    return expand(draft_of(SPECIMEN / f"schemes/{name}.toml"), source(), choices_of(open_pack(str(SPECIMEN))))


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_every_scheme_has_the_right_form_and_its_file_bears_its_id(path: Path) -> None:
    assert draft_of(path).id == path.stem


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_every_entry_rests_on_a_clause_or_on_an_interpretation_of_its_pack(path: Path) -> None:
    pack = open_pack(str(path.parents[1]))
    known = {one.id for one in pack.interpretations}
    cited = set(re.findall(r'^interpretation = "([^"]+)"', path.read_text("utf-8"), re.M))
    assert cited <= known


@pytest.mark.parametrize("name", SCHEMES)
def test_the_specimen_fills_its_schemes_in_without_a_problem(name: str) -> None:
    found = expansion(name)
    assert found.problems == ()
    assert found.scheme is not None
    assert all(leaf.citation is not None for tree in found.scheme.trees.values() for leaf in leaves_of(tree))


@pytest.mark.parametrize("name", SCHEMES)
def test_no_scheme_file_contains_text_of_its_indicators(name: str) -> None:
    scheme = expansion(name).scheme
    assert scheme is not None
    assert retyped(draft_of(SPECIMEN / f"schemes/{name}.toml"), scheme) == ()


def test_indicator_text_in_a_scheme_file_is_found_with_its_line() -> None:
    scheme = expansion("plan-2027").scheme
    assert scheme is not None
    text = (SPECIMEN / "schemes/plan-2027.toml").read_text("utf-8") + "\n# 残疾儿童康复救助率等\n# 困难残疾人生活补贴应补对象\n"
    reading = read_scheme(text, "plan-2027.toml")
    assert reading.draft is not None
    assert [problem.line for problem in retyped(reading.draft, scheme)] == [len(text.splitlines()) - 1, len(text.splitlines())]


@pytest.mark.parametrize("name", SCHEMES)
def test_worked_cases_come_out_as_an_assessor_worked_them(name: str) -> None:
    scheme = expansion(name).scheme
    assert scheme is not None
    cases = read_worked_cases((SPECIMEN / f"schemes/{name}.cases.yaml").read_text("utf-8"))
    assert cases.problems == ()
    assert cases.cases
    assert run_worked_cases(scheme, cases) == ()


def test_sheets_whose_print_does_not_add_up_are_settled_by_the_interpretations_that_say_so() -> None:
    scheme = expansion("targets-2025").scheme
    assert scheme is not None
    settled = {"targets-education-points", "targets-weather-points"}
    used = {one for tree in scheme.trees.values() for node in tree.children for one in node.interpretations}
    assert settled <= used
    assert {tree.weight for tree in scheme.trees.values()} == {Decimal(800)}


def test_the_common_part_waits_and_stands_outside_the_mark_until_it_is_set() -> None:
    scheme = expansion("targets-2025").scheme
    assert scheme is not None
    common = scheme.trees[scheme.subjects[0].tree].children[-1]
    assert (common.id, common.weight) == ("common", None)
    results = score(scheme, (), (), date(2026, 1, 31), subjects={scheme.subjects[0].body}).results
    assert "weight_not_set" in {wait.reason for wait in results[0].waits}


def test_the_openness_scheme_has_two_trees_of_a_hundred_and_ranks_them_apart() -> None:
    scheme = expansion("openness-2025").scheme
    assert scheme is not None
    assert {tree.weight for tree in scheme.trees.values()} == {Decimal(100)}
    daily, annual = scheme.trees["units"].children
    assert (daily.aggregate, daily.share, annual.share) == (Aggregate.MEAN, Decimal("0.3"), Decimal("0.7"))
    assert {subject.category for subject in scheme.subjects} == {"units", "areas"}
    assert sum(subject.category == "units" for subject in scheme.subjects) == 37
    assert (scheme.calendar.appeal_working_days, scheme.calendar.published_by) == (10, date(2026, 4, 30))


def test_the_engine_names_no_city_document_or_scheme() -> None:
    known = {path.stem for path in EVERY} | {"崤陵", "三门峡", "崤政", "三政"}
    engine = ROOT / "src/taizhang/engines/scoring"
    for path in engine.rglob("*.py"):
        code = path.read_text("utf-8")
        # Docstrings show how a reference is written with made-up and specimen numbers; code has none of them.
        code = re.sub(r'"""(?:.|\n)*?"""', "", code)
        code = re.sub(r'"[^"\n]*(?:写成|如 |例如|写法)[^"\n]*"', "", code)
        assert [word for word in known if word in code] == [], path.name


def test_schemes_and_cases_are_listed_with_their_pack() -> None:
    files = read_pack_files(str(SPECIMEN))
    assert set(files.schemes) == {f"schemes/{name}.toml" for name in SCHEMES}
    assert set(files.cases) == {f"schemes/{name}.cases.yaml" for name in SCHEMES}
