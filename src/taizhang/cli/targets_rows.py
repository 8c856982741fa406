"""Targets as rows, one per measure, the same columns in the same order for CSV and xlsx; and as a table for the terminal."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from taizhang.cli.language import tr
from taizhang.cli.measure_words import kind_word, modality_word, relation_word, role_word
from taizhang.engines.gazette.places import Places
from taizhang.engines.targets.json_form import number
from taizhang.engines.targets.model import Clause, Item, Sheet, TargetsReading, Units
from taizhang.kernel.columns import column_count, fit, pad, printable
from taizhang.kernel.measure import Measure, Role

Cell = str | Decimal | date | None

# Title, width in a workbook.
COLUMNS = (
    ("文件", 12),
    ("条款", 16),
    ("责任书", 14),
    ("组别", 12),
    ("序号", 5),
    ("内容", 40),
    ("分值", 6),
    ("类别", 9),
    ("牵头单位", 14),
    ("配合单位", 16),
    ("责任单位", 16),
    ("指标", 20),
    ("关系", 9),
    ("数值", 10),
    ("单位", 8),
    ("折算值", 14),
    ("折算单位", 9),
    ("作用", 6),
    ("要求", 7),
    ("基数", 12),
    ("引文", 26),
)


def rows(reading: TargetsReading, places: Places) -> Iterator[tuple[Cell, ...]]:
    """Every item and clause, repeated for each of its measures; one row without a measure where it has none."""
    for sheet in reading.sheets:
        for group in sheet.groups:
            for item in group.items:
                place = _place(places, sheet.document, item.eid)
                duty = (sheet.unit, group.name, str(item.number), item.text, item.points, kind_word(item.kind))
                yield from _lines((*place, *duty), item.units, item.targets)
    for clause in reading.clauses:
        place = _place(places, clause.document, clause.eid)
        yield from _lines((*place, None, None, None, clause.text, None, None), clause.units, clause.targets)


def _place(places: Places, document: str, eid: str) -> tuple[str, str]:
    owner = places.document(document)
    label = places.document_label(owner) if owner else ""
    return label, places.label(document, eid).removeprefix(label).strip()


def _lines(head: tuple[Cell, ...], units: Units, measures: Iterable[Measure]) -> Iterator[tuple[Cell, ...]]:
    bodies = tuple("、".join(names) or None for names in (units.lead, units.support, units.responsible))
    found = False
    for m in measures:
        found = True
        yield (
            *head,
            *bodies,
            m.metric,
            relation_word(m.comparator),
            m.value,
            m.unit,
            m.normalized_value,
            m.normalized_unit,
            role_word(m.role),
            modality_word(m.modality),
            m.baseline,
            m.quote,
        )
    if not found:
        yield (*head, *bodies, *(None,) * 10)


def csv_text(name: str, reading: TargetsReading, places: Places, *, with_name: bool, with_head: bool) -> str:
    """CSV (RFC 4180). A text that a spreadsheet would take for a formula is led by an apostrophe."""
    from csv import writer
    from io import StringIO

    held = StringIO()
    out = writer(held)
    if with_head:
        out.writerow(([tr("来源")] if with_name else []) + [tr(title) for title, _ in COLUMNS])
    for row in rows(reading, places):
        out.writerow(([name] if with_name else []) + [_plain(cell) for cell in row])
    return held.getvalue()


def _plain(cell: Cell) -> str:
    if isinstance(cell, str):
        return "'" + cell if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
    return number(cell) or ""


# --- terminal -----------------------------------------------------------------------------------------------------------


def table(reading: TargetsReading, places: Places, columns: int) -> Iterator[str]:
    """Sheet by sheet, item by item, then clauses that name a body or a figure; each line ends in a newline."""
    for sheet in reading.sheets:
        yield from _sheet_lines(sheet, places, columns)
        yield "\n"
    told = [c for c in reading.clauses if c.targets or c.units != Units()]
    if told:
        yield tr("条款") + "\n"
    for clause in told:
        yield from _clause_lines(clause, places, columns)
    items = [i for s in reading.sheets for g in s.groups for i in g.items]
    measures = [m for i in items for m in i.targets] + [m for c in reading.clauses for m in c.targets]
    counts = tr("责任书 {sheets} 份，目标 {items} 项，条款 {clauses} 条；量化指标 {targets} 个").format(
        sheets=len(reading.sheets),
        items=len(items),
        clauses=len(told),
        targets=sum(m.role is Role.TARGET and m.value is not None for m in measures),
    )
    yield ("\n" if told else "") + counts + "\n"


def _sheet_lines(sheet: Sheet, places: Places, columns: int) -> Iterator[str]:
    points = f"  {number(sheet.points)}{tr('分')}" if sheet.points is not None else ""
    owner = places.document(sheet.document)
    document = f"  〔{places.document_label(owner)}〕" if owner else ""
    yield f"{printable(sheet.unit)}{points}{document}\n"
    for group in sheet.groups:
        declared = f"  {number(group.points)}{tr('分')}" if group.points is not None else ""
        yield f"  {printable(group.name)}{declared}\n"
        for item in group.items:
            yield from _item_lines(item, columns)


def _item_lines(item: Item, columns: int) -> Iterator[str]:
    points = f"{number(item.points)}{tr('分')}" if item.points is not None else ""
    room = columns - 8 - (column_count(points) + 2 if points else 0)
    text = fit(item.text, room)
    tail = " " * max(2, columns - 8 - column_count(text) - column_count(points)) + points if points else ""
    yield f"    {pad(str(item.number), 3, right=True)} {text}{tail}\n"
    if not item.targets:
        yield fit(f"        · {kind_word(item.kind)}{f'：{item.awaits}' if item.awaits else ''}", columns) + "\n"
    yield from _measure_lines(item.targets, item.units, columns)


def _clause_lines(clause: Clause, places: Places, columns: int) -> Iterator[str]:
    label = places.label(clause.document, clause.eid)
    head = f"  〔{printable(label)}〕 " if label else "  "
    yield head + fit(clause.text, max(columns - column_count(head), 20)) + "\n"
    yield from _measure_lines(clause.targets, clause.units, columns)


def _measure_lines(measures: Iterable[Measure], units: Units, columns: int) -> Iterator[str]:
    for names, word in ((units.lead, tr("牵头")), (units.support, tr("配合")), (units.responsible, tr("责任"))):
        if names:
            yield fit(f"        {word} {'、'.join(names)}", columns) + "\n"
    for m in measures:
        yield fit(f"        → {measure_text(m)}", columns) + "\n"


def measure_text(m: Measure) -> str:
    """One measure on one line: metric, relation, figure with unit, and its role where it is not a target."""
    role = "" if m.role is Role.TARGET else f" 〔{role_word(m.role)}〕"
    if m.value is None:
        return f"{m.metric} {kind_word(m.kind)}{f' {m.awaits}' if m.awaits else ''}{role}"
    return f"{m.metric} {relation_word(m.comparator) or '='} {number(m.value)}{m.unit or ''}{role}"
