"""Which addresses the site leads to: found by following links from the first page, and told apart by their names in the URL configuration."""

import re
from dataclasses import dataclass, field
from html import unescape
from urllib.error import HTTPError
from urllib.parse import parse_qsl, quote, urldefrag, urljoin, urlsplit
from urllib.request import ProxyHandler, Request, build_opener

from django.urls import Resolver404, resolve

MOST_OF_A_KIND = 3
_LINK = re.compile(r'(?:href|action)="([^"]*)"')
_GET_FORM = re.compile(r"<form(?![^>]*method=\"post\")[^>]*>", re.I)
_OPENER = build_opener(ProxyHandler({}))


@dataclass(slots=True)
class Addresses:
    """Pages by their names, other files by theirs, and links that lead nowhere."""

    pages: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, list[str]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def examples(self, name: str) -> list[str]:
        """A few pages of that name, of different shape where there are some."""
        return self.pages.get(name, [])


def follow(start: str, begin_at: tuple[str, ...] = ("/",)) -> Addresses:
    """Walk the site from `begin_at`, at most a few pages of each kind. English twins are left out: they are the same pages."""
    found = Addresses()
    waiting = [(path, "") for path in begin_at]
    known: set[str] = set(begin_at)
    counts: dict[tuple[str, frozenset[str]], int] = {}
    while waiting:
        path, linked_from = waiting.pop(0)
        kind = (name_of(path), frozenset(key for key, value in parse_qsl(urlsplit(path).query) if value))
        if counts.get(kind, 0) >= MOST_OF_A_KIND:
            continue
        counts[kind] = counts.get(kind, 0) + 1
        status, media, text = _get(start + path)
        if status != 200:
            found.broken.append(f"{path}: {status}, linked from {linked_from}")
        elif media != "text/html":
            found.files.setdefault(kind[0], []).append(path)
        else:
            found.pages.setdefault(kind[0], []).append(path)
            for link in _links(start, path, text):
                if link not in known:
                    known.add(link)
                    waiting.append((link, path))
    return found


def name_of(path: str) -> str:
    """portal:home and the like; the address itself where the configuration does not know it."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return path


def _links(start: str, path: str, text: str) -> list[str]:
    forms = set(_GET_FORM.findall(text))
    out = []
    for match in _LINK.finditer(text):
        if match[0].startswith("action") and not any(match[0] in form for form in forms):
            continue
        address = urljoin(start + path, quote(unescape(urldefrag(match[1])[0]), safe="/:?&=%#+,;~!*'()@"))
        rest = address.removeprefix(start)
        if rest != address and rest.startswith("/") and not rest.startswith(("/en/", "/static/", "/desk/", "/preference/")):
            out.append(rest)
    return out


def _get(address: str) -> tuple[int, str, str]:
    try:
        with _OPENER.open(Request(address), timeout=60) as answer:
            media = answer.headers.get_content_type()
            return answer.status, media, answer.read().decode("utf-8") if media == "text/html" else ""
    except HTTPError as refused:
        with refused:
            return refused.code, "", ""
