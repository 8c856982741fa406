import pytest

from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.words.confusion_list import DATED, WRONG
from taizhang.engines.proof.words.confusions import dated_spelling, wrong_character
from taizhang.engines.proof.words.lexicon import is_pair
from taizhang.engines.proof.words.traditional import simplified, traditional_character
from tests.engines.proof.proving import findings_of, quotes

TITLE = "某市人民政府关于做好年度工作的通知\n\n"


def _entries(listing: str) -> list[tuple[str, str]]:
    return [(e.split(" ")[0], e.split(" ")[1]) for e in listing.replace("\n", "|").split("|") if e]


@pytest.mark.parametrize(
    ("sentence", "computed"),
    [
        ("评估人员应当授受培训，合格上岗。", ["接受培训"]),
        ("由市级煤体报道，按期拔付资金。", ["级媒体", "拨付"]),
        ("全年困难人员实行就业0.42万人。", ["实现就业"]),
        ("采煤工作面煤体瓦斯治理到位，门店由自己经营。", []),
        ("困难人员实行就业援助制度。", []),
    ],
)
def test_a_wrong_character_is_found_in_the_word_that_proves_it(sentence: str, computed: list[str]) -> None:
    assert [f.computed for f in findings_of(wrong_character, TITLE + sentence + "\n")] == computed


def test_the_list_is_long_without_doubles_and_each_entry_says_something() -> None:
    entries = _entries(WRONG) + _entries(DATED)
    assert len(entries) > 400
    assert len({wrong for wrong, _ in entries}) == len(entries)
    assert all(wrong.rstrip("#") != right and len(wrong) > 1 for wrong, right in entries)


def test_no_right_word_of_the_list_is_itself_called_wrong() -> None:
    wrong = [w for w, _ in _entries(WRONG) if not w.endswith("#")]
    assert [(w, right) for _, right in _entries(WRONG) for w in wrong if w in right] == []


def test_a_spelling_gone_out_of_use_is_only_a_note() -> None:
    findings = findings_of(dated_spelling, TITLE + "建立工作台帐，截止目前已完成。\n")
    assert [(f.computed, f.severity) for f in findings] == [("台账", Severity.NOTE), ("截至目前", Severity.NOTE)]


def test_a_traditional_character_is_found_with_its_simplified_form() -> None:
    text = TITLE + "为来访群众辦理各类事项，做好服务工作。\n"
    findings = findings_of(traditional_character, text)
    assert [(f.declared, f.computed) for f in findings] == [("辦", "办")]
    assert quotes(findings, text) == ["众辦理"]


@pytest.mark.parametrize(
    "line",
    ["乾县著名商标由於先生申报，瞭望塔建成。", "网站支持繁體中文", "關於進一步加強環境保護工作的實施意見，請認真貫徹執行。"],
)
def test_valid_characters_a_menu_and_a_traditional_text_are_left_alone(line: str) -> None:
    assert findings_of(traditional_character, TITLE + line + "\n") == []


def test_the_table_maps_to_other_characters() -> None:
    assert all(t != s for t, s in simplified().items())
    assert not {"乾", "著", "於", "瞭", "甯", "藉", "麽"} & simplified().keys()


def test_the_lexicon_knows_words_of_two_characters() -> None:
    assert is_pair("发", "展")
    assert not is_pair("展", "目")
