import pytest

from taizhang.engines.proof.figures.shares import base_unstated, remainder, share, shares_total
from taizhang.engines.proof.model import Severity
from tests.engines.proof.proving import agreements_of, findings_of, quotes


@pytest.mark.parametrize(
    "text",
    [
        "在用系统240个，已迁入156个，占65%。",
        "申报项目60个，经审查核减15个，占25%，实际批复45个。",
        "按类别分，视力残疾8126人、肢体残疾36215人，肢体残疾人数最多，占81.7%。在册44341人。",
        "全市常住人口224.1万人，据推算有各类残疾人约14.2万人。在册持证残疾人68430人，占推算残疾人数的48.2%。",
    ],
)
def test_a_share_that_follows_is_not_a_finding(text: str) -> None:
    assert findings_of(share, text + "\n") == []


def test_a_share_of_a_base_named_in_another_sentence_is_computed() -> None:
    text = "全市常住人口200万人。持证人员60000人，占常住人口的4%。\n"
    [finding] = findings_of(share, text)
    assert (quotes([finding], text), finding.computed) == (["4%"], "3%")


def test_a_share_without_any_base_is_left_alone() -> None:
    assert findings_of(share, "引进资金62亿元，食品类占比达到45%。\n") == []
    assert findings_of(share, "护理型床位净增900张，占机构床位总数的65%。\n") == []


def test_rounding_of_both_figures_is_allowed() -> None:
    assert agreements_of(share, "共有残疾人16.05万人，其中持证残疾人48875人，持证率为30.4%。\n")


def test_rates_of_several_things_are_no_shares_of_one() -> None:
    assert findings_of(shares_total, "城镇、农村覆盖率分别达到60%、45%，补助比例分别为30%、50%。\n") == []


def test_weights_that_miss_a_hundred_are_found() -> None:
    [finding] = findings_of(shares_total, "年度得分由三部分构成，分别占70%、20%和20%。\n")
    assert finding.computed == "110%"
    assert findings_of(shares_total, "日常评价占30%、年度评价占80%计算。\n")


def test_the_remainder_is_what_the_shares_before_it_leave() -> None:
    assert findings_of(remainder, "首付资金30%，中期拨付40%，其余30%验收后拨付。\n") == []
    [finding] = findings_of(remainder, "按资金的40%预拨，其余50%清算时拨付。\n")
    assert (finding.severity, finding.computed) == (Severity.ERROR, "60%")


def test_a_share_of_a_plan_that_is_approved_has_a_base() -> None:
    assert findings_of(base_unstated, "按照核定的年度计划，将50%补贴资金拨付各区。\n") == []
