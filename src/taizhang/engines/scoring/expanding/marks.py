"""Groups whose printed points don't add up: refused with the sum, unless an interpretation says which of the two counts."""

from collections.abc import Sequence
from decimal import Decimal

from taizhang.engines.scoring.expanding.context import Context, word_of
from taizhang.engines.scoring.expanding.splitting import shares_of

SUM, SCALED = "sum_of_items", "scaled_to_declared"


class Marks:
    """The [[mark]] entries of a file, by the id of the group."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._paths: dict[str, tuple[str, int]] = {}
        self.unused: set[str] = set()
        for i, row in enumerate(context.draft.rows("mark")):
            self._paths |= dict.fromkeys(row["at"], (f"mark[{i}]", i))
            self.unused.update(row["at"])

    def __contains__(self, ident: str) -> bool:
        self.unused.discard(ident)
        return ident in self._paths

    def settled(
        self, ident: str, where: str, declared: Decimal, points: Sequence[Decimal]
    ) -> tuple[tuple[Decimal, ...], tuple[str, ...]]:
        """The points that count, and the interpretation that says so: as printed, or brought up to what is declared."""
        total = sum(points, Decimal(0))
        if total == declared:
            return tuple(points), ()
        path, at = self._paths.get(ident, ("", -1))
        row = self._context.draft.rows("mark")[at] if path else {}
        self.unused.discard(ident)
        answer = word_of(self._context.choice(path, row)) if path else None
        if answer not in (SUM, SCALED):
            facts = {"where": where, "declared": declared, "sum": total, "ident": ident}
            self._context.once("scheme.group-does-not-sum", path or f"mark#{ident}", facts)
            return tuple(points), ()
        decided = self._context.basis(path, row).interpretations
        return (shares_of(declared, points) if answer == SCALED else tuple(points)), decided

    def tell_unused(self) -> None:
        """Entries for groups that aren't there."""
        for ident in sorted(self.unused):
            self._context.problems.add("scheme.criterion-is-unknown", f"{self._paths[ident][0]}.at", {"value": ident})
