"""Scores as the JSON contract of docs/contracts.md and as a workbook."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from taizhang.cli.language import tr
from taizhang.cli.score_text import span, told
from taizhang.engines.scoring.arithmetic import canonical

if TYPE_CHECKING:
    from taizhang.engines.scoring import Applied, Cell, Criterion, Interval, Outcome, Result, Scheme, Wait

SCHEMA = 1


def value_of(scheme: "Scheme", outcome: "Outcome") -> dict[str, Any]:
    """An outcome as the `score` contract: figures as strings, unknown as null, words in Chinese."""
    trees = {tree: dict(_nodes(root)) for tree, root in scheme.trees.items()}
    own = {subject.body: subject for subject in scheme.subjects}
    return {
        "schema": SCHEMA,
        "scheme": {
            "id": scheme.id,
            "version": scheme.version,
            "title": scheme.title,
            "document": scheme.document,
            "year": scheme.year,
            "digest": outcome.scheme_digest,
        },
        "as_at": outcome.as_at.isoformat(),
        "provisional": True,
        "digest": outcome.digest,
        "categories": [{"id": c.id, "name": c.name, "ranked": c.is_ranked} for c in scheme.categories],
        "results": [
            _result(result, own[result.subject].name, trees[own[result.subject].tree], _kinds(scheme))
            for result in outcome.results
        ],
        "interpretations": [
            {
                "id": choice.id,
                "document": choice.document,
                "clause": choice.clause,
                "question": choice.question,
                "answer": choice.answer,
                "changed_by": choice.changed_by,
            }
            for choice in scheme.choices
        ],
    }


def _kinds(scheme: "Scheme") -> dict[str, str]:
    return {kind.id: kind.label for kind in scheme.adjustments} | {kind.id: kind.label for kind in scheme.sanctions}


def _result(result: "Result", name: str, nodes: "dict[str, Criterion]", kinds: dict[str, str]) -> dict[str, Any]:
    return {
        "subject": result.subject,
        "name": name,
        "category": result.category,
        "base": _interval(result.base),
        "before_sanctions": _interval(result.before_sanctions),
        "total": _interval(result.total) if result.root.score is not None else None,
        "grades": list(result.grades),
        "rank": None if result.rank is None else list(result.rank),
        "adjustments": [_applied(one, kinds) for one in result.adjustments],
        "sanctions": [_applied(one, kinds) for one in result.sanctions],
        "waits": [_wait(wait) for wait in result.waits],
        "root": _cell(result.root, nodes),
    }


def _cell(cell: "Cell", nodes: "dict[str, Criterion]") -> dict[str, Any]:
    node = nodes[cell.criterion]
    citation = node.citation
    return {
        "criterion": cell.criterion,
        "label": node.label,
        "document": citation.document_number if citation else None,
        "eid": citation.eid if citation else None,
        "weight": None if cell.weight is None else canonical(cell.weight),
        "score": None if cell.score is None else _interval(cell.score),
        "applicable": cell.is_applicable,
        "strategy": node.rule.strategy if node.rule else None,
        "metric": node.rule.metric if node.rule else None,
        "formula": str(cell.formula),
        "status": cell.status,
        "marginal": None if cell.marginal is None else str(cell.marginal),
        "waits": [_wait(wait) for wait in cell.waits],
        "interpretations": list(node.interpretations),
        "children": [_cell(child, nodes) for child in cell.children],
    }


def _interval(interval: "Interval") -> dict[str, str]:
    return {"low": canonical(interval.low), "high": canonical(interval.high)}


def _applied(one: "Applied", kinds: dict[str, str]) -> dict[str, Any]:
    return {
        "id": one.id,
        "label": kinds.get(one.id, one.id),
        "count": len(one.cases),
        "points": None if one.points is None else canonical(one.points),
        "before": one.before,
        "after": one.after,
    }


def _wait(wait: "Wait") -> dict[str, str]:
    return {"criterion": wait.criterion, "reason": wait.reason, "message": str(wait.message)}


def _nodes(node: "Criterion") -> "Iterator[tuple[str, Criterion]]":
    yield node.id, node
    for child in node.children:
        yield from _nodes(child)


def workbook_of(scheme: "Scheme", outcome: "Outcome") -> bytes:
    """Two sheets: totals by category, and every criterion of every unit. Both say that the scores are provisional."""
    from taizhang.engines.office.xlsx import Column, Sheet, write_workbook

    banner = tr("试算，审定以前不是结果。{title}，截至 {day}，方案摘要 {digest}").format(
        title=scheme.title, day=outcome.as_at.isoformat(), digest=outcome.scheme_digest[:12]
    )
    totals = ("类别", "名次", "单位", "最低得分", "最高得分", "等次", "待定")
    items = ("单位", "指标", "条款", "分值", "最低得分", "最高得分", "状态", "算法", "等待")
    return write_workbook(
        [
            Sheet(tr("得分"), tuple(Column(tr(title)) for title in totals), list(_totals(scheme, outcome)), banner=banner),
            Sheet(tr("各项"), tuple(Column(tr(title)) for title in items), list(_items(scheme, outcome)), banner=banner),
        ]
    )


def _totals(scheme: "Scheme", outcome: "Outcome") -> "Iterator[tuple[str | Decimal | int | None, ...]]":
    names = {subject.body: subject.name for subject in scheme.subjects}
    for category in scheme.categories:
        own = [one for one in outcome.results if one.category == category.id]
        for one in sorted(own, key=lambda result: (result.rank or (0, 0), -result.total.high)):
            is_set = one.root.score is not None
            yield (
                category.name,
                None if one.rank is None else span(*one.rank),
                names[one.subject],
                one.total.low if is_set else None,
                one.total.high if is_set else None,
                "或".join(one.grades) or None,
                len(one.waits),
            )


def _items(scheme: "Scheme", outcome: "Outcome") -> "Iterator[tuple[str | Decimal | None, ...]]":
    own = {subject.body: subject for subject in scheme.subjects}
    for result in outcome.results:
        subject = own[result.subject]
        nodes = dict(_nodes(scheme.trees[subject.tree]))
        for cell, depth in _walk(result.root, 0):
            node = nodes[cell.criterion]
            yield (
                subject.name,
                "　" * depth + node.label,
                node.citation.eid if node.citation else None,
                cell.weight,
                cell.score.low if cell.score else None,
                cell.score.high if cell.score else None,
                cell.status,
                told(cell.formula),
                told(cell.waits[0].message) if cell.waits and not cell.children else None,
            )


def _walk(cell: "Cell", depth: int) -> "Iterator[tuple[Cell, int]]":
    yield cell, depth
    for child in cell.children:
        yield from _walk(child, depth + 1)
