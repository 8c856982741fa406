"""From a reading text to the kernel's measures, each with its span in the source."""

from taizhang.engines.gazette.model import Reading
from taizhang.engines.targets.measures import ClauseContext, RawMeasure, measures_of
from taizhang.kernel.measure import Measure


def measured(reading: Reading, year: int | None, context: ClauseContext) -> tuple[Measure, ...]:
    """The measures of a clause in printed order; () for a text without any."""
    text = reading.text
    if not text:
        return ()
    return tuple(_placed(raw, reading) for raw in measures_of(text, year=year, context=context))


def _placed(raw: RawMeasure, reading: Reading) -> Measure:
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
