"""A small made-up town with two sheets, a table of indicators, and a scheme over them: what tests change one thing of."""

from dataclasses import replace
from decimal import Decimal

from taizhang.engines.scoring import (
    Choice,
    Expansion,
    SchemeSource,
    SourceBody,
    SourceGroup,
    SourceItem,
    SourceMeasure,
    SourceName,
    SourceRoll,
    SourceRow,
    SourceSheet,
    SourceTable,
    expand,
    read_scheme,
)
from taizhang.kernel.citation import Citation
from taizhang.kernel.measure import Kind, Measure, Modality, Role
from taizhang.kernel.spans import Span

NUMBER = "松政〔2031〕4号"
SPAN = Span(0, 1)


def cited(eid: str, quote: str) -> Citation:
    return Citation(NUMBER, eid, SPAN, quote)


def measured(metric: str, value: str, unit: str = "座", *, bound: str = "=", kind: Kind = Kind.COUNT) -> SourceMeasure:
    figure = Decimal(value)
    measure = Measure(
        metric=metric,
        comparator=bound,
        bound=bound,
        value=figure,
        unit=unit,
        normalized_value=figure,
        normalized_unit=unit,
        baseline=None,
        kind=kind,
        role=Role.TARGET,
        modality=Modality.BINDING,
        quote=f"{metric}{value}{unit}",
        span=SPAN,
    )
    return SourceMeasure(measure, metric)


def item(eid: str, text: str, points: str | None, *measures: SourceMeasure, kind: str = "measured") -> SourceItem:
    return SourceItem(eid, text, None if points is None else Decimal(points), kind, None, measures, cited(eid, text))


def group(eid: str, name: str, points: str | None, *items: SourceItem, deducts: bool = False) -> SourceGroup:
    return SourceGroup(eid, name, None if points is None else Decimal(points), deducts, items, cited(eid, name))


def sheet(eid: str, unit: str, body: str, *groups: SourceGroup, kind: str = "unit", points: str | None = "100") -> SourceSheet:
    mark = None if points is None else Decimal(points)
    return SourceSheet(NUMBER, eid, unit, body, kind, mark, groups, cited(eid, unit))


PORTS = measured("修缮渔港", "12")
ROADS = measured("硬化道路", "30", "公里", kind=Kind.ABSOLUTE)
COMPLAINTS = measured("投诉", "20", "件", bound="<=")
HARBOUR = sheet(
    "s_1",
    "市渔业局",
    "fishery",
    group(
        "s_1_a",
        "重点",
        "60",
        item("s_1_a_item_1", "修缮渔港12座", "40", PORTS),
        item("s_1_a_item_2", "铺路护岸", "20", PORTS, ROADS),
    ),
    group("s_1_b", "一般", "40", item("s_1_b_item_3", "做好服务", "40", kind="qualitative")),
)
ROAD = sheet(
    "s_2",
    "市道路局",
    "roads",
    group("s_2_a", "", None, item("s_2_item_1", "硬化道路30公里", "60", ROADS), item("s_2_item_2", "投诉少", "40", COMPLAINTS)),
)
COUNTY = sheet(
    "s_3",
    "松东区",
    "east",
    group(
        "s_3_a",
        "产业",
        None,
        item("s_3_item_1", "修缮渔港3座", None, measured("修缮渔港", "3")),
        item("s_3_item_2", "铺路", None, ROADS),
    ),
    group("s_3_b", "扣分", None, item("s_3_item_3", "发生事故的扣分", None, kind="qualitative"), deducts=True),
    kind="area",
)


def row(number: int, *cells: str) -> SourceRow:
    return SourceRow(number, cells, cited(f"tbl_1__row_{number}", " ".join(cells)), tuple(() for _ in cells))


TABLE = SourceTable(
    f"{NUMBER}!annex-2",
    "tbl_1",
    2,
    None,
    ("类别", "要点", "分值"),
    (
        row(1, "制度(40分)", "有规章", "20"),
        row(2, "制度(40分)", "有台账", "20"),
        row(3, "服务(60分)", "窗口开放", "60"),
        row(4, "合计", "", "100"),
        row(5, "加分", "受到表扬", "加2"),
        row(6, "处理", "弄虚作假", ""),
    ),
    cited("tbl_1", "评价指标"),
)
SOURCE = SchemeSource(
    sheets=(HARBOUR, ROAD, COUNTY),
    tables=(TABLE,),
    rolls=(SourceRoll(f"{NUMBER}!annex-1", 1, (SourceName("市渔业局", "fishery", cited("para", "名单")),)),),
    bodies=(
        SourceBody("fishery", "松溪市渔业局", "department"),
        SourceBody("roads", "松溪市道路局", "department"),
        SourceBody("east", "松东区", "area"),
        SourceBody("office", "松溪市人民政府办公室", "department"),
    ),
    clauses={
        f"{NUMBER}#para": cited("para", "按百分制计分，日常占30%，年度占70%，加分不超过3分，保留两位小数"),
        f"{NUMBER}#grade_1": cited("grade_1", "优秀：90分以上"),
        f"{NUMBER}#grade_2": cited("grade_2", "合格：60分至89分"),
        f"{NUMBER}!annex-2#tbl_1": cited("tbl_1", "评价指标"),
    },
)


def choice(ident: str, value: object = None, options: tuple[str, ...] = ()) -> Choice:
    return Choice(ident, NUMBER, "一", None, "怎样算？", "这样算。", "没有写。", "考核办", value, options)


CHOICES = {
    one.id: one
    for one in (
        choice("how"),
        choice("split", "equal"),
        choice("area-points", "not_scored"),
        choice("marks", "sum_of_items"),
        choice("amount"),
        choice("gaps", "lower_grade"),
        choice("days", 5),
    )
}

HEAD = f"""format = 1

[scheme]
id = "small"
version = "1"
title = "2031年考核"
document = "{NUMBER}"
year = 2031
leading_group = "领导小组"
leading_group_clause = "#para"
office = "考核办"
office_clause = "#para"

[[category]]
id = "units"
name = "部门"
ranked = true
kinds = ["department"]
clause = "#para"

[[category]]
id = "areas"
name = "区"
ranked = true
kinds = ["area"]
clause = "#para"

[[verifier]]
id = "office"
name = "核验"
body = "office"
clause = "#para"

[calendar]
frequency = "quarterly"
"""
SHEETS = """
[[assessed]]
who = "sheets"
tree = "sheets"
clause = "#para"

[[tree]]
id = "sheets"
each = "sheet"
clause = "#para"

[[tree.part]]
id = "work"
from = "sheet"
clause = "#para"

[[weights]]
part = "work"
sheets = "area"
rule = "not_scored"
interpretation = "area-points"

[split]
interpretation = "split"

[deductions]
interpretation = "amount"

[[strategy]]
items = ["qualitative"]
use = "judged"
parameters = { stages = ["做到", "没有做到"], rates = [1, 0] }
verifier = "office"
interpretation = "how"

[[strategy]]
bounds = ["<="]
use = "control"
verifier = "office"
interpretation = "how"

[[strategy]]
use = "proportional"
bound = ">="
verifier = "office"
interpretation = "how"
"""
TABLE_TREE = """
[[assessed]]
who = "names"
annex = 1
tree = "table"
clause = "#para"

[[tree]]
id = "table"
name = "部门"
weight = 100
clause = "#para"

[[tree.part]]
id = "daily"
name = "日常"
share = 0.3
weight = 100
aggregate = "mean"
clause = "#para"

[[tree.part]]
id = "first"
under = "daily"
name = "上半年"
use = "judged"
verifier = "office"
clause = "#para"

[[tree.part]]
id = "second"
under = "daily"
name = "下半年"
use = "judged"
verifier = "office"
clause = "#para"

[[tree.part]]
id = "checks"
name = "年度"
share = 0.7
from = "table"
annex = 2
groups = [1]
label = [2]
points = 3
rows = "1-3"
total = 4
clause = "#para"

[[strategy]]
parts = ["checks"]
use = "judged"
parameters = { stages = ["做到", "没有做到"], rates = [1, 0] }
verifier = "office"
interpretation = "how"

[[adjustment]]
part = "checks"
rows = "5"
sign = 1
group = "plus"
clause = "#para"

[[cap]]
group = "plus"
points = 3
clause = "#para"

[[sanction]]
id = "falsified"
part = "checks"
row = 6
effects = ["zero_total", "grade"]
grade = "不合格"
interpretation = "how"

[[grade]]
name = "优秀"
low = 90
clause = "#grade_1"

[[grade]]
name = "合格"
low = 60
clause = "#grade_2"

[[grade]]
name = "不合格"
low = 0
clause = "#grade_2"

[grading]
interpretation = "gaps"

[rounding]
places = 2
clause = "#para"
"""


def expanded(text: str, source: SchemeSource = SOURCE, choices: dict[str, Choice] | None = None, **answers: object) -> Expansion:
    """What comes of a scheme text; `answers` change the value of an interpretation (`area_points="equal"`)."""
    reading = read_scheme(text, "small.toml")
    assert reading.problems == (), [str(p.message) for p in reading.problems]
    assert reading.draft is not None
    known = dict(CHOICES if choices is None else choices)
    for name, value in answers.items():
        ident = name.replace("_", "-")
        known[ident] = replace(known[ident], value=value)
    return expand(reading.draft, source, known.values())


def codes(expansion: Expansion) -> list[str]:
    return [problem.code for problem in expansion.problems]
