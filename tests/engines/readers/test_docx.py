import pytest

from taizhang.engines.readers import Media, read_bytes
from taizhang.engines.readers.errors import FileHasNoTextError, FileIsDamagedError, PackageIsUnsafeError
from tests.engines.readers.word_files import NAMES, abstract, level, listed, num, p, r, table, tc, word_file


def text_of(body: str, numbering: str = "", styles: str = "") -> str:
    return read_bytes(word_file(body, numbering=numbering, styles=styles), name="通知.docx").text


def lines_of(body: str, numbering: str = "", styles: str = "") -> list[str]:
    return [line for line in text_of(body, numbering, styles).split("\n") if line]


def test_paragraphs_come_in_order_and_a_blank_line_ends_each() -> None:
    assert text_of(p("关于加强台账管理的通知") + p() + p("各单位：")) == "关于加强台账管理的通知\n\n各单位：\n\n"


def test_a_break_inside_a_paragraph_is_a_line_break_and_a_tab_a_space() -> None:
    body = "<w:p><w:r><w:t>第一章</w:t><w:tab/><w:t>总则</w:t><w:br/><w:t>下一行</w:t></w:r></w:p>"
    assert lines_of(body) == ["第一章 总则", "下一行"]


def test_an_offset_leads_to_its_paragraph_or_cell() -> None:
    source = read_bytes(word_file(p("甲") + p() + p("乙") + table(tc("丙") + tc("丁"), tc("戊") + tc("己"))))
    places = {c: str(source.locate(source.text.index(c))) for c in "甲乙丙己"}
    assert places == {"甲": "第1段", "乙": "第2段", "丙": "表1第1行第1格", "己": "表1第2行第2格"}
    assert (source.media, source.encoding) == (Media.DOCX, None)


def test_merged_cells_leave_empty_places() -> None:
    span, start, go_on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        tc("地区", start) + tc("户数", span), tc("", go_on) + tc("上年") + tc("本年"), tc("河滨区") + tc("12") + tc("15")
    )
    assert text_of(body) == "地区\t户数\t\n\t上年\t本年\n河滨区\t12\t15\n\n"


def test_rows_set_in_by_grid_columns_keep_their_columns() -> None:
    before = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>'
    assert lines_of(table(tc("甲") + tc("乙"), before + tc("丙"))) == ["甲\t乙", "\t丙"]


def test_a_table_of_one_column_is_a_frame_around_running_text() -> None:
    assert text_of(table(tc(p("专栏1 主要工程") + p("建设数据底座")))) == "专栏1 主要工程\n\n建设数据底座\n\n"


def test_a_cell_keeps_its_row_on_one_line_whatever_stands_in_it() -> None:
    inner = table(tc("内") + tc("层"))
    assert lines_of(table(tc(p("甲") + p("乙")) + tc(inner + p()))) == ["甲 乙\t内 层"]


CHINESE = abstract(
    0,
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimal", "(%4)"),
)


def test_chinese_list_numbers_are_written_out_and_start_again_below_a_higher_one() -> None:
    body = "".join([listed("组织", 1), listed("领导", 1, 1), listed("分工", 1, 1), listed("措施", 1, 2), listed("保障", 1)])
    body += listed("经费", 1, 1)
    assert lines_of(body, CHINESE + num(1, 0)) == ["一、组织", "（一）领导", "（二）分工", "1. 措施", "二、保障", "（一）经费"]


def test_articles_run_on_through_the_chapters_of_a_law() -> None:
    never = '<w:lvlRestart w:val="0"/>'
    law = abstract(0, level(0, "chineseCounting", "第%1章"), level(1, "chineseCounting", "第%2条", never)) + num(1, 0)
    body = (
        listed("总则", 1) + listed("为了规范", 1, 1) + listed("本办法", 1, 1) + listed("附则", 1) + listed("自公布之日起", 1, 1)
    )
    assert lines_of(body, law) == ["第一章 总则", "第一条 为了规范", "第二条 本办法", "第二章 附则", "第三条 自公布之日起"]


def test_decimal_outlines_name_the_levels_above() -> None:
    plan = abstract(0, level(0, "chineseCounting", "%1"), level(1, "decimal", "%1.%2", "<w:isLgl/>")) + num(1, 0)
    assert lines_of(listed("总则", 1) + listed("目的", 1, 1) + listed("依据", 1, 1), plan) == ["一 总则", "1.1 目的", "1.2 依据"]


def test_a_second_list_of_the_same_kind_goes_on_unless_it_says_to_start_again() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    body = listed("甲", 1) + listed("乙", 2) + listed("丙", 3) + listed("丁", 3)
    assert lines_of(body, CHINESE + num(1, 0) + num(2, 0) + num(3, 0, again)) == ["一、甲", "二、乙", "一、丙", "二、丁"]


def test_a_style_can_number_its_paragraphs_and_a_paragraph_can_opt_out() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Tiao"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="Tiao"/></w:style>'
    )
    numbering = abstract(0, level(0, "chineseCounting", "第%1条", '<w:pStyle w:val="Tiao"/>')) + num(1, 0)
    off = '<w:pStyle w:val="Tiao"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = p("甲", '<w:pStyle w:val="Tiao"/>') + p("乙", '<w:pStyle w:val="Sub"/>') + p("丙", off)
    assert lines_of(body, numbering, styles) == ["第一条 甲", "第二条 乙", "丙"]


def test_numbers_in_a_column_of_a_table_are_written_out() -> None:
    numbering = abstract(0, level(0, "decimal", "%1")) + num(1, 0)
    body = table(tc("序号") + tc("任务"), tc(listed("", 1)) + tc("建台账"), tc(listed("", 1)) + tc("管数据"))
    assert lines_of(body, numbering) == ["序号\t任务", "1\t建台账", "2\t管数据"]


@pytest.mark.parametrize(
    ("form", "third"),
    [
        ("decimal", "3"),
        ("ideographDigital", "三"),
        ("japaneseCounting", "三"),
        ("chineseLegalSimplified", "叁"),
        ("ideographTraditional", "丙"),
        ("decimalEnclosedCircleChinese", "③"),
        ("decimalFullWidth", "３"),
        ("decimalZero", "03"),
        ("upperLetter", "C"),
        ("lowerRoman", "iii"),
    ],
)
def test_number_formats_look_as_in_word(form: str, third: str) -> None:
    body = listed("甲", 1) + listed("乙", 1) + listed("丙", 1)
    assert lines_of(body, abstract(0, level(0, form, "%1、")) + num(1, 0))[2] == f"{third}、丙"


def test_bullets_of_symbol_fonts_become_a_plain_bullet() -> None:
    assert lines_of(listed("甲", 1), abstract(0, level(0, "bullet", "\uf0b7")) + num(1, 0)) == ["• 甲"]


def test_tracked_changes_are_read_as_accepted_and_counted() -> None:
    body = f"<w:p>{r('投资')}<w:del><w:r><w:delText>5</w:delText></w:r></w:del><w:ins>{r('6')}</w:ins>{r('亿元')}</w:p>"
    source = read_bytes(word_file(body))
    assert source.text.strip() == "投资6亿元"
    assert {str(note) for note in source.notes} == {"1处修订的新增内容按已接受读入", "1处修订的删除内容未读入"}


def test_a_paragraph_whose_end_was_deleted_runs_on_into_the_next() -> None:
    assert lines_of(p("前半", "<w:rPr><w:del/></w:rPr>") + p("后半")) == ["前半后半"]


def test_deleted_rows_are_left_out() -> None:
    assert lines_of(table("<w:trPr><w:del/></w:trPr>" + tc("甲") + tc("乙"), tc("丙") + tc("丁"))) == ["丙\t丁"]


def test_text_boxes_are_read_once_after_their_paragraph() -> None:
    box = f"<w:txbxContent>{p('框内')}</w:txbxContent>"
    choice = f'<mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>'
    assert lines_of(f"<w:p><w:r>{choice}</mc:AlternateContent></w:r>{r('框外')}</w:p>") == ["框外", "框内"]


def test_a_text_box_in_a_cell_stays_in_its_row() -> None:
    box = f"<w:p>{r('甲')}<w:r><w:pict><w:txbxContent>{p('框内')}</w:txbxContent></w:pict></w:r></w:p>"
    assert lines_of(table(tc(box) + tc("乙"))) == ["甲 框内\t乙"]


def test_fields_give_their_result_and_hidden_text_and_footnotes_a_note() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF x</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("12")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    hidden = r("内部", "<w:vanish/>")
    source = read_bytes(word_file(f"<w:p>{r('见第')}{field}{r('页')}{hidden}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>"))
    assert source.text.strip() == "见第12页"
    assert {str(note) for note in source.notes} == {"1处脚注未读入正文", "1处隐藏文字未读入"}


def test_raised_figures_stay_raised() -> None:
    eight = r("8", '<w:vertAlign w:val="superscript"/>')
    assert lines_of(f"<w:p>{r('10')}{eight}{r('立方米')}</w:p>") == ["10⁸立方米"]


def test_content_controls_and_inserted_paragraphs_are_looked_through() -> None:
    body = f"<w:sdt><w:sdtContent>{p('甲')}<w:sdt><w:sdtContent>{p('乙')}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>"
    assert lines_of(body) == ["甲", "乙"]


def test_ticked_boxes_of_forms_are_kept() -> None:
    assert lines_of('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>同意</w:t></w:r></w:p>') == ["☑同意"]


def test_the_strict_variant_of_the_format_is_read_too() -> None:
    document = f"<w:document {NAMES}><w:body>{p('甲')}</w:body></w:document>".replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert read_bytes(word_file("", extra={"word/document.xml": document.encode()})).text.strip() == "甲"


def test_a_document_of_pictures_alone_has_no_text() -> None:
    with pytest.raises(FileHasNoTextError):
        read_bytes(word_file(p()))


def test_a_part_that_swells_when_unpacked_is_refused() -> None:
    with pytest.raises(PackageIsUnsafeError, match="膨胀"):
        read_bytes(word_file(p("甲"), extra={"word/media/a.xml": b" " * (9 * 1024 * 1024)}))


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/passwd", "word/..\\..\\x", "C:/x"])
def test_a_member_outside_the_package_is_refused(name: str) -> None:
    with pytest.raises(PackageIsUnsafeError, match="越界"):
        read_bytes(word_file(p("甲"), extra={name: b"x"}))


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml"])
def test_entities_are_refused_before_they_multiply(part: str) -> None:
    bomb = f'<!DOCTYPE x [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;">]><w:document {NAMES}><w:body>{p("&b;")}</w:body></w:document>'
    with pytest.raises(PackageIsUnsafeError, match="文档类型"):
        read_bytes(word_file(p("甲"), extra={part: bomb.encode()}))


def test_tables_nested_beyond_reason_are_refused() -> None:
    deep = p("甲")
    for _ in range(80):
        deep = table(tc(deep) + tc("乙"))
    with pytest.raises(PackageIsUnsafeError, match="嵌套"):
        read_bytes(word_file(deep))


@pytest.mark.parametrize("content", [b"", b"<w:document>", b"<a/>"])
def test_a_damaged_main_part_is_told_as_such(content: bytes) -> None:
    with pytest.raises(FileIsDamagedError, match="Word文档"):
        read_bytes(word_file("", extra={"word/document.xml": content}))


def test_a_file_cut_off_in_the_middle_is_told_as_such() -> None:
    whole = word_file(p("甲" * 500))
    with pytest.raises(FileIsDamagedError):
        read_bytes(whole[: len(whole) // 2], name="a.docx")
