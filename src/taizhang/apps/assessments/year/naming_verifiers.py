"""Another body is named to confirm a kind of fact, where the one that did cannot any more. Nobody confirms his own."""

from datetime import date, datetime

from taizhang.apps.assessments import cycle_errors as errors
from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.acting import cycle_for, said
from taizhang.apps.assessments.models import Cycle, Metric, Owing
from taizhang.apps.assessments.states import RUNNING
from taizhang.apps.assessments.year.owing import own_bodies
from taizhang.apps.ledger.operations import Actor, operation, record
from taizhang.apps.organisations.models import Body


@operation("assessments.name_verifier", permission="assessments.name_verifier")
def name_verifier(
    *,
    by: Actor,
    at: datetime,
    cycle: int,
    kind: str,
    instead_of: str,
    body: str,
    reason: str,
    as_deputy: bool = False,
    for_body: str | None = None,
) -> int:
    """From now on `body` confirms the kind of fact in the place of `instead_of`; with `as_deputy` only what the verifying body
    owes itself. Gives how many metrics that concerns; what is verified stays so.

    Raises `BodyIsUnknownError`, `VerifierIsNotPossibleError` (it would confirm its own, or does so already), `NoSuchRowError`
    where `instead_of` doesn't confirm that kind (any more), `WordsAreMissingError`, `StepIsOutOfOrderError`.
    """
    year = cycle_for(cycle, for_body, states=RUNNING, act="另定核验单位")
    reason = said(reason, "理由", "另定核验单位")
    column = "deputy_body" if as_deputy else "verifier_body"
    rows = list(Metric.objects.select_for_update().filter(cycle=year, verifier=kind, **{column: instead_of}))
    if not rows:
        raise refusals.NoSuchRowError(what=f"由“{instead_of}”核验的“{kind}”类指标", key=year.slug)
    if body != year.owner and not (year.subjects.filter(ident=body).exists() or Body.objects.filter(ident=body).exists()):
        raise errors.BodyIsUnknownError(body=body[:40])
    if body == instead_of:
        raise errors.VerifierIsNotPossibleError(body=body, why="现在就是由它核验")
    if as_deputy:
        _not_its_own(rows, body)
    Metric.objects.filter(pk__in=[row.pk for row in rows]).update(**{column: body})
    before = {"kind": kind, column: instead_of}
    after = {"kind": kind, column: body, "metrics": len(rows), "reason": reason}
    _record(by, at, year, before, after, for_body)
    return len(rows)


def _not_its_own(rows: list[Metric], body: str) -> None:
    """A deputy confirms what the verifying body owes itself, and so must be none of those who owe it."""
    owings = Owing.objects.filter(metric__in=rows).select_related(
        "metric", "subject__taken_over_by", "measured_by__taken_over_by"
    )
    for owing in owings:
        measurer = owing.measured_by or owing.subject
        own = own_bodies(measurer, date.max)
        if owing.metric.verifier_body in own and body in own:
            raise errors.VerifierIsNotPossibleError(body=body, why=f"“{measurer.name}”的数就是它自己的")


def _record(by: Actor, at: datetime, year: Cycle, before: object, after: object, for_body: str | None) -> None:
    code = "assessments.name_verifier"
    record(by=by, at=at, operation=code, subject=f"cycle:{year.slug}", before=before, after=after, for_body=for_body)
