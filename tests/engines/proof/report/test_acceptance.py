"""An acceptance covers a finding by its rule and its words, and nothing else."""

from datetime import date

import pytest

from taizhang.engines.proof.report.acceptance import Acceptance, review
from tests.engines.proof.report.made import MONEY, SUM, TEXT, finding


def accepting(quote: str, rule: str = "sum.parts", eid: str | None = None) -> Acceptance:
    return Acceptance(rule, quote, "看过", "编辑部", date(2031, 3, 9), eid)


@pytest.mark.parametrize(
    "quote",
    ["共需补助98万元", "共需 补助\n98万元", "每座8万元<不含税>，共需补助98万元。", "\t共需补助98万元 "],
)
def test_a_quotation_that_holds_the_words_accepts_the_finding(quote: str) -> None:
    result = review([SUM, MONEY], [accepting(quote)], TEXT)
    assert result.open == (SUM,)
    assert [a.finding for a in result.accepted] == [MONEY]
    assert result.stale == ()


@pytest.mark.parametrize(
    ("quote", "rule", "eid"),
    [
        ("补助98万", "sum.parts", None),  # less than the words the finding points at
        ("共需补助97万元", "sum.parts", None),
        ("共需补助98万元", "sum.other", None),
        ("共需补助98万元", "sum.parts", "sec_9"),
        (" ", "sum.parts", None),
    ],
)
def test_other_words_another_rule_or_another_clause_accept_nothing_and_are_stale(quote: str, rule: str, eid: str | None) -> None:
    acceptance = accepting(quote, rule, eid)
    result = review([MONEY], [acceptance], TEXT)
    assert result.open == (MONEY,)
    assert result.stale == (acceptance,)


def test_the_same_words_elsewhere_do_not_accept_a_finding() -> None:
    twice = "补助五万元。\n" + "另行通知。\n" * 30 + "补助五万元。\n"
    last = twice.rindex("补助五万元")
    there = finding("sum.parts", "2月底前")
    there = type(there)(
        there.rule, there.severity, there.message, there.advice, (there.spans[0].shift(last - there.spans[0].start),)
    )
    result = review([there], [accepting("补助五万元。另行")], twice)
    assert result.open == (there,)


def test_the_first_of_two_acceptances_counts_and_neither_is_stale() -> None:
    first, second = accepting("共需补助98万元"), accepting("<不含税>，共需补助98万元")
    result = review([MONEY], [first, second], TEXT)
    assert result.accepted[0].acceptance is first
    assert result.stale == ()


def test_words_broken_over_lines_are_found() -> None:
    broken = TEXT.replace("共需补助98万元", "共需补助\r\n    98万\r\n元")
    start, end = broken.index("共需"), broken.index("万\r\n元") + 4
    moved = type(MONEY)(MONEY.rule, MONEY.severity, MONEY.message, MONEY.advice, (type(MONEY.spans[0])(start, end),))
    assert review([moved], [accepting("共需补助98万元")], broken).open == ()
