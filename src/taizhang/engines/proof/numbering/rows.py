"""The number column of a table."""

import re
from collections.abc import Iterator
from itertools import pairwise

from taizhang.engines.gazette.model import Cell, Document, Table
from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.numbering.steps import Step, slips, told
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.kernel.numerals import chinese_integer
from taizhang.kernel.patterns import regex

_NUMBER_TITLE = regex(r"序号|编号|项次|No\.?|№", re.I)


@rule(
    id="numbering.row",
    severity=Severity.ERROR,
    title="表格序号不连续",
    why="表中缺号、重号，行数与序号对不上，统计和引用都会错。",
    concern=Concern.STRUCTURE,
)
def row(context: ProofContext) -> Iterator[Outcome]:
    """The 序号 column of a table: a number left out, repeated or missing.

    Wrong:
        序号\t任务\t单位
        1\t建台账\t市教育局
        2\t抓整改\t市民政局
        2\t促提升\t市财政局
        4\t严考核\t市审计局
    Right:
        序号\t任务\t单位
        1\t建台账\t市教育局
        2\t抓整改\t市民政局
        3\t促提升\t市财政局
        4\t严考核\t市审计局
    """
    for document in context.documents:
        for table in document.tables:
            column = _number_column(table)
            if column is not None:
                for steps in _row_steps(document, table, column):
                    for slip in slips(steps):
                        yield told(row, context, slip, severity=None if slip.is_sure else Severity.NOTE)


def _number_column(table: Table) -> int | None:
    for index, title in enumerate(table.columns[:2]):
        if _NUMBER_TITLE.search(title.replace(" ", "").replace("\u3000", "")):
            return index
    values = [_whole(row_.cells[0]) for row_ in table.rows if row_.cells and row_.cells[0].text]
    numbers = [value for value in values if value is not None]
    if len(numbers) > 3 and len(numbers) >= 0.8 * len(values) and numbers[0] == 1 and _is_mostly_rising(numbers):
        return 0
    return None


def _is_mostly_rising(numbers: list[int]) -> bool:
    return sum(b == a + 1 for a, b in pairwise(numbers)) >= 0.7 * (len(numbers) - 1)


def _whole(cell: Cell) -> int | None:
    text = cell.text.strip().rstrip(".．、")
    if text.isascii() and text.isdigit() and len(text) < 4:
        return int(text)
    return chinese_integer(text) if 0 < len(text) < 4 else None


def _row_steps(document: Document, table: Table, column: int) -> tuple[list[Step], list[Step]]:
    """Figures, and the Chinese numerals that head groups of rows (一、 among 1 2 3)."""
    steps: list[Step] = []
    for row_ in table.rows:
        cell = row_.cells[column] if column < len(row_.cells) else None
        value = _whole(cell) if cell and not cell.continues else None
        if cell is not None and value is not None:
            steps.append(Step(value, cell.text.strip(), cell.span, document.id, table.eid))
    return [s for s in steps if s.printed[0].isdigit()], [s for s in steps if not s.printed[0].isdigit()]


RULES = (row,)
