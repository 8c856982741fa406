"""How sheets, items, measures and duties follow what happens to the clause they hang on: split, merged, corrected, read anew."""

from taizhang.apps.gazettes.models import Clause, Edition, Erratum
from taizhang.apps.organisations.models import Body
from taizhang.apps.targets.models import Duty, Group, Item, Measure, Sheet
from taizhang.apps.targets.readings import normalised_correction


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


def take_effect(erratum: Erratum) -> None:
    """Have a corrected value, unit or body count from now on; what is printed stays beside it."""
    kind, _, key = erratum.target.partition(":")
    if kind == "measure":
        _reread(int(key), erratum.field, erratum.corrected)
    elif kind == "duty":
        body = Body.objects.filter(ident=erratum.meant).first()
        if body is not None:
            Duty.objects.filter(pk=int(key)).update(body=body, confirmed_by=erratum.confirmed_by or erratum.made_by)


def undo(erratum: Erratum) -> None:
    """Have the printed reading count again where a correction of a proposal is taken back, and open the finding it answered."""
    kind, _, key = erratum.target.partition(":")
    if kind == "measure":
        _reread(int(key), erratum.field, "")
    elif kind == "duty":
        Duty.objects.filter(pk=int(key)).update(body=None, confirmed_by="")
    if erratum.finding is not None:
        erratum.finding.disposition, erratum.finding.reason = "open", ""
        erratum.finding.save(update_fields=["disposition", "reason"])


def _reread(key: int, field: str, corrected: str) -> None:
    row = Measure.objects.select_for_update().get(pk=key)
    setattr(row, f"corrected_{field}", corrected)
    row.corrected_normalized_value, row.corrected_normalized_unit = normalised_correction(row)
    row.save(update_fields=[f"corrected_{field}", "corrected_normalized_value", "corrected_normalized_unit"])


def confirmed_again(old: Edition, new: Edition, only_told: bool) -> list[str]:
    """Have the bodies that a person confirmed for printed names of one reading count in another where nobody confirmed one yet.

    Gives the names. One that was confirmed for two bodies, and duties that a correction gave to another body, stay out.
    """
    corrected = {t.partition(":")[2] for e in (old, new) for t in e.errata.filter(field="body").values_list("target", flat=True)}
    duties = Duty.objects.filter(edition=old).exclude(pk__in=corrected).exclude(confirmed_by="")
    sheets = Sheet.objects.filter(edition=old).exclude(confirmed_by="")
    rows = [*duties.values_list("name", "body", "confirmed_by"), *sheets.values_list("unit", "body", "confirmed_by")]
    meant: dict[str, set[tuple[int | None, str]]] = {}
    for name, body, who in rows:
        meant.setdefault(name, set()).add((body, who))
    open_duties = Duty.objects.filter(edition=new, confirmed_by="").exclude(pk__in=corrected)
    open_sheets = Sheet.objects.filter(edition=new, confirmed_by="")
    is_open = {*open_duties.values_list("name", flat=True), *open_sheets.values_list("unit", flat=True)}
    out = [name for name, bodies in meant.items() if name in is_open and len({body for body, _ in bodies} - {None}) == 1]
    for name in [] if only_told else out:
        body, who = min((body, who) for body, who in meant[name] if body is not None)
        open_duties.filter(name=name).update(body=body, confirmed_by=who)
        open_sheets.filter(unit=name).update(body=body, confirmed_by=who)
    return out


_OF_A_MEASURE = ("metric_key", "value", "value_on", "unit", "comparator", "row")
_OF_A_DUTY = ("name", "share", "row")


def find_again(erratum: Erratum, clause: Clause) -> str | None:
    """The row of another edition's clause that an erratum of a figure or a body is about, as `Erratum.target` says it.

    It is printed as it was, and the same one of several alike; a name, which any clause may print, in the same words as before.
    None where there is none.
    """
    kind, _, key = erratum.target.partition(":")
    if kind not in ("measure", "duty"):
        return None
    model, names = (Measure, _OF_A_MEASURE) if kind == "measure" else (Duty, _OF_A_DUTY)
    was = model.objects.filter(pk=int(key)).select_related("clause").first()
    if was is None or (kind == "duty" and was.clause.text != clause.text):
        return None
    alike = {name: getattr(was, name) for name in names}
    before = model.objects.filter(clause_id=was.clause_id, pk__lt=was.pk, **alike).count()
    found = model.objects.filter(clause=clause, **alike).order_by("pk")[before : before + 1]
    return next((f"{kind}:{row.pk}" for row in found), None)
