"""Which documents a text holds, and what their frames say."""

from datetime import date

import pytest

from taizhang.engines.gazette import Document, Issue, read_issue


def only(text: str) -> Document:
    issue = read_issue(text)
    assert len(issue.documents) == 1
    return issue.documents[0]


NOTICE = """清河市人民政府办公室
关于做好冬季供水工作的通知

{number}

各区人民政府，市政府各部门：

入冬以来气温走低，为保证居民用水，现将有关事项通知如下。

一、检查管网

各单位于十一月底前完成检查。

清河市人民政府办公室

{date}
"""


@pytest.mark.parametrize(
    ("printed", "normal"),
    [
        ("清政办〔2023〕7号", "清政办〔2023〕7号"),
        ("清政办〔2023〕 7 号", "清政办〔2023〕7号"),
        ("清政办[2023]7号", "清政办〔2023〕7号"),
        ("清政办［2023］17 号", "清政办〔2023〕17号"),
        ("清政办【2023】7号", "清政办〔2023〕7号"),
        ("清政办(2023)7号", "清政办〔2023〕7号"),
        ("（清政办函〔2023〕7号）", "清政办函〔2023〕7号"),
        ("发文字号：清政办〔2023〕7号", "清政办〔2023〕7号"),
        ("清政办发明电〔2023〕第7号", "清政办发明电〔2023〕7号"),
    ],
)
def test_a_document_number_is_read_in_every_bracket_and_spacing(printed: str, normal: str) -> None:
    document = only(NOTICE.format(number=printed, date="2023年11月8日"))
    assert document.number is not None
    assert str(document.number) == normal
    assert document.number.printed == printed


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2023年11月8日", date(2023, 11, 8)),
        ("2023 年 11 月 8 日", date(2023, 11, 8)),
        ("二〇二三年十一月八日", date(2023, 11, 8)),
        ("二○二三年十一月二十八日", date(2023, 11, 28)),
        ("２０２３年１１月８日", date(2023, 11, 8)),
    ],
)
def test_a_signing_date_is_read_in_arabic_and_chinese(printed: str, day: date) -> None:
    assert only(NOTICE.format(number="清政办〔2023〕7号", date=printed)).issued_on == day


def test_a_date_that_does_not_exist_is_unknown() -> None:
    assert only(NOTICE.format(number="清政办〔2023〕7号", date="2023年2月30日")).issued_on is None


def test_the_frame_of_a_notice_names_kind_title_issuer_and_addressees() -> None:
    document = only(NOTICE.format(number="清政办〔2023〕7号", date="2023年11月8日"))
    assert document.kind == "通知"
    assert document.title == "清河市人民政府办公室关于做好冬季供水工作的通知"
    assert document.issuers == ("清河市人民政府办公室",)
    assert document.addressees == ("各区人民政府", "市政府各部门")


def test_a_document_without_a_number_has_none_even_if_it_cites_one() -> None:
    document = only(
        "清河市供水管理办法\n\n第一条 根据《关于节水的通知》(清政〔2020〕3号)，制定本办法。\n\n第二条 本办法自印发之日起施行。\n"
    )
    assert document.number is None
    assert document.kind == "办法"


def test_a_number_printed_before_the_title_finds_its_title() -> None:
    document = only(
        "清政函[2019]4号\n\n清河市人民政府关于设立\n\n清河公园的批复\n\n市园林局：\n\n同意设立，特此批复。\n\n清河市人民政府\n2019年5月6日\n"
    )
    assert document.title == "清河市人民政府关于设立清河公园的批复"
    assert (str(document.number), document.kind) == ("清政函〔2019〕4号", "批复")


def test_a_number_in_brackets_at_the_end_of_the_title_is_the_number() -> None:
    document = only("关于加强河道管理的意见（清政〔2018〕12号）\n\n各单位：\n\n为加强河道管理，提出以下意见，请认真落实。\n")
    assert str(document.number) == "清政〔2018〕12号"
    assert document.title == "关于加强河道管理的意见"


def test_an_order_has_a_number_without_year() -> None:
    document = only(
        "清河市人民政府令\n\n第 12 号\n\n清河市养犬管理办法\n\n第一条 为了规范养犬行为，制定本办法。\n\n第二条 本办法自公布之日起施行。\n"
    )
    assert str(document.number) == "清河市人民政府令第12号"
    assert document.title == "清河市养犬管理办法"


def test_joint_issuers_are_two_bodies() -> None:
    text = (
        "清河市民政局 清河市财政局\n关于提高补助标准的通知\n\n清民规字〔2022〕2号\n\n各区民政局：\n\n现将补助标准通知如下，请遵照执行。\n\n"
        "清河市民政局　　清河市财政局\n\n2022年6月1日\n"
    )
    document = only(text)
    assert document.issuers == ("清河市民政局", "清河市财政局")
    assert document.title == "清河市民政局 清河市财政局关于提高补助标准的通知"


CARRYING = """清河市人民政府关于印发清河市公园管理办法的通知

清政〔2021〕9号

各区人民政府：

《清河市公园管理办法》已经市政府同意，现印发给你们，请认真执行。

附件：1.公园名录

2.收费标准

清河市人民政府

2021年3月4日

清河市公园管理办法

第一章 总则

第一条 为了管好公园，制定本办法。

第二章 附则

第二条 本办法自2021年4月1日起施行。

附件1

公园名录

清河公园、北山公园。

附件 2

收费标准

项目\t单价
划船\t20元
"""


def test_a_notice_carries_a_measure_and_its_annexes() -> None:
    notice = only(CARRYING)
    (carried,) = notice.documents
    assert (carried.role, carried.title, carried.kind) == ("carried", "清河市公园管理办法", "办法")
    assert [n.num for n in carried.walk_nodes() if n.kind == "article"] == ["第一条", "第二条"]
    assert [(a.role, a.title) for a in carried.documents] == [("annex", "公园名录"), ("annex", "收费标准")]
    assert carried.documents[1].tables[0].rows[0].texts == ("划船", "20元")
    assert [n.kind for n in notice.nodes if n.kind == "annexList"] == ["annexList", "annexList"]


def test_numbering_that_starts_anew_under_a_title_opens_a_second_carried_document() -> None:
    text = (
        "清河市人民政府关于下达年度任务的通知\n\n清政〔2024〕1号\n\n各单位：\n\n现将任务下达给你们。\n\n清河市人民政府\n2024年1月2日\n\n"
        "2024年清河市发展目标\n\n一、工业\n\n1. 产值增长5%；\n\n二、农业\n\n2. 粮食稳产。\n\n各部门责任目标\n\n一、总的要求\n\n按期完成。\n\n二、分工\n\n各负其责。\n"
    )
    assert [d.title for d in only(text).documents] == ["2024年清河市发展目标", "各部门责任目标"]


GAZETTE = """清河市人民政府公报

2023年第5号（总第88号）

主办：清河市人民政府

主编：林知远

副主编：何清、方见山

目录

领导讲话

在全市春耕会上的讲话……1

市政府文件

清河市人民政府关于防汛工作
的通知 4

出版日期：2023年5月30日

在全市春耕会上的讲话

（2023年5月10日）

同志们：

春耕已到，大家要抓紧农时，把地种好。

清河市人民政府关于防汛工作的通知

清政〔2023〕5号

各区人民政府：

汛期将至，请各地做好准备，确保安全。

清河市人民政府
2023年5月20日
"""


def test_an_issue_has_masthead_contents_and_documents() -> None:
    issue = read_issue(GAZETTE)
    masthead = issue.masthead
    assert masthead is not None
    assert (masthead.title, masthead.year, masthead.number, masthead.total_number) == ("清河市人民政府公报", 2023, 5, 88)
    assert (masthead.published_on, masthead.publisher) == (date(2023, 5, 30), "清河市人民政府")
    assert masthead.editors == (("主编", "林知远"), ("副主编", "何清"), ("副主编", "方见山"))
    assert [(e.title, e.page, e.section) for e in issue.contents] == [
        ("在全市春耕会上的讲话", "1", "领导讲话"),
        ("清河市人民政府关于防汛工作的通知", "4", "市政府文件"),
    ]
    assert [(d.kind, d.issued_on) for d in issue.documents] == [("讲话", date(2023, 5, 10)), ("通知", date(2023, 5, 20))]


def test_menus_around_a_web_page_are_furniture_and_not_clauses() -> None:
    page = (
        "首页\n\n政务公开\n\n登录\n\n文　　号：\n清民〔2022〕2号\n\n发布机关：\n清河市民政局\n\n分享到\n\n清民〔2022〕2号\n\n"
        "清河市民政局关于提高补助标准的通知\n\n各区民政局：\n\n一、补助标准为每人每月900元。\n\n清河市民政局\n\n2022年6月1日\n\n"
        "公开方式：主动公开\n\n【返回顶部】\n\n· 市财政局\n\n· 市教育局\n\n网站地图\n"
    )
    issue: Issue = read_issue(page)
    (document,) = issue.documents
    words = "".join(n.words.text for n in document.walk_nodes())
    assert str(document.number) == "清民〔2022〕2号"
    assert "市教育局" not in words
    assert "网站地图" not in words
    assert "登录" not in words
    assert "每人每月900元" in words


def test_a_list_of_persons_is_a_document_with_a_line_each() -> None:
    people = "组    长：林知远\n\n副组长：何 清\n\n方见山\n\n成    员：杜若（市府办）\n\n陶然（市统计局)\n\n"
    document = only(
        f"清政办函[2013]8号\n\n清河市人民政府办公室关于成立防汛领导小组的通知\n\n{people}清河市人民政府办公室\n\n2013年7月1日\n"
    )
    assert [n.words.text for n in document.walk_nodes() if n.kind == "paragraph"] == [p for p in people.split("\n\n") if p]


def test_a_table_alone_is_a_document() -> None:
    document = only("序号\t项目\t分值\n1\t组织领导\t8分\n2\t日常工作\t7分\n")
    assert document.title == ""
    assert document.tables[0].columns == ("序号", "项目", "分值")


def test_an_adopted_regulation_takes_the_day_and_body_of_its_adoption() -> None:
    text = (
        "# 清河市河道条例\n\n2019年6月25日 清河市第四届人民代表大会常务委员会第九次会议通过\n\n"
        "2019年7月26日 某省人民代表大会常务委员会批准\n\n## 第一章  总则\n\n第一条 为了保护河道，制定本条例。\n"
    )
    document = only(text)
    assert document.issued_on == date(2019, 6, 25)
    assert document.issuers == ("清河市人民代表大会常务委员会",)


def test_the_table_of_contents_of_a_plan_is_not_its_chapters() -> None:
    text = "清河市防汛预案\n\n目　录\n\n1　总则\n\n1.1　目的\n\n2　响应\n\n1　总则\n\n1.1　目的\n\n为了防汛，制定本预案。\n\n1.2　范围\n\n本市。\n\n2　响应\n\n分级响应。\n"
    document = only(text)
    assert [n.heading for n in document.walk_nodes() if n.kind == "chapter"] == ["总则", "响应"]
    assert [n.heading for n in document.walk_nodes() if n.kind == "section"] == ["目的", "范围"]


def test_an_empty_text_has_no_documents_and_says_so() -> None:
    issue = read_issue(" \n\n")
    assert issue.documents == ()
    assert [d.code for d in issue.diagnostics] == ["gazette.no-text"]


@pytest.mark.parametrize(
    ("head", "number", "day"),
    [
        ("1994年7月19日 国务院令第158号", "国务院令第158号", date(1994, 7, 19)),
        ("（2007年4月5日清河市人民政府令第12号公布 自2007年5月1日起施行）", "清河市人民政府令第12号", date(2007, 4, 5)),
        ("（2021年8月20日清河市人民代表大会常务委员会第三十次会议通过）", "None", date(2021, 8, 20)),
    ],
)
def test_a_note_of_promulgation_gives_day_and_order(head: str, number: str, day: date) -> None:
    document = only(
        f"清河市供水条例\n\n{head}\n\n第一章 总则\n\n第一条 为了供水，制定本条例。\n\n第二条 本条例自公布之日起施行。\n"
    )
    assert (str(document.number), document.issued_on, document.title) == (number, day, "清河市供水条例")


def test_an_order_counted_in_chinese_keeps_its_numerals() -> None:
    document = only("清河市人民政府令\n\n第九十一号\n\n清河市养犬管理办法\n\n第一条 为了规范养犬行为，制定本办法。\n")
    assert (str(document.number), document.number and document.number.serial) == ("清河市人民政府令第九十一号", 91)


def test_numbers_printed_on_lines_of_their_own_are_read_with_their_words() -> None:
    document = only("清河市供水条例\n\n第一章\n总 则\n\n第一条　\n为了供水，制定本条例。\n\n第二条　\n本条例自公布之日起施行。\n")
    assert [n.heading for n in document.walk_nodes() if n.kind == "chapter"] == ["总 则"]
    assert [n.text for n in document.walk_nodes() if n.kind == "article"] == [
        "为了供水，制定本条例。",
        "本条例自公布之日起施行。",
    ]


def test_two_measures_on_one_page_are_sisters() -> None:
    first = (
        "清河市登记管理办法\n\n第一章 总则\n\n第一条 为了登记，制定本办法。\n\n第二章 附则\n\n第二条 本办法自印发之日起施行。\n\n"
    )
    assert [d.title for d in read_issue(first + first.replace("登记", "运营")).documents] == [
        "清河市登记管理办法",
        "清河市运营管理办法",
    ]


def test_the_information_box_of_a_web_page_gives_what_the_document_lacks() -> None:
    page = (
        "索 引 号：000014349/2019-00001\n\n发文字号：清政办〔2019〕3号\n\n成文日期：2019年01月12日\n\n标　　题：关于防汛的通知\n\n"
        "清河市人民政府办公室关于防汛的通知\n\n各区人民政府：\n\n汛期将至，请各地做好准备，确保安全度汛。\n"
    )
    document = only(page)
    assert (str(document.number), document.issued_on) == ("清政办〔2019〕3号", date(2019, 1, 12))
    assert document.title == "清河市人民政府办公室关于防汛的通知"
