"""The process beside the web server goes on reading issues whatever becomes of its daily chores."""

import logging
from collections.abc import Callable

import pytest
from django.db import OperationalError

from taizhang.cli import background


@pytest.mark.parametrize(
    ("chore", "act"),
    [
        (background.release, "taizhang.apps.assessments.scores.releasing.release_if_due"),
        (background.remind, "taizhang.apps.assessments.waiting.reminding.remind_if_due"),
    ],
)
def test_a_chore_that_fails_is_told_in_the_log_and_ends_nothing(
    chore: Callable[[], None], act: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def locked(at: object) -> int:
        raise OperationalError("database is locked: 张三")

    monkeypatch.setattr(act, locked)
    with caplog.at_level(logging.ERROR):
        chore()
    assert "OperationalError" in caplog.text
    assert "张三" not in caplog.text
