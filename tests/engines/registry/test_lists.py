import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.engines.registry import listed_bodies, split_bodies

LISTS = [
    ("市民政局、财政局、残联", "市民政局 市财政局 市残联"),
    (
        "市残联、文化广电和旅游局、气象局、供电公司、移动公司崤陵分公司",
        "市残联 市文化广电和旅游局 市气象局 市供电公司 移动公司崤陵分公司",
    ),
    ("市工业和信息化局和财政局等", "市工业和信息化局 市财政局"),
    ("住房和城乡建设局、城市管理局", "住房和城乡建设局 城市管理局"),
    ("市农业农村局、乡村振兴局、市场监管局", "市农业农村局 市乡村振兴局 市市场监管局"),
    ("商务部、发展改革委、海关总署、文化和旅游部等负责", "商务部 发展改革委 海关总署 文化和旅游部"),
    ("公安部、国家统计局、国务院新闻办", "公安部 国家统计局 国务院新闻办"),
    ("市财政局会同市审计局、市民政局", "市财政局 市审计局 市民政局"),
    ("市委宣传部、网信办，市公安局", "市委宣传部 市网信办 市公安局"),
    ("省教育厅、财政厅,市教育局、财政局", "省教育厅 省财政厅 市教育局 市财政局"),
    ("崤陵市财政局、审计局", "崤陵市财政局 崤陵市审计局"),
    ("团市委、妇联、市总工会", "团市委 市妇联 市总工会"),
    ("河滨区、硖石区、桃林市", "河滨区 硖石区 桃林市"),
    ("市民政局 \n市财政局", "市民政局 市财政局"),
    ("市住房 城乡建设局、财政局", "市住房城乡建设局 市财政局"),
    ("农业银行 崤陵分行、工商银行崤陵分行", "农业银行崤陵分行 工商银行崤陵分行"),
    ("市发展改革委(市能源局、市粮食局)、财政局", "市发展改革委（市能源局、市粮食局） 市财政局"),
    ("县委农工部、县直各单位、乡(镇)政府", "县委农工部 县直各单位 乡（镇）政府"),
    ("各县(市、区)政府,市政府各部门", "各县（市、区）政府 市政府各部门"),
    ("责任单位:市商务局;配合单位:市财政局、税务局", "市商务局 市财政局 市税务局"),
    ("市民政局及相关部门", "市民政局"),
    ("市科技局等有关部门按职责分工负责", "市科技局"),
    ("", ""),
]


@pytest.mark.parametrize(("printed", "names"), LISTS)
def test_a_list_gives_its_bodies_with_the_prefix_they_inherit(printed: str, names: str) -> None:
    assert split_bodies(printed) == tuple(names.split())


def test_a_province_department_takes_no_city_prefix() -> None:
    assert split_bodies("市教育局、财政厅、残联") == ("市教育局", "财政厅", "市残联")


def test_a_role_in_brackets_is_a_note_of_the_entry() -> None:
    lead, other = listed_bodies("市发展改革委（牵头）、财政局")
    assert (lead.name, lead.note, other.name, other.note) == ("市发展改革委", "牵头", "市财政局", None)


def test_a_list_broken_off_hands_its_prefix_on() -> None:
    assert [b.name for b in listed_bodies("工商局、残联", prefix="市")] == ["市工商局", "市残联"]


@given(
    st.lists(
        st.sampled_from(
            ["市财政局", "审计局", "各县（市、区）政府", "和", "、", "，", "(", "）", " ", "等", "人保财险分公司", "牵头"]
        ),
        max_size=30,
    )
)
def test_every_entry_points_at_its_printed_words(pieces: list[str]) -> None:
    text = "".join(pieces)
    entries = listed_bodies(text)
    assert all(text[e.start : e.end].strip() in e.printed and e.start < e.end for e in entries)
    assert all(a.end <= b.start for a, b in itertools.pairwise(entries))


@given(st.text(max_size=200))
def test_no_text_is_refused(text: str) -> None:
    assert isinstance(split_bodies(text), tuple)


@pytest.mark.parametrize("piece", ["市财政局和", "和", "（", "）", "市", "市财政局 ", "会同等"])
def test_long_prose_without_commas_takes_linear_time(piece: str) -> None:
    def seconds(times: int) -> float:
        begin = time.perf_counter()
        split_bodies(piece * times)
        return time.perf_counter() - begin

    seconds(100)
    assert seconds(8000) < 40 * max(seconds(1000), 0.002)
