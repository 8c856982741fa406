"""A notice (通报) as a value: parts in the order of GB/T 9704-2012 with every figure bound to a record, and its JSON form.

It knows no format and no rule of who may issue; `notice_docx` prints it, a page renders it, and the JSON form is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from taizhang.engines.office.errors import NoticeContentIsMalformedError

UNKNOWN = "未知"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as printed, with the record it was taken from ("cell:12", "report:7", "score:3").

    `is_unknown`: there is no figure yet; `text` then says so in words (未知, 未定), never 0 or a dash.
    """

    text: str
    record: str
    is_unknown: bool = False


Run = str | Figure


@dataclass(frozen=True, slots=True)
class NoticeHeading:
    """A heading of level 1 (一、) to 4 ((1))."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class NoticeParagraph:
    """A paragraph of words and figures."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class NoticeTable:
    """A table with a caption; each cell is words or a figure, and each row has a cell for every column."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Run, ...], ...]


NoticeBlock = NoticeHeading | NoticeParagraph | NoticeTable


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice. `mark` is the 发文机关标志 (…文件), `number` None until it is issued, `dated` None likewise.

    `addressees` 主送, without the colon; `signature` 发文机关署名; `remark` 附注, without brackets; `copies_to` 抄送;
    `printed_by` and `printed_on` 印发机关 and 印发日期. `ledger_head` is printed with the text (the SHA-256 that the ledger had
    when it was issued). `banner` stands at the head of every page (模拟数据).
    """

    mark: str
    number: str | None
    title: str
    addressees: str
    blocks: tuple[NoticeBlock, ...]
    signature: str
    dated: date | None = None
    remark: str = ""
    copies_to: str = ""
    printed_by: str = ""
    printed_on: date | None = None
    ledger_head: str = ""
    banner: str = ""

    def figures(self) -> tuple[Figure, ...]:
        """Every figure, in printed order."""
        return tuple(run for block in self.blocks for run in _runs(block) if isinstance(run, Figure))


def _runs(block: NoticeBlock) -> tuple[Run, ...]:
    match block:
        case NoticeParagraph(runs):
            return runs
        case NoticeTable(rows=rows):
            return tuple(cell for row in rows for cell in row)
        case _:
            return (block.text,)


def notice_to_json(notice: Notice) -> dict[str, Any]:
    """The JSON form: a figure is `{"figure": …, "record": …}`, with `"unknown": true` where there is none; days are ISO.

    >>> note = Notice("甲市文件", None, "题", "各单位", (NoticeParagraph(("得", Figure("93.10", "score:1"), "分")),), "甲市")
    >>> notice_to_json(note)["blocks"]
    [{'kind': 'paragraph', 'runs': ['得', {'figure': '93.10', 'record': 'score:1'}, '分']}]
    >>> notice_from_json(notice_to_json(note)) == note
    True
    """
    return {
        "mark": notice.mark,
        "number": notice.number,
        "title": notice.title,
        "addressees": notice.addressees,
        "blocks": [_block_to_json(block) for block in notice.blocks],
        "signature": notice.signature,
        "dated": notice.dated.isoformat() if notice.dated else None,
        "remark": notice.remark,
        "copies_to": notice.copies_to,
        "printed_by": notice.printed_by,
        "printed_on": notice.printed_on.isoformat() if notice.printed_on else None,
        "ledger_head": notice.ledger_head,
        "banner": notice.banner,
    }


def _block_to_json(block: NoticeBlock) -> dict[str, Any]:
    match block:
        case NoticeHeading(text, level):
            return {"kind": "heading", "level": level, "text": text}
        case NoticeParagraph(runs):
            return {"kind": "paragraph", "runs": [run_to_json(run) for run in runs]}
        case NoticeTable(caption, columns, rows):
            cells = [[run_to_json(cell) for cell in row] for row in rows]
            return {"kind": "table", "caption": caption, "columns": list(columns), "rows": cells}


def run_to_json(run: Run) -> str | dict[str, Any]:
    """The JSON form of words or a figure."""
    if isinstance(run, str):
        return run
    return {"figure": run.text, "record": run.record} | ({"unknown": True} if run.is_unknown else {})


def notice_from_json(content: Mapping[str, Any]) -> Notice:
    """The notice of its JSON form; parts that are lacking are empty. Raises `NoticeContentIsMalformedError` with the place."""
    blocks = content.get("blocks")
    if not isinstance(blocks, list):
        raise NoticeContentIsMalformedError(place=0, why="没有正文")
    words = ("mark", "title", "addressees", "signature", "remark", "copies_to", "printed_by", "ledger_head", "banner")
    return Notice(
        **{name: _word(content, name) for name in words},
        number=_word(content, "number") or None,
        dated=_day(content, "dated"),
        printed_on=_day(content, "printed_on"),
        blocks=tuple(_block_from_json(block, place) for place, block in enumerate(blocks, start=1)),
    )


def _word(content: Mapping[str, Any], name: str) -> str:
    value = content.get(name)
    if value is not None and not isinstance(value, str):
        raise NoticeContentIsMalformedError(place=0, why=f"{name} 应是文字")
    return value or ""


def _day(content: Mapping[str, Any], name: str) -> date | None:
    text = _word(content, name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise NoticeContentIsMalformedError(place=0, why=f"{name} 的日期“{text}”应写成 2025-10-20") from error


def _block_from_json(block: object, place: int) -> NoticeBlock:
    match block:
        case {"kind": "heading", "text": str(text), "level": 1 | 2 | 3 | 4 as level}:
            return NoticeHeading(text, level)
        case {"kind": "paragraph", "runs": list(runs)}:
            return NoticeParagraph(tuple(_run_from_json(run, place) for run in runs))
        case {"kind": "table", "columns": list(columns), "rows": list(rows), **rest}:
            cells = tuple(tuple(_run_from_json(cell, place) for cell in row) for row in rows)
            if not columns or any(len(row) != len(columns) for row in cells):
                raise NoticeContentIsMalformedError(place=place, why="表格各行与表头的列数不同")
            return NoticeTable(str(rest.get("caption", "")), tuple(str(column) for column in columns), cells)
        case _:
            raise NoticeContentIsMalformedError(place=place, why="不是标题、段落或表格")


def _run_from_json(run: object, place: int) -> Run:
    match run:
        case str(text):
            return text
        case {"figure": str(text), "record": str(record), **rest} if record:
            return Figure(text, record, bool(rest.get("unknown", False)))
        case _:
            raise NoticeContentIsMalformedError(place=place, why="数字没有写明取自哪条记录")
