import pytest

from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.words.doubling import (
    doubled_character,
    doubled_quotation,
    doubled_word,
    repeated_in_list,
    repeated_sentence,
)
from tests.engines.proof.proving import findings_of, quotes

TITLE = "某市人民政府关于做好年度工作的通知\n\n"


@pytest.mark.parametrize(
    ("sentence", "doubled"),
    [
        ("各地要完成省下下达的搬迁任务，按时上报。", "省下下达"),
        ("推动经济社会发展展目标落实，按时上报。", "发展展目"),
        ("全市要加快快推进项目建设，按时上报。", "加快快推"),
        ("会议的的要求是按时完成整改任务。", "议的的要"),
        ("2025年4月月5日前完成整改并按时上报。", "4月月5"),
        ("由市生态环境部部门牵头组织，按时上报。", "境部部门"),
    ],
)
def test_a_character_printed_twice_is_found_where_no_word_explains_it(sentence: str, doubled: str) -> None:
    text = TITLE + sentence + "\n"
    assert quotes(findings_of(doubled_character, text), text) == [doubled]


@pytest.mark.parametrize(
    "sentence",
    [
        "层层压实责任，常常开展检查，往往事半功倍。",
        "扎扎实实推进，清清楚楚公开，方方面面参与。",
        "人人有专责，月月有进展，件件有回音，家家户户受益。",
        "税收收入稳定增长，抽检检测全面覆盖，出库库点合规。",
        "由市市场监管局牵头，宣传司司长出席，各省省级预算保障。",
        "以营利为目的的行为，一件件办理，二〇〇五年年底完成。",
        "成员有王冰冰、李明明、张楠楠。",
        "按照2025年年度计划，坚持一一对应、三三制管理。",
        "与群众生活息息相关，环环相扣，面面俱到。",
    ],
)
def test_reduplication_names_and_words_that_meet_are_left_alone(sentence: str) -> None:
    assert findings_of(doubled_character, TITLE + sentence + "\n") == []


def test_the_text_itself_can_prove_that_a_doubling_is_wrong() -> None:
    wrong = "城镇居民人人均收入增长8%。"
    text = TITLE + "城镇居民人均收入增长6%。\n\n城镇居民人均收入增长7%。\n\n城镇居民人均收入增长5%。\n\n" + wrong + "\n"
    assert quotes(findings_of(doubled_character, text), text) == ["民人人均"]


def test_a_title_in_the_contents_is_read_too() -> None:
    text = (
        "云门市人民政府公报\n\n2025年第3号\n\n目录\n\n云门市人民政府关于下下达年度任务的通知 1\n\n"
        "云门市人民政府关于下达年度任务的通知\n\n云政〔2025〕6号\n\n各县（市、区）人民政府：\n\n请认真执行。\n\n"
        "云门市人民政府\n\n2025年3月10日\n"
    )
    assert quotes(findings_of(doubled_character, text), text) == ["于下下达"]


@pytest.mark.parametrize(
    ("sentence", "severity"),
    [
        ("各部门要进一步进一步压实责任。", Severity.ERROR),
        ("实现收入12.5亿元12.5亿元，超额完成。", Severity.ERROR),
        ("各部门要落实落实责任。", Severity.WARNING),
    ],
)
def test_a_word_printed_twice_is_found_and_a_short_one_is_a_doubt(sentence: str, severity: Severity) -> None:
    assert [f.severity for f in findings_of(doubled_word, TITLE + sentence + "\n")] == [severity]


@pytest.mark.parametrize("sentence", ["一步一步推进，越来越好，听一听看一看。", "支队支队长到场，很多很多群众参加。"])
def test_doubled_words_of_good_chinese_are_left_alone(sentence: str) -> None:
    assert findings_of(doubled_word, TITLE + sentence + "\n") == []


def test_one_quotation_twice_side_by_side_is_found() -> None:
    text = TITLE + "吸引“创客”“创客”等人才，学习《办法》和《办法》。\n"
    assert quotes(findings_of(doubled_quotation, text), text) == ["“创客”“创客”", "《办法》和《办法》"]


def test_a_list_with_the_same_item_twice_is_a_doubt_but_bodies_are_another_rules_business() -> None:
    text = TITLE + "涉及教育、医疗、养老、医疗等领域，市财政局、市民政局、市财政局参加。\n"
    assert quotes(findings_of(repeated_in_list, text), text) == ["医疗"]


def test_a_sentence_pasted_twice_into_a_paragraph_is_found() -> None:
    sentence = "各有关部门要按照职责分工抓好各项任务落实。"
    text = TITLE + sentence + "要加强督促检查。" + sentence + "\n"
    assert len(findings_of(repeated_sentence, text)) == 1
    assert findings_of(repeated_sentence, TITLE + sentence + "\n\n" + sentence + "\n") == []
