"""From a reading text to the kernel's measures, each with its span in the source; and what sort of duty an item is."""

from taizhang.engines.gazette.model import Reading
from taizhang.engines.targets.measures import ClauseContext, item_kind, measure, measures_of, valueless_of
from taizhang.kernel.measure import Kind, Measure


def measured(reading: Reading, year: int | None, context: ClauseContext) -> tuple[Measure, ...]:
    """The measures of a clause in printed order; () for a text without any."""
    if not reading.text:
        return ()
    return tuple(measure(raw, reading) for raw in measures_of(reading.text, year=year, context=context))


def measured_duty(reading: Reading, year: int | None, context: ClauseContext) -> tuple[tuple[Measure, ...], str, str | None]:
    """Measures of an item, its kind (measured, zero_event, delegated, benchmark, qualitative), and who sets a delegated figure.

    A duty without a figure carries a kind and no value; it is never given a number.
    """
    raws = measures_of(reading.text, year=year, context=context)
    targets = tuple(measure(raw, reading) for raw in raws)
    kind = item_kind(reading.text, raws)
    awaits = None
    if kind == Kind.DELEGATED:
        awaits = next((raw.awaits for raw in valueless_of(reading.text, context=context) if raw.awaits), None)
    return targets, kind, awaits
