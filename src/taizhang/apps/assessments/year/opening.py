"""Opening a year: who is assessed, what each owes, who measures what is shared, who confirms which kind of fact."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import IntegrityError, transaction

from taizhang.apps.assessments import cycle_errors as errors
from taizhang.apps.assessments.models import Cycle, Metric, Owing, Step, Subject
from taizhang.apps.assessments.models import Scheme as SchemeRow
from taizhang.apps.assessments.refusals import NoSuchRowError
from taizhang.apps.assessments.schemes.stored import scheme_of, walk
from taizhang.apps.assessments.states import SCHEME_STATES
from taizhang.apps.assessments.wording import CYCLE_STATES
from taizhang.apps.ledger.operations import Actor, operation, record
from taizhang.apps.organisations.models import Body, Name
from taizhang.engines.scoring import scheme_digest, scheme_to_json
from taizhang.engines.scoring.model import Criterion, Rule, Scheme
from taizhang.engines.scoring.model import Subject as Assessed

_LONGEST_NAME, _LONGEST_IDENT = 120, 100  # characters that a row keeps of a body


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf of a subject's tree: the criterion, its rule, its place among the leaves."""

    subject: Assessed
    criterion: Criterion
    rule: Rule
    ordinal: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What the office decides when it opens a cycle. `verifiers`: kind of fact → id of the body that confirms it, where that is
    not the one the scheme names."""

    verifiers: Mapping[str, str] = field(default_factory=dict)
    is_simulated: bool = False


def leaves_of(scheme: Scheme) -> Iterator[Leaf]:
    """Every leaf that a subject of the scheme owes, subject by subject in the order of the tree."""
    for subject in scheme.subjects:
        rules = ((node, node.rule) for node in walk(scheme.trees[subject.tree]))
        for ordinal, (node, rule) in enumerate((node, rule) for node, rule in rules if rule is not None):
            yield Leaf(subject, node, rule, ordinal)


@operation("assessments.open_cycle", permission="assessments.open")
def open_cycle(*, by: Actor, at: datetime, scheme: int, owner: str, plan: Plan = Plan()) -> Cycle:
    """Begin a year: subjects from the scheme with the bodies they are, metrics and what each subject owes from the leaves.

    Raises `SchemeIsNotApprovedError`, `CycleIsOpenAlreadyError`, `NobodyIsAssessedError`, `BodyIsUnknownError`.
    """
    row = _approved(scheme)
    if not owner.strip() or len(owner) > _LONGEST_IDENT:
        raise errors.BodyIsUnknownError(body=owner[:40])
    cycle = _begin(by, at, row, owner, None, plan)
    record(
        by=by, at=at, operation="assessments.open_cycle", subject=f"cycle:{cycle.slug}", after=_told(cycle, row), for_body=owner
    )
    return cycle


@dataclass(frozen=True, slots=True)
class Member:
    """A body that a tier assesses: its id, name, category and the tree of the scheme it is assessed by."""

    body: str
    name: str
    category: str
    tree: str


@operation("assessments.open_tier", permission="assessments.open_tier")
def open_tier(
    *,
    by: Actor,
    at: datetime,
    for_body: str,
    cycle: int,
    members: tuple[Member, ...],
    plan: Plan = Plan(),
) -> Cycle:
    """A body that is assessed in `cycle` opens its own cycle of the same scheme on its own bodies.

    The scheme is the approved one with other subjects, each of whom measures its own; nothing else changes. Raises what
    `open_cycle` raises, and `NoSuchRowError`, `SubjectIsMissingError`, `TreeIsUnknownError`, `MemberIsWrittenWrongError`,
    `CycleIsNotRunningError` once the year above is final.
    """
    parent = Cycle.objects.select_related("scheme").select_for_update(of=("self",)).filter(pk=cycle).first()
    if parent is None:
        raise NoSuchRowError(what="这个考核年度", key=cycle)
    if parent.state == "final":
        raise errors.CycleIsNotRunningError(cycle=parent.slug, state=CYCLE_STATES[parent.state], act="开始本级考核")
    if not parent.subjects.filter(ident=for_body).exists():
        raise errors.SubjectIsMissingError(body=for_body, cycle=parent.slug)
    scheme = scheme_of(parent.scheme)
    _check_members(scheme, members, for_body)
    subjects = tuple(Assessed(m.body, m.name, m.category, m.tree) for m in members)
    own = replace(scheme, version=f"{scheme.version}/{for_body}", subjects=subjects, shared=())
    if SchemeRow.objects.filter(code=own.id, version=own.version).exists():
        raise errors.CycleIsOpenAlreadyError(owner=for_body, scheme=own.title, year=own.year, slug=_slug(own, for_body))
    row = SchemeRow.objects.create(
        code=own.id, version=own.version, title=own.title, document=own.document, year=own.year, text=parent.scheme.text,
        content=scheme_to_json(own), digest=scheme_digest(own), state="approved", proposed_by=by.ident, proposed_at=at,
        approved_by=parent.scheme.approved_by, approved_at=parent.scheme.approved_at,
    )  # fmt: skip
    opened = _begin(by, at, row, for_body, parent, replace(plan, is_simulated=parent.is_simulated))
    after = {**_told(opened, row), "parent": parent.slug}
    record(by=by, at=at, operation="assessments.open_tier", subject=f"cycle:{opened.slug}", after=after, for_body=for_body)
    return opened


def _check_members(scheme: Scheme, members: tuple[Member, ...], owner: str) -> None:
    categories = {category.id for category in scheme.categories}
    seen: set[str] = set()
    for member in members:
        name = member.name.strip()
        why = ""
        if not name or len(name) > _LONGEST_NAME:
            why = f"名称要有字、不超过 {_LONGEST_NAME} 个"
        elif not member.body.strip() or len(member.body) > _LONGEST_IDENT:
            why = f"编号要有字、不超过 {_LONGEST_IDENT} 个"
        elif member.body == owner:
            why = "本级考核机构不考核自己"
        elif member.body in seen or name in seen:
            why = "同一单位写了两次"
        if why:
            raise errors.MemberIsWrittenWrongError(member=name[:40] or member.body[:40] or "（空）", why=why)
        seen |= {member.body, name}
        for name, known in ((member.tree, set(scheme.trees)), (member.category, categories)):
            if name not in known:
                raise errors.TreeIsUnknownError(scheme=scheme.title, name=name, body=member.name, known="、".join(sorted(known)))


def _approved(scheme: int) -> SchemeRow:
    row = SchemeRow.objects.select_for_update().filter(pk=scheme).first()
    if row is None:
        raise NoSuchRowError(what="这个考核方案", key=scheme)
    if row.state != "approved":
        raise errors.SchemeIsNotApprovedError(scheme=str(row), state=SCHEME_STATES[row.state])
    return row


def _begin(by: Actor, at: datetime, row: SchemeRow, owner: str, parent: Cycle | None, plan: Plan) -> Cycle:
    scheme = scheme_of(row)
    if not scheme.subjects:
        raise errors.NobodyIsAssessedError(scheme=str(row))
    slug = _slug(scheme, owner if parent else "")
    taken = errors.CycleIsOpenAlreadyError(owner=owner, scheme=row.title, year=row.year, slug=slug)
    if Cycle.objects.filter(scheme__code=row.code, year=row.year, owner=owner).exists():
        raise taken
    try:
        with transaction.atomic():
            cycle = Cycle.objects.create(
                scheme=row, owner=owner, parent=parent, slug=slug, year=row.year, state="open",
                is_simulated=plan.is_simulated, opened_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise taken from error
    Step.objects.create(cycle=cycle, code="open", by=by.ident, at=at, reference=row.document)
    _fill(cycle, scheme, plan)
    return cycle


def _slug(scheme: Scheme, owner: str) -> str:
    year = "" if scheme.id.endswith(str(scheme.year)) else str(scheme.year)
    return "-".join(filter(None, (scheme.id, year, owner)))


def _fill(cycle: Cycle, scheme: Scheme, plan: Plan) -> None:
    bodies = _bodies(scheme)
    rows = {
        each.body: Subject(
            cycle=cycle, body=bodies.get(each.body), ident=each.body, name=each.name, category=each.category, tree=each.tree
        )
        for each in scheme.subjects
    }
    Subject.objects.bulk_create(rows.values())
    leaves = list(leaves_of(scheme))
    measurers = _measurers(scheme, rows)
    verifiers = {**{each.id: each.body for each in scheme.verifiers}, **plan.verifiers}
    deputies = {each.id: each.deputy for each in scheme.verifiers}
    metrics: dict[str, Metric] = {}
    owings = []
    for leaf in leaves:
        rule, mine = leaf.rule, rows[leaf.subject.body]
        measurer = measurers.get((rule.metric, leaf.criterion.id))
        metric = metrics.setdefault(
            rule.metric,
            Metric(
                cycle=cycle, key=rule.metric, label=leaf.criterion.label[:300], unit=_unit(rule), strategy=rule.strategy,
                verifier=rule.verifier, verifier_body=verifiers.get(rule.verifier, cycle.owner),
                deputy_body=deputies.get(rule.verifier) or cycle.owner,
            ),
        )  # fmt: skip
        metric.reporter = measurer or metric.reporter
        by_another = measurer if measurer is not mine else None
        owings.append(
            Owing(subject=mine, metric=metric, criterion=leaf.criterion.id, ordinal=leaf.ordinal, measured_by=by_another)
        )
    Metric.objects.bulk_create(metrics.values())
    Owing.objects.bulk_create(owings, batch_size=1000)


def _measurers(scheme: Scheme, rows: Mapping[str, Subject]) -> dict[tuple[str, str], Subject]:
    """Who measures a shared metric, by metric and criterion. Raises `BodyIsUnknownError`."""
    out = {}
    for shared in scheme.shared:
        if shared.reporter not in rows:
            raise errors.BodyIsUnknownError(body=shared.reporter)
        out.update({(shared.metric, criterion): rows[shared.reporter] for criterion in shared.criteria})
    return out


def _unit(rule: Rule) -> str:
    return next((target.unit for target in rule.targets if target.unit), None) or rule.unit or ""


def _bodies(scheme: Scheme) -> dict[str, Body]:
    """The bodies of the register by the id or, where that is not in it, by the only body that bears the name."""
    wanted = {subject.body: subject.name for subject in scheme.subjects}
    out = {body.ident: body for body in Body.objects.filter(ident__in=wanted)}
    bearers: dict[str, set[Body]] = {}
    for name in Name.objects.filter(text__in=set(wanted.values())).select_related("body"):
        bearers.setdefault(name.text, set()).add(name.body)
    for ident, text in wanted.items():
        found = bearers.get(text, set())
        if ident not in out and len(found) == 1:
            out[ident] = next(iter(found))
    return out


def _told(cycle: Cycle, row: SchemeRow) -> dict[str, object]:
    return {
        "scheme": row.code, "version": row.version, "digest": row.digest, "year": cycle.year, "owner": cycle.owner,
        "subjects": cycle.subjects.count(), "metrics": cycle.metrics.count(), "simulated": cycle.is_simulated,
    }  # fmt: skip
