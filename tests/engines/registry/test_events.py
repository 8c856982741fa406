from dataclasses import replace
from datetime import date

import pytest

from taizhang.engines.registry import Event, EventKind, EventStatus, read_events
from tests.engines.registry.invented import DAY, document, events

REFORM = "青州市机构改革实施方案"


def told(found: tuple[Event, ...]) -> list[str]:
    return [f"{e.kind.value}: {'+'.join(e.subjects)} -> {'+'.join(e.results)}" for e in found]


CHANGES = [
    ("市环境保护局更名为市生态环境局。", ["renamed: 市环境保护局 -> 市生态环境局"]),
    ("将“市第一中心”更名为“市档案中心”。", ["renamed: 市第一中心 -> 市档案中心"]),
    (
        "市外侨办、市法制办分别更名为市外事办、市法律服务中心。",
        ["renamed: 市外侨办 -> 市外事办", "renamed: 市法制办 -> 市法律服务中心"],
    ),
    (
        "市农业局更名为市农业农村局，加挂市乡村振兴局牌子。",
        ["renamed: 市农业局 -> 市农业农村局", "signboard_added: 市农业农村局 -> 市乡村振兴局"],
    ),
    ("将市工商局与市质监局合并组建市市场监管局。", ["merged: 市工商局+市质监局 -> 市市场监管局"]),
    ("市文化局、市旅游局合并，组建市文化旅游局。", ["merged: 市文化局+市旅游局 -> 市文化旅游局"]),
    (
        "将市国土资源局的职责，以及市林业局的湿地管理职责整合，组建市自然资源局。",
        ["merged: 市国土资源局 -> 市自然资源局", "duties_moved: 市林业局 -> 市自然资源局"],
    ),
    ("将市旅游委并入市文化局。", ["merged: 市旅游委 -> 市文化局"]),
    ("将市粮食局的职责划入市发展改革委。", ["duties_moved: 市粮食局 -> 市发展改革委"]),
    ("市交通局分设为市交通运输局和市公路管理局。", ["split: 市交通局 -> 市交通运输局+市公路管理局"]),
    ("不再保留市国土资源局、市城乡规划局。", ["abolished: 市国土资源局+市城乡规划局 -> "]),
    ("撤销乙县，设立青州市乙区。", ["abolished: 乙县 -> ", "founded:  -> 青州市乙区"]),
    ("组建市医疗保障局，作为市政府工作部门。", ["founded:  -> 市医疗保障局"]),
]


@pytest.mark.parametrize(("sentence", "wanted"), CHANGES)
def test_a_change_is_read_from_its_sentence(sentence: str, wanted: list[str]) -> None:
    found = events(REFORM, sentence)
    assert told(found) == wanted
    assert {e.status for e in found} == {EventStatus.DECIDED}
    assert {e.on for e in found} == {DAY}


def test_an_event_cites_the_number_the_clause_and_the_words() -> None:
    title = "青州市人民政府关于青州市体育局更名的通知"
    text = "经研究，青州市体育局更名为青州市文体局。更名后，规格不变。"
    (event,) = events(title, text)
    assert event.citation.document_number == "青政〔2025〕9号"
    assert event.citation.eid == "para_1"
    assert "更名为青州市文体局" in event.citation.quote
    assert "文体局" in text[event.citation.span.start : event.citation.span.end]


def test_the_day_a_sentence_names_goes_before_the_date_of_the_document() -> None:
    (event,) = events(REFORM, "自2025年6月1日起，市体育局更名为市文体局。")
    assert event.on == date(2025, 6, 1)


@pytest.mark.parametrize(
    ("title", "kind", "sentence"),
    [
        ("在数据工作会议上的讲话", "讲话", "市数据管理局更名为市数据局一事，省里已经批复。"),
        ("关于下达年度目标的通知", "通知", "督促某县联社组建农村商业银行。"),
        (REFORM, "方案", "拟将市体育局更名为市文体局。"),
        (REFORM, "方案", "收到市体育局更名为市文体局的请示。"),
    ],
)
def test_a_change_only_spoken_of_is_not_decided(title: str, kind: str, sentence: str) -> None:
    assert {e.status for e in events(title, sentence, kind=kind)} <= {EventStatus.MENTIONED}


def test_the_title_of_another_document_orders_nothing() -> None:
    assert events(REFORM, "根据《关于市体育局更名为市文体局的批复》，办理有关手续。") == ()


@pytest.mark.parametrize(
    "sentence", ["撤销原处罚决定，责令改正。", "对设立以来的账目合并核算。", "成立了三个小组，更名为止。", "整合资源。"]
)
def test_words_that_name_no_body_give_no_event(sentence: str) -> None:
    assert events(REFORM, sentence) == ()


def test_a_leading_group_founded_only_in_the_title_is_an_event() -> None:
    found = events("青州市人民政府办公室关于成立青州市信用建设领导小组的通知", "现将组成人员名单印发。")
    assert told(found) == ["founded:  -> 青州市信用建设领导小组"]


def test_a_nested_document_takes_number_and_day_of_the_one_that_carries_it() -> None:
    inner = replace(document(REFORM, "市粮食局更名为市储备局。", day=None), number=None)
    outer = document("关于印发方案的通知", nested=(inner,))
    (event,) = read_events([outer])
    assert (event.on, event.citation.document_number, event.kind) == (DAY, "青政〔2025〕9号", EventKind.RENAMED)
