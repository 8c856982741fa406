"""Calendar feeds, read back by an independent reader of RFC 5545."""

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from taizhang.engines.office.calendar_feed import CalendarEntry, calendar_feed

CHANGED = datetime(2025, 10, 9, 9, 30, tzinfo=timezone(timedelta(hours=8)))


def entry(**facts: object) -> CalendarEntry:
    given_facts = {"uid": "report-12@崤陵", "title": "填报9月进展", "on": date(2025, 10, 17), "changed_at": CHANGED}
    return CalendarEntry(**(given_facts | facts))  # type: ignore[arg-type]


def read(*entries: CalendarEntry) -> list[dict[str, object]]:
    calendar = Calendar.from_ical(calendar_feed(entries))
    return [
        {
            "uid": str(event["uid"]),
            "title": str(event["summary"]),
            "start": event.decoded("dtstart"),
            "end": event.decoded("dtend"),
            "description": str(event.get("description", "")),
            "url": str(event.get("url", "")),
            "status": str(event["status"]),
            "stamp": event.decoded("dtstamp"),
        }
        for event in calendar.walk("VEVENT")
    ]


def test_a_due_day_is_an_entry_of_one_whole_day() -> None:
    assert read(entry(description="第1步，共3步", address="https://tz.example/desk/report/12/")) == [
        {
            "uid": "report-12@崤陵",
            "title": "填报9月进展",
            "start": date(2025, 10, 17),
            "end": date(2025, 10, 18),
            "description": "第1步，共3步",
            "url": "https://tz.example/desk/report/12/",
            "status": "CONFIRMED",
            "stamp": datetime(2025, 10, 9, 1, 30, tzinfo=UTC),
        }
    ]


def test_work_that_is_done_or_gone_says_so() -> None:
    done, gone = read(entry(is_done=True), entry(uid="2", is_cancelled=True))
    assert done["title"] == "已办：填报9月进展"
    assert gone["status"] == "CANCELLED"


def test_lines_are_folded_between_characters_within_75_octets() -> None:
    data = calendar_feed([entry(title="人力资源和社会保障" * 30)])
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is cut
    assert read(entry(title="人力资源和社会保障" * 30))[0]["title"] == "人力资源和社会保障" * 30


def test_a_line_of_exactly_75_octets_is_not_folded() -> None:
    lines = calendar_feed([entry(title="a" * (75 - len("SUMMARY:")))]).split(b"\r\n")
    assert b"SUMMARY:" + b"a" * 67 in lines


def test_a_title_cannot_break_out_of_its_line() -> None:
    title, address = "甲\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:乙;,\\n", "https://tz.example/\r\nATTACH:file:///etc/passwd"
    (only,) = read(entry(title=title, address=address))
    assert only["title"] == title.replace("\r\n", "\n")
    assert only["url"] == "https://tz.example/ATTACH:file:///etc/passwd"
    assert b"\nATTACH" not in calendar_feed([entry(address=address)])


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_every_text_is_read_back_as_it_was(text: str) -> None:
    (only,) = read(entry(title=text, description=text))
    kept = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    assert (only["title"], only["description"]) == (kept, kept)


def test_no_entries_make_an_empty_feed_that_still_has_a_name() -> None:
    calendar = Calendar.from_ical(calendar_feed([], name="市财政局"))
    assert str(calendar["x-wr-calname"]) == "市财政局"
    assert not calendar.walk("VEVENT")
