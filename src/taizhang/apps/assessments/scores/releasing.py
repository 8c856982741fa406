"""Old provisional runs let go of what they hold: scores, certificates, inputs. Their row and digests stay for ever.

A city of 120 units leaves about 6 MB each time somebody tries a score. What a notice, a problem to be put right, a step of the
year or the ledger cites is never let go.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Max

from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.models import Cell, Certificate, Notice, Rectification, Run, RunInputs, Score, Step
from taizhang.apps.assessments.scores.runs import about
from taizhang.apps.assessments.states import SILENT
from taizhang.apps.ledger.models import Entry
from taizhang.apps.ledger.operations import Actor, Clockwork, operation, record

KEPT_DAYS = 30
_LEAST_DAYS, _MOST_DAYS = 7, 36500
_AT_ONCE = 50  # runs of one round, so that a round is short
_OWN = ("assessments.score", "assessments.release_runs")
CLOCKWORK = Clockwork("worker:releasing", "assessments.release")


@operation("assessments.release_runs", permission="assessments.release")
def release_runs(*, by: Actor, at: datetime, kept_days: int) -> list[int]:
    """Let go of provisional runs scored more than `kept_days` days ago that nothing cites; the newest of a year and of a day that
    was scored stay. Gives their keys, the oldest first, at most fifty.

    The ledger keeps day and digests of each, so that a certificate somebody printed can still be told from a forged one. Raises
    `RunsAreKeptLongerError` for fewer than seven days, `NothingIsReleasedError`.
    """
    if kept_days < _LEAST_DAYS:
        raise refusals.RunsAreKeptLongerError(days=kept_days, least=_LEAST_DAYS)
    kept_days = min(kept_days, _MOST_DAYS)
    rows = list(
        Run.objects.select_for_update().filter(pk__in=releasable(at, kept_days)[:_AT_ONCE], state="provisional").order_by("pk")
    )
    if not rows:
        raise refusals.NothingIsReleasedError(days=kept_days)
    keys = [row.pk for row in rows]
    Certificate.objects.filter(cell__score__run__in=keys).delete()
    Cell.objects.filter(score__run__in=keys).delete()
    Score.objects.filter(run__in=keys).delete()
    RunInputs.objects.filter(run__in=keys).delete()
    Run.objects.filter(pk__in=keys).update(state="released")
    told = [
        {"run": row.pk, "as_at": row.as_at.isoformat(), "inputs": row.inputs_digest, "digest": row.digest} for row in rows
    ]  # fmt: skip
    after = {"state": "released", "kept_days": kept_days, "runs": told}
    code = "assessments.release_runs"
    record(by=by, at=at, operation=code, subject=f"runs:{len(keys)}", before={"state": "provisional"}, after=after)
    return keys


def releasable(at: datetime, kept_days: int = KEPT_DAYS) -> list[int]:
    """Keys of the runs that may go, the oldest first. Six queries."""
    old = Run.objects.filter(state="provisional", at__lt=at - timedelta(days=kept_days)).order_by("pk")
    keys = list(old.values_list("pk", flat=True))
    if not keys:
        return []
    cited = _newest() | _cited(keys)
    return [key for key in keys if key not in cited]


def _newest() -> set[int]:
    """The newest run of each cycle and day, and with it that of each cycle: pages speak from them."""
    rows = Run.objects.exclude(state__in=SILENT).order_by()
    return set(rows.values("cycle", "as_at").annotate(newest=Max("pk")).values_list("newest", flat=True))


def _cited(keys: Iterable[int]) -> set[int]:
    names = {about(key): key for key in keys}
    cited = set(Notice.objects.filter(run__in=names.values()).values_list("run_id", flat=True))
    cited |= {names[one] for one in Step.objects.filter(reference__in=names).values_list("reference", flat=True)}
    entries = Entry.objects.filter(subject__in=names).exclude(operation__in=_OWN)
    cited |= {names[one] for one in entries.values_list("subject", flat=True)}
    origins = Rectification.objects.filter(origin__startswith="cell:").values_list("origin", flat=True)
    cells = [int(origin.partition(":")[2]) for origin in origins]
    return cited | set(Cell.objects.filter(pk__in=cells).values_list("score__run_id", flat=True))


def release_if_due(at: datetime) -> int:
    """What the task worker does once a day: let go, where there is something; how many runs."""
    try:
        return len(release_runs(by=CLOCKWORK, at=at, kept_days=KEPT_DAYS))
    except refusals.NothingIsReleasedError:
        return 0
