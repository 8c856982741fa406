"""Text on a terminal: two columns a Chinese character, marks under the right words, nothing a terminal would obey."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.kernel.columns import column_count, cut_around, fit, pad, printable

LINES = st.text(st.sampled_from("公报第3号，abc 1.２Ａ()（）—e\u0301\t\x1b\u200b汉"), max_size=120)


@pytest.mark.parametrize(
    ("text", "columns"), [("公报", 4), ("ab", 2), ("第3号", 5), ("（）", 4), ("e\u0301", 1), ("", 0), ("“三”", 4)]
)
def test_columns_are_those_of_a_terminal(text: str, columns: int) -> None:
    assert column_count(text) == columns


def test_an_escape_sequence_in_a_file_cannot_reach_the_terminal() -> None:
    assert printable("红\x1b[31m字\x07\t表\u202e") == "红·[31m字· 表·"


@given(LINES, st.integers(0, 60))
def test_a_fitted_text_never_exceeds_its_room(text: str, columns: int) -> None:
    assert column_count(fit(text, columns)) <= max(columns, 1)


@given(LINES, st.integers(0, 120), st.integers(0, 40), st.integers(20, 90))
def test_a_cut_line_fits_and_marks_stand_under_the_words(line: str, start: int, length: int, columns: int) -> None:
    start = min(start, len(line))
    end = min(start + length, len(line))
    cut = cut_around(line, [(start, end)], columns)
    assert column_count(cut.text) <= columns
    mark = cut.marks[0]
    assert mark is not None
    shown = ""
    taken = 0
    for character in cut.text:
        if taken >= mark[0] and taken < mark[1]:
            shown += character
        taken += column_count(character)
    words = printable(line[start:end])
    visible = "".join(c for c in shown if column_count(c))
    expected = "".join(c for c in words if column_count(c))
    if length and expected:
        assert visible.rstrip("…")
        assert expected.startswith(visible.rstrip("…")[: len(expected)])


def test_the_words_asked_for_are_shown_with_what_stands_before_them() -> None:
    line = "全市" + "、各单位" * 40 + "，合计12座，" + "其余不变" * 40
    cut = cut_around(line, [(line.index("合计"), line.index("合计") + 5)], 40)
    assert "合计12座" in cut.text
    assert cut.text.startswith("…")
    assert cut.text.endswith("…")


def test_padding_counts_columns() -> None:
    assert pad("公报", 6) + "|" == "公报  |"
    assert pad("3", 3, right=True) == "  3"
