"""The page stands alone, escapes everything, works without a script and prints."""

import re
import tomllib
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.engines.proof.report.html import acceptance_entry, html_report
from taizhang.engines.proof.report.markup import drawn_to_scale
from tests.engines.proof.report.made import SUM, TEXT, chinese, report

VOID = {"meta", "wbr", "path", "rect", "circle", "use", "link", "br"}


class Outline(HTMLParser):
    """Checks that elements close in order; keeps ids, references and text by element."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        for name in ("href", "popovertarget", "aria-labelledby"):
            if given.get(name):
                self.links.append(str(given[name]).lstrip("#"))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.setdefault(self.open[-1] if self.open else "", []).append(data)


def page(text: str = TEXT, **rest: object) -> str:
    return html_report(report(text, **rest), "body { color: black }", chinese, made_on=date(2031, 3, 10))  # type: ignore[arg-type]


def outline(text: str) -> Outline:
    parser = Outline()
    parser.feed(text)
    parser.close()
    return parser


def test_elements_close_in_order_ids_are_unique_and_links_lead_somewhere() -> None:
    read = outline(page())
    assert read.open == []
    assert len(read.ids) == len(set(read.ids))
    assert set(read.links) <= set(read.ids)


def test_the_page_needs_nothing_beside_it() -> None:
    text = page()
    assert "<script" not in text
    assert not re.search(r"""(?:src|href)=["'](?!#)""", text)
    assert not re.search(r"@import|url\((?!#)", text)
    assert " style=" not in text
    assert re.search(r"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]+'", text)


def test_headings_are_unbroken_and_there_is_one_title() -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", page())]
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_a_finding_shows_words_in_context_evidence_and_advice() -> None:
    text = page()
    assert '其中<mark class="pf">东湾5座、西湾6座</mark>，<mark class="pf">合计12座</mark>。' in text
    assert "印本 12座" in text
    assert "推算 11座" in text
    assert "核对原稿" in text
    assert "9号 一、（一）" in text


def test_accepted_findings_stale_acceptances_and_agreeing_sums_are_told() -> None:
    text = page()
    assert "含管理费" in text
    assert "编辑部 2031-03-09" in text
    assert "共需补助97万元" in text
    assert "12座合得上" in text


def test_findings_are_grouped_by_what_is_at_stake() -> None:
    titles = re.findall(r"<h2[^>]*>([^<]+)</h2>", page())
    assert titles == [
        "关系到金额和得分",
        "关系到谁来办、何时办",
        "提示 1 项",
        "已接受印本 1 项",
        "已失效的接受 1 条",
        "核对相符 1 项",
    ]


def test_markup_in_the_gazette_is_text() -> None:
    hostile = TEXT.replace("松溪市人民政府公报", "<script>alert(1)</script>公报").replace(
        "<不含税>", '"><img src=x onerror=alert(1)>'
    )
    text = page(hostile, findings=(), name='a"><b>.txt')
    assert "<script" not in text
    assert "<img" not in text
    assert "<b>.txt" not in text


@given(st.text(st.sampled_from("甲12座<>&\"'\r\n\t\x0c\x00\x1b。；"), max_size=60))
def test_any_words_around_a_finding_leave_the_page_well_formed(words: str) -> None:
    text = TEXT.replace("为了做好渔港修缮", words)
    moved = type(SUM)(
        SUM.rule, SUM.severity, SUM.message, SUM.advice, (type(SUM.spans[0])(110, 110 + len(words) + 5),), words, words
    )
    read = outline(page(text, findings=(moved,)))
    assert read.open == []


def test_an_issue_without_findings_says_so() -> None:
    assert "没有错误，也没有存疑。" in page(findings=())


@pytest.mark.parametrize(
    ("declared", "computed", "told"),
    [
        ("12座", "11座", "印本多 1座"),
        ("96万元", "1,098万元", "印本少 1,002万元"),
        ("85%", "80%", "印本多 5 个百分点"),
        ("0.5 亿元", "1亿元", "印本少 0.5亿元"),
    ],
)
def test_two_plain_figures_are_drawn_to_one_scale(declared: str, computed: str, told: str) -> None:
    drawn = drawn_to_scale(declared, computed, chinese)
    assert told in drawn
    widths = [float(w) for w in re.findall(r'width="([\d.]+)%" height="18"', drawn)]
    assert max(widths) == 84.0


@pytest.mark.parametrize(
    ("declared", "computed"),
    [
        ("12座", "11个"),
        ("12座", "12座"),
        ("第四部分", "第六部分"),
        (None, "3座"),
        ("0座", "3座"),
        ("12座(东湾)", "11座"),
        ("10.", "9."),
        ("12", "11"),
    ],
)
def test_other_facts_are_not_drawn(declared: str | None, computed: str | None) -> None:
    assert drawn_to_scale(declared, computed, chinese) == ""


def test_the_lines_to_copy_make_an_acceptance_file() -> None:
    entry = acceptance_entry("sum.parts", '他说"合计"\\12\t座')
    read = tomllib.loads(entry.replace("date = ", "date = 2031-03-09"))
    assert read["accept"][0]["quote"] == '他说"合计"\\12\t座'
