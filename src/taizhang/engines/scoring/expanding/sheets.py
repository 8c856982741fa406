"""A responsibility sheet to criteria: its groups and items with the points printed, composite items split into their figures."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from taizhang.engines.scoring.expanding.context import Basis, Context, number_of, word_of
from taizhang.engines.scoring.expanding.marks import Marks
from taizhang.engines.scoring.expanding.rounding import rounded_item
from taizhang.engines.scoring.expanding.rules import Rules, Thing
from taizhang.engines.scoring.expanding.splitting import evenly
from taizhang.engines.scoring.expanding.weights import Weights
from taizhang.engines.scoring.model import Criterion
from taizhang.engines.scoring.source import SourceGroup, SourceItem, SourceMeasure, SourceSheet
from taizhang.kernel.citation import Citation
from taizhang.kernel.measure import Kind, Role

_SCORED = frozenset({Role.TARGET, Role.LIMIT})
_FIRST = "first"


class Sheets:
    """Makes the criteria of sheets. Groups that only deduct are left to the adjustments."""

    def __init__(self, context: Context, rules: Rules, weights: Weights, marks: Marks) -> None:
        self._context = context
        self._rules = rules
        self._weights = weights
        self._marks = marks
        split = context.draft.values.get("split")
        self._split = context.choice("split", split) if split else None
        self._split_basis = context.basis("split", split) if split else None

    def criteria(self, sheet: SourceSheet, path: str, part: Mapping[str, Any]) -> tuple[Criterion, ...]:
        """Groups with their items; items of a group without a heading stand by themselves."""
        groups = [group for group in sheet.groups if not group.is_deduction]
        items = [item for group in groups for item in group.items]
        points: dict[str, Decimal | None] = {item.eid: item.points for item in items}
        basis = self._context.basis(path, part)
        lacking = [item for item in items if item.points is None]
        if lacking:
            given, basis = self._weights.of_sheet(part["id"], sheet, groups, f"{sheet.unit}：{lacking[0].text}")
            points |= {item.eid: value for item, value in zip(items, given, strict=True)}
        declared = [group.points for group in groups]
        total = sum((value for value in declared if value is not None), Decimal(0))
        if None not in declared and sheet.points is not None and total != sheet.points and sheet.eid not in self._marks:
            facts = {"where": sheet.unit, "declared": sheet.points, "sum": total}
            self._context.once("scheme.sheet-does-not-sum", f"{path}#{sheet.eid}", facts)
        made: list[Criterion] = []
        for group in groups:
            made.extend(self._group(sheet, group, points, part["id"], basis))
        return tuple(made)

    def _group(
        self, sheet: SourceSheet, group: SourceGroup, points: Mapping[str, Decimal | None], part: str, basis: Basis
    ) -> tuple[Criterion, ...]:
        own = tuple(points[item.eid] for item in group.items)
        known = [value for value in own if value is not None]
        interpretations = basis.interpretations
        if len(known) == len(own) and group.points is not None:
            own, decided = self._marks.settled(group.eid, f"{sheet.unit}的{group.name}", group.points, known)
            interpretations = (*interpretations, *decided)
        weight = None if None in own else sum((value for value in own if value is not None), Decimal(0))
        made = tuple(self._item(sheet, item, value, part, interpretations) for item, value in zip(group.items, own, strict=True))
        if not group.name:
            return made
        return (Criterion(group.eid, group.name, weight, group.citation, made, interpretations=interpretations),)

    def _item(
        self, sheet: SourceSheet, item: SourceItem, weight: Decimal | None, part: str, decided: tuple[str, ...]
    ) -> Criterion:
        every_figure = [(f"{item.eid}/{i}", figure) for i, figure in enumerate(scored_measures(item), 1)]
        figures = []
        for ident, figure in every_figure:
            if (why := self._rules.left_out(ident)) is None:
                figures.append((ident, figure))
            else:
                decided = (*decided, *why)
        if len(figures) > 1 and not self._rules.has_override(item.eid):
            return self._composite(sheet, item, figures, weight, part, decided)
        measure = figures[0][1].measure if figures else None
        thing = Thing(item.eid, part, item.kind, item.citation, sheet.kind, measure, item.awaits, text=item.text)
        rule, interpretations = self._rules.rule(thing, item.eid)
        every = tuple(dict.fromkeys((*decided, *interpretations)))
        made = Criterion(item.eid, item.text, weight, item.citation, rule=rule, interpretations=every)
        return rounded_item(self._context, made)

    def _composite(
        self,
        sheet: SourceSheet,
        item: SourceItem,
        figures: list[tuple[str, SourceMeasure]],
        weight: Decimal | None,
        part: str,
        decided: tuple[str, ...],
    ) -> Criterion:
        """An inner node with a child a figure. The rule of the split is an interpretation: evenly, or all to the first."""
        if self._split is None:
            self._context.once("scheme.basis-is-missing", "split", {})
        basis = self._split_basis.interpretations if self._split_basis else ()
        if word_of(self._split) == _FIRST:
            figures = figures[:1]
        weights: tuple[Decimal | None, ...] = evenly(weight, len(figures)) if weight is not None else (None,) * len(figures)
        children = []
        quotes = [figure.measure.quote for _, figure in figures]
        for (ident, figure), own in zip(figures, weights, strict=True):
            measure = figure.measure
            # Two figures of one phrase (起数、死亡人数均下降5%) are told apart by their metric.
            label = measure.quote if quotes.count(measure.quote) == 1 else f"{measure.metric}：{measure.quote}"
            cited = Citation(item.citation.document_number, item.eid, measure.span, measure.quote)
            thing = Thing(ident, part, item.kind, cited, sheet.kind, measure, item.awaits, text=item.text)
            rule, interpretations = self._rules.rule(thing, ident)
            children.append(
                Criterion(ident, label, own, cited, rule=rule, interpretations=tuple(dict.fromkeys((*basis, *interpretations))))
            )
        every = tuple(dict.fromkeys((*decided, *basis)))
        made = Criterion(item.eid, item.text, weight, item.citation, tuple(children), interpretations=every)
        return rounded_item(self._context, made)


def scored_measures(item: SourceItem) -> list[SourceMeasure]:
    """The figures an item is scored by: targets and limits with a value. A day counts only where there is no other figure; it
    then stands for when the whole has to be done."""
    figures = [m for m in item.measures if m.measure.role in _SCORED and m.measure.value is not None]
    return [m for m in figures if m.measure.kind is not Kind.DATE] or figures[:1]


def deduction_amount(context: Context) -> tuple[Decimal | None, Decimal | None, Basis]:
    """What each fact of a 前置类 group takes, as the interpretation answers, and the most it can take; None while not set."""
    row = context.draft.values.get("deductions")
    if row is None:
        return None, None, Basis(None, ())
    each = number_of(context.choice("deductions", row))
    return each, context.figure("deductions", row, "cap"), context.basis("deductions", row)
