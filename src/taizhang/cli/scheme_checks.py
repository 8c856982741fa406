"""What is wrong with the schemes of a pack: read, filled in from the issue that has their document, their worked cases run."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from taizhang.backends.pack_files import CASES, PackFiles
from taizhang.engines.packs import PackProblem, ProblemSeverity

if TYPE_CHECKING:
    from taizhang.engines.gazette import Issue
    from taizhang.engines.packs import Pack
    from taizhang.engines.scoring import Scheme, SchemeDraft, SchemeProblem
    from taizhang.engines.scoring.worked_cases import CaseProblem


@dataclass(frozen=True, slots=True)
class SchemeCheck:
    """What came of one scheme file. `is_filled`: an issue had its document; `cases` how many worked cases were run."""

    file: str
    id: str
    is_filled: bool
    subjects: int
    criteria: int
    cases: int


def check_schemes(
    pack: "Pack", files: PackFiles, issues: "Sequence[Issue]", *, must_fill: bool
) -> tuple[list[PackProblem], list[SchemeCheck]]:
    """Check every scheme of a usable pack. `must_fill`: the pack ships its issues, so each scheme's document must be in one."""
    from taizhang.engines.scoring import read_scheme

    problems: list[PackProblem] = []
    checks: list[SchemeCheck] = []
    for name, text in files.schemes.items():
        reading = read_scheme(text, name)
        problems += [_as_pack_problem(one) for one in reading.problems]
        if reading.draft is not None:
            more, check = _filled(pack, files, reading.draft, issues, must_fill=must_fill)
            problems += more
            checks.append(check)
    problems += _orphans(files)
    return problems, checks


def _filled(
    pack: "Pack", files: PackFiles, draft: "SchemeDraft", issues: "Sequence[Issue]", *, must_fill: bool
) -> tuple[list[PackProblem], SchemeCheck]:
    from taizhang.backends.scheme_sources import choices_of, scheme_source
    from taizhang.engines.scoring import expand, leaves_of
    from taizhang.engines.scoring.expanding import retyped

    problems = list(_named(draft))
    issue = next((i for i in issues if any(str(d.number) == draft.document for d in i.documents)), None)
    if issue is None and not must_fill:
        return problems, SchemeCheck(draft.name, draft.id, False, 0, 0, 0)
    # Without the document `expand` says so by name.
    source = scheme_source(issue or issues[0], pack)
    expansion = expand(draft, source, choices_of(pack))
    problems += [_as_pack_problem(one) for one in expansion.problems]
    if expansion.scheme is None:
        return problems, SchemeCheck(draft.name, draft.id, False, 0, 0, 0)
    scheme = expansion.scheme
    problems += [_as_pack_problem(one) for one in retyped(draft, scheme)]
    more, cases = _worked(files, draft, scheme)
    criteria = sum(1 for tree in scheme.trees.values() for _ in leaves_of(tree))
    return problems + more, SchemeCheck(draft.name, draft.id, True, len(scheme.subjects), criteria, cases)


def _worked(files: PackFiles, draft: "SchemeDraft", scheme: "Scheme") -> tuple[list[PackProblem], int]:
    name = draft.name.removesuffix(".toml") + CASES
    if name not in files.cases:
        return [], 0
    from taizhang.engines.scoring.worked_cases import read_worked_cases, run_worked_cases

    cases = read_worked_cases(files.cases[name])
    problems = [_as_case_problem(name, one) for one in cases.problems]
    if cases.scheme and cases.scheme != draft.id:
        problems.append(_told(name, 1, "scheme.cases-are-of-another", {"value": cases.scheme, "name": draft.id}))
        return problems, 0
    return problems + [_as_case_problem(name, one) for one in run_worked_cases(scheme, cases)], len(cases.cases)


def _named(draft: "SchemeDraft") -> Iterator[PackProblem]:
    name = os.path.basename(draft.name).removesuffix(".toml")
    if name != draft.id:
        yield _told(draft.name, draft.lines.get("scheme.id"), "scheme.name-differs", {"value": draft.id, "name": name})


def _orphans(files: PackFiles) -> Iterator[PackProblem]:
    for name in files.cases:
        scheme = name.removesuffix(CASES) + ".toml"
        if scheme not in files.schemes:
            yield _told(name, None, "scheme.cases-have-no-scheme", {"name": os.path.basename(scheme)})


def _told(file: str, line: int | None, code: str, facts: dict[str, str]) -> PackProblem:
    from taizhang.engines.scoring.scheme_file.problems import CURE, WHAT
    from taizhang.kernel.message import Message

    return PackProblem(file, "", line, ProblemSeverity.ERROR, code, Message(WHAT[code], facts), Message(CURE[code], facts))


def _as_pack_problem(one: "SchemeProblem") -> PackProblem:
    severity = ProblemSeverity(one.severity.value)
    return PackProblem(one.file, one.key, one.line, severity, one.code, one.message, one.advice)


def _as_case_problem(name: str, one: "CaseProblem") -> PackProblem:
    return PackProblem(name, "", one.line, ProblemSeverity.ERROR, "scheme.case-differs", one.message, one.advice)
