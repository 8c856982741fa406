import pytest

from taizhang.engines.proof.figures.counts import after_list, announced_clauses, announced_marks, before_list, copies
from tests.engines.proof.proving import findings_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("拿出保留、合并、停止三张清单。", 0),
        ("拿出保留、合并、停止四张清单。", 1),
        ("发挥安阳、商丘、信阳和三门峡四个城市的作用。", 0),
        ("完成省、市十项重点民生实事。", 0),
        ("采取座谈、听证、网络调查等两种以上方式。", 0),
        ("在县、乡、村三级公布，补助一、二、三、四级残疾人。", 0),
        ("低保、特困和临时救助的标准、对象、资金在县、乡、村三级公布。", 0),
        ("查封、扣押、冻结的期限不得超过二个月。", 0),
        ("新建公园3个、绿道5条、停车场20个。", 0),
        ("做好人口数据、需求数据、残疾人两项补贴数据、监测数据的管理。", 0),
        ("坚持马克思列宁主义、毛泽东思想、邓小平理论、“三个代表”重要思想。", 0),
        ("事故分为特别重大、重大、较大和一般四级。", 0),
    ],
)
def test_a_number_after_a_list_counts_the_list(text: str, found: int) -> None:
    assert len(findings_of(after_list, text + "\n")) == found


def test_a_number_before_a_list_counts_the_list() -> None:
    assert findings_of(before_list, "三项制度（首问负责、限时办结、一次告知）全面落实。\n") == []
    assert len(findings_of(before_list, "四项制度（首问负责、限时办结、一次告知）全面落实。\n")) == 1
    assert findings_of(before_list, "四项制度（首问负责、限时办结、一次告知等）全面落实。\n") == []


def test_copies_kept_by_the_user_and_by_the_others_add_up() -> None:
    right = "6联收据除用户留存一份外，其余5份由企业、网点、村委会、街道办、散烧办存档备案。\n"
    assert findings_of(copies, right) == []
    assert findings_of(copies, right.replace("6联", "7联"))
    assert findings_of(copies, right.replace("、散烧办", ""))


def test_brackets_in_a_list_of_holders_do_not_break_it() -> None:
    assert findings_of(copies, "开具三联单据，由购买户、村（居）民委员会、街道办事处（乡镇人民政府）各执一联。\n") == []


def test_points_announced_are_counted_by_their_marks() -> None:
    text = "具体抓三件事。一要先清后建，逐个过筛子；二要统建共用，不再采购；三要算好后账，组织评估。\n"
    assert findings_of(announced_marks, text) == []
    assert len(findings_of(announced_marks, text.replace("三件", "四件"))) == 1


def test_points_announced_in_a_speech_are_counted_by_its_sections() -> None:
    text = "下面，我讲三点意见。\n\n一、认清形势\n\n形势很好。\n\n二、突出重点\n\n重点突出。\n\n三、加强领导\n\n领导有力。\n"
    assert findings_of(announced_clauses, text) == []
    assert len(findings_of(announced_clauses, text.replace("三点", "四点"))) == 1
