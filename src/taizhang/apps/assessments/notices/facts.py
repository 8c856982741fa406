"""What a notice may say of a run: every figure with the record it comes from. The facts panel shows these and no others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from taizhang.apps.assessments.models import Cell, DailyRecord, Run
from taizhang.apps.assessments.results.reading import CategoryResults, Row, by_category
from taizhang.apps.assessments.wording import SOURCES
from taizhang.engines.office.notice import Figure
from taizhang.engines.scoring.model import Scheme

UNSETTLED = "未定"
UNKNOWN = "未知"
WAITS = {
    "not_reported": "未填报",
    "not_verified": "未核验",
    "missing": "暂无数据",
    "unbound": "目标待绑定",
    "weight_not_set": "分值未定",
    "amount_not_set": "加减分未定",
    "not_judged": "未评定",
    "not_due": "未到期",
    "result_not_approved": "另一考核的结果未审定",
}
LIGHTS = {
    "met": "已达成",
    "on_track": "按期推进",
    "at_risk": "需关注",
    "behind": "滞后",
    "not_due": "未到统计期",
    "unknown": "数据未知",
    "vetoed": "一票否决",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure that may be used: what it is, of whom, and the figure with its record. `unit` goes behind it."""

    group: str
    label: str
    figure: Figure
    unit: str = ""


@dataclass(frozen=True, slots=True)
class CellFact:
    """A leaf of a subject: its words, figure and score, each bound to the cell."""

    subject: str
    name: str
    status: str
    waits: str
    label: Figure
    value: Figure
    target: Figure | None
    unit: str
    bound: str


@dataclass(frozen=True, slots=True)
class DailyFact:
    """A confirmed daily record with the points the scheme gives it (None where it gives none)."""

    name: str
    source: str
    kind: str
    on: date
    points: Figure | None


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of a run."""

    run: int
    as_at: date
    is_settled: bool
    categories: tuple[CategoryResults, ...]
    cells: tuple[CellFact, ...]
    daily: tuple[DailyFact, ...]
    phrases: frozenset[str] = frozenset()  # names and labels of the scheme, which may have digits without being figures

    def panel(self) -> Iterator[Fact]:
        """Every figure in order: counts of the whole, results by category, items, daily records."""
        for label, number in self.counts().items():
            yield Fact("总体", label, number, "个")
        for category in self.categories:
            for row in category.rows:
                yield Fact(category.name, f"{row.name}得分", score_figure(row), "分")
                if row.rank is not None:
                    yield Fact(category.name, f"{row.name}名次", rank_figure(row))
        for cell in self.cells:
            yield Fact(cell.name, cell.label.text, cell.label)
            yield Fact(cell.name, f"{cell.label.text}：现值", cell.value, cell.unit)
            if cell.target is not None:
                yield Fact(cell.name, f"{cell.label.text}：目标", cell.target, cell.unit)
        for one in self.daily:
            if one.points is not None:
                yield Fact("日常考核", f"{one.name}，{one.kind}", one.points, "分")

    def counts(self) -> dict[str, Figure]:
        """How many subjects there are, with a settled and an open total, and how many items show which light."""
        rows = [row for category in self.categories for row in category.rows]
        settled = sum(row.is_known for row in rows)
        out = {"考核对象": len(rows), "总分已定": settled, "总分未定": len(rows) - settled}
        for code, name in LIGHTS.items():
            out[name] = sum(cell.status == code for cell in self.cells)
        for category in self.categories:
            out |= {f"{category.name}{grade}": count for grade, count in category.counts}
        return {label: Figure(str(count), f"run:{self.run}") for label, count in out.items()}

    def known(self) -> dict[tuple[str, str], bool]:
        """(record, figure) → whether it stands for something unknown."""
        return {(fact.figure.record, fact.figure.text): fact.figure.is_unknown for fact in self.panel()}


def facts_of(run: Run, scheme: Scheme) -> Facts:
    """The facts of a run. Three queries."""
    categories = tuple(by_category(run, scheme))
    is_settled = run.state in ("approved", "final")
    cells = _cells(run)
    return Facts(run.pk, run.as_at, is_settled, categories, cells, _daily(run, scheme), _phrases(scheme, cells))


def _phrases(scheme: Scheme, cells: tuple[CellFact, ...]) -> frozenset[str]:
    names = {scheme.title, scheme.document, scheme.office, scheme.leading_group}
    names |= {one.label for one in scheme.adjustments} | {one.label for one in scheme.sanctions}
    names |= {one.name for one in scheme.subjects} | {one.name for one in scheme.categories}
    names |= {one.name for one in scheme.grades} | {cell.unit for cell in cells}
    return frozenset(names - {""})


def score_figure(row: Row) -> Figure:
    """A total with two decimals, 未定 while it is open."""
    record = f"score:{row.score}"
    return Figure(f"{row.low:.2f}", record) if row.is_known else Figure(UNSETTLED, record, is_unknown=True)


def rank_figure(row: Row) -> Figure:
    """A place."""
    return Figure(str(row.rank), f"score:{row.score}")


def figure_text(value: Decimal) -> str:
    """A figure without the zeros that its column adds."""
    return format(value.normalize(), "f")


def _cells(run: Run) -> tuple[CellFact, ...]:
    columns = (
        "pk", "score__subject__ident", "score__subject__name", "status", "waits_for", "label", "value", "target", "unit", "bound",
        "standing",
    )  # fmt: skip
    rows = Cell.objects.filter(score__run=run).exclude(metric="").order_by("score_id", "ordinal").values_list(*columns)
    out = []
    for pk, ident, name, status, waits, label, value, target, unit, bound, standing in rows:
        record = f"cell:{pk}"
        is_known = value is not None and standing in ("verified", "decided")
        shown = Figure(figure_text(value), record) if is_known else Figure(UNKNOWN, record, is_unknown=True)
        aim = None if target is None else Figure(figure_text(target), record)
        words = "、".join(WAITS.get(one, one) for one in waits.split("、") if one)
        out.append(CellFact(ident, name, status, words, Figure(label, record), shown, aim, unit, bound))
    return tuple(out)


def _daily(run: Run, scheme: Scheme) -> tuple[DailyFact, ...]:
    each = {one.id: (one.label, one.each) for one in scheme.adjustments}
    labels = {one.id: one.label for one in scheme.sanctions}
    rows = DailyRecord.objects.filter(cycle_id=run.cycle_id, state="confirmed", happened_on__lte=run.as_at)
    out = []
    for pk, name, source, kind, on in rows.values_list("pk", "subject__name", "source", "kind", "happened_on"):
        label, amount = each.get(kind, (labels.get(kind, kind), None))
        points = None if amount is None else Figure(figure_text(amount), f"record:{pk}")
        out.append(DailyFact(name, SOURCES.get(source, source), label, on, points))
    return tuple(out)
