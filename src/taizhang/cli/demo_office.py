"""What the assessment office does in the demo's year: names that change, daily records, quarterly notices, provisional scores."""

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from taizhang.cli import demo_accounts
from taizhang.cli.language import tr
from taizhang.cli.simulated_figures import dice
from taizhang.cli.site import user_named

if TYPE_CHECKING:
    from taizhang.apps.assessments.models import Cycle
    from taizhang.engines.scoring.model import Scheme

_NOTICE_AFTER = 25  # days after a quarter, where the scheme names none
_RECORDS = 4


def work(cycle: "Cycle", until: date, place: str) -> str:
    """Play the office's part of a cycle up to a day; what was done, in a line."""
    from taizhang.apps.assessments.schemes.stored import scheme_of

    scheme = scheme_of(cycle.scheme)
    renamed = _rename(cycle, until, place)
    recorded = _record(cycle, scheme, until)
    issued = _notices(cycle, scheme, until)
    facts = {"name": scheme.title, "recorded": recorded, "issued": issued, "renamed": renamed}
    return tr("{name}：日常记录 {recorded} 条，季度通报 {issued} 份，更名 {renamed} 个").format(**facts)


def open_tiers(cycle: "Cycle", until: date) -> "list[Cycle]":
    """A district runs the same scheme on bodies of its own, where one tree of it serves many bodies; the tiers there are."""
    from taizhang.apps.assessments.models import Cycle
    from taizhang.apps.assessments.schemes.stored import scheme_of
    from taizhang.apps.assessments.year.opening import Member, Plan, open_tier
    from taizhang.cli.demo_year import at, stand_in

    scheme = scheme_of(cycle.scheme)
    there = list(Cycle.objects.filter(parent=cycle).select_related("scheme"))
    counted = Counter((subject.tree, subject.category) for subject in scheme.subjects)
    (tree, category), most = counted.most_common(1)[0]
    district = cycle.subjects.filter(body__kind="area").order_by("pk").first()
    day = cycle.opened_at.date() + timedelta(days=12)
    if there or most < 2 or district is None or day > until:
        return there
    members = tuple(
        Member(f"{district.ident}-{ident}", f"{district.name}{name}", category, tree)
        for ident, name in (("education", "教育局"), ("finance", "财政局"), ("health", "卫生健康局"))
    )
    plan = Plan(verifiers={verifier.id: district.ident for verifier in scheme.verifiers}, is_simulated=True)
    facts = {"for_body": district.ident, "cycle": cycle.pk, "members": members, "plan": plan}
    return [open_tier(by=stand_in("tier_office", {district.ident}), at=at(day), **facts)]


def score(cycle: "Cycle", day: date) -> Any:
    """Score a cycle on a day as of that day; the run."""
    from taizhang.apps.assessments.models import Run
    from taizhang.apps.assessments.scores.runs import score_cycle
    from taizhang.cli.demo_year import at

    there = Run.objects.filter(cycle=cycle, as_at=day).order_by("pk").first()
    return there or score_cycle(by=user_named(demo_accounts.OFFICE), at=at(day, 120), cycle=cycle.pk, as_at=day)


def number_of(cycle: "Cycle", scheme: "Scheme", year: int) -> str:
    """The next number of a notice, after the body that set the scheme."""
    from taizhang.apps.assessments.models import Notice

    code = scheme.document.partition("〔")[0]
    taken = set(Notice.objects.filter(cycle__owner=cycle.owner).values_list("number", flat=True))
    serial = 1
    while f"{code}考〔{year}〕{serial}号" in taken:
        serial += 1
    return f"{code}考〔{year}〕{serial}号"


def _rename(cycle: "Cycle", until: date, place: str) -> int:
    """Bodies that the issue says were renamed, where the list of the scheme still has the old name."""
    from taizhang.apps.assessments.year.handover import rename_subject
    from taizhang.apps.organisations.models import Event
    from taizhang.apps.organisations.operations import confirm_event
    from taizhang.cli.demo_year import at

    office = user_named(demo_accounts.OFFICE)
    done = 0
    for event in Event.objects.filter(kind="renamed", on__isnull=False).select_related("body").order_by("pk"):
        before, after = _short(event.before, place), _short(event.after, place)
        subject = cycle.subjects.filter(ident=event.body.ident, name=before).first()
        day = max(event.on, cycle.opened_at.date()) + timedelta(days=5)
        if subject is None or day > until:
            continue
        if not event.confirmed_by:
            confirm_event(by=office, at=at(day), event=event.pk)
        facts = {"subject": subject.pk, "name": after, "on": event.on, "reason": event.cited_document or "机构更名"}
        rename_subject(by=office, at=at(day, 10), **facts)
        done += 1
    return done


def _short(name: str, place: str) -> str:
    """崤陵市数据局 as lists of units have it: 市数据局."""
    return f"{place[-1:]}{name.removeprefix(place)}" if place and name.startswith(place) else name


def _record(cycle: "Cycle", scheme: "Scheme", until: date) -> int:
    """A few bonuses and deductions, each with a file and confirmed by a colleague. Only kinds whose points the scheme sets."""
    from taizhang.apps.assessments.models import DailyRecord
    from taizhang.apps.assessments.reports.attaching import attach_to_record
    from taizhang.apps.assessments.reports.evidence import Upload
    from taizhang.apps.assessments.scores.daily import about, confirm_daily, kinds_of, record_daily
    from taizhang.cli.demo_year import at

    office, colleague = user_named(demo_accounts.OFFICE), user_named(demo_accounts.COLLEAGUE)
    set_points = {kind.id for kind in scheme.adjustments if kind.each is not None}
    subjects = [subject for subject in cycle.subjects.order_by("pk") if subject.tree]
    luck = dice(scheme.id, "daily")
    known = set(DailyRecord.objects.filter(cycle=cycle).values_list("happened_on", flat=True))
    done = 0
    for turn in range(_RECORDS):
        day = cycle.opened_at.date() + timedelta(days=20 + 35 * turn + luck.randrange(10))
        subject = luck.choice(subjects)
        kinds = [kind for kind in kinds_of(scheme, subject) if kind in set_points]
        kind = luck.choice(kinds) if kinds else None
        if kind is None or day + timedelta(days=3) > until or day in known or not _within(scheme, day):
            continue
        facts = {"cycle": cycle.pk, "subject": subject.pk, "source": "spot_check", "kind": kind, "happened_on": day}
        row = record_daily(by=office, at=at(day + timedelta(days=1)), note="模拟数据：随机抽查发现", **facts)
        file = Upload("抽查记录.txt", "模拟数据\n随机抽查记录\n".encode(), "第2行")
        attach_to_record(by=office, at=at(day + timedelta(days=1), 10), about=about(row.pk), upload=file)
        confirm_daily(by=colleague, at=at(day + timedelta(days=3)), record_id=row.pk)
        done += 1
    return done


def _within(scheme: "Scheme", day: date) -> bool:
    return scheme.period.contains(day)


def _notices(cycle: "Cycle", scheme: "Scheme", until: date) -> int:
    """A notice for each quarter that was reported: drafted by the office, signed by the leading group."""
    from taizhang.apps.assessments.models import Notice, Report
    from taizhang.apps.assessments.notices.noticing import draft_notice, issue_notice
    from taizhang.apps.assessments.year.periods import periods_of
    from taizhang.cli.demo_year import at

    if "notices" not in scheme.calendar.citations:
        return 0
    office, group = user_named(demo_accounts.OFFICE), user_named(demo_accounts.LEADING_GROUP)
    done = 0
    for period in periods_of(scheme):
        if period.end is None or period.end == scheme.period.end:
            continue
        day = max(period.end, cycle.opened_at.date()) + timedelta(days=scheme.calendar.notice_days or _NOTICE_AFTER)
        there = Report.objects.filter(subject__cycle=cycle, period_end=period.end, state="verified").exists()
        issued = Notice.objects.filter(cycle=cycle, kind="quarterly", period_end=period.end).first()
        if day > until or not there or (issued is not None and issued.state == "issued"):
            continue
        if issued is None:
            run = score(cycle, day)
            facts = {"run": run.pk, "kind": "quarterly", "period_start": period.start, "period_end": period.end}
            issued = draft_notice(by=office, at=at(day, 180), **facts)
        number = number_of(cycle, scheme, day.year)
        issue_notice(by=group, at=at(day, 240), notice=issued.pk, number=number)
        done += 1
    return done
