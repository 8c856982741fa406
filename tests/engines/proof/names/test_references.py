import pytest

from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.names.clauses import clause_absent, clause_other, row_order
from taizhang.engines.proof.names.parts import item_absent, nothing_before, part_absent, part_other
from tests.engines.proof.proving import findings_of, quotes

ARTICLES = """云门市档案查阅办法

第一条 为了方便查阅档案，制定本办法。

第二条 查阅档案应当登记。

登记由档案馆办理。

第三条 有下列情形之一的，不予查阅：

（一）档案正在修复；

（二）档案尚未开放。

第四条 查阅费用按照标准收取。

第五条 {words}
"""


@pytest.mark.parametrize(
    "words",
    [
        "违反本办法第七条规定的，责令改正。",
        "违反本办法第二条第三款规定的，责令改正。",
        "有本办法第三条第三项情形的，说明理由。",
        "违反本办法第二条第一款和第四款规定的，责令改正。",
        "违反本办法第二三条规定的，责令改正。",
    ],
)
def test_a_clause_the_document_does_not_have_is_an_error(words: str) -> None:
    assert [f.severity for f in findings_of(clause_absent, ARTICLES.format(words=words))] == [Severity.ERROR]


@pytest.mark.parametrize(
    "words",
    [
        "违反本办法第二条第二款、第三条第（二）项、第四条规定的，责令改正。",
        "依照《云门市文物条例》第三十条、第三十一条的规定处罚。",
        "依照治安管理处罚法第六十条的规定处罚。",
        "将《办法》第九条修改为第十条。",
        "该条例第九条规定的，从其规定。",
    ],
)
def test_clauses_that_exist_or_belong_elsewhere_are_right(words: str) -> None:
    assert findings_of(clause_absent, ARTICLES.format(words=words)) == []


def test_an_extract_of_a_law_has_no_missing_articles() -> None:
    extract = "第三条 查阅档案应当登记。\n\n第四条 违反本办法第九条规定的，责令改正。\n\n第五条 本办法自印发之日起施行。\n"
    assert findings_of(clause_absent, extract) == []


def test_articles_in_a_row_go_up() -> None:
    wrong = ARTICLES.format(words="违反本办法第三条、第二条规定的，责令改正。")
    assert quotes(findings_of(row_order, wrong), wrong) == ["第二条"]
    assert findings_of(row_order, ARTICLES.format(words="违反本办法第二条第一款、第二条第二款、第四条的，责令改正。")) == []


def test_an_article_that_names_itself_as_the_one_breached_is_doubtful() -> None:
    wrong = ARTICLES.format(words="违反本办法第五条规定的，责令改正。")
    assert len(findings_of(clause_other, wrong)) == 1


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("有前条第一项至第一项情形的，说明理由。", 1),
        ("有第三条第一项、第二项情形的，说明理由。", 0),
        ("前条第三款另有规定的，从其规定。", 0),  # the article before has one paragraph: it cannot be told apart
    ],
)
def test_items_without_an_article_are_those_at_hand(words: str, found: int) -> None:
    assert len(findings_of(item_absent, ARTICLES.format(words=words))) == found


def test_items_beyond_the_list_above_are_found() -> None:
    text = ARTICLES.format(words="本办法自印发之日起施行。").replace("第四条", "有第一项、第四项情形的，说明理由。\n\n第四条")
    assert quotes(findings_of(item_absent, text), text) == ["第四项"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("前款规定的档案应当移交。", 1),
        ("前条规定的费用上缴国库。", 0),
        ("档案应当移交。前款规定的档案除外。", 0),
        ("前五条规定的情形除外。", 1),
    ],
)
def test_words_that_point_back_have_something_to_point_at(words: str, found: int) -> None:
    assert len(findings_of(nothing_before, ARTICLES.format(words=words))) == found


PARTS = """云门市取暖补贴办法

一、职责分工

各单位的监督检查职责，按照{where}的规定履行。

二、购销单据和台账

每笔销售开具单据，建立台账。

三、监督检查

每季抽查一次，限期整改。
"""


def test_a_part_beyond_the_last_or_about_something_else_is_an_error() -> None:
    beyond, other = PARTS.format(where="本办法第六部分"), PARTS.format(where="本办法第二部分")
    assert quotes(findings_of(part_absent, beyond), beyond) == ["第六部分"]
    assert [f.computed for f in findings_of(part_other, other)] == ["3"]


@pytest.mark.parametrize("where", ["本办法第三部分", "《云门市供热规划》第九部分", "第二部分、第三部分"])
def test_parts_that_fit_or_belong_elsewhere_are_right(where: str) -> None:
    text = PARTS.format(where=where)
    assert findings_of(part_absent, text) == []
    assert findings_of(part_other, text) == []
