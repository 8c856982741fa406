"""Figures of the demo's year, drawn from a fixed seed: the same for ever, whatever is asked first. Every one is invented."""

import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from taizhang.engines.scoring.model import Rule

SEED = 20250930
_ONE = Decimal(1)
_MISSING = 0.025  # share of figures that are not there yet; at the end of the year all are


@dataclass(frozen=True, slots=True)
class Draw:
    """What was drawn for a metric of a body at the end of a period: a figure, a stage, or the reason why there is none yet."""

    value: Decimal | None = None
    stage: str = ""
    missing: str = ""


def dice(*words: object) -> random.Random:
    """Dice of their own for whatever `words` name."""
    return random.Random("/".join(map(str, (SEED, *words))))


def draw(rule: "Rule", body: str, end: "date", share: Decimal, stages: tuple[str, ...], *, adds_up: bool) -> Draw:
    """What a body reports of a metric when `share` of the year is over."""
    # Some bodies do well in most things and some in few; each thing differs again.
    leaning = max(min(dice(body).gauss(0, 0.08), 0.12), -0.24)
    strength = Decimal(str(round(dice(body, rule.metric).gauss(1.01 + leaning / 2, 0.07), 4)))
    moment = dice(body, rule.metric, end)
    if moment.random() < _MISSING and share < 1:
        return Draw(missing=moment.choice(("主管部门尚未反馈数据", "上级统计口径还没有公布", "项目验收安排在下一季度")))
    if stages:
        reached = Decimal(str(round(dice(body, rule.metric).gauss(0.89 + leaning, 0.14), 4)))
        return Draw(stage=_stage(stages, share, reached))
    target = next((target for target in rule.targets if target.value is not None), None)
    if target is None or target.value is None:
        return Draw(missing="目标值还没有下达")
    noise = Decimal(str(round(moment.gauss(1, 0.02), 4)))
    bent = strength * noise
    if target.bound == "<=":
        # Limits are mostly kept: what presses on one is told by how weak the body is.
        bent = Decimal(2) - bent if bent > _ONE else _ONE + (_ONE - bent) / 3
    reached = target.value * bent * (share if adds_up else _ONE)
    return Draw(value=_rounded(reached, target.value, target.unit or ""))


def _stage(stages: tuple[str, ...], share: Decimal, strength: Decimal) -> str:
    """Stages stand from the best to the worst; the year leads up from the last."""
    reached = min(share * strength, _ONE)
    step = int((_ONE - reached) * len(stages))
    return stages[min(step, len(stages) - 1)]


def _rounded(value: Decimal, target: Decimal, unit: str) -> Decimal:
    from taizhang.apps.assessments.reports.answering import COUNTED

    if unit in COUNTED:
        return value.quantize(_ONE, ROUND_HALF_UP)
    places = max(-int(target.as_tuple().exponent), 0) + (1 if target < 100 else 0)
    rounded = value.quantize(Decimal(1).scaleb(-min(places, 4)), ROUND_HALF_UP)
    return min(rounded, Decimal(100)) if unit == "%" and target <= 100 and value > 100 else rounded
