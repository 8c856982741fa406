"""Reading of reports: a unit's list for a period, a verifier's queue, the history of a figure, who shares a metric."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from taizhang.apps.assessments.acting import light_cycles
from taizhang.apps.assessments.models import Cycle, Evidence, Metric, Owing, Report, Subject
from taizhang.apps.assessments.reports.observations import plain
from taizhang.apps.assessments.reports.targets_in_force import Amended, InForce
from taizhang.apps.assessments.schemes.stored import scheme_of, walk
from taizhang.apps.assessments.waiting.matters import signed_for
from taizhang.apps.assessments.year.owing import Owed, is_reported, owed_by, verifier_of
from taizhang.apps.assessments.year.periods import report_clock, verify_clock
from taizhang.engines.deadlines import Clock
from taizhang.engines.scoring import STRATEGIES, light, light_rule, time_share
from taizhang.engines.scoring.model import Rule, Scheme
from taizhang.engines.scoring.plans import LEVELS


@dataclass(frozen=True, slots=True)
class Line:
    """An item of the reporting list: what is owed, the standing report, the figure of the period before, files, who shares it.

    `light` of the standing figure; unknown where there is none. `target` in force at the end of the period."""

    owed: Owed
    report: Report | None
    before: Report | None
    evidence: tuple[Evidence, ...]
    shared_with: tuple[str, ...]
    light: str
    target: InForce | None

    @property
    def state(self) -> str:
        """State of the standing report; `open` where there is none."""
        return str(self.report.state) if self.report else "open"


def reporting_list(subject: Subject, period_end: date) -> list[Line]:
    """What a subject reports for a period, in the order of its tree. Six queries."""
    cycle = light_cycles().get(pk=subject.cycle_id)
    scheme = scheme_of(cycle.scheme)
    owed = owed_by(subject, scheme)
    rows = Report.objects.filter(subject=subject, period_end__lte=period_end).exclude(state="superseded")
    standing: dict[int, Report] = {}
    before: dict[int, Report] = {}
    for row in rows.order_by("period_end"):
        (standing if row.period_end == period_end else before)[row.metric_id] = row
    files = evidence_of(standing.values())
    sharing = shared_owners([each.metric for each in owed.values()])
    amended = Amended({each.owing.subject_id for each in owed.values()})
    targets = {
        key: amended.on((each.owing.subject_id, each.owing.criterion), each.rule, period_end) for key, each in owed.items()
    }
    return [
        Line(
            each,
            standing.get(each.metric.pk),
            before.get(each.metric.pk),
            files.get(standing[each.metric.pk].pk, ()) if each.metric.pk in standing else (),
            tuple(owing.subject.name for owing in sharing.get(each.metric.pk, ()) if owing.measured_by_id == subject.pk),
            light_of(each.rule, standing.get(each.metric.pk), scheme, period_end, targets[key]),
            targets[key],
        )
        for key, each in owed.items()
    ]


def light_of(rule: Rule, report: Report | None, scheme: Scheme, day: date, found: InForce | None) -> str:
    """The light of a report's figure on a day, by the direction of the target in force; unknown without figure or target."""
    target = found.target if found is not None else None
    value = plain(report.value) if report is not None and report.answer == "value" else None
    return light(
        value,
        target.value if target else None,
        target.bound if target else ">=",
        share=time_share(scheme.period, day),
        is_cumulative=adds_up(rule),
        tolerance=light_rule(day).tolerance,
    )


def adds_up(rule: Rule) -> bool:
    """True if the figures of a rule add up over the year; a rate or a place is a level."""
    said = rule.parameters.get("cumulative")
    if isinstance(said, bool):
        return said
    strategy = STRATEGIES.get(rule.strategy)
    unit = rule.unit or next((target.unit for target in rule.targets if target.unit), None)
    return strategy is not None and strategy.is_cumulative and unit not in LEVELS


def evidence_of(reports: Iterable[Report]) -> dict[int, tuple[Evidence, ...]]:
    """Files by the key of their report. One query."""
    abouts = {f"report:{report.pk}": report.pk for report in reports}
    out: dict[int, tuple[Evidence, ...]] = {}
    for file in Evidence.objects.filter(about__in=abouts):
        out[abouts[file.about]] = (*out.get(abouts[file.about], ()), file)
    return out


def shared_owners(metrics: list[Metric]) -> dict[int, list[Owing]]:
    """Who owes each metric, by the metric's key; the first measures it where it is shared. One query."""
    rows = Owing.objects.filter(metric__in=metrics).select_related("subject", "measured_by").order_by("measured_by_id", "pk")
    out: dict[int, list[Owing]] = defaultdict(list)
    for owing in rows:
        out[owing.metric_id].append(owing)
    return out


@dataclass(frozen=True, slots=True)
class ToVerify:
    """A figure in the verifier's queue, with what stands beside it: its files, its figures of other periods, its clock, why the
    version before was returned, the target in force with the light the figure would have, the earlier versions of the figure."""

    report: Report
    cycle: Cycle
    evidence: tuple[Evidence, ...]
    series: tuple[tuple[date, Decimal | None], ...]
    clock: Clock
    returned: Report | None
    target: InForce | None
    light: str
    versions: tuple[Report, ...]

    @property
    def before(self) -> tuple[date, Decimal | None] | None:
        """The figure of the period before, with its last day; None for the first."""
        return next((one for one in reversed(self.series) if one[0] < self.report.period_end), None)

    @property
    def share(self) -> Decimal | None:
        """Per cent of the target that is reached, one decimal; None without figure or target."""
        value, target = self.report.value, self.target.target.value if self.target else None
        if self.report.answer != "value" or value is None or not target:
            return None
        return (100 * value / target).quantize(Decimal("0.1"))

    @property
    def verifier(self) -> str:
        """Id of the body whose verifiers confirm it."""
        return verifier_of(self.report.metric, self.report.subject, self.report.period_end)


def verification_queue(bodies: set[str], most: int = 200) -> list[ToVerify]:
    """Signed figures for the verifiers of `bodies`, the oldest signature first, their own bodies' absent. Eight queries."""
    reports = [report for _, report in zip(range(most), signed_for(bodies), strict=False)]
    cycles = {cycle.pk: cycle for cycle in light_cycles().filter(pk__in={report.subject.cycle_id for report in reports})}
    files = evidence_of(reports)
    series: dict[tuple[int, int], list[tuple[date, Decimal | None]]] = defaultdict(list)
    versions: dict[tuple[int, int, date], list[Report]] = defaultdict(list)
    others = Report.objects.filter(
        subject__in={report.subject_id for report in reports}, metric__in={report.metric_id for report in reports}
    )
    for other in others.order_by("period_end", "pk"):
        if other.state == "superseded":
            versions[other.subject_id, other.metric_id, other.period_end].append(other)
        else:
            series[other.subject_id, other.metric_id].append((other.period_end, plain(other.value)))
    targets = _targets_of(reports, cycles)
    out = []
    for report in reports:
        scheme = scheme_of(cycles[report.subject.cycle_id].scheme)
        rule, target = targets.get(report.pk, (None, None))
        earlier = versions[report.subject_id, report.metric_id, report.period_end]
        out.append(
            ToVerify(
                report, cycles[report.subject.cycle_id], files.get(report.pk, ()),
                tuple(series[report.subject_id, report.metric_id]),
                verify_clock(scheme, timezone.localdate(report.signed_at)),
                next((one for one in earlier if one.pk == report.supersedes_id), None), target,
                light_of(rule, report, scheme, report.period_end, target) if rule is not None else "unknown",
                tuple(reversed(earlier)),
            )
        )  # fmt: skip
    return out


def _targets_of(reports: Sequence[Report], cycles: Mapping[int, Cycle]) -> dict[int, tuple[Rule, InForce | None]]:
    """Rule and target in force of each report, by its key: those of the criterion under which the subject owes it, else of the
    first for whom it measures. Two queries."""
    measured = {report.subject_id for report in reports}
    rows = Owing.objects.filter(metric__in={report.metric_id for report in reports}).filter(
        Q(subject__in=measured) | Q(measured_by__in=measured)
    )
    owings: dict[tuple[int, int], Owing] = {}
    for row in rows.select_related("subject").order_by("pk"):
        measurer = row.measured_by_id or row.subject_id
        if (measurer, row.metric_id) not in owings or row.subject_id == measurer:
            owings[measurer, row.metric_id] = row
    amended = Amended({row.subject_id for row in owings.values()})
    rules: dict[tuple[int, str], dict[str, Rule]] = {}
    out = {}
    for report in reports:
        owing = owings.get((report.subject_id, report.metric_id))
        if owing is None:
            continue
        tree = owing.subject.cycle_id, owing.subject.tree
        if tree not in rules:
            nodes = walk(scheme_of(cycles[tree[0]].scheme).trees[tree[1]])
            rules[tree] = {node.id: node.rule for node in nodes if node.rule is not None}
        rule = rules[tree].get(owing.criterion)
        if rule is not None:
            out[report.pk] = rule, amended.on((owing.subject_id, owing.criterion), rule, report.period_end)
    return out


def report_history(report: Report) -> list[Report]:
    """Every version of what was said of a metric for a period, the newest first. One query."""
    rows = Report.objects.filter(subject=report.subject_id, metric=report.metric_id, period_end=report.period_end)
    return list(rows.order_by("-pk"))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a cycle's reporting of a period has come, in figures owed; `late` after the due day without a signature."""

    owed: int
    drafts: int
    signed: int
    verified: int
    returned: int
    late: int


def progress_of(cycle: Cycle, period_end: date, today: date) -> dict[int, Progress]:
    """Progress by the key of the subject. Queries do not grow with the number of subjects."""
    scheme = scheme_of(cycle.scheme)
    is_late = today > report_clock(scheme, period_end).due
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = Report.objects.filter(subject__cycle=cycle, period_end=period_end).exclude(state="superseded")
    for subject, state in rows.values_list("subject_id", "state"):
        counts[subject][state] += 1
    out = {}
    for subject, owed in owed_counts(cycle, scheme).items():
        mine = counts[subject]
        sent = mine["signed"] + mine["verified"]
        late = max(owed - sent, 0) if is_late else 0
        out[subject] = Progress(owed, mine["draft"], mine["signed"], mine["verified"], mine["returned"], late)
    return out


def owed_counts(cycle: Cycle, scheme: Scheme) -> dict[int, int]:
    """How many metrics each subject of a cycle reports, by the subject's key. One query."""
    reported = {
        (tree, node.id): is_reported(node.rule) for tree, root in scheme.trees.items() for node in walk(root) if node.rule
    }
    metrics: dict[int, set[int]] = defaultdict(set)
    for owing in Owing.objects.filter(subject__cycle=cycle).select_related("subject"):
        if reported.get((owing.subject.tree, owing.criterion)):
            metrics[owing.measured_by_id or owing.subject_id].add(owing.metric_id)
    return {subject: len(keys) for subject, keys in metrics.items()}
