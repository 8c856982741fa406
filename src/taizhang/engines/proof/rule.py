"""A rule: a named, pure function from an issue to what it finds wrong or finds to agree, with the words a report needs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import update_wrapper
from typing import TYPE_CHECKING

from taizhang.engines.proof.model import Agreement, Finding, Severity

if TYPE_CHECKING:
    from taizhang.engines.proof.context import ProofContext

Outcome = Finding | Agreement
Check = Callable[["ProofContext"], Iterator[Outcome]]


class Concern(StrEnum):
    """What is at stake where the rule finds something."""

    MONEY = "money"
    POINTS = "points"
    WHO = "who"
    WHEN = "when"
    WORDS = "words"
    STRUCTURE = "structure"


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """`id` is family.name in kebab case. `severity` is what a finding carries unless the rule says otherwise of one.
    `title` names the defect and `why` says what it costs, both Chinese templates without facts."""

    id: str
    severity: Severity
    title: str
    why: str
    concern: Concern


class Rule:
    """A check with its info. Calling it runs it. Its docstring holds worked examples (see `examples_of`)."""

    def __init__(self, info: RuleInfo, check: Check) -> None:
        self.info = info
        self._check = check
        update_wrapper(self, check)

    @property
    def id(self) -> str:
        """`info.id`."""
        return self.info.id

    def __call__(self, context: "ProofContext") -> Iterator[Outcome]:
        """Findings and agreements in any order; total over every issue."""
        return self._check(context)

    def __repr__(self) -> str:
        return f"<Rule {self.info.id}>"


def rule(*, id: str, severity: Severity, title: str, why: str, concern: Concern) -> Callable[[Check], Rule]:
    """Make a check a rule. It runs once its module's `RULES` is part of `taizhang.engines.proof.RULES`."""

    def make(check: Check) -> Rule:
        return Rule(RuleInfo(id, severity, title, why, concern), check)

    return make


@dataclass(frozen=True, slots=True)
class Example:
    """A text in which the rule finds something (`is_wrong`) or finds nothing."""

    text: str
    is_wrong: bool


def examples_of(check: Rule) -> tuple[Example, ...]:
    """The examples of a rule's docstring: blocks that follow a line `Wrong:` or `Right:`, indented one step further.

    ⇥ stands for a tab, which no editor keeps in a docstring.

    A docstring goes so:

        Days between two dates.

        Wrong::
            从3月5日到6月30日，只有107天。
        Right::
            从3月5日到6月30日，只有117天。

    with a single colon after each word.
    """
    examples: list[Example] = []
    block: list[str] | None = None
    is_wrong = False
    for line in [*(check.__doc__ or "").splitlines(), "Right:"]:
        if line.strip() in ("Wrong:", "Right:"):
            if block is not None:
                examples.append(Example(_dedented(block), is_wrong))
            is_wrong, block = line.strip() == "Wrong:", []
        elif block is not None:
            block.append(line)
    return tuple(examples)


def _dedented(lines: list[str]) -> str:
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(line[margin:] for line in lines).strip("\n").replace("⇥", "\t") + "\n"
