"""How clauses nest, what their reading is, and how they are called."""

from hypothesis import given
from hypothesis import strategies as st

from taizhang.engines.gazette import Document, Node, read_issue


def nodes_of(text: str) -> list[Node]:
    return [n for d in read_issue(text).walk_documents() for n in d.walk_nodes()]


def outline(node: Node) -> tuple[str, str | None, list[object]]:
    return (node.kind, node.num, [outline(c) for c in node.children])


LAW = """清河市养犬办法

第一章 总则

第一条 为了规范养犬，制定本办法。

本办法适用于市区。

第二条 养犬人应当遵守下列规定：

（一）登记；

（二）免疫。

违反前款规定的，处二百元罚款。

第二章 附则

第三条 本办法自印发之日起施行。
"""


def test_articles_hold_their_paragraphs_and_items_and_stand_in_chapters() -> None:
    chapters = [n for n in nodes_of(LAW) if n.kind == "chapter"]
    first = chapters[0]
    assert [a.num for a in first.children] == ["第一条", "第二条"]
    assert [c.kind for c in first.children[0].children] == ["paragraph"]
    assert [c.kind for c in first.children[1].children] == ["subsection", "subsection", "paragraph"]
    assert [n.eid for n in chapters[1].walk()] == ["chp_2", "chp_2__art_3"]


def test_articles_may_stand_inside_numbered_sections() -> None:
    text = "清河市扶持意见\n\n一、支持\n\n第 1 条 设立资金。\n\n二、范围\n\n(一)投资\n\n第 2 条 给予补助。\n\n(二)人才\n\n第 1 0 条 给予奖励。\n"
    sections = [n for n in nodes_of(text) if n.kind == "section"]
    assert outline(sections[1]) == (
        "section", "二、",
        [("subsection", "(一)", [("article", "第 2 条", [])]), ("subsection", "(二)", [("article", "第 1 0 条", [])])],
    )  # fmt: skip
    assert [n.value for n in nodes_of(text) if n.kind == "article"] == [1, 2, 10]


def test_a_reference_to_an_article_at_the_head_of_a_line_is_no_article() -> None:
    text = "清河市办法\n\n第一条 按规定办理。\n\n第二条 补助标准\n按第2、3条执行，\n第五条政策同样适用。\n\n第三条 本办法自印发之日起施行。\n"
    assert [n.num for n in nodes_of(text) if n.kind == "article"] == ["第一条", "第二条", "第三条"]


SHEETS = """2024年各单位责任目标

一、总的要求

按期完成。

二、责任目标(800分)。具体如下:

各部门责任目标

市农林局

(一)重点目标(600分)

1. 造林三千亩(600分);

(二)一般目标(200分)

2. 完成消防任务(200分)。

市粮油局**(一)重点目标(600分)**

1. 收购粮食(600分);
"""


def test_unnumbered_headings_hold_the_groups_under_them() -> None:
    divisions = [n for n in nodes_of(SHEETS) if n.kind == "division"]
    assert [d.heading for d in divisions] == ["各部门责任目标", "市农林局", "市粮油局"]
    assert [c.heading for c in divisions[0].children] == ["市农林局", "市粮油局"]
    assert [c.num for c in divisions[1].children] == ["(一)", "(二)"]


def test_a_heading_glued_to_a_name_is_split_and_told() -> None:
    issue = read_issue(SHEETS)
    assert [d.printed for d in issue.diagnostics if d.code == "gazette.heading-split"] == ["市粮油局**(一)重点目标(600分)**"]
    group = next(n for n in nodes_of(SHEETS) if n.span.start > SHEETS.index("市粮油局") and n.kind == "subsection")
    assert (group.num, group.heading) == ("(一)", "重点目标(600分)")


def test_two_items_printed_in_one_line_are_two_clauses() -> None:
    text = "2024年清河市目标\n\n一、工业\n\n1. 产值增长5%(10分);2. 税收增长3%(10分)。\n\n二、农业\n\n3. 稳产。\n"
    assert [n.num for n in nodes_of(text) if n.kind == "item"] == ["1.", "2.", "3."]


def test_a_sentence_broken_over_lines_is_joined_in_the_reading_and_not_in_the_source() -> None:
    text = "清河市计划\n\n一、任务\n\n1. 加快推进城区供水管网和农村饮水安全工\n程建设，年底前全部通\n\n水；\n\n2. 完成验收。\n"
    item = next(n for n in nodes_of(text) if n.num == "1.")
    assert item.text == "加快推进城区供水管网和农村饮水安全工程建设，年底前全部通水；"
    assert text[item.own.start : item.own.end].count("\n") == 3
    at = item.words.text.index("工程")
    span = item.words.span(at, at + 2)
    assert text[span.start : span.end] == "工\n程"


def test_a_page_number_between_two_halves_of_a_sentence_does_not_part_them() -> None:
    text = "清河市计划\n\n一、任务\n\n1. 加快推进城区供水管网和农村饮水安全\n\n— 12 —\n\n工程建设；\n"
    issue = read_issue(text)
    item = next(n for n in issue.documents[0].walk_nodes() if n.kind == "item")
    assert item.text == "加快推进城区供水管网和农村饮水安全工程建设；"
    assert [text[f.span.start : f.span.end] for f in issue.furniture] == ["— 12 —"]


def test_a_heading_is_not_joined_to_the_paragraph_under_it() -> None:
    text = "清河市计划\n\n二、总体要求\n\n(一)指导思想\n\n坚持以人为本，统筹推进。\n\n(二)基本原则\n\n量力而行，尽力而为。\n"
    subsections = [n for n in nodes_of(text) if n.kind == "subsection"]
    assert [(n.heading, n.text) for n in subsections] == [("指导思想", ""), ("基本原则", "")]


def test_a_run_in_heading_broken_over_a_page_is_joined_where_its_siblings_run_on() -> None:
    text = (
        "清河市计划\n\n二、任务\n\n(一)尽快建好仓库，确保好用。粮食要有地方放。\n\n(二)加紧修缮乡镇粮站设施，确保把收来的余\n\n"
        "粮存得住。以往粮站漏雨。\n\n(三)强化协同。各单位要配合。\n"
    )
    second = [n for n in nodes_of(text) if n.kind == "subsection"][1]
    assert second.words.text == "加紧修缮乡镇粮站设施，确保把收来的余粮存得住。以往粮站漏雨。"


def test_a_box_stands_in_the_section_it_was_printed_in() -> None:
    text = "清河市计划\n\n三、任务\n\n(一)保障民生\n\n1. 提高标准。逐年提高。\n\n专栏1 重点政策\n\n1. 低保。应保尽保。\n\n(二)促进就业\n\n1. 开展培训。每年一次。\n"
    (box,) = [n for n in nodes_of(text) if n.kind == "box"]
    assert box.eid == "sec_3__subsec_1__box_1"
    assert [c.num for c in box.children] == ["1."]


SECTIONS = st.lists(st.text("甲乙丙丁戊己庚辛，", min_size=3, max_size=12), min_size=2, max_size=5)


def text_of(sections: list[str]) -> str:
    numerals = "一二三四五六七八九"
    return "清河市工作计划\n\n" + "".join(f"{numerals[i]}、目标\n\n1. 做好{s}工作。\n\n" for i, s in enumerate(sections))


@given(SECTIONS, st.data())
def test_eids_stay_when_another_clause_changes_or_grows(sections: list[str], data: st.DataObject) -> None:
    changed = data.draw(st.integers(0, len(sections) - 1))
    before = {n.eid for n in nodes_of(text_of(sections)) if not n.eid.startswith(f"sec_{changed + 1}")}
    edited = [*sections]
    edited[changed] = edited[changed] + "（修改）。\n\n2. 另外一件"
    after = {n.eid for n in nodes_of(text_of(edited))}
    assert before <= after


def test_an_unnumbered_heading_keeps_its_eid_when_another_is_inserted_before_it() -> None:
    before = {n.heading: n.eid for n in nodes_of(SHEETS) if n.kind == "division"}
    inserted = SHEETS.replace("市农林局\n", "市水务局\n\n(一)重点目标(600分)\n\n1. 供水(600分);\n\n市农林局\n", 1)
    after = {n.heading: n.eid for n in nodes_of(inserted) if n.kind == "division"}
    assert before.items() <= after.items()


def test_a_repeated_number_gets_an_ordinal() -> None:
    text = "清河市办法\n\n第一条 甲。\n\n第二条 乙。\n\n第二条 丙。\n"
    document: Document = read_issue(text).documents[0]
    assert [n.eid for n in document.walk_nodes() if n.kind == "article"] == ["art_1", "art_2", "art_2_2"]


def test_an_inserted_article_is_named_by_figures() -> None:
    text = "清河市办法\n\n第七条 甲。\n\n第七条之一 乙。\n\n第七条之十二 丙。\n\n第八条 丁。\n"
    names = [(n.num, n.eid) for n in nodes_of(text) if n.kind == "article"]
    assert names == [("第七条", "art_7"), ("第七条之一", "art_7-1"), ("第七条之十二", "art_7-12"), ("第八条", "art_8")]


@given(st.text("一二三四五六七八九十", min_size=1, max_size=4))
def test_no_eid_holds_a_chinese_character(number: str) -> None:
    text = f"清河市办法\n\n第{number}条 甲。\n\n第七条之{number} 乙。\n\n第八章 丙\n\n第九条 丁。\n"
    assert all(n.eid.isascii() and "None" not in n.eid for n in nodes_of(text))


def test_a_unit_heading_with_points_is_a_division_and_no_document() -> None:
    text = "县直部门目标任务\n县发展改革局（100分）\n一、重点工作（70分）\n（一）新建项目5个（70分）；\n县水务局（100分）\n一、重点工作（70分）\n（一）新建水库2座（70分）；\n"
    assert [d.role for d in read_issue(text).walk_documents()] == ["main"]
    assert [n.heading for n in nodes_of(text) if n.kind == "division"] == ["县发展改革局（100分）", "县水务局（100分）"]


def test_a_sheet_whose_first_group_is_misnumbered_stays_a_sheet() -> None:
    text = SHEETS.replace("市粮油局**(一)重点目标(600分)**", "市粮油局\n\n(三)重点目标(600分)")
    assert [n.heading for n in nodes_of(text) if n.kind == "division"][1:] == ["市农林局", "市粮油局"]


def test_points_end_a_duty_that_lost_its_closing_mark() -> None:
    text = (
        SHEETS.replace("2. 完成消防任务(200分)。", "2. 完成消防任务(200分)")
        .replace("**", "\n\n")
        .replace("(600分)\n\n\n", "(600分)\n")
    )
    assert [n.heading for n in nodes_of(text) if n.kind == "division"][1:] == ["市农林局", "市粮油局"]


def test_a_duty_that_lost_its_dot_is_still_a_duty() -> None:
    text = SHEETS.replace("2. 完成消防任务(200分)。", "2. 完成消防任务(100分);\n\n3 综合赔付率达到六成(100分)。")
    assert [n.num for n in nodes_of(text) if n.kind == "item"] == ["1.", "2.", "3", "1."]
