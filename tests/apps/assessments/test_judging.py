"""Judged items need evidence and two scorers; where they differ, a third person of the office decides."""

from datetime import UTC, datetime
from typing import Any

import pytest

from taizhang.apps.assessments import cycle_errors, refusals
from taizhang.apps.assessments.models import Cell, Cycle, Judgement
from taizhang.apps.assessments.scores.judging import Voice, decide_judgement, differing, judge
from tests.apps_fixtures import person
from tests.assessment_fixtures import EDUCATION, Q4, SAFETY
from tests.assessment_results import figure_of, file_about, scored, subject_row

WHEN = datetime(2026, 1, 10, 1, tzinfo=UTC)


def says(cycle: Cycle, scorer: str, stage: str, **more: Any) -> list[Judgement]:
    facts: dict[str, Any] = {"cycle": cycle.pk, "subject": subject_row(cycle, EDUCATION).pk, "period_end": Q4}
    voices = [Voice(more.pop("criterion", "edu_3"), stage, more.pop("reason", "查了台账"))]
    rows: list[Judgement] = judge(by=person(scorer, "assessment_office"), at=WHEN, voices=voices, **{**facts, **more})
    return rows


@pytest.fixture
def with_evidence(open_cycle: Cycle) -> Cycle:
    stated = figure_of(open_cycle, EDUCATION, SAFETY, None, Q4, answer="stage", stage="完成", state="signed")
    file_about(open_cycle, f"report:{stated.pk}")
    return open_cycle


def safety(cycle: Cycle) -> tuple[Any, Any]:
    low_high: tuple[Any, Any] = Cell.objects.filter(score__run=scored(cycle), criterion="edu_3").values_list("low", "high").get()
    return low_high


def test_one_voice_settles_nothing_two_that_agree_do(with_evidence: Cycle) -> None:
    says(with_evidence, "pingfen-1", "推进中")
    assert safety(with_evidence) == (0, 300)
    says(with_evidence, "pingfen-2", "推进中")
    assert safety(with_evidence) == (180, 180)


def test_two_that_differ_wait_for_a_third_person_with_a_reason(with_evidence: Cycle) -> None:
    says(with_evidence, "pingfen-1", "推进中")
    decide = {"at": WHEN, "cycle": with_evidence.pk, "subject": subject_row(with_evidence, EDUCATION).pk, "period_end": Q4}
    with pytest.raises(refusals.NothingToDecideError, match="只有 1 人"):
        decide_judgement(by=person("kaohe", "assessment_office"), voice=Voice("edu_3", "完成", "已完成"), **decide)
    says(with_evidence, "pingfen-2", "完成")
    assert [(one.name, one.criterion, one.stages) for one in differing(with_evidence)] == [
        ("市教育局", "edu_3", (("pingfen-1", "推进中"), ("pingfen-2", "完成")))
    ]
    assert safety(with_evidence) == (0, 300)
    with pytest.raises(refusals.NotTheSamePersonError):
        decide_judgement(by=person("pingfen-1"), voice=Voice("edu_3", "推进中", "我早说过"), **decide)
    with pytest.raises(refusals.WordsAreMissingError):
        decide_judgement(by=person("kaohe"), voice=Voice("edu_3", "完成", " "), **decide)
    decide_judgement(by=person("kaohe"), voice=Voice("edu_3", "完成", "验收报告齐全"), **decide)
    assert safety(with_evidence) == (300, 300)
    assert differing(with_evidence) == []
    with pytest.raises(refusals.AlreadyJudgedError):
        decide_judgement(by=person("fuhe", "assessment_office"), voice=Voice("edu_3", "完成", "验收报告齐全"), **decide)


def test_a_voice_is_given_once_and_by_two_at_most(with_evidence: Cycle) -> None:
    says(with_evidence, "pingfen-1", "完成")
    with pytest.raises(refusals.AlreadyJudgedError, match="pingfen-1"):
        says(with_evidence, "pingfen-1", "完成")
    says(with_evidence, "pingfen-2", "完成")
    with pytest.raises(refusals.AlreadyJudgedError):
        says(with_evidence, "pingfen-3", "未开展")
    assert Judgement.objects.count() == 2


def test_without_evidence_nothing_is_judged(open_cycle: Cycle) -> None:
    with pytest.raises(refusals.EvidenceIsMissingError, match="开展校园安全整治"):
        says(open_cycle, "pingfen-1", "完成")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"stage": "优秀"}, cycle_errors.StageIsUnknownError),
        ({"reason": ""}, refusals.WordsAreMissingError),
        ({"scorer": "tianbao-education"}, refusals.NotTheSamePersonError),
        ({"scorer": "qianfa-education"}, refusals.NotTheSamePersonError),
    ],
)
def test_what_is_no_judgement_is_refused_by_name(with_evidence: Cycle, wrong: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        says(with_evidence, **{"scorer": "pingfen-1", "stage": "完成", **wrong})
    assert not Judgement.objects.exists()


def test_what_is_counted_is_not_judged(with_evidence: Cycle) -> None:
    report = figure_of(with_evidence, EDUCATION, "新增学位", "3000")
    file_about(with_evidence, f"report:{report.pk}")
    with pytest.raises(refusals.CriterionIsNotJudgedError, match="proportional"):
        says(with_evidence, "pingfen-1", "完成", criterion="edu_1")
