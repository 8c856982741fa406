from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.names.lists import body_twice, missing_body
from tests.engines.proof.proving import findings_of, quotes

BUREAUS = "、".join(
    f"市{name}局"
    for name in ["教育", "科技", "公安", "民政", "司法", "财政", "水利", "商务", "审计", "统计", "林业", "信访", "体育"]
)


def test_a_body_twice_in_one_list_is_found_under_either_spelling() -> None:
    text = "由市发展改革委、公安局、信访局、市发展和改革委员会按职责分工负责。\n"
    assert quotes(findings_of(body_twice, text), text) == ["市发展和改革委员会"]


def test_a_body_in_two_sentences_or_two_lists_is_no_repetition() -> None:
    assert findings_of(body_twice, "由市残联、公安局、信访局负责。市残联、财政局、民政局汇总。\n") == []
    assert findings_of(body_twice, "市辖县、自治县、不设区的市、民族乡、镇设立机构，乡、民族乡、镇不设。\n") == []


def test_a_body_is_not_lead_and_support_of_one_task() -> None:
    table = (
        "序号\t任务\t牵头单位\t配合单位\n1\t发放补贴\t市民政局\t市财政局、残联\n2\t评估审核\t市残联\t市卫生健康委、残联、民政局\n"
    )
    found = findings_of(body_twice, "重点任务分工表\n\n" + table)
    assert [f.declared for f in found] == ["残联"]


def annexed(first: str, second: str) -> str:
    return f"附件1\n\n评价单位名单\n\n{first}。\n\n附件2\n\n考核单位名单\n\n{second}。\n"


def test_two_long_lists_are_compared_both_ways_in_a_note() -> None:
    text = annexed(BUREAUS, BUREAUS.replace("市体育局", "市粮食局"))
    found = findings_of(missing_body, text)
    assert quotes(found, text) == ["市体育局", "市粮食局"]
    assert {f.severity for f in found} == {Severity.NOTE}


def test_equal_lists_short_lists_and_unlike_lists_are_let_be() -> None:
    assert findings_of(missing_body, annexed(BUREAUS, BUREAUS)) == []
    assert findings_of(missing_body, annexed(BUREAUS, "市教育局、市粮食局、市供销社")) == []
