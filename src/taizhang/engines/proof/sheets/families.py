"""Sheets that belong together, their items in comparable form, and the way back to the printed words."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

from taizhang.engines.proof.context import ProofContext
from taizhang.engines.targets.cascade import metric_key
from taizhang.engines.targets.model import Group, Item, Sheet
from taizhang.kernel.measure import Role
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

LONGEST = 48  # characters of a span
_FIGURE = regex(r"[0-9][0-9.]*")
_PHRASE = regex(r"[^，。；：、！？（）“”《》\n]+")
_WIDTHS = str.maketrans("０１２３４５６７８９％,;:?!()〔〕", "0123456789%，；：？！（）（）")
_MARKS = str.maketrans("。；\n", "，，，")
# What official duties are wrapped in: 完成市政府确定的消防工作责任目标任务 is about 消防.
_WRAPPING = regex(
    r"完成|落实|加强|做好|抓好|推进|按照|[省市县区州]?(?:人民)?(?:政府|委)?(?:确定|下达|规定|要求|安排)的|下达|确定|[省市县区]定"
    r"|年度|本年|全年|责任|工作|目标|任务|管理|各项|相关|有关|要求|指标"
)


@dataclass(eq=False)
class Duty:
    """An item of a sheet with the forms it is compared in."""

    sheet: Sheet
    group: Group
    item: Item

    @cached_property
    def text(self) -> str:
        """Its words without blanks, marks full-width: what `plain_of` gives for most, at a fraction of the cost."""
        return "".join(self.item.text.split()).translate(_WIDTHS)

    @cached_property
    def masked(self) -> str:
        """Plain text with every figure as 0."""
        return _FIGURE.sub("0", self.text)

    @cached_property
    def clauses(self) -> tuple[str, ...]:
        """What stands between commas and semicolons, figures as 0."""
        return tuple(clause for clause in self.masked.translate(_MARKS).split("，") if clause)

    @cached_property
    def topic(self) -> str:
        """What the duty is about, its official wrapping and figures left out: 依法行政, 安全生产."""
        cores = [_WRAPPING.sub("", _FIGURE.sub("", phrase)) for phrase in _PHRASE.findall(self.text)]
        return "".join(dict.fromkeys(core for core in cores if core))

    @cached_property
    def metrics(self) -> frozenset[tuple[str, str]]:
        """Metric and kind of its targets."""
        return frozenset((metric_key(m.metric), str(m.kind)) for m in self.item.targets if m.role is Role.TARGET)


@dataclass(eq=False)
class Family:
    """Sheets of one document and kind, in printed order, with their duties."""

    document: str
    kind: str
    sheets: tuple[Sheet, ...]

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """All items, sheet by sheet."""
        return tuple(Duty(sheet, group, item) for sheet in self.sheets for group in sheet.groups for item in group.items)

    @cached_property
    def by_sheet(self) -> dict[str, tuple[Duty, ...]]:
        """eId of a sheet → its duties."""
        found: dict[str, list[Duty]] = {sheet.eid: [] for sheet in self.sheets}
        for duty in self.duties:
            found[duty.sheet.eid].append(duty)
        return {eid: tuple(duties) for eid, duties in found.items()}


_KEPT: WeakKeyDictionary[ProofContext, tuple[Family, ...]] = WeakKeyDictionary()


def families_of(context: ProofContext) -> tuple[Family, ...]:
    """Every set of sibling sheets, a city's single list included."""
    if context not in _KEPT:
        _KEPT[context] = tuple(Family(d, kind, sheets) for (d, kind), sheets in context.sheets_by_kind.items())
    return _KEPT[context]


def place_of(context: ProofContext, duty: Duty, words: str = "") -> Span:
    """Source span of `words` (plain text) in a duty, else of its first words."""
    passage = context.by_eid.get((duty.sheet.document, duty.item.eid))
    if passage is not None and passage.text:
        at = passage.text.find(words) if words else 0
        if at >= 0:
            return passage.span(at, min(len(passage.text), at + min(len(words) or LONGEST, LONGEST)))
    return Span(duty.item.span.start, min(duty.item.span.end, duty.item.span.start + LONGEST))


def printed_clauses(duty: Duty) -> Iterator[tuple[str, str]]:
    """Each clause as (figures masked, plain words)."""
    words = (clause for clause in duty.text.translate(_MARKS).split("，") if clause)
    return zip(duty.clauses, words, strict=True)
