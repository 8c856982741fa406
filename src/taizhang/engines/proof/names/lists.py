"""Bodies in lists: one twice in a row, lead and support at once, in one list and missing in a parallel one."""

from collections.abc import Iterator

from taizhang.engines.gazette.model import Row, Table
from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.names.bodies import LONGEST, Bodies, bodies_of, key_of, place_of
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.engines.registry.index import Registry
from taizhang.engines.registry.lists import listed_bodies
from taizhang.engines.registry.model import PlacedMention
from taizhang.engines.registry.names import clean, is_body_name, is_company
from taizhang.engines.registry.variants import variants
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_BREAK = regex(r"[。；;：:“”\"‘’！？!?]")
_MANY = regex(r"自治|民族[乡镇]|[的各]|市辖")
_MOST_SPANS = 12
_MOST_NAMED = 20


@rule(
    id="list.body-twice",
    severity=Severity.WARNING,
    title="同一单位在一处列了两次",
    why="重复的位置本来可能是另一个单位。",
    concern=Concern.WHO,
)
def body_twice(context: ProofContext) -> Iterator[Outcome]:
    """One body twice in one enumeration or cell, or both as lead and as support in one row.

    Wrong:
        由市残联、公安局、信访局、财政局、市残联按职责分工负责。
    Right:
        由市残联、公安局、信访局、财政局按职责分工负责，市残联汇总。
    """
    for mentions in bodies_of(context).rows.values():
        if len(mentions) < 3:
            continue
        seen: dict[tuple[str, str], PlacedMention] = {}
        for mention in mentions:
            first = seen.setdefault(key_of(mention.name), mention)
            if first is not mention and _stand_in_one_list(context, first, mention):
                yield _twice(context, mention, first, place_of(mention), place_of(first))
    for document in context.documents:
        for table in document.tables:
            yield from _both_columns(context, table, document.id)


def _stand_in_one_list(context: ProofContext, first: PlacedMention, second: PlacedMention) -> bool:
    """Whether only further entries stand between the two, and the name is one body's (自治县 is many)."""
    if first.document != second.document or first.span.end >= second.span.start or _MANY.search(second.name):
        return False
    return _BREAK.search(context.source, first.span.end, second.span.start) is None


def _twice(context: ProofContext, mention: PlacedMention, first: PlacedMention, *spans: Span) -> Outcome:
    return context.finding(
        body_twice,
        *spans,
        message=Message("“{name}”在这里列了两次", {"name": first.name}),
        advice=Message("删去一处，或核对是否应为别的单位"),
        declared=mention.printed,
        document=mention.document,
        eid=mention.eid,
    )


def _both_columns(context: ProofContext, table: Table, document: str) -> Iterator[Outcome]:
    titles = [clean(title) for title in table.columns]
    lead = next((i for i, t in enumerate(titles) if "牵头" in t), None)
    support = next((i for i, t in enumerate(titles) if "配合" in t or "协办" in t or "参与" in t), None)
    if lead is None or support is None:
        return
    for row in table.rows:
        if max(lead, support) >= len(row.cells):
            continue
        leads = {key_of(b.name): b.name for b in listed_bodies(row.cells[lead].text) if is_body_name(b.name)}
        for body in listed_bodies(row.cells[support].text):
            if key_of(body.name) in leads:
                yield context.finding(
                    body_twice,
                    _in_cell(context, row, support, body.printed),
                    _in_cell(context, row, lead, ""),
                    message=Message("“{name}”既是牵头单位又是配合单位", {"name": body.name}),
                    advice=Message("删去一处，或核对是否应为别的单位"),
                    declared=body.printed,
                    document=document,
                    eid=table.eid,
                )


def _in_cell(context: ProofContext, row: Row, column: int, printed: str) -> Span:
    span = row.cells[column].span
    at = context.source.find(printed, span.start, span.end) if printed else -1
    return Span(at, at + len(printed)) if at >= 0 else Span(span.start, min(span.end, span.start + LONGEST))


# Parallel lists

_FEWEST = 12  # bodies that make a list of a whole administration
_OVERLAP = 0.5  # of the shorter list, for two lists to be parallel


class _List:
    """Bodies of one printed list or of the headings of one set of sheets, by key."""

    def __init__(self, mentions: list[PlacedMention], title: str) -> None:
        self.names = {key_of(m.name): m for m in mentions}
        self.title = title
        self.is_of_headings = mentions[0].heading

    def prints(self, context: ProofContext, core: str) -> bool:
        """Whether the words stand somewhere in the list, which page breaks may have torn."""
        return not self.is_of_headings and core in context.words(self.first.span.cover(self.last.span))

    @property
    def last(self) -> PlacedMention:
        """The last printed of its bodies."""
        return max(self.names.values(), key=lambda m: m.span)

    @property
    def first(self) -> PlacedMention:
        """The first printed of its bodies."""
        return min(self.names.values(), key=lambda m: m.span)


def _lists(context: ProofContext, bodies: Bodies) -> list[_List]:
    titles = {d.id: d.title for d in context.documents}
    headings: dict[str, list[PlacedMention]] = {}
    unit_spans = {(s.document, s.heading_span): s for s in context.targets.sheets if s.kind == "unit"}
    starts = {(document, span.start) for document, span in unit_spans}
    for mention in bodies.mentions:
        if mention.heading and any((mention.document, mention.span.start - back) in starts for back in range(3)):
            headings.setdefault(mention.document, []).append(mention)
    found = [_List(m, titles.get(document, "")) for document, m in headings.items()]
    found += [_List(m, titles.get(m[0].document, "")) for m in bodies.rows.values() if len(m) >= _FEWEST]
    return [one for one in found if len(one.names) >= _FEWEST]


@rule(
    id="list.missing-body",
    severity=Severity.NOTE,
    title="两份单位名单不一致",
    why="一份名单有、另一份没有的单位，可能漏下达或漏考核。",
    concern=Concern.WHO,
)
def missing_body(context: ProofContext) -> Iterator[Outcome]:
    """Two long lists of bodies of one issue (units with sheets, units assessed) that share half and differ in some.

    Wrong:
        市教育局、市科技局、市公安局、市民政局、市司法局、市财政局、市水利局、市商务局、市审计局、市统计局、市林业局、市信访局、市体育局。

        下列单位参加评价，每月报送一次数据。

        市教育局、市科技局、市公安局、市民政局、市司法局、市财政局、市水利局、市商务局、市审计局、市统计局、市林业局、市粮食局。
    Right:
        市教育局、市科技局、市公安局、市民政局、市司法局、市财政局、市水利局、市商务局、市审计局、市统计局、市林业局、市信访局。

        下列单位参加评价，每月报送一次数据。

        市教育局、市科技局、市公安局、市民政局、市司法局、市财政局、市水利局、市商务局、市审计局、市统计局、市林业局、市信访局。
    """
    bodies = bodies_of(context)
    lists = _lists(context, bodies)
    if len(lists) < 2:
        return
    same = _pairs(bodies)
    for i, one in enumerate(lists[:6]):
        for other in lists[i + 1 : 6]:
            shared = one.names.keys() & other.names.keys()
            if len(shared) >= _OVERLAP * min(len(one.names), len(other.names)):
                yield from _difference(context, one, other, same, bodies.registry)


def _pairs(bodies: Bodies) -> dict[tuple[str, str], set[tuple[str, str]]]:
    """Names that are likely one body: they stand in both lists, under two names."""
    pairs: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for found in variants(bodies.mentions, bodies.registry):
        a, b = key_of(found.usual), key_of(found.other)
        pairs.setdefault(a, set()).add(b)
        pairs.setdefault(b, set()).add(a)
    return pairs


def _bare(name: str) -> str:
    """A name's contracted core without 政府 before it; 市政府驻郑州办事处 is 驻郑州办事处."""
    return name[name.find("驻") :] if "驻" in name else key_of(name)[1].removeprefix("政府")


def _difference(
    context: ProofContext, one: _List, other: _List, same: dict[tuple[str, str], set[tuple[str, str]]], registry: Registry
) -> Iterator[Outcome]:
    for here, there in ((one, other), (other, one)):
        others = {_bare(m.name) for m in there.names.values()}
        ids = {meant.body.id for m in there.names.values() if (meant := registry.resolve(m.name, None).one)}
        has_companies = any(is_company(name) for name in others)
        missing = [
            m
            for key, m in here.names.items()
            if _bare(m.name) not in others
            and ((meant := registry.resolve(m.name, None).one) is None or meant.body.id not in ids)
            and not same.get(key, set()) & there.names.keys()
            and (has_companies or not is_company(key[1]))
            and not there.prints(context, key[1])
        ]
        if missing:
            missing.sort(key=lambda m: m.span)
            named = "、".join(m.name for m in missing[:_MOST_NAMED]) + ("等" if len(missing) > _MOST_NAMED else "")
            yield context.finding(
                missing_body,
                *(place_of(m) for m in missing[:_MOST_SPANS]),
                place_of(there.first),
                message=Message(
                    "有{n}个单位列在“{here}”，不在“{there}”：{names}",
                    {"n": str(len(missing)), "here": here.title, "there": there.title, "names": named},
                ),
                advice=Message("逐个核对，补上漏列的单位"),
                declared=str(len(missing)),
                document=missing[0].document,
                eid=missing[0].eid,
            )


RULES = (body_twice, missing_body)
