"""How a passage reads with its published erratum, so that the corrected words can be found too. Nothing here writes."""

from collections.abc import Iterable
from dataclasses import dataclass

from taizhang.apps.gazettes.models import Clause, Erratum
from taizhang.apps.gazettes.queries import clauses_at
from taizhang.apps.targets.models import Measure
from taizhang.apps.targets.readings import in_force


@dataclass(frozen=True, slots=True)
class Corrected:
    """An erratum with its clause and the passage as it then reads: the clause's words, a figure's phrase, a body's name."""

    erratum: Erratum
    clause: Clause
    words: str


def corrected(errata: Iterable[Erratum]) -> list[Corrected]:
    """Passages of errata that change words. Of several that change one figure only the last one counts. Two queries."""
    rows = [erratum for erratum in errata if erratum.field != "structure"]
    clauses = clauses_at({(row.document_id, row.eid) for row in rows})
    keys = {int(row.target.partition(":")[2]) for row in rows if row.target.startswith("measure:")}
    measures = Measure.objects.in_bulk(keys)
    newest: dict[object, Corrected] = {}
    for row in sorted(rows, key=lambda one: one.number or 0):
        clause = clauses.get((row.document_id, row.eid))
        if clause is None:
            continue
        kind, _, key = row.target.partition(":")
        measure = measures.get(int(key)) if kind == "measure" else None
        newest[row.target or row.pk] = Corrected(row, clause, _figure(measure) if measure else _words(row, clause))
    return list(newest.values())


def _words(erratum: Erratum, clause: Clause) -> str:
    if erratum.field == "text" and clause.text.count(erratum.printed) == 1:
        return f"{clause.num}{clause.text.replace(erratum.printed, erratum.corrected)}"
    return str(erratum.corrected)


def _figure(measure: Measure) -> str:
    """The phrase with the corrected figure in the place of the printed one, else metric and figure."""
    reading = in_force(measure)
    if reading.on is not None:
        return f"{measure.metric} {reading.on.year}年{reading.on.month}月{reading.on.day}日"
    printed, now = f"{measure.value_printed}{measure.unit}", f"{measure.corrected_value or measure.value_printed}{reading.unit}"
    return measure.quote.replace(printed, now, 1) if printed in measure.quote else f"{measure.metric} {now}"
