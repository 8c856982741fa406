"""Plain text to blocks: rows of cells set off by tabs become tables, other lines headings or paragraphs."""

import re

from taizhang.engines.office.blocks import Align, Block, Heading, Paragraph, table_of_texts

_LEVEL_ONE = re.compile(r"(?:第[一二三四五六七八九十百零〇]+[编章节]|[一二三四五六七八九十]+、)")
_LEVEL_TWO = re.compile(r"[(（][一二三四五六七八九十]+[)）]")
_ENDS_A_SENTENCE = ("。", ";", "；", "，", ",", ":", "：", "？", "！")
_LONGEST_HEADING = 40


def blocks_of_text(text: str) -> list[Block]:
    """Blocks of a plain text, one per line that is not blank, in order; nothing but white space at line ends is lost.

    Neighbouring lines that hold a tab make one table, without merged cells; a short row is filled up on the right. The first row
    counts as a header if all its cells have text and none begins with a digit. A short line that is numbered 第X章, 一、 or
    (一) and does not end a sentence becomes a heading of level 1 or 2.

    >>> [type(block).__name__ for block in blocks_of_text("一、总则\\n\\n为了规范管理。\\n序号\\t任务\\n1\\t建台账\\n")]
    ['Heading', 'Paragraph', 'TableBlock']
    """
    blocks: list[Block] = []
    rows: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        line = line.rstrip("\r")
        if "\t" in line.lstrip("\t") or ("\t" in line and rows):
            rows.append([cell.strip() for cell in line.split("\t")])
            continue
        if rows:
            blocks.append(table_of_texts(rows, 1 if _looks_like_header(rows) else 0))
            rows = []
        if line.strip():
            blocks.append(_line_block(line.strip()))
    return blocks


def _looks_like_header(rows: list[list[str]]) -> bool:
    return len(rows) > 1 and all(cell and not cell[0].isdigit() for cell in rows[0])


def _line_block(line: str) -> Block:
    if len(line) <= _LONGEST_HEADING and not line.endswith(_ENDS_A_SENTENCE):
        if _LEVEL_ONE.match(line):
            return Heading(line, 1)
        if _LEVEL_TWO.match(line):
            return Heading(line, 2)
    return Paragraph(line, Align.BODY)
