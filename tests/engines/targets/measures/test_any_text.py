"""Laws that hold for any text, however damaged."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from taizhang.engines.targets.measures import ClauseContext, item_kind, measures_of, valueless_of
from taizhang.engines.targets.measures.plain import plain_of
from taizhang.kernel.numerals import chinese_integer

PIECES = st.sampled_from(
    [
        *"，。；：、（）()《》“”—-~至到的和%‰为达比年月日个元万亿成分倍位级第前底内\t ",
        "增长", "不低于", "至少", "以上", "以下", "左右", "控制在", "占", "的比重", "分别", "均", "力争", "目前", "去年", "给予", "奖励",
        "罚款", "处", "扣", "每人每月", "年底前", "到2027年", "三月底前", "三至五年", "一万", "二十", "12", "3.5", "0", "1,200", "９９．９", "2025年",
        "百分之三十", "$\\geq 95\\%$", "PM_{2.5}", "GB3095-2012", "个百分点", "/十万", "公里", "茶叶产量", "完成省下达的任务", "不发生事故", "居全省前",
        "2：1", "套(户)", "-3", "±800千伏", "〔2025〕6号",
    ]
)  # fmt: skip
SOUP = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=40).map("".join))
CONTEXTS = st.builds(
    ClauseContext,
    is_item=st.booleans(),
    headings=st.lists(st.sampled_from(["一、工作回顾", "二、申报条件", "三、重点任务"]), max_size=2).map(tuple),
    document_kind=st.sampled_from([None, "通知", "办法", "报告", "讲话", "规划"]),
    column=st.sampled_from([None, None, "目标值", "2024年", "序号", "产量（万吨）"]),
    row=st.sampled_from([None, "入园率", "户数（户）"]),
    unit=st.sampled_from([None, "万元", "人", "？"]),
)
YEARS = st.one_of(st.none(), st.integers(min_value=1949, max_value=2099))


@given(text=SOUP, year=YEARS, context=CONTEXTS)
def test_no_text_is_refused(text: str, year: int | None, context: ClauseContext) -> None:
    found = measures_of(text, year=year, context=context)
    valueless = valueless_of(text, context=context)
    assert item_kind(text, found) in {"measured", "zero_event", "delegated", "benchmark", "qualitative"}
    for m in (*found, *valueless):
        assert 0 <= m.start <= m.value_start < m.value_end <= m.end <= len(text)
        assert m.metric


@given(text=SOUP, year=YEARS, context=CONTEXTS)
def test_the_words_at_a_figure_print_its_value(text: str, year: int | None, context: ClauseContext) -> None:
    for m in measures_of(text, year=year, context=context):
        if not isinstance(m.value, Decimal):
            continue
        printed = plain_of(text[m.value_start : m.value_end]).text.replace("'", "").replace("，", "")
        digits = format(abs(m.value), "f")
        numerals = "".join(c for c in printed if c in "零〇○一二两三四五六七八九十百千万亿廿卅")
        assert digits in printed or chinese_integer(numerals) is not None


@given(first=SOUP, second=SOUP, year=YEARS)
def test_a_sentence_is_read_the_same_wherever_it_stands(first: str, second: str, year: int | None) -> None:
    context = ClauseContext(is_item=True)
    opened = "（《“「【(〔[［"
    closed = "）》”」】)〕]］"
    if any(c in opened + closed + "$\\*" for c in first + second) or not second.strip():
        return
    alone = measures_of(second, year=year, context=context)
    after = measures_of("甲。" + second, year=year, context=context)
    # The number of a heading is one only at the very start.
    assert [m.value for m in alone] == [m.value for m in after][-len(alone) :] if alone else True


@given(text=SOUP, year=YEARS, context=CONTEXTS)
def test_measures_come_in_printed_order(text: str, year: int | None, context: ClauseContext) -> None:
    starts = [m.value_start for m in measures_of(text, year=year, context=context)]
    assert starts == sorted(starts)


@given(text=SOUP)
def test_the_plain_form_leads_back_to_the_same_characters(text: str) -> None:
    plain = plain_of(text)
    for offset in range(len(plain.text)):
        start, end = plain.span(offset, offset + 1)
        assert end == start + 1
        assert 0 <= start < len(text)
