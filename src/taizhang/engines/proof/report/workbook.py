"""The report as sheets for editors to work through: findings with a column for their disposition, what agrees, the counts.

It gives values, not a file; the door hands them to the writer of workbooks.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from taizhang.engines.proof.model import Finding
from taizhang.engines.proof.report.acceptance import Accepted
from taizhang.engines.proof.report.excerpt import surroundings
from taizhang.engines.proof.report.model import Report
from taizhang.engines.proof.report.wording import SEVERITIES, Translate, say, severity_word
from taizhang.kernel.columns import printable

Cell = str | int | None
_QUOTED = 60


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: title, width in half-width characters, and the values an editor may choose from, if it is one to fill in."""

    title: str
    width: int
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """A sheet; every row has a value for every column."""

    name: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]


def dispositions(translate: Translate) -> tuple[str, ...]:
    """What an editor can decide on a finding, in the order of a proof's way through the office."""
    return (
        translate("待核"),
        translate("已发承办单位"),
        translate("勘误稿已起草"),
        translate("已改正"),
        translate("已接受印本"),
        translate("以解释补足"),
    )


def report_sheets(report: Report, translate: Translate) -> tuple[ReportSheet, ...]:
    """Findings (open and accepted), agreeing sums, counts by severity and rule."""
    return (_findings(report, translate), _agreeing(report, translate), _counts(report, translate))


def _findings(report: Report, translate: Translate) -> ReportSheet:
    choices = dispositions(translate)
    columns = (
        SheetColumn(translate("编号"), 5),
        SheetColumn(translate("性质"), 7),
        SheetColumn(translate("位置"), 18),
        SheetColumn(translate("行"), 6),
        SheetColumn(translate("列"), 5),
        SheetColumn(translate("原文"), 36),
        SheetColumn(translate("问题所在"), 16),
        SheetColumn(translate("说明"), 34),
        SheetColumn(translate("印本"), 14),
        SheetColumn(translate("推算"), 14),
        SheetColumn(translate("处理建议"), 28),
        SheetColumn(translate("处理"), 14, choices),
        SheetColumn(translate("理由或备注"), 18),
        SheetColumn(translate("经办人"), 9),
        SheetColumn(translate("规则"), 18),
    )
    rows = tuple(_finding_row(n, e, report, translate, choices) for n, e in report.numbered())
    return ReportSheet(translate("校对结果"), columns, rows)


def _finding_row(
    number: int, entry: Finding | Accepted, report: Report, translate: Translate, choices: tuple[str, ...]
) -> tuple[Cell, ...]:
    finding = entry.finding if isinstance(entry, Accepted) else entry
    line, column = report.position(finding.spans) or (None, None)
    context = words = None
    if finding.spans:
        context = report.words(surroundings(report, finding.spans[0], _QUOTED)).strip()
        words = report.words(finding.spans[0])
    accepted = entry.acceptance if isinstance(entry, Accepted) else None
    told = (
        severity_word(finding.severity, translate),
        report.place(finding) or None,
        line,
        column,
        context,
        words,
        say(finding.message, translate),
        finding.declared,
        finding.computed,
        say(finding.advice, translate),
        choices[4] if accepted else choices[0],
        f"{accepted.reason}（{accepted.on.isoformat()}）" if accepted else None,
        accepted.who if accepted else None,
        finding.rule,
    )
    return (number, *(printable(cell) if isinstance(cell, str) else cell for cell in told))


def _agreeing(report: Report, translate: Translate) -> ReportSheet:
    columns = (
        SheetColumn(translate("位置"), 30),
        SheetColumn(translate("说明"), 70),
        SheetColumn(translate("数值"), 20),
        SheetColumn(translate("规则"), 26),
    )
    rows = tuple(
        (
            report.places.label(None, None, a.spans[0].start) if a.spans else None,
            printable(say(a.message, translate)),
            a.value,
            a.rule,
        )
        for a in report.agreeing
    )
    return ReportSheet(translate("核对相符"), columns, rows)


def _counts(report: Report, translate: Translate) -> ReportSheet:
    columns = (SheetColumn(translate("项目"), 40), SheetColumn(translate("数量"), 10), SheetColumn(translate("说明"), 70))
    return ReportSheet(translate("统计"), columns, tuple(_count_rows(report, translate)))


def _count_rows(report: Report, translate: Translate) -> Iterator[tuple[Cell, ...]]:
    for severity in SEVERITIES:
        yield severity_word(severity, translate), report.count(severity), None
    yield translate("已接受印本"), len(report.review.accepted), None
    yield translate("已失效的接受"), len(report.review.stale), None
    yield translate("核对相符"), len(report.agreeing), None
    for rule, count in sorted(Counter(f.rule for f in report.review.open).items(), key=lambda c: (-c[1], c[0])):
        text = report.rules.get(rule)
        yield rule, count, translate(text.title) if text else None
    yield translate("文件"), None, report.source.name
    if report.source.digest:
        yield "SHA-256", None, report.source.digest
    yield translate("台账版本"), None, report.version
