"""Figures that nobody can confirm: the verifying body owes them itself or took over who does, or no person acts for it any more.

Nothing here writes: another body is named by `naming_verifiers`.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from taizhang.apps.accounts.models import Membership
from taizhang.apps.assessments.models import Cycle, Owing, Report, Subject
from taizhang.apps.assessments.schemes.stored import scheme_of, walk
from taizhang.apps.assessments.year.owing import is_reported, own_bodies
from taizhang.apps.organisations.models import Name
from taizhang.engines.scoring.model import Scheme

OWN, NOBODY = "own", "nobody"
Key = tuple[int, str, bool, str, str]


@dataclass(frozen=True, slots=True)
class Gap:
    """Figures of one kind of fact without a verifier. `body` is who would confirm them, as the verifying body or, `as_deputy`, in
    the place of it. `why`: own (it owes them itself or took over who does), nobody (no active account verifies for it).

    `metrics` figures of a period, `subjects` names of those who report them, `waiting` how many are signed and stuck.
    """

    cycle: int
    kind: str
    kind_name: str
    as_deputy: bool
    body: str
    name: str
    why: str
    metrics: int
    subjects: tuple[str, ...]
    waiting: int


def verifier_gaps(cycles: Mapping[int, Cycle], today: date) -> list[Gap]:
    """All gaps of running years. Five queries, however many years and subjects."""
    rows = Owing.objects.filter(subject__cycle__in=cycles).select_related("subject", "metric", "measured_by").order_by("pk")
    reported = {pk: _reported(scheme_of(cycle.scheme)) for pk, cycle in cycles.items()}
    subjects = {row.pk: row for row in Subject.objects.filter(cycle__in=cycles).select_related("taken_over_by")}
    people = set(Membership.objects.filter(role="verifier", user__is_active=True).values_list("body", flat=True))
    owns: dict[int, set[str]] = {}
    found: dict[Key, dict[tuple[int, int], None]] = defaultdict(dict)
    for row in rows:
        cycle, measurer = row.subject.cycle_id, row.measured_by_id or row.subject_id
        if (row.subject.tree, row.criterion) not in reported[cycle]:
            continue
        if measurer not in owns:
            owns[measurer] = own_bodies(subjects[measurer], today)
        metric = row.metric
        as_deputy = metric.verifier_body in owns[measurer]
        body = metric.deputy_body if as_deputy else metric.verifier_body
        why = OWN if not body or body in owns[measurer] else "" if body in people else NOBODY
        if why:
            found[cycle, metric.verifier, as_deputy, body, why][measurer, metric.pk] = None
    return _told(found, cycles, subjects)


def _reported(scheme: Scheme) -> set[tuple[str, str]]:
    nodes = ((tree, node) for tree, root in scheme.trees.items() for node in walk(root))
    return {(tree, node.id) for tree, node in nodes if node.rule is not None and is_reported(node.rule)}


def _told(
    found: Mapping[Key, Collection[tuple[int, int]]], cycles: Mapping[int, Cycle], subjects: Mapping[int, Subject]
) -> list[Gap]:
    if not found:
        return []
    places = {place for owed in found.values() for place in owed}
    signed = Report.objects.filter(state="signed", subject__in={subject for subject, _ in places})
    stuck: dict[tuple[int, int], int] = defaultdict(int)
    for subject, metric in signed.values_list("subject_id", "metric_id"):
        stuck[subject, metric] += 1
    names = names_of({key[3] for key in found})
    return [
        Gap(
            cycle, kind, _kind_name(cycles[cycle], kind), as_deputy, body, names.get(body, body), why, len(owed),
            tuple(dict.fromkeys(subjects[subject].name for subject, _ in owed)), sum(stuck[place] for place in owed),
        )
        for (cycle, kind, as_deputy, body, why), owed in found.items()
    ]  # fmt: skip


def names_of(bodies: Collection[str]) -> dict[str, str]:
    """Full names by the id of the body, the newest of each. One query."""
    rows = Name.objects.filter(body__ident__in=bodies, form="full").order_by("pk").values_list("body__ident", "text")
    return dict(rows)


def _kind_name(cycle: Cycle, kind: str) -> str:
    return next((one.name for one in scheme_of(cycle.scheme).verifiers if one.id == kind), kind)


def verifying_bodies() -> dict[str, str]:
    """Bodies for which somebody verifies, with their names: whom the office may name. Two queries."""
    bodies = set(Membership.objects.filter(role="verifier", user__is_active=True).values_list("body", flat=True))
    names = names_of(bodies)
    return {body: names.get(body, body) for body in sorted(bodies)}
