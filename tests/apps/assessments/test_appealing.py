"""Published results are contested in time, decided by others with reasons; half a point moves the final run."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.acting import scheme_for
from taizhang.apps.assessments.follow_up.appealing import appeals_of, decide_appeal, file_appeal, make_final, preview
from taizhang.apps.assessments.models import Appeal, Cell, Cycle, Report, Run
from taizhang.apps.assessments.scores.inputs import Awarded, inputs_from_json
from taizhang.apps.assessments.scores.runs import Kept, recheck, store
from taizhang.apps.ledger.chain import verify
from taizhang.apps.ledger.models import Entry
from tests.apps_fixtures import person
from tests.assessment_fixtures import EDUCATION, FINANCE, PLACES, signer_of
from tests.assessment_results import published_year, subject_row

# Published on Monday 2 February 2026: five working days after are 3, 4, 5, 6 and 9 February.
LAST_DAY = datetime(2026, 2, 9, 1, tzinfo=UTC)
DAY_AFTER = datetime(2026, 2, 10, 1, tzinfo=UTC)


@pytest.fixture
def published(whole_year: Cycle) -> Cycle:
    published_year(whole_year)
    return whole_year


def contested(cycle: Cycle, at: datetime = LAST_DAY, **more: Any) -> Appeal:
    facts: dict[str, Any] = {
        "for_body": EDUCATION, "subject": subject_row(cycle, EDUCATION).pk, "criterion": "edu_1", "claim": "有一所学校漏计",
    }  # fmt: skip
    row: Appeal = file_appeal(by=signer_of(EDUCATION), at=at, **{**facts, **more})
    return row


@pytest.fixture
def deciding(db: None) -> User:
    return person("lingdao-2", "leading_group")


def test_half_a_point_is_previewed_decided_and_moves_the_final_run(published: Cycle, deciding: User) -> None:
    appeal = contested(published)
    assert (str(appeal.file_by), str(appeal.decide_by)) == ("2026-02-09", "2026-02-28"), "a Saturday worked in lieu"
    [moved] = preview(appeal, Decimal("0.5"))
    assert (moved.name, moved.before.low, moved.after.low) == ("市教育局", Decimal(770), Decimal("770.5"))
    decide_appeal(by=deciding, at=LAST_DAY, appeal=appeal.pk, outcome="upheld", points=Decimal("0.5"), reason="复核属实")
    assert Run.objects.count() == 1, "deciding scores nothing"
    Report.objects.filter(metric__key=PLACES).update(value=Decimal(1))
    final = make_final(by=deciding, at=DAY_AFTER, cycle=published.pk)
    published.refresh_from_db()
    assert (published.state, final.state) == ("final", "final")
    low: Decimal = final.scores.get(subject__ident=EDUCATION).low
    assert low == Decimal("770.5")
    assert Run.objects.get(state="approved").scores.get(subject__ident=EDUCATION).low == 770
    cell = Cell.objects.get(score__run=final, criterion="edu_1")
    assert (cell.low, cell.high) == (Decimal("270.5"), Decimal("270.5"))
    [case] = cell.certificate["cases"]
    assert (case["id"], case["points"], case["note"]) == (f"appeal:{appeal.pk}", "0.5", "2026-02-09 全部采纳：复核属实")
    assert cell.certificate["steps"][-1]["text"] == "申诉决定：270 + 0.5 = 270.5"
    root = Cell.objects.get(score__run=final, criterion="edu").certificate
    assert root["total"]["adjustments"] == []
    assert recheck(final.pk).is_same
    assert [(one.subject, one.state_name, one.points) for one in appeals_of(published)] == [
        ("市教育局", "全部采纳", Decimal("0.50"))
    ]
    assert list(verify()) == []


def test_points_taken_lower_the_total(published: Cycle, deciding: User) -> None:
    appeal = contested(published)
    decide_appeal(by=deciding, at=LAST_DAY, appeal=appeal.pk, outcome="partly_upheld", points=Decimal(-20), reason="多计一所")
    final = make_final(by=deciding, at=DAY_AFTER, cycle=published.pk)
    assert final.scores.get(subject__ident=EDUCATION).low == 750


def test_without_points_the_published_run_is_the_final_one(published: Cycle, deciding: User) -> None:
    appeal = contested(published)
    decide_appeal(by=deciding, at=LAST_DAY, appeal=appeal.pk, outcome="rejected", reason="台账已计入")
    final = make_final(by=deciding, at=DAY_AFTER, cycle=published.pk)
    assert (Run.objects.count(), final.state) == (1, "final")


def test_the_period_is_counted_in_working_days_and_ends(published: Cycle) -> None:
    with pytest.raises(refusals.AppealIsLateError, match="2026-02-09"):
        contested(published, DAY_AFTER)
    contested(published, LAST_DAY)


def test_an_appeal_is_the_units_own_filed_once_and_only_against_published_results(whole_year: Cycle) -> None:
    with pytest.raises(refusals.StepIsOutOfOrderError):
        contested(whole_year)
    published_year(whole_year)
    with pytest.raises(refusals.SubjectIsAnothersError):
        file_appeal(
            by=signer_of(FINANCE), at=LAST_DAY, for_body=FINANCE, subject=subject_row(whole_year, EDUCATION).pk,
            criterion="edu_1", claim="他们多了",
        )  # fmt: skip
    with pytest.raises(refusals.WordsAreMissingError):
        contested(whole_year, claim=" ")
    first = contested(whole_year)
    with pytest.raises(refusals.AlreadyContestedError, match=f"第 {first.pk} 号"):
        contested(whole_year)
    assert Appeal.objects.count() == 1


def test_a_scheme_without_appeals_takes_none(published: Cycle) -> None:
    content = published.scheme.content
    content["calendar"]["appeal_working_days"] = None
    published.scheme.digest = "0" * 64
    published.scheme.save()
    with pytest.raises(refusals.NoAppealError):
        contested(published)


def test_who_scored_or_filed_does_not_decide_and_of_two_the_second_is_told(published: Cycle, deciding: User) -> None:
    appeal = contested(published)
    facts: dict[str, Any] = {"at": LAST_DAY, "appeal": appeal.pk, "outcome": "rejected", "reason": "台账已计入"}
    for username in ("kaohe", "fuhe", "qianfa-education"):
        with pytest.raises(refusals.NotTheSamePersonError):
            decide_appeal(by=person(username, "leading_group"), **facts)
    decide_appeal(by=deciding, **facts)
    entries = Entry.objects.count()
    with pytest.raises(refusals.DecidedByAnotherError, match="lingdao-2"):
        decide_appeal(by=person("lingdao-3", "leading_group"), **facts)
    assert Entry.objects.count() == entries


@pytest.mark.parametrize(
    ("outcome", "points", "why"),
    [
        ("upheld", None, "要写加几分"),
        ("upheld", Decimal(0), "要写加几分"),
        ("rejected", Decimal(1), "不加减分"),
        ("upheld", Decimal(31), "0 分和满分之间"),
        ("partly_upheld", Decimal(-271), "0 分和满分之间"),
        ("maybe", Decimal(1), "决定只能是"),
    ],
)
def test_points_stay_within_the_mark_and_fit_the_decision(
    published: Cycle, deciding: User, outcome: str, points: Decimal | None, why: str
) -> None:
    appeal = contested(published)
    with pytest.raises(refusals.PointsAreOutOfRangeError, match=why):
        decide_appeal(by=deciding, at=LAST_DAY, appeal=appeal.pk, outcome=outcome, points=points, reason="见附件")
    assert Appeal.objects.get().state == "filed"


def test_nothing_is_final_while_an_appeal_waits_or_may_still_come(published: Cycle, deciding: User) -> None:
    with pytest.raises(refusals.AppealsAreOpenError, match="2026-02-09"):
        make_final(by=deciding, at=LAST_DAY, cycle=published.pk)
    contested(published)
    with pytest.raises(refusals.AppealsAreOpenError, match="还有 1 个申诉"):
        make_final(by=deciding, at=DAY_AFTER, cycle=published.pk)


def test_a_year_closed_before_points_moved_the_cell_still_recomputes(published: Cycle, deciding: User) -> None:
    run = Run.objects.get()
    inputs = replace(
        inputs_from_json(run.inputs), appeals=(Awarded("appeal:1", EDUCATION, "edu_1", Decimal("0.5"), LAST_DAY.date()),)
    )
    final = store(cycle=published, scheme=scheme_for(published), kept=Kept.of(inputs), as_at=run.as_at, by="kaohe", at=DAY_AFTER)
    assert "rule" not in final.inputs["appeals"][0]
    assert final.scores.get(subject__ident=EDUCATION).low == Decimal("770.5")
    assert Cell.objects.get(score__run=final, criterion="edu_1").low == 270
    assert recheck(final.pk).is_same
