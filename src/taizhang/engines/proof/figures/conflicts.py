"""One thing said with two figures: the city's target and the unit's, the text and its table, one offence and two sanctions."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from taizhang.engines.gazette.model import Document, Row, Table
from taizhang.engines.proof.amounts import Amount, Fit, amount_of_measure, amounts_of, fit, one_digit_apart, plain_number
from taizhang.engines.proof.context import Passage, ProofContext
from taizhang.engines.proof.figures.grid import Grid, grids
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, Rule, rule
from taizhang.engines.targets.cascade import Cascade, Placed
from taizhang.engines.targets.measures.plain import plain_of
from taizhang.engines.targets.measures.quantities import figures_in
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span


@rule(
    id="conflict.city-and-unit",
    severity=Severity.ERROR,
    title="同一指标全市与部门数值不同",
    why="全市目标与承办部门的目标不是一个数，年底各依各的数",
    concern=Concern.MONEY,
)
def city_and_unit(context: ProofContext) -> Iterator[Outcome]:
    """The city's target on a metric against that of the unit in charge of it.

    Wrong:
        崤陵市人民政府关于下达2025年度目标的通知

        2025年崤陵市经济社会发展目标

        1. 第三产业增加值占地区生产总值比重达46.5%。

        市直单位责任目标

        市发展改革委

        (一)重点目标(600分)

        1. 第三产业增加值占地区生产总值比重达45.6%(600分)。
    Right:
        崤陵市人民政府关于下达2025年度目标的通知

        2025年崤陵市经济社会发展目标

        1. 第三产业增加值占地区生产总值比重达46.5%。

        市直单位责任目标

        市发展改革委

        (一)重点目标(600分)

        1. 第三产业增加值占地区生产总值比重达46.5%(600分)。
    """
    for cascade in context.cascades:
        if cascade.city is None:
            continue
        for placed in cascade.units:
            yield from _against_city(context, cascade, cascade.city, placed)


def _against_city(context: ProofContext, cascade: Cascade, city: Placed, placed: Placed) -> Iterator[Outcome]:
    whole, part = amount_of_measure(city.measure), amount_of_measure(placed.measure)
    if whole is None or part is None:
        return
    if len(cascade.metric) < 4 or cascade.metric.startswith(("占", "增长", "增速")):
        common = SequenceMatcher(None, city.item.text, placed.item.text, autojunk=False).find_longest_match()
        if common.size < len(cascade.metric) + 4 and city.item.text[:8] not in placed.item.text:
            return
    spans = [context.clip(p.measure.span) for p in (placed, city)]
    facts = {
        "metric": cascade.metric,
        "unit": placed.sheet.unit,
        "city": city.sheet.unit,
        "part": plain_number(part.value / part.worth) + part.suffix,
        "whole": plain_number(whole.value / whole.worth) + whole.suffix,
    }
    if fit(whole, (part,)) in (Fit.EXACT, Fit.ROUNDED):
        message = Message("{metric}：{unit}与{city}都是{whole}", facts)
        yield context.agreement(city_and_unit, *spans, message=message, value=facts["whole"])
        return
    yield context.finding(
        city_and_unit,
        *spans,
        message=Message("{metric}：{unit}为{part}，{city}为{whole}", facts),
        advice=Message("以审定的目标为准，两处统一"),
        declared=facts["part"],
        computed=facts["whole"],
        document=placed.sheet.document,
        eid=placed.item.eid,
    )


_LABEL_COLUMN = regex(r"指标|项目|名称|内容|目标")
_VALUE_COLUMN = regex(r"[0-9]{4}年|目标值|基数|现状|基期|完成|规划|预期")
_LABEL_TAIL = regex(r"（[^（）]*）|(?:户数|人数|件数|数量|规模|总数|总量)\Z")
_LINK = regex(
    r"(?:分别|均|都|要|应|力争|确保|已|保持在|稳定在|控制在|提高到|提升到|增加到|达到|达|为|是|不低于|不少于|超过|在|到|约)*\Z"
)
_SHORTEST = 5


@dataclass(frozen=True, slots=True)
class _RowValues:
    document: Document
    table: Table
    row: Row
    label: str
    amounts: tuple[tuple[Amount, Span], ...]


@rule(
    id="conflict.text-and-table",
    severity=Severity.ERROR,
    title="正文与表中指标值不同",
    why="同一指标正文一个数、表里一个数，执行和评估没有依据",
    concern=Concern.MONEY,
)
def text_and_table(context: ProofContext) -> Iterator[Outcome]:
    """Figures of the text against the row of the table that names the same indicator.

    Wrong:
        崤陵市服务提升行动计划

        一、目标

        到2027年，辅助器具适配率达到85%。

        专栏1 主要指标
        序号⇥指标⇥2024年基数⇥2027年目标
        1⇥持证残疾人辅助器具适配率⇥71.3%⇥80%
        2⇥残疾儿童康复救助率⇥96.2%⇥100%
        3⇥义务教育入学率⇥97.1%⇥98%
    Right:
        崤陵市服务提升行动计划

        一、目标

        到2027年，辅助器具适配率达到80%。

        专栏1 主要指标
        序号⇥指标⇥2024年基数⇥2027年目标
        1⇥持证残疾人辅助器具适配率⇥71.3%⇥80%
        2⇥残疾儿童康复救助率⇥96.2%⇥100%
        3⇥义务教育入学率⇥97.1%⇥98%
    """
    by_tail: dict[str, list[_RowValues]] = {}
    for values in _rows(context):
        by_tail.setdefault(values.label[-_SHORTEST:], []).append(values)
    if not by_tail:
        return
    concerned = {context.outermost(v.document).id for values in by_tail.values() for v in values}
    for passage in context.passages:
        if passage.table is None and context.outermost(passage.document).id in concerned:
            for figure, amount in zip(passage.figures, passage.amounts, strict=True):
                if amount.unit and not figure.ordinal:
                    yield from _looked_up(context, passage, amount, by_tail)


def _rows(context: ProofContext) -> Iterator[_RowValues]:
    for document in context.documents:
        for table in document.tables:
            columns = table.columns
            labels = [i for i, c in enumerate(columns) if _LABEL_COLUMN.search(c) and not _VALUE_COLUMN.search(c)]
            values = [i for i, c in enumerate(columns) if _VALUE_COLUMN.search(c)]
            if not labels or not values:
                continue
            for row in table.rows:
                if len(row.cells) <= max(*labels, *values):
                    continue
                label = _LABEL_TAIL.sub("", plain_of(row.cells[labels[0]].text).text)
                amounts = tuple(
                    (a, row.cells[i].span) for i in values for a in amounts_of(figures_in(plain_of(row.cells[i].text).text))
                )
                if len(label) >= _SHORTEST and amounts:
                    yield _RowValues(document, table, row, label, amounts)


def _looked_up(
    context: ProofContext, passage: Passage, amount: Amount, by_tail: dict[str, list[_RowValues]]
) -> Iterator[Outcome]:
    before = passage.text[max(0, amount.start - 40) : amount.start]
    name = _LINK.sub("", before)
    candidates = [
        v
        for v in by_tail.get(name[-_SHORTEST:], ())
        if context.outermost(v.document) is context.outermost(passage.document) and v.amounts[0][0].unit == amount.unit
    ]
    if not candidates:
        return
    shared = sorted(((_common_tail(name, v.label), i) for i, v in enumerate(candidates)), reverse=True)
    if len(shared) > 1 and shared[0][0] == shared[1][0]:
        return
    found = candidates[shared[0][1]]
    spans = (passage.span(amount.start, amount.end), found.amounts[-1][1])
    facts = {
        "label": found.label,
        "text": plain_number(amount.value / amount.worth) + amount.suffix,
        "table": "、".join(plain_number(a.value / a.worth) + a.suffix for a, _ in found.amounts),
    }
    if any(a.value == amount.value for a, _ in found.amounts):
        message = Message("{label}：正文{text}与表相符", facts)
        yield context.agreement(text_and_table, *spans, message=message, value=facts["text"])
        return
    yield context.finding(
        text_and_table,
        *spans,
        message=Message("{label}：正文写作{text}，表中为{table}", facts),
        advice=Message("以审定的指标为准，正文和表统一"),
        declared=facts["text"],
        computed=facts["table"],
        passage=passage,
    )


def _common_tail(one: str, other: str) -> int:
    length = 0
    for a, b in zip(reversed(one), reversed(other), strict=False):
        if a != b:
            break
        length += 1
    return length


_YEAR_FIGURE = regex(r"(?P<year>(?:19|20)[0-9]{2})年[^，。；\n0-9]{0,12}(?P<amount>[0-9][0-9.']*)(?!年)")
_YEAR = regex(r"((?:19|20)[0-9]{2})年")


@rule(
    id="conflict.text-and-total",
    severity=Severity.ERROR,
    title="正文与表中合计不同",
    why="正文引用的总数与所附的表对不上",
    concern=Concern.MONEY,
)
def text_and_total(context: ProofContext) -> Iterator[Outcome]:
    """A year's total in the text against the total row of the column of that year.

    Wrong:
        关于扩大招生规模的请示

        一、安排。2026年达到290人的规模（见附表）。

        附：

        招生计划表

        地区⇥2025年⇥2026年
        总计⇥225⇥270
        东区⇥100⇥120
        西区⇥80⇥90
        南区⇥45⇥60
    Right:
        关于扩大招生规模的请示

        一、安排。2026年达到270人的规模（见附表）。

        附：

        招生计划表

        地区⇥2025年⇥2026年
        总计⇥225⇥270
        东区⇥100⇥120
        西区⇥80⇥90
        南区⇥45⇥60
    """
    columns: dict[str, list[tuple[Grid, int, int]]] = {}
    for grid in grids(context):
        for total in grid.totals[-1:]:
            for column in grid.columns:
                year = _YEAR.search(grid.title(column))
                if year and grid.values[total.index][column] is not None:
                    columns.setdefault(year[1], []).append((grid, total.index, column))
    if not columns:
        return
    for hit in context.search(_YEAR_FIGURE):
        places = columns.get(hit["year"] or "", [])
        stated = hit.amount("amount")
        if len(places) != 1 or stated is None or not stated.is_additive or hit.passage.table is not None:
            continue
        grid, row, column = places[0]
        value = grid.values[row][column]
        if value is None or context.outermost(grid.document) is not context.outermost(hit.passage.document):
            continue
        spans = (hit.passage.span(stated.start, stated.end), grid.span(row, column))
        facts = {"year": hit["year"] or "", "text": plain_number(stated.value), "table": plain_number(value)}
        if stated.value == value:
            message = Message("{year}年{text}，与表中合计相符", facts)
            yield context.agreement(text_and_total, *spans, message=message, value=facts["text"])
        elif abs(stated.value - value) * 5 <= value or one_digit_apart(stated.value, value):
            yield context.finding(
                text_and_total,
                *spans,
                message=Message("{year}年正文写作{text}，表中合计{table}", facts),
                advice=Message("核对正文和表，改正写错的一处"),
                declared=facts["text"],
                computed=facts["table"],
                passage=hit.passage,
            )


_OFFENCE = regex(r"弄虚作假|虚报瞒报|瞒报漏报|提供虚假")
_SANCTIONS = (
    ("不合格", regex(r"(?:记|定|判|确定|评)为?不合格|不合格(?:档次|等次)")),
    ("归零", regex(r"归零|零分|按零|不得分")),
    ("取消资格", regex(r"取消[^，。；]{0,8}资格")),
    ("一票否决", regex(r"一票否决")),
)


@rule(
    id="conflict.sanctions",
    severity=Severity.WARNING,
    title="同一行为两种处理",
    why="同一种弄虚作假，一处定为不合格、一处归零，处理时会被质疑依据",
    concern=Concern.POINTS,
)
def sanctions(context: ProofContext) -> Iterator[Outcome]:
    """What falsification leads to, said in two places of one document.

    Wrong:
        崤陵市考核办法

        第一条 报送数据弄虚作假的，当年评为不合格。

        第二条 现场检查发现弄虚作假的，本年得分归零。
    Right:
        崤陵市考核办法

        第一条 报送数据弄虚作假的，当年评为不合格。

        第二条 现场检查发现弄虚作假的，当年定为不合格。
    """
    found: dict[str, list[tuple[str, Passage, Span]]] = {}
    for hit in context.search(_OFFENCE):
        words = _row_words(hit.passage) if hit.passage.table else hit.passage.text[hit.start() : hit.start() + 60]
        kinds = [name for name, pattern in _SANCTIONS if pattern.search(words)]
        if len(kinds) == 1:
            start, end = max(0, hit.start() - 12), min(len(hit.passage.text), hit.end() + 26)
            key = context.outermost(hit.passage.document).id
            found.setdefault(key, []).append((kinds[0], hit.passage, hit.passage.span(start, end)))
    for places in found.values():
        one, passage, span = places[0]
        for other, _, place in places[1:]:
            if one != other:
                facts = {"one": one, "other": other}
                yield context.finding(
                    sanctions,
                    span,
                    place,
                    message=Message("弄虚作假此处的后果是“{one}”，另一处是“{other}”", facts),
                    advice=Message("统一后果，或者写明各适用于什么情形"),
                    declared=one,
                    computed=other,
                    passage=passage,
                )
                break


def _row_words(passage: Passage) -> str:
    """All words of the row a cell stands in, continued cells filled from above."""
    table = passage.table
    if table is None or passage.row < 0:
        return passage.text
    return "".join(table.filled()[passage.row])


RULES: tuple[Rule, ...] = (city_and_unit, text_and_table, text_and_total, sanctions)
