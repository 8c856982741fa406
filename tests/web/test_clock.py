"""The demo's pages and acts stand on the day it plays; everywhere else the clock is the machine's."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from pytest_django import Settings

from taizhang.apps.assessments.models import Cycle
from taizhang.cli.main import main
from taizhang.cli.site import now as now_of_commands
from taizhang.web import clock
from tests.apps.assessments.reporting_steps import signed_for
from tests.assessment_fixtures import EDUCATION, reporter_of


def test_the_clock_is_the_machines_where_nothing_is_simulated(settings: Settings) -> None:
    settings.SIMULATED_DAY = None
    assert abs(clock.now() - timezone.now()) < timedelta(seconds=5)
    assert abs(now_of_commands() - timezone.now()) < timedelta(seconds=5)


def test_a_simulated_day_is_today_for_pages_and_commands(settings: Settings) -> None:
    settings.SIMULATED_DAY = date(2025, 9, 30)
    assert clock.today() == date(2025, 9, 30)
    assert timezone.localdate(now_of_commands()) == date(2025, 9, 30)


def test_reminders_go_by_the_day_that_is_played(
    settings: Settings, open_cycle: Cycle, capsys: pytest.CaptureFixture[str]
) -> None:
    signed_for(open_cycle)
    user = reporter_of(EDUCATION)
    user.email = "tianbao@example.org"
    user.save()
    settings.SIMULATED_DAY = date(2025, 4, 14)
    assert main(["remind"]) == 0
    assert "发出 1 封" in capsys.readouterr().out
    assert main(["remind"]) == 0
    assert "发出 0 封" in capsys.readouterr().out
    assert len(mail.outbox) == 1
