"""Atom (RFC 4287): entries to a feed in order, with links to itself, its page and the next stretch."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
_INVALID = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry. `ident` is an IRI that never changes; `url` is the page to read; `categories` are (term, label)."""

    ident: str
    title: str
    url: str
    published: datetime
    updated: datetime
    author: str
    summary: str
    categories: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed. `updated` None: the day of its newest entry, or of nothing at all."""

    ident: str
    title: str
    subtitle: str
    url: str
    page: str
    author: str
    next: str | None = None


def atom(feed: Feed, entries: Iterable[Entry]) -> str:
    """The XML text. Characters that XML cannot hold come out as U+FFFD."""
    listed = list(entries)
    updated = max((entry.updated for entry in listed), default=datetime(1970, 1, 1, tzinfo=UTC))
    following = f'<link rel="next" href={_value(feed.next)}/>\n' if feed.next else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">\n'
        f"<id>{_text(feed.ident)}</id>\n<title>{_text(feed.title)}</title>\n<subtitle>{_text(feed.subtitle)}</subtitle>\n"
        f"<updated>{_instant(updated)}</updated>\n<author><name>{_text(feed.author)}</name></author>\n"
        f'<link rel="self" type="application/atom+xml" href={_value(feed.url)}/>\n'
        f'<link rel="alternate" type="text/html" href={_value(feed.page)}/>\n{following}'
        f"<generator>Taizhang</generator>\n{''.join(map(_entry, listed))}</feed>\n"
    )


def _entry(entry: Entry) -> str:
    categories = "".join(f"<category term={_value(term)} label={_value(label)}/>" for term, label in entry.categories)
    return (
        f"<entry><id>{_text(entry.ident)}</id><title>{_text(entry.title)}</title>"
        f'<link rel="alternate" type="text/html" href={_value(entry.url)}/>'
        f"<published>{_instant(entry.published)}</published><updated>{_instant(entry.updated)}</updated>"
        f"<author><name>{_text(entry.author)}</name></author>{categories}<summary>{_text(entry.summary)}</summary></entry>\n"
    )


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(text: str) -> str:
    return escape(_INVALID.sub("\ufffd", text))


def _value(text: str) -> str:
    return quoteattr(_INVALID.sub("\ufffd", text))
