from datetime import date

import pytest

from taizhang.engines.proof.figures.dates import days_between, end_before_start, no_such_day, weekday
from taizhang.engines.proof.figures.deadlines import before_document, two_days, two_limits
from taizhang.engines.proof.figures.intervals import bands, tiers
from taizhang.engines.proof.figures.periods import payments_end_early
from tests.engines.proof.proving import agreements_of, findings_of, quotes


def _notice(body: str) -> str:
    return f"崤陵市人民政府关于做好年度工作的通知\n\n各县(市、区)人民政府:\n\n{body}\n\n崤陵市人民政府\n\n2025年3月10日\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("从2025年3月5日到6月30日，只有117天。", 0),
        ("从2025年3月5日到6月30日，只有118天。", 0),
        ("今天是6月30号，距离10月31号还有123天。", 0),
        ("今天是6月30号，距离10月31号还有133天。", 1),
        ("应于1月31日完成，拖到2月21日才报上来，晚了21天。", 0),
        ("2018年12月30日至2019年1月1日放假，共3天。", 0),
        ("2018年12月30日至2019年1月1日放假，共4天。", 1),
        ("从3月5日到3月10日下发文件12份。", 0),
    ],
)
def test_days_are_counted_by_the_calendar(text: str, found: int) -> None:
    assert len(findings_of(days_between, text + "\n")) == found


def test_a_weekday_without_a_year_takes_the_document_s_year_or_the_next() -> None:
    assert findings_of(weekday, "关于放假的通知\n\n1月2日（星期三）上班。\n", on=date(2018, 12, 4)) == []
    assert len(findings_of(weekday, "关于放假的通知\n\n1月2日（星期五）上班。\n", on=date(2018, 12, 4))) == 1
    assert findings_of(weekday, "1月2日（星期五）上班。\n") == []


def test_a_leap_day_is_wrong_only_where_no_year_near_has_one() -> None:
    assert findings_of(no_such_day, "2月29日前报送。\n") == []
    assert len(findings_of(no_such_day, "2月29日前报送。\n", on=date(2026, 5, 1))) == 1
    assert len(findings_of(no_such_day, "2025年2月29日前报送。\n")) == 1


def test_an_end_in_the_same_year_is_no_end_before_the_start() -> None:
    assert findings_of(end_before_start, "2025年10月至2025年12月，2024年至2026年，2025年3月1日至2025年3月1日。\n") == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("请于2月底前完成设施安装。", 1),
        ("请于三月底前公布名单。", 0),
        ("请于一月底前公布名单。", 1),
        ("每年1月31日前公布上一年度报告。", 0),
        ("次年2月底前汇总得分。", 0),
        ("2月底前已完成设施安装。", 0),
        ("2024年12月31日前登记注册的企业可以申报。", 0),
        ("2024年6月30日前完成设施安装。", 1),
        ("2026年2月底前完成设施安装。", 0),
    ],
)
def test_a_deadline_that_had_passed_when_the_notice_was_issued(body: str, found: int) -> None:
    assert len(findings_of(before_document, _notice(body))) == found


def test_standing_rules_set_days_of_every_year() -> None:
    text = "崤陵市评价办法\n\n第一条 各单位于1月31日前提交报告。\n\n第二条 本办法自2025年4月1日起施行。\n"
    assert findings_of(before_document, text, on=date(2025, 3, 24)) == []


def test_limits_of_different_acts_or_events_do_not_conflict() -> None:
    text = (
        "第一条 自收到材料之日起5个工作日内完成审核。\n\n第二条 自收到异议之日起7个工作日内书面答复。\n\n"
        "第三条 受理后7个工作日内完成评估，评估后15个工作日内完成配送。\n"
    )
    assert findings_of(two_limits, text) == []


def test_the_same_act_of_another_thing_may_be_due_on_another_day() -> None:
    text = "第一条 次年3月底前公布评价结果。\n\n第二条 次年4月底前公布决算报告。\n"
    assert findings_of(two_days, text) == []


def test_bands_given_as_items_are_read_together() -> None:
    text = "崤陵市评价办法\n\n第一条 结果分为四个等次:\n\n(一)优秀:90分以上;\n\n(二)良好:80分至89分;\n\n(三)合格:60分至79分;\n\n(四)不合格:不满60分。\n"
    [finding] = findings_of(bands, text)
    assert finding.computed == "79至80分、89至90分"
    assert quotes([finding], text) == ["60分至79分"]


def test_a_mark_in_two_bands_is_found() -> None:
    text = "分为优秀（90分以上）、良好（80分至90分）、合格（60分至80分）、不合格（60分以下）四个等次。\n"
    [finding] = findings_of(bands, text)
    assert "同时归入两个等次" in str(finding.message)


def test_tiers_that_join_agree() -> None:
    text = "面积在100亩以上至500亩的，奖励100元；面积在500亩以上的，奖励200元。\n"
    assert findings_of(tiers, text) == []
    assert agreements_of(tiers, text)


def test_fines_of_different_offences_are_no_tiers() -> None:
    assert findings_of(tiers, "处1000元以上5000元以下罚款；情节严重的，处1万元以上罚款。\n") == []


def test_payments_that_return_every_season_cover_the_period() -> None:
    text = "补贴办法\n\n一、补贴期限为2025年10月1日至2027年3月31日。\n\n二、2025年10月31日前预拨。以后年度参照上述时间拨付。\n"
    assert findings_of(payments_end_early, text) == []
