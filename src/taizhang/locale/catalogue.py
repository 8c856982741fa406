"""Keeps the English catalogue in step with the code: collects what is to be translated, compiles what is.

    python src/taizhang/locale/catalogue.py            collect, update taizhang.po, compile taizhang.mo, list what lacks English
    python src/taizhang/locale/catalogue.py --compile  compile taizhang.mo, which is not committed; ./dev does it
    python src/taizhang/locale/catalogue.py --check    say what is out of date and change nothing; exit code 1 if anything is

What is collected: README.md beside this file.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from re import compile as regex
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
PACKAGE = HERE.parent
LANGUAGE = "en"
PO = HERE / LANGUAGE / "LC_MESSAGES" / "taizhang.po"
MO = PO.with_suffix(".mo")

_FIXED = datetime(2025, 1, 1, tzinfo=UTC)  # a date that moved would change the file each time
_HAN = regex(r"[\u4e00-\u9fff]")
_ALIKE = regex(r"[：，。、；（）“”…]")
# Function or method → which argument is said to people.
_CALLS = {"Message": (0, "template"), "tr": (0, "chinese"), "translate": (0, "chinese"), "Parameter": (2, "meaning")}
_RULE_WORDS = ("title", "why")


@dataclass(frozen=True)
class Words:
    """A text to translate and where it stands."""

    text: str
    file: str
    line: int


@dataclass(frozen=True)
class Unread:
    """A place whose text could not be read from the code, so that it would never be translated."""

    file: str
    line: int


def collected(package: Path = PACKAGE) -> tuple[list[Words], list[Unread]]:
    """Everything to translate in the package, in order of file and line; and the places that could not be read."""
    words: list[Words] = []
    unread: list[Unread] = []
    for path in sorted(package.rglob("*.py")):
        if path.parent == HERE:
            continue
        name = path.relative_to(package.parent).as_posix()
        reader = _Reader(name, ast.parse(path.read_text("utf-8")), is_door="/cli/" in name)
        words.extend(reader.words())
        unread.extend(reader.unread)
    return words, unread


class _Reader:
    def __init__(self, file: str, module: ast.Module, *, is_door: bool) -> None:
        self.file = file
        self.module = module
        self.is_door = is_door
        self.unread: list[Unread] = []
        self.constants = dict(_constants(module))

    def words(self) -> Iterator[Words]:
        """Every text, once a line."""
        found: dict[tuple[str, int], None] = {}
        for node in ast.walk(self.module):
            for text, line in self._of(node):
                found[text, line] = None
        if self.is_door:
            for text, line in _spoken(self.module):
                found[text, line] = None
        yield from (Words(text, self.file, line) for text, line in sorted(found, key=lambda f: f[1]))

    def _of(self, node: ast.AST) -> Iterator[tuple[str, int]]:
        if isinstance(node, ast.ClassDef):
            yield from _template(node)
        if not isinstance(node, ast.Call):
            return
        name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
        if name == "rule":
            for keyword in node.keywords:
                if keyword.arg in _RULE_WORDS:
                    yield from self._texts(keyword.value, node.lineno)
        elif name in _CALLS:
            index, word = _CALLS[name]
            value = node.args[index] if len(node.args) > index else next((k.value for k in node.keywords if k.arg == word), None)
            if value is not None:
                yield from self._texts(value, node.lineno)

    def _texts(self, value: ast.expr, line: int) -> Iterator[tuple[str, int]]:
        texts = _strings(value, self.constants)
        if texts is None:
            # A door passes on what was collected where it was written: tr(error.template).
            if not isinstance(value, ast.Attribute | ast.Call | ast.Name | ast.Subscript):
                self.unread.append(Unread(self.file, line))
            return
        for text in texts:
            if _HAN.search(text) or _ALIKE.search(text):
                yield text, line


def _strings(value: ast.expr, constants: dict[str, list[str]]) -> list[str] | None:
    """The texts an expression may give; None where that cannot be told."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return [value.value]
    if isinstance(value, ast.Name):
        return constants.get(value.id)
    if isinstance(value, ast.IfExp):
        first, second = _strings(value.body, constants), _strings(value.orelse, constants)
        return None if first is None or second is None else first + second
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        left, right = _strings(value.left, constants), _strings(value.right, constants)
        return None if left is None or right is None else [a + b for a in left for b in right]
    if isinstance(value, ast.Subscript):
        return _strings(value.value, constants) if isinstance(value.value, ast.Name) else None
    return None


def _constants(module: ast.Module) -> Iterator[tuple[str, list[str]]]:
    """Texts and tables of texts that a module gives a name: `X = "…"`, `X = {…: "…"}`, `X = ("…", "…")`."""
    for node in ast.walk(module):
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target if isinstance(node, ast.AnnAssign) else None
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        if not isinstance(target, ast.Name) or value is None:
            continue
        members = [value]
        if isinstance(value, ast.Dict):
            members = list(value.values)
        elif isinstance(value, ast.Tuple | ast.List):
            members = list(value.elts)
        found = [_strings(m, {}) for m in members]
        if found and all(f is not None for f in found):
            yield target.id, [text for texts in found if texts for text in texts]


def _template(node: ast.ClassDef) -> Iterator[tuple[str, int]]:
    for statement in node.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id="template")], value=ast.Constant(value=str(text))):
                yield text, statement.lineno
            case ast.AnnAssign(target=ast.Name(id="template"), value=ast.Constant(value=str(text))):
                yield text, statement.lineno


def _spoken(module: ast.Module) -> Iterator[tuple[str, int]]:
    """In the command's own modules every Chinese text is for people, docstrings and pieces of f-strings apart."""
    silent: set[int] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.JoinedStr):
            silent.update(id(n) for n in ast.walk(node) if isinstance(n, ast.Constant))
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            silent.add(id(body[0].value))
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent and _HAN.search(node.value):
            yield node.value, node.lineno


# --- catalogue ----------------------------------------------------------------------------------------------------------


def read_catalogue(path: Path = PO) -> Catalog:
    """The catalogue as committed; an empty one where there is none."""
    if not path.exists():
        return Catalog(locale=LANGUAGE, project="taizhang")
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def updated(catalogue: Catalog, words: list[Words]) -> Catalog:
    """A catalogue of exactly `words`, with the translations `catalogue` has for them."""
    fresh = Catalog(
        locale=LANGUAGE,
        project="taizhang",
        version="1",
        header_comment="# English translation of Taizhang.",
        charset="utf-8",
        fuzzy=False,
    )
    fresh.creation_date = fresh.revision_date = _FIXED
    places: dict[str, list[tuple[str, int]]] = {}
    for each in words:
        places.setdefault(each.text, []).append((each.file, 0))
    for text in sorted(places, key=lambda t: (places[t][0][0], t)):
        known = catalogue.get(text)
        files = list(dict.fromkeys(places[text]))
        fresh.add(text, str(known.string) if known and known.string else "", locations=files)
    return fresh


def untranslated(catalogue: Catalog) -> list[str]:
    """Texts without English."""
    return [str(message.id) for message in catalogue if message.id and not message.string]


def mistranslated(catalogue: Catalog) -> list[str]:
    """Texts whose English names a fact that the Chinese does not give."""
    return [str(m.id) for m in catalogue if m.id and m.string and not set(facts(str(m.string))) <= set(facts(str(m.id)))]


def facts(text: str) -> list[str]:
    """Names in braces."""
    try:
        return sorted({name for _, name, _, _ in Formatter().parse(text) if name})
    except ValueError:
        return []


def compiled(catalogue: Catalog) -> bytes:
    """The .mo file; the same catalogue gives the same bytes."""
    held = BytesIO()
    write_mo(held, catalogue)
    return held.getvalue()


def printed(catalogue: Catalog) -> bytes:
    """The .po file; places by file only, since line numbers would change it with every edit."""
    held = BytesIO()
    write_po(held, catalogue, width=120, include_lineno=False, sort_by_file=False)
    return held.getvalue()


def problems() -> list[str]:
    """What is out of date, in English for developers; empty where all is well."""
    words, unread = collected()
    fresh = updated(read_catalogue(), words)
    found = [f"{u.file}:{u.line}: the text is not a plain string, so that it cannot be translated" for u in unread]
    found += [f"no English for: {text}" for text in untranslated(fresh)]
    found += [f"the English names facts the Chinese has not: {text}" for text in mistranslated(fresh)]
    if PO.read_bytes() != printed(fresh):
        found.append("taizhang.po is not what the code says; run python src/taizhang/locale/catalogue.py")
    return found


def main(arguments: list[str]) -> int:
    """Update, compile or check; the exit code."""
    if "--compile" in arguments:
        new = MO.with_suffix(".new")
        new.write_bytes(compiled(read_catalogue()))
        new.replace(MO)  # whole or not at all, if this is interrupted
        return 0
    if "--check" not in arguments:
        words, _ = collected()
        PO.parent.mkdir(parents=True, exist_ok=True)
        PO.write_bytes(printed(updated(read_catalogue(), words)))
        MO.write_bytes(compiled(read_catalogue()))
    found = problems()
    sys.stdout.write("".join(f"{line}\n" for line in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
