"""A scheme file is read whole: what is wrong is told with its line, why, and what to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.engines.scoring import SchemeProblem, read_scheme
from taizhang.engines.scoring.scheme_file import row_numbers
from tests.engines.scoring.schemes.small import HEAD, SHEETS, TABLE_TREE

TEXT = HEAD + SHEETS


def problems(text: str) -> list[SchemeProblem]:
    return list(read_scheme(text, "方案.toml").problems)


def test_a_right_file_has_no_problems_and_gives_a_draft() -> None:
    for text in (TEXT, HEAD + TABLE_TREE):
        reading = read_scheme(text, "方案.toml")
        assert reading.problems == ()
        assert reading.draft is not None
        assert (reading.draft.id, reading.draft.year) == ("small", 2031)


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ('who = "sheets"', 'wo = "sheets"', "scheme.misspelt-key", "who"),
        ('who = "sheets"', 'who = "everybody"', "scheme.unknown-choice", "everybody"),
        ("year = 2031", 'year = "2031"', "scheme.wrong-type", "整数"),
        ("format = 1", "format = 9", "scheme.format-is-unknown", "9"),
        ('tree = "sheets"', 'tree = "shets"', "scheme.reference-is-undefined", "shets"),
        ('verifier = "office"', 'verifier = "ofice"', "scheme.reference-is-undefined", "ofice"),
        ('id = "areas"', 'id = "units"', "scheme.repeated-id", "units"),
        ('leading_group_clause = "#para"', 'leading_group_clause = "第三条"', "scheme.reference-is-malformed", "第三条"),
        ('[split]\ninterpretation = "split"', "[split]", "scheme.basis-is-missing", "依据"),
        ("year = 2031", "year = 2031\nfrom = 2031-06-01\nuntil = 2031-01-01", "scheme.day-is-out-of-order", "2031-01-01"),
    ],
)
def test_each_mistake_is_told_with_its_line_and_a_remedy(old: str, new: str, code: str, words: str) -> None:
    text = TEXT.replace(old, new, 1)
    found = [problem for problem in problems(text) if problem.code == code]
    assert found, problems(text)
    assert words in str(found[0].message) + str(found[0].advice)
    assert str(found[0].advice)
    assert found[0].line is not None
    lines = text.splitlines()
    # A missing basis is told at the head of its entry, the rest at the key itself.
    assert lines[found[0].line - 1] in new.splitlines()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('under = "daily"\nname = "上半年"', 'under = "later"\nname = "上半年"', "scheme.reference-is-undefined"),
        ('use = "judged"\nverifier = "office"\nclause = "#para"', 'clause = "#para"', "scheme.leaf-has-no-rule"),
        ('use = "judged"\nverifier = "office"\nclause', 'use = "judged"\nclause', "scheme.verifier-is-missing"),
        ('part = "checks"\nrows = "5"', 'rows = "5"', "scheme.part-is-missing"),
        ('part = "checks"\nrow = 6', "row = 6", "scheme.part-is-missing"),
        ("year = 2031", "year = 0", "scheme.year-is-out-of-range"),
        ("points = 3\nclause", "points = inf\nclause", "scheme.wrong-type"),
        ("label = [2]\n", "", "scheme.columns-are-missing"),
        ('rows = "1-3"', 'rows = "3-1"', "scheme.rows-are-malformed"),
        ("sign = 1", "sign = 2", "scheme.sign-is-unknown"),
        ('effects = ["zero_total", "grade"]', 'effects = ["shame"]', "scheme.effect-is-unknown"),
        ('grade = "不合格"', 'grade = "差"', "scheme.grade-is-unknown"),
        ('id = "second"', 'id = "first"', "scheme.repeated-id"),
    ],
)
def test_parts_rows_and_consequences_are_held_to_what_they_can_be(old: str, new: str, code: str) -> None:
    text = (HEAD + TABLE_TREE).replace(old, new, 1)
    assert code in [problem.code for problem in problems(text)]


def test_weights_that_need_values_and_have_none_are_told() -> None:
    text = TEXT.replace('rule = "not_scored"', 'rule = "groups"')
    assert [problem.code for problem in problems(text)] == ["scheme.weights-have-no-values"]


def test_what_is_no_toml_is_told_with_its_line() -> None:
    (problem,) = problems("format = 1\n[scheme\n")
    assert (problem.code, problem.line) == ("scheme.file-is-not-toml", 2)


@given(st.text(alphabet="[]\"'=#\n.tre1 {},\\", max_size=120))
def test_any_text_is_read_or_complained_of(text: str) -> None:
    reading = read_scheme(text, "x")
    assert (reading.draft is None) == bool(reading.errors)


@given(st.lists(st.integers(1, 400), min_size=1, max_size=6))
def test_row_numbers_say_what_is_written(numbers: list[int]) -> None:
    assert row_numbers(", ".join(map(str, numbers))) == tuple(numbers)
    assert row_numbers("、".join(["x"])) is None
