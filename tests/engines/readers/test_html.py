import pytest

from taizhang.engines.readers import read_bytes
from taizhang.engines.readers.errors import FileIsDamagedError, PackageIsUnsafeError


def text_of(html: str) -> str:
    return read_bytes(html.encode(), name="a.html").text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>甲<p>乙", "甲\n\n乙\n"),
        ("<div>甲<div>乙</div></div>丙", "甲\n\n乙\n\n丙\n"),
        ("<p>甲<br>乙<br><br>丙</p>", "甲\n乙\n\n丙\n"),
        ("<p>  甲 \n  乙\t丙 </p>", "甲 乙 丙\n"),
        ("<p>甲&nbsp;&nbsp;乙&amp;&#x4e19;&hellip;</p>", "甲  乙&丙…\n"),
        ("<h1>标题</h1><ul><li>甲<li>乙</ul>", "标题\n\n甲\n乙\n"),
        ("<ol start=3><li>甲<li>乙</ol>", "3. 甲\n4. 乙\n"),
        ("<ol><li>1. 甲<li>2. 乙</ol>", "1. 甲\n2. 乙\n"),
        ("<p>甲<script>var x=1</script><style>p{}</style><select><option>乙</select>丙</p>", "甲丙\n"),
        ("<p>甲<!-- 注 -->乙</p>", "甲乙\n"),
        ("<p>10<sup>8</sup>立方米<sup>注</sup></p>", "10⁸立方米注\n"),
        ("<p>甲\u200b乙\ufeff</p>", "甲乙\n"),
        ('<div style="display: none">甲</div><p hidden>乙</p><p>丙</p>', "丙\n"),
        ('<div style="display:none"><p>甲</p></div>', "甲\n"),
    ],
)
def test_a_page_reads_as_it_prints(html: str, text: str) -> None:
    assert text_of(html) == text


def test_a_table_row_is_a_line_and_covered_places_are_empty() -> None:
    html = (
        "<table><caption>指标</caption><thead><tr><th rowspan=2>地区<th colspan=2>户数<tr><th>上年<th>本年</thead>"
        "<tr><td>河滨区<td>12<td>15<tr><td>硖石区<td>7</table>"
    )
    assert text_of(html) == "指标\n\n地区\t户数\t\n\t上年\t本年\n河滨区\t12\t15\n硖石区\t7\t\n"


def test_what_stands_in_a_cell_stays_on_its_line() -> None:
    html = "<table><tr><td><p>甲</p><p>乙<br>丙</p><td><table><tr><td>丁<td>戊</table><td>己己己己己己</table>"
    assert text_of(html) == "甲 乙 丙\t丁 戊\t己己己己己己\n"


@pytest.mark.parametrize("rowspan", ["0", "9", "99999"])
def test_a_rowspan_that_reaches_too_far_ends_with_the_table(rowspan: str) -> None:
    assert text_of(f"<table><tr><td rowspan={rowspan}>甲<td>乙<tr><td>丙</table>") == "甲\t乙\n\t丙\n"


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>{}</table>",
        "<table><tr><td>菜单<td>{}</table>",
        "<table role=presentation><tr><td>{}<td></table>",
        "<table><tr><td>菜单<td>页眉<tr><td colspan=2>{}</table>",
    ],
)
def test_a_table_that_only_lays_out_the_page_is_read_as_running_text(html: str) -> None:
    article = "".join(f"<p>第{n}条 {'各级各单位应当按月更新数据目录。' * 8}</p>" for n in range(1, 12))
    data = "<table><tr><td>项目<td>分值<tr><td>公开<td>20</table>"
    lines = text_of(html.format(article + data)).split("\n")
    assert sum(line.startswith("第") for line in lines) == 11
    assert "公开\t20" in lines


def test_a_table_that_holds_most_of_its_text_in_inner_tables_is_a_frame_for_them() -> None:
    inner = "<table><tr><td>项目<td>分值<tr><td>主动公开<td>20<tr><td>依申请公开<td>15</table>"
    assert text_of(f"<table><tr><td>菜单<td>{inner}</table>") == "菜单\n\n项目\t分值\n主动公开\t20\n依申请公开\t15\n"


def test_a_fragment_without_its_table_still_gives_its_text() -> None:
    assert text_of("<tbody><tr><td><p>甲</p><p>乙</p></td></tr></tbody>") == "甲\n\n乙\n"


def test_entities_are_characters_and_never_files() -> None:
    html = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>甲&x;乙</p>'
    assert "root" not in text_of(html)


def test_tables_within_tables_do_not_exhaust_the_stack() -> None:
    assert text_of("<table><tr><td>甲" * 600 + "</table>" * 600).replace("\n", "") == "甲" * 600


def test_nesting_no_browser_follows_is_refused_rather_than_cut_off() -> None:
    with pytest.raises(FileIsDamagedError, match="嵌套过深"):
        text_of("<div>" * 3000 + "甲")


def test_spans_that_blow_a_table_up_are_refused() -> None:
    with pytest.raises(PackageIsUnsafeError, match="跨列"):
        text_of("<table>" + "<tr>" + "<td colspan=1000>甲" * 3000 + "</table>")
