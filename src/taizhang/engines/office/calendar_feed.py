"""Due days as an iCalendar feed (RFC 5545): all-day entries, escaped and folded. The same entries give the same bytes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from taizhang.engines.office.characters import printable

_LONGEST_LINE = 75  # octets, without the line's end
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """Something due on a day. `uid` never changes while the entry lives; `changed_at` is when it last did (aware, any zone).

    `address` leads to the page where the work is done. `is_done` and `is_cancelled` are told to the calendar, since an entry that
    merely vanished would stay in some readers.
    """

    uid: str
    title: str
    on: date
    changed_at: datetime
    description: str = ""
    address: str = ""
    is_done: bool = False
    is_cancelled: bool = False


def calendar_feed(entries: Sequence[CalendarEntry], *, name: str = "台账办理期限") -> bytes:
    """The feed. `name` is what a calendar program shows."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Taizhang//Taizhang//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ]
    for entry in entries:
        lines += _entry(entry)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _entry(entry: CalendarEntry) -> list[str]:
    stamp = entry.changed_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    status = "CANCELLED" if entry.is_cancelled else "CONFIRMED"
    title = f"已办：{entry.title}" if entry.is_done else entry.title
    lines = ["BEGIN:VEVENT", f"UID:{_text(entry.uid)}", f"DTSTAMP:{stamp}", f"LAST-MODIFIED:{stamp}"]
    lines.append(f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}")
    lines.append(f"DTEND;VALUE=DATE:{entry.on + timedelta(days=1):%Y%m%d}")  # the first day after it
    lines.append(f"SUMMARY:{_text(title)}")
    if entry.description:
        lines.append(f"DESCRIPTION:{_text(entry.description)}")
    if entry.address:
        lines.append(f"URL:{_address(entry.address)}")
    return [*lines, f"STATUS:{status}", "TRANSP:TRANSPARENT", "END:VEVENT"]


def _text(text: str) -> str:
    """A TEXT value: every kind of line break is one `\\n`, other control characters are shown as damage."""
    return re.sub(r"[\ud800-\udfff]", "\ufffd", printable(re.sub(r"\r\n?|[\x85\u2028\u2029]", "\n", text))).translate(_ESCAPES)


def _address(address: str) -> str:
    """A URI value: it has no escapes of its own, so what could end the line is left out."""
    return re.sub(r"[\x00-\x20\x7f\x85\u2028\u2029\ud800-\udfff]", "", address)


def _folded(line: str) -> bytes:
    """The line with CRLF, cut between characters so that no piece is longer than 75 octets."""
    out, piece = bytearray(), 0
    for character in line:
        octets = character.encode()
        if piece + len(octets) > _LONGEST_LINE:
            out += b"\r\n "
            piece = 1
        out += octets
        piece += len(octets)
    return bytes(out + b"\r\n")
