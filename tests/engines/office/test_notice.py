"""Notices: every figure bound to a record, the parts of GB/T 9704 in their order and look."""

import dataclasses
import io
import zipfile
from datetime import date
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from taizhang.engines.office.errors import NoticeContentIsMalformedError
from taizhang.engines.office.notice import (
    Figure,
    Notice,
    NoticeHeading,
    NoticeParagraph,
    NoticeTable,
    notice_from_json,
    notice_to_json,
)
from taizhang.engines.office.notice_docx import notice_docx

NOTICE = Notice(
    mark="甲市人民政府办公室文件",
    number="甲政办〔2025〕41号",
    title="甲市人民政府办公室关于2025年第三季度考核情况的通报",
    addressees="各县（市、区）人民政府",
    blocks=(
        NoticeHeading("一、总体情况"),
        NoticeParagraph(("有试算得分的", Figure("49", "run:3"), "个，", Figure("未知", "report:8", is_unknown=True), "条未报。")),
        NoticeTable("得分", ("名次", "对象", "得分"), (("1", "东县", Figure("93.10", "score:7")), ("—", "西区", "未定"))),
    ),
    signature="甲市人民政府办公室",
    dated=date(2025, 10, 9),
    remark="此件公开发布",
    copies_to="市委办公室",
    printed_by="甲市人民政府办公室",
    ledger_head="ab12" * 16,
    banner="模拟数据，不得引用",
)


def opened(notice: Notice = NOTICE, **addresses: str) -> Any:
    return Document(io.BytesIO(notice_docx(notice, {key.replace("_", ":"): value for key, value in addresses.items()})))


def lines(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def test_parts_stand_in_the_order_of_the_standard() -> None:
    document = opened()
    assert lines(document) == [
        "甲市人民政府办公室文件",
        "甲政办〔2025〕41号",
        "甲市人民政府办公室关于2025年第三季度考核情况的通报",
        "各县（市、区）人民政府：",
        "一、总体情况",
        "有试算得分的49个，未知条未报。",
        "得分",
        "甲市人民政府办公室",
        "2025年10月9日",
        "（此件公开发布）",
        f"（文中数字取自台账，签发时台账链首 sha256 {'ab12' * 16}）",
    ]
    scores, colophon = document.tables
    assert [[cell.text for cell in row.cells] for row in scores.rows][1:] == [["1", "东县", "93.10"], ["—", "西区", "未定"]]
    assert [row.cells[0].text for row in colophon.rows] == ["抄送：市委办公室。", "甲市人民政府办公室\t2025年10月9日印发"]


def test_page_mark_and_red_line_are_those_of_the_standard() -> None:
    document = opened()
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (round(section.top_margin.mm), round(section.left_margin.mm)) == (37, 28)
    mark, number = [paragraph for paragraph in document.paragraphs if paragraph.text][:2]
    font = mark.runs[0].font
    assert str(font.color.rgb) == "C00000"
    assert 22 <= font.size.pt <= 62
    line = number._p.find(f".//{qn('w:pBdr')}/{qn('w:bottom')}")
    assert (line.get(qn("w:color")), line.get(qn("w:space"))) == ("C00000", "11")  # 4 mm


def test_what_is_not_issued_yet_says_so_in_place_of_number_and_date() -> None:
    text = "\n".join(lines(opened(dataclasses.replace(NOTICE, number=None, dated=None))))
    assert "（文号待编）" in text
    assert "（成文日期待签发）" in text


def test_the_banner_stands_at_the_head_of_odd_and_even_pages() -> None:
    section = opened().sections[0]
    assert [section.header.paragraphs[0].text, section.even_page_header.paragraphs[0].text] == ["模拟数据，不得引用"] * 2


def test_a_figure_leads_to_its_record_where_an_address_is_known() -> None:
    document = opened(score_7="https://tz.example/scores/7/", run_3="https://tz.example/runs/3/")
    links = {
        "".join(text.text for text in link.iter(qn("w:t"))): document.part.rels[link.get(qn("r:id"))].target_ref
        for link in document.element.body.iter(qn("w:hyperlink"))
    }
    assert links == {"93.10": "https://tz.example/scores/7/", "49": "https://tz.example/runs/3/"}


def test_the_same_notice_gives_the_same_bytes_and_names_what_fonts_stand_in() -> None:
    data = notice_docx(NOTICE)
    assert data == notice_docx(NOTICE)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert "仿宋;FangSong" in package.read("word/fontTable.xml").decode()


def test_words_in_a_notice_cannot_be_markup_or_break_the_file() -> None:
    hostile = dataclasses.replace(NOTICE, title="<w:p/>&\x00", blocks=(NoticeParagraph(("</w:t>\x1b", Figure("<b>", "cell:1"))),))
    assert "</w:t>\ufffd<b>" in lines(opened(hostile))


def test_figures_are_listed_in_printed_order() -> None:
    assert [figure.record for figure in NOTICE.figures()] == ["run:3", "report:8", "score:7"]


RUNS = st.one_of(st.text(max_size=20), st.builds(Figure, st.text(max_size=8), st.text(min_size=1, max_size=8), st.booleans()))


@st.composite
def tables(draw: st.DrawFn) -> NoticeTable:
    columns = draw(st.lists(st.text(max_size=6), min_size=1, max_size=4))
    rows = draw(st.lists(st.tuples(*[RUNS] * len(columns)), max_size=4))
    return NoticeTable(draw(st.text(max_size=6)), tuple(columns), tuple(rows))


BLOCKS = st.one_of(
    st.builds(NoticeHeading, st.text(max_size=20), st.integers(1, 4)),
    st.builds(NoticeParagraph, st.lists(RUNS, max_size=4).map(tuple)),
    tables(),
)


@given(st.lists(BLOCKS, max_size=5).map(tuple), st.none() | st.dates())
def test_the_json_form_gives_the_notice_back(blocks: tuple[Any, ...], day: date | None) -> None:
    notice = dataclasses.replace(NOTICE, blocks=blocks, dated=day)
    assert notice_from_json(notice_to_json(notice)) == notice


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({}, "没有正文"),
        ({"blocks": [{"kind": "paragraph", "runs": ["得", {"figure": "93.10"}]}]}, "第1段不合格式：数字没有写明取自哪条记录"),
        ({"blocks": [{"kind": "paragraph", "runs": [{"figure": "1", "record": ""}]}]}, "数字没有写明取自哪条记录"),
        ({"blocks": [{"kind": "picture"}]}, "不是标题、段落或表格"),
        ({"blocks": [{"kind": "heading", "level": 9, "text": "甲"}]}, "不是标题、段落或表格"),
        ({"blocks": [{"kind": "table", "columns": ["甲"], "rows": [["乙", "丙"]]}]}, "表格各行与表头的列数不同"),
        ({"blocks": [], "dated": "10月"}, "dated 的日期“10月”应写成 2025-10-20"),
        ({"blocks": [], "title": 3}, "title 应是文字"),
    ],
)
def test_what_is_no_notice_is_refused_with_the_place(content: dict[str, Any], told: str) -> None:
    with pytest.raises(NoticeContentIsMalformedError, match=told):
        notice_from_json(content)
