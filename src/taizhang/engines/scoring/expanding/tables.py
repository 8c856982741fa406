"""A table of indicators to criteria: columns that group, columns that say what, a column of points or weights set apart."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from taizhang.engines.scoring.expanding.context import Context
from taizhang.engines.scoring.expanding.marks import Marks
from taizhang.engines.scoring.expanding.rounding import rounded_item
from taizhang.engines.scoring.expanding.rules import Rules, Thing
from taizhang.engines.scoring.expanding.splitting import plain
from taizhang.engines.scoring.expanding.weights import Weights
from taizhang.engines.scoring.model import Criterion
from taizhang.engines.scoring.scheme_file import row_numbers
from taizhang.engines.scoring.source import SourceMeasure, SourceRow, SourceTable
from taizhang.kernel.patterns import regex

_POINTS = regex(r"[加减+\-－]?\s*([0-9]+(?:\.[0-9]+)?)\s*分?\s*\Z")
_DECLARED = regex(r"[（(]\s*(?:共|计|合计)?\s*([0-9]+(?:\.[0-9]+)?)\s*分\s*[)）]")


def points_of(text: str) -> Decimal | None:
    """The points a cell prints.

    >>> points_of("2"), points_of("减2"), points_of("12.5分"), points_of("见上")
    (Decimal('2'), Decimal('2'), Decimal('12.5'), None)
    """
    found = _POINTS.match(text.strip())
    return Decimal(found[1]) if found else None


def declared_points(label: str) -> Decimal | None:
    """The points a group's label declares.

    >>> declared_points("组织管理(12分)"), declared_points("组织管理")
    (Decimal('12'), None)
    """
    found = _DECLARED.search(label)
    return Decimal(found[1]) if found else None


class Tables:
    """Makes the criteria of tables, and finds rows for adjustments and sanctions."""

    def __init__(self, context: Context, rules: Rules, weights: Weights, marks: Marks) -> None:
        self._context = context
        self._rules = rules
        self._weights = weights
        self._marks = marks
        self._tables: dict[str, SourceTable | None] = {}
        self._used: dict[str, set[int]] = {}
        self._paths: dict[str, str] = {}
        self._put: dict[tuple[str, int], tuple[str, ...]] = {}  # what says that a row is misread
        self._decided: dict[str, tuple[str, ...]] = {}  # what decided the weight of each leaf

    def table(self, path: str, part: Mapping[str, Any]) -> SourceTable | None:
        """The table a part points at, its misread rows put right as the file says."""
        ident = part["id"]
        if ident not in self._tables:
            self._used[ident] = set()
            self._tables[ident] = self._found(path, part)
            self._paths[ident] = path
        return self._tables[ident]

    def row(self, path: str, part: str, number: int) -> SourceRow | None:
        """A row of the table of a part that was built already, for an adjustment or sanction; it counts as used."""
        table = self._tables.get(part)
        if table is None:
            return None
        self._used[part].add(number)
        if not 0 < number <= len(table.rows):
            self._context.once("scheme.row-is-missing", path, {"count": len(table.rows), "value": number})
            return None
        return table.rows[number - 1]

    def label(self, part: Mapping[str, Any], row: SourceRow) -> str:
        """What a row asks for, in its words."""
        own, outer = ([c - 1 for c in part.get(name, ()) if 0 < c <= len(row.cells)] for name in ("label", "groups"))
        words = [row.cells[column] for column in own if row.cells[column]]
        return "：".join(words) or next((row.cells[column] for column in reversed(outer) if row.cells[column]), "")

    def tell_unused(self) -> None:
        """Rows nobody used are a problem: an indicator left out is a score nobody asked for."""
        for part, table in self._tables.items():
            if table is None:
                continue
            unused = [row.number for row in table.rows if row.number not in self._used[part]]
            if unused:
                facts = {"rows": "、".join(map(str, unused))}
                self._context.problems.add("scheme.rows-are-unused", f"{self._paths[part]}.rows", facts)

    def criteria(self, path: str, part: Mapping[str, Any], tree: str) -> tuple[Criterion, ...]:
        """Groups within groups, and a leaf a row."""
        table = self.table(path, part)
        if table is None or not self._has_columns(path, part, table):
            return ()
        rows = self._rows(path, part, table)
        outer = [column - 1 for column in part.get("groups", ())]
        runs = [list(run) for _, run in groupby(rows, key=lambda row: row.cells[outer[0]])] if outer else [rows]
        points, basis = self._points(path, part, rows, [len(run) for run in runs])
        leaves: list[Criterion] = []
        for run in runs:
            own, why = self._settled(table, run, points[len(leaves) : len(leaves) + len(run)], outer)
            decided = (*basis, *why)
            leaves.extend(self._leaf(table, row, weight, part, tree, decided) for row, weight in zip(run, own, strict=True))
        self._check_total(path, part, table, [leaf.weight for leaf in leaves])
        return self._grouped(table, part, list(zip(rows, leaves, strict=True)), outer)

    def _found(self, path: str, part: Mapping[str, Any]) -> SourceTable | None:
        document = self._context.draft.document
        wanted = [
            table
            for table in self._context.source.tables
            if table.document.split("!")[0] == document
            and ("annex" not in part or table.annex == part["annex"])
            and ("box" not in part or table.box == part["box"])
        ]
        if not wanted:
            place = f"附件{part['annex']}" if "annex" in part else f"专栏{part['box']}" if "box" in part else "正文"
            self._context.once("scheme.table-is-missing", path, {"document": document, "place": place})
            return None
        return self._put_right(wanted[0], part["id"])

    def _put_right(self, table: SourceTable, part: str) -> SourceTable:
        rows = list(table.rows)
        for i, fix in enumerate(self._context.draft.rows("reading")):
            if fix["part"] != part:
                continue
            decided = self._context.basis(f"reading[{i}]", fix).interpretations
            if fix.get("skip"):
                self._used[part].update(row_numbers(fix["rows"]) or ())
                continue
            for number in row_numbers(fix["rows"]) or ():
                if not 0 < max(number, fix.get("under", 1)) <= len(rows):
                    self._context.once("scheme.row-is-missing", f"reading[{i}].rows", {"count": len(rows), "value": number})
                    continue
                row = rows[number - 1]
                cells = list(row.cells)
                for _ in range(fix.get("shift", 0)):
                    cells = ["", *cells[:-1]]
                if "under" in fix:
                    cells[0] = rows[fix["under"] - 1].cells[0]
                self._put[part, number] = decided
                rows[number - 1] = SourceRow(number, tuple(cells), row.citation, row.measures)
        return SourceTable(table.document, table.eid, table.annex, table.box, table.columns, tuple(rows), table.citation)

    def _has_columns(self, path: str, part: Mapping[str, Any], table: SourceTable) -> bool:
        count = len(table.columns)
        named = [*part.get("groups", ()), *part["label"], *(part[name] for name in ("points", "value") if name in part)]
        wrong = [column for column in named if not 0 < column <= count]
        for column in wrong:
            self._context.once("scheme.column-is-missing", path, {"count": count, "value": column})
        return not wrong

    def _rows(self, path: str, part: Mapping[str, Any], table: SourceTable) -> list[SourceRow]:
        numbers = row_numbers(part["rows"]) if "rows" in part else range(1, len(table.rows) + 1)
        left_out = set(self._used[part["id"]])
        found = [self.row(f"{path}.rows", part["id"], number) for number in numbers or () if number not in left_out]
        return [row for row in found if row is not None]

    def _points(
        self, path: str, part: Mapping[str, Any], rows: list[SourceRow], sizes: list[int]
    ) -> tuple[tuple[Decimal | None, ...], tuple[str, ...]]:
        if "points" not in part:
            total = Decimal(part["weight"]) if "weight" in part else None
            where = self.label(part, rows[0]) if rows else part["id"]
            weights, basis = self._weights.of(part["id"], "", sizes, total, where)
            return weights, basis.interpretations
        column = part["points"]
        points = []
        for row in rows:
            value = points_of(row.cells[column - 1])
            if value is None:
                facts = {"row": row.number, "column": column, "value": row.cells[column - 1]}
                self._context.once("scheme.points-are-missing", f"{path}.points.{row.number}", facts)
            points.append(value)
        return tuple(points), ()

    def _settled(
        self, table: SourceTable, run: list[SourceRow], own: tuple[Decimal | None, ...], outer: list[int]
    ) -> tuple[tuple[Decimal | None, ...], tuple[str, ...]]:
        """Points of an outer group held to what its label declares."""
        known = [value for value in own if value is not None]
        label = run[0].cells[outer[0]] if outer and run else ""
        declared = declared_points(label)
        if declared is None or len(known) != len(own):
            return own, ()
        return self._marks.settled(_group_id(table, run[0], run[-1], 1), label, declared, known)

    def _check_total(self, path: str, part: Mapping[str, Any], table: SourceTable, weights: Sequence[Decimal | None]) -> None:
        known = [weight for weight in weights if weight is not None]
        if len(known) != len(weights):
            return
        total = sum(known, Decimal(0))
        if "total" in part and (row := self.row(f"{path}.total", part["id"], part["total"])) is not None and "points" in part:
            printed = points_of(row.cells[part["points"] - 1])
            if printed is not None and printed != total:
                facts = {"where": self.label(part, row), "declared": printed, "sum": total}
                self._context.once("scheme.table-does-not-sum", f"{path}.total", facts)
        if "weight" in part and Decimal(part["weight"]) != total:
            facts = {"where": f"附件{table.annex}" if table.annex else table.eid, "declared": part["weight"], "sum": total}
            self._context.once("scheme.table-does-not-sum", f"{path}.weight", facts)

    def _leaf(
        self,
        table: SourceTable,
        row: SourceRow,
        weight: Decimal | None,
        part: Mapping[str, Any],
        tree: str,
        decided: tuple[str, ...],
    ) -> Criterion:
        ident = f"{table.eid}__row_{row.number}"
        measure = self._measure(part, row)
        thing = Thing(
            ident,
            part["id"],
            "row",
            row.citation,
            "",
            measure.measure if measure else None,
            None,
            row.number,
            row.cells,
            text=self.label(part, row),
        )
        rule, interpretations = self._rules.rule(thing, f"{tree}/{ident}")
        self._decided[ident] = decided
        every = tuple(dict.fromkeys((*self._put.get((part["id"], row.number), ()), *decided, *interpretations)))
        made = Criterion(ident, self.label(part, row), weight, row.citation, rule=rule, interpretations=every)
        return rounded_item(self._context, made)

    def _measure(self, part: Mapping[str, Any], row: SourceRow) -> SourceMeasure | None:
        column: int | None = part.get("value")
        if column is None:
            return None
        if column <= len(row.measures) and row.measures[column - 1]:
            return row.measures[column - 1][0]
        facts = {"row": row.number, "column": column, "value": row.cells[column - 1]}
        self._context.once("scheme.value-is-missing", f"value.{part['id']}.{row.number}", facts)
        return None

    def _grouped(
        self,
        table: SourceTable,
        part: Mapping[str, Any],
        rows: list[tuple[SourceRow, Criterion]],
        columns: list[int],
        level: int = 1,
    ) -> tuple[Criterion, ...]:
        if not columns:
            return tuple(leaf for _, leaf in rows)
        made: list[Criterion] = []
        for label, run in groupby(rows, key=lambda pair: pair[0].cells[columns[0]]):
            members = list(run)
            if not label:
                made.extend(leaf for _, leaf in members)
                continue
            below = self._grouped(table, part, members, columns[1:], level + 1)
            first, last = members[0][0], members[-1][0]
            decided = self._decided[members[0][1].id] if level == 1 else ()
            # A group of the inner columns whose only row says no more than its name is that row.
            if level > 1 and len(members) == 1 and below[0].label == label:
                made.extend(below)
                continue
            weights = [child.weight for child in below]
            weight = None if None in weights else plain(sum((w for w in weights if w is not None), Decimal(0)))
            ident = _group_id(table, first, last, level)
            made.append(Criterion(ident, label, weight, first.citation, below, interpretations=decided))
        return tuple(made)


def _group_id(table: SourceTable, first: SourceRow, last: SourceRow, level: int) -> str:
    return f"{table.eid}__rows_{first.number}_{last.number}/{level}"
