"""Two people at the same instant: one wins, the other is told by name; nothing happens twice."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.follow_up.appealing import decide_appeal, file_appeal
from taizhang.apps.assessments.models import Appeal, Cycle, Judgement, Notice, Run, Score, Step
from taizhang.apps.assessments.notices.noticing import draft_notice, issue_notice
from taizhang.apps.assessments.results.steps import approve_results, propose_results, review_results, send_back_results
from taizhang.apps.assessments.scores.daily import confirm_daily
from taizhang.apps.assessments.scores.judging import Voice, judge
from taizhang.apps.assessments.scores.runs import score_cycle
from taizhang.apps.ledger.chain import verify
from taizhang.apps.ledger.models import Entry
from tests.apps_fixtures import person
from tests.assessment_fixtures import EDUCATION, Q4, signer_of
from tests.assessment_results import (
    AFTER,
    RECORDED,
    SCORED_ON,
    file_about,
    judge_safety,
    prepare,
    published_year,
    recorded,
    report_all,
    scored,
    subject_row,
)
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def refused(outcomes: list[Any]) -> list[refusals.DecidedByAnotherError]:
    assert len(outcomes) == 2
    return [one for one in outcomes if isinstance(one, refusals.DecidedByAnotherError)]


def test_of_two_who_approve_one_wins(whole_year: Cycle) -> None:
    prepare(whole_year)
    run = scored(whole_year)
    propose_results(by=person("kaohe", "assessment_office"), at=AFTER, run=run.pk)
    review_results(by=person("fuhe", "assessment_office"), at=AFTER, run=run.pk, note="好")
    leaders = [person(name, "leading_group") for name in ("lingdao", "lingdao-2")]
    [told] = refused(at_once([lambda by=by: approve_results(by=by, at=AFTER, run=run.pk) for by in leaders]))  # type: ignore[misc]
    assert Run.objects.get(pk=run.pk).approved_by in str(told)
    assert Step.objects.filter(code="approved").count() == 1
    assert Entry.objects.filter(operation="assessments.step.approved").count() == 1
    assert list(verify()) == []


def test_of_approval_and_sending_back_one_wins(whole_year: Cycle) -> None:
    prepare(whole_year)
    run = scored(whole_year)
    propose_results(by=person("kaohe", "assessment_office"), at=AFTER, run=run.pk)
    review_results(by=person("fuhe", "assessment_office"), at=AFTER, run=run.pk, note="好")
    one, other = (person(name, "leading_group") for name in ("lingdao", "lingdao-2"))
    outcomes = at_once([
        lambda: approve_results(by=one, at=AFTER, run=run.pk),
        lambda: send_back_results(by=other, at=AFTER, run=run.pk, reason="再核"),
    ])  # fmt: skip
    won = [outcome for outcome in outcomes if isinstance(outcome, Run)]
    assert len(won) == 1
    whole_year.refresh_from_db()
    assert (won[0].state, whole_year.state) in (("approved", "approved"), ("sent_back", "on_site"))


def test_of_two_who_decide_an_appeal_one_wins(whole_year: Cycle) -> None:
    published_year(whole_year)
    appeal = file_appeal(
        by=signer_of(EDUCATION), at=AFTER, for_body=EDUCATION, subject=subject_row(whole_year, EDUCATION).pk, criterion="edu_1",
        claim="漏计",
    )  # fmt: skip
    facts: dict[str, Any] = {"at": AFTER, "appeal": appeal.pk, "outcome": "upheld", "points": Decimal("0.5"), "reason": "属实"}
    leaders = [person(name, "leading_group") for name in ("lingdao-2", "lingdao-3")]
    [told] = refused(at_once([lambda by=by: decide_appeal(by=by, **facts) for by in leaders]))  # type: ignore[misc]
    assert Appeal.objects.get().decided_by in str(told)


def test_of_two_appeals_on_one_criterion_one_is_filed(whole_year: Cycle) -> None:
    published_year(whole_year)
    facts: dict[str, Any] = {
        "at": AFTER, "for_body": EDUCATION, "subject": subject_row(whole_year, EDUCATION).pk, "criterion": "edu_1",
        "claim": "漏计",
    }  # fmt: skip
    signer = signer_of(EDUCATION)
    outcomes = at_once([lambda: file_appeal(by=signer, **facts)] * 2)
    assert sorted(type(one).__name__ for one in outcomes) == ["AlreadyContestedError", "Appeal"]
    assert Appeal.objects.count() == 1


def test_of_two_who_sign_a_notice_one_wins(whole_year: Cycle) -> None:
    run = scored(whole_year)
    quarter = {"kind": "quarterly", "period_start": date(2025, 10, 1), "period_end": Q4}
    draft = draft_notice(by=person("kaohe", "assessment_office"), at=AFTER, run=run.pk, **quarter)
    signers = [person(name, "assessment_office") for name in ("zhuren", "fuzhuren")]
    acts = [lambda by=by: issue_notice(by=by, at=AFTER, notice=draft.pk, number=f"岭考办〔2026〕{by.pk}号") for by in signers]  # type: ignore[misc]
    [told] = refused(at_once(acts))
    notice = Notice.objects.get()
    assert notice.issued_by in str(told)
    assert Entry.objects.filter(operation="assessments.issue_notice").count() == 1


def test_of_two_who_confirm_a_record_one_wins(open_cycle: Cycle) -> None:
    row = recorded(open_cycle, person("kaohe", "assessment_office"))
    file_about(open_cycle, f"record:{row.pk}")
    others = [person(name, "assessment_office") for name in ("fuhe", "fuhe-2")]
    [told] = refused(at_once([lambda by=by: confirm_daily(by=by, at=RECORDED, record_id=row.pk) for by in others]))  # type: ignore[misc]
    row.refresh_from_db()
    assert row.confirmed_by in str(told)


def test_a_scorer_who_sends_twice_has_one_voice(open_cycle: Cycle) -> None:
    report_all(open_cycle)
    judge_safety(open_cycle)
    voices = Judgement.objects.count()
    with pytest.raises(refusals.AlreadyJudgedError):
        judge_again(open_cycle)
    assert Judgement.objects.count() == voices == 2


def judge_again(cycle: Cycle) -> None:
    judge(
        by=person("pingfen-1"), at=datetime(2026, 1, 10, 1, tzinfo=UTC), cycle=cycle.pk,
        subject=subject_row(cycle, EDUCATION).pk, period_end=Q4, voices=[Voice("edu_3", "完成", "查了整治台账")],
    )  # fmt: skip


def test_two_who_score_the_same_get_one_run(whole_year: Cycle) -> None:
    scorers = [person(name, "assessment_office") for name in ("kaohe", "fuhe")]
    acts = [lambda by=by: score_cycle(by=by, at=AFTER, cycle=whole_year.pk, as_at=SCORED_ON) for by in scorers]  # type: ignore[misc]
    one, other = at_once(acts)
    assert one.pk == other.pk
    assert (Run.objects.count(), Score.objects.count()) == (1, 4)
