"""The front of a gazette issue: masthead (刊头, 版权) and table of contents (目录)."""

import re

from taizhang.engines.gazette.blocks import Block
from taizhang.engines.gazette.frame import date_line, is_body, squeezed
from taizhang.engines.gazette.model import ContentsEntry, Masthead
from taizhang.kernel.dates import first_day_in
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_TITLE = regex(r"《?([\u4e00-\u9fff]{2,24}?公报)》?")
_NUMBER = regex(r"第(\d{1,4})[号期]")
_TOTAL = regex(r"总(?:第)?(\d{1,5})[号期]")
_YEAR_OF_NUMBER = regex(r"((?:19|20)\d\d)年?第\d{1,4}[号期]")
_LONE_YEAR = regex(r"(?:19|20)\d\d(?:年)?\Z")
_PUBLISHED = regex(r"(?:出版|发行|出刊|刊发|编印)(?:日期|时间)")
_PUBLISHER = regex(r"主办(?:单位)?[:：]?(.*)")
_OFFICE = regex(
    r"(?P<office>(?:编辑委员会|编委会)?(?:主任|副主任|委员|主编|副主编|总编辑?|责任编辑|执行编辑|美术编辑|编辑|校对|审核))[:：](?P<names>.*)\Z"
)
_NAME = regex(r"[\u4e00-\u9fff·]{2,5}\Z")
_PAGE = regex(r"(?P<title>.*?)[\s.…·．—\-]*[(（]?\s*(?P<page>\d{1,4})\s*[)）]?\Z", re.DOTALL)
_SECTION = regex(r"[【\[〔](?P<name>[^】\]〕]{2,20})[】\]〕]\Z")


def is_masthead(blocks: list[Block]) -> bool:
    """True if these blocks look like the front of a gazette issue."""
    text = squeezed("".join(b.text for b in blocks[:120]))
    return "公报" in text and bool(
        _TOTAL.search(text) or (_NUMBER.search(text) and ("目录" in text or "主办" in text or "编辑" in text))
    )


def read_masthead(blocks: list[Block]) -> Masthead:
    """Metadata of the issue; what is not printed stays None."""
    lines = [squeezed(b.text) for b in blocks]
    whole = "\n".join(lines)
    title = _TITLE.search(whole)
    number, total, yearly = _NUMBER.search(whole), _TOTAL.search(whole), _YEAR_OF_NUMBER.search(whole)
    published = next((first_day_in(line) for line in lines if _PUBLISHED.search(line)), None)
    year = int(yearly[1]) if yearly else next((int(line[:4]) for line in lines if _LONE_YEAR.match(line)), None)
    if published is None:
        published = next((day for line in lines if (day := date_line(line))), None)
    if year is None and published is not None:
        year = published.year
    return Masthead(
        title[1] if title else "公报",
        year,
        int(number[1]) if number else None,
        int(total[1]) if total else None,
        published,
        _publisher(lines),
        _editors(lines),
        Span(blocks[0].start, blocks[-1].end),
    )


def _publisher(lines: list[str]) -> str | None:
    for index, line in enumerate(lines):
        match = _PUBLISHER.match(line)
        if match:
            name = match[1] or (lines[index + 1] if index + 1 < len(lines) else "")
            return name if is_body(name) else None
    return None


def _editors(lines: list[str]) -> tuple[tuple[str, str], ...]:
    editors: list[tuple[str, str]] = []
    office = None
    for line in lines:
        match = _OFFICE.match(line)
        if match:
            office = match["office"]
            names = re.split(r"[、，,]", match["names"])
            editors.extend((office, name) for name in names if _NAME.match(name))
        elif office and _NAME.match(line) and not re.search(r"编辑|主办|目录|公报|编委|政府|讲话|文件|选登|任免", line):
            editors.append((office, line))
        elif not _NAME.match(line):
            office = None
    return tuple(editors)


def read_contents(blocks: list[Block]) -> tuple[ContentsEntry, ...]:
    """Entries of the table of contents; titles broken over lines are joined, without their dots and page numbers."""
    entries: list[ContentsEntry] = []
    section: str | None = None
    pending: list[Block] = []
    for block in blocks:
        text = block.text.strip()
        label = _SECTION.match(squeezed(text))
        page = _PAGE.match(text)
        if label:
            section, pending = label["name"], []
        elif page and _looks_like_title(title := "".join(squeezed(b.text) for b in pending) + squeezed(page["title"])):
            start = pending[0].start if pending else block.start
            entries.append(ContentsEntry(title, page["page"], section, Span(start, block.end)))
            pending = []
        elif len(squeezed(text)) <= 14 and squeezed(text).endswith(("文件", "讲话", "任免", "选登", "法规", "规章")):
            section, pending = squeezed(text), []
        elif re.search(r"[:：]", text) or len(squeezed(text)) < 8 or "《" in text[:1]:
            if (
                2 <= len(squeezed(text)) < 8
                and not re.search(r"[:：]", text)
                and squeezed(text).endswith(("文件", "讲话", "任免", "选登"))
            ):
                section = squeezed(text)
            pending = []
        else:
            pending = [*pending[-3:], block]
    return tuple(entries)


def _looks_like_title(title: str) -> bool:
    return (
        len(title) >= 8
        and bool(re.search(r"关于|讲话|通知|办法|意见|规定|报告|令|公告|决定|任免|条例|批复|函", title))
        and "电话" not in title
    )
