"""Weights the source doesn't print: how the file and the interpretation it cites make them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from taizhang.engines.scoring.expanding.context import NO_BASIS, Basis, Context, numbers_of, word_of
from taizhang.engines.scoring.expanding.splitting import evenly
from taizhang.engines.scoring.model import Choice
from taizhang.engines.scoring.scheme_file.format import WEIGHT_RULES
from taizhang.engines.scoring.source import SourceGroup, SourceSheet

Unset = tuple[Decimal | None, ...]


class Weights:
    """Finds the [[weights]] of a part. The interpretation's answer, a rule's name or a row of figures, goes before the file's."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def of_sheet(self, part: str, sheet: SourceSheet, groups: Sequence[SourceGroup], where: str) -> tuple[Unset, Basis]:
        """A weight for each item of the groups, in their order."""
        return self.of(part, sheet.kind, [len(group.items) for group in groups], sheet.points, where)

    def of(self, part: str, sheet: str, sizes: Sequence[int], total: Decimal | None, where: str) -> tuple[Unset, Basis]:
        """A weight for each leaf of groups of these sizes, which make up `total`; None for each where they are not set."""
        count = sum(sizes)
        found = next(
            (
                (f"weights[{i}]", row)
                for i, row in enumerate(self._context.draft.rows("weights"))
                if row["part"] == part and row.get("sheets", sheet) == sheet
            ),
            None,
        )
        if found is None:
            self._context.once("scheme.item-has-no-points", f"weights.{part}.{sheet}", {"where": where})
            return (None,) * count, NO_BASIS
        path, row = found
        choice = self._context.choice(path, row)
        rule, values = _chosen(row, choice, sizes)
        return self._made(path, rule, values, sizes, total), self._context.basis(path, row)

    def _made(self, path: str, rule: str, values: tuple[Decimal, ...], sizes: Sequence[int], total: Decimal | None) -> Unset:
        count = sum(sizes)
        needed = {"groups": len(sizes), "rows": count, "each": 1}.get(rule)
        if needed is not None and len(values) != needed:
            facts = {"rule": rule, "count": len(values), "needed": needed}
            self._context.once("scheme.weights-do-not-fit", f"{path}.values", facts)
            return (None,) * count
        match rule:
            case "equal" if total is not None:
                return evenly(total, count)
            case "equal_groups" if total is not None:
                return _within(evenly(total, len(sizes)), sizes)
            case "groups":
                return _within(values, sizes)
            case "rows":
                return values
            case "each":
                return values * count
            case _:
                return (None,) * count


def _within(groups: Sequence[Decimal], sizes: Sequence[int]) -> tuple[Decimal, ...]:
    return tuple(part for total, size in zip(groups, sizes, strict=True) for part in evenly(total, size))


def _chosen(row: Mapping[str, Any], choice: Choice | None, sizes: Sequence[int]) -> tuple[str, tuple[Decimal, ...]]:
    values = tuple(Decimal(value) for value in row.get("values", ()))
    if choice is None:
        return row["rule"], values
    answer = word_of(choice)
    given = tuple(Decimal(value) for value in choice.value) if isinstance(choice.value, tuple) else numbers_of(answer or "")
    if given:
        return ("groups" if len(given) == len(sizes) else "rows"), given
    return (answer if answer in WEIGHT_RULES else row["rule"]), values
