import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taizhang.engines.gazette import read_issue
from taizhang.engines.proof.model import Finding, Severity
from taizhang.engines.proof.proofread import RULES, STOPPED, merged, proofread
from taizhang.engines.proof.rule import Concern, Rule, RuleInfo, examples_of
from taizhang.engines.targets import read_targets
from taizhang.kernel.message import Message
from taizhang.kernel.spans import Span
from tests.engines.proof.proving import findings_of

_SOUP = (
    "一、|(一)|1.|第一条|附件1|专栏1|全市|增长|达到|万元|亿元|%|100|3.5|12|分)|(|《办法》|年|月|日|2025年3月1日|至|占|其中|其余|各|分别|个|名|户|"
    "。|，|、|；|：|市教育局|市卫健委|负责|牵头单位|目标|(600分)|合计|总计|每|倍|共|天|星期一|以上|不满|联|三|由|率"
)
WORDS = st.lists(st.sampled_from([*_SOUP.split("|"), "\n", "\n\n", "\t", " "]), max_size=80).map("".join)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_every_rule_finds_its_wrong_examples_and_leaves_its_right_ones_alone(rule: Rule) -> None:
    examples = examples_of(rule)
    assert {e.is_wrong for e in examples} == {True, False}, "a rule's docstring shows one text of each kind"
    for example in examples:
        found = findings_of(rule, example.text)
        assert bool(found) is example.is_wrong, f"{example.text}\n{[str(f.message) for f in found]}"


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_every_finding_points_at_a_few_words_and_says_what_to_do(rule: Rule) -> None:
    for example in examples_of(rule):
        for finding in findings_of(rule, example.text):
            assert finding.rule == rule.id
            assert finding.spans
            for span in finding.spans:
                assert 0 < span.length <= 60, example.text[span.start : span.end]
                assert span.end <= len(example.text)
            assert "{" not in str(finding.message) + str(finding.advice)


def test_ids_are_unique_and_have_a_family() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert all(i.count(".") == 1 for i in ids)


@given(WORDS)
@settings(max_examples=150, deadline=None)
def test_no_text_stops_a_rule(text: str) -> None:
    issue = read_issue(text)
    assert [f for f in proofread(issue, read_targets(issue)).findings if f.rule == STOPPED] == []


def _finding(rule: str, severity: Severity, start: int) -> Finding:
    return Finding(rule, severity, Message("有误"), Message("核对"), (Span(start, start + 2), Span(90, 91)))


def test_two_rules_of_a_family_on_the_same_words_give_one_finding_the_gravest() -> None:
    findings = merged(
        [_finding("sum.a", Severity.NOTE, 5), _finding("sum.b", Severity.ERROR, 5), _finding("date.a", Severity.NOTE, 1)]
    )
    assert [f.rule for f in findings] == ["date.a", "sum.b"]


def test_a_rule_that_fails_is_told_and_the_others_still_run() -> None:
    def broken(context):  # type: ignore[no-untyped-def]
        raise ValueError("坏了")
        yield

    issue = read_issue("市政府通知。")
    broken_rule = Rule(RuleInfo("test.broken", Severity.NOTE, "坏规则", "测试用", Concern.WORDS), broken)
    reading = proofread(issue, read_targets(issue), rules=(broken_rule, *RULES))
    assert reading.findings[0].rule == STOPPED
    assert "坏了" in str(reading.findings[0].message)
