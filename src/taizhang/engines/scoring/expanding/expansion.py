"""The steps of filling in a scheme, in order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from taizhang.engines.scoring.expanding import consequences
from taizhang.engines.scoring.expanding.context import Context
from taizhang.engines.scoring.expanding.marks import Marks
from taizhang.engines.scoring.expanding.rounding import rounding
from taizhang.engines.scoring.expanding.rules import Rules
from taizhang.engines.scoring.expanding.sharing import SharedProposal, leaves, proposals, shared
from taizhang.engines.scoring.expanding.sheets import Sheets
from taizhang.engines.scoring.expanding.subjects import categories, sheets_of, subjects
from taizhang.engines.scoring.expanding.tables import Tables
from taizhang.engines.scoring.expanding.trees import Trees
from taizhang.engines.scoring.expanding.weights import Weights
from taizhang.engines.scoring.model import Choice, Criterion, Scheme
from taizhang.engines.scoring.plans import leaf_plan
from taizhang.engines.scoring.scheme_file import Problems, SchemeDraft, SchemeProblem, Severity
from taizhang.engines.scoring.source import SchemeSource, SourceSheet
from taizhang.kernel.errors import TaizhangError


@dataclass(frozen=True, slots=True)
class Expansion:
    """A scheme, None where errors leave none; every problem found; and metrics that look shared and are not decided yet."""

    scheme: Scheme | None
    problems: tuple[SchemeProblem, ...]
    proposals: tuple[SharedProposal, ...] = ()

    @property
    def errors(self) -> tuple[SchemeProblem, ...]:
        """The problems that keep the scheme from being used."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)


def expand(draft: SchemeDraft, source: SchemeSource, choices: Iterable[Choice]) -> Expansion:
    """Fill in a scheme: words, points and figures from the source, answers from the interpretations. Never raises for a source.

    Nothing is guessed: a weight that isn't printed or set stays None, weights that don't add up are refused with their sum.
    """
    problems = Problems(draft.name, draft.lines)
    context = Context(draft, source, choices, problems)
    if not any(key.split("!")[0].split("#")[0] == draft.document for key in source.clauses):
        problems.add("scheme.document-is-not-in-source", "scheme.document", {"value": draft.document})
        return Expansion(None, problems.sorted())
    scheme, sheets = _filled(context)
    _check_rules(context, scheme)
    return Expansion(None if problems.has_errors else scheme, problems.sorted(), proposals(context, sheets))


def _filled(context: Context) -> tuple[Scheme, tuple[SourceSheet, ...]]:
    draft = context.draft
    rules = Rules(context)
    weights = Weights(context)
    marks = Marks(context)
    tables = Tables(context, rules, weights, marks)
    trees = Trees(context, rules, Sheets(context, rules, weights, marks), tables)
    assessed = subjects(context)
    every = tuple(subject for subject, _ in assessed)
    built = dict(_built(context, trees, [sheet for _, sheet in assessed if sheet is not None]))
    rules.tell_missing()
    marks.tell_unused()
    adjustments = consequences.adjustments(context, tables)
    sheets = tuple(sheet for _, sheet in assessed if sheet is not None)
    sanctions, taken = consequences.sanctions(context, tables, sheets)
    deductions = consequences.sheet_deductions(context, sheets, taken)
    tables.tell_unused()
    renamed, metrics = shared(context, built, every)
    bands, reading = consequences.grades(context)
    head = draft.head
    for name in ("leading_group_clause", "office_clause"):
        context.clause(f"scheme.{name}", head[name])
    scheme = Scheme(
        id=draft.id,
        version=head["version"],
        title=head["title"],
        document=draft.document,
        year=draft.year,
        period=draft.period,
        leading_group=head["leading_group"],
        office=head["office"],
        categories=categories(context),
        subjects=every,
        trees=renamed,
        rounding=rounding(context),
        calendar=consequences.calendar(context),
        adjustments=(*adjustments, *deductions),
        group_caps=consequences.group_caps(context),
        sanctions=sanctions,
        grades=bands,
        grade_reading=reading,
        verifiers=consequences.verifiers(context),
        total_cap=consequences.total_cap(context),
        shared=metrics,
        choices=tuple(context.used.values()),
    )
    return scheme, sheets_of(context)


def _built(context: Context, trees: Trees, sheets: list[SourceSheet]) -> Iterator[tuple[str, Criterion]]:
    for i, row in enumerate(context.draft.rows("tree")):
        if row.get("each") == "sheet":
            for sheet in sheets:
                yield sheet.eid, trees.tree(i, sheet)
        else:
            yield row["id"], trees.tree(i)


def _check_rules(context: Context, scheme: Scheme) -> None:
    """Rules are checked as scoring will: target, bound, unit and parameters have to fit the strategy."""
    for tree in scheme.trees.values():
        for leaf in leaves(tree):
            if leaf.rule is None:
                continue
            try:
                leaf_plan(leaf, scheme.period, scheme.calendar.frequency)
            except TaizhangError as error:
                facts = {"where": leaf.id, "reason": str(error)}
                context.once("scheme.rule-is-refused", f"strategy.{leaf.rule.strategy}.{error.code}", facts)
