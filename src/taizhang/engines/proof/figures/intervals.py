"""Bands of marks and tiers of amounts: holes between them, and values that fall into two."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from taizhang.engines.gazette.model import Node
from taizhang.engines.proof.amounts import plain_number
from taizhang.engines.proof.context import Passage, ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, Rule, rule
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_N = r"[0-9]+(?:\.[0-9]+)?"
_UNIT = r"分|亿元|万元|元|亩|吨|人|户|平方米|公里|%|岁|年|天|个月|家|件|次"
_BAND = regex(
    rf"(?<![0-9.])(?P<low>{_N})(?P<lu>{_UNIT})?(?:（[^（）]{{0,4}}）)?"
    rf"(?:(?:及?以上)?(?:至|到|[-—–~]{{1,2}})|及?以上，?(?:不满|不足|低于|未满)?|，?(?:不满|不足|低于|未满))"
    rf"(?P<high>{_N})(?P<hu>{_UNIT})(?P<hi>以下|以内)?"
    rf"|(?P<below>不满|低于|不足|未满|少于|小于)(?P<b>{_N})(?P<bu>{_UNIT})"
    rf"|(?P<a>{_N})(?P<au>{_UNIT})(?:（含[^（）]{{0,6}}）)?(?:及|（含）)?(?P<above>以上|以下|及以上)"
)
_SCALE = {"亿元": ("元", Decimal(10**8)), "万元": ("元", Decimal(10**4))}
_LABEL_BREAK = regex(r"[，。；、：（）！？\n]")
_DECIMALS = regex(r"保留[一二两三四1-4]位小数")
_GRADES = regex(r"优秀|良好|合格|及格|不合格|等次|档次|等级|一档|二档|较好|一般|差|[ABCD]级|甲等|乙等")


@dataclass(frozen=True, slots=True)
class _Band:
    """From `low` to `high` (None: open). `excludes_high`: 不满, 低于, 以下 read with the band above it."""

    low: Decimal | None
    high: Decimal | None
    unit: str
    passage: Passage
    span: Span
    excludes_high: bool
    label: str


@rule(
    id="interval.bands",
    severity=Severity.WARNING,
    title="等次区间有缺口或者重叠",
    why="落在缺口里的得分没有等次可归，重叠的归到两个等次，评定时必有争议",
    concern=Concern.POINTS,
)
def bands(context: ProofContext) -> Iterator[Outcome]:
    """Grades by marks: each mark belongs to one grade and only one.

    Wrong:
        结果分为优秀（90分以上）、良好（80分至89分）、合格（60分至79分）、不合格（低于60分）4个等次。
    Right:
        结果分为优秀（90分以上）、良好（80分以上不满90分）、合格（60分以上不满80分）、不合格（不满60分）4个等次。
    """
    for group in _grade_lists(context):
        found = [b for passage in group for b in _bands_in(passage)]
        by_unit: dict[str, list[_Band]] = {}
        for band in found:
            by_unit.setdefault(band.unit, []).append(band)
        for unit, members in by_unit.items():
            is_open = any(b.low is None for b in members) or any(b.high is None for b in members)
            if len(members) >= 3 and is_open and unit == "分":
                yield from _checked(context, members, group)


def _grade_lists(context: ProofContext) -> Iterator[tuple[Passage, ...]]:
    """Passages that name several grades, alone or as the items of one clause."""
    for passage in context.passages:
        if (
            "分" in passage.text
            and _GRADES.search(passage.text)
            and len(set(_GRADES.findall(passage.text))) > 1
            and len(_BAND.findall(passage.text)) > 2
        ):
            yield (passage,)
    for document in context.documents:
        for node in document.walk_nodes():
            if len(node.children) > 2:
                items = _graded_items(context, document.id, node)
                if len(items) > 2:
                    yield items


def _graded_items(context: ProofContext, document: str, node: Node) -> tuple[Passage, ...]:
    first = context.by_eid.get((document, node.children[0].eid))
    if first is None or not _GRADES.search(first.text):
        return ()
    found = [context.by_eid.get((document, child.eid)) for child in node.children]
    return tuple(p for p in found if p and len(p.text) < 60 and _GRADES.search(p.text) and _BAND.search(p.text))


def _bands_in(passage: Passage) -> Iterator[_Band]:
    for match in _BAND.finditer(passage.text):
        span = passage.span(match.start(), match.end())
        label = _LABEL_BREAK.split(passage.text[max(0, match.start() - 20) : match.start()])[-1]
        if match["high"]:
            unit, worth = _SCALE.get(match["hu"], (match["hu"], Decimal(1)))
            low_worth = _SCALE.get(match["lu"] or match["hu"], ("", Decimal(1)))[1]
            low, high = Decimal(match["low"]) * low_worth, Decimal(match["high"]) * worth
            excludes = bool(match["hi"]) or bool(re.search(r"不满|不足|低于|未满", match[0]))
            if low < high:
                yield _Band(low, high, unit, passage, span, excludes, label)
        elif match["below"]:
            unit, worth = _SCALE.get(match["bu"], (match["bu"], Decimal(1)))
            yield _Band(None, Decimal(match["b"]) * worth, unit, passage, span, True, label)
        else:
            unit, worth = _SCALE.get(match["au"], (match["au"], Decimal(1)))
            value = Decimal(match["a"]) * worth
            if match["above"] == "以下":
                yield _Band(None, value, unit, passage, span, True, label)
            else:
                yield _Band(value, None, unit, passage, span, False, label)


def _checked(context: ProofContext, found: Sequence[_Band], group: Sequence[Passage]) -> Iterator[Outcome]:
    ordered = sorted(found, key=lambda b: (b.low is not None, b.low or Decimal(0)))
    gaps: list[tuple[_Band, _Band]] = []
    overlaps: list[tuple[_Band, _Band]] = []
    for lower, upper in pairwise(ordered):
        if lower.high is None or upper.low is None:
            continue
        if lower.high < upper.low:
            gaps.append((lower, upper))
        elif lower.high > upper.low or (lower.high == upper.low and not lower.excludes_high):
            overlaps.append((lower, upper))
    if not gaps and not overlaps:
        spans = [b.span for b in ordered]
        message = Message("{count}个等次区间首尾相接", {"count": str(len(ordered))})
        yield context.agreement(bands, *spans, message=message, value=str(len(ordered)))
    decimals = any(_DECIMALS.search(p.text) for p in context.passages_of(group[0].document))
    if gaps:
        yield _told(context, gaps, decimals=decimals)
    if overlaps:
        yield _overlapping(context, overlaps)


def _told(context: ProofContext, gaps: Sequence[tuple[_Band, _Band]], *, decimals: bool) -> Outcome:
    holes = "、".join(
        f"{plain_number(lower.high)}至{plain_number(upper.low)}分" for lower, upper in gaps if lower.high and upper.low
    )
    spans = list(dict.fromkeys(b.span for lower, upper in gaps for b in (lower, upper)))
    facts = {"holes": holes}
    message = Message("{holes}之间没有等次可归，而得分保留小数", facts) if decimals else Message("{holes}之间没有等次可归", facts)
    return context.finding(
        bands,
        *spans,
        message=message,
        advice=Message("改为首尾相接的区间，例如“80分以上不满90分”"),
        computed=holes,
        passage=gaps[0][1].passage,
    )


def _overlapping(context: ProofContext, overlaps: Sequence[tuple[_Band, _Band]]) -> Outcome:
    shared = "、".join(
        f"{plain_number(upper.low)}分" if lower.high == upper.low else f"{plain_number(upper.low)}至{plain_number(lower.high)}分"
        for lower, upper in overlaps
        if lower.high and upper.low
    )
    spans = list(dict.fromkeys(b.span for lower, upper in overlaps for b in (lower, upper)))
    return context.finding(
        bands,
        *spans,
        message=Message("{shared}同时归入两个等次", {"shared": shared}),
        advice=Message("写明边界值归哪一个等次"),
        computed=shared,
        passage=overlaps[0][0].passage,
    )


@rule(
    id="interval.tiers",
    severity=Severity.WARNING,
    title="分档标准有缺口或者重叠",
    why="落在缺口里的享受不到，落在重叠里的适用两档，兑现时必有争议",
    concern=Concern.MONEY,
)
def tiers(context: ProofContext) -> Iterator[Outcome]:
    """Tiers of one quantity in a row: each begins where the one before it ends.

    Wrong:
        投资1000万元以上至5000万元、6000万元以上至1亿元、1亿元以上的，分别奖励70%、80%和90%。
    Right:
        投资1000万元以上至5000万元、5000万元以上至1亿元、1亿元以上的，分别奖励70%、80%和90%。
    """
    for passage in context.passages:
        if "以上" not in passage.text or len(_BAND.findall(passage.text)) < 2:
            continue
        run: list[_Band] = []
        for band in [*(b for b in _bands_in(passage) if b.unit != "分"), None]:
            if band and run and band.unit == run[-1].unit and band.low is not None and _same_subject(run[0], run[-1], band):
                run.append(band)
                continue
            if len(run) > 1 and run[-1].high is None:
                yield from _tiers_checked(context, run)
            run = [band] if band and band.low is not None and band.high is not None else []


def _same_subject(first: _Band, last: _Band, band: _Band) -> bool:
    """A list goes on without naming its subject again, or names it again by its last words; and it rises."""
    rises = band.low is not None and last.low is not None and band.low > last.low
    close = band.span.start - last.span.end < 60
    return rises and close and (not band.label or (len(band.label) > 1 and band.label[-2:] == first.label[-2:]))


def _tiers_checked(context: ProofContext, run: Sequence[_Band]) -> Iterator[Outcome]:
    broken = [
        (lower, upper)
        for lower, upper in pairwise(run)
        if lower.high is not None and upper.low is not None and lower.high != upper.low
    ]
    spans = [b.span for b in run]
    if not broken:
        message = Message("{count}档首尾相接", {"count": str(len(run))})
        yield context.agreement(tiers, *spans, message=message, value=str(len(run)))
        return
    lower, upper = broken[0]
    words = {"lower": context.words(lower.span), "upper": context.words(upper.span)}
    is_gap = lower.high is not None and upper.low is not None and lower.high < upper.low
    yield context.finding(
        tiers,
        lower.span,
        upper.span,
        message=Message("“{lower}”与“{upper}”之间没有一档", words) if is_gap else Message("“{lower}”与“{upper}”重叠", words),
        advice=Message("改为首尾相接的档次"),
        declared=words["lower"],
        computed=words["upper"],
        passage=lower.passage,
    )


RULES: tuple[Rule, ...] = (bands, tiers)
