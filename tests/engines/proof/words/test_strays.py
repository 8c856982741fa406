import pytest

from taizhang.engines.proof.words.strays import (
    blank_in_word,
    damaged_character,
    formula_left,
    markup_left,
    radical_character,
    stray_digit,
    stray_latin,
)
from tests.engines.proof.proving import findings_of, quotes

TITLE = "某市人民政府关于做好年度工作的通知\n\n"


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("完善无障碍产品服务 etc 产业发展措施。", ["服务etc产业"]),
        ("建设停车棚and配套设施。", ["车棚and配套"]),
        ("完成年度目x标任务。", ["度目x标任"]),
        ("开发便民app，推广POS机和wifi，每kg收费2元。", []),
        ("A类企业、B级桥梁、T型路口、pH值达标。", []),
    ],
)
def test_foreign_words_of_grammar_are_strays_and_technical_terms_are_not(sentence: str, found: list[str]) -> None:
    text = TITLE + sentence + "\n"
    assert quotes(findings_of(stray_latin, text), text) == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("完成种植结构目 2 标，并及时上报。", ["目2标"]),
        ("完成年度任3务，并及时上报。", ["任3务"]),
        ("每 3 年评估一次，于 5 月底前完成，前 10 位奖励。", []),
        ("专栏 1 目标任务，表 2 示例，第 3 章规定。", []),
        ("达到 8 成以上，新增 5 个项目、3 条线路。", []),
    ],
)
def test_a_digit_that_splits_a_word_is_found_and_one_that_counts_is_not(sentence: str, found: list[str]) -> None:
    text = TITLE + sentence + "\n"
    assert quotes(findings_of(stray_digit, text), text) == found


@pytest.mark.parametrize("damage", ["\ufffd", "\ue123", "\x07", "锟斤拷", "□"])
def test_damaged_characters_are_found(damage: str) -> None:
    assert len(findings_of(damaged_character, TITLE + f"全市新增耕地{damage}亩以上，按时完成。\n")) == 1


def test_boxes_to_tick_are_no_damage() -> None:
    assert findings_of(damaged_character, TITLE + "是否同意：□ 是 □ 否\n") == []


def test_damage_that_repeats_is_said_once_a_document_with_its_places() -> None:
    text = TITLE + "细颗粒物($PM_{2.5}$)下降。\n\n可吸入颗粒物(PM_{10})下降。\n"
    findings = findings_of(formula_left, text)
    assert len(findings) == 1
    assert len(findings[0].spans) == 2
    assert findings_of(formula_left, TITLE + "细颗粒物(PM₂.₅)下降，收费$5。\n") == []


def test_entities_and_tags_are_found_and_an_ampersand_is_not() -> None:
    text = TITLE + "各区&nbsp;人民政府<br/>要落实。\n"
    assert len(findings_of(markup_left, text)[0].spans) == 2
    assert findings_of(markup_left, TITLE + "研发（R&D）经费增长，3<5。\n") == []


def test_radicals_in_place_of_characters_are_found() -> None:
    text = TITLE + "完成年度\u2f6c标任务。\n"
    assert quotes(findings_of(radical_character, text), text) == ["\u2f6c"]


def test_a_blank_inside_a_word_of_a_sentence_is_found() -> None:
    text = TITLE + "支持战略新 兴产业发展，对符合条件的工业企 业给予奖励。\n"
    assert [len(f.spans) for f in findings_of(blank_in_word, text)] == [2]


@pytest.mark.parametrize("line", ["第一章 总 则", "主 任：王 冰", "市民政局 市财政局 市教育局", "附 件"])
def test_spaced_headings_and_names_are_good_form(line: str) -> None:
    assert findings_of(blank_in_word, TITLE + line + "\n") == []
