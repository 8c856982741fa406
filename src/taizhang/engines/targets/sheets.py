"""Responsibility sheets of an issue: whose, which groups, which duties with which points, and what each duty measures."""

from collections.abc import Iterator, Sequence

from taizhang.engines.gazette.model import EMPTY, Issue, Node, Reading
from taizhang.engines.targets.measures import ClauseContext
from taizhang.engines.targets.measuring import measured_duty
from taizhang.engines.targets.model import Group, Item, Sheet
from taizhang.engines.targets.points import Points, heading_of, points_of_duty, trimmed_end
from taizhang.engines.targets.recognition import GroupPlan, SheetPlan, recognised
from taizhang.engines.targets.responsible import Responsibility
from taizhang.engines.targets.surroundings import Surroundings, surroundings_of

_DEDUCTS = ("扣分", "减分")


def read_sheets(issue: Issue) -> tuple[Sheet, ...]:
    """Every responsibility sheet of the issue, in printed order."""
    return tuple(
        sheet
        for around in surroundings_of(issue)
        for plan in recognised(around)
        for sheet in (sheet_of(plan, around, issue.source, Responsibility()),)
    )


def sheet_of(plan: SheetPlan, around: Surroundings, source: str, responsibility: Responsibility) -> Sheet:
    """The sheet a plan lays out. `points` are its own or, where its heading prints none, those of the innermost heading above."""
    document = around.document
    reader = _ItemReader(plan, around, source, responsibility)
    groups = tuple(_group(group, plan, around, reader) for group in plan.groups)
    head = plan.head
    own = (head.words.text,) if head else (document.title,)
    declared = [found for text in (*reversed(own), *reversed(plan.headings)) if (found := heading_of(text).points) is not None]
    return Sheet(
        unit=plan.unit,
        kind=plan.kind,
        document=document.id,
        eid=head.eid if head else _title_eid(document.nodes),
        span=head.span if head else document.span,
        heading_span=head.own if head else document.title_span,
        points=declared[0] if declared else None,
        groups=groups,
    )


def _title_eid(nodes: Sequence[Node]) -> str:
    return next((node.eid for node in nodes if node.kind == "title"), "")


def _group(plan: GroupPlan, sheet: SheetPlan, around: Surroundings, reader: "_ItemReader") -> Group:
    head = plan.head
    name = heading_of(head.words.text) if head else None
    items = tuple(reader.items(plan))
    printed = head.words.span(name.start, name.end) if head and name and name.points is not None else None
    return Group(
        name=name.name if name else "",
        points=name.points if name else None,
        points_span=printed,
        deduction=name is not None and any(word in name.name for word in _DEDUCTS) and "加" not in name.name,
        eid=head.eid if head else (sheet.head.eid if sheet.head else ""),
        span=head.span if head else items[0].span.cover(items[-1].span),
        items=items,
    )


class _ItemReader:
    """Reads the duties of one sheet; whether its duties print points decides how a damaged end is read."""

    def __init__(self, plan: SheetPlan, around: Surroundings, source: str, responsibility: Responsibility) -> None:
        self.around = around
        self.source = source
        self.responsibility = responsibility
        self.headings = (*plan.headings, plan.unit)
        readings = [reading_of(item, source) for group in plan.groups for item in group.items]
        self.readings = {id(item): r for item, r in zip((i for g in plan.groups for i in g.items), readings, strict=True)}
        self.is_lenient = _prints_points([reading.text for reading in readings])

    def items(self, plan: GroupPlan) -> Iterator[Item]:
        """The duties of a group."""
        headings = (*self.headings, plan.head.words.text) if plan.head else self.headings
        context = ClauseContext(is_item=True, headings=headings, document_kind=self.around.document.kind)
        for node in plan.items:
            yield self._item(node, context)

    def _item(self, node: Node, context: ClauseContext) -> Item:
        whole = self.readings[id(node)]
        found = points_of_duty(whole.text, is_lenient=self.is_lenient)
        words = _words(whole, found)
        targets, kind, awaits = measured_duty(words, self.around.year, context)
        return Item(
            number=node.value or 0,
            text=words.text,
            points=found.value if found else None,
            points_span=whole.span(found.start, found.end) if found and found.end > found.start else None,
            eid=node.eid,
            span=node.span,
            kind=kind,
            units=self.responsibility.of_clause(words.text),
            targets=targets,
            awaits=awaits,
        )


def _words(whole: Reading, found: Points | None) -> Reading:
    """The duty's words without points, closing mark and the blanks around them."""
    start = found.words_start if found else 0
    end = found.words_end if found else trimmed_end(whole.text)
    text = whole.text[start:end]
    start += len(text) - len(text.lstrip())
    return whole.cut(start, end)


def _prints_points(texts: Sequence[str]) -> bool:
    """True if the duties of a sheet print points, so that (20) without 分 is read as points."""
    strict = sum(points_of_duty(text, is_lenient=False) is not None for text in texts)
    if 2 * strict >= len(texts):
        return True
    lenient = sum(points_of_duty(text, is_lenient=True) is not None for text in texts)
    return len(texts) > 2 and 5 * lenient >= 4 * len(texts)


def reading_of(node: Node, source: str) -> Reading:
    """The words of a clause and of all below it, their numbers included; tables are left out."""
    if not node.children:
        return node.words
    parts = [node.words] if node.words.text else []
    for child in node.walk():
        if child is node or not child.words.text:
            continue
        words = child.words
        number = source[child.own.start : words.source[0]]
        if number.strip():
            words = _after(Reading(number, (0,), (child.own.start,)), words, "")
        parts.append(words)
    if not parts:
        return EMPTY
    whole = parts[0]
    for part in parts[1:]:
        whole = _after(whole, part, "\n")
    return whole


def _after(first: Reading, second: Reading, gap: str) -> Reading:
    """Two readings one after the other. The gap's place is that of the character after the first."""
    shift = len(first.text) + len(gap)
    return Reading(
        first.text + gap + second.text, (*first.at, *(at + shift for at in second.at)), (*first.source, *second.source)
    )
