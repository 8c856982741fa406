"""What cannot be scored is refused by name, with what to do."""

import json
from dataclasses import replace
from datetime import date

import pytest

from taizhang.engines.scoring import (
    Adjustment,
    Case,
    Criterion,
    Effect,
    Observation,
    Rounding,
    Sanction,
    Scheme,
    Subject,
    Target,
    checked_scheme,
    scheme_from_json,
    scheme_to_json,
    score,
)
from taizhang.engines.scoring import errors as e
from taizhang.kernel.errors import TaizhangError
from taizhang.kernel.period import Period
from tests.engines.scoring.made_up import END, GRADES, YEAR, case, d, leaf, scheme, seen

HALF = Target(d(5), "件", ">=", Period(YEAR.start, date(2025, 6, 30)))


@pytest.mark.parametrize(
    ("rule", "error", "words"),
    [
        (leaf("就业", 10, "proportional", "0"), e.TargetIsZeroError, "“就业”的目标是 0"),
        (leaf("能耗", 10, "control", "0", "<="), e.TargetIsZeroError, "deduct"),
        (leaf("能耗", 10, "threshold", "0", "<=", parameters={"floor": d("0.5")}), e.TargetIsZeroError, "threshold"),
        (leaf("增速", 10, "proportional", "-3"), e.TargetIsNegativeError, "-3"),
        (leaf("就业", 10, "proportional"), e.TargetIsMissingError, "没有目标"),
        (leaf("名次", 10, "rank", parameters={"of": d(9)}), e.TargetIsMissingError, "rank"),
        (leaf("能耗", 10, "proportional", "5", "<="), e.BoundDoesNotFitError, "不低于"),
        (leaf("就业", 10, "control", "5", ">="), e.BoundDoesNotFitError, "不超过"),
        (leaf("就业", 10, "抓阄", "5"), e.StrategyIsUnknownError, "proportional"),
        (leaf("就业", 10, "proportional", "5", parameters={"flor": d(1)}), e.StrategyHasNoParameterError, "flor"),
        (leaf("就业", 10, "efficacy", "5"), e.ParameterIsMissingError, "不允许值"),
        (leaf("就业", 10, "efficacy", "5", parameters={"floor": d(5)}), e.ParameterDoesNotFitError, "小于目标数"),
        (leaf("能耗", 10, "efficacy", "5", "<=", parameters={"floor": d(4)}), e.ParameterDoesNotFitError, "大于控制数"),
        (leaf("就业", 10, "efficacy", "5", parameters={"floor": d(1), "base": d(100)}), e.ParameterDoesNotFitError, "base"),
        (leaf("就业", 10, "threshold", "5", parameters={"floor": d(60)}), e.ParameterDoesNotFitError, "0 到 1"),
        (leaf("就业", 10, "threshold", "5", parameters={"floor": "六成"}), e.ParameterDoesNotFitError, "六成"),
        (leaf("就业", 10, "threshold", "5", parameters={"counts": "猜"}), e.ParameterDoesNotFitError, "reported"),
        (leaf("扣分", 10, "deduct", parameters={"each": d(-1)}), e.ParameterDoesNotFitError, "不能小于 0"),
        (leaf("加分", 10, "bonus_capped", parameters={"each": d(1), "step": d(0)}), e.ParameterDoesNotFitError, "step"),
        (leaf("名次", 10, "rank", "5", "<="), e.ParameterIsMissingError, "of"),
        (leaf("名次", 10, "rank", "5", "<=", parameters={"of": d(5)}), e.ParameterDoesNotFitError, "of"),
        (leaf("名次", 10, "rank", parameters={"rates": (d("0.5"), d(1))}), e.ParameterDoesNotFitError, "靠后"),
        (leaf("评定", 10, "judged", parameters={"stages": ("甲",), "rates": (d(1), d(0))}), e.ParameterDoesNotFitError, "一一对应"),
        (leaf("分段", 10, "phased", "5", parameters={"shares": (d("0.5"), d("0.4"))}), e.ParameterDoesNotFitError, "0.9"),
        (leaf("分段", 10, "phased", "5", parameters={"shares": (d("0.2"),) * 5}), e.ParameterDoesNotFitError, "12 个月"),
        (leaf("分段", 10, "phased", "5", parameters={"portions": (d(1), d(1))}), e.ParameterDoesNotFitError, "4 个"),
        (leaf("就业", 10, "proportional", targets=(HALF, HALF)), e.TargetsDoNotCoverError, "首尾相接"),
        (leaf("就业", 10, "proportional", targets=(HALF, replace(HALF, period=Period(date(2025, 8, 1), END)))), e.TargetsDoNotCoverError, "2025-07-01"),
        (leaf("就业", 10, "proportional", unit="人", targets=(Target(d(5), "户", ">=", YEAR),)), e.UnitsDifferError, "户"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_scored_is_refused_with_its_criterion(
    rule: Criterion, error: type[TaizhangError], words: str
) -> None:
    with pytest.raises(error, match=words) as caught:
        checked_scheme(scheme(rule))
    assert rule.label in str(caught.value)


def test_an_amended_zero_target_is_refused_too() -> None:
    later = Target(d(0), "件", ">=", Period(date(2025, 7, 1), END))
    with pytest.raises(e.TargetIsZeroError):
        checked_scheme(scheme(leaf("就业", 10, "proportional", targets=(HALF, later))))


@pytest.mark.parametrize(
    ("rule", "row", "words"),
    [
        (leaf("名次", 10, "rank", "3", "<=", parameters={"of": d(9)}), seen("名次", "2.5"), "整数"),
        (leaf("名次", 10, "rank", "3", "<=", parameters={"of": d(9)}), seen("名次", 0), "1 或更大"),
        (leaf("事故", 10, "threshold", "0", "<=", parameters={"counts": "reported"}), seen("事故", -1), "次数"),
        (leaf("评定", 10, "judged"), seen("评定", 11), "0 到 10"),
        (leaf("评定", 10, "judged", parameters={"stages": ("甲",), "rates": (d(1),)}), seen("评定", stage="乙"), "甲"),
        (leaf("就业", 10, "proportional", "5"), seen("就业", stage="甲"), "要一个数"),
    ],
)
def test_a_figure_that_cannot_be_read_is_refused(rule: Criterion, row: Observation, words: str) -> None:
    with pytest.raises(e.FigureDoesNotFitError, match=words):
        score(scheme(rule), [row], [], END)


RULE = leaf("m", 10, "proportional", "5")
KINDS = (Adjustment("好", "好事", 1, d(1), trees=("别的表",)),)
SANCTIONS = (Sanction("取消", "取消得分", (Effect.ZERO_CRITERION,)), Sanction("定级", "定级", (Effect.GRADE,), "特等"))


@pytest.mark.parametrize(
    ("recorded", "error", "words"),
    [
        (case("没有"), e.CaseKindIsUnknownError, "没有"),
        (case("m", body="外人"), e.CaseSubjectIsUnknownError, "外人"),
        (case("好"), e.CaseDoesNotFitError, "好事"),
        (case("取消"), e.CaseNamesNoCriterionError, "取消"),
        (case("取消", criterion="别项"), e.CaseNamesNoCriterionError, "别项"),
        (case("定级"), e.GradeIsUnknownError, "特等"),
    ],
)
def test_a_record_that_fits_nothing_is_refused(recorded: Case, error: type[TaizhangError], words: str) -> None:
    of = scheme(RULE, adjustments=KINDS, sanctions=SANCTIONS, grades=GRADES)
    with pytest.raises(error, match=words):
        score(of, [seen("m", 1)], [recorded], END)


def test_a_subject_without_its_tree_is_refused() -> None:
    of = replace(scheme(RULE), subjects=(Subject("u", "单位甲", "d", "无此表"),))
    with pytest.raises(e.TreeIsMissingError, match=r"单位甲.*无此表"):
        checked_scheme(of)


def test_an_unknown_rounding_is_refused() -> None:
    of = scheme(replace(RULE, is_rounded=True), rounding=Rounding(2, "up"))
    with pytest.raises(e.RoundingModeIsUnknownError, match="half_up"):
        score(of, [seen("m", 1)], [], END)


def test_figures_of_metrics_nobody_reads_are_passed_over() -> None:
    assert score(scheme(RULE), [seen("m", 5), seen("别的", 9)], [], END).results[0].total.low == 10


def altered(**changes: object) -> dict[str, object]:
    return {**json.loads(json.dumps(scheme_to_json(scheme(RULE)))), **changes}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (altered(surprise=1), "surprise"),
        (altered(year="2025"), "Scheme.year"),
        (altered(total_cap="很多"), "Scheme.total_cap"),
        (altered(total_cap="NaN"), "NaN"),
        (altered(period={"start": "2025-13-01", "end": None}), "2025-13-01"),
        (altered(trees=[]), "Scheme.trees"),
        (altered(subjects={}), "Scheme.subjects"),
        (altered(rounding=3), "Scheme.rounding"),
        ({"id": "x"}, "缺了"),
        (altered(sanctions=[{"id": "s", "label": "s", "effects": ["explode"]}]), "explode"),
    ],
)
def test_a_stored_scheme_that_was_altered_is_refused_with_the_place(data: dict[str, object], words: str) -> None:
    with pytest.raises(e.JsonIsMalformedError, match=words):
        scheme_from_json(data)


def test_values_of_several_types_keep_their_type_through_json() -> None:
    values: dict[str, object] = {"rates": (d("0.5"), d("1.0")), "stages": ("1", "二"), "cumulative": True}
    of: Scheme = scheme(replace(RULE, rule=replace(RULE.rule, parameters=values)))  # type: ignore[type-var]
    back = scheme_from_json(json.loads(json.dumps(scheme_to_json(of))))
    assert back == of
    rule = back.trees["m"].rule
    assert rule is not None
    assert rule.parameters == values
    assert [type(v) for v in rule.parameters.values()] == [tuple, tuple, bool]
