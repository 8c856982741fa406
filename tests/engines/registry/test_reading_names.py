from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.engines.gazette import read_issue
from taizhang.engines.registry import (
    Registry,
    Validity,
    Variant,
    VariantRelation,
    mentions,
    out_of_period,
    survey,
    variants,
)
from tests.engines.registry.invented import body

EMPTY = Registry.of()


def named(text: str, registry: Registry = EMPTY) -> list[str]:
    return [m.name for m in mentions(text, registry)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("由市财政局会同市审计局、民政局等部门核定", ["市财政局", "市审计局", "市民政局"]),
        ("市文化广电和旅游局和市体育局办好运动会", ["市文化广电和旅游局", "市体育局"]),
        ("市发展改革委会同市财政局组织复评", ["市发展改革委", "市财政局"]),
        ("加强城市管理,优化市场布局,市区道路", []),
        ("各县(市、区)举办活动,开办市民学校", []),
        ("市残联、工业和信息化局,市市场监管局抽检", ["市残联", "市工业和信息化局", "市市场监管局"]),
        ("报省教育厅、财政厅备案", ["省教育厅", "省财政厅"]),
    ],
)
def test_running_text_gives_up_its_bodies(text: str, wanted: list[str]) -> None:
    assert named(text) == wanted


def test_a_known_name_without_a_prefix_is_seen_only_as_a_whole_name() -> None:
    registry = Registry.of([body("data", "青州市数据局")], place="青州市")
    assert named("数据局管的是路，请数据局办理", registry) == ["数据局", "数据局"]
    assert named("县数据局。大数据局。", registry) == ["县数据局"]
    assert named("请青州市数据局办理", registry) == ["青州市数据局"]


@given(st.text(alphabet="市县省财政局委办、，和会同等残联数据（）青州管理中心 \n由", max_size=80))
def test_mentions_stand_in_order_at_their_words(text: str) -> None:
    registry = Registry.of([body("data", "青州市数据管理局")], place="青州市")
    found = mentions(text, registry)
    assert all(text[m.start : m.end] == m.printed for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


SOUP = [
    "关于",
    "更名",
    "的通知",
    "\n\n",
    "市财政局",
    "残联",
    "、",
    "，",
    "（",
    "）",
    "以下简称",
    "青州市",
    "一、",
    "2025年3月14日",
    "青政〔2025〕8号",
    "更名为",
    "数据局",
]


@given(st.lists(st.sampled_from(SOUP), max_size=40))
def test_no_text_stops_the_survey(pieces: list[str]) -> None:
    text = "".join(pieces)
    registry, found = survey(read_issue(text))
    variants(found, registry)
    out_of_period(found, registry, text)
    assert all(0 <= m.span.start < m.span.end <= len(text) for m in found)


ISSUE = """青州市人民政府关于青州市大数据管理局更名的通知

青政〔2025〕8号

各县（市、区）人民政府：

经研究，青州市大数据管理局更名为青州市数据局。请市大数据管理局于4月底前办妥手续。

青州市人民政府

2025年3月14日

青州市人民政府办公室关于做好春耕工作的通知

青政办〔2025〕9号

各县（市、区）人民政府：

由市大数据管理局会同市农业农村局建立台账，原市大数据管理局的系统一并移交，按照《市大数据管理局工作规则》办理。

市农业局负责验收，市财政局、市农业农村局、市林业局配合，市财政局拨付资金。具体工作由市农业农村局承担。

青州市人民政府办公室

2025年3月20日
"""


def read(text: str) -> tuple[Registry, list[str], list[Variant]]:
    issue = read_issue(text)
    registry, found = survey(issue)
    uses = [f"{u.mention.name}@{u.mention.number} {u.candidate.validity.value}" for u in out_of_period(found, registry, text)]
    return registry, uses, list(variants(found, registry))


def test_an_expired_name_is_told_only_where_it_is_used_as_if_valid() -> None:
    registry, uses, _ = read(ISSUE)
    assert registry.place == "青州市"
    assert uses == ["市大数据管理局@青政办〔2025〕9号 expired"]


def test_a_name_used_before_it_was_given_is_not_yet_valid() -> None:
    early = ISSUE.replace("2025年3月20日", "2025年3月10日").replace("由市大数据管理局会同", "由市数据局会同")
    _, uses, _ = read(early)
    assert uses == ["市数据局@青政办〔2025〕9号 not_yet"]


def test_a_shorter_name_used_beside_the_usual_one_is_a_variant() -> None:
    _, _, found = read(ISSUE)
    assert [(v.usual, v.other, v.relation) for v in found] == [("市农业农村局", "市农业局", VariantRelation.ABBREVIATION)]
    (variant,) = found
    assert [ISSUE[p.span.start : p.span.end] for p in variant.other_places] == ["市农业局"]
    assert len(variant.usual_places) == 3
    assert variant.similarity == 0.75


def two_names(one: str, other: str) -> list[tuple[str, str, str]]:
    text = f"关于做好工作的通知\n\n{one}负责验收。\n\n{one}负责移交。\n\n{other}负责归档。\n\n2025年3月20日\n"
    return [(v.usual, v.other, v.relation.value) for v in read(text)[2]]


@pytest.mark.parametrize(
    ("usual", "other", "relation"),
    [
        ("市行政审批和政务信息管理局", "市行政审批局", "abbreviation"),
        ("市食品药品监管局", "市食品药品监督局", "characters"),
        ("市退役军人事务局", "市退役人军事务局", "characters"),
        ("市旅游局", "市旅游发展委", "ending"),
        ("市人力资源社会保障局", "市人力资源和社会保障局", "spelling"),
    ],
)
def test_likely_one_body_written_two_ways_is_reported(usual: str, other: str, relation: str) -> None:
    assert two_names(usual, other) == [(usual, other, relation)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("市财政局", "市审计局"),
        ("市财政局", "省财政厅"),
        ("市公安局", "市公路局"),
        ("市委办公室", "市政府办公室"),
        ("市政府金融办", "市政府办公室"),
        ("青州市财政局", "市财政局"),
        ("市农业银行", "市工商银行"),
    ],
)
def test_different_bodies_and_formal_names_are_no_variants(one: str, other: str) -> None:
    assert two_names(one, other) == []


def test_names_that_stand_in_one_list_are_different_bodies() -> None:
    text = "关于做好工作的通知\n\n市农业局、农业农村局负责验收。\n\n市农业农村局负责归档。\n\n2025年3月20日\n"
    assert read(text)[2] == []


def test_a_short_form_of_a_body_only_the_registry_knows_is_a_variant() -> None:
    issue = read_issue("关于做好工作的通知\n\n市行政审批局负责验收。\n\n2025年3月20日\n")
    registry, found = survey(issue, [body("permits", "青州市行政审批和政务信息管理局")], "青州市")
    (variant,) = variants(found, registry)
    assert (variant.usual, variant.other, str(variant.body)) == ("青州市行政审批和政务信息管理局", "市行政审批局", "permits")
    assert variant.usual_places == ()


def test_spellings_in_the_text_join_the_renamed_body_as_aliases() -> None:
    text = ISSUE + "\n青州市人民政府办公室关于做好清理工作的通知\n\n青政办〔2025〕6号\n\n请市大数据局办理。\n\n2025年3月1日\n"
    registry, _, _ = read(text)
    one = registry.resolve("市大数据局", date(2025, 3, 1)).one
    assert one is not None
    assert {n.text for n in one.body.names} >= {"青州市大数据管理局", "青州市数据局", "市大数据局"}
    later = registry.resolve("市大数据局", date(2025, 3, 14) + timedelta(days=1)).one
    assert later is not None
    assert later.validity is Validity.EXPIRED


def test_a_short_form_the_text_defines_is_on_record_and_no_variant() -> None:
    defines = "市网络经济发展领导小组办公室(以下简称市网经办)牵头,市网经办督办。"
    issue = read_issue(f"关于做好工作的通知\n\n{defines}\n\n2025年3月20日\n")
    registry, found = survey(issue)
    one = registry.resolve("市网经办", date(2025, 3, 20)).one
    assert one is not None
    assert (one.rule.value, one.body.names[0].text) == ("listed", "市网络经济发展领导小组办公室")
    assert one.citation is not None
    assert "简称市网经办" in one.citation.quote
    assert variants(found, registry) == ()


def test_a_short_form_only_good_within_its_document_is_not_on_record() -> None:
    issue = read_issue("关于做好工作的通知\n\n市政务公开领导小组(以下简称领导小组)统一领导。\n\n2025年3月20日\n")
    assert survey(issue).registry.resolve("领导小组", None).candidates == ()
