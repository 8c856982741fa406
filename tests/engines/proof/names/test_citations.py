import pytest

from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.names.citations import contents_order, number, title
from tests.engines.proof.proving import findings_of, quotes

OPINION = "《云门市人民政府关于加快养老服务的意见》"


def test_one_title_has_one_number() -> None:
    text = f"依据{OPINION}（云政〔2024〕23号）制定。\n\n落实{OPINION}（云政〔2024〕32 号）要求。\n\n按照{OPINION}（云政〔2024〕23号）执行。\n"
    assert quotes(findings_of(number, text), text) == ["云政〔2024〕32号"]


def test_one_number_has_one_title() -> None:
    text = f"依据{OPINION}（云政〔2024〕23号）制定。\n\n落实《云门市城市供水条例实施细则》（云政〔2024〕23号）要求。\n"
    assert len(findings_of(number, text)) == 1


def test_different_titles_and_numbers_agree() -> None:
    text = f"依据{OPINION}（云政〔2024〕23号）、《云门市城市供水条例实施细则》（云政〔2024〕25号）制定。\n"
    assert findings_of(number, text) == []


def issue(entry: str = "云门市人民政府关于部分机构更名的通知（云政〔2025〕8号） ……5", first: str = "3") -> str:
    def document(name: str, serial: int) -> str:
        return f"云门市人民政府{name}\n\n云政〔2025〕{serial}号\n\n各县（市、区）人民政府：\n\n请认真执行。\n\n云门市人民政府\n\n2025年3月1日\n\n"

    contents = f"云门市人民政府关于下达年度目标任务的通知（云政〔2025〕6号） ……{first}\n\n{entry}\n\n"
    return (
        "云门市人民政府公报\n\n2025年第3号\n\n目录\n\n"
        + contents
        + document("关于下达年度目标任务的通知", 6)
        + document("关于部分机构更名的通知", 8)
    )


def test_the_contents_give_the_numbers_and_pages_of_the_documents() -> None:
    assert findings_of(number, issue()) == []
    assert findings_of(contents_order, issue()) == []
    wrong = issue("云门市人民政府关于部分机构更名的通知（云政〔2025〕9号） ……5")
    assert [f.severity for f in findings_of(number, wrong)] == [Severity.ERROR]
    assert [f.declared for f in findings_of(contents_order, issue(first="9"))] == ["5"]


CARRIED = """云门市人民政府关于印发《{notice}》的通知

各县（市、区）人民政府：

《{body}》已经市政府同意，现印发给你们。

云门市人民政府

2025年3月10日

云门市养老服务管理办法

第一条 为了规范养老服务，制定本办法。

第二条 本办法自印发之日起施行。
"""
NAME = "云门市养老服务管理办法"


@pytest.mark.parametrize(
    ("notice", "body", "found"),
    [
        (NAME, NAME, 0),
        (NAME, "云门市养老服务管里办法", 1),
        ("云门市养老服务管理方法", NAME, 1),
        (NAME, "云门市养老服务管理办", 0),
    ],
)
def test_a_title_is_cited_letter_for_letter(notice: str, body: str, found: int) -> None:
    assert len(findings_of(title, CARRIED.format(notice=notice, body=body))) >= found
    if not found:
        assert findings_of(title, CARRIED.format(notice=notice, body=body)) == []


@pytest.mark.parametrize(
    "text",
    [
        "依照《中华人民共和国商标法》《中华人民共和国专利法》的规定。\n",
        "落实《云门市养老服务规划（2021年）》《云门市养老服务规划（2025年）》。\n",
        "按照《云门市养老服务管理办法》和《养老服务管理办法》执行。\n",
    ],
)
def test_titles_of_different_documents_are_let_be(text: str) -> None:
    assert findings_of(title, text) == []
