"""TOML text to values, and the line each key stands on, which the parser of the standard library does not tell."""

import tomllib
from decimal import Decimal
from typing import Any, NamedTuple

from taizhang.kernel.patterns import regex

_HEADER = regex(r"\s*(?P<open>\[\[?)\s*(?P<path>[A-Za-z0-9_\-.\"' ]+?)\s*\]")
_KEY = regex(r"\s*(?P<key>[A-Za-z0-9_\-]+|\"[^\"]*\"|'[^']*')\s*=")
_PLACE = regex(r"\(at (?:line (?P<line>\d+)(?:, column \d+)?|end of document)\)")
_STRINGS = regex(r'"""|\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#.*')


class TomlReading(NamedTuple):
    """The values, None where the text is no TOML; the line of each key path; and the parser's complaint with its line."""

    values: dict[str, Any] | None
    lines: dict[str, int]
    complaint: str | None
    complaint_line: int | None


def read_toml(text: str) -> TomlReading:
    """Total over str: text that is no TOML gives a complaint, never an exception. Numbers with a point are Decimal.

    >>> reading = read_toml('format = 1\\n[[area]]\\nid = "a"\\n[[area]]\\nid = "b"\\n')
    >>> reading.lines["area[1].id"], reading.values
    (5, {'format': 1, 'area': [{'id': 'a'}, {'id': 'b'}]})
    >>> read_toml("a = ")[3]
    1
    """
    lines = _lines(text)
    try:
        return TomlReading(tomllib.loads(text, parse_float=Decimal), lines, None, None)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = _PLACE.search(str(error))
        line = int(place["line"]) if place and place["line"] else text.count("\n") + (not text.endswith("\n"))
        complaint = _PLACE.sub("", str(error)).strip() or type(error).__name__
        return TomlReading(None, lines, complaint, max(line, 1))


def line_of(lines: dict[str, int], path: str) -> int | None:
    """The line of a key path, else of the nearest table around it."""
    while path:
        for known in (path, f"{path}[0]"):
            if known in lines:
                return lines[known]
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return None


def _lines(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    prefix = ""
    inside = ""  # the mark that ends the string of several lines we are in
    depth = 0
    for number, line in enumerate(text.splitlines(), 1):
        if not inside and depth == 0:
            if header := _HEADER.match(line):
                prefix = _prefix(header["path"], header["open"] == "[[", counts)
                found.setdefault(prefix, number)
                continue
            if key := _KEY.match(line):
                name = key["key"].strip("\"'")
                found.setdefault(f"{prefix}.{name}" if prefix else name, number)
        inside, depth = _after(line, inside, depth)
    return found


def _prefix(path: str, many: bool, counts: dict[str, int]) -> str:
    """The path of a table with indexes: `body.names` under the second body is `body[1].names[0]`."""
    parts = [part.strip().strip("\"'") for part in path.split(".")]
    at = ""
    for i, part in enumerate(parts):
        at = f"{at}.{part}" if at else part
        if many and i == len(parts) - 1:
            counts[at] = counts.get(at, -1) + 1
        if at in counts:
            at = f"{at}[{counts[at]}]"
    return at


def _after(line: str, inside: str, depth: int) -> tuple[str, int]:
    """The string we are inside of, and the bracket depth, after a line."""
    rest = line
    while True:
        if inside:
            end = rest.find(inside)
            if end < 0:
                return inside, depth
            rest = rest[end + 3 :]
            inside = ""
        match = next((m for m in _STRINGS.finditer(rest) if m[0] in ('"""', "'''")), None)
        plain = _STRINGS.sub("", rest[: match.start()] if match else rest)
        depth = max(depth + plain.count("[") - plain.count("]"), 0)
        if match is None:
            return "", depth
        inside, rest = match[0], rest[match.end() :]
