"""Scores for people on a terminal: a table a category, and the working of the units asked for."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from taizhang.cli.language import tr
from taizhang.kernel.columns import column_count, fit, pad

if TYPE_CHECKING:
    from taizhang.engines.scoring import Cell, Criterion, Interval, Outcome, Result, Scheme, Wait
    from taizhang.kernel.message import Message

_STATUS = {
    "met": "达到",
    "on_track": "正常",
    "at_risk": "有风险",
    "behind": "落后",
    "not_due": "未到期",
    "unknown": "未知",
    "vetoed": "否决",
}
_NAME, _RANK, _SCORE, _GRADE = 24, 9, 20, 16
_MOST_WAITS = 8


def lines_of(scheme: "Scheme", outcome: "Outcome", units: Sequence[str], columns: int) -> Iterator[str]:
    """The tables, then each of `units` in full."""
    yield tr("{title}（{id}，第 {version} 版）　截至 {day}　试算").format(
        title=scheme.title, id=scheme.id, version=scheme.version, day=outcome.as_at.isoformat()
    )
    names = {subject.body: subject.name for subject in scheme.subjects}
    for category in scheme.categories:
        results = [result for result in outcome.results if result.category == category.id]
        if results:
            yield ""
            yield from _table(scheme, category.name, results, names, is_ranked=category.is_ranked)
    yield ""
    yield from _waits(outcome)
    for body in units:
        result = next(one for one in outcome.results if one.subject == body)
        tree = next(subject.tree for subject in scheme.subjects if subject.body == body)
        yield ""
        yield from _unit(scheme, scheme.trees[tree], result, names[body], columns)


def _table(scheme: "Scheme", name: str, results: "list[Result]", names: dict[str, str], *, is_ranked: bool) -> Iterator[str]:
    counted = tr("{name}（{count} 个）").format(name=name, count=len(results))
    yield counted if is_ranked else tr("{name}，不排名").format(name=counted)
    has_grades = bool(scheme.grades)
    heads = [pad(tr("名次"), _RANK), pad(tr("单位"), _NAME), pad(tr("得分"), _SCORE)]
    yield "  " + "".join([*heads, *([pad(tr("等次"), _GRADE)] if has_grades else []), tr("待定")])
    for result in sorted(results, key=lambda one: (one.rank or (0, 0), -one.total.high, -one.total.low)):
        rank = "" if result.rank is None else span(*result.rank)
        cells = [
            pad(rank, _RANK),
            pad(fit(names[result.subject], _NAME - 1), _NAME),
            pad(points(result.total) if result.root.score is not None else tr("分值未定"), _SCORE),
        ]
        if has_grades:
            cells.append(pad(tr("或").join(result.grades), _GRADE))
        waiting = len({wait.criterion for wait in result.waits})
        yield ("  " + "".join([*cells, str(waiting) if waiting else ""])).rstrip()


def _waits(outcome: "Outcome") -> Iterator[str]:
    counts = Counter(told(wait.message) for result in outcome.results for wait in result.waits)
    if not counts:
        yield tr("没有待定的项")
        return
    yield tr("还在等（{count} 处）：").format(count=sum(counts.values()))
    for text, count in counts.most_common(_MOST_WAITS):
        yield f"  {text}" + (tr("（{count} 处）").format(count=count) if count > 1 else "")
    if len(counts) > _MOST_WAITS:
        yield tr("  其余 {count} 种略；--format json 有全部").format(count=len(counts) - _MOST_WAITS)


def _unit(scheme: "Scheme", tree: "Criterion", result: "Result", name: str, columns: int) -> Iterator[str]:
    yield tr("{name}　{total}").format(name=name, total=points(result.total))
    labels = _labels(tree)
    for cell, depth in _cells(result.root, 0):
        if depth == 0:
            continue
        head = "  " * depth + labels.get(cell.criterion, cell.criterion)
        weight = tr("未定") if cell.weight is None else plain(cell.weight)
        score = tr("未定") if cell.score is None else points(cell.score)
        if not cell.is_applicable:
            score = tr("不计")
        tail = f"{score} / {weight}  {tr(_STATUS.get(cell.status, cell.status))}"
        yield pad(fit(head, max(columns - column_count(tail) - 1, 12)), columns - column_count(tail)) + tail
        if not cell.children:
            text = told(_first(cell.waits).message) if cell.waits else told(cell.formula)
            yield "  " * (depth + 1) + fit(text, max(columns - 2 * depth - 2, 12))
    named = {kind.id: kind.label for kind in scheme.adjustments} | {kind.id: kind.label for kind in scheme.sanctions}
    for applied in (*result.adjustments, *result.sanctions):
        yield "  " + tr("{label}（{count} 次）：{before} → {after}").format(
            label=fit(named.get(applied.id, applied.id), 40), count=len(applied.cases), before=applied.before, after=applied.after
        )


def _first(waits: "Sequence[Wait]") -> "Wait":
    """What must come before the rest can matter: the weight."""
    return next((wait for wait in waits if wait.reason == "weight_not_set"), waits[0])


def _cells(cell: "Cell", depth: int) -> "Iterator[tuple[Cell, int]]":
    yield cell, depth
    for child in cell.children:
        yield from _cells(child, depth + 1)


def _labels(node: "Criterion") -> dict[str, str]:
    found = {node.id: node.label}
    for child in node.children:
        found |= _labels(child)
    return found


def points(interval: "Interval") -> str:
    """A score or its range."""
    return plain(interval.low) if interval.is_known else f"{plain(interval.low)}–{plain(interval.high)}"


def plain(value: Decimal) -> str:
    """A figure cut after two places, which is all a table has room for."""
    return f"{value.quantize(Decimal('0.01')):f}" if value != value.to_integral_value() else f"{value.to_integral_value():f}"


def span(best: int, worst: int) -> str:
    """A place or the places that are possible."""
    return str(best) if best == worst else f"{best}–{worst}"


def told(message: "Message") -> str:
    """A message in the language in use."""
    return tr(message.template).format(**message.facts)
