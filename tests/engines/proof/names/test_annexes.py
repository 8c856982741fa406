import pytest

from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.names.annexes import annex_absent, annex_list, annex_swapped
from taizhang.engines.proof.names.boxes import box_absent, box_other
from tests.engines.proof.proving import findings_of, quotes

ANNEXED = """云门市评价办法

第一条 {words}

{listed}附件1

市直单位评价指标

组织领导、主动公开。

附件2

{second}

组织领导、基层公开。
"""
LISTED = "附件:1.市直单位评价指标\n\n2.各县（市、区）评价指标\n\n"
AREAS = "各县（市、区）评价指标"


def annexed(words: str, listed: str = LISTED, second: str = AREAS) -> str:
    return ANNEXED.format(words=words, listed=listed, second=second)


def test_an_annex_that_is_not_there_is_an_error() -> None:
    text = annexed("指标见附件1、附件3。")
    assert quotes(findings_of(annex_absent, text), text) == ["附件3"]
    assert findings_of(annex_absent, annexed("指标见附件1和附件2，见附件1至2。")) == []


def test_annexes_that_were_not_printed_at_all_are_a_note_said_once() -> None:
    text = "云门市评价办法\n\n第一条 指标见附件1。\n\n第二条 名单见附件2。\n"
    assert [f.severity for f in findings_of(annex_absent, text)] == [Severity.NOTE]


@pytest.mark.parametrize(
    "words",
    [
        "市直单位适用附件2所列指标。",
        "各县（市、区）适用附件1所列指标。",
        "内容按各县（市、区）和市直单位两类确定（分别见附件1、附件2）。",
    ],
)
def test_annexes_cited_for_one_another_are_an_error(words: str) -> None:
    assert [f.severity for f in findings_of(annex_swapped, annexed(words))] == [Severity.ERROR]


@pytest.mark.parametrize(
    "words",
    [
        "市直单位适用附件1所列指标，各县（市、区）适用附件2所列指标。",
        "内容按市直单位和各县（市、区）两类确定（分别见附件1、附件2）。",
        "评价按指标进行，见附件1、附件2。",
        "结果于每年5月底前报送，格式见附件2。",
    ],
)
def test_annexes_cited_in_their_own_words_are_right(words: str) -> None:
    assert findings_of(annex_swapped, annexed(words)) == []


def test_the_list_after_the_text_and_the_annexes_agree() -> None:
    words = "指标见附件1、附件2。"
    assert findings_of(annex_list, annexed(words)) == []
    (found,) = findings_of(annex_list, annexed(words, second="各县（市、区）考核指标"))
    assert found.severity is Severity.WARNING
    assert found.computed == "各县（市、区）考核指标"
    (unlisted,) = findings_of(annex_list, annexed(words, listed=""))
    assert unlisted.severity is Severity.NOTE


BOXES = "云门市养老规划\n\n一、主要任务\n\n{words}\n\n专栏1 设施建设\n\n新建养老院5所。\n\n专栏2 人才项目\n\n培训护理员300人。\n"


def test_a_box_that_is_not_there_is_an_error_and_none_at_all_a_note() -> None:
    assert [f.severity for f in findings_of(box_absent, BOXES.format(words="按照专栏3确定的名额招收。"))] == [Severity.ERROR]
    assert findings_of(box_absent, BOXES.format(words="专栏1至专栏2所列项目按期完成。")) == []
    bare = "云门市养老规划\n\n一、主要任务\n\n按照专栏3确定的名额招收，资金见专栏4。\n"
    assert [f.severity for f in findings_of(box_absent, bare)] == [Severity.NOTE]


def test_a_box_is_cited_in_the_words_of_its_caption() -> None:
    wrong = BOXES.format(words="设施建设安排见专栏2。")
    assert [f.computed for f in findings_of(box_other, wrong)] == ["专栏1"]
    assert findings_of(box_other, BOXES.format(words="设施建设安排见专栏1，其余见专栏2。")) == []
