"""Worked cases beside a scheme: what an assessor would say a unit has to get, and whether scoring gives just that.

The file is YAML with Chinese keys. Every scalar is taken as text, so that 0.1 stays 0.1 and 否 stays a word; an alias is refused.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml  # type: ignore[import-untyped]

from taizhang.engines.scoring.figures import FiguresReading, Finder, read_figures, read_records
from taizhang.engines.scoring.model import Cell, Criterion, Interval, Observation, Result, Scheme, Subject
from taizhang.engines.scoring.scoring import score
from taizhang.kernel.errors import TaizhangError
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex
from taizhang.kernel.period import Period

_RANGE = regex(r"(?P<low>[0-9.]+)\s*(?:至|到|—|–|-|~)\s*(?P<high>[0-9.]+)\Z")
_CASE_KEYS = ("说明", "单位", "截至", "其余", "填报", "记录", "应得")
_EXPECTED_KEYS = ("总分", "等次", "等待", "各项")
_FULL = "全部完成"
_NOTHING = "没有数"


WHAT = {
    "yaml": "不是合格的 YAML：{reason}",
    "top": "开头要有“方案”和“例子”",
    "alias": "用了别名（*），这里不认",
    "twice": "“{name}”写了两次",
    "nameless": "冒号前面没有名称",
    "unknown": "不认识“{name}”",
    "nothing": "没有写应得多少",
    "subject": "“{value}”不是考核对象",
    "others": "“{value}”不认识",
    "refused": "算不出来：{reason}",
    "criterion": "“{value}”不是这个单位的指标",
    "points": "“{value}”不是分数",
    "differs": "“{title}”的{name}应是{wanted}，算出来是{found}",
}
CURE = {
    "yaml": "检查这一行的缩进、冒号和引号",
    "top": "写成：方案: targets-2025，再写：例子:，下面每个例子以 - 开头",
    "alias": "把内容原样写出来",
    "twice": "留下一处",
    "nameless": "在冒号前写上名称，例如“方案”",
    "unknown": "这里可写：{known}",
    "nothing": "加上“应得”，写明总分、等次、等待或各项",
    "subject": "照责任书或名单上的名称写",
    "others": "写“全部完成”或“没有数”",
    "refused": "按提示改例子或方案",
    "criterion": "写条目号、行号或名称",
    "points": "写成 92.5 或 80至95",
    "differs": "核对例子；例子没有错的，改方案或解释",
}


@dataclass(frozen=True, slots=True)
class CaseProblem:
    """Something wrong with the file of cases, or a case that comes out otherwise. `line` counts from 1."""

    line: int
    message: Message
    advice: Message


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """A case as written: `figures` and `records` as rows with their lines, `expected` with the line of each."""

    line: int
    title: str
    subject: str
    as_at: str
    others: str
    figures: tuple[tuple[int, Mapping[str, object]], ...] = ()
    records: tuple[tuple[int, Mapping[str, object]], ...] = ()
    expected: Mapping[str, object] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkedCases:
    """The cases of a file, for the scheme of that id; empty where it could not be read."""

    scheme: str
    cases: tuple[WorkedCase, ...]
    problems: tuple[CaseProblem, ...]


def read_worked_cases(text: str) -> WorkedCases:
    """Read a file of cases. Total over str."""
    try:
        top = yaml.compose(text.removeprefix("\ufeff"), Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        facts = {"reason": str(getattr(error, "problem", None) or type(error).__name__)}
        return WorkedCases("", (), (_problem(line, "yaml", facts),))
    reader = _Reader()
    values = reader.value(top) if top is not None else {}
    if not isinstance(values, dict) or not isinstance(values.get("例子"), list) or not isinstance(values.get("方案"), str):
        reader.tell(1, "top")
        return WorkedCases("", (), tuple(reader.problems))
    cases = tuple(reader.case(row) for row in values["例子"] if isinstance(row, dict))
    return WorkedCases(values["方案"], cases, tuple(reader.problems))


class _Reader:
    """Nodes to values, each mapping with the lines of its keys under ""."""

    def __init__(self) -> None:
        self.problems: list[CaseProblem] = []
        self._seen: set[int] = set()

    def tell(self, line: int, code: str, **facts: object) -> None:
        self.problems.append(_problem(line, code, facts))

    def value(self, node: Any) -> Any:
        """Text, list or dict. An anchored node that comes again would let a small file grow without bound."""
        line = node.start_mark.line + 1
        if node.id != "scalar" and id(node) in self._seen:
            self.tell(line, "alias")
            return ""
        self._seen.add(id(node))
        if node.id == "scalar":
            return str(node.value)
        if node.id == "sequence":
            return [self.value(child) for child in node.value]
        found: dict[str, Any] = {"": {}}
        for key, child in node.value:
            name = str(key.value) if key.id == "scalar" else ""
            at = key.start_mark.line + 1
            if not name:  # the lines of the other keys stand under it
                self.tell(at, "nameless")
                continue
            if name in found:
                self.tell(at, "twice", name=name)
            found[name] = self.value(child)
            found[""][name] = at
        return found

    def case(self, row: dict[str, Any]) -> WorkedCase:
        """A case; keys nobody knows are told."""
        lines = row.get("", {})
        line = min(lines.values(), default=1)
        expected = row.get("应得", {})
        expected = expected if isinstance(expected, dict) else {}
        for given, known in ((row, _CASE_KEYS), (expected, _EXPECTED_KEYS)):
            for name in given:
                if name and name not in known:
                    at = given.get("", {}).get(name, line)
                    self.tell(at, "unknown", name=name, known="、".join(known))
        if not expected:
            self.tell(line, "nothing")
        return WorkedCase(
            line=line,
            title=str(row.get("说明", "")),
            subject=str(row.get("单位", "")),
            as_at=str(row.get("截至", "")),
            others=str(row.get("其余", _NOTHING)),
            figures=tuple(_rows(row.get("填报"))),
            records=tuple(_rows(row.get("记录"))),
            expected={name: value for name, value in expected.items() if name},
            lines={**lines, **expected.get("", {})},
        )


def _rows(given: object) -> Iterator[tuple[int, Mapping[str, object]]]:
    for row in given if isinstance(given, list) else ():
        if isinstance(row, dict):
            yield min(row.get("", {}).values(), default=1), {name: value for name, value in row.items() if name}


def run_worked_cases(scheme: Scheme, cases: WorkedCases) -> tuple[CaseProblem, ...]:
    """Score every case and tell where what comes out is not what is written."""
    finder = Finder(scheme)
    return tuple(problem for case in cases.cases for problem in _run(scheme, finder, case))


def _run(scheme: Scheme, finder: Finder, case: WorkedCase) -> Iterator[CaseProblem]:
    subject = finder.subject(case.subject)
    if subject is None:
        yield _said(case, "单位", "subject", value=case.subject)
        return
    as_at = _day(case.as_at) or scheme.period.end or date.max
    with_unit = [(line, {"单位": case.subject, **row}) for line, row in case.figures]
    figures = read_figures(with_unit, scheme)
    records = read_records(
        [(line, {"单位": case.subject, "日期": as_at.isoformat(), **row}) for line, row in case.records], scheme
    )
    wrong = (*figures.problems, *records.problems)
    for problem in wrong:
        yield CaseProblem(problem.row, problem.message, problem.advice)
    if wrong:
        return
    if case.others not in (_FULL, _NOTHING):
        yield _said(case, "其余", "others", value=case.others)
        return
    observations = [*figures.observations, *_others(finder, subject, case, figures)]
    cases = [replace(one, subject=subject.body) for one in records.cases]
    try:
        outcome = score(scheme, observations, cases, as_at, subjects={subject.body})
    except TaizhangError as error:
        yield _said(case, "单位", "refused", reason=str(error))
        return
    yield from _compared(finder, subject, case, outcome.results[0])


def _others(finder: Finder, subject: Subject, case: WorkedCase, figures: FiguresReading) -> Iterator[Observation]:
    """The best figure for every leaf that the case says nothing of, if it says that the rest is done."""
    told = {one.metric for one in figures.observations}
    for leaf in finder.leaves(subject.tree).values():
        if case.others == _FULL and leaf.rule is not None and leaf.rule.metric not in told and leaf.weight is not None:
            told.add(leaf.rule.metric)
            yield _best(leaf, subject.body)


def _best(leaf: Criterion, body: str) -> Observation:
    rule = leaf.rule
    assert rule is not None
    base = Observation(rule.metric, body, Period(None, None))
    stages = rule.parameters.get("stages")
    if isinstance(stages, tuple) and stages:
        return replace(base, stage=str(stages[0]))
    target = rule.targets[-1].value if rule.targets else None
    return replace(base, value=target if target is not None else leaf.weight if rule.strategy == "judged" else Decimal(0))


def _compared(finder: Finder, subject: Subject, case: WorkedCase, result: Result) -> Iterator[CaseProblem]:
    expected = case.expected
    if "总分" in expected:
        yield from _interval(case, "总分", "总分", str(expected["总分"]), result.total)
    if "等次" in expected:
        found = "或".join(result.grades)
        if found != str(expected["等次"]):
            yield _differs(case, "等次", "等次", str(expected["等次"]), found or "没有")
    if "等待" in expected:
        waits = str(expected["等待"])
        told = "；".join(str(wait.message) for wait in result.waits)
        if (waits == "没有") != (not told) or (waits != "没有" and waits not in told):
            yield _differs(case, "等待", "等待", waits, told or "没有")
    each = expected.get("各项")
    cells = {cell.criterion: cell for cell in _cells(result.root)}
    for name, value in each.items() if isinstance(each, dict) else ():
        if not name:
            continue
        found_node = finder.node(subject.tree, name)
        if found_node.ident is None:
            yield _said(case, "各项", "criterion", value=name)
            continue
        points = cells[found_node.ident].score
        if points is None:
            if str(value) != "未定":
                yield _differs(case, "各项", name, str(value), "未定")
        else:
            yield from _interval(case, "各项", name, str(value), points)


def _interval(case: WorkedCase, key: str, name: str, wanted: str, found: Interval) -> Iterator[CaseProblem]:
    ends = _RANGE.match(wanted.strip())
    try:
        low, high = (Decimal(ends["low"]), Decimal(ends["high"])) if ends else (Decimal(wanted), Decimal(wanted))
    except InvalidOperation:
        yield _said(case, key, "points", value=wanted)
        return
    # A leaf is not rounded; what does not end is compared at the places the case gives.
    places = max(-int(low.as_tuple().exponent), -int(high.as_tuple().exponent), 0)
    got = [end.quantize(Decimal(1).scaleb(-places)) for end in (found.low, found.high)]
    if got != [low, high]:
        shown = f"{got[0]}" if got[0] == got[1] else f"{got[0]}至{got[1]}"
        yield _differs(case, key, name, wanted, shown)


def _cells(cell: Cell) -> Iterator[Cell]:
    yield cell
    for child in cell.children:
        yield from _cells(child)


def _differs(case: WorkedCase, key: str, name: str, wanted: str, found: str) -> CaseProblem:
    return _said(case, key, "differs", title=case.title or case.subject, name=name, wanted=wanted, found=found)


def _said(case: WorkedCase, key: str, code: str, **facts: object) -> CaseProblem:
    return _problem(case.lines.get(key, case.line), code, facts)


def _problem(line: int, code: str, facts: Mapping[str, object]) -> CaseProblem:
    told = {name: str(value) for name, value in facts.items()}
    return CaseProblem(line, Message(WHAT[code], told), Message(CURE[code], told))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
