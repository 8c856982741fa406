"""Which reading of a measure counts: that of print, or that of a published erratum. Nothing here writes."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from taizhang.apps.targets.models import Measure
from taizhang.engines.targets import normalise


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure as computations use it. `on` where it is a day; `value` None where no figure is printed.

    `is_corrected`: an erratum's reading and not that of print; whoever computes with it says so.
    """

    value: Decimal | None
    on: date | None
    unit: str
    normalized_value: Decimal | None
    normalized_unit: str
    is_corrected: bool


def in_force(measure: Measure) -> Reading:
    """The reading that counts: the erratum's where one was published or the reviewer made one, else that of print."""
    if not (measure.corrected_value or measure.corrected_unit):
        normal = measure.normalized_value, measure.normalized_unit
        return Reading(measure.value, measure.value_on, measure.unit, *normal, False)
    unit = measure.corrected_unit or measure.unit
    if measure.value_on is not None:
        return Reading(None, date.fromisoformat(measure.corrected_value), unit, None, "", True)
    value = Decimal(measure.corrected_value) if measure.corrected_value else measure.value
    normal = measure.corrected_normalized_value, measure.corrected_normalized_unit
    return Reading(value, None, unit, *normal, True)


def normalised_correction(measure: Measure) -> tuple[Decimal | None, str]:
    """Value and unit of a measure's corrected reading in the base unit; nothing where it has none, or is a day.

    Only the words around a figure say that its 元 are 元/人·月 or its 万 are 人: such a unit is kept for the corrected figure.
    """
    if measure.value_on is not None or not (measure.corrected_value or measure.corrected_unit):
        return None, ""
    printed = measure.value if measure.value is not None else None
    value = Decimal(measure.corrected_value) if measure.corrected_value else printed
    if value is None:
        return None, ""
    normal, unit = normalise(value, measure.corrected_unit or measure.unit)
    _, base = normalise(Decimal(1), measure.unit)
    said = measure.normalized_unit
    if unit is None or unit == base:
        return normal, said or unit or ""
    tail = said[len(base) :] if base and said.startswith(f"{base}/") else ""
    return normal, unit if "/" in unit else f"{unit}{tail}"
