"""Terms in working days, against calendars counted by hand from the printed notices."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.backends.holidays import working_calendar
from taizhang.engines.deadlines import (
    DayRole,
    DaysToCountAreNegativeError,
    EndLiesBeforeStartError,
    WorkingCalendar,
    count_working_days,
    due_day,
)

DAYS = st.dates(date(2005, 1, 1), date(2026, 6, 30))


def told(start: date, n: int) -> list[tuple[int, int, str, int | None, str]]:
    return [(d.on.month, d.on.day, d.role.value, d.ordinal, d.name) for d in due_day(start, n, working_calendar()).days]


def test_ten_days_from_the_end_of_april_2017_pass_over_labour_day_day_by_day() -> None:
    # 国办发明电〔2016〕17号: 4月29日至5月1日放假. Counted with a pencil.
    assert told(date(2017, 4, 26), 10) == [
        (4, 26, "start", None, ""),
        (4, 27, "counted", 1, ""),
        (4, 28, "counted", 2, ""),
        (4, 29, "weekend", None, ""),
        (4, 30, "weekend", None, ""),
        (5, 1, "holiday", None, "劳动节"),
        (5, 2, "counted", 3, ""),
        (5, 3, "counted", 4, ""),
        (5, 4, "counted", 5, ""),
        (5, 5, "counted", 6, ""),
        (5, 6, "weekend", None, ""),
        (5, 7, "weekend", None, ""),
        (5, 8, "counted", 7, ""),
        (5, 9, "counted", 8, ""),
        (5, 10, "counted", 9, ""),
        (5, 11, "counted", 10, ""),
    ]


def test_the_saturday_before_the_dragon_boat_festival_of_2017_counts() -> None:
    # 5月27日（星期六）上班, 28日至30日放假
    assert told(date(2017, 5, 26), 2) == [
        (5, 26, "start", None, ""),
        (5, 27, "worked_in_lieu", 1, "端午"),
        (5, 28, "holiday", None, "端午"),
        (5, 29, "holiday", None, "端午"),
        (5, 30, "holiday", None, "端午"),
        (5, 31, "counted", 2, ""),
    ]


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        # 国办发明电〔2024〕12号: 10月1日至8日放假, 9月28日、10月11日上班
        (date(2025, 9, 26), 1, date(2025, 9, 28)),
        (date(2025, 9, 30), 1, date(2025, 10, 9)),
        (date(2025, 9, 30), 3, date(2025, 10, 11)),
        (date(2025, 9, 30), 4, date(2025, 10, 13)),
        (date(2025, 9, 30), 10, date(2025, 10, 21)),
        (date(2025, 10, 3), 1, date(2025, 10, 9)),  # begins on a holiday
        (date(2025, 10, 31), 5, date(2025, 11, 7)),
        (date(2017, 5, 1), 20, date(2017, 5, 27)),
        (date(2025, 10, 9), 0, date(2025, 10, 9)),
    ],
)
def test_a_term_ends_on_the_day_counted_by_hand(start: date, n: int, due: date) -> None:
    clock = due_day(start, n, working_calendar())
    assert (clock.due, clock.binds_on) == (due, due)


def test_october_2025_has_eighteen_working_days() -> None:
    assert count_working_days(date(2025, 9, 30), date(2025, 10, 31), working_calendar()).working_days == 18
    assert count_working_days(date(2017, 4, 30), date(2017, 5, 31), working_calendar()).working_days == 21


def test_a_year_without_a_notice_is_provisional_and_never_binds() -> None:
    clock = due_day(date(2027, 9, 28), 5, working_calendar())
    assert clock.is_provisional
    assert clock.binds_on is None
    assert clock.due == date(2027, 10, 5)  # weekends alone are known, and said to be all that is known
    assert not any(day.is_settled for day in clock.days[1:])
    assert count_working_days(date(2026, 11, 2), date(2027, 1, 8), working_calendar()).is_provisional


def test_the_last_week_of_a_year_waits_for_the_next_notice() -> None:
    # the notice of 2019 made 29 December 2018 a working day and the 31st a holiday
    only_2018 = WorkingCalendar({}, {}, frozenset({2018}))
    assert due_day(date(2018, 12, 19), 3, only_2018).binds_on == date(2018, 12, 24)
    assert due_day(date(2018, 12, 19), 5, only_2018).binds_on is None
    assert due_day(date(2018, 12, 28), 1, working_calendar()).binds_on == date(2018, 12, 29)


def test_the_data_know_every_year_from_2004_and_no_notice_twice() -> None:
    calendar = working_calendar()
    assert set(range(2004, 2027)) <= calendar.years
    assert not set(calendar.holidays) & set(calendar.worked)
    assert all(day.weekday() >= 5 for day in calendar.worked)
    assert all(name.strip() for name in (*calendar.holidays.values(), *calendar.worked.values()))


@given(DAYS, st.integers(0, 60))
def test_counting_up_to_the_due_day_gives_the_term_back(start: date, n: int) -> None:
    calendar = working_calendar()
    clock = due_day(start, n, calendar)
    assert count_working_days(start, clock.due, calendar).working_days == n
    assert n == 0 or calendar.is_working(clock.due)
    assert [day.on for day in clock.days] == [start + timedelta(days=step) for step in range((clock.due - start).days + 1)]
    assert [day.ordinal for day in clock.days if day.ordinal] == list(range(1, n + 1))


@given(DAYS, st.integers(0, 30), st.integers(1, 10))
def test_more_days_end_later(start: date, n: int, more: int) -> None:
    assert due_day(start, n + more, working_calendar()).due > due_day(start, n, working_calendar()).due


def test_a_negative_term_and_an_end_before_the_start_are_refused_with_their_values() -> None:
    with pytest.raises(DaysToCountAreNegativeError, match="-1个工作日"):
        due_day(date(2025, 1, 2), -1, working_calendar())
    with pytest.raises(EndLiesBeforeStartError, match="2025-01-01早于起算日2025-01-02"):
        count_working_days(date(2025, 1, 2), date(2025, 1, 1), working_calendar())


def test_a_day_off_that_is_worked_has_both_its_role_and_its_holiday() -> None:
    assert working_calendar().role(date(2025, 10, 11)) == (DayRole.WORKED_IN_LIEU, "国庆节")
    assert working_calendar().role(date(2025, 10, 6)) == (DayRole.HOLIDAY, "中秋")
