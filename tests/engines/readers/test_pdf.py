import pytest

from taizhang.engines.readers import Media, read_bytes
from taizhang.engines.readers.errors import (
    FileIsDamagedError,
    FileIsEncryptedError,
    PdfHasNoTextLayerError,
    PdfTextIsUnreadableError,
)
from tests.engines.readers.pdf_files import printed, written

INDENTED = "#set par(justify: true, first-line-indent: (amount: 2em, all: true))\n"
MERGED = "#table(columns: {}, table.cell(rowspan: 2)[地区], table.cell(colspan: 2)[户数], table.cell(rowspan: 2)[备注], [上年], [本年], "
MERGED += "[河滨区], [12], [15], [], [硖石区], [7], [9], [含新增])\n"
MERGED_TEXT = "地区\t户数\t\t备注\n\t上年\t本年\t\n河滨区\t12\t15\t\n硖石区\t7\t9\t含新增\n"
PARAGRAPH = "各级各单位应当在每月5日前更新数据目录，并由主要负责同志签认后报市数据局备案。" * 4


def text_of(source: str) -> str:
    return read_bytes(printed(source), name="a.pdf").text


def test_wrapped_lines_are_joined_and_paragraphs_kept_apart() -> None:
    assert text_of(f"{INDENTED}{PARAGRAPH}\n\n{PARAGRAPH}") == f"{PARAGRAPH}\n\n{PARAGRAPH}\n"


def test_a_paragraph_that_fills_its_last_line_still_ends_there() -> None:
    full = "甲" * 35 + "乙" * 37  # 37 characters to a line, two less in the first
    assert text_of(f"{INDENTED}{full}\n\n{full}") == f"{full}\n\n{full}\n"


def test_lines_of_a_centered_title_stay_broken_within_one_paragraph() -> None:
    title = "#align(center)[#text(size: 22pt)[崤陵市人民政府关于印发数据赋能\\ 三年行动计划的通知]]\n\n崤政〔2025〕6号"
    assert text_of(title) == "崤陵市人民政府关于印发数据赋能\n三年行动计划的通知\n\n崤政〔2025〕6号\n"


def test_a_title_in_large_type_may_fill_its_first_line() -> None:
    title = "崤陵市人民政府关于印发数据赋能行动方案和行政效能提升三年计划的通知"
    text = text_of(f"#align(center)[#text(size: 22pt)[{title}]]\n{INDENTED}\n\n{PARAGRAPH}")
    first, second, blank, *_ = text.split("\n")
    assert (first + second, blank) == (title, "")


def test_white_between_full_lines_parts_paragraphs_that_are_not_set_in() -> None:
    full = "甲" * 37
    assert text_of(f"{full}{full}\n#v(1cm)\n{full}{full}") == f"{full}{full}\n\n{full}{full}\n"


def test_entries_of_a_contents_page_stay_apart_though_each_fills_its_line() -> None:
    entries = "\n\n".join(f"第{n}件 关于加强数据管理的通知 #box(width: 1fr, repeat[.]) {n}" for n in range(1, 5))
    lines = [line for line in text_of(entries).split("\n") if line]
    assert [line[:3] for line in lines] == ["第1件", "第2件", "第3件", "第4件"]


def test_two_columns_are_read_one_after_the_other_through_the_pages() -> None:
    paragraphs = [f"第{n}条 {'数据目录按月更新，按季体检。' * (3 + n % 5)}" for n in range(1, 60)]
    source = "#set page(columns: 2)\n#set text(size: 10.5pt)\n" + INDENTED + "\n\n".join(paragraphs)
    assert text_of(source).replace("\n", "") == "".join(paragraphs)
    assert "\n\n".join(paragraphs[:10]) in text_of(source)


def test_a_title_across_two_columns_comes_first() -> None:
    source = '#place(top + center, scope: "parent", float: true)[#text(size: 20pt)[崤陵市人民政府公报]]\n' + PARAGRAPH * 8
    text = text_of("#set page(columns: 2, height: 160mm)\n#set par(justify: true)\n" + source)
    assert text == f"崤陵市人民政府公报\n\n{PARAGRAPH * 8}\n"


def test_entries_set_side_by_side_are_read_row_by_row() -> None:
    row = "联系人：市数据局韩砚耕  电话：0399-2600214\n"
    assert (
        text_of("#grid(columns: (9cm, 7cm), row-gutter: 8pt, " + "[联系人：市数据局韩砚耕], [电话：0399-2600214]," * 5 + ")")
        == row * 5
    )


def test_short_entries_beside_one_long_one_are_read_row_by_row() -> None:
    names = ["市行政审批和政务信息管理局韩砚耕", "贺令仪", "申维桢", "柳栖原", "苗知远"]
    cells = "".join(f"[{name}], [电话：0399-260021{n}]," for n, name in enumerate(names))
    rows = [f"{name}  电话：0399-260021{n}" for n, name in enumerate(names)]
    assert text_of(f"#grid(columns: (8cm, 7cm), row-gutter: 8pt, {cells})").strip().split("\n") == rows


def test_names_set_side_by_side_are_no_columns() -> None:
    names = "\n\n".join("#grid(columns: (1fr, 1fr, 1fr), [甲乙丙], [丁戊己], [庚辛壬])" for _ in range(4))
    assert text_of(names) == "甲乙丙  丁戊己  庚辛壬\n" * 4


@pytest.mark.parametrize(
    "stroke",
    ["0.5pt", "(x, y) => (top: 0.5pt, bottom: 0.5pt, left: if x > 0 { 0.5pt })", '(thickness: 1pt, dash: "dotted")'],
)
def test_merged_cells_of_ruled_tables_leave_empty_places(stroke: str) -> None:
    assert text_of(f"#set table(stroke: {stroke})\n" + MERGED.format("(3cm, 2cm, 2cm, 3cm)")) == MERGED_TEXT


def test_wrapped_cells_are_one_text_and_a_forced_break_is_a_space() -> None:
    cells = "[1], [市人力资源社会保障局], [1#h(0pt). 建立台账；\\ 2#h(0pt). 按月更新，逐项核对，逐家签认后报备。]"
    assert text_of(f"#table(columns: (1cm, 2cm, 6cm), {cells}, {cells})") == (
        "1\t市人力资源社会保障局\t1. 建立台账； 2. 按月更新，逐项核对，逐家签认后报备。\n" * 2
    )


def test_tables_ruled_only_across_keep_rows_and_columns() -> None:
    rows = "[指标], [绝对数], [比上年增长], table.hline(), [生产总值], [512.6], [6.5], [其中：农林牧渔专业及辅助性活动], [40.1], [3.9], "
    rows += "[说明], [按常住人口口径核算], [按可比价格计算增幅]"
    source = f"#set table(stroke: none)\n#table(columns: (3cm, 3cm, 3cm), table.hline(), {rows}, table.hline())"
    assert text_of(source) == (
        "指标\t绝对数\t比上年增长\n生产总值\t512.6\t6.5\n其中：农林牧渔专业及辅助性活动\t40.1\t3.9\n"
        "说明\t按常住人口口径核算\t按可比价格计算增幅\n"
    )


SIMSUN = (
    b"/Font<</F<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2"
    b"/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000>>]>>>>"
)
CELLS = b" ".join(
    b"BT /F 10 Tf %d %d Td <%s> Tj ET" % (x, y, text.encode("utf-16-be").hex().encode())
    for x, y, text in ((60, 190, "序号"), (130, 190, "任务"), (60, 160, "甲"), (130, 160, "建台账"))
)
LINES = [
    (50, 150, 200, 150),
    (50, 180, 200, 180),
    (50, 210, 200, 210),
    (50, 150, 50, 210),
    (120, 150, 120, 210),
    (200, 150, 200, 210),
]


@pytest.mark.parametrize(
    "ruling",
    [
        b" ".join(b"%d %d m %d %d l" % line for line in LINES) + b" S",
        b" ".join(b"%d %d m %d %d l S" % line for line in LINES),
        b" ".join(b"%d %d %d %d re" % (x0, y0, max(x1 - x0, 1), max(y1 - y0, 1)) for x0, y0, x1, y1 in LINES) + b" f",
        b" ".join(b"%d %d 70 30 re %d %d 80 30 re" % (50, y, 120, y) for y in (150, 180)) + b" S",
        b"50 150 150 60 re 50 180 m 200 180 l 120 150 m 120 210 l h S",
    ],
    ids=["one stroke", "strokes", "thin rectangles in one go", "boxes of cells", "outer box and inner lines"],
)
@pytest.mark.parametrize("in_form", [False, True])
def test_tables_are_seen_however_their_lines_are_drawn(ruling: bytes, in_form: bool) -> None:
    if in_form:
        form = b"5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 900 900]/Matrix[1 0 0 1 -200 -100]/Length %d>>stream\n" % len(
            ruling
        )
        data = written(
            b"q 1 0 0 1 200 100 cm /X Do Q " + CELLS,
            resources=SIMSUN + b"/XObject<</X 5 0 R>>",
            extra=form + ruling + b"\nendstream endobj",
        )
    else:
        data = written(ruling + b" " + CELLS, resources=SIMSUN)
    assert read_bytes(data).text == "序号\t任务\n甲\t建台账\n"


def test_a_frame_around_paragraphs_is_no_table() -> None:
    assert (
        text_of("#rect(width: 100%)[专栏1 主要工程\n\n建设数据底座。]\n\n后文。")
        == "专栏1 主要工程\n\n建设数据底座。\n\n后文。\n"
    )


def test_a_table_over_pages_is_one_table_without_its_repeated_header() -> None:
    rows = "".join(f"[{n}], [任务{n}]," for n in range(1, 61))
    header = "table.header(repeat: true, [序号], [工作任务])"
    source = read_bytes(printed(f'#set page(numbering: "— 1 —")\n#table(columns: (2cm, 8cm), {header}, {rows})'))
    rows_read = ["序号\t工作任务", *(f"{n}\t任务{n}" for n in range(1, 61))]
    assert source.text == "\n".join(rows_read) + "\n\n— 1 —\n\n— 2 —\n"
    assert [str(note) for note in source.notes] == ["跨页表格重复打印的表头1行未重复读入"]
    assert str(source.locate(source.text.index("任务60"))) == "第2页"


def test_a_row_that_a_page_break_went_through_is_whole_again() -> None:
    long = "逐项建立台账并按月更新。" * 30
    rows = f"[序号], [单位], [任务], [1], [市数据局], [建台账], [2], [市民政局], [{long}], [3], [市残联], [完]"
    text = text_of(f"#v(200mm)\n#table(columns: (1fr, 2fr, 6fr), {rows})")
    assert text == f"序号\t单位\t任务\n1\t市数据局\t建台账\n2\t市民政局\t{long}\n3\t市残联\t完\n"


def test_a_paragraph_over_a_page_is_whole_and_page_furniture_follows_it() -> None:
    paragraphs = [f"第{n}条 {PARAGRAPH}" for n in range(1, 6)]
    page = '#set page(height: 90mm, header: [崤陵市人民政府公报], numbering: "— 1 —")\n'
    source = read_bytes(printed(page + INDENTED + "\n\n".join(paragraphs)))
    lines = source.text.strip().split("\n\n")
    assert [line for line in lines if line in paragraphs] == paragraphs
    assert [line for line in lines if line not in paragraphs] == ["崤陵市人民政府公报", *(f"— {n} —" for n in range(1, 6))]
    assert [str(note) for note in source.notes] == ["逐页重复的页眉页脚4处未重复读入"]


@pytest.mark.parametrize("angle", ["90deg", "-90deg"])
def test_a_table_printed_sideways_is_read_upright(angle: str) -> None:
    table = MERGED.format("(3cm, 2cm, 2cm, 3cm)")
    assert text_of(f"#rotate({angle}, reflow: true)[#block(width: 160mm)[{table}]]") == MERGED_TEXT


def test_a_space_that_print_only_leaves_white_is_a_space() -> None:
    assert (
        text_of("第十八条#h(4pt)领导小组公布结果，满分100 分，第6.#h(4pt)12项")
        == "第十八条 领导小组公布结果，满分100 分，第6. 12项\n"
    )


def test_raised_figures_stay_raised() -> None:
    assert text_of("面积10km#super[2]，排放10#super[8]立方米") == "面积10km²，排放10⁸立方米\n"


def test_type_made_bold_by_printing_twice_is_read_once() -> None:
    assert text_of("#place(dx: 0.3pt)[台账1122]台账1122") == "台账1122\n"


def test_an_offset_leads_to_its_page() -> None:
    source = read_bytes(printed("甲\n#pagebreak()\n乙"))
    assert (source.media, source.encoding) == (Media.PDF, None)
    assert [str(source.locate(source.text.index(c))) for c in "甲乙"] == ["第1页", "第2页"]


def image(width: int, height: int) -> tuple[bytes, bytes]:
    pixel = b"5 0 obj<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n0\nendstream endobj"
    return b"q %d 0 0 %d 0 0 cm /I Do Q" % (width, height), pixel


def test_a_scan_is_refused_with_the_advice_to_run_ocr() -> None:
    content, pixel = image(600, 800)
    with pytest.raises(PdfHasNoTextLayerError, match="OCR"):
        read_bytes(written(content, resources=b"/XObject<</I 5 0 R>>", extra=pixel), name="a.pdf")


def test_a_scan_with_only_the_scanners_mark_is_refused_too() -> None:
    content, pixel = image(600, 800)
    font = b"/XObject<</I 5 0 R>>/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    with pytest.raises(PdfHasNoTextLayerError):
        read_bytes(written(content + b" BT /F 9 Tf 20 20 Td (CamScanner) Tj ET", resources=font, extra=pixel))


def test_a_pdf_of_blank_pages_has_no_text_layer_either() -> None:
    with pytest.raises(PdfHasNoTextLayerError):
        read_bytes(written(b""))


def test_an_encrypted_pdf_is_refused() -> None:
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>/ID[<00><00>]"
    with pytest.raises(FileIsEncryptedError, match="密码"):
        read_bytes(written(b"", trailer=lock))


def test_fonts_without_characters_are_refused_rather_than_read_as_rubbish() -> None:
    font = (
        b"/Font<</F<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2"
        b"/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000>>]>>>>"
    )
    with pytest.raises(PdfTextIsUnreadableError, match="OCR"):
        read_bytes(written(b"BT /F 12 Tf 50 700 Td <0102030405060708> Tj ET", resources=font))


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.4\nnothing of the kind %%EOF"])
def test_a_damaged_pdf_is_told_as_such(data: bytes) -> None:
    with pytest.raises(FileIsDamagedError, match="PDF"):
        read_bytes(data, name="a.pdf")
