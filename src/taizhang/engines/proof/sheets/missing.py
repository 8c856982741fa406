"""What all sheets but a few set, and these few do not: a metric an area lacks, the words of a shared duty that differ."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.names.likeness import is_one_slip
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.engines.proof.sheets.families import Duty, Family, families_of, place_of
from taizhang.engines.proof.sheets.standard import standards_of
from taizhang.engines.targets.model import Sheet
from taizhang.kernel.message import Message

_FEWEST = 4
_MOST = 0.6  # of the areas, for the others to be told that they lack a metric
_LONG_METRIC = 6  # characters of a metric that says by its words alone that a sheet speaks of it
_MOST_NAMED = 8
_MOST_SPANS = 8


@rule(
    id="sheet.metric-missing",
    severity=Severity.NOTE,
    title="各地都有的指标，这一份没有",
    why="可能漏排，也可能是不承担，汇总全市数据时会缺一块。",
    concern=Concern.WHO,
)
def metric_missing(context: ProofContext) -> Iterator[Outcome]:
    """Metrics that most area sheets set and one lacks: said once a sheet.

    Wrong:
        各县（市、区）责任目标

        河东区

        1. 生产总值增长8%；

        2. 粮食总产量0.5亿公斤；

        西山县

        1. 生产总值增长7%；

        2. 粮食总产量0.9亿公斤；

        南川县

        1. 生产总值增长7%；

        2. 粮食总产量0.8亿公斤；

        北原县

        1. 生产总值增长6%；

        2. 完成招商任务；
    Right:
        各县（市、区）责任目标

        河东区

        1. 生产总值增长8%；

        2. 粮食总产量0.5亿公斤；

        西山县

        1. 生产总值增长7%；

        2. 粮食总产量0.9亿公斤；

        南川县

        1. 生产总值增长7%；

        2. 粮食总产量0.8亿公斤；

        北原县

        1. 生产总值增长6%；

        2. 粮食总产量0.7亿公斤；
    """
    for family in families_of(context):
        if family.kind != "area" or len(family.sheets) < _FEWEST:
            continue
        holders: dict[str, set[str]] = {}
        for duty in family.duties:
            for metric, _ in duty.metrics:
                holders.setdefault(metric, set()).add(duty.sheet.eid)
        usual = [metric for metric, sheets in holders.items() if _MOST * len(family.sheets) <= len(sheets)]
        for sheet in family.sheets:
            words = "".join(duty.text for duty in family.by_sheet[sheet.eid])
            lacking = [m for m in usual if sheet.eid not in holders[m] and not (len(m) >= _LONG_METRIC and m in words)]
            if lacking:
                yield _lacks(context, sheet, lacking, len(family.sheets))


def _lacks(context: ProofContext, sheet: Sheet, lacking: list[str], count: int) -> Outcome:
    return context.finding(
        metric_missing,
        context.clip(sheet.heading_span),
        message=Message(
            "{unit}没有多数地区（共{count}个）都有的{n}项指标：{names}",
            {
                "unit": sheet.unit,
                "count": str(count),
                "n": str(len(lacking)),
                "names": "、".join(lacking[:_MOST_NAMED]) + ("等" if len(lacking) > _MOST_NAMED else ""),
            },
        ),
        advice=Message("核对是漏排还是不承担"),
        declared=len(lacking),
        document=sheet.document,
        eid=sheet.eid,
    )


_LONGEST_HEAD = 6  # characters duties have in common at their beginning to be compared
_SHORTEST = 12
_ALIKE = 0.85
_BOUNDS = ("以内", "以上", "以下", "左右")


@rule(
    id="sheet.duty-two-ways",
    severity=Severity.NOTE,
    title="同一项目标在各份责任书里写法不一",
    why="口径不同，考核时会当成不同的要求。",
    concern=Concern.WORDS,
)
def duty_two_ways(context: ProofContext) -> Iterator[Outcome]:
    """A clause several sheets word alike, figures aside, and one or more a little otherwise: said once for each.

    Wrong:
        各县（市、区）责任目标

        河东区

        1. 河道清淤工程和环境污染整治攻坚任务由市级主管部门验收；

        2. 生产总值增长8%；

        西山县

        1. 河道清淤工程和环境污染整治攻坚任务由市级主管部门验收；

        2. 生产总值增长8%；

        南川县

        1. 河道清淤工程和环境污染整治攻坚任务由市级主管部门验收；

        2. 生产总值增长8%；

        北原县

        1. 河道清淤工程和污染整治攻坚战任务由市级主管部门验收；

        2. 生产总值增长8%；
    Right:
        各县（市、区）责任目标

        河东区

        1. 河道清淤工程和环境污染整治攻坚任务由市级主管部门验收；

        2. 生产总值增长8%；

        西山县

        1. 河道清淤工程和环境污染整治攻坚任务由市级主管部门验收；

        2. 生产总值增长8%；

        南川县

        1. 河道清淤工程和环境污染整治攻坚任务由市级主管部门验收；

        2. 生产总值增长8%；
    """
    for family in families_of(context):
        if len(family.sheets) >= _FEWEST:
            yield from _two_ways(context, family)


def _two_ways(context: ProofContext, family: Family) -> Iterator[Outcome]:
    heads: dict[str, dict[str, list[Duty]]] = {}
    standard = {duty.item.eid for found in standards_of(context) if found.family is family for duty in found.duties}
    for duty in family.duties:
        if duty.item.eid in standard:
            continue
        for clause in duty.clauses:
            if len(clause) >= _SHORTEST:
                heads.setdefault(clause[:_LONGEST_HEAD], {}).setdefault(clause, []).append(duty)
    for wordings in heads.values():
        if not 1 < len(wordings) <= 12:
            continue
        usual = max(wordings, key=lambda clause: len(wordings[clause]))
        if len(wordings[usual]) < 3:
            continue
        odd = {c: duties for c, duties in wordings.items() if c != usual and _is_same_duty(c, usual)}
        if odd:
            yield _odd(context, usual, len(wordings[usual]), odd)


def _is_same_duty(clause: str, usual: str) -> bool:
    """Alike but for more than one character, which `words.standard-phrase` tells, or a bound, which another rule misses."""
    if is_one_slip(clause, usual) or (usual.startswith(clause) and usual.endswith(_BOUNDS)):
        return False
    matcher = SequenceMatcher(None, clause, usual, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _odd(context: ProofContext, usual: str, count: int, odd: dict[str, list[Duty]]) -> Outcome:
    duties = [(clause, duty) for clause, found in odd.items() for duty in found]
    duties.sort(key=lambda pair: pair[1].item.span)
    places = [place_of(context, duty, _different(clause, usual)) for clause, duty in duties[:_MOST_SPANS]]
    first = duties[0][1]
    return context.finding(
        duty_two_ways,
        *places,
        message=Message(
            "{n}处写作“{odd}”，其余{count}处写作“{usual}”",
            {
                "n": str(len(duties)),
                "odd": _around(duties[0][0], usual),
                "count": str(count),
                "usual": _around(usual, duties[0][0]),
            },
        ),
        advice=Message("核对后统一"),
        declared=duties[0][0],
        computed=usual,
        document=first.sheet.document,
        eid=first.item.eid,
    )


def _around(clause: str, other: str) -> str:
    """The words of `clause` where it departs from `other`, a few characters to each side."""
    blocks = [b for b in SequenceMatcher(None, clause, other, autojunk=False).get_opcodes() if b[0] != "equal"]
    return clause[max(0, blocks[0][1] - 4) : min(len(clause), blocks[-1][2] + 4)]


def _different(clause: str, usual: str) -> str:
    """The words to point at: without figures, which the comparison masks."""
    return max(_around(clause, usual).split("0"), key=len)


RULES = (metric_missing, duty_two_ways)
