"""Fills a database with a year of reports, so that pages of the assessment can be measured at size.

    python -m bench.assessment_load [--units N] [--months N] [--items N]

The database has its tables (the demo's, or an empty one after `taizhang upgrade`). Adds a scheme of invented targets, `units`
bodies in two categories with `items` targets each, a report for each of them and month (most verified, some only signed, some
missing), daily records, a run for every quarter and one for the last month, and a notice. Prints the addresses of the pages that
are measured, one a line. Reports are put in as rows; opening, scoring, recording and drafting go through the operations. Twice is
once.
"""

import argparse
import sys
import time
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from urllib.parse import quote

import django

django.setup()  # rows can be imported from here on

from taizhang.apps.accounts.models import Membership, User  # noqa: E402
from taizhang.apps.assessments.models import Cycle, Evidence, Owing, Report, Subject  # noqa: E402
from taizhang.apps.assessments.models import Scheme as SchemeRow  # noqa: E402
from taizhang.apps.assessments.notices.noticing import draft_notice  # noqa: E402
from taizhang.apps.assessments.scores.daily import confirm_daily, record_daily  # noqa: E402
from taizhang.apps.assessments.scores.runs import score_cycle  # noqa: E402
from taizhang.apps.assessments.year.opening import open_cycle  # noqa: E402
from taizhang.apps.organisations.models import Body, Name  # noqa: E402
from taizhang.engines.scoring import (  # noqa: E402
    Adjustment,
    Calendar,
    Category,
    Criterion,
    Grade,
    Rounding,
    Rule,
    Scheme,
    Target,
    scheme_digest,
    scheme_to_json,
)
from taizhang.engines.scoring import Subject as Assessed  # noqa: E402
from taizhang.kernel.citation import Citation  # noqa: E402
from taizhang.kernel.period import Period  # noqa: E402
from taizhang.kernel.spans import Span  # noqa: E402

YEAR, OWNER, CODE = 2025, "load-government", "load"
PERIOD = Period(date(YEAR, 1, 1), date(YEAR, 12, 31))
OPENED = datetime(YEAR, 1, 10, 1, tzinfo=UTC)
MARK = 800


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is: bodies, months that are reported, targets a body."""

    units: int
    months: int
    items: int


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--units", type=int, default=120)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--items", type=int, default=14)
    asked = parser.parse_args()
    begun = time.perf_counter()
    cycle = build(Size(asked.units, asked.months, asked.items))
    print(f"built in {time.perf_counter() - begun:.1f} s", file=sys.stderr)
    for address in addresses(cycle):
        print(quote(address, safe="/?=&"))
    return 0


def addresses(cycle: Cycle) -> Iterator[str]:
    """Pages that are measured: ranking, board, a unit's page, a certificate, notices and rectifications."""
    ident = Subject.objects.filter(cycle=cycle).values_list("ident", flat=True).order_by("pk")[1]
    yield f"/assessment/{cycle.slug}/"
    yield f"/assessment/{cycle.slug}/board/"
    yield f"/assessment/{cycle.slug}/units/{ident}/"
    yield f"/assessment/{cycle.slug}/notices/"
    yield f"/assessment/{cycle.slug}/rectifications/"


def build(size: Size) -> Cycle:
    """The year, as far as it is not there yet."""
    found: Cycle | None = Cycle.objects.filter(scheme__code=CODE).first()
    if found is not None:
        return found
    office, other = _person("load-office"), _person("load-other")
    scheme = _scheme(size)
    _bodies(scheme)
    row = SchemeRow.objects.create(
        code=scheme.id, version=scheme.version, title=scheme.title, document=scheme.document, year=YEAR, text="",
        content=scheme_to_json(scheme), digest=scheme_digest(scheme), state="approved", proposed_by="load-office",
        proposed_at=OPENED, approved_by="load-other", approved_at=OPENED,
    )  # fmt: skip
    cycle: Cycle = open_cycle(by=office, at=OPENED, scheme=row.pk, owner=OWNER)
    _report(cycle, size)
    _record(cycle, office, other)
    last = None
    for month in (*range(3, size.months, 3), size.months):
        day = _scored_on(month)
        last = score_cycle(by=office, at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC), cycle=cycle.pk, as_at=day)
    if last is not None:
        end = _end(size.months)
        draft_notice(
            by=office, at=datetime(YEAR + 1, 1, 21, 9, tzinfo=UTC), run=last.pk, kind="quarterly",
            period_start=date(YEAR, max(1, size.months - 2), 1), period_end=end,
        )  # fmt: skip
    return cycle


def _person(username: str) -> User:
    user, _ = User.objects.get_or_create(username=username, defaults={"display_name": username})
    Membership.objects.get_or_create(user=user, role="assessment_office", body="")
    return user


def _scheme(size: Size) -> Scheme:
    categories = (Category("departments", "部门"), Category("areas", "县区"))
    subjects, trees = [], {}
    for number in range(size.units):
        ident, name = f"load-{number}", f"第{number + 1}单位"
        trees[ident] = _tree(number, name, size.items)
        subjects.append(Assessed(ident, name, "areas" if number % 15 == 0 else "departments", ident))
    grades = tuple(
        Grade(name, Decimal(low), f"{low}分以上") for name, low in (("优秀", 720), ("良好", 640), ("合格", 480), ("不合格", 0))
    )
    return Scheme(
        id=CODE, version="1", title=f"{YEAR}年量化目标", document="测政〔2025〕1号", year=YEAR, period=PERIOD,
        leading_group="领导小组", office="考核办", categories=categories, subjects=tuple(subjects), trees=trees,
        rounding=Rounding(2), calendar=Calendar("monthly", 5, 3, published_by=date(YEAR + 1, 4, 30), appeal_working_days=5),
        adjustments=(Adjustment("praise", "受表彰", 1, Decimal(5), cap=Decimal(10)),), grades=grades,
    )  # fmt: skip


def _tree(number: int, name: str, items: int) -> Criterion:
    """Two groups; growing figures, one limit, weights that add up to the mark."""
    leaves = []
    each = Decimal(MARK // items)
    for item in range(items):
        weight = each if item else each + MARK - each * items
        words = f"第{item + 1}项完成{(number + 1) * 100 + item}个"
        limit = item == items - 1
        target = Target(
            Decimal((number + 1) * 100 + item), "个", "<=" if limit else ">=", PERIOD, citation=_cited(number, item, words)
        )
        rule = Rule("control" if limit else "proportional", f"load-{number}-{item}", targets=(target,), unit="个")
        leaves.append(
            Criterion(f"unit_{number}__item_{item}", words, weight, _cited(number, item, words), rule=rule, is_rounded=True)
        )  # fmt: skip
    half = max(1, len(leaves) // 2)
    groups = tuple(
        Criterion(
            f"unit_{number}__{code}", label, sum((leaf.weight or Decimal(0) for leaf in part), Decimal(0)), children=tuple(part)
        )
        for code, label, part in (("main", "重点目标", leaves[:half]), ("other", "一般目标", leaves[half:]))
        if part
    )
    return Criterion(f"unit_{number}", name, Decimal(MARK), children=groups)


def _cited(number: int, item: int, words: str) -> Citation:
    return Citation("测政〔2025〕1号", f"unit_{number}__item_{item}", Span(0, len(words)), words)


def _bodies(scheme: Scheme) -> None:
    for subject in scheme.subjects:
        body, is_new = Body.objects.get_or_create(ident=subject.body, defaults={"kind": "department"})
        if is_new:
            Name.objects.create(body=body, text=subject.name, form="full")


def _end(month: int) -> date:
    return date(YEAR, month, monthrange(YEAR, month)[1])


def _scored_on(month: int) -> date:
    return date(YEAR + month // 12, month % 12 + 1, 20)


def _report(cycle: Cycle, size: Size) -> None:
    """Figures that grow with the months; every 29th is only signed, every 41st missing."""
    rows, count = [], 0
    owings = list(Owing.objects.filter(subject__cycle=cycle).values_list("subject_id", "metric_id", "metric__key").order_by("pk"))
    for month in range(1, size.months + 1):
        end = _end(month)
        when = datetime(end.year, end.month, end.day, 9, tzinfo=UTC)
        for subject, metric, key in owings:
            count += 1
            number, item = (int(part) for part in key.split("-")[1:])
            target = Decimal((number + 1) * 100 + item)
            is_missing, is_open = count % 41 == 0, count % 29 == 0
            value = None if is_missing else (target * month * (88 + count % 17) / 1200).quantize(Decimal(1))
            is_verified = not is_missing and not is_open
            rows.append(
                Report(
                    subject_id=subject, metric_id=metric, period_start=PERIOD.start, period_end=end,
                    state="verified" if is_verified else "signed", answer="not_yet" if is_missing else "value", value=value,
                    reason="数据未出" if is_missing else "", reported_by="load-reporter", reported_at=when,
                    signed_by="load-signer", signed_at=when, verified_by="load-verifier" if is_verified else "",
                    verified_at=when if is_verified else None,
                )
            )  # fmt: skip
    Report.objects.bulk_create(rows, batch_size=500)


def _record(cycle: Cycle, office: User, other: User) -> None:
    when = datetime(YEAR, 2, 20, 9, tzinfo=UTC)
    for subject in list(Subject.objects.filter(cycle=cycle).order_by("pk"))[::6]:
        row = record_daily(
            by=office, at=when, cycle=cycle.pk, subject=subject.pk, source="work_record", kind="praise",
            happened_on=date(YEAR, 2, 10), note="受到表彰",
        )  # fmt: skip
        Evidence.objects.create(
            cycle=cycle, about=f"record:{row.pk}", name="决定.pdf", media="application/pdf", size=1, sha256="0" * 64,
            place="第1页", sealed_by="load-office", sealed_at=when,
        )  # fmt: skip
        confirm_daily(by=other, at=when, record_id=row.pk)


if __name__ == "__main__":
    sys.exit(main())
