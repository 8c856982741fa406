import pytest

from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.words.phrases import (
    missing_figure,
    other_wording,
    points_without_unit,
    standard_phrase,
    unfinished_bound,
)
from taizhang.engines.proof.words.sentences import (
    areas_two_ways,
    broken_sentence,
    cut_paragraph,
    empty_clause,
    no_full_stop,
    quoted_two_ways,
)
from tests.engines.proof.proving import findings_of, quotes

TITLE = "某市人民政府关于做好年度工作的通知\n\n"


def _items(*texts: str) -> str:
    return TITLE + "".join(f"{n}. {text}\n\n" for n, text in enumerate(texts, 1))


STANDARD = "完成市河长办核定的清淤工作责任目标任务（10分）；"


@pytest.mark.parametrize(
    ("variant", "severities"),
    [
        ("完成市河长办核定的清淤工作责任目标任（10分）；", [Severity.ERROR]),
        ("完成市河长办核定的清淤工作责任目标务（10分）；", [Severity.ERROR]),
        ("完成市河长办核定的清淤工作责任目标目任务（10分）；", [Severity.NOTE]),
        ("完成市河长办核定的清淤工中作责任目标任务（10分）；", []),
        ("完成市河长办核定的清淤工怍责任目标任务（10分）；", [Severity.ERROR]),
        ("完成省河长办核定的清淤工作责任目标任务（10分）；", []),
        ("完成市政府下达的招商任务（10分）；", []),
    ],
)
def test_the_one_clause_that_departs_from_a_standard_phrase_is_found(variant: str, severities: list[Severity]) -> None:
    text = _items(STANDARD, STANDARD, STANDARD, STANDARD, variant)
    assert [f.severity for f in findings_of(standard_phrase, text)] == severities


def test_figures_in_a_standard_phrase_may_differ() -> None:
    text = _items(*(f"粮食总产量达到{n}.5亿公斤；" for n in range(1, 6)), "粮食总产量达到12亿公斤；")
    assert findings_of(standard_phrase, text) == []


def test_a_bound_without_its_end_is_a_doubt_where_siblings_write_it() -> None:
    whole, cut = "疾病发病率控制在卫健部门核定的指标以内（50分）；", "疾病发病率控制在卫健部门核定的指标（50分）；"
    text = _items(whole, cut)
    findings = findings_of(unfinished_bound, text)
    assert quotes(findings, text) == ["控制在卫健部门核定的指标"]
    assert [f.severity for f in findings] == [Severity.WARNING]
    assert [f.severity for f in findings_of(unfinished_bound, _items(cut))] == [Severity.NOTE]
    assert findings_of(unfinished_bound, _items("涨幅控制在3%左右；", "编制控制在核定范围；")) == []


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("2025年完成困难家庭危房修缮户的改造任务。", 1),
        ("2025年完成困难家庭危房120户的改造任务。", 0),
        ("2025年完成贫困户的搬迁任务、低保户的核查任务。", 0),
    ],
)
def test_a_counting_word_without_a_figure_is_a_doubt(sentence: str, count: int) -> None:
    assert len(findings_of(missing_figure, TITLE + sentence + "\n")) == count


def test_points_without_their_unit_are_found_among_points_that_have_it() -> None:
    text = _items("建台账（20分）；", "抓巡查（30分）；", "促整改（10分）；", "报信息（20分）；", "办培训（20）；")
    assert quotes(findings_of(points_without_unit, text), text) == ["（20）"]
    assert findings_of(points_without_unit, _items("办培训（20）；")) == []


@pytest.mark.parametrize(
    ("sentence", "count"),
    [("坚定不移推进城市建设和。", 1), ("抓好教育、医疗、。", 1), ("推动社会祥和，扩大参与。", 0), ("凡有变动应当普及。", 0)],
)
def test_a_sentence_that_stops_at_a_connective_is_found(sentence: str, count: int) -> None:
    assert len(findings_of(broken_sentence, TITLE + sentence + "\n")) == count


def test_a_paragraph_cut_at_a_comma_at_the_end_of_a_document_is_a_doubt() -> None:
    body = "各地要统筹推进各项工作，按照职责分工认真抓好落实"
    assert len(findings_of(cut_paragraph, TITLE + "一、总体要求\n\n" + body + "，\n")) == 1
    assert findings_of(cut_paragraph, TITLE + "一、总体要求\n\n" + body + "。\n") == []


def test_one_clause_without_a_closing_mark_among_siblings_is_a_doubt() -> None:
    rest = ("开展巡查检查，按月通报；", "落实经费保障，按时拨付。")
    text = _items("建立工作台账，按月更新", *rest)
    assert quotes(findings_of(no_full_stop, text), text) == ["立工作台账，按月更新"]
    assert findings_of(no_full_stop, _items("建立工作台账，按月更新；", *rest)) == []


def test_a_number_without_words_is_a_doubt() -> None:
    assert len(findings_of(empty_clause, TITLE + "一、任务\n\n1. 建立工作台账；\n\n2.\n\n3. 落实经费保障。\n")) == 1
    assert findings_of(empty_clause, _items("建立工作台账；", "落实经费保障。")) == []


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("“平等、参与、共享、融合”", "“平等参与共享融合”", 1),
        ("“一平台、两中心、三应用”", "“一平台、二中心、三应用”", 1),
        ("“平等、参与、共享、融合”", "“平等、参与、共享、融合”", 0),
        ("“十四五残疾人规划”", "“十五五残疾人规划”", 1),
        ("“放管服改革要点”", "“互联网助残服务”", 0),
    ],
)
def test_one_phrase_quoted_in_two_ways_is_a_doubt(one: str, other: str, count: int) -> None:
    assert len(findings_of(quoted_two_ways, TITLE + f"弘扬{one}理念。\n\n践行{other}理念。\n")) == count


def test_two_spellings_of_the_areas_are_noted_once() -> None:
    text = TITLE + "各县（市、区）要抓好落实，各县（市、区）要按时上报，各县（市）区要加强督导。\n"
    assert [f.severity for f in findings_of(areas_two_ways, text)] == [Severity.NOTE]


def test_another_wording_of_a_usual_phrase_is_noted_once_with_its_places() -> None:
    usual, other = "完成市河长办下达的清淤疏浚任务；", "完成河长办下达的清淤疏浚任务；"
    text = _items(*[usual] * 8, other, other)
    assert findings_of(other_wording, text) == []
    text = _items(*[usual] * 8, "完成市下达的清淤疏浚任务；", "完成市下达的清淤疏浚任务；")
    assert [(f.severity, len(f.spans)) for f in findings_of(other_wording, text)] == [(Severity.NOTE, 2)]
