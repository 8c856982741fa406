"""How sheets, items, measures and duties follow when a review splits or merges the clause they hang on."""

from taizhang.apps.gazettes.models import Clause
from taizhang.apps.targets.models import Duty, Group, Item, Measure, Sheet


def follow(clause: Clause, to: Clause, start: int) -> None:
    """Lead what stands at source offset `start` of `clause` or later to `to`; from 0 on that is everything.

    A measure goes by its span, a duty by the part that prints its name, an item stays with the beginning of its clause.
    """
    Measure.objects.filter(clause=clause, start__gte=start).update(clause=to)
    if start == 0:
        Item.objects.filter(clause=clause).update(clause=to)
        Duty.objects.filter(clause=clause).update(clause=to)
        for model in (Sheet, Group):
            path = "document" if model is Sheet else "sheet__document"
            model.objects.filter(**{path: clause.document, "eid": clause.eid}).update(eid=to.eid)
        return
    for duty in Duty.objects.filter(clause=clause):
        if duty.name in to.text and duty.name not in clause.text:
            duty.clause = to
            duty.save(update_fields=["clause"])
