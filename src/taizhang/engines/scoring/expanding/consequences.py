"""What stands beside the tree: adjustments with their caps, sanctions in order, grade bands, who verifies, the calendar."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from taizhang.engines.scoring.expanding.context import Basis, Context, is_printed, number_of, word_of
from taizhang.engines.scoring.expanding.sheets import deduction_amount
from taizhang.engines.scoring.expanding.tables import Tables, points_of
from taizhang.engines.scoring.model import Adjustment, Calendar, Effect, Grade, Sanction, Verifier
from taizhang.engines.scoring.scheme_file import row_numbers
from taizhang.engines.scoring.source import SourceSheet
from taizhang.kernel.citation import Citation

_WORKING_DAYS = (
    "report_working_days",
    "verify_working_days",
    "appeal_working_days",
    "decide_working_days",
    "rectify_working_days",
)
_NUMBERS = (*_WORKING_DAYS, "notice_days")
_NUMERALS = "零一二三四五六七八九十"


def adjustments(context: Context, tables: Tables) -> tuple[Adjustment, ...]:
    """The kinds of bonus and deduction of the file: one a clause, or one a row of a table."""
    parts = {part["id"]: (tree["id"], part) for tree in context.draft.rows("tree") for part in tree.get("part", ())}
    made: list[Adjustment] = []
    for i, row in enumerate(context.draft.rows("adjustment")):
        path = f"adjustment[{i}]"
        basis = context.basis(path, row)
        if "rows" not in row:
            label = row.get("name") or (basis.citation.quote if basis.citation else row.get("id", ""))
            made.append(_adjustment(context, path, row, basis, row.get("id", path), label, context.figure(path, row, "each")))
            continue
        tree, part = parts[row["part"]]
        for number in row_numbers(row["rows"]) or ():
            found = tables.row(f"{path}.rows", row["part"], number)
            if found is None:
                continue
            column = part.get("points")
            each = points_of(found.cells[column - 1]) if column else None
            each = context.figure(path, row, "each") if each is None else each
            own = Basis(found.citation, basis.interpretations)
            ident = f"{tree}/{found.citation.eid}"
            trees = row.get("trees") or [tree]
            made.append(_adjustment(context, path, {**row, "trees": trees}, own, ident, tables.label(part, found), each))
    return tuple(made)


def _adjustment(
    context: Context, path: str, row: Mapping[str, Any], basis: Basis, ident: str, label: str, each: Decimal | None
) -> Adjustment:
    if each is None:
        each = number_of(context.choice(path, row))
    return Adjustment(
        id=ident,
        label=label,
        sign=row["sign"],
        each=each,
        cap=context.figure(path, row, "cap"),
        group=row.get("group", ""),
        trees=tuple(row.get("trees", ())),
        citation=basis.citation,
        interpretations=basis.interpretations,
    )


def sheet_deductions(context: Context, sheets: tuple[SourceSheet, ...], taken: set[str]) -> tuple[Adjustment, ...]:
    """Each duty of a group that only deducts, for the body whose sheet it stands in; those that a sanction took are left out."""
    each, cap, basis = deduction_amount(context)
    groups = [(sheet, group) for sheet in sheets for group in sheet.groups if group.is_deduction]
    if groups and "deductions" not in context.draft.values:
        context.once("scheme.basis-is-missing", "deductions", {})
    return tuple(
        Adjustment(item.eid, item.text, -1, each, cap, "", (sheet.eid,), item.citation, basis.interpretations)
        for sheet, group in groups
        for item in group.items
        if item.eid not in taken
    )


def group_caps(context: Context) -> dict[str, Decimal]:
    """The most that a group of adjustments can add or take."""
    caps: dict[str, Decimal] = {}
    for i, row in enumerate(context.draft.rows("cap")):
        figure = context.figure(f"cap[{i}]", row, "points")
        if figure is not None:
            caps[row["group"]] = figure
    return caps


def total_cap(context: Context) -> Decimal | None:
    """What the total can't exceed; None where nothing says so, or where the interpretation answers otherwise than `when`."""
    row = context.draft.values.get("total")
    if row is None:
        return None
    cap = context.figure("total", row, "cap")
    return cap if "when" not in row or word_of(context.choice("total", row)) == row["when"] else None


def sanctions(context: Context, tables: Tables, sheets: tuple[SourceSheet, ...]) -> tuple[tuple[Sanction, ...], set[str]]:
    """Overriding consequences in the order of the file, and the ids of the duties of sheets that became one."""
    duties = {item.eid: item for sheet in sheets for group in sheet.groups for item in group.items}
    made: list[Sanction] = []
    taken: set[str] = set()
    for i, row in enumerate(context.draft.rows("sanction")):
        path = f"sanction[{i}]"
        basis = context.basis(path, row)
        effects, grade = _effects(context, path, row)
        citations: list[tuple[str, Citation | None]] = []
        if "row" in row:
            found = tables.row(f"{path}.row", row.get("part", ""), row["row"])
            citations.append((row["id"], found.citation if found else None))
        for eid in row.get("at", ()):
            if eid not in duties:
                context.once("scheme.criterion-is-unknown", f"{path}.at", {"value": eid})
                continue
            taken.add(eid)
            citations.append((f"{row['id']}/{eid}", duties[eid].citation))
        for ident, citation in citations or [(row["id"], basis.citation)]:
            cited = citation or basis.citation
            label = row.get("name") or (cited.quote if cited else row["id"])
            first = _first(context, f"{path}.first", row, cited, basis)
            made.append(Sanction(ident, label, effects, grade, cited, basis.interpretations, first))
    return tuple(made), taken


def _first(context: Context, key: str, row: Mapping[str, Any], cited: Citation | None, basis: Basis) -> int | None:
    """How many of the first places are closed: printed in the sentence (前三名, 前3名), or an interpretation's answer."""
    first: int | None = row.get("first")
    if first is not None and not basis.interpretations:
        numeral = _NUMERALS[first] if first < len(_NUMERALS) else ""
        if cited is None or not (is_printed(Decimal(first), cited.quote) or (numeral and f"前{numeral}" in cited.quote)):
            context.once("scheme.figure-is-not-in-clause", key, {"value": first})
    return first


def _effects(context: Context, path: str, row: Mapping[str, Any]) -> tuple[tuple[Effect, ...], str | None]:
    """The effects in the order the interpretation chose, where its answer is one of their orders: `zero_total, grade`."""
    effects = [Effect(word) for word in row["effects"]]
    answer = word_of(context.choice(path, row))
    if answer:
        words = [word.strip() for word in answer.split(",")]
        chosen = [Effect(word) for word in words if word in row["effects"]]
        if len(chosen) == len(words):
            effects = chosen
    return tuple(effects), row.get("grade")


def grades(context: Context) -> tuple[tuple[Grade, ...], str]:
    """Grade bands from the best down, as printed, and how gaps between them are read: `lower_grade` puts 89.5 into the band that
    ends at 89, `rounded` rounds the score to a whole first. Grading applies it."""
    row = context.draft.values.get("grading")
    reading = word_of(context.choice("grading", row)) if row else None
    if row:
        context.basis("grading", row)
    made: list[Grade] = []
    for i, band in enumerate(context.draft.rows("grade")):
        path = f"grade[{i}]"
        low = Decimal(band["low"])
        if low:
            context.figure(path, band, "low")
        basis = context.basis(path, band)
        made.append(Grade(band["name"], low, basis.citation.quote if basis.citation else "", basis.citation))
    return tuple(sorted(made, key=lambda grade: -grade.low)), reading or "lower_grade"


def verifiers(context: Context) -> tuple[Verifier, ...]:
    """Who confirms each kind of fact."""
    made: list[Verifier] = []
    for i, row in enumerate(context.draft.rows("verifier")):
        path = f"verifier[{i}]"
        basis = context.basis(path, row)
        for name in ("body", "deputy"):
            if name in row and row[name] not in context.bodies:
                context.once("scheme.body-is-unknown", f"{path}.{name}", {"value": row[name]})
        made.append(Verifier(row["id"], row["name"], row["body"], row.get("deputy"), basis.citation, basis.interpretations))
    return tuple(made)


def calendar(context: Context) -> Calendar:
    """The calendar. A span of days whose interpretation answers with a number takes that number; one switched off is None."""
    row = context.draft.values["calendar"]
    clauses = {name: context.clause(f"calendar.clauses.{name}", str(value)) for name, value in row.get("clauses", {}).items()}
    interpretations: dict[str, str] = {}
    numbers: dict[str, int | None] = {name: row.get(name) for name in _NUMBERS}
    for name, ident in row.get("interpretations", {}).items():
        choice = context.named_choice(f"calendar.interpretations.{name}", str(ident))
        interpretations[name] = str(ident)
        if choice is not None and name in numbers and name not in row:
            given = number_of(choice)
            numbers[name] = int(given) if given is not None else None
    return Calendar(
        frequency=row["frequency"],
        report_working_days=numbers["report_working_days"] or 0,
        verify_working_days=numbers["verify_working_days"] or 0,
        adjust_until=_day(row, "adjust_until"),
        published_by=_day(row, "published_by"),
        appeal_working_days=numbers["appeal_working_days"],
        decide_working_days=numbers["decide_working_days"],
        notices=row.get("notices", "none"),
        notice_days=numbers["notice_days"],
        rectify_working_days=numbers["rectify_working_days"],
        citations={name: citation for name, citation in clauses.items() if citation is not None},
        interpretations=interpretations,
    )


def _day(row: Mapping[str, Any], name: str) -> date | None:
    found = row.get(name)
    return found if isinstance(found, date) else None
