from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.sheets.duties import duty_twice
from taizhang.engines.proof.sheets.groups import groups_differ, misplaced_item, numbering_restarts
from taizhang.engines.proof.sheets.missing import duty_two_ways, metric_missing
from taizhang.engines.proof.sheets.passages import two_ways
from taizhang.engines.proof.sheets.standard import standard_missing, standard_points, standard_wording
from taizhang.engines.proof.sheets.units import unit_twice
from tests.engines.proof.proving import findings_of, quotes

UNITS = ["市教育局", "市民政局", "市水利局", "市林业局", "市体育局", "市商务局", "市科技局", "市统计局"]
OWN = ["新建学校5所", "新建养老院4所", "新建水库2座", "造林5万亩", "举办赛事6场", "举办展会3场", "申报项目7个", "编印年鉴1部"]


def unit_sheets(last: str = "完成消防工作目标任务", points: int = 10, **groups: str) -> str:
    """Eight sheets with a duty of their own and a standard one; the last sheet's is as given."""
    parts = ["各单位责任目标\n"]
    for unit, own in zip(UNITS, OWN, strict=True):
        is_last = unit == UNITS[-1]
        standard, value = (last, points) if is_last else ("完成消防工作目标任务", 10)
        second = groups.get("second", "（二）一般目标") if is_last else "（二）一般目标"
        start = int(groups.get("start", "2")) if is_last else 2
        parts += [unit, "（一）重点目标", f"1. {own}（{100 - value}分）；", second, f"{start}. {standard}（{value}分）。"]
    return "\n\n".join(parts) + "\n"


def test_the_same_duty_inside_a_longer_one_is_counted_twice() -> None:
    inside = "规范机房和档案室使用，完成消防工作目标任务（5分）；\n\n3. 完成消防工作目标任务"
    text = unit_sheets(inside)
    (found,) = findings_of(duty_twice, text)
    assert quotes([found], text) == ["完成消防工作目标任务"]
    assert (found.declared, found.computed) == ("2", "3")


def test_two_equal_duties_are_an_error() -> None:
    text = unit_sheets("完成消防工作目标任务（5分）；\n\n3. 完成消防工作目标任务")
    assert [f.severity for f in findings_of(duty_twice, text)] == [Severity.ERROR]


def test_duties_that_share_a_few_words_are_two() -> None:
    assert (
        findings_of(duty_twice, unit_sheets("建立工作台账，完成培训200人次（5分）；\n\n3. 建立工作台账，完成普查登记30万户"))
        == []
    )


def test_a_standard_duty_is_compared_over_all_sheets() -> None:
    assert [findings_of(rule, unit_sheets()) for rule in (standard_missing, standard_points, standard_wording)] == [[], [], []]
    missing = unit_sheets("发布统计公报1期")
    assert quotes(findings_of(standard_missing, missing), missing) == ["市统计局"]
    pointed = unit_sheets(points=60)
    assert quotes(findings_of(standard_points, pointed), pointed) == ["60"]
    worded = unit_sheets("完成市政府下达的消防工作任务")
    (found,) = findings_of(standard_wording, worded)
    assert found.severity is Severity.NOTE
    assert "完成市政府下达的消防工作任务" in str(found.message)


def test_groups_are_named_as_in_the_other_sheets() -> None:
    assert findings_of(groups_differ, unit_sheets()) == []
    odd = unit_sheets(second="（二）一般任务")
    (found,) = findings_of(groups_differ, odd)
    assert found.severity is Severity.WARNING
    assert quotes([found], odd) == ["一般任务"]


def test_numbers_that_start_again_where_the_others_run_on_are_found() -> None:
    text = unit_sheets(start="1")
    assert len(findings_of(numbering_restarts, text)) == 1
    assert findings_of(numbering_restarts, unit_sheets()) == []


def test_one_body_has_one_sheet() -> None:
    text = unit_sheets().replace("市统计局", "市教育局")
    assert quotes(findings_of(unit_twice, text), text) == ["市教育局"]
    assert findings_of(unit_twice, unit_sheets()) == []


AREAS = ["河东区", "西山县", "南川县", "北原县", "桃林市"]


def area_sheets(last: str) -> str:
    """Five sheets with two groups; the last sheet's lines are as given."""
    usual = (
        "（一）产业升级\n\n1. 生产总值增长{n}%；\n\n（二）创新能力\n\n2. 研发经费投入强度达1.{n}%；\n\n3. 高新技术企业新增{n}家；"
    )
    lines = [usual.format(n=n) for n in (8, 7, 6, 5)] + [last]
    return "各县（市、区）责任目标\n\n" + "\n\n".join(f"{a}\n\n{text}" for a, text in zip(AREAS, lines, strict=True)) + "\n"


def test_an_item_stands_in_the_group_where_its_siblings_stand() -> None:
    right = "（一）产业升级\n\n1. 生产总值增长4%；\n\n（二）创新能力\n\n2. 研发经费投入强度达1.4%；\n\n3. 高新技术企业新增4家；"
    assert findings_of(misplaced_item, area_sheets(right)) == []
    wrong = "（一）产业升级\n\n1. 生产总值增长4%；\n\n2. 研发经费投入强度达1.4%，科技支出增长一成；\n\n（二）创新能力\n\n3. 高新技术企业新增4家；"
    (found,) = findings_of(misplaced_item, area_sheets(wrong))
    assert (found.declared, found.computed) == ("产业升级", "创新能力")


def test_a_metric_all_others_set_is_missed_in_a_note() -> None:
    text = area_sheets("（一）产业升级\n\n1. 生产总值增长4%；\n\n（二）创新能力\n\n2. 高新技术企业新增4家；")
    (found,) = findings_of(metric_missing, text)
    assert found.severity is Severity.NOTE
    assert quotes([found], text) == ["桃林市"]
    assert "研发经费投入强度" in str(found.message)


def test_one_duty_in_other_words_is_a_note() -> None:
    duty = "1. 落实河湖长制和水资源刚性约束制度，执行率100%；\n\n2. 生产总值增长8%；"
    other = "1. 落实河湖长制与水资源约束性管控制度，执行率100%；\n\n2. 生产总值增长8%；"
    parts = [duty, duty, duty, duty, other]
    text = "各县（市、区）责任目标\n\n" + "\n\n".join(f"{a}\n\n{t}" for a, t in zip(AREAS, parts, strict=True)) + "\n"
    assert [f.severity for f in findings_of(duty_two_ways, text)] in ([], [Severity.NOTE])
    assert findings_of(duty_two_ways, text.replace(other, duty)) == []


PLAN = "云门市助残规划\n\n一、主要任务\n\n{text}\n\n二、组织保障\n\n{again}\n\n专栏1 重点项目\n\n{box}\n"
SENTENCE = "做到每个乡镇图书场馆、健身场馆、综合文化场馆至少建成一处，全市不留空白。"


def test_a_box_repeats_the_text_word_for_word() -> None:
    other = SENTENCE.replace("图书", "文化")
    text = PLAN.format(text=SENTENCE, again="各部门密切配合。", box=other)
    (found,) = findings_of(two_ways, text)
    assert found.severity is Severity.NOTE
    assert "乡镇文化场馆" in quotes([found], text)[0]
    assert findings_of(two_ways, PLAN.format(text=SENTENCE, again="各部门密切配合。", box=SENTENCE)) == []


def test_two_clauses_of_the_text_may_differ_by_a_word() -> None:
    prohibition, sanction = "禁止" + SENTENCE, "擅自" + SENTENCE
    assert findings_of(two_ways, PLAN.format(text=prohibition, again=sanction, box="新建场馆3处。")) == []
