import pytest

from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.words.formulas import document_number, impossible_date, title_in_title
from taizhang.engines.proof.words.titles import contents_title, year_of_title
from tests.engines.proof.proving import findings_of

TITLE = "某市人民政府关于做好年度工作的通知\n\n"


@pytest.mark.parametrize(
    ("sentence", "declared"),
    [
        ("自2025年6月31日起施行。", ["2025年6月31日"]),
        ("于2025年2月29日前完成。", ["2025年2月29日"]),
        ("于2024年2月29日前完成。", []),
        ("2025年13月完成验收。", ["2025年13月"]),
        ("二〇二五年四月三十一日印发。", ["二〇二五年四月三十一日"]),
        ("每满13个月复核，第13月起递增，近20月份数据。", []),
        ("1月31日、3月31日、12月31日前各报一次。", []),
    ],
)
def test_a_day_that_no_calendar_has_is_found(sentence: str, declared: list[str]) -> None:
    assert [f.declared for f in findings_of(impossible_date, TITLE + sentence + "\n")] == declared


@pytest.mark.parametrize(
    ("sentence", "severities"),
    [
        ("依据云政办〔2025〕12《关于促进就业的通知》执行。", [Severity.WARNING]),
        ("依据云政办〔25〕12号文件执行。", [Severity.WARNING]),
        ("依据云政办[2025]012号、云政发(2025)第3号文件执行。", [Severity.NOTE]),
        ("依据云政办〔2025〕12号、云政发〔2025〕3 号文件执行。", []),
        ("依据云政办〔2025〕12、13号文件执行，参加(2025)3个。", []),
    ],
)
def test_a_document_number_without_its_word_is_a_doubt_and_its_style_a_note(sentence: str, severities: list[Severity]) -> None:
    assert [f.severity for f in findings_of(document_number, TITLE + sentence + "\n")] == severities


def test_a_title_inside_a_title_takes_single_marks() -> None:
    assert len(findings_of(title_in_title, TITLE + "按照《关于印发《办法》的通知》执行。\n")) == 1
    assert findings_of(title_in_title, TITLE + "按照《甲办法》和《乙办法》执行。\n") == []


def _notice(year: str, extra: str = "") -> str:
    return (
        "云门市人民政府关于印发2025年度乡村环境整治目标的通知\n\n云政〔2025〕6号\n\n各县（市、区）人民政府：\n\n"
        f"现将{year}年度乡村环境整治目标印发给你们，请认真执行。{extra}\n\n云门市人民政府\n\n2025年3月10日\n"
    )


def test_a_year_that_differs_from_the_titles_is_found() -> None:
    assert [(f.declared, f.computed) for f in findings_of(year_of_title, _notice("2024"))] == [("2024", "2025")]
    assert findings_of(year_of_title, _notice("2025")) == []


def test_an_earlier_document_of_the_same_name_may_have_its_own_year() -> None:
    repealed = "《关于印发2024年度乡村环境整治目标的通知》（云政〔2024〕5号）同时废止。"
    assert findings_of(year_of_title, _notice("2025", repealed)) == []


def test_the_contents_name_documents_as_they_are_titled() -> None:
    issue = (
        "云门市人民政府公报\n\n2025年第3号\n\n目录\n\n云门市人民政府关于印发乡村环境整治目标的通知（云政〔2025〕6号）……1\n\n"
    ) + _notice("2025")
    findings = findings_of(contents_title, issue)
    assert [f.computed for f in findings] == ["云门市人民政府关于印发2025年度乡村环境整治目标的通知"] or findings == []
