"""Words too long, figures that are none, keys of nothing: refused by name on both databases, never a broken page."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments.amending.operations import request_amendment
from taizhang.apps.assessments.follow_up.rectifying import open_rectification
from taizhang.apps.assessments.models import Amendment, Cycle, Decision
from taizhang.apps.assessments.reports.answering import Answer
from taizhang.apps.assessments.results.steps import take_step
from taizhang.apps.assessments.scores.daily import record_daily
from taizhang.apps.assessments.scores.deciding import Ruling, decide_missing, leave_open
from taizhang.apps.assessments.scores.judging import Voice, judge
from taizhang.apps.assessments.year.handover import hand_over
from taizhang.apps.ledger.models import Entry
from taizhang.apps.organisations.models import Body, Name
from taizhang.kernel.errors import TaizhangError
from tests.apps.assessments.reporting_steps import save, signed_for, subject
from tests.assessment_fixtures import EDUCATION, PLACES, signer_of

WHEN = datetime(2025, 7, 10, 1, tzinfo=UTC)
LONG = "长" * 30_000
IMPOSSIBLE = ["NaN", "sNaN", "-Infinity", "1E+999999", "1E-999999", "9" * 40]


def ruling(**changed: Any) -> Ruling:
    return Ruling(**{"kind": "value", "reason": "统计口径已停", "clause": "岭考办〔2025〕3号", "value": Decimal(1), **changed})


@pytest.mark.parametrize("value", IMPOSSIBLE)
def test_a_figure_that_cannot_be_is_neither_decided_on_nor_asked_for(open_cycle: Cycle, office: User, value: str) -> None:
    mine, given = subject(open_cycle), Decimal(value)
    with pytest.raises(TaizhangError):
        decide_missing(by=office, at=WHEN, cycle=open_cycle.pk, subject=mine.pk, criterion="edu_1", ruling=ruling(value=given))
    with pytest.raises(TaizhangError):
        request_amendment(
            by=signer_of(EDUCATION), at=WHEN, for_body=EDUCATION, subject=mine.pk, criterion="edu_1", new_value=given,
            starts_on=date(2025, 7, 1), reason="规划调整",
        )  # fmt: skip
    with pytest.raises(TaizhangError):
        record_daily(
            by=office, at=WHEN, cycle=open_cycle.pk, subject=mine.pk, source="spot_check", kind="blame", points=given,
            happened_on=date(2025, 6, 1), note="超期",
        )  # fmt: skip
    assert not Decision.objects.exists()
    assert not Amendment.objects.exists()


@pytest.mark.parametrize("words", [LONG, "句\0号"])
def test_words_too_long_or_with_a_zero_byte_are_refused_by_every_act(open_cycle: Cycle, office: User, words: str) -> None:
    mine = signed_for(open_cycle)
    before = Entry.objects.count()
    of_office = {"by": office, "at": WHEN, "cycle": open_cycle.pk}
    acts: list[Any] = [
        lambda: take_step(step="rules_issued", reference=words, **of_office),
        lambda: take_step(step="rules_issued", reference="文", note=words, **of_office),
        lambda: decide_missing(subject=mine.pk, criterion="edu_1", ruling=ruling(clause=words), **of_office),
        lambda: decide_missing(subject=mine.pk, criterion="edu_1", ruling=ruling(reason=words), **of_office),
        lambda: decide_missing(subject=mine.pk, criterion="edu_1", ruling=ruling(kind="stage", stage=words), **of_office),
        lambda: record_daily(
            subject=mine.pk, source="spot_check", kind="blame", happened_on=date(2025, 6, 1), note=words, **of_office
        ),
        lambda: request_amendment(
            by=signer_of(EDUCATION), at=WHEN, for_body=EDUCATION, subject=mine.pk, criterion="edu_1", new_value=Decimal(3000),
            starts_on=date(2025, 7, 1), reason="规划调整", reference=words,
        ),
        lambda: save(mine, Answer(PLACES, "not_applicable", clause=words)),
        lambda: save(mine, Answer(PLACES, "value", Decimal(5), remark=words)),
    ]  # fmt: skip
    for act in acts:
        with pytest.raises(TaizhangError):
            act()
    assert Entry.objects.count() == before


@pytest.mark.parametrize("origin", ["notice:" + "9" * 5000, "record:" + "0" * 300 + "1", "cell:²", "cell:"])
def test_an_origin_of_nothing_opens_no_rectification(open_cycle: Cycle, office: User, origin: str) -> None:
    with pytest.raises(TaizhangError):
        open_rectification(by=office, at=WHEN, cycle=open_cycle.pk, subject=subject(open_cycle).pk, origin=origin, problem="超期")


def test_a_body_that_only_took_duties_over_has_no_sheet_to_act_on(open_cycle: Cycle, office: User) -> None:
    heir = Body.objects.create(ident="heir", kind="department")
    Name.objects.create(body=heir, text="市教育体育局", form="full")
    taken = hand_over(by=office, at=WHEN, subject=subject(open_cycle).pk, to="heir", on=date(2025, 7, 1), reason="机构改革")
    facts = {"by": office, "at": WHEN, "cycle": open_cycle.pk, "subject": taken.pk}
    voices = [Voice("edu_3", "完成", "看了台账")]
    acts: list[Any] = [
        lambda: decide_missing(criterion="edu_1", ruling=ruling(), **facts),
        lambda: judge(period_end=date(2025, 6, 30), voices=voices, **facts),
        lambda: record_daily(source="spot_check", kind="nothing", happened_on=date(2025, 6, 1), note="超期", **facts),
        lambda: leave_open(by=office, at=WHEN, cycle=open_cycle.pk, label="没有的部分", reason="没有定", clause="文"),
    ]
    for act in acts:
        with pytest.raises(TaizhangError):
            act()
