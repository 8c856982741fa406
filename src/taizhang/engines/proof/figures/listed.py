"""Numbers a text gives for what stands elsewhere: names of an annex, items of a box, rows of a table, issues of the gazette."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.engines.gazette.model import Document, Node, Table
from taizhang.engines.proof.amounts import Amount, one_digit_apart, plain_number, shown, total
from taizhang.engines.proof.context import Hit, Passage, ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, Rule, rule
from taizhang.kernel.message import Message
from taizhang.kernel.numerals import printed_number
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_NUM = r"(?:[一二三四五六七八九十百]{1,4}|[1-9][0-9]{0,3})"
_COUNT_THEN = Message("数一数所列的，改数字或者补上漏列的")
_LIST_OF_NAMES = regex(rf"(?P<n>{_NUM})(?P<noun>个|家|名|人|所|户)[^。；\n]{{0,14}}名单(?:详)?[见附]*附件(?P<annex>[0-9]{{0,2}})")
_NAME_BREAK = regex(r"[、，；。：\s]+")


def _number(printed: str | None) -> int:
    value = printed_number(printed or "")
    return int(value) if value is not None else 0


def _annexes(context: ProofContext, document: Document) -> list[Document]:
    """Annexes of a document, or of the document that carries it."""
    return [d for d in context.outermost(document).walk() if d.role == "annex"]


def _annex(context: ProofContext, hit: Hit) -> Document | None:
    """The annex a hit names by its number, or the only one."""
    annexes = _annexes(context, hit.passage.document)
    if hit["annex"]:
        return next((d for d in annexes if d.id.endswith(f"!annex-{hit['annex']}")), None)
    return annexes[0] if len(annexes) == 1 else None


@rule(
    id="count.names-in-annex",
    severity=Severity.ERROR,
    title="单位数与名单不符",
    why="正文说几个单位、名单列几个不一样，有单位会被漏评",
    concern=Concern.WHO,
)
def names_in_annex(context: ProofContext) -> Iterator[Outcome]:
    """The number of bodies a clause gives against the list in the annex it refers to.

    Wrong:
        崤陵市评价办法

        第一条 评价市直单位4个，名单见附件1。

        附件:1.评价单位名单

        附件1

        评价单位名单

        市教育局、市民政局、市水利局。
    Right:
        崤陵市评价办法

        第一条 评价市直单位3个，名单见附件1。

        附件:1.评价单位名单

        附件1

        评价单位名单

        市教育局、市民政局、市水利局。
    """
    for hit in context.search(_LIST_OF_NAMES):
        annex = _annex(context, hit)
        if annex is None:
            continue
        names = _names_in(context, annex)
        number = _number(hit["n"])
        if len(names) < 3 or not number:
            continue
        span, last = hit.passage.span(hit.start("n"), hit.end("noun")), names[-1]
        facts = {"n": str(number), "listed": str(len(names))}
        if len(names) == number:
            yield context.agreement(names_in_annex, span, message=Message("名单列了{listed}个，相符", facts), value=facts["n"])
            continue
        yield context.finding(
            names_in_annex,
            span,
            last,
            message=Message("写作{n}个，名单列了{listed}个", facts),
            advice=Message("逐个核对名单，改数字或者补上漏列的单位"),
            declared=facts["n"],
            computed=facts["listed"],
            passage=hit.passage,
        )


def _names_in(context: ProofContext, annex: Document) -> list[Span]:
    """Places of the names: of the rows of its table, else of the parts of its lists."""
    if annex.tables:
        return [row.span for row in annex.tables[0].rows]
    spans: list[Span] = []
    for passage in context.passages_of(annex):
        if passage.node.kind in ("title", "annexLabel") or passage.text.count("、") < 2:
            continue
        start = passage.text.find("：") + 1 if "：" in passage.text[:20] else 0
        for match in re.finditer(r"[^、，；。：\s]+", passage.text[start:]):
            spans.append(passage.span(start + match.start(), start + match.end()))
    return spans


_BOX = regex(
    rf"专栏(?P<box>{_NUM})[^。；，\n0-9]{{0,10}}?(?P<n>{_NUM})(?P<noun>个|项)(?:项目|指标|工程|任务|行动|措施|政策)"
    rf"|(?P<m>{_NUM})(?P<mnoun>项|个)(?:指标|项目|任务|工程)[^。；\n]{{0,40}}(?:列入|见|纳入)专栏(?P<mbox>{_NUM})"
)


@rule(
    id="count.box-items",
    severity=Severity.ERROR,
    title="专栏所列项数与正文不符",
    why="正文说几个项目、专栏列几个不一样，清单管理就没有底数",
    concern=Concern.STRUCTURE,
)
def box_items(context: ProofContext) -> Iterator[Outcome]:
    """The number of projects or indicators a text gives for a box against what the box lists.

    Wrong:
        崤陵市服务提升行动计划

        一、重点任务

        专栏1列出的3个项目实行清单管理。

        专栏1 服务项目

        1. 资源教室。建设60间。

        2. 就业工坊。建设18个。
    Right:
        崤陵市服务提升行动计划

        一、重点任务

        专栏1列出的2个项目实行清单管理。

        专栏1 服务项目

        1. 资源教室。建设60间。

        2. 就业工坊。建设18个。
    """
    for hit in context.search(_BOX):
        number, label = _number(hit["n"] or hit["m"]), hit["box"] or hit["mbox"] or ""
        box = _box(context, hit.passage.document, _number(label))
        if box is None:
            continue
        owner, node = box
        items = _items_of(owner, node)
        if len(items) < 2:
            continue
        span = hit.passage.span(hit.start(), hit.end("noun")) if hit["n"] else hit.passage.span(hit.start("m"), hit.end("mnoun"))
        facts = {"box": label, "n": str(number), "listed": str(len(items))}
        if number == len(items):
            message = Message("专栏{box}列了{listed}项，相符", facts)
            yield context.agreement(box_items, span, message=message, value=facts["n"])
            yield from _kinds_counted(context, hit, owner, node)
            continue
        yield context.finding(
            box_items,
            span,
            items[-1],
            message=Message("写作{n}项，专栏{box}列了{listed}项", facts),
            advice=_COUNT_THEN,
            declared=facts["n"],
            computed=facts["listed"],
            passage=hit.passage,
        )


def _boxes(context: ProofContext, document: Document) -> Iterator[tuple[Document, Node]]:
    for other in context.outermost(document).walk():
        for node in other.walk_nodes():
            if node.kind == "box":
                yield other, node


def _box(context: ProofContext, document: Document, number: int) -> tuple[Document, Node] | None:
    for owner, node in _boxes(context, document):
        match = re.match(rf"专栏({_NUM})", "".join((node.heading or node.num or "").split()))
        if match and _number(match[1]) == number:
            return owner, node
    return None


def _items_of(document: Document, box: Node) -> list[Span]:
    """Places of the numbered items of a box, or of the rows of its table."""
    tables = {t.eid: t for t in document.tables}
    for child in box.children:
        if child.eid in tables:
            return [row.span for row in tables[child.eid].rows]
    return [Span(c.own.start, min(c.own.end, c.own.start + 12)) for c in box.children if c.value is not None]


_OF_KIND = regex(rf"(?P<kind>[^，。；、：（）\n0-9]{{2,6}}?)(?:指标|任务|项目)?(?P<n>{_NUM})(?P<noun>项|个)(?=[，、；。])")


def _kinds_counted(context: ProofContext, hit: Hit, document: Document, box: Node) -> Iterator[Outcome]:
    """约束性指标6项、预期性指标5项, against how often each word fills a cell of the table."""
    table = next((t for c in box.children for t in document.tables if t.eid == c.eid), None)
    if table is None:
        return
    counted = Counter(text for row in table.rows for text in row.texts)
    for match in _OF_KIND.finditer(hit.passage.text, hit.start(), hit.end()):
        kind = next((text for text in counted if len(text) > 1 and match["kind"].endswith(text)), None)
        if kind is None:
            continue
        found, number = counted[kind], _number(match["n"])
        span = hit.passage.span(match.start(), match.end())
        facts = {"kind": kind, "n": str(number), "listed": str(found)}
        if found == number:
            message = Message("{kind}{listed}项，与表相符", facts)
            yield context.agreement(box_items, span, message=message, value=facts["n"])
            continue
        yield context.finding(
            box_items,
            span,
            message=Message("{kind}写作{n}项，表中有{listed}项", facts),
            advice=_COUNT_THEN,
            declared=facts["n"],
            computed=facts["listed"],
            passage=hit.passage,
        )


_ROWS = regex(
    rf"附件(?P<annex>[0-9]{{0,2}})(?P<words>[^。；，\n]{{0,24}}?)(?P<n>{_NUM})(?P<noun>项|条|个)(?P<what>任务|工作|指标|项目|事项|措施|举措|问题)"
)


@rule(
    id="count.rows-in-annex",
    severity=Severity.ERROR,
    title="附件所列项数与正文不符",
    why="正文说几项任务、附件表列几项不一样，督办和评估没有底数",
    concern=Concern.STRUCTURE,
)
def rows_in_annex(context: ProofContext) -> Iterator[Outcome]:
    """The number of tasks a text gives for an annex against the rows of its table.

    Wrong:
        崤陵市服务提升行动计划

        一、保障措施

        附件把重点内容分解为4项任务。

        附件:重点任务分工表

        附件

        重点任务分工表

        序号⇥工作任务⇥牵头单位
        1⇥发放生活补贴⇥市民政局
        2⇥开展风险筛查⇥市卫生健康委
        3⇥发展特殊教育⇥市教育局
    Right:
        崤陵市服务提升行动计划

        一、保障措施

        附件把重点内容分解为3项任务。

        附件:重点任务分工表

        附件

        重点任务分工表

        序号⇥工作任务⇥牵头单位
        1⇥发放生活补贴⇥市民政局
        2⇥开展风险筛查⇥市卫生健康委
        3⇥发展特殊教育⇥市教育局
    """
    for hit in context.search(_ROWS):
        table = _annex_table(context, hit)
        number = _number(hit["n"])
        if table is None or len(table.rows) < 3:
            continue
        is_slip = one_digit_apart(Decimal(number), Decimal(len(table.rows)))
        if abs(len(table.rows) - number) * 3 > number and not is_slip:
            continue
        span = hit.passage.span(max(hit.start(), hit.start("n") - 16), hit.end("what"))
        facts = {"n": str(number), "rows": str(len(table.rows)), "what": hit["what"] or ""}
        if number == len(table.rows):
            yield context.agreement(rows_in_annex, span, message=Message("附件表列了{rows}项，相符", facts), value=facts["n"])
            continue
        yield context.finding(
            rows_in_annex,
            span,
            message=Message("写作{n}项{what}，附件表列了{rows}项", facts),
            advice=_COUNT_THEN,
            declared=facts["n"],
            computed=facts["rows"],
            passage=hit.passage,
        )


def _annex_table(context: ProofContext, hit: Hit) -> Table | None:
    """The table of the annex named by number, else the only table whose columns speak of what is counted."""
    what = hit["what"] or ""
    annex = _annex(context, hit) if hit["annex"] else None
    tables = list(annex.tables) if annex else [t for d in _annexes(context, hit.passage.document) for t in d.tables]
    fitting = [t for t in tables if what in "".join(t.columns) + (t.caption or "")]
    return fitting[0] if len(fitting) == 1 else None


_ISSUES = regex(r"公报》?[^，。；、\n0-9]{0,6}(?P<n>[1-9][0-9]?)期")


@rule(
    id="count.gazette-issues",
    severity=Severity.WARNING,
    title="公报期数与本期期号不合",
    why="全年目标期数比已经出到的期号还小，目标写错或者没有按实际计划定",
    concern=Concern.STRUCTURE,
)
def gazette_issues(context: ProofContext) -> Iterator[Outcome]:
    """A yearly target of issues of the gazette against the number of the very issue that prints it.

    Wrong:
        崤陵市人民政府公报

        2025年第7号（总第218号）

        目录

        崤陵市人民政府关于下达目标的通知……1

        出版日期：2025年7月31日

        崤陵市人民政府

        关于下达目标的通知

        崤政〔2025〕6号

        各县(市、区)人民政府：

        市政府办公室全年编印《崤陵市人民政府公报》6期。

        崤陵市人民政府

        2025年3月10日
    Right:
        崤陵市人民政府公报

        2025年第3号（总第214号）

        目录

        崤陵市人民政府关于下达目标的通知……1

        出版日期：2025年3月31日

        崤陵市人民政府

        关于下达目标的通知

        崤政〔2025〕6号

        各县(市、区)人民政府：

        市政府办公室全年编印《崤陵市人民政府公报》6期。

        崤陵市人民政府

        2025年3月10日
    """
    masthead = context.issue.masthead
    if masthead is None or masthead.number is None:
        return
    for hit in context.search(_ISSUES):
        number = _number(hit["n"])
        if number < masthead.number:
            facts = {"n": str(number), "issue": str(masthead.number)}
            yield context.finding(
                gazette_issues,
                hit.span(),
                *_issue_number(context, masthead.number),
                message=Message("全年公报写作{n}期，本期已是第{issue}号", facts),
                advice=Message("核对全年期数"),
                declared=facts["n"],
                computed=f"≥{facts['issue']}",
                passage=hit.passage,
            )


def _issue_number(context: ProofContext, number: int) -> Iterator[Span]:
    match = re.search(rf"第\s*{number}\s*[号期]", context.source)
    if match:
        yield Span(*match.span())


_NAMED_SUM = regex(r"(?P<name>[^，。；、：（）\n0-9]{3,16}?)(?P<amount>[0-9][0-9.']*)(?=亿元|万元)")
_BOX_NUMBER = regex(r"专栏[0-9一二三四五六七八九十]{1,3}")
_FUNDING = regex(r"(?:总?投资|资金|预算)[^，。；、0-9]{0,4}\Z")


@rule(
    id="sum.box-funding",
    severity=Severity.ERROR,
    title="专栏资金合计与正文不符",
    why="各项目资金加起来不等于正文所写的数，筹资没有底数",
    concern=Concern.MONEY,
)
def box_funding(context: ProofContext) -> Iterator[Outcome]:
    """The money of a box's projects against the sum a text gives by the box's name.

    Wrong:
        崤陵市服务提升行动计划

        一、重点任务

        专栏1 康复和照护项目

        1. 康复中心。扩建1处，投资3200万元。

        2. 康复基地。建成12个，投资480万元。

        二、保障措施

        专栏1所列项目计划投资，其中康复和照护3780万元。
    Right:
        崤陵市服务提升行动计划

        一、重点任务

        专栏1 康复和照护项目

        1. 康复中心。扩建1处，投资3200万元。

        2. 康复基地。建成12个，投资480万元。

        二、保障措施

        专栏1所列项目计划投资，其中康复和照护3680万元。
    """
    boxes = [(p.document, p, p.node) for p in context.passages if p.node.kind == "box" and p.table is None]
    funded = [(p, _BOX_NUMBER.sub("", p.text), f) for d, p, node in boxes if (f := _funding(context, d, node))]
    if not funded:
        return
    for hit in context.search(_NAMED_SUM):
        stated = hit.amount("amount")
        name = (hit["name"] or "").removeprefix("其中")
        for passage, heading, amounts in funded:
            is_same = context.outermost(passage.document) is context.outermost(hit.passage.document)
            if stated and is_same and len(name) > 2 and name in heading:
                yield _funding_outcome(context, hit, stated, passage, amounts)


def _funding(context: ProofContext, document: Document, box: Node) -> list[tuple[Passage, Amount]]:
    """The money each item of a box asks for; empty where an item says none."""
    found: list[tuple[Passage, Amount]] = []
    for child in box.children:
        passage = context.by_eid.get((document.id, child.eid))
        if passage is None or child.value is None:
            continue
        money = [a for a in passage.amounts if a.unit == "元" and _FUNDING.search(passage.text[: a.start][-12:])]
        if len(money) != 1:
            return []
        found.append((passage, money[0]))
    return found if len(found) > 1 else []


def _funding_outcome(
    context: ProofContext, hit: Hit, stated: Amount, box: Passage, amounts: Sequence[tuple[Passage, Amount]]
) -> Outcome:
    summed = total(a for _, a in amounts)
    spans = [hit.passage.span(stated.start, stated.end), *(p.span(a.start, a.end) for p, a in amounts)]
    facts = {
        "box": box.text[:24],
        "stated": plain_number(stated.value / stated.worth) + stated.suffix,
        "sum": shown(summed, stated),
        "count": str(len(amounts)),
    }
    if summed == stated.value:
        message = Message("{box}{count}个项目合计{sum}，与正文相符", facts)
        return context.agreement(box_funding, *spans, message=message, value=facts["sum"])
    return context.finding(
        box_funding,
        *spans,
        message=Message("{box}{count}个项目合计{sum}，正文写作{stated}", facts),
        advice=Message("逐项核对资金，改正写错的一处"),
        declared=facts["stated"],
        computed=facts["sum"],
        passage=hit.passage,
    )


RULES: tuple[Rule, ...] = (names_in_annex, box_items, rows_in_annex, gazette_issues, box_funding)
