from datetime import date

import pytest

from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.names.areas import area_ending, old_county, zone_without_sheet
from taizhang.engines.proof.names.slips import odd_entry, one_character, unusual
from taizhang.engines.proof.names.validity import not_founded_yet, out_of_period_name
from taizhang.engines.proof.names.variants import variant, wrong_level
from taizhang.engines.registry.index import Registry
from taizhang.engines.registry.model import Body, BodyKind, DatedName, NameForm
from taizhang.kernel.organisation import OrganisationId
from taizhang.kernel.period import Period
from tests.engines.proof.proving import findings_of, quotes


def document(title: str, number: int, day: str, body: str) -> str:
    return f"云门市人民政府{title}\n\n云政〔2025〕{number}号\n\n各县（市、区）人民政府：\n\n{body}\n\n云门市人民政府\n\n{day}\n\n"


RENAMED = document("关于云门市城市管理局更名的通知", 8, "2025年3月14日", "经研究，云门市城市管理局更名为云门市城市综合管理局。")


def test_an_old_name_after_the_rename_is_an_error_and_shows_the_decision() -> None:
    text = RENAMED + document("关于开展清查的通知", 9, "2025年3月24日", "清查由市城市管理局负责，市财政局配合。")
    (found,) = findings_of(out_of_period_name, text)
    assert found.severity is Severity.ERROR
    assert quotes([found], text) == ["市城市管理局"]
    assert found.computed == "云门市城市综合管理局"
    assert "更名为" in text[found.spans[-1].start : found.spans[-1].end]


def test_an_old_name_on_the_day_of_the_rename_is_only_doubtful() -> None:
    text = RENAMED + document("关于开展清查的通知", 9, "2025年3月14日", "清查由市城市管理局负责，市财政局配合。")
    assert [f.severity for f in findings_of(out_of_period_name, text)] == [Severity.WARNING]


def test_a_new_name_before_the_rename_is_doubtful() -> None:
    text = document("关于开展清查的通知", 5, "2025年3月4日", "清查由市城市综合管理局负责，市财政局配合。") + RENAMED
    assert [f.severity for f in findings_of(out_of_period_name, text)] == [Severity.WARNING]


@pytest.mark.parametrize("words", ["原市城市管理局", "市城市综合管理局"])
def test_the_name_of_the_day_or_an_old_name_called_old_is_right(words: str) -> None:
    text = RENAMED + document("关于开展清查的通知", 9, "2025年3月24日", f"清查由{words}负责，市财政局配合。")
    assert findings_of(out_of_period_name, text) == []


def test_a_pack_that_knows_an_earlier_name_dates_it() -> None:
    names = (
        DatedName("云门市旅游局", NameForm.FULL, Period(None, date(2018, 12, 31))),
        DatedName("云门市文化和旅游局", NameForm.FULL, Period(date(2019, 1, 1), None)),
    )
    registry = Registry.of([Body(OrganisationId("tourism"), BodyKind.DEPARTMENT, names)], place="云门市")
    text = document("关于开展清查的通知", 9, "2025年3月24日", "清查由市旅游局负责，市财政局配合。")
    (found,) = findings_of(out_of_period_name, text, registry=registry)
    assert found.computed == "云门市文化和旅游局"


def test_a_body_about_to_be_founded_is_not_yet_there() -> None:
    text = "一、审批由即将成立的大数据局承担。\n\n二、市大数据局要统筹各项工作。\n"
    assert quotes(findings_of(not_founded_yet, text), text) == ["大数据局"]
    assert findings_of(not_founded_yet, "一、审批由拟成立的大数据局承担。\n\n二、大数据局成立以前由市政府办公室统筹。\n") == []


@pytest.mark.parametrize(
    ("usual", "other", "severity"),
    [
        ("市旅游局", "市旅游发展委", Severity.WARNING),
        ("市农业农村局", "市农业局", Severity.WARNING),
        ("市食品药品监管局", "市食品药品监督局", Severity.WARNING),
        ("市住房城乡建设局", "市住房和城乡建设局", Severity.NOTE),
        ("市网信办", "市网信委", Severity.NOTE),
        ("市发展改革委", "市发改委", Severity.NOTE),
    ],
)
def test_two_names_of_one_body_are_told_as_loudly_as_they_differ(usual: str, other: str, severity: Severity) -> None:
    text = f"一、{usual}负责验收。\n\n二、{usual}建立台账。\n\n三、{usual}公布结果。\n\n四、档案移交{other}保存。\n"
    (found,) = findings_of(variant, text)
    assert (found.declared, found.severity) == (other, severity)


@pytest.mark.parametrize(
    "text",
    [
        "由市教育局、市体育局、市审计局、市统计局负责。\n",
        "由市农业农村局、市林业局、市水利局负责，市农业农村局汇总。\n",
        "市财政局负责拨付，报省财政厅备案。\n",
    ],
)
def test_different_bodies_are_no_variants(text: str) -> None:
    assert findings_of(variant, text) == []


def test_an_office_abroad_has_one_name() -> None:
    text = "驻海州办事处引进项目3个。\n\n名单：市政府驻海州联络处。\n"
    assert quotes(findings_of(variant, text), text) == ["驻海州联络处"]


def test_a_speech_may_shorten_names() -> None:
    speech = "在全市推进会上的讲话\n\n（2025年3月5日）\n\n同志们：\n\n市农业局要抓好验收，大家要配合。\n\n"
    order = "".join(f"{n}、市农业农村局负责第{n}批验收。\n\n" for n in "一二三四")
    assert [f.severity for f in findings_of(variant, speech + document("关于验收的通知", 9, "2025年3月24日", order))] in (
        [],
        [Severity.NOTE],
    )


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("由市民政局、教育局、财政厅按职责分工负责。\n", "市财政局"),
        ("由县民政局牵头，县财政厅配合。\n", "县财政局"),
        ("由市民政局牵头，市教育部配合。\n", "市教育局"),
        ("报省财政局备案。\n", "省财政厅"),
        ("（海关总署、财政局、税务总局负责）\n", "财政部"),
    ],
)
def test_an_office_of_another_level_is_found(text: str, due: str) -> None:
    assert [f.computed for f in findings_of(wrong_level, text)] == [due]


@pytest.mark.parametrize(
    "text",
    [
        "由省财政厅、省教育厅、省民政厅负责，市财政局配合。\n",
        "省、自治区、直辖市公安厅、局负责。\n",
        "由市委组织部、市委宣传部、市人民武装部负责。\n",
        "（财政部、教育部、公安部负责）\n",
    ],
)
def test_offices_of_their_own_level_are_right(text: str) -> None:
    assert findings_of(wrong_level, text) == []


NAMES = (
    "一、市财政局、市教育局负责拨付。\n\n二、市财政局会同市发展改革委编制计划。\n\n三、市财政局、市发展改革委、市教育局抽查。\n\n"
)


@pytest.mark.parametrize(
    "slip",
    [
        "四、报市财攻局备案。\n",  # a character changed
        "四、报市发改展革委备案。\n",  # two changed places
        "四、报市财局备案。\n",  # one lost
        "四、由市教育局、村财政局、市发展改革委负责。\n",  # the level changed, in a list
        "四、由市财政负责落实。\n",  # the ending lost before a verb
        "四、报市发展攻革委备案。\n",
    ],
)
def test_a_slip_in_a_name_is_found_in_prose_and_lists(slip: str) -> None:
    assert len(findings_of(one_character, NAMES + slip)) == 1


@pytest.mark.parametrize(
    "right",
    [
        "四、报市体育局、市审计局备案。\n",
        "四、报县财政局备案。\n",
        "四、报省财政厅备案。\n",
        "四、由财政局、教育局按职责负责。\n",
        "四、落实市的财政局面分析制度。\n",
        "四、市财政收入增长5%。\n",
        "四、第二中学由市教育局管理，第一中学由县教育局管理。\n",
    ],
)
def test_another_office_or_a_sentence_is_no_slip(right: str) -> None:
    assert findings_of(one_character, NAMES + right) == []


@pytest.mark.parametrize(
    ("name", "due"), [("市业林局", "市林业局"), ("市食品药品监督局", "市食品药品监管局"), ("市园林绿花局", "市园林绿化局")]
)
def test_an_office_named_once_is_held_to_what_offices_are_called(name: str, due: str) -> None:
    (found,) = findings_of(unusual, f"由{name}、市水利局负责。\n")
    assert (found.computed, found.severity) == (due, Severity.NOTE)


@pytest.mark.parametrize("name", ["市蔬菜局", "市住房保障局", "市园林绿化局", "市体育局", "省农业厅"])
def test_a_rare_office_is_let_be(name: str) -> None:
    assert findings_of(unusual, f"由{name}、市水利局负责。\n") == []


def test_one_entry_that_is_no_body_stands_out() -> None:
    text = "由县水利局、财政局、能源、林业局、公安局负责。\n"
    assert quotes(findings_of(odd_entry, text), text) == ["能源"]
    assert findings_of(odd_entry, "用于水利、财政、能源、林业、公安等方面。\n") == []


AREAS = "".join(f"第{n}批由桃林市、河东区、西山县负责。\n\n" for n in "一二三四")


def test_the_ending_of_an_area_is_held_to_its_usual_one() -> None:
    text = AREAS + "结果由桃林县、河东区公布。\n"
    assert quotes(findings_of(area_ending, text), text) == ["桃林县"]
    assert findings_of(area_ending, AREAS + "原桃林县、桃林镇、桃林区域另行安排。\n") == []


def sheets(*areas: str) -> str:
    one = "1. 生产总值增长8%；\n\n2. 粮食总产量0.5亿公斤；\n\n3. 城镇新增就业5000人。\n\n"
    return "各县（市、区）责任目标\n\n" + "".join(f"{area}\n\n{one}" for area in areas)


def notice(addressees: str, body: str = "现将目标任务下达给你们，请认真执行。") -> str:
    head = f"云门市人民政府关于下达年度目标任务的通知\n\n云政〔2025〕6号\n\n{addressees}：\n\n"
    return f"{head}{body}\n\n云门市人民政府\n\n2025年3月10日\n\n"


def test_a_zone_addressed_and_a_zone_with_a_sheet_are_the_same() -> None:
    text = notice("各县（市、区）人民政府，高新区管理委员会，市政府各部门") + sheets("河东区", "西山县", "南川县", "产业集聚区")
    assert quotes(findings_of(zone_without_sheet, text), text) == ["高新区", "产业集聚区"]
    right = notice("各县（市、区）人民政府，产业集聚区管理委员会，市政府各部门") + sheets(
        "河东区", "西山县", "南川县", "云门产业集聚区"
    )
    assert findings_of(zone_without_sheet, right) == []
    told = notice("各县（市、区）人民政府，高新区管委会，市政府各部门", "现下达目标任务。高新区不单列目标，数据并入河东区。")
    assert findings_of(zone_without_sheet, told + sheets("河东区", "西山县", "南川县")) == []


def test_a_county_that_became_a_district_is_called_old() -> None:
    text = sheets("河东区", "桃州区", "西山县") + "支持桃县信用社改制。\n"
    assert quotes(findings_of(old_county, text), text) == ["桃县"]
    assert findings_of(old_county, sheets("河东区", "桃州区", "西山县") + "支持原桃县信用社改制，推进各县工作。\n") == []
