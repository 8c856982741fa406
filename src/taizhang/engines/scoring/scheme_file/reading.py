"""The text of a scheme file to a draft and every problem found on the way. Reads no file itself and needs no source."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from taizhang.engines.scoring.scheme_file.draft import SchemeDraft, SchemeReading, row_numbers
from taizhang.engines.scoring.scheme_file.format import EFFECTS, FORMAT, TOP
from taizhang.engines.scoring.scheme_file.problems import Problems
from taizhang.engines.scoring.scheme_model import Effect
from taizhang.kernel.toml_shape import Table, check_shape
from taizhang.kernel.toml_text import read_toml

_RESULT = ("result_of", "result", "result_name")
_CONDITIONS = ("at", "parts", "sheets", "items", "kinds", "metrics", "says")
_REFERENCES = ("clause", "absence_clause", "leading_group_clause", "office_clause")


def read_scheme(text: str, name: str) -> SchemeReading:
    """Read a scheme file. `name` stands in the problems. Total over str.

    Problems of form are told all at once; those of meaning only where the form is right.
    """
    reading = read_toml(text.removeprefix("\ufeff"))
    problems = Problems(name, reading.lines)
    if reading.values is None:
        facts = {"complaint": reading.complaint}
        problems.add("scheme.file-is-not-toml", "", facts, line=reading.complaint_line)
        return SchemeReading(None, problems.sorted())
    for problem in check_shape(TOP, reading.values):
        problems.add_shape(problem)
    version = reading.values.get("format")
    if isinstance(version, int) and version != FORMAT:
        problems.add("scheme.format-is-unknown", "format", {"value": version, "known": FORMAT})
    if problems.has_errors:
        return SchemeReading(None, problems.sorted())
    draft = SchemeDraft(name, text, reading.values, reading.lines)
    _check_meaning(draft, problems)
    return SchemeReading(None if problems.has_errors else draft, problems.sorted())


def _check_meaning(draft: SchemeDraft, problems: Problems) -> None:
    if not 1 <= draft.year < 9999:
        problems.add("scheme.year-is-out-of-range", "scheme.year", {"value": draft.year})
        return
    for path, table, row in tables_of(draft.values, TOP, ""):
        _check_basis(draft, path, table, row, problems)
        if (rows := row.get("rows")) is not None and row_numbers(rows) is None:
            problems.add("scheme.rows-are-malformed", f"{path}.rows", {"value": rows})
        start, end = row.get("from", _default(path, draft, 0)), row.get("until", _default(path, draft, 1))
        if isinstance(start, date) and isinstance(end, date) and end < start:
            problems.add("scheme.day-is-out-of-order", f"{path}.until", {"start": start, "end": end})
    for name in ("category", "tree", "verifier", "sanction"):
        _unique([(f"{name}[{i}].id", row["id"]) for i, row in enumerate(draft.rows(name))], problems)
    _check_names(draft, problems)
    _check_parts(draft, problems)
    _check_effects(draft, problems)
    _check_results(draft, problems)
    _check_verifiers(draft, problems)


def _default(path: str, draft: SchemeDraft, end: int) -> date | None:
    """The day that counts where an entry gives none: that of the scheme, whose own is that of the year."""
    head = draft.head
    year = (date(draft.year, 1, 1), date(draft.year, 12, 31))[end]
    own = head.get(("from", "until")[end], year)
    return own if path.startswith("assessed") else year if path == "scheme" else None


def tables_of(values: Mapping[str, Any], table: Table, path: str) -> Iterator[tuple[str, Table, Mapping[str, Any]]]:
    """Every table of a file that has the right form, with its path and its format, outermost first."""
    for below in table.tables:
        found = values.get(below.name)
        if found is None:
            continue
        at = f"{path}.{below.name}" if path else below.name
        for i, row in enumerate(found if below.many else [found]):
            here = f"{at}[{i}]" if below.many else at
            yield here, below, row
            yield from tables_of(row, below, here)


def _check_basis(draft: SchemeDraft, path: str, table: Table, row: Mapping[str, Any], problems: Problems) -> None:
    if any(key.name == "interpretation" for key in table.keys) and not ("clause" in row or "interpretation" in row):
        problems.add("scheme.basis-is-missing", path, {})
    references = [(f"{path}.{name}", row[name]) for name in _REFERENCES if name in row]
    if path == "calendar":
        references += [(f"calendar.clauses.{name}", str(value)) for name, value in row.get("clauses", {}).items()]
    for key, value in references:
        if draft.clause_key(value) is None:
            problems.add("scheme.reference-is-malformed", key, {"value": value})


def _unique(rows: list[tuple[str, str]], problems: Problems) -> None:
    seen: dict[str, str] = {}
    for key, value in rows:
        if value in seen:
            problems.add("scheme.repeated-id", key, {"value": value, "line": problems.line(seen[value])})
        seen.setdefault(value, key)


def _check_names(draft: SchemeDraft, problems: Problems) -> None:
    """Every id that is used is defined."""
    trees = [row["id"] for row in draft.rows("tree")]
    parts = [part["id"] for row in draft.rows("tree") for part in row.get("part", ())]
    categories = [row["id"] for row in draft.rows("category")]
    verifiers = [row["id"] for row in draft.rows("verifier")]
    groups = [row["group"] for row in draft.rows("cap")]
    # Table, key, and the ids it may name.
    uses = (
        ("assessed", "tree", trees),
        ("assessed", "category", categories),
        ("reading", "part", parts),
        ("weights", "part", parts),
        ("strategy", "parts", parts),
        ("strategy", "verifier", verifiers),
        ("override", "part", parts),
        ("override", "verifier", verifiers),
        ("fact", "parts", parts),
        ("fact", "verifier", verifiers),
        ("adjustment", "part", parts),
        ("adjustment", "group", groups),
        ("adjustment", "trees", trees),
        ("sanction", "part", parts),
    )
    for table, name, known in uses:
        for i, row in enumerate(draft.rows(table)):
            given = row.get(name, [])
            for value in given if isinstance(given, list) else [given]:
                if value not in known:
                    facts = {"name": name, "value": value, "known": "、".join(known)}
                    problems.add("scheme.reference-is-undefined", f"{table}[{i}].{name}", facts)


def _check_parts(draft: SchemeDraft, problems: Problems) -> None:
    verifiers = [row["id"] for row in draft.rows("verifier")]
    every: list[tuple[str, str]] = []
    for i, tree in enumerate(draft.rows("tree")):
        parts = tree.get("part", ())
        ids = [part["id"] for part in parts]
        parents = {part.get("under") for part in parts}
        for j, part in enumerate(parts):
            at = f"tree[{i}].part[{j}]"
            every.append((f"{at}.id", part["id"]))
            # A part stands under one that comes before it, so that no ring can come about.
            if "under" in part and part["under"] not in ids[:j]:
                facts = {"name": "under", "value": part["under"], "known": "、".join(ids[:j])}
                problems.add("scheme.reference-is-undefined", f"{at}.under", facts)
            if "verifier" in part and part["verifier"] not in verifiers:
                facts = {"name": "verifier", "value": part["verifier"], "known": "、".join(verifiers)}
                problems.add("scheme.reference-is-undefined", f"{at}.verifier", facts)
            if "from" not in part and "use" not in part and part["id"] not in parents:
                problems.add("scheme.leaf-has-no-rule", at, {"value": part["id"]})
            if "use" in part and "verifier" not in part:
                problems.add("scheme.verifier-is-missing", at, {"value": part["id"]})
            if part.get("from") == "table" and not part.get("label"):
                problems.add("scheme.columns-are-missing", at, {"value": part["id"]})
    _unique(every, problems)
    for i, row in enumerate(draft.rows("weights")):
        if row["rule"] in ("groups", "rows", "each") and not row.get("values"):
            problems.add("scheme.weights-have-no-values", f"weights[{i}]", {"rule": row["rule"]})


def _check_results(draft: SchemeDraft, problems: Problems) -> None:
    """A criterion that reads another cycle's result says whose, what of it, and what people call it."""
    rows = [(f"{name}[{i}]", row) for name in ("strategy", "override") for i, row in enumerate(draft.rows(name))]
    rows += [
        (f"tree[{i}].part[{j}]", part) for i, tree in enumerate(draft.rows("tree")) for j, part in enumerate(tree.get("part", ()))
    ]
    for path, row in rows:
        missing = [name for name in _RESULT if name not in row]
        if missing and len(missing) < len(_RESULT):
            problems.add("scheme.result-is-incomplete", path, {"names": "、".join(missing)})
        if row.get("result_of") == draft.id:
            problems.add("scheme.result-is-its-own", f"{path}.result_of", {"value": draft.id})


def _check_verifiers(draft: SchemeDraft, problems: Problems) -> None:
    for i, row in enumerate(draft.rows("verifier")):
        if row.get("deputy") == row["body"]:
            problems.add("scheme.deputy-is-the-body", f"verifier[{i}].deputy", {"value": row["body"]})
    for i, row in enumerate(draft.rows("fact")):
        if not any(name in row for name in _CONDITIONS):
            problems.add("scheme.fact-is-everything", f"fact[{i}]", {})


def _check_effects(draft: SchemeDraft, problems: Problems) -> None:
    grades = [row["name"] for row in draft.rows("grade")]
    for i, row in enumerate(draft.rows("sanction")):
        for effect in row["effects"]:
            if effect not in EFFECTS:
                facts = {"value": effect, "known": "、".join(EFFECTS)}
                problems.add("scheme.effect-is-unknown", f"sanction[{i}].effects", facts)
        if "row" in row and "part" not in row:
            problems.add("scheme.part-is-missing", f"sanction[{i}].row", {"name": "row"})
        if (Effect.NOT_AMONG_FIRST in row["effects"]) != (row.get("first", 0) > 0):
            problems.add("scheme.first-does-not-fit", f"sanction[{i}].first", {"value": row.get("first", "")})
        if "grade" in row and row["grade"] not in grades:
            facts = {"value": row["grade"], "known": "、".join(grades)}
            problems.add("scheme.grade-is-unknown", f"sanction[{i}].grade", facts)
    for i, row in enumerate(draft.rows("adjustment")):
        if "rows" in row and "part" not in row:
            problems.add("scheme.part-is-missing", f"adjustment[{i}].rows", {"name": "rows"})
        if row["sign"] not in (1, -1):
            problems.add("scheme.sign-is-unknown", f"adjustment[{i}].sign", {"value": row["sign"]})
