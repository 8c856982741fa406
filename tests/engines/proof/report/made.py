"""A small report on an invented issue, with one finding of each severity, one accepted, one stale acceptance, one agreement."""

from datetime import date

from taizhang.engines.gazette import read_issue
from taizhang.engines.proof.model import Agreement, Finding, Severity
from taizhang.engines.proof.report.acceptance import Acceptance, review
from taizhang.engines.proof.report.model import FileRead, Report
from taizhang.engines.proof.rule import Concern, RuleInfo
from taizhang.kernel.message import Message
from taizhang.kernel.spans import Span

TEXT = """松溪市人民政府公报
2031年第4号（总第12号）
主办：松溪市人民政府

松溪市人民政府办公室
关于做好渔港修缮工作的通知
松政办〔2031〕9号

各县区人民政府：
为了做好渔港修缮，现就有关事项通知如下。
一、修缮任务
（一）修缮渔港12座，其中东湾5座、西湾6座，合计12座。
（二）补助标准为每座8万元<不含税>，共需补助98万元。
二、工作要求
各县区要在2月底前报送方案。
松溪市人民政府办公室
2031年3月8日
"""

RULES = {
    "sum.parts": RuleInfo("sum.parts", Severity.ERROR, "分项之和不等于总数", "总数和分项会被分别引用", Concern.MONEY),
    "date.past": RuleInfo("date.past", Severity.WARNING, "期限早于成文日期", "收文时已经过期，没法照办", Concern.WHEN),
    "words.style": RuleInfo("words.style", Severity.NOTE, "尖括号不是公文标点", "排版时容易丢", Concern.WORDS),
}


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def finding(rule: str, words: str, *more: str, severity: Severity = Severity.ERROR, **facts: str) -> Finding:
    return Finding(
        rule,
        severity,
        Message(
            "印的是{declared}，应为{computed}", {"declared": facts.get("declared", ""), "computed": facts.get("computed", "")}
        ),
        Message("核对原稿"),
        tuple(span(w) for w in (words, *more)),
        facts.get("declared"),
        facts.get("computed"),
    )


SUM = finding("sum.parts", "合计12座", "东湾5座、西湾6座", declared="12座", computed="11座")
MONEY = finding("sum.parts", "共需补助98万元", declared="98万元", computed="96万元")
PAST = finding("date.past", "2月底前", "2031年3月8日", severity=Severity.WARNING, declared="2月底前", computed="3月8日以后")
STYLE = finding("words.style", "<不含税>", severity=Severity.NOTE)
ACCEPTED = Acceptance("sum.parts", "共需补助 98万元", "含管理费", "编辑部", date(2031, 3, 9))
STALE = Acceptance("sum.parts", "共需补助97万元", "上一稿的", "编辑部", date(2031, 3, 1))
AGREEMENT = Agreement("sum.parts", Message("{count}座合得上", {"count": "12"}), (span("修缮渔港12座"),), "12座")


def report(
    text: str = TEXT, *, findings: tuple[Finding, ...] = (SUM, MONEY, PAST, STYLE), name: str = "公报/第4号.txt"
) -> Report:
    return Report(
        FileRead(name, "%E5%85%AC%E6%8A%A5/4.txt", "ab" * 32, "utf-8"),
        read_issue(text),
        review(findings, (ACCEPTED, STALE), text),
        (AGREEMENT,),
        RULES,
        "9.9.9",
    )


def chinese(template: str) -> str:
    return template
