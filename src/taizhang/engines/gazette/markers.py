"""The numbering of clauses as printed: 第三条, 一、, (一), 1., (1), ①, 1.1 — its kind, value and rank.

Legal source: GB/T 9704-2012 7.3.3 (一、 then (一) then 1. then (1)); 《立法法》 for 编章节条款项目.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from taizhang.kernel.numerals import chinese_integer
from taizhang.kernel.patterns import regex

_CN = "〇零一二三四五六七八九十百千"
_DIGIT = "0-9０-９"
_MARK = regex(
    rf"""
    第\s*(?P<law>[{_CN}{_DIGIT}](?:\s?[{_CN}{_DIGIT}])*)\s*(?P<unit>[编章节条篇])(?P<sub>之[一二三四五六七八九十]+)?(?![、，,至和或款的规])
    |(?P<cn>[{_CN}](?:\s?[{_CN}])*)\s*[、．.](?![、])
    |[(（]\s*(?P<pcn>[{_CN}]{{1,4}})\s*[)）]
    |(?P<dec>[0-9]{{1,2}}(?:[.．][0-9]{{1,2}}){{1,3}})(?![0-9.．％%‰])
    |(?P<num>[{_DIGIT}]{{1,3}})\s*(?:[.．](?![0-9０-９])|、)
    |[(（]\s*(?P<pnum>[{_DIGIT}]{{1,3}})\s*[)）]
    |(?P<half>[0-9]{{1,2}})[)）]
    |(?P<circle>[①-⑳㉑-㉟])
    |(?P<bare>[0-9]{{1,2}})(?=[ \u3000\t]+[\u4e00-\u9fff])
    """,
    re.VERBOSE,
)
_FIRST = frozenset("第(（0123456789０１２３４５６７８９①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟" + _CN)
_FULL = str.maketrans("０１２３４５６７８９", "0123456789")
_UNIT_KIND = {"编": "part", "篇": "part", "章": "chapter", "节": "section", "条": "article"}
# Rank orders levels from outermost; an article's and a division's rank depends on what stands above and is set when nesting.
RANK = {
    "part": 0.0, "chapter": 1.0, "section.law": 2.0, "article": 2.5, "section.cn": 3.0, "division": 3.5,
    "subsection": 4.0, "item": 5.0, "subitem": 6.0, "half": 6.5, "point": 7.0,
    "decimal1": 1.0, "decimal2": 2.0, "decimal3": 3.2, "decimal4": 4.5,
}  # fmt: skip
KIND = {
    "section.law": "section", "section.cn": "section", "half": "point",
    "decimal1": "chapter", "decimal2": "section", "decimal3": "subsection", "decimal4": "item",
}  # fmt: skip


class Marker(NamedTuple):
    """A printed number at the head of a clause: `level` keys `RANK`, `value` counts, `length` in characters of the block."""

    level: str
    value: int
    length: int
    printed: str
    path: tuple[int, ...] = ()

    @property
    def kind(self) -> str:
        """Akoma Ntoso name of the clause it opens."""
        return KIND.get(self.level, self.level)


@lru_cache(4096)
def _value(text: str) -> int | None:
    plain = "".join(text.split()).translate(_FULL)
    return int(plain) if plain.isascii() and plain.isdigit() else chinese_integer(plain)


def marker_of(text: str) -> Marker | None:
    """The number `text` opens with, None if it opens with none.

    >>> marker_of("第 1 0 条 对企业"), marker_of("(一)重点目标")  # doctest: +ELLIPSIS
    (Marker(level='article', value=10, ...), Marker(level='subsection', value=1, ...))
    >>> marker_of("1.5吨以上") is None or marker_of("1.5吨以上").level
    'decimal2'
    """
    if text[:1] not in _FIRST:
        return None
    match = _MARK.match(text)
    if not match:
        return None
    group = match.lastgroup if match.lastgroup != "sub" else "unit"
    printed = match.group()
    if group == "unit":
        level = _UNIT_KIND[match["unit"]]
        value = _value(match["law"])
        level = "section.law" if level == "section" else level
        return None if value is None else Marker(level, value, match.end(), printed)
    if group == "dec":
        path = tuple(int(part) for part in match["dec"].replace("．", ".").split("."))
        return Marker(f"decimal{len(path)}", path[-1], match.end(), printed, path)
    if group == "circle":
        offset = ord(printed)
        return Marker("point", offset - 0x2460 + 1 if offset < 0x3251 else offset - 0x3251 + 21, match.end(), printed)
    levels = {"cn": "section.cn", "pcn": "subsection", "num": "item", "pnum": "subitem", "half": "half", "bare": "decimal1"}
    assert group is not None
    value = _value(match[group])
    if value is None or (group in {"cn", "pcn"} and value > 99):
        return None
    return Marker(levels[group], value, match.end(), printed, (value,) if group == "bare" else ())


_NUMBER_IN_BRACKETS = regex(r"[(（]\s*[一二三四五六七八九十]{1,3}\s*[)）]")
_GLUED = regex(r"(?P<emphasis>\*\*)?(?=[(（]\s*[一二三四五六七八九十]{1,3}\s*[)）])")
_NOT_A_HEADING = regex(r"[，。；：！？,;:!?]|第.{1,5}[条款项]\s*\Z|(?:依照|按照|根据|符合|违反|前款|本条)\Z")
_AFTER_REFERENCE = regex(r"\s*(?:项|款|目|至|、|和|或|,|，|$)")
_SHORT_HEADING = regex(r"[^。；，,;]{1,24}\Z")


def glued_heading(text: str) -> int | None:
    """Offset at which a heading numbered (一)… is glued to the name before it, None if there is none.

    >>> glued_heading("某某支行**(一)重点目标(600分)**"), glued_heading("依照第三条(一)项"), glued_heading("(一)重点")
    (6, None, None)
    """
    if text.find("(", 1) < 0 and text.find("（", 1) < 0:
        return None
    for match in _GLUED.finditer(text):
        at = match.start()
        before, after = text[:at].rstrip("*# "), text[match.end() :]
        closing = _NUMBER_IN_BRACKETS.match(after)
        if not before or not closing or len(before) > 40:
            continue
        rest = after[closing.end() :]
        if _NOT_A_HEADING.search(before) or _AFTER_REFERENCE.match(rest) or not _SHORT_HEADING.match(rest.rstrip("* ")):
            continue
        return match.end()
    return None
