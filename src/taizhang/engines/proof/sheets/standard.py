"""Duties that many units share (安全生产, 依法行政): who lacks one, whose points or words differ."""

from collections import Counter
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.names.likeness import is_one_slip
from taizhang.engines.proof.rule import Concern, Outcome, Rule, rule
from taizhang.engines.proof.sheets.families import LONGEST, Duty, Family, families_of, place_of
from taizhang.kernel.message import Message
from taizhang.kernel.spans import Span

_FEWEST_SHEETS = 8
_SHARED = 0.25  # of the sheets of a family that make a duty a standard one
_NEARLY_ALL = 0.7  # of the sheets, for the others to be told that they lack it
_SAME_POINTS = 0.8
_LONGEST_TOPIC = 10  # characters: a standard duty is short
_MOST_SPANS = 12


class Standard:
    """One duty that many sheets of a family share. `duties` has one a sheet."""

    def __init__(self, family: Family, topic: str, duties: list[Duty]) -> None:
        self.family = family
        self.topic = topic
        self.duties = duties

    @property
    def name(self) -> str:
        """The usual words."""
        return Counter(duty.text for duty in self.duties).most_common(1)[0][0]


_KEPT: WeakKeyDictionary[ProofContext, tuple[Standard, ...]] = WeakKeyDictionary()


def standards_of(context: ProofContext) -> tuple[Standard, ...]:
    """The duties many unit sheets share, found once for all rules."""
    if context not in _KEPT:
        _KEPT[context] = tuple(_standards(context))
    return _KEPT[context]


def _standards(context: ProofContext) -> Iterator[Standard]:
    for family in families_of(context):
        if family.kind != "unit" or len(family.sheets) < _FEWEST_SHEETS:
            continue
        topics: dict[str, dict[str, Duty]] = {}
        for duty in family.duties:
            if 1 < len(duty.topic) <= _LONGEST_TOPIC and not duty.metrics:
                topics.setdefault(duty.topic, {}).setdefault(duty.sheet.eid, duty)
        for topic, duties in topics.items():
            if len(duties) >= _SHARED * len(family.sheets):
                yield Standard(family, topic, list(duties.values()))


@rule(
    id="sheet.standard-missing",
    severity=Severity.NOTE,
    title="多数单位都有的通用目标，个别单位没有",
    why="可能漏排，也可能是有意不设，应当核对。",
    concern=Concern.WHO,
)
def standard_missing(context: ProofContext) -> Iterator[Outcome]:
    """A duty that most unit sheets share and some lack: said once for each duty, with the units.

    Wrong:
        各单位责任目标

        市教育局

        1. 新建学校5所；

        2. 完成消防工作目标任务。

        市民政局

        1. 新建养老院5所；

        2. 完成消防工作目标任务。

        市水利局

        1. 新建水库2座；

        2. 完成消防工作目标任务。

        市林业局

        1. 造林5万亩；

        2. 完成消防工作目标任务。

        市体育局

        1. 举办赛事5场；

        2. 完成消防工作目标任务。

        市商务局

        1. 举办展会5场；

        2. 完成消防工作目标任务。

        市科技局

        1. 申报项目5个；

        2. 完成消防工作目标任务。

        市统计局

        1. 编印年鉴1部；

        2. 发布公报1期。
    Right:
        各单位责任目标

        市教育局

        1. 新建学校5所；

        2. 完成消防工作目标任务。

        市民政局

        1. 新建养老院5所；

        2. 完成消防工作目标任务。
    """
    for standard in standards_of(context):
        family = standard.family
        if len(standard.duties) < _NEARLY_ALL * len(family.sheets):
            continue
        having = {duty.sheet.eid for duty in standard.duties}
        having |= {duty.sheet.eid for duty in family.duties if standard.topic in duty.topic or standard.topic in duty.text}
        lacking = [sheet for sheet in family.sheets if sheet.eid not in having]
        if not lacking or len(lacking) == len(family.sheets):
            continue
        yield context.finding(
            standard_missing,
            *(context.clip(sheet.heading_span) for sheet in lacking[:_MOST_SPANS]),
            message=Message(
                "{count}个单位有“{name}”，{n}个没有：{units}",
                {
                    "count": str(len(having)),
                    "name": standard.name,
                    "n": str(len(lacking)),
                    "units": "、".join(sheet.unit for sheet in lacking[:_MOST_SPANS])
                    + ("等" if len(lacking) > _MOST_SPANS else ""),
                },
            ),
            advice=Message("逐个核对是漏排还是不承担"),
            document=family.document,
            eid=lacking[0].eid,
        )


@rule(
    id="sheet.standard-points",
    severity=Severity.NOTE,
    title="通用目标的分值与其他单位不同",
    why="同一件事在各单位分值悬殊，多半是为凑总分，考核尺度不一。",
    concern=Concern.POINTS,
)
def standard_points(context: ProofContext) -> Iterator[Outcome]:
    """A duty that carries the same points in nearly all unit sheets and other points in a few: said once for each duty.

    Wrong:
        各单位责任目标

        市教育局

        1. 新建学校5所（90分）；

        2. 完成消防工作目标任务（10分）。

        市民政局

        1. 新建养老院5所（90分）；

        2. 完成消防工作目标任务（10分）。

        市水利局

        1. 新建水库2座（90分）；

        2. 完成消防工作目标任务（10分）。

        市林业局

        1. 造林5万亩（90分）；

        2. 完成消防工作目标任务（10分）。

        市体育局

        1. 举办赛事5场（90分）；

        2. 完成消防工作目标任务（10分）。

        市商务局

        1. 举办展会5场（90分）；

        2. 完成消防工作目标任务（10分）。

        市科技局

        1. 申报项目5个（90分）；

        2. 完成消防工作目标任务（10分）。

        市统计局

        1. 编印年鉴1部（40分）；

        2. 完成消防工作目标任务（60分）。
    Right:
        各单位责任目标

        市教育局

        1. 新建学校5所（90分）；

        2. 完成消防工作目标任务（10分）。

        市民政局

        1. 新建养老院5所（90分）；

        2. 完成消防工作目标任务（10分）。
    """
    for standard in standards_of(context):
        points = Counter(duty.item.points for duty in standard.duties if duty.item.points is not None)
        if not points:
            continue
        usual, count = points.most_common(1)[0]
        odd = [duty for duty in standard.duties if duty.item.points not in (None, usual) and duty.item.points_span]
        if not odd or count < _SAME_POINTS * sum(points.values()):
            continue
        yield _said_once(
            context,
            standard_points,
            standard,
            odd,
            [duty.item.points_span for duty in odd if duty.item.points_span],
            Message(
                "“{name}”在{count}个单位为{usual}分，{n}个不同：{units}",
                {
                    "name": standard.name,
                    "count": str(count),
                    "usual": f"{usual:f}",
                    "n": str(len(odd)),
                    "units": "、".join(f"{duty.sheet.unit}{duty.item.points:f}分" for duty in odd[:_MOST_SPANS]),
                },
            ),
        )


@rule(
    id="sheet.standard-wording",
    severity=Severity.NOTE,
    title="通用目标的写法不一",
    why="同一件事写法不同，考核时会当成不同的要求。",
    concern=Concern.WORDS,
)
def standard_wording(context: ProofContext) -> Iterator[Outcome]:
    """A duty most unit sheets word alike and a few otherwise (目标任务, 目标): said once for each duty.

    Wrong:
        各单位责任目标

        市教育局

        1. 新建学校5所；

        2. 完成市政府下达的消防工作责任目标任务。

        市民政局

        1. 新建养老院5所；

        2. 完成市政府下达的消防工作责任目标任务。

        市水利局

        1. 新建水库2座；

        2. 完成市政府下达的消防工作责任目标任务。

        市林业局

        1. 造林5万亩；

        2. 完成市政府下达的消防工作责任目标任务。

        市体育局

        1. 举办赛事5场；

        2. 完成市政府下达的消防工作责任目标任务。

        市商务局

        1. 举办展会5场；

        2. 完成市政府下达的消防工作责任目标任务。

        市科技局

        1. 申报项目5个；

        2. 完成市政府下达的消防工作责任目标任务。

        市统计局

        1. 编印年鉴1部；

        2. 完成市下达的消防工作任务。
    Right:
        各单位责任目标

        市教育局

        1. 新建学校5所；

        2. 完成市政府下达的消防工作责任目标任务。

        市民政局

        1. 新建养老院5所；

        2. 完成市政府下达的消防工作责任目标任务。
    """
    for standard in standards_of(context):
        wordings = Counter(duty.text for duty in standard.duties)
        usual, count = wordings.most_common(1)[0]
        odd = [duty for duty in standard.duties if duty.text != usual and not is_one_slip(duty.text, usual)]
        if not odd or count < 3:
            continue
        rare = list(dict.fromkeys(duty.text for duty in odd))
        yield _said_once(
            context,
            standard_wording,
            standard,
            odd,
            [place_of(context, duty) for duty in odd],
            Message(
                "“{usual}”（{count}处）另有{n}处写作{others}",
                {
                    "usual": usual,
                    "count": str(count),
                    "n": str(len(odd)),
                    "others": "、".join(f"“{text[:40]}”" for text in rare[:4]),
                },
            ),
        )


def _said_once(
    context: ProofContext, rule_: Rule, standard: Standard, odd: list[Duty], spans: list[Span], message: Message
) -> Outcome:
    kept = [Span(span.start, min(span.end, span.start + LONGEST)) for span in spans[:_MOST_SPANS]]
    return context.finding(
        rule_,
        *kept,
        message=message,
        advice=Message("核对后统一，或说明理由"),
        document=standard.family.document,
        eid=odd[0].item.eid,
    )


RULES = (standard_missing, standard_points, standard_wording)
