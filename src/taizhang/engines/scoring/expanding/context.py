"""What every step of filling in a scheme needs: the draft, the source, the interpretations in force, and a place for problems."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from taizhang.engines.scoring.model import Choice
from taizhang.engines.scoring.scheme_file import Problems, SchemeDraft
from taizhang.engines.scoring.source import SchemeSource
from taizhang.kernel.citation import Citation

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_HUNDRED = Decimal(100)


class Basis(NamedTuple):
    """What an entry rests on: its clause, its interpretation, or both."""

    citation: Citation | None
    interpretations: tuple[str, ...]


NO_BASIS = Basis(None, ())


class Context:
    """Shared by the steps of one expansion. A problem that would come again for each of a hundred units is told once."""

    def __init__(self, draft: SchemeDraft, source: SchemeSource, choices: Iterable[Choice], problems: Problems) -> None:
        self.draft = draft
        self.source = source
        self.choices = {choice.id: choice for choice in choices}
        self.problems = problems
        self.used: dict[str, Choice] = {}
        self.bodies = {body.id: body for body in source.bodies}
        self._bases: dict[str, Basis] = {}
        self._told: set[tuple[str, str]] = set()

    def once(self, code: str, key: str, facts: Mapping[str, object], *, is_warning: bool = False) -> None:
        """Add a problem unless the same one stands at this key."""
        if (code, key) not in self._told:
            self._told.add((code, key))
            self.problems.add(code, key, facts, is_warning=is_warning)

    def basis(self, path: str, row: Mapping[str, Any]) -> Basis:
        """The clause and interpretation an entry cites; what can't be found is a problem."""
        if path not in self._bases:
            citation = self.clause(f"{path}.clause", row["clause"]) if "clause" in row else None
            choice = self.choice(path, row)
            self._bases[path] = Basis(citation, (choice.id,) if choice else ())
        return self._bases[path]

    def clause(self, key: str, reference: str) -> Citation | None:
        """The citation of a reference in the file."""
        known = self.draft.clause_key(reference)
        citation = self.source.clauses.get(known) if known else None
        if citation is None:
            self.once("scheme.clause-is-not-in-source", key, {"value": reference})
        return citation

    def choice(self, path: str, row: Mapping[str, Any]) -> Choice | None:
        """The interpretation an entry cites; None where it cites none or nobody knows it."""
        name = row.get("interpretation")
        return self.named_choice(f"{path}.interpretation", name) if name else None

    def named_choice(self, key: str, name: str) -> Choice | None:
        """An interpretation by id; it counts as used."""
        choice = self.choices.get(name)
        if choice is None:
            self.once("scheme.interpretation-is-unknown", key, {"value": name})
        else:
            self.used[name] = choice
        return choice

    def figure(self, path: str, row: Mapping[str, Any], name: str) -> Decimal | None:
        """A figure of an entry; one that rests on a clause alone must be printed there, as it is or in per cent."""
        value = row.get(name)
        if value is None:
            return None
        figure = Decimal(value)
        basis = self.basis(path, row)
        if basis.citation is not None and not basis.interpretations and not is_printed(figure, basis.citation.quote):
            self.once("scheme.figure-is-not-in-clause", f"{path}.{name}", {"value": figure})
        return figure


def is_printed(figure: Decimal, text: str) -> bool:
    """True if the text prints the figure, or the same in per cent; 百分制 prints a hundred.

    >>> is_printed(Decimal("0.3"), "占30%"), is_printed(Decimal(90), "90分以上"), is_printed(Decimal(9), "90分以上")
    (True, True, False)
    """
    if figure == _HUNDRED and "百分制" in text:
        return True
    plain = "".join(text.split()).translate(_FULL_WIDTH)
    shown = format(figure.normalize(), "f")
    percent = format((figure * _HUNDRED).normalize(), "f")
    return any(re.search(rf"(?<![0-9.]){re.escape(form)}(?![0-9.])", plain) for form in (shown, f"{percent}%"))


def number_of(choice: Choice | None) -> Decimal | None:
    """The figure an interpretation answers with; None where it answers with words or not at all."""
    value = choice.value if choice else None
    if isinstance(value, str):
        found = numbers_of(value)
        return found[0] if len(found) == 1 else None
    return Decimal(value) if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else None


def numbers_of(text: str) -> tuple[Decimal, ...]:
    """The figures of an answer typed as a list; none where it is anything else.

    >>> numbers_of("10, 20、70"), numbers_of("groups"), numbers_of("12.5")
    ((Decimal('10'), Decimal('20'), Decimal('70')), (), (Decimal('12.5'),))
    """
    parts = re.split(r"[,，、;；\s]+", text.strip())
    return tuple(Decimal(part) for part in parts) if all(re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", part) for part in parts) else ()


def word_of(choice: Choice | None) -> str | None:
    """The word an interpretation answers with."""
    return choice.value if choice and isinstance(choice.value, str) else None
