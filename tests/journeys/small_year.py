"""A site with two small years in a database of its own: 2025 ready to be scored, 2026 just begun, served on a day in
February. `fill` is called in a process of its own, by Django's shell: the database there is not the one of tests.

People and figures are those of the tests, so that a walk starts where it becomes interesting.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from taizhang.apps.assessments.follow_up.rectifying import open_rectification
from taizhang.apps.assessments.models import Cell, Cycle
from taizhang.apps.ledger.chain import seal_pending
from taizhang.cli.demo_accounts import PASSWORD
from taizhang.cli.upgrade import bring_up_to_date
from taizhang.engines.scoring import scheme_from_json, scheme_to_json
from taizhang.engines.scoring.model import Scheme
from tests.apps_fixtures import person
from tests.assessment_fixtures import EDUCATION, small_scheme, year_of
from tests.assessment_results import AFTER, judge_safety, prepare, published_year, report_all, subject_row
from tests.journeys.running_site import ROOT, Site, own_database, serving, surroundings_of

DAY = "2026-02-09"  # a Monday
AFTER_APPEALS = "2026-02-10"  # five working days after February 2 are over
BEGUN = datetime(2026, 1, 20, 1, tzinfo=UTC)
_FILL = "from tests.journeys.small_year import {fill}; {fill}()"
PEOPLE = (
    ("kaohe", "assessment_office", ""), ("fuhe", "assessment_office", ""), ("lingdao", "leading_group", ""), ("fuzhang", "leading_group", ""),
    ("tianbao", "reporter", "finance"), ("qianfa", "signer", "finance"), ("jiaoyu", "reporter", "education"),
    ("juzhang", "signer", "education"), ("heyan", "verifier", "statistics"),
)  # fmt: skip


@contextmanager
def small_year(state: Path, test_database: str = "", *, is_published: bool = False) -> Iterator[Site]:
    """The site with the two years, on SQLite in `state` or on the PostgreSQL that `test_database` names.

    `is_published`: the results of 2025 are out since February 2, a problem is open, and the term of appeal is over.
    """
    with own_database(test_database, "published" if is_published else "year") as database:
        state.mkdir(parents=True, exist_ok=True)
        day, fill_it = (AFTER_APPEALS, "fill_published") if is_published else (DAY, "fill")
        around = {**surroundings_of(state, database), "TAIZHANG_SIMULATED_DAY": day, "PYTHONPATH": str(ROOT)}
        command = _FILL.format(fill=fill_it)
        subprocess.run(
            [sys.executable, "-m", "django", "shell", "--no-imports", "-c", command],
            cwd=ROOT,
            env=around,
            check=True,
            timeout=180,
        )
        with serving(["serve", "--workers", "1", "--port"], state / "site.log", around) as site:
            yield site


def fill() -> None:
    """Migrate, and leave the years with people who can log in."""
    bring_up_to_date()
    ended = _ended()
    prepare(ended)
    _begin()


def fill_published() -> None:
    """The same, with 2025's results published and a problem that nobody has put right."""
    bring_up_to_date()
    ended = _ended()
    run = published_year(ended)
    shown_by = Cell.objects.get(score__run=run, score__subject__ident=EDUCATION, criterion="edu_1")
    facts = {"cycle": ended.pk, "subject": subject_row(ended, EDUCATION).pk, "origin": f"cell:{shown_by.pk}"}
    open_rectification(by=person("kaohe", "assessment_office"), at=AFTER, criterion="edu_1", problem="学位少建320个", **facts)
    _begin()


def _ended() -> Cycle:
    ended: Cycle = year_of(small_scheme())
    report_all(ended)
    judge_safety(ended)
    return ended


def _begin() -> None:
    """2026, and people who can log in."""
    begun: Cycle = year_of(_of_2026(small_scheme()))
    begun.subjects.update(acknowledged_by="qianfa", acknowledged_at=BEGUN)
    Cycle.objects.update(is_simulated=True)
    for username, role, body in PEOPLE:
        user = person(username, role, body=body)
        user.set_password(PASSWORD)
        user.save()
    seal_pending(at=BEGUN)


def _of_2026(scheme: Scheme) -> Scheme:
    """The scheme a year later, with figures due every month."""
    text = json.dumps(scheme_to_json(scheme), ensure_ascii=False)
    for before, after in (("2026", "2027"), ("2025", "2026"), ('"quarterly"', '"monthly"')):
        text = text.replace(before, after)
    return scheme_from_json(json.loads(text))
