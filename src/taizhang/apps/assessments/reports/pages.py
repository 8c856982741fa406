"""What the reporting pages of the desk show: a unit's items of a period, put together as the sheet prints them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments.acting import light_cycles
from taizhang.apps.assessments.models import Cycle, Subject
from taizhang.apps.assessments.reports.queries import Line, reporting_list
from taizhang.apps.assessments.schemes.sentences import place, sentences
from taizhang.apps.assessments.schemes.stored import scheme_of, walk
from taizhang.apps.assessments.waiting.matters import roles_of, subjects_of
from taizhang.apps.assessments.year.owing import acting_for, periods_for, verifier_of
from taizhang.apps.assessments.year.periods import report_clock
from taizhang.apps.gazettes.citing import Quoted
from taizhang.apps.organisations.models import Name
from taizhang.engines.deadlines import Clock
from taizhang.engines.scoring.model import Criterion, Scheme
from taizhang.kernel.period import Period

# States of an item's figures, the one that asks most of a reporter first.
_FIRST = ("returned", "open", "draft", "signed", "verified")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a sheet with the figures it asks for. `number` counts from 1 down the sheet."""

    number: int
    label: str
    quote: Quoted | None
    lines: tuple[Line, ...]

    @property
    def key(self) -> int:
        """The key of its first owing, which names it in addresses."""
        return int(self.lines[0].owed.owing.pk)

    @property
    def state(self) -> str:
        """The state that asks most of the reporter: returned, open, draft, signed, verified."""
        states = {line.state for line in self.lines}
        return next((state for state in _FIRST if state in states), "open")

    @property
    def is_to_do(self) -> bool:
        """True while a reporter has something to answer."""
        return self.state in ("returned", "open")


@dataclass(frozen=True, slots=True)
class PeriodSheet:
    """A unit's reporting of a period. `verifiers` are names of who confirms; `signers` and `reporters` display names."""

    cycle: Cycle
    scheme: Scheme
    subject: Subject
    period: Period
    acting: Subject
    clock: Clock
    items: tuple[Item, ...]
    verifiers: tuple[str, ...]
    reporters: tuple[str, ...]
    signers: tuple[str, ...]

    @property
    def open_numbers(self) -> list[int]:
        """Numbers of the items that still want an answer."""
        return [item.number for item in self.items if item.is_to_do]

    @property
    def versions(self) -> dict[str, int]:
        """Version of every draft by metric: what a signer has before the eyes."""
        lines = (line for item in self.items for line in item.lines)
        return {line.owed.metric.key: line.report.version for line in lines if line.report and line.state == "draft"}


def period_sheet(subject: Subject, end: date) -> PeriodSheet | None:
    """The reporting of a period that ends on `end`; None where the scheme has no such period. Queries do not grow with items."""
    cycle = light_cycles().get(pk=subject.cycle_id)
    scheme = scheme_of(cycle.scheme)
    period = next((each for each in periods_for(scheme, subject) if each.end == end), None)
    if period is None:
        return None
    lines = reporting_list(subject, end)
    acting = acting_for(subject, end)
    bodies = {verifier_of(line.owed.metric, subject, end) for line in lines}
    people = list(User.objects.filter(memberships__body=acting.ident, is_active=True).prefetch_related("memberships").distinct())
    return PeriodSheet(
        cycle, scheme, subject, period, acting, report_clock(scheme, end), tuple(_items(scheme, lines)), _names(bodies),
        _holding(people, "reporter", acting.ident), _holding(people, "signer", acting.ident),
    )  # fmt: skip


def _items(scheme: Scheme, lines: Iterable[Line]) -> Iterable[Item]:
    """Lines under the criterion that was printed: figures of one sentence make one item."""
    nodes: dict[tuple[str, str], Criterion] = {}
    for line in lines:
        tree = line.owed.owing.subject.tree
        if (tree, "") not in nodes:
            nodes |= {(tree, node.id): node for node in walk(scheme.trees[tree])} | {(tree, ""): scheme.trees[tree]}
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        owing = line.owed.owing
        groups.setdefault((owing.subject.tree, owing.criterion.partition("/")[0]), []).append(line)
    printed = {key: _printed(nodes, key, rows[0]) for key, rows in groups.items()}
    found = sentences(node.citation for node in printed.values())
    for number, (key, rows) in enumerate(groups.items(), 1):
        node = printed[key]
        quote = found.get(place(node.citation)) if node.citation is not None else None
        yield Item(number, node.label, quote, tuple(rows))


def _printed(nodes: dict[tuple[str, str], Criterion], key: tuple[str, str], line: Line) -> Criterion:
    return nodes.get(key) or nodes[key[0], line.owed.owing.criterion]


def _names(bodies: set[str]) -> tuple[str, ...]:
    rows = Name.objects.filter(body__ident__in=bodies, form="full").order_by("pk").values_list("body__ident", "text")
    names = dict(rows)  # the last name wins
    return tuple(names.get(body, body) for body in sorted(bodies))


def _holding(people: list[User], role: str, body: str) -> tuple[str, ...]:
    return tuple(
        user.display_name or user.username
        for user in people
        if any(membership.role == role and membership.body == body for membership in user.memberships.all())
    )


@dataclass(frozen=True, slots=True)
class Own:
    """A subject somebody acts for, with the periods that are over: the last day of each, the newest first."""

    subject: Subject
    cycle: Cycle
    periods: tuple[date, ...]


def own_subjects(user: User, today: date) -> list[Own]:
    """Subjects of running years for which somebody reports or signs. Three queries."""
    roles = roles_of(user)
    bodies = roles.get("reporter", set()) | roles.get("signer", set())
    subjects = [subject for subject in subjects_of(bodies) if subject.tree] if bodies else []
    cycles = {cycle.pk: cycle for cycle in light_cycles().filter(pk__in={subject.cycle_id for subject in subjects})}
    return [
        Own(subject, cycles[subject.cycle_id], tuple(reversed(_over(scheme_of(cycles[subject.cycle_id].scheme), subject, today))))
        for subject in subjects
    ]


def _over(scheme: Scheme, subject: Subject, today: date) -> list[date]:
    return [period.end for period in periods_for(scheme, subject) if period.end is not None and period.end <= today]
