"""The demo's year: schemes approved, cycles opened, and the year reported, signed and verified by its people up to a day.

Every step goes through the operations that everybody uses, on the day on which it would have been taken. What stands already is
left alone, so that a run that was killed goes on where it stopped, and a second run changes nothing.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from taizhang.cli import demo_accounts
from taizhang.cli.language import tr
from taizhang.cli.simulated_figures import dice, draw
from taizhang.cli.site import console, now, user_named

if TYPE_CHECKING:
    from taizhang.apps.accounts.models import User
    from taizhang.apps.assessments.models import Cycle, Subject
    from taizhang.engines.scoring.model import Scheme
    from taizhang.kernel.period import Period

_MORNING = time(1, 30, tzinfo=UTC)
_ACCOUNTS_MADE = date(2025, 1, 6)
_PROPOSED, _APPROVED, _OPENED = timedelta(days=6), timedelta(days=8), timedelta(days=9)
_ADOPTED_IN = (4, 1)
_SPRING, _AUTUMN, _SUMMER = (4, 14), (9, 30), (6, 30)
_RETURNED = ("education", 2)  # whose figure of which period stands returned at the end of September
_REASON = "与主管部门台账不一致，请核对后重报"


def at(day: date, minutes: int = 0) -> datetime:
    """An instant on the morning of a day."""
    return datetime.combine(day, _MORNING) + timedelta(minutes=minutes)


def adoption_day(year: int) -> date:
    """When the issue of a simulated year was adopted."""
    return date(year, *_ADOPTED_IN)


def first_year(pack: str) -> int:
    """The first year that a yearly scheme of a pack assesses; that of the specimen where there is none."""
    heads = [_head(text) for _, text in scheme_files(pack)]
    return min((int(head["year"]) for head in heads if "from" not in head), default=_ACCOUNTS_MADE.year)


def last_day(pack: str, stand: str) -> date:
    """The day a demo stands at: `spring` the year has just begun, `autumn` its third quarter is over, `closed` all is decided."""
    year = first_year(pack)
    return {"spring": date(year, *_SPRING), "autumn": date(year, *_AUTUMN), "closed": date(year + 1, *_SUMMER)}[stand]


def play(pack: str, until: date | None) -> list[str]:
    """Approve and open every scheme of a pack; play the year until a day, if there is one. What was done, in lines to tell."""
    from taizhang.apps.assessments.states import is_running as is_open
    from taizhang.backends.pack_files import open_pack
    from taizhang.cli.demo_office import open_tiers, score, work

    place = open_pack(pack).place.name
    told = []
    for name, text in scheme_files(pack):
        cycle, line = _open(name, text, adoption_day(first_year(pack)) if until is not None else None)
        told.append(line)
        if cycle is not None and until is not None:
            told.append(_Year(cycle, until).play())
            told.append(work(cycle, until, place))
            told += [_Year(tier, until).play() for tier in open_tiers(cycle, until)]
            if cycle.subjects.filter(reports__isnull=False).exists() and is_open(cycle) and until <= (cycle_end(cycle) or until):
                score(cycle, until)
    return told


def cycle_end(cycle: "Cycle") -> date | None:
    """The last day that a cycle assesses."""
    from taizhang.apps.assessments.schemes.stored import scheme_of

    end: date | None = scheme_of(cycle.scheme).period.end
    return end


def scheme_files(pack: str) -> Iterator[tuple[str, str]]:
    """Names and texts of the schemes of a pack, in order of name."""
    folder = os.path.join(pack, "schemes")
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
        if name.endswith(".toml"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                yield name, file.read()


def _open(name: str, text: str, adopted: date | None) -> tuple["Cycle | None", str]:
    """The cycle of a scheme, opened in the days after the issue was adopted; now, where nothing is simulated."""
    from taizhang.apps.assessments.cycle_errors import SchemeHasProblemsError, SchemeSourceIsMissingError
    from taizhang.apps.assessments.models import Cycle, Scheme
    from taizhang.apps.assessments.schemes.adopting import approve_scheme, propose_scheme
    from taizhang.apps.assessments.year.opening import Plan, open_cycle
    from taizhang.apps.organisations.models import Body

    head = _head(text)
    code = str(head.get("id", ""))
    cycle = Cycle.objects.select_related("scheme").filter(scheme__code=code, parent=None).first()
    if cycle is not None:
        return cycle, tr("{name}：已经开始").format(name=name)
    office, group = user_named(demo_accounts.OFFICE), user_named(demo_accounts.LEADING_GROUP)
    row = Scheme.objects.filter(code=code, state__in=("proposed", "approved")).order_by("-pk").first()
    try:
        row = row or propose_scheme(by=office, at=_moment(adopted, _PROPOSED), text=text, name=name)
    except (SchemeSourceIsMissingError, SchemeHasProblemsError) as refused:
        return None, str(refused)
    if row.state == "proposed":
        row = approve_scheme(by=group, at=_moment(adopted, _APPROVED), scheme=row.pk)
    owner = Body.objects.filter(kind="government").order_by("pk").values_list("ident", flat=True).first()
    facts = {"scheme": row.pk, "owner": owner or "city-government", "plan": Plan(is_simulated=adopted is not None)}
    cycle = open_cycle(by=office, at=_moment(adopted, _OPENED), **facts)
    counts = {"name": name, "subjects": cycle.subjects.count(), "metrics": cycle.metrics.count()}
    return cycle, tr("{name}：{subjects} 个单位，{metrics} 项指标，已开始").format(**counts)


def _head(text: str) -> dict[str, Any]:
    import tomllib

    head: dict[str, Any] = tomllib.loads(text).get("scheme", {})
    return head


def _moment(adopted: date | None, after: timedelta) -> datetime:
    return now() if adopted is None else at(adopted + after)


@dataclass(slots=True)
class _Counts:
    """What was done in a run."""

    reported: int = 0
    signed: int = 0
    verified: int = 0
    returned: int = 0


class _Year:
    """A cycle being played until a day."""

    def __init__(self, cycle: "Cycle", until: date) -> None:
        from taizhang.apps.assessments.schemes.stored import scheme_of

        self.cycle = cycle
        self.scheme: Scheme = scheme_of(cycle.scheme)
        self.until = until
        self.subjects: list[Subject] = list(cycle.subjects.select_related("taken_over_by").order_by("pk"))
        self.counts = _Counts()
        self.people = People(cycle, self.subjects)

    def play(self) -> str:
        """Sheets signed for, then period after period; what was done."""
        for subject in self.subjects:
            self._acknowledge(subject)
        for index, period in enumerate(self._periods(), 1):
            for subject in self.subjects:
                self._report(subject, period)
            self._verify(index, period)
            self._redo_returned(period)
        counts = self.counts
        name = self.scheme.title if self.cycle.parent_id is None else f"{self.scheme.title}（{self.cycle.owner}）"
        facts = {"name": name, "reported": counts.reported, "verified": counts.verified, "returned": counts.returned}
        return tr("{name}：模拟填报 {reported} 项，核验 {verified} 项，退回 {returned} 项").format(**facts)

    def _periods(self) -> "list[Period]":
        from taizhang.apps.assessments.year.periods import periods_of

        return [period for period in periods_of(self.scheme) if period.end is not None and period.end <= self.until]

    def _acknowledge(self, subject: "Subject") -> None:
        from taizhang.apps.assessments.reports.reporting import acknowledge

        if not subject.acknowledged_by and subject.tree:
            day = self.cycle.opened_at.date() + timedelta(days=1)
            by = self.people.of("signer", subject.ident)
            acknowledge(by=by, at=at(day), for_body=subject.ident, subject=subject.pk)
            subject.acknowledged_by = by.ident

    def _days(self, subject: "Subject", period: "Period") -> tuple[date, date] | None:
        """On which days a body reports and signs for a period; None where it does not by the end of the play."""
        from taizhang.apps.assessments.year.periods import report_clock

        assert period.end is not None, "periods of a scheme have an end"
        due = report_clock(self.scheme, period.end).due
        luck = dice(self.scheme.id, subject.ident, period.end)
        first = max(period.end + timedelta(days=1), self.cycle.opened_at.date() + timedelta(days=4))
        room = max((due - first).days, 1)
        day = first + timedelta(days=luck.randrange(room))
        fate = luck.random()
        if period.end == self._end():
            pass  # at the end of the year everybody is in time
        elif fate < 0.04:
            day = max(due, first) + timedelta(days=luck.randrange(3, 9))  # late
        elif fate < 0.08:
            day = period.end + timedelta(days=100)  # reminded long after
        return (day, day + timedelta(days=1)) if day + timedelta(days=1) <= self.until else None

    def _report(self, subject: "Subject", period: "Period") -> None:
        from taizhang.apps.assessments.models import Report
        from taizhang.apps.assessments.reports.reporting import save_reports
        from taizhang.apps.assessments.reports.signing import sign_period
        from taizhang.apps.assessments.year.owing import owed_by, periods_for

        days = self._days(subject, period)
        if days is None or period not in periods_for(self.scheme, subject):
            return
        standing = Report.objects.filter(subject=subject, period_end=period.end).exclude(state="superseded")
        states = set(standing.values_list("state", flat=True))
        owed = owed_by(subject, self.scheme)
        if not owed or (states and states != {"draft"}):
            return
        facts: dict[str, Any] = {"for_body": subject.ident, "subject": subject.pk, "period_end": period.end}
        if not states:
            answers = [self._answer(subject, each, period, days[0]) for each in owed.values()]
            saved = save_reports(by=self.people.of("reporter", subject.ident), at=at(days[0]), answers=answers, **facts)
            self.counts.reported += len(saved.reports)
            self._prove(subject, saved.reports[0], days[0])
        signed = sign_period(by=self.people.of("signer", subject.ident), at=at(days[1]), **facts)
        self.counts.signed += len(signed)

    def _answer(self, subject: "Subject", owed: Any, period: "Period", day: date) -> Any:
        from taizhang.apps.assessments.reports.answering import Answer, impossible, stages_to_report
        from taizhang.apps.assessments.reports.queries import adds_up

        assert period.end is not None, "periods of a scheme have an end"
        share = Decimal((period.end - self._start()).days + 1) / Decimal((self._end() - self._start()).days + 1)
        drawn = draw(owed.rule, subject.ident, period.end, share, stages_to_report(owed.rule), adds_up=adds_up(owed.rule))
        metric = owed.metric
        if drawn.stage:
            return Answer(metric.key, "stage", stage=drawn.stage, remark="模拟数据")
        if drawn.value is not None and not impossible(drawn.value, metric.unit, metric.label):
            return Answer(metric.key, "value", drawn.value, remark="模拟数据")
        expected = day + timedelta(days=60)
        return Answer(metric.key, "not_yet", reason=drawn.missing or "数据待核实", expected_on=expected, remark="模拟数据")

    def _start(self) -> date:
        return self.scheme.period.start or date(self.scheme.year, 1, 1)

    def _end(self) -> date:
        return self.scheme.period.end or date(self.scheme.year, 12, 31)

    def _prove(self, subject: "Subject", report: Any, day: date) -> None:
        """A file behind the first figure of every sheet."""
        from taizhang.apps.assessments.reports.evidence import Upload, attach_evidence

        figure = report.value or report.stage or "暂无"
        words = ("模拟数据", subject.name, report.metric.label, f"截至{report.period_end}：{figure}")
        upload = Upload(f"{report.period_end}进展台账.txt", "\n".join(words).encode(), "第4行")
        by = self.people.of("reporter", subject.ident)
        attach_evidence(by=by, at=at(day, 5), for_body=subject.ident, report=report.pk, upload=upload)

    def _verify(self, index: int, period: "Period") -> None:
        """Each verifying body takes up what was signed, a body at a time, within its days."""
        from taizhang.apps.assessments.models import Report
        from taizhang.apps.assessments.year.owing import verifier_of

        rows = Report.objects.filter(subject__cycle=self.cycle, period_end=period.end, state="signed")
        groups: dict[tuple[str, int], list[Any]] = {}
        for row in rows.select_related("metric", "subject__taken_over_by").order_by("pk"):
            groups.setdefault((verifier_of(row.metric, row.subject, row.period_end), row.subject_id), []).append(row)
        for (body, _), group in groups.items():
            self._decide(body, group, index, period)

    def _decide(self, body: str, group: list[Any], index: int, period: "Period") -> None:
        from taizhang.apps.assessments.models import Report
        from taizhang.apps.assessments.reports.verifying import Verdict, return_reports, verify_reports

        luck = dice(self.scheme.id, body, group[0].subject.ident, period.end)
        day = group[0].signed_at.date() + timedelta(days=luck.randrange(1, 7))
        if luck.random() < 0.03 and period.end != self._end():
            day += timedelta(days=100)  # a pile that nobody has taken up yet
        if day > self.until:
            return
        by = self.people.of("verifier", body)
        subject = group[0].subject
        is_shown = (subject.ident, index) == _RETURNED and self.scheme.id.startswith("targets")
        was_returned = Report.objects.filter(subject=subject, period_end=period.end).exclude(returned_by="").exists()
        wrong = group[:1] if (is_shown or luck.random() < 0.05) and not was_returned else []
        right = [row for row in group if row not in wrong]
        if right:
            verify_reports(by=by, at=at(day), for_body=body, verdicts=[Verdict(row.pk, row.version) for row in right])
        self.counts.verified += len(right)
        if wrong:
            verdicts = [Verdict(row.pk, row.version, _REASON) for row in wrong]
            return_reports(by=by, at=at(day, 10), for_body=body, verdicts=verdicts)
            self.counts.returned += 1

    def _redo_returned(self, period: "Period") -> None:
        """Returned figures are looked up again, signed and confirmed; the one that the demo shows waits until the autumn."""
        from taizhang.apps.assessments.models import Report

        rows = Report.objects.filter(subject__cycle=self.cycle, period_end=period.end, state="returned")
        for back in rows.select_related("metric", "subject__taken_over_by").order_by("pk"):
            day = back.returned_at.date() + timedelta(days=4)
            if back.subject.ident == _RETURNED[0]:
                day = max(day, date(self.cycle.opened_at.year, 10, 9))
            if day + timedelta(days=3) <= self.until:
                self._redo(back, day)

    def _redo(self, back: Any, day: date) -> None:
        from taizhang.apps.assessments.reports.answering import Answer
        from taizhang.apps.assessments.reports.reporting import save_reports
        from taizhang.apps.assessments.reports.signing import sign_period
        from taizhang.apps.assessments.reports.verifying import Verdict, verify_reports
        from taizhang.apps.assessments.year.owing import verifier_of

        subject = back.subject
        facts: dict[str, Any] = {"for_body": subject.ident, "subject": subject.pk, "period_end": back.period_end}
        answer = Answer(
            metric=back.metric.key, answer=back.answer, value=back.value, stage=back.stage, reason=back.reason,
            expected_on=max(back.expected_on, day) if back.expected_on else None, clause=back.clause,
            remark="模拟数据，已核对", version=back.version,
        )  # fmt: skip
        save_reports(by=self.people.of("reporter", subject.ident), at=at(day), answers=[answer], **facts)
        signed = sign_period(by=self.people.of("signer", subject.ident), at=at(day + timedelta(days=1)), **facts)
        body = verifier_of(back.metric, subject, back.period_end)
        verdicts = [Verdict(row.pk, row.version) for row in signed]
        verify_reports(by=self.people.of("verifier", body), at=at(day + timedelta(days=3)), for_body=body, verdicts=verdicts)
        self.counts.verified += len(signed)


class People:
    """Who acts for a body: its own account where the demo has one, else a stand-in that nobody can log in with."""

    def __init__(self, cycle: "Cycle", subjects: "list[Subject]") -> None:
        bodies = {subject.ident for subject in subjects}
        metrics = cycle.metrics.values_list("verifier_body", "deputy_body").distinct()
        verifying = {body for pair in metrics for body in pair if body}
        self._own = {(m.role, m.body): m.user.username for m in _memberships()}
        for role, needed in (("reporter", bodies), ("signer", bodies), ("verifier", verifying)):
            stand_in(role, {body for body in needed if (role, body) not in self._own})
        self._users: dict[str, User] = {}

    def of(self, role: str, body: str) -> "User":
        """The account that plays a role of a body."""
        username = self._own.get((role, body), demo_accounts.STAND_INS[role])
        if username not in self._users:
            from taizhang.apps.accounts.models import User

            self._users[username] = User.objects.prefetch_related("memberships").get(username=username)
        return self._users[username]


def _memberships() -> Any:
    from taizhang.apps.accounts.models import Membership

    return Membership.objects.filter(user__username__in=demo_accounts.ACCOUNTS).exclude(body="").select_related("user")


def stand_in(role: str, bodies: set[str]) -> "User":
    """The stand-in for a role, made where it is not there; it may act for `bodies` from then on."""
    import secrets

    from taizhang.apps.accounts.models import Membership, User
    from taizhang.apps.accounts.operations import add_user, grant_role

    by, instant = console(), at(_ACCOUNTS_MADE)
    username = demo_accounts.STAND_INS[role]
    user = User.objects.filter(username=username).first()
    if user is None:
        name = demo_accounts.STAND_IN_NAMES[role]
        user = add_user(by=by, at=instant, username=username, password=secrets.token_urlsafe(24), display_name=name)
    known = set(Membership.objects.filter(user=user, role=role).values_list("body", flat=True))
    for body in sorted(bodies - known):
        grant_role(by=by, at=instant, user=user, role=role, body=body)
    found: User = User.objects.prefetch_related("memberships").get(pk=user.pk)
    return found
