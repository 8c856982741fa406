"""Which strategy a leaf gets: overrides by id or row first, then the first [[strategy]] that fits what is measured."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from taizhang.engines.scoring.expanding.context import Basis, Context, number_of, numbers_of, word_of
from taizhang.engines.scoring.model import Choice, ResultOf, Rule, Target
from taizhang.engines.scoring.plans import COMMON
from taizhang.engines.scoring.scheme_file import row_numbers
from taizhang.engines.scoring.strategies import STRATEGIES, Parameter
from taizhang.kernel.citation import Citation
from taizhang.kernel.measure import Measure

Entry = tuple[str, Mapping[str, Any]]
ANSWER = "answer"
_BOUNDS = {">": ">=", "<": "<="}


class Thing(NamedTuple):
    """What is to be scored. `kind`: that of the item (measured, qualitative …), `row` for a table row, `part` for a part of the
    scheme itself. `sheet`: kind of the sheet it stands in. `text`: the words of its own item or row."""

    id: str
    part: str
    kind: str
    citation: Citation | None
    sheet: str = ""
    measure: Measure | None = None
    awaits: str | None = None
    row: int = 0
    cells: tuple[str, ...] = ()
    text: str = ""


class Rules:
    """Finds and makes the rules of leaves."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._strategies = [(f"strategy[{i}]", row) for i, row in enumerate(context.draft.rows("strategy"))]
        self._by_id: dict[str, list[Entry]] = {}
        self._by_row: dict[tuple[str, int], list[Entry]] = {}
        self.unused = set[str]()
        for i, row in enumerate(context.draft.rows("override")):
            entry = f"override[{i}]", row
            self.unused.update(row.get("at", ()))
            if not self._is_active(*entry):
                continue
            for ident in row.get("at", ()):
                self._by_id.setdefault(ident, []).append(entry)
            for number in row_numbers(row["rows"]) or () if "rows" in row else ():
                self._by_row.setdefault((row.get("part", ""), number), []).append(entry)
        self._facts = [(f"fact[{i}]", row) for i, row in enumerate(context.draft.rows("fact"))]
        self._used_facts = set[str]()
        self._missing: dict[tuple[str, str], list[str]] = {}

    def _is_active(self, path: str, row: Mapping[str, Any]) -> bool:
        """True unless the entry waits for an answer that its interpretation doesn't give."""
        return "when" not in row or word_of(self._context.choice(path, row)) == row["when"]

    def left_out(self, ident: str) -> tuple[str, ...] | None:
        """The interpretations by which a figure of an item isn't scored; None where it is."""
        for path, row in self._by_id.get(ident, ()):
            if row.get("skip"):
                self.unused.discard(ident)
                return self._context.basis(path, row).interpretations
        return None

    def has_override(self, ident: str) -> bool:
        """True if the file says how this very criterion is scored."""
        return any("use" in row for _, row in self._by_id.get(ident, ()))

    def rule(self, thing: Thing, metric: str) -> tuple[Rule | None, tuple[str, ...]]:
        """The rule of a leaf, with the interpretations that decided it; None, and a problem, where nothing fits."""
        own = [*self._by_id.get(thing.id, ()), *self._by_row.get((thing.part, thing.row), ())]
        self.unused.discard(thing.id)
        general = next(((path, row) for path, row in self._strategies if _fits(row, thing)), None)
        entries = [*([general] if general else []), *own]
        if not any("use" in row for _, row in entries):
            self._missing.setdefault((thing.part, _told(thing)), []).append(thing.id)
            return None, ()
        row: dict[str, Any] = {}
        bases: list[Basis] = []
        for path, given in entries:
            # An override with a strategy of its own starts afresh; one without changes parts of what stands.
            if "use" in given:
                row, bases = {}, []
            row |= given
            bases.append(self._context.basis(path, given))
        if not any("verifier" in given for _, given in own) and (fact := self._fact(thing)) is not None:
            row["verifier"] = fact[1]["verifier"]
            bases.append(self._context.basis(*fact))
        rule = self._made(entries[-1][0], row, thing, metric)
        return rule, tuple(dict.fromkeys(name for basis in bases for name in basis.interpretations))

    def _fact(self, thing: Thing) -> Entry | None:
        """The first [[fact]] that a leaf is of: who confirms it goes before what its strategy says."""
        found = next(((path, row) for path, row in self._facts if _fits(row, thing)), None)
        if found is not None:
            self._used_facts.add(found[0])
        return found

    def part_rule(self, path: str, part: Mapping[str, Any], thing: Thing, metric: str) -> Rule | None:
        """The rule a part of the scheme states itself."""
        return self._made(path, part, thing, metric)

    def tell_missing(self) -> None:
        """One problem for each kind of thing that no strategy fits."""
        for (part, told), ids in self._missing.items():
            facts = {"where": ids[0], "kind": told, "count": len(ids) - 1}
            self._context.problems.add("scheme.strategy-is-missing", f"strategy.{part}", facts)
        for path, _ in self._facts:
            if path not in self._used_facts:
                self._context.once("scheme.fact-is-of-nothing", path, {}, is_warning=True)
        for ident in sorted(self.unused):
            at = next(i for i, row in enumerate(self._context.draft.rows("override")) if ident in row.get("at", ()))
            self._context.problems.add("scheme.criterion-is-unknown", f"override[{at}].at", {"value": ident})

    def _made(self, path: str, row: Mapping[str, Any], thing: Thing, metric: str) -> Rule | None:
        strategy = STRATEGIES.get(row.get("use", ""))
        if strategy is None:
            facts = {"value": row.get("use", ""), "known": "、".join(STRATEGIES)}
            self._context.once("scheme.strategy-is-unknown", f"{path}.use", facts)
            return None
        parameters = self._parameters(path, strategy.name, row)
        targets = self._targets(path, row, thing) if strategy.target != "none" else ()
        unit = row.get("unit") or (thing.measure.unit if thing.measure else None)
        return Rule(
            strategy=strategy.name,
            metric=metric,
            parameters=parameters,
            targets=targets,
            unit=unit,
            verifier=row.get("verifier", ""),
            result_of=ResultOf(row["result_of"], row["result_name"], row["result"]) if "result_of" in row else None,
        )

    def _targets(self, path: str, row: Mapping[str, Any], thing: Thing) -> tuple[Target, ...]:
        measure = thing.measure
        value: Decimal | None = None
        unit = row.get("unit")
        printed = "="
        if "target" in row:
            value = Decimal(row["target"])
        elif measure is not None and isinstance(measure.value, Decimal):
            value, unit = measure.value, measure.unit
            printed = _BOUNDS.get(measure.bound or "=", measure.bound or "=")
        bound = row.get("bound") or (printed if printed in (">=", "<=", "=") else "=")
        awaits = row.get("awaits") or thing.awaits if value is None else None
        if value is None and awaits is None and STRATEGIES[row["use"]].target == "optional":
            return ()
        return (Target(value, unit, bound, self._context.draft.period, awaits, thing.citation),)

    def _parameters(self, path: str, strategy: str, row: Mapping[str, Any]) -> dict[str, object]:
        """The parameters, typed. One that is `answer` is what the entry's interpretation answers, so that another answer of the
        office is another parameter."""
        given: Mapping[str, Any] = row.get("parameters", {})
        known = {parameter.name: parameter for parameter in (*STRATEGIES[strategy].parameters, *COMMON)}
        made: dict[str, object] = {}
        for name, value in given.items():
            key = f"{path}.parameters.{name}"
            if name not in known:
                facts = {"strategy": strategy, "name": name, "known": "、".join(known) or "无"}
                self._context.once("scheme.parameter-is-unknown", key, facts)
                continue
            converted = _converted(known[name], _answer(self._context.choice(path, row)) if value == ANSWER else value)
            if converted is None:
                facts = {"name": name, "value": value, "wanted": _WANTED[known[name].kind]}
                self._context.once("scheme.parameter-does-not-fit", key, facts)
            else:
                made[name] = converted
        return made


_WANTED = {
    "number": "一个数",
    "share": "0 到 1 的一个数",
    "shares": "一组 0 到 1 的数",
    "numbers": "一组数",
    "texts": "一组文字",
    "flag": "true 或 false",
    "choice": "可选词之一",
}


def _converted(parameter: Parameter, value: object) -> object | None:
    match parameter.kind:
        case "number" | "share":
            return _number(value)
        case "numbers" | "shares":
            numbers = [_number(part) for part in value] if isinstance(value, list) else []
            return tuple(numbers) if numbers and all(number is not None for number in numbers) else None
        case "texts":
            return tuple(value) if isinstance(value, list) and all(isinstance(part, str) for part in value) else None
        case "flag":
            return value if isinstance(value, bool) else None
        case _:
            return value if isinstance(value, str) and value in parameter.choices else None


def _answer(choice: Choice | None) -> object:
    """The figure of an interpretation, or its figures; None where it answers with words or not at all."""
    one = number_of(choice)
    return one if one is not None else list(numbers_of(word_of(choice) or "")) or None


def _number(value: object) -> Decimal | None:
    return Decimal(value) if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else None


def _fits(row: Mapping[str, Any], thing: Thing) -> bool:
    measure = thing.measure
    wanted = (
        ("parts", thing.part),
        ("items", thing.kind),
        ("kinds", measure.kind.value if measure else None),
        ("bounds", measure.bound if measure else None),
        ("comparators", measure.comparator if measure else None),
    )
    if any(name in row and value not in row[name] for name, value in wanted):
        return False
    if "sheets" in row and row["sheets"] != thing.sheet:
        return False
    if "at" in row and thing.id not in row["at"]:
        return False
    if "says" in row and not any(word in thing.text for word in row["says"]):
        return False
    if "metrics" in row and not any(word in (measure.metric if measure else "") for word in row["metrics"]):
        return False
    if "words" in row and not any(word in (measure.quote if measure else "") for word in row["words"]):
        return False
    column = row.get("column", 0)
    return "cells" not in row or (0 < column <= len(thing.cells) and thing.cells[column - 1] in row["cells"])


def _told(thing: Thing) -> str:
    measure = thing.measure
    words = [thing.kind]
    if measure is not None:
        words += [measure.kind.value, measure.bound or "", measure.comparator or ""]
    return " ".join(word for word in words if word)
