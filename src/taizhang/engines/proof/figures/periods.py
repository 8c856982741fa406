"""Periods longer than the dates and ceilings set for them: payments for one season of two, a ceiling per undefined year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from taizhang.engines.gazette.model import Document
from taizhang.engines.proof.context import Hit, Passage, ProofContext
from taizhang.engines.proof.figures.calendar_days import day_pattern, printed_day
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, Rule, rule
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_PERIOD = regex(rf"{day_pattern('a')}(?:起)?(?:至|到|[-—–~]{{1,2}}){day_pattern('b')}")
_ABOUT = regex(r"补贴|补助|实施|执行|有效|期限|试点|奖励|减免|政策")
_SEASONS = regex(r"(?:涵盖|包括|跨|共|为期)?(?P<count>[两二三四五])个(?P<season>采暖季|供暖季|取暖季|年度|学年|生产季|种植季)")
_PAYMENT = regex(r"拨付|预拨|支付|清算|结清|结算|兑付|兑现|发放")
_EVERY = regex(
    r"每个?(?:采暖季|供暖季|取暖季|年度|学年|年|季|月)[^，。；]{0,30}(?:拨付|预拨|支付|清算|结清|结算|兑付|兑现|发放|申报)"
    r"|(?:以后|以此类推|后续|第二|下一|其后)(?:个)?(?:采暖季|供暖季|取暖季|年度|年)|参照(?:上述|前款|本条)|逐年(?:拨付|清算)|按年(?:拨付|清算|结算)"
)
_DATED = regex(
    r"(?:(?P<year>(?:19|20)[0-9]{2})年|(?P<next>次年|翌年))?(?<![0-9])(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>[0-3]?[0-9])[日号]|(?P<part>底|末))?(?:之?前|以前|后|起)"
)
_LEAST_DAYS = 400
_TAIL_DAYS = 180


@dataclass(frozen=True, slots=True)
class _Stretch:
    first: date
    last: date
    passage: Passage
    span: Span
    seasons: Span | None


def _stretch(context: ProofContext, document: Document) -> _Stretch | None:
    """The period of more than a year that the document says it runs for."""
    for hit in context.search_in(_PERIOD, document, "月", "日"):
        start, end = printed_day(hit, "a"), printed_day(hit, "b")
        if start is None or end is None or start.year is None or end.year is None:
            continue
        first, last = start.on(start.year), end.on(end.year)
        text = hit.passage.text
        about = text[max(0, hit.start() - 16) : hit.end() + 12]
        if first and last and (last - first).days >= _LEAST_DAYS and _ABOUT.search(about + "".join(_headings(hit.passage))):
            seasons = _SEASONS.search(text, hit.end())
            span = hit.passage.span(seasons.start(), seasons.end()) if seasons else None
            return _Stretch(first, last, hit.passage, hit.span(), span)
    return None


def _headings(passage: Passage) -> list[str]:
    return [node.words.text[: node.heading_length] for node in passage.headings[-2:]]


@rule(
    id="period.payments-end-early",
    severity=Severity.WARNING,
    title="拨付清算日期没有覆盖整个期限",
    why="期限跨两个年度，拨付清算只写了前一个，后一个没有依据，资金会断档",
    concern=Concern.MONEY,
)
def payments_end_early(context: ProofContext) -> Iterator[Outcome]:
    """Payment dates of a scheme against the period it runs for.

    Wrong:
        燃料补贴办法

        一、补贴期限为2025年10月1日至2027年3月31日。

        二、资金拨付。2025年10月31日前预拨40%，其余60%于2026年6月30日前结清。
    Right:
        燃料补贴办法

        一、补贴期限为2025年10月1日至2027年3月31日。

        二、资金拨付。每个采暖季开始前预拨40%，其余60%于采暖季结束后结清。
    """
    for document in context.documents:
        stretch = _stretch(context, document)
        if stretch is None:
            continue
        passages = context.passages_of(document)
        if any(_EVERY.search(p.text) for p in passages):
            continue
        payments = list(_payments(passages, stretch))
        if payments and (stretch.last - max(payments, key=lambda p: p[0])[0]).days >= _TAIL_DAYS:
            day, passage, span = max(payments, key=lambda p: p[0])
            facts = {"day": day.isoformat(), "first": stretch.first.isoformat(), "last": stretch.last.isoformat()}
            yield context.finding(
                payments_end_early,
                span,
                stretch.seasons or stretch.span,
                message=Message("期限为{first}至{last}，最晚的拨付清算日期是{day}，其后的部分没有规定", facts),
                advice=Message("补上其后各年度（采暖季）的拨付清算日期，或者写明参照执行"),
                declared=facts["day"],
                computed=facts["last"],
                passage=passage,
            )


def _payments(passages: tuple[Passage, ...], stretch: _Stretch) -> Iterator[tuple[date, Passage, Span]]:
    """Days money is to be paid by, each with its words. A missing year is that of the day before it, 次年 the next."""
    year = stretch.first.year
    for passage in passages:
        if not _PAYMENT.search(passage.text):
            continue
        for match in _DATED.finditer(passage.text):
            clause = re.split(r"[。；]", passage.text[match.end() : match.end() + 40])[0]
            if not _PAYMENT.search(clause):
                continue
            year = int(match["year"]) if match["year"] else year
            day = _day(year + 1 if match["next"] else year, match)
            if day and stretch.first.year <= day.year <= stretch.last.year + 1:
                yield (
                    day,
                    passage,
                    passage.span(match.start(), min(len(passage.text), match.end() + len(clause), match.start() + 34)),
                )


def _day(year: int, match: re.Match[str]) -> date | None:
    try:
        return date(year, int(match["month"]), int(match["day"] or 28))
    except ValueError:
        return None


_PER_YEAR = regex(
    r"每(?:户|人|家|个|企业|亩)?(?P<year>每年|年|年度)[^，。；\n]{0,20}?(?:不超过|不高于|最高|最多|限|以内|不得超过)[^，。；\n]{0,4}[0-9]"
)
_DEFINED = regex(
    r"每年(?:度)?(?:是|系|为|指)|自然年|会计年度|(?:采暖季|取暖季|供暖季|学年)为一个?年度|日历年|本办法所称(?:每)?年"
)


@rule(
    id="period.year-undefined",
    severity=Severity.NOTE,
    title="“每年”没有界定",
    why="期限跨几个自然年度、几个季节，“每年”按哪一个算，上限差出一倍",
    concern=Concern.MONEY,
)
def year_undefined(context: ProofContext) -> Iterator[Outcome]:
    """A ceiling per year in a scheme whose period does not run by calendar years.

    Wrong:
        燃料补贴办法

        一、补贴期限为2025年10月1日至2027年3月31日。

        二、每户每年补贴数量不超过2吨。
    Right:
        燃料补贴办法

        一、补贴期限为2025年1月1日至2027年12月31日。

        二、每户每年补贴数量不超过2吨。
    """
    for document in context.documents:
        stretch = _stretch(context, document)
        if stretch is None or (stretch.first.month, stretch.first.day, stretch.last.month, stretch.last.day) == (1, 1, 12, 31):
            continue
        if any(_DEFINED.search(p.text) for p in context.passages_of(document)):
            continue
        for hit in context.search_in(_PER_YEAR, document, "每"):
            yield _undefined(context, hit, stretch)


def _undefined(context: ProofContext, hit: Hit, stretch: _Stretch) -> Outcome:
    years = stretch.last.year - stretch.first.year + 1
    facts = {
        "first": stretch.first.isoformat(),
        "last": stretch.last.isoformat(),
        "years": str(years),
    }
    return context.finding(
        year_undefined,
        hit.span(),
        stretch.span,
        message=Message("“每年”没有界定：期限{first}至{last}跨{years}个自然年度，上限按哪种年度计算没有说明", facts),
        advice=Message("写明按自然年度还是按季节（采暖季、学年）计算"),
        declared="每年",
        computed=f"{years}个自然年度",
        passage=hit.passage,
    )


RULES: tuple[Rule, ...] = (payments_end_early, year_undefined)
