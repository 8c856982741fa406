"""Places are said as an editor would: line and column from 1, 9号 一、（一）."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.engines.gazette import read_issue
from taizhang.engines.gazette.places import Lines, Places
from tests.engines.proof.report.made import TEXT, span


@given(st.text(st.sampled_from("公a\r\n "), max_size=40))
def test_every_character_lies_in_the_line_it_is_said_to_lie_in(text: str) -> None:
    lines = Lines(text)
    for offset in range(len(text) + 1):
        line, column = lines.position(offset)
        whole = lines.span_of(line)
        assert whole.start + column - 1 == offset
        assert "\n" not in text[whole.start : whole.end]
        assert "\r" not in text[whole.start : whole.end]


@pytest.mark.parametrize(
    ("text", "offset", "position"), [("甲\r\n乙", 3, (2, 1)), ("甲\n\n乙", 3, (3, 1)), ("甲\r乙", 2, (2, 1)), ("甲", 9, (1, 2))]
)
def test_lines_end_as_files_do(text: str, offset: int, position: tuple[int, int]) -> None:
    assert Lines(text).position(offset) == position


@pytest.mark.parametrize(
    ("words", "label"), [("合计12座", "9号 一、（一）"), ("共需补助", "9号 一、（二）"), ("松溪市人民政府公报", "")]
)
def test_a_clause_is_named_by_document_number_and_numbers_above_it(words: str, label: str) -> None:
    places = Places(read_issue(TEXT))
    assert places.label(None, None, span(words).start) == label


def test_two_documents_of_one_serial_keep_their_whole_numbers() -> None:
    second = TEXT[TEXT.index("松溪市人民政府办公室") :].replace("松政办", "松渔").replace("渔港修缮", "船坞修缮")
    places = Places(read_issue(TEXT + "\n" + second))
    labels = [places.document_label(d) for d in places.issue.documents if d.number]
    assert labels == ["松政办〔2031〕9号", "松渔〔2031〕9号"]


def test_an_unknown_clause_has_no_name() -> None:
    places = Places(read_issue(TEXT))
    assert places.label("nowhere", "sec_1") == ""
    assert places.node("nowhere", "sec_1") is None
