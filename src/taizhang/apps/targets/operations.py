"""Correcting what was read into targets, and confirming which bodies are meant. The printed reading stays beside each change."""

import re
from datetime import date, datetime
from decimal import Decimal

from taizhang.apps.gazettes import errors
from taizhang.apps.gazettes.carrying import take_over
from taizhang.apps.gazettes.models import Edition, Erratum, State
from taizhang.apps.gazettes.operations import correctable, new_erratum, none_waits, record_correction, subject, with_reason
from taizhang.apps.ledger.operations import Actor, operation, record
from taizhang.apps.organisations.models import Body
from taizhang.apps.organisations.queries import current_name
from taizhang.apps.targets.following import undo
from taizhang.apps.targets.models import Duty, Measure, Sheet
from taizhang.kernel.errors import TaizhangError

_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]{1,20}(\.[0-9]{1,10})?")
_NARROW = str.maketrans("０１２３４５６７８９．，－−＋", "0123456789.,--+")


class ValueIsNotAFigureError(TaizhangError):
    """A corrected value must be what the printed one is: a number or a day."""

    code = "targets.value-is-not-a-figure"
    template = "“{metric}”更正后的值填的是“{value}”，不是{wanted}"


class MeasureIsMissingError(TaizhangError):
    """The edition has no such measure or duty."""

    code = "targets.measure-is-missing"
    template = "第 {edition} 号读本里没有第 {row} 号指标或责任单位记录。可能已重读，请刷新页面"


class BodyIsUnknownError(TaizhangError):
    """No body has this id."""

    code = "targets.body-is-unknown"
    template = "机构库里没有“{body}”。请从名单里选；新机构先在本地包里登记"


class NameIsNotPrintedError(TaizhangError):
    """No sheet or duty of the edition prints this name."""

    code = "targets.name-is-not-printed"
    template = "第 {edition} 号读本里没有印过单位“{name}”。请照抄印本上的单位名"


class NameIsConfirmedError(TaizhangError):
    """The name is confirmed for this body already."""

    code = "targets.name-is-confirmed"
    template = "“{name}”已由“{other}”确认为“{body}”，无需再确认"


@operation("targets.correct_measure", permission="gazettes.correct")
def correct_measure(
    *, by: Actor, at: datetime, edition: int, measure: int, reason: str, value: str | None = None, unit: str | None = None
) -> list[Erratum]:
    """Put a corrected value or unit beside what was read; None leaves as printed. An erratum for each that changes.

    A day is written 2025-12-31. In an adopted edition the print goes on counting until somebody else confirms. Raises
    `ValueIsNotAFigureError`, `NothingChangesError`, `ReasonIsMissingError`, `MeasureIsMissingError`, `ErratumWaitsError`,
    `EditionIsNotOpenError`.
    """
    found = correctable(edition)
    row = (
        Measure.objects.select_for_update(of=("self",))
        .filter(edition=found, pk=measure)
        .select_related("clause__document")
        .first()
    )
    if row is None:
        raise MeasureIsMissingError(edition=edition, row=measure)
    with_reason(reason, "更正指标")
    changes: list[tuple[str, str, str]] = []
    printed = row.value_on.isoformat() if row.value_on else row.value_printed
    if value is not None and (figure := _figure(row, value)) != (row.corrected_value or printed):
        changes.append(("value", printed, figure))
    if unit is not None and unit.strip() != (row.corrected_unit or row.unit):
        changes.append(("unit", row.unit, unit.strip()))
    if not changes:
        raise errors.NothingChangesError(printed=f"{printed}{row.unit}")
    return [_erratum_of_measure(by, at, found, row, change, reason) for change in changes]


def _erratum_of_measure(
    by: Actor, at: datetime, edition: Edition, row: Measure, change: tuple[str, str, str], reason: str
) -> Erratum:
    field, printed, corrected = change
    _before_another(edition, f"measure:{row.pk}", field)
    erratum = new_erratum(by, at, edition, row.clause, field, printed, corrected, reason)
    erratum.target, erratum.start, erratum.end = f"measure:{row.pk}", row.start, row.end
    erratum.save(update_fields=["target", "start", "end"])
    if edition.state == State.PROPOSED:
        take_over(erratum, by.ident, at)
    record_correction(by, at, edition, erratum)
    return erratum


def _before_another(edition: Edition, target: str, field: str) -> None:
    """In a proposal a correction takes the place of an earlier one. Raises `ErratumWaitsError` in an adopted edition."""
    none_waits(edition, target=target, field=field)
    if edition.state == State.PROPOSED:
        edition.errata.filter(target=target, field=field).delete()


def _figure(row: Measure, written: str) -> str:
    """A day in ISO form or a number in plain form. Raises `ValueIsNotAFigureError`."""
    narrow = written.strip().translate(_NARROW).replace(",", "").replace(" ", "")
    if row.value_on is not None:
        try:
            return date.fromisoformat(narrow).isoformat()
        except ValueError as error:
            raise ValueIsNotAFigureError(metric=row.metric, value=written, wanted="日期，例如 2025-12-31") from error
    if not _PLAIN_NUMBER.fullmatch(narrow):
        raise ValueIsNotAFigureError(metric=row.metric, value=written, wanted="数字，例如 83500 或 4.5")
    return f"{Decimal(narrow):f}"


@operation("targets.correct_duty", permission="gazettes.correct")
def correct_duty(*, by: Actor, at: datetime, edition: int, duty: int, body: str, reason: str) -> Erratum:
    """Say which body a printed duty means, where that is another than the name says; the printed name stays beside it.

    Raises `BodyIsUnknownError`, `NothingChangesError`, `ReasonIsMissingError`, `MeasureIsMissingError`, `ErratumWaitsError`,
    `EditionIsNotOpenError`.
    """
    found = correctable(edition)
    row = (
        Duty.objects.select_for_update(of=("self",))
        .filter(edition=found, pk=duty)
        .select_related("clause__document", "body")
        .first()
    )
    if row is None:
        raise MeasureIsMissingError(edition=edition, row=duty)
    with_reason(reason, "更正责任单位")
    meant = _body(body)
    if row.body_id == meant.pk and row.confirmed_by:
        raise errors.NothingChangesError(printed=row.name)
    _before_another(found, f"duty:{row.pk}", "body")
    erratum = new_erratum(by, at, found, row.clause, "body", row.name, current_name(meant), reason)
    erratum.target, erratum.meant = f"duty:{row.pk}", meant.ident
    erratum.save(update_fields=["target", "meant"])
    if found.state == State.PROPOSED:
        take_over(erratum, by.ident, at)
    record_correction(by, at, found, erratum)
    return erratum


@operation("targets.withdraw_correction", permission="gazettes.correct")
def withdraw_correction(*, by: Actor, at: datetime, edition: int, erratum: int, reason: str) -> None:
    """Take back a correction of words, value, unit or body before adoption, so that the printed reading counts again; or one that
    waits in an adopted edition, which is also how a reviewer declines it. What is published stays.

    Raises `NothingToWithdrawError`, `ReasonIsMissingError`, `EditionIsNotOpenError`.
    """
    found = correctable(edition)
    rows = found.errata.select_related("document", "finding").filter(pk=erratum, number=None)
    row = rows.exclude(field="structure").first()
    if row is None:
        raise errors.NothingToWithdrawError(erratum=erratum)
    with_reason(reason, "撤回更正")
    if found.state == State.PROPOSED:
        undo(row)
    before = {"document": row.document.ident, "eid": row.eid, "printed": row.printed, "corrected": row.corrected}
    row.delete()
    record(by=by, at=at, operation="targets.withdraw_correction", subject=subject(found), before=before, after={"reason": reason})


@operation("targets.confirm_body", permission="organisations.confirm")
def confirm_body(*, by: Actor, at: datetime, edition: int, name: str, body: str) -> int:
    """Confirm which body a printed name means throughout an edition; the number of sheets and duties it now holds for.

    Raises `BodyIsUnknownError`, `NameIsNotPrintedError`, `NameIsConfirmedError`, `EditionIsNotOpenError`.
    """
    found = Edition.objects.select_for_update().get(pk=edition)
    if found.state not in (State.PROPOSED, State.ADOPTED):
        raise errors.EditionIsNotOpenError(edition=edition, state=found.get_state_display())
    meant = _body(body)
    # A duty that a correction gave to another body keeps that one.
    corrected = {t.partition(":")[2] for t in found.errata.filter(field="body").values_list("target", flat=True)}
    duties = Duty.objects.filter(edition=found, name=name).exclude(pk__in=corrected)
    sheets = Sheet.objects.filter(edition=found, unit=name)
    before = [*duties.values_list("body__ident", "confirmed_by"), *sheets.values_list("body__ident", "confirmed_by")]
    if not before:
        raise NameIsNotPrintedError(edition=edition, name=name)
    if all(ident == meant.ident and who for ident, who in before):
        raise NameIsConfirmedError(name=name, other=before[0][1], body=current_name(meant))
    count = duties.update(body=meant, confirmed_by=by.ident) + sheets.update(body=meant, confirmed_by=by.ident)
    proposed = {"name": name, "bodies": sorted({ident for ident, _ in before if ident})}
    after = {"body": meant.ident, "rows": count}
    record(by=by, at=at, operation="targets.confirm_body", subject=subject(found), before=proposed, after=after)
    return count


def _body(ident: str) -> Body:
    found = Body.objects.filter(ident=ident).first()
    if found is None:
        raise BodyIsUnknownError(body=ident)
    return found
