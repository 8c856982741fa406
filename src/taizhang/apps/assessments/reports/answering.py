"""What a figure may be: answers and their parts, what is impossible (refused), what is unlikely (told, and left to people)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from taizhang.apps.assessments import cycle_errors as errors
from taizhang.apps.assessments.models import Metric
from taizhang.apps.assessments.states import ANSWERS
from taizhang.engines.scoring.model import Rule
from taizhang.kernel.message import Message

LONGEST_REMARK, LONGEST_CLAUSE = 2000, 240
_MOST_DIGITS = 20
_PLACES = 10
# What is counted one by one: never negative, never a part of one.
COUNTED = frozenset("个人户件项家次所名起辆台座篇条天份场期处例宗批套间张位只头棵株眼幢栋艘部册种类日")
_OF_A_HUNDRED = (
    "合格率",
    "覆盖率",
    "入学率",
    "普及率",
    "完成率",
    "达标率",
    "参保率",
    "公开率",
    "答复率",
    "办结率",
    "回复率",
    "占比",
)
_FAR = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reporter says of a metric (by key). `answer`: value, stage (of a judged item), not_yet (`reason`, `expected_on`),
    not_applicable (`clause`). `version` is the one the reporter had before the eyes, 0 where there was none."""

    metric: str
    answer: str
    value: Decimal | None = None
    stage: str = ""
    reason: str = ""
    expected_on: date | None = None
    clause: str = ""
    remark: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Warned:
    """A figure that is unlikely: the metric and why."""

    metric: str
    message: Message


def stages_to_report(rule: Rule) -> tuple[str, ...]:
    """The stages one of which a unit reports to have reached, in the rule's order; empty where it reports a figure."""
    stages = rule.parameters.get("stages", ())
    names = stages.split("|") if isinstance(stages, str) else list(stages) if isinstance(stages, tuple) else []
    return tuple(str(name) for name in names)


def check(answer: Answer, metric: Metric, rule: Rule, today: date) -> None:
    """Refuse what is incomplete or impossible.

    Raises `AnswerIsUnknownError`, `AnswerIsIncompleteError`, `ValueIsImpossibleError`, `StageIsUnknownError`.
    """
    known = _kinds(rule)
    if answer.answer not in known:
        told = "、".join(ANSWERS[kind] for kind in known)
        raise errors.AnswerIsUnknownError(metric=metric.label, answer=answer.answer, known=told)
    for words, most in ((answer.remark, LONGEST_REMARK), (answer.reason, LONGEST_REMARK), (answer.clause, LONGEST_CLAUSE)):
        if len(words) > most:
            raise errors.WordsAreTooLongError(metric=metric.label, most=most)
    lacking = _lacking(answer, today)
    if lacking:
        raise errors.AnswerIsIncompleteError(metric=metric.label, answer=ANSWERS[answer.answer], lacking=lacking)
    if answer.answer == "stage" and answer.stage not in stages_to_report(rule):
        raise errors.StageIsUnknownError(metric=metric.label, stage=answer.stage, known="、".join(stages_to_report(rule)))
    if answer.answer == "value" and answer.value is not None:
        why = impossible(answer.value, metric.unit, metric.label)
        if why:
            raise errors.ValueIsImpossibleError(metric=metric.label, value=answer.value, unit=metric.unit, why=why)


def _kinds(rule: Rule) -> tuple[str, ...]:
    return ("stage" if stages_to_report(rule) else "value", "not_yet", "not_applicable")


def _lacking(answer: Answer, today: date) -> str:
    if answer.answer == "value":
        return "" if answer.value is not None else "数字"
    if answer.answer == "stage":
        return "" if answer.stage else "到了哪一步"
    if answer.answer == "not_applicable":
        return "" if answer.clause.strip() else "依据的条款"
    if not answer.reason.strip():
        return "原因"
    return "" if answer.expected_on is not None and answer.expected_on >= today else "预计哪天有数（今天以后）"


def impossible(value: Decimal, unit: str, label: str) -> str:
    """Why a figure cannot be; empty where it can."""
    if not value.is_finite():
        return "不是数字"
    if len(value.as_tuple().digits) > _MOST_DIGITS or abs(value) >= Decimal(10) ** _MOST_DIGITS:
        return f"超过 {_MOST_DIGITS} 位"
    if -int(value.as_tuple().exponent) > _PLACES:
        return f"小数超过 {_PLACES} 位"
    if unit in COUNTED and value < 0:
        return "按个数计的不会是负数"
    if unit in COUNTED and value != value.to_integral_value():
        return "按个数计的不会有小数"
    if unit == "%" and any(word in label for word in _OF_A_HUNDRED) and "增" not in label and not 0 <= value <= 100:
        return "占比只在 0 到 100 之间"
    return ""


def unlikely(answer: Answer, metric: Metric, rule: Rule, earlier: Iterable[Decimal]) -> list[Warned]:
    """What is odd about a figure beside the target and the figures of `earlier` periods (in order). Nothing is refused for it."""
    if answer.answer != "value" or answer.value is None:
        return []
    value, before, out = answer.value, list(earlier)[-1:], []
    target = next((target.value for target in rule.targets if target.value), None)
    if target and value and abs(value) > abs(target) * _FAR:
        facts = {"value": _told(value), "target": _told(target), "unit": metric.unit}
        out.append(Message("{value}{unit} 是目标 {target}{unit} 的十倍以上，核对单位", facts))
    if before and before[0] and value and not abs(before[0]) / _FAR <= abs(value) <= abs(before[0]) * _FAR:
        facts = {"value": _told(value), "before": _told(before[0]), "unit": metric.unit}
        out.append(Message("上期是 {before}{unit}，这期是 {value}{unit}，相差十倍以上，核对小数点和单位", facts))
    elif before and metric.unit in COUNTED and value < before[0]:
        facts = {"value": _told(value), "before": _told(before[0]), "unit": metric.unit}
        out.append(Message("累计数比上期少：上期 {before}{unit}，这期 {value}{unit}。确有核减请在备注里说明", facts))
    return [Warned(metric.key, message) for message in out]


def _told(value: Decimal) -> str:
    return format(value.normalize(), "f")
