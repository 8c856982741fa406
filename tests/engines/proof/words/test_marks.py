import pytest

from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.words.brackets import mixed_pair, unpaired_bracket
from taizhang.engines.proof.words.punctuation import (
    comma_between_titles,
    doubled_mark,
    half_width_stop,
    misplaced_mark,
    mixed_width,
)
from tests.engines.proof.proving import findings_of, quotes

TITLE = "某市人民政府关于做好年度工作的通知\n\n"


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("各单位要抓好落实，。按时上报。", ["落实，。"]),
        ("采取控源截污、，加大治理力度。", ["截污、，"]),
        ("建立联动机制，，形成合力。", ["机制，，"]),
        ("各单位要抓好落实……按时上报——不得拖延！", []),
        ("加强“三农”工作，落实《办法》。", []),
    ],
)
def test_two_marks_in_a_row_are_found(sentence: str, found: list[str]) -> None:
    text = TITLE + sentence + "\n"
    assert quotes(findings_of(doubled_mark, text), text) == found


@pytest.mark.parametrize("sentence", ["各县（市、）政府要落实。", "印发《，办法》执行。", "落实《》的要求，按时上报情况。"])
def test_a_mark_at_the_wrong_side_of_a_bracket_is_found(sentence: str) -> None:
    assert len(findings_of(misplaced_mark, TITLE + sentence + "\n")) == 1


def test_an_ascii_stop_between_chinese_words_is_found_but_not_in_numbers_and_addresses() -> None:
    assert len(findings_of(half_width_stop, TITLE + "各单位要抓好落实.按时上报进展情况。\n")) == 1
    assert findings_of(half_width_stop, TITLE + "网址为www.example.cn，增长3.5%，按时上报进展情况。\n") == []


def test_mixed_widths_are_noted_once_at_the_rarer_kind() -> None:
    text = TITLE + "抓好落实，按时上报，不得拖延;逾期的通报批评。\n"
    findings = findings_of(mixed_width, text)
    assert [(f.severity, len(f.spans)) for f in findings] == [(Severity.NOTE, 1)]
    assert findings_of(mixed_width, TITLE + "抓好落实,按时上报,不得拖延.\n") == []


def test_a_comma_between_titles_is_style_and_only_noted() -> None:
    findings = findings_of(comma_between_titles, TITLE + "落实《甲办法》、《乙办法》。\n")
    assert [f.severity for f in findings] == [Severity.NOTE]


@pytest.mark.parametrize(
    ("sentence", "declared"),
    [
        ("落实《城乡居民低保办法，做好审核。", ["《"]),
        ("落实责任（含直属单位，按时上报。", ["（"]),
        ("落实责任含直属单位）按时上报。", ["）"]),
        ("坚持“放管服改革，按时上报。", ["“"]),
        ("步骤为：1）受理；2）审核；3）发放。", []),
        ("《关于印发〈办法〉的通知》（云政〔2025〕1号）", []),
    ],
)
def test_a_bracket_without_its_other_half_is_found(sentence: str, declared: list[str]) -> None:
    assert [f.declared for f in findings_of(unpaired_bracket, TITLE + sentence + "\n")] == declared


def test_a_pair_of_two_widths_is_noted_once_a_document() -> None:
    text = TITLE + "甲（15分)；乙(10分）；丙（5分）。\n"
    findings = findings_of(mixed_pair, text)
    assert [(f.severity, len(f.spans)) for f in findings] == [(Severity.NOTE, 2)]
