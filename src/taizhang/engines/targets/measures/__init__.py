"""The measures of one clause: `measures_of` turns its reading text into figures with metric, relation, unit and role.

Conventions: docs/measures.md. Offsets are into the text handed in; `measure` maps one to the kernel's shape. Pure and total over
str: no text raises.
"""

from taizhang.engines.gazette.model import Reading
from taizhang.engines.targets.measures.cells import cell_measures, is_figure_cell
from taizhang.engines.targets.measures.clause import deadlines_of, figures_of
from taizhang.engines.targets.measures.duties import item_kind, valueless_of
from taizhang.engines.targets.measures.model import ClauseContext, RawMeasure
from taizhang.engines.targets.measures.plain import plain_of
from taizhang.kernel.measure import Measure

__all__ = ["ClauseContext", "RawMeasure", "item_kind", "measure", "measures_of", "valueless_of"]


def measures_of(text: str, *, year: int | None, context: ClauseContext) -> tuple[RawMeasure, ...]:
    """The measures that print a value, in the order of their figures. `year` is the plan's year, None where it is not known.

    >>> [found] = measures_of("供水普及率达98%以上", year=2025, context=ClauseContext(is_item=True))
    >>> found.metric, found.bound, str(found.value), found.unit, found.kind.value, found.role.value
    ('供水普及率', '>=', '98', '%', 'rate', 'target')
    """
    plain = plain_of(text)
    if is_figure_cell(plain, context):
        return tuple(cell_measures(plain, year, context))
    found = figures_of(plain, year, context) + deadlines_of(plain, year, context)
    return tuple(sorted(found, key=lambda m: (m.value_start, m.value_end)))


def measure(raw: RawMeasure, reading: Reading) -> Measure:
    """The kernel's measure of a raw one: its span in the source, its quote as read."""
    return Measure(
        metric=raw.metric,
        comparator=raw.comparator,
        bound=raw.bound,
        value=raw.value,
        unit=raw.unit,
        normalized_value=raw.normalized_value,
        normalized_unit=raw.normalized_unit,
        baseline=raw.baseline,
        kind=raw.kind,
        role=raw.role,
        modality=raw.modality,
        quote=reading.text[raw.start : raw.end],
        span=reading.span(raw.start, raw.end),
        awaits=raw.awaits,
    )
