"""One duty twice in one sheet: as an item of its own and inside another, or two items alike."""

from collections import Counter
from collections.abc import Iterator

from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.engines.proof.sheets.families import Duty, Family, families_of, place_of, printed_clauses
from taizhang.kernel.message import Message

_SHORTEST = 8  # characters of a clause that says something by itself
_STANDARD = 5  # sheets that share a clause, for it to be a standard duty
_MOST_OF_IT = 0.5  # of the shorter item that the shared clause makes up


@rule(
    id="sheet.duty-twice",
    severity=Severity.WARNING,
    title="同一职责在一份责任书里计了两次分",
    why="一件事得两次分或扣两次分，考核不公平。",
    concern=Concern.POINTS,
)
def duty_twice(context: ProofContext) -> Iterator[Outcome]:
    """A clause that makes up most of one item, or that other sheets share, also in another item. Equal items: an error.

    Wrong:
        各单位责任目标

        市审计局

        1. 完成预算执行审计12项（50分）；

        2. 规范档案室和机房使用，完成市安委会下达的安全生产目标（30分）；

        3. 完成市安委会下达的安全生产目标（20分）。

        市统计局

        1. 完成普查登记12项（80分）；

        2. 完成市安委会下达的安全生产目标（20分）。
    Right:
        各单位责任目标

        市审计局

        1. 完成预算执行审计12项（50分）；

        2. 规范档案室和机房使用（30分）；

        3. 完成市安委会下达的安全生产目标（20分）。

        市统计局

        1. 完成普查登记12项（80分）；

        2. 完成市安委会下达的安全生产目标（20分）。
    """
    for family in families_of(context):
        shared = _sheets_of_clauses(family)
        for duties in family.by_sheet.values():
            yield from _in_sheet(context, duties, shared)


def _sheets_of_clauses(family: Family) -> Counter[str]:
    """How many sheets hold each clause."""
    counts: Counter[str] = Counter()
    for duties in family.by_sheet.values():
        counts.update({clause for duty in duties for clause in duty.clauses if len(clause) >= _SHORTEST})
    return counts


def _in_sheet(context: ProofContext, duties: tuple[Duty, ...], shared: Counter[str]) -> Iterator[Outcome]:
    first: dict[str, tuple[Duty, str]] = {}
    said: set[tuple[str, str]] = set()
    for duty in duties:
        for masked, words in printed_clauses(duty):
            if len(masked) < _SHORTEST:
                continue
            other, before = first.setdefault(masked, (duty, words))
            pair = (other.item.eid, duty.item.eid)
            if other is duty or before != words or pair in said or not _is_one_duty(duty, other, masked, shared):
                continue
            said.add(pair)
            yield _twice(context, duty, other, words)


def _is_one_duty(duty: Duty, other: Duty, clause: str, shared: Counter[str]) -> bool:
    shorter = min(len(duty.masked), len(other.masked))
    return len(clause) >= _MOST_OF_IT * shorter or shared[clause] >= _STANDARD


def _twice(context: ProofContext, duty: Duty, other: Duty, words: str) -> Outcome:
    longer, shorter = (duty, other) if len(duty.text) > len(other.text) else (other, duty)
    is_equal = duty.text == other.text
    return context.finding(
        duty_twice,
        place_of(context, longer, words),
        place_of(context, shorter, words),
        message=Message(
            "“{words}”在{unit}第{a}项和第{b}项里都有",
            {"words": words, "unit": duty.sheet.unit, "a": str(other.item.number), "b": str(duty.item.number)},
        ),
        advice=Message("删去一处，重新分配分值"),
        declared=str(longer.item.number),
        computed=str(shorter.item.number),
        document=duty.sheet.document,
        eid=longer.item.eid,
        severity=Severity.ERROR if is_equal else None,
    )


RULES = (duty_twice,)
