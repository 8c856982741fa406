"""Keeps the English of the pages in step with templates and views.

    python src/taizhang/web/locale/catalogue.py            collect, update django.po, compile django.mo, list what lacks English
    python src/taizhang/web/locale/catalogue.py --compile  compile django.mo, which is not committed; ./dev does it
    python src/taizhang/web/locale/catalogue.py --check    change nothing; exit code 1 if anything is out of date or lacks English

The source text is Chinese: a page without a translation stays readable, in Chinese.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
WEB = HERE.parent
PO = HERE / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
_FIXED = datetime(2025, 1, 1, tzinfo=UTC)  # a date that moved would change the file each time
# The desk is Chinese only: it has no address under /en/.
_IGNORED = (
    "desk/**",
    "templates/desk/**",
    "templates/account/**",
    "templates/mfa/**",
    "templates/allauth/**",
    "templates/macros/desk**",
    "templates/macros/fields**",
)
_METHODS = [*((pattern, "ignore") for pattern in _IGNORED), ("templates/**.html", "jinja2"), ("**.py", "python")]
_KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2)}

Key = str | tuple[str, ...]


def collected() -> Iterator[tuple[Key, str]]:
    """Every text to translate and the file it stands in."""
    found = extract_from_dir(WEB, _METHODS, {}, _KEYWORDS, directory_filter=lambda path: Path(path).name != "locale")
    for file, _line, message, _comments, _context in found:
        yield (tuple(message) if isinstance(message, tuple) else message), file


def updated() -> Catalog:
    """The catalogue as it should be: texts of today, English kept."""
    known = read_po(BytesIO(PO.read_bytes()), locale="en") if PO.exists() else Catalog(locale="en")
    fresh = Catalog(
        locale="en", domain="django", project="taizhang", version="1", creation_date=_FIXED, revision_date=_FIXED, fuzzy=False
    )
    fresh.header_comment = "# English of the pages. The source text is Chinese."
    for message, file in sorted(collected(), key=lambda pair: (pair[1], str(pair[0]))):
        old = known.get(message[0] if isinstance(message, tuple) else message)
        fresh.add(message, old.string if old else None, locations=[(file, 0)])
    return fresh


def written(catalogue: Catalog) -> bytes:
    """The text of the .po file."""
    out = BytesIO()
    write_po(out, catalogue, width=120, sort_by_file=True, include_lineno=False)
    return out.getvalue()


def lacking(catalogue: Catalog) -> list[str]:
    """Texts without English."""
    return [str(m.id) for m in catalogue if m.id and not all(m.string if isinstance(m.string, tuple | list) else [m.string])]


def compile_catalogue() -> None:
    """Write django.mo."""
    with MO.open("wb") as out:
        write_mo(out, read_po(BytesIO(PO.read_bytes()), locale="en"))


def main(arguments: list[str]) -> int:
    """See the module's text."""
    if arguments == ["--compile"]:
        compile_catalogue()
        return 0
    catalogue = updated()
    text, without = written(catalogue), lacking(catalogue)
    if arguments == ["--check"]:
        stale = not PO.exists() or PO.read_bytes() != text
        sys.stdout.write("".join(f"no English: {each}\n" for each in without) + ("django.po is out of date\n" if stale else ""))
        return 1 if stale or without else 0
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(text)
    compile_catalogue()
    sys.stdout.write("".join(f"no English: {each}\n" for each in without))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
