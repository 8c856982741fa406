"""Percentages against the figures they are percentages of: shares, rates, lists of shares, and what remains."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from taizhang.engines.proof.amounts import Amount, plain_number
from taizhang.engines.proof.context import Passage, ProofContext
from taizhang.engines.proof.figures.labels import best_named, clause_of, label_of, likeness
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, Rule, rule
from taizhang.kernel.message import Message
from taizhang.kernel.numerals import printed_number
from taizhang.kernel.patterns import regex

HUNDRED = Decimal(100)
_SHARE_WORDS = regex(r"占(?P<base>[^，。；、：0-9]{0,16}?)(?:的)?(?:比重|比例|比|百分比)?(?:约)?(?:达到|达|为|约)?\Z")
_RATE_WORDS = regex(r"[，：；](?P<name>[^，。；、：0-9]{2,10}率)(?:约)?(?:达到|达|为|约)?\Z")
_SENTENCE = regex(r"[。！？]")
_NEAR = Decimal("0.3")
_FARTHEST = 60


@rule(
    id="percentage.share",
    severity=Severity.ERROR,
    title="占比与所列数字不符",
    why="百分比由旁边两个数算得出来，算不拢就是其中一个写错了",
    concern=Concern.MONEY,
)
def share(context: ProofContext) -> Iterator[Outcome]:
    """A share or rate against the two figures it follows from.

    Wrong:
        15家单位中已有12家接入平台，占85%。
    Wrong:
        全市常住人口224.1万人，持证人员68430人，占常住人口的3.55%。
    Right:
        15家单位中已有12家接入平台，占80%。
    Right:
        引进资金62亿元，食品类占比达到45%。
    """
    for passage in context.having("%"):
        claims = [
            c for i, f in enumerate(passage.figures) if f.base == "%" and not f.limit and (c := _claim(context, passage, i))
        ]
        settled = Counter(w.start for c in claims for p, w, _ in c.wholes[:1] if c.follows and p is passage)
        for claim in claims:
            yield from _judged(context, claim, {start for start, count in settled.items() if count > 1})


@dataclass(frozen=True, slots=True)
class _Claim:
    """A percentage, the part it is said to be, and the wholes it may be of; where it follows from one, that one alone."""

    passage: Passage
    percent: Amount
    part: Amount
    wholes: tuple[tuple[Passage, Amount, bool], ...]
    follows: bool


def _claim(context: ProofContext, passage: Passage, index: int) -> _Claim | None:
    percent = passage.amounts[index]
    before = passage.text[max(0, percent.start - 28) : percent.start]
    words = _SHARE_WORDS.search(before)
    rate = None if words else _RATE_WORDS.search(before)
    if not (words or rate):
        return None
    part = _renamed(passage, percent, _nearest(passage, percent))
    if part is None or (rate and likeness(rate["name"][:-1], clause_of(passage, part)) < 0.5):
        return None
    base = words["base"] if words else ""
    wholes = _wholes(context, passage, part, base if len(base) > 1 else "", is_rate=rate is not None)
    right = [w for w in wholes if _follows(part, w[1], percent)]
    return _Claim(passage, percent, part, tuple(right[:1] or wholes), bool(right))


def _judged(context: ProofContext, claim: _Claim, settled: set[int]) -> Iterator[Outcome]:
    passage, percent, part = claim.passage, claim.percent, claim.part
    spans = [passage.span(a.start, a.end) for a in (percent, part)]
    for where, whole, is_sure in claim.wholes:
        facts = _facts(part, whole, percent)
        if claim.follows:
            message = Message("{part}占{whole}的{declared}，算得相符", facts)
            yield context.agreement(share, *spans, where.span(whole.start, whole.end), message=message, value=facts["declared"])
            return
        is_sure = is_sure or (where is passage and whole.start in settled)
        computed = part.value / whole.value * HUNDRED
        if is_sure or abs(computed - percent.value) <= percent.value * _NEAR:
            yield context.finding(
                share,
                *spans,
                where.span(whole.start, whole.end),
                message=Message("写明占{declared}，按{part}和{whole}计算应为{computed}", facts),
                advice=Message("核对两个数字和百分比，改正算错或者写错的一个"),
                declared=facts["declared"],
                computed=facts["computed"],
                passage=passage,
            )
            return


def _nearest(passage: Passage, percent: Amount) -> Amount | None:
    """The last countable figure before the percentage, in its sentence."""
    found = None
    for amount in passage.amounts:
        if amount.start >= percent.start:
            break
        if amount.is_additive and not amount.spelled:
            found = amount
    if found is None or percent.start - found.end > _FARTHEST or _SENTENCE.search(passage.text, found.end, percent.start):
        return None
    return found


_NEW_SUBJECT = regex(r"，(?P<name>[^，。；：0-9%]{3,20})，[^，。；0-9]{0,4}占")


def _renamed(passage: Passage, percent: Amount, part: Amount | None) -> Amount | None:
    """肢体残疾36215人、……多重残疾2445人，肢体残疾人数最多，占52.9%: the share is of the figure named last, not of the nearest."""
    if part is None:
        return None
    match = _NEW_SUBJECT.match(passage.text, part.end, percent.start)
    if match is None:
        return part
    earlier = [(passage, a) for a in passage.amounts if a.start <= part.start and a.unit == part.unit]
    named = best_named(match["name"][:5], earlier)
    return named[1] if named else None


def _may_hold(whole: Amount, part: Amount) -> bool:
    """True if the one may be what the other is a share of."""
    return whole.unit == part.unit and whole.value >= part.value and not whole.spelled and bool(whole.value)


def _wholes(
    context: ProofContext, passage: Passage, part: Amount, base: str, *, is_rate: bool
) -> list[tuple[Passage, Amount, bool]]:
    """Figures the part may be a part of, the likeliest first, each with whether the words leave no doubt."""
    same = [a for a in passage.amounts if _may_hold(a, part) and a.start != part.start]
    earlier = [a for a in same if a.start < part.start]
    if base:
        named = best_named(base, ((passage, a) for a in same)) or _elsewhere(context, passage, part, base)
        found = [(*named, True)] if named else []
        return found + [(passage, a, False) for a in reversed(earlier) if not named or a is not named[1]]
    if is_rate:
        words = clause_of(passage, part)[:8]
        named = _elsewhere(context, passage, part, words)
        found = [(*named, False)] if named else []
        return found + [(passage, a, False) for a in reversed(earlier) if label_of(passage, a)[-2:] in clause_of(passage, part)]
    in_sentence = [a for a in earlier if not _SENTENCE.search(passage.text, a.end, part.start)]
    is_sure = len(in_sentence) == 1
    return [(passage, a, is_sure and a is in_sentence[0]) for a in reversed(earlier)]


def _elsewhere(context: ProofContext, passage: Passage, part: Amount, words: str) -> tuple[Passage, Amount] | None:
    """A figure of the same unit in another passage of the document that carries these very words."""
    for other in context.passages_of(passage.document):
        if other is passage or (words[-4:] not in other.text and words[:4] not in other.text):
            continue
        candidates = [(other, a) for a in other.amounts if _may_hold(a, part)]
        if named := best_named(words, candidates):
            return named
    return None


def _follows(part: Amount, whole: Amount, percent: Amount) -> bool:
    """True if the percentage follows from the two, each figure taken within its rounding."""
    low = (part.value - part.slack) / (whole.value + whole.slack) * HUNDRED
    high = (part.value + part.slack) / max(whole.value - whole.slack, Decimal("0.000001")) * HUNDRED
    half = percent.step / 2
    return low - half <= percent.value <= high + half


def _facts(part: Amount, whole: Amount, percent: Amount) -> dict[str, str]:
    computed = (part.value / whole.value * HUNDRED).quantize(min(percent.step, Decimal("0.1")), rounding=ROUND_HALF_UP)
    return {
        "part": plain_number(part.value / part.worth) + part.suffix,
        "whole": plain_number(whole.value / whole.worth) + whole.suffix,
        "declared": plain_number(percent.value) + "%",
        "computed": plain_number(computed) + "%",
    }


_LIST_CUE = regex(r"(?:占比|构成|权重|分别占|分别按|各占)[^，。；0-9]{0,12}\Z")
_MIXED_CUE = regex(r"占(?:比)?(?:为)?\Z|按(?:应)?[^，。；0-9]{0,10}的?\Z")
_BETWEEN = regex(r"[、，和及与以]{1,2}(?:[^，。；：0-9]{0,16}(?:占|为))?\Z")


@rule(
    id="percentage.shares-total",
    severity=Severity.ERROR,
    title="占比之和不是100%",
    why="各部分占比加起来应当是100%，多了少了都说明有一项写错",
    concern=Concern.MONEY,
)
def shares_total(context: ProofContext) -> Iterator[Outcome]:
    """A list of shares of one whole.

    Wrong:
        三类支出占比分别为76%、12%、15%。
    Right:
        三类支出占比分别为73%、12%、15%。
    Right:
        城镇、农村覆盖率分别达到60%、45%。
    """
    for passage in context.having("%"):
        percents = [a for a in passage.amounts if a.suffix == "%"]
        index = 0
        while index < len(percents) - 1:
            run = _percent_run(passage, percents, index)
            if len(run) > 1:
                yield from _shares_judged(context, passage, run)
            index += len(run)


def _percent_run(passage: Passage, percents: Sequence[Amount], index: int) -> list[Amount]:
    run = [percents[index]]
    for following in percents[index + 1 :]:
        if not _BETWEEN.match(passage.text[run[-1].end : following.start]):
            break
        run.append(following)
    return run


def _shares_judged(context: ProofContext, passage: Passage, run: list[Amount]) -> Iterator[Outcome]:
    lead = passage.text[max(0, run[0].start - 30) : run[0].start]
    is_list = bool(_LIST_CUE.search(lead))
    if not is_list and not all(_MIXED_CUE.search(passage.text[max(0, a.start - 14) : a.start]) for a in run):
        return
    summed = sum(a.value for a in run)
    spans = [passage.span(a.start, a.end) for a in run]
    facts = {"sum": plain_number(Decimal(summed)) + "%", "count": str(len(run))}
    slack = sum((a.step for a in run), Decimal(0)) / 2 if any(a.step != 1 for a in run) or len(run) > 2 else Decimal(0)
    if abs(summed - HUNDRED) <= min(slack, Decimal(1)):
        yield context.agreement(shares_total, *spans, message=Message("{count}个占比之和为100%", facts), value="100%")
    elif abs(summed - HUNDRED) <= 15 or _is_whole(passage, run):
        yield context.finding(
            shares_total,
            *spans,
            message=Message("{count}个占比之和为{sum}，不是100%", facts),
            advice=Message("核对各项占比，改正写错的一项"),
            declared="100%",
            computed=facts["sum"],
            passage=passage,
            severity=None if is_list and len(run) > 2 else Severity.WARNING,
        )


_WHOLE_CUE = regex(r"构成|组成|部分|权重")
_STAGES = regex(r"(?P<n>[二两三四五六2-6])个?(?:阶段|批次|批|期|次|部分|年度|环节)")


def _is_whole(passage: Passage, run: list[Amount]) -> bool:
    """True where the words leave no doubt that the shares are all there is: 由三部分构成，分别占……, 按……占70%计算."""
    before = passage.text[max(0, run[0].start - 30) : run[0].start]
    after = passage.text[run[-1].end : run[-1].end + 4]
    stages = _STAGES.search(passage.text[max(0, run[0].start - 60) : run[0].start])
    if stages and printed_number(stages["n"]) == len(run):
        return True
    return bool(_WHOLE_CUE.search(before) or after.startswith(("计算", "计分", "折算", "计入", "加权")))


_REMAINDER = regex(r"(?:其余|剩余|余下|剩下)的?(?P<rest>[0-9]+(?:\.[0-9]+)?%)")
_PAID = regex(r"拨付|预拨|支付|首付|下达|预付|兑付|发放|补贴|资金|款")


@rule(
    id="percentage.remainder",
    severity=Severity.ERROR,
    title="其余比例与前文不合",
    why="先付的加上其余的不等于100%，差额没有着落或者多付",
    concern=Concern.MONEY,
)
def remainder(context: ProofContext) -> Iterator[Outcome]:
    """What is left after the shares named before it.

    Wrong:
        市财政局按核定资金的40%预拨，其余50%清算时拨付。
    Right:
        市财政局按核定资金的40%预拨，其余60%清算时拨付。
    """
    for hit in context.search(_REMAINDER):
        passage = hit.passage
        percents = [a for a in passage.amounts if a.suffix == "%"]
        rest = next((a for a in percents if a.start == hit.start("rest")), None)
        before = [a for a in percents if a.start < hit.start()]
        if rest is None or not before or not _PAID.search(passage.text):
            continue
        sums = [sum((a.value for a in before[-n:]), rest.value) for n in range(1, min(len(before), 4) + 1)]
        spans = (passage.span(hit.start(), hit.end()), passage.span(before[-1].start, before[-1].end))
        facts = {"rest": plain_number(rest.value) + "%", "before": plain_number(before[-1].value) + "%"}
        if HUNDRED in sums:
            yield context.agreement(remainder, *spans, message=Message("其余{rest}与前文各比例合计100%", facts), value="100%")
            continue
        facts["computed"] = plain_number(HUNDRED - before[-1].value) + "%"
        yield context.finding(
            remainder,
            *spans,
            message=Message("前文为{before}，其余应为{computed}，写作{rest}", facts),
            advice=Message("两个比例改一个，使合计为100%"),
            declared=facts["rest"],
            computed=facts["computed"],
            passage=passage,
        )


_BASELESS = regex(
    r"(?<![0-9的])(?P<share>[0-9]+(?:\.[0-9]+)?%)的?(?P<what>[^，。；、：\n0-9]{0,4}(?:资金|补贴款|补助款|奖金|经费))(?:拨付|预拨|下达|支付|拨给|发放)"
)
_BASE_STATED = regex(
    r"(?:总额|预算|总量|计划|核定|年度资金|总规模)[^，。；\n]{0,20}[0-9]|(?:核定|批复|审定)[^，。；\n]{0,12}(?:计划|方案|资金|数额|总额)"
)


@rule(
    id="percentage.base-unstated",
    severity=Severity.NOTE,
    title="比例没有基数",
    why="只写拨付百分之几，没写总额怎么定，拨付时没有算数的底",
    concern=Concern.MONEY,
)
def base_unstated(context: ProofContext) -> Iterator[Outcome]:
    """A share of money to be paid in a document that never says what the whole is.

    Wrong:
        市财政9月20日前一次性将50%补贴资金拨付给各区。
    Right:
        市财政按核定的计划总额，9月20日前一次性将50%补贴资金拨付给各区。
    """
    for hit in context.search(_BASELESS):
        if any(_BASE_STATED.search(p.text) for p in context.passages_of(hit.passage.document)):
            continue
        facts = {"share": hit["share"] or "", "what": hit["what"] or ""}
        yield context.finding(
            base_unstated,
            hit.span(),
            message=Message("拨付{share}{what}，文中没有总额，也没有总额怎样核定", facts),
            advice=Message("写明总额或者核定总额的办法"),
            declared=facts["share"],
            passage=hit.passage,
        )


RULES: tuple[Rule, ...] = (share, shares_total, remainder, base_unstated)
