"""Rows of figures and of daily records, as people keep them in a table, to observations and cases; errors by row and column."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from taizhang.engines.scoring.figures.finding import Finder
from taizhang.engines.scoring.model import Case, Observation, Scheme, Standing, Subject
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex
from taizhang.kernel.period import Period

# Column: the key of JSON, and what it holds.
FIGURE_COLUMNS = {
    "单位": "subject",
    "项": "criterion",
    "截至": "until",
    "数值": "value",
    "阶段": "stage",
    "不适用": "not_applicable",
    "待报原因": "missing",
    "预计日期": "expected_on",
    "状态": "standing",
    "填报人": "reported_by",
    "填报时间": "reported_at",
    "核验人": "verified_by",
    "核验时间": "verified_at",
    "佐证": "evidence",
}
RECORD_COLUMNS = {
    "单位": "subject",
    "种类": "kind",
    "日期": "on",
    "分值": "points",
    "项": "criterion",
    "说明": "note",
    "佐证": "evidence",
}
STANDINGS = {
    "已报": Standing.REPORTED,
    "已核": Standing.VERIFIED,
    "已定": Standing.DECIDED,
    **{standing.value: standing for standing in Standing},
}
_DAY = regex(r"(?P<y>[0-9]{4})\s*[-/.年]\s*(?P<m>[0-9]{1,2})\s*[-/.月]\s*(?P<d>[0-9]{1,2})\s*日?\Z")
_SPLIT = regex(r"[;；\n]")
_ANSWERS = ("value", "stage", "not_applicable", "missing")
_WIDE = str.maketrans("０１２３４５６７８９．－，％", "0123456789.-,%")

Cell = object
Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with a row: its number as its file counts, the column ("" for the row), what and why, and what to do."""

    row: int
    column: str
    message: Message
    advice: Message


@dataclass(frozen=True, slots=True)
class FiguresReading:
    """Observations and cases in the order of their rows, and every problem; a row with a problem gives none."""

    observations: tuple[Observation, ...] = ()
    cases: tuple[Case, ...] = ()
    problems: tuple[RowProblem, ...] = ()


WHAT = {
    "repeated": "“{item}”第{other}行已经填过同一期",
    "no-answer": "数值、阶段、不适用、待报原因都空着",
    "two-answers": "数值、阶段、不适用、待报原因填了{count}个",
    "stage": "没有“{value}”这个阶段",
    "standing": "没有“{value}”这种状态",
    "kind": "没有“{value}”这种记录",
    "kinds": "“{value}”可以指{count}种记录",
    "no-day": "没有填日期",
    "no-subject": "没有填单位",
    "subject": "“{value}”不是考核对象",
    "no-criterion": "没有填是哪一项",
    "criterion": "“{value}”不是{unit}的指标",
    "criteria": "“{value}”可以指{unit}的{count}项指标",
    "number": "“{value}”不是数字",
    "day": "“{value}”不是日期",
    "moment": "“{value}”不是时间",
}
CURE = {
    "repeated": "留下一行",
    "no-answer": "填一个；还没有数的填待报原因",
    "two-answers": "只填一个；还没有数的填待报原因",
    "stage": "改成：{known}",
    "standing": "改成已报、已核或已定",
    "kind": "写加减分或处理情形的名称，或者它的条目号、行号",
    "kinds": "写加减分或处理情形的标识",
    "no-day": "填事情发生的那一天，如 2025-06-30",
    "no-subject": "照责任书或名单上的名称写",
    "subject": "照责任书或名单上的名称写",
    "no-criterion": "写条目号（如 4，有几个数字的写 4/2）、行号（如 第8行）或名称",
    "criterion": "写条目号（如 4，有几个数字的写 4/2）、行号（如 第8行）或名称",
    "criteria": "写条目号（如 4，有几个数字的写 4/2）、行号（如 第8行）或名称",
    "number": "只写数字，单位和说明不要写在这一格",
    "day": "写成 2025-09-30 这样",
    "moment": "写成 2025-09-30 15:30 这样",
}


class _WrongRowError(Exception):
    """Leaves a row at its first problem."""

    def __init__(self, code: str, column: str, **facts: object) -> None:
        super().__init__(code)
        self.column = column
        told = {name: str(value) for name, value in facts.items()}
        self.message, self.advice = Message(WHAT[code], told), Message(CURE[code], told)


def read_figures(rows: Iterable[tuple[int, Row]], scheme: Scheme) -> FiguresReading:
    """Rows of figures (`FIGURE_COLUMNS`, Chinese titles or keys) to observations. Blank rows are passed over.

    A figure that the scheme measures once for several bodies counts for all of them. Without 截至 a figure is that of the whole
    year; without 状态 it counts as verified.
    """
    finder = Finder(scheme)
    shared = {one.metric for one in scheme.shared}
    found: list[Observation] = []
    problems: list[RowProblem] = []
    seen: dict[tuple[str, str, date | None], int] = {}
    for number, row in rows:
        values = _by_key(row, FIGURE_COLUMNS)
        if not values:
            continue
        try:
            one = _observation(values, finder, shared)
            key = one.metric, one.subject, one.period.end
            if key in seen:
                raise _WrongRowError("repeated", "项", item=values.get("criterion", ""), other=seen[key])
            seen[key] = number
            found.append(one)
        except _WrongRowError as wrong:
            problems.append(RowProblem(number, wrong.column, wrong.message, wrong.advice))
    return FiguresReading(tuple(found), (), tuple(problems))


def read_records(rows: Iterable[tuple[int, Row]], scheme: Scheme) -> FiguresReading:
    """Rows of daily records (`RECORD_COLUMNS`) to cases."""
    finder = Finder(scheme)
    found: list[Case] = []
    problems: list[RowProblem] = []
    for number, row in rows:
        values = _by_key(row, RECORD_COLUMNS)
        if not values:
            continue
        try:
            found.append(_case(number, values, finder))
        except _WrongRowError as wrong:
            problems.append(RowProblem(number, wrong.column, wrong.message, wrong.advice))
    return FiguresReading((), tuple(found), tuple(problems))


def unknown_columns(titles: Sequence[str], columns: Mapping[str, str]) -> tuple[str, ...]:
    """Titles that are neither a column's nor its key, in the order given."""
    known = {*columns, *columns.values()}
    return tuple(title for title in titles if title and title not in known)


def _by_key(row: Row, columns: Mapping[str, str]) -> dict[str, Cell]:
    values = {columns.get(name, name): value for name, value in row.items()}
    return {name: value for name, value in values.items() if value is not None and str(value).strip()}


def _observation(values: Mapping[str, Cell], finder: Finder, shared: set[str]) -> Observation:
    subject = _subject(values, finder)
    ident = _criterion(values, finder, subject)
    rule = finder.leaves(subject.tree)[ident].rule
    assert rule is not None
    answers = [name for name in _ANSWERS if name in values]
    if len(answers) != 1:
        raise _WrongRowError("two-answers" if answers else "no-answer", "", count=len(answers))
    until = _day(values, "until", "截至")
    stages = rule.parameters.get("stages")
    stage = _text(values, "stage")
    if stage and isinstance(stages, tuple) and stage not in stages:
        raise _WrongRowError("stage", "阶段", value=stage, known="、".join(stages))
    standing = _text(values, "standing")
    if standing and standing not in STANDINGS:
        raise _WrongRowError("standing", "状态", value=standing)
    return Observation(
        metric=rule.metric,
        subject="" if rule.metric in shared else subject.body,
        period=Period(None, until),
        value=_number(values, "value", "数值"),
        stage=stage or None,
        not_applicable=_text(values, "not_applicable") or None,
        missing=_text(values, "missing") or None,
        expected_on=_day(values, "expected_on", "预计日期"),
        standing=STANDINGS[standing] if standing else Standing.VERIFIED,
        reported_by=_text(values, "reported_by"),
        reported_at=_moment(values, "reported_at", "填报时间"),
        verified_by=_text(values, "verified_by"),
        verified_at=_moment(values, "verified_at", "核验时间"),
        evidence=_parts(values, "evidence"),
    )


def _case(number: int, values: Mapping[str, Cell], finder: Finder) -> Case:
    subject = _subject(values, finder)
    text = _text(values, "kind")
    kind = finder.kind(text, subject)
    if kind.ident is None:
        raise _WrongRowError("kinds" if kind.among else "kind", "种类", value=text, count=kind.among)
    on = _day(values, "on", "日期")
    if on is None:
        raise _WrongRowError("no-day", "日期")
    criterion = None
    if "criterion" in values:
        found = finder.node(subject.tree, _text(values, "criterion"))
        if found.ident is None:
            raise _WrongRowError("criterion", "项", value=values["criterion"], unit=subject.name)
        criterion = found.ident
    return Case(
        id=f"r{number}",
        kind=kind.ident,
        subject=subject.body,
        on=on,
        points=_number(values, "points", "分值"),
        criterion=criterion,
        note=_text(values, "note"),
        evidence=_parts(values, "evidence"),
    )


def _subject(values: Mapping[str, Cell], finder: Finder) -> Subject:
    text = _text(values, "subject")
    subject = finder.subject(text)
    if subject is None:
        raise _WrongRowError("subject" if text else "no-subject", "单位", value=text)
    return subject


def _criterion(values: Mapping[str, Cell], finder: Finder, subject: Subject) -> str:
    text = _text(values, "criterion")
    found = finder.criterion(subject.tree, text)
    if found.ident is None:
        code = "criteria" if found.among else "criterion" if text else "no-criterion"
        raise _WrongRowError(code, "项", value=text, unit=subject.name, count=found.among)
    return found.ident


def _text(values: Mapping[str, Cell], name: str) -> str:
    value = values.get(name, "")
    # Excel makes a figure of an item number (4) and a day of a figure of an item (2/1, the first of February).
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return str(int(value))
    if name == "criterion" and isinstance(value, date):
        return f"{value.month}/{value.day}"
    return str(value).strip()


def _parts(values: Mapping[str, Cell], name: str) -> tuple[str, ...]:
    value = values.get(name)
    if isinstance(value, list):
        return tuple(str(part).strip() for part in value if str(part).strip())
    return tuple(part.strip() for part in _SPLIT.split(_text(values, name)) if part.strip())


def _number(values: Mapping[str, Cell], name: str, title: str) -> Decimal | None:
    value = values.get(name)
    if value is None:
        return None
    if isinstance(value, Decimal):
        return value
    text = str(value).translate(_WIDE).replace(",", "").strip().removesuffix("%").strip()
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("nan")
    if isinstance(value, bool) or not number.is_finite():
        raise _WrongRowError("number", title, value=value)
    return number


def _day(values: Mapping[str, Cell], name: str, title: str) -> date | None:
    value = values.get(name)
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = _DAY.match(str(value).strip())
    try:
        if found:
            return date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        pass
    raise _WrongRowError("day", title, value=value)


def _moment(values: Mapping[str, Cell], name: str, title: str) -> datetime | None:
    value = values.get(name)
    if value is None or isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    try:
        return datetime.fromisoformat(str(value).strip())
    except ValueError:
        raise _WrongRowError("moment", title, value=value) from None
