"""Blocks to a PDF in the layout of GB/T 9704-2012, set by typst: real text, real tables, tagged for screen readers.

The blocks travel as data, never as typst markup, so no character of theirs can command the typesetter. No clock is read:
the same blocks and fonts give the same bytes.
"""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

import typst

from taizhang.engines.office.blocks import Block, Heading, PageBreak, Paragraph, TableBlock
from taizhang.engines.office.characters import printable
from taizhang.engines.office.errors import FontsAreMissingError
from taizhang.engines.office.widths import column_shares, table_half_points

# Family names as typst lists them, first the ones the standard asks for, last what is free to install.
_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei")
_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "SimSun", *_SANS)
_FONTS = {
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "STZhongsong", *_SERIF),
    "body": ("FangSong_GB2312", "FangSong", "STFangsong", *_SERIF),
    "black": ("SimHei", "STHeiti", *_SANS),
    "kai": ("KaiTi_GB2312", "KaiTi", "STKaiti", *_SERIF),
}
_TEXT_WIDTH_HALF_POINTS = 884  # 156 mm

_TEMPLATE = b"""
#let data = json(bytes(sys.inputs.data))
#let fonts = data.fonts
#set document(title: data.title, date: none)
#set page(
  paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm), footer-descent: 7mm,
  footer: context {
    let number = counter(page).get().first()
    set text(size: 14pt)
    set align(if calc.odd(number) { right } else { left })
    pad(x: 14pt)[\xe2\x80\x94 #number \xe2\x80\x94]
  },
)
#set text(font: fonts.body, size: 16pt, lang: "zh", region: "cn", cjk-latin-spacing: none)
#set text(tracking: -0.25pt, top-edge: 0.88em, bottom-edge: -0.12em)
#set par(leading: 12.95pt, spacing: 12.95pt, justify: true, first-line-indent: (amount: 2em, all: true))
#show heading: set text(size: 16pt, weight: "regular")
#show heading: set block(above: 12.95pt, below: 12.95pt)
#let lines(text) = text.split("\\n").join(linebreak())
#let headings = (fonts.title, fonts.black, fonts.kai, fonts.body, fonts.body)
#let a-heading(b) = {
  set text(font: headings.at(b.level))
  if b.level == 0 {
    show heading: set text(size: 22pt)
    show heading: set align(center)
    show heading: set block(above: 12.95pt, below: 12.95pt)
    set par(first-line-indent: 0pt, justify: false)
    heading(level: 1, lines(b.text))
  } else {
    show heading: it => block(sticky: true, par(it.body))
    heading(level: b.level + 1, lines(b.text))
  }
}
#let a-paragraph(b) = {
  if b.align == "body" { par(lines(b.text)) } else {
    set par(first-line-indent: 0pt, justify: false)
    align((left: left, center: center, right: right).at(b.align), par(lines(b.text)))
  }
}
#let a-cell(c, head) = table.cell(
  x: c.x, y: c.y, colspan: c.colspan, rowspan: c.rowspan, breakable: false,
  align: horizon + if head or c.short { center } else { left },
  { set text(font: if head { fonts.black } else { fonts.body }); lines(c.text) },
)
#let a-table(b) = {
  set text(size: b.points * 1pt, tracking: 0pt)
  set par(first-line-indent: 0pt, justify: false, leading: 0.35em)
  let head = b.cells.filter(c => c.y < b.header).map(c => a-cell(c, true))
  let rest = b.cells.filter(c => c.y >= b.header).map(c => a-cell(c, false))
  table(
    columns: b.widths.map(w => w * 1fr), stroke: 0.5pt, inset: (x: 5pt, y: 4pt),
    ..if head.len() > 0 { (table.header(repeat: true, ..head),) },
    ..rest,
  )
}
#for b in data.blocks {
  if b.kind == "heading" { a-heading(b) }
  if b.kind == "paragraph" { a-paragraph(b) }
  if b.kind == "table" { a-table(b) }
  if b.kind == "page-break" { pagebreak() }
}
"""


def write_document(blocks: Sequence[Block], *, title: str = "") -> bytes:
    """A PDF of the blocks; `title` is the file's property, not printed. Raises `FontsAreMissingError`."""
    data = {"title": printable(title), "fonts": _installed(), "blocks": [_as_data(block) for block in blocks]}
    compiler = typst.Compiler(input=_TEMPLATE, sys_inputs={"data": json.dumps(data, ensure_ascii=False)})
    made, _ = compiler.compile_with_warnings(format="pdf")
    assert isinstance(made, bytes)  # a list only for formats with one file a page
    return made


@cache
def _installed() -> dict[str, list[str]]:
    """Of each stack the families this machine has; the names it lacks would only make warnings."""
    families = set(typst.Fonts().families())
    found = {use: [name for name in stack if name in families] for use, stack in _FONTS.items()}
    for use, names in found.items():
        if not names:
            raise FontsAreMissingError(wanted="、".join(_FONTS[use]))
    return found


def _as_data(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "text": printable(text), "level": level}
        case Paragraph(text, align):
            return {"kind": "paragraph", "text": printable(text), "align": align.value}
        case PageBreak():
            return {"kind": "page-break"}
        case TableBlock(header_rows=header):
            grid = block.grid()
            size = table_half_points(len(grid[0]))
            cells = [
                {"x": x, "y": y, "colspan": c.colspan, "rowspan": c.rowspan, "text": printable(c.text), "short": len(c.text) <= 6}
                for y, row in enumerate(grid)
                for x, c in enumerate(row)
                if c
            ]
            widths = column_shares(block, _TEXT_WIDTH_HALF_POINTS * 2 // size)
            return {"kind": "table", "header": header, "points": size / 2, "widths": widths, "cells": cells}
