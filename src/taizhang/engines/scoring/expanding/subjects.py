"""Who is assessed: the dated list of a scheme to subjects, each in its ranking category and by its tree."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from taizhang.engines.scoring.expanding.context import Context
from taizhang.engines.scoring.model import Category, Subject
from taizhang.engines.scoring.source import SourceSheet
from taizhang.kernel.citation import Citation
from taizhang.kernel.period import Period


class Chosen(NamedTuple):
    """A body an entry selects, with the sheet it is assessed by, if any."""

    body: str
    name: str
    citation: Citation | None
    sheet: SourceSheet | None


def categories(context: Context) -> tuple[Category, ...]:
    """The ranking categories; the basis of each is looked up, so that a missing one is told."""
    rows = context.draft.rows("category")
    for i, row in enumerate(rows):
        context.basis(f"category[{i}]", row)
    return tuple(Category(row["id"], row["name"], row["ranked"]) for row in rows)


def sheets_of(context: Context) -> tuple[SourceSheet, ...]:
    """The sheets of the scheme's document."""
    return tuple(sheet for sheet in context.source.sheets if sheet.document.split("!")[0] == context.draft.document)


def subjects(context: Context) -> tuple[tuple[Subject, SourceSheet | None], ...]:
    """Every subject, with its sheet where it has one, in the order of the file and of the source."""
    made: list[tuple[Subject, SourceSheet | None]] = []
    periods: dict[str, list[Period]] = {}
    for i, row in enumerate(context.draft.rows("assessed")):
        path = f"assessed[{i}]"
        basis = context.basis(path, row)
        period = Period(row.get("from", context.draft.period.start), row.get("until", context.draft.period.end))
        chosen = [one for one in _chosen(context, path, row) if one.body not in row.get("except", ())]
        if not chosen:
            context.once("scheme.nobody-is-assessed", path, {})
        for one in chosen:
            category = row.get("category") or _category(context, path, one)
            if category is None:
                continue
            if any(_overlap(period, other) for other in periods.setdefault(one.body, [])):
                context.once("scheme.subject-is-repeated", f"{path}#{one.body}", {"name": one.name})
                continue
            periods[one.body].append(period)
            tree = one.sheet.eid if one.sheet else row["tree"]
            made.append((Subject(one.body, one.name, category, tree, period, one.citation or basis.citation), one.sheet))
    return tuple(made)


def _chosen(context: Context, path: str, row: Mapping[str, Any]) -> Iterator[Chosen]:
    match row["who"]:
        case "sheets":
            yield from _by_sheets(context, path, row)
        case "names":
            yield from _by_names(context, path, row)
        case "bodies":
            for ident in row.get("bodies", ()):
                if (body := context.bodies.get(ident)) is None:
                    context.once("scheme.body-is-unknown", f"{path}.bodies#{ident}", {"value": ident})
                else:
                    yield Chosen(body.id, body.name, None, None)
        case _:
            kinds = row.get("kinds", ())
            yield from (Chosen(body.id, body.name, None, None) for body in context.source.bodies if body.kind in kinds)


def _by_sheets(context: Context, path: str, row: Mapping[str, Any]) -> Iterator[Chosen]:
    sheets = sheets_of(context)
    if not sheets:
        context.once("scheme.sheets-are-missing", path, {"value": context.draft.document})
    each = any(tree["id"] == row["tree"] and "each" in tree for tree in context.draft.rows("tree"))
    for sheet in sheets:
        if sheet.kind != row.get("sheets", sheet.kind) or (sheet.kind == "city" and "sheets" not in row):
            continue
        if not sheet.body:
            context.once("scheme.body-is-unknown", f"{path}#{sheet.eid}", {"value": sheet.unit})
            continue
        yield Chosen(sheet.body, sheet.unit, sheet.citation, sheet if each else None)


def _by_names(context: Context, path: str, row: Mapping[str, Any]) -> Iterator[Chosen]:
    annex = row.get("annex")
    rolls = [
        roll
        for roll in context.source.rolls
        if roll.document.split("!")[0] == context.draft.document and annex in (None, roll.annex)
    ]
    if not rolls:
        facts = {"document": context.draft.document, "annex": annex or ""}
        context.once("scheme.roll-is-missing", path, facts)
        return
    for name in rolls[0].names:
        if not name.body:
            context.once("scheme.body-is-unknown", f"{path}#{name.name}", {"value": name.name})
            continue
        yield Chosen(name.body, name.name, name.citation, None)


def _category(context: Context, path: str, one: Chosen) -> str | None:
    body = context.bodies.get(one.body)
    kind = body.kind if body else ""
    rows = context.draft.rows("category")
    # A body named goes before its kind.
    for row in rows:
        if one.body in row.get("bodies", ()):
            return str(row["id"])
    for row in rows:
        if kind in row.get("kinds", ()):
            return str(row["id"])
    context.once("scheme.category-is-unknown", f"{path}#{one.body}", {"name": one.name, "kind": kind})
    return None


def _overlap(a: Period, b: Period) -> bool:
    starts = [day for day in (a.start, b.start) if day]
    ends = [day for day in (a.end, b.end) if day]
    return not starts or not ends or max(starts) <= min(ends)
