"""Arithmetic of days: how many lie between two, which weekday one is, days that do not exist, ends before their start."""

from calendar import isleap
from collections.abc import Iterator
from datetime import date

from taizhang.engines.gazette.model import Document
from taizhang.engines.proof.context import Hit, Passage, ProofContext
from taizhang.engines.proof.figures.calendar_days import day_pattern, printed_day, stretch
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, Rule, rule
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex

_YEAR_IN_WORDS = regex(r"((?:19|20)[0-9]{2})年")
_A, _B = day_pattern("a"), day_pattern("b")
_SPANS = (
    regex(rf"(?:从|自)?{_A}(?:起)?(?:至|到|[-—–~]{{1,2}})(?:{_B})(?P<words>[^。；\n0-9]{{0,14}}?)(?P<days>[0-9]{{1,4}})天"),
    regex(rf"今天是{_A}，距离?{_B}(?P<words>[^。；\n0-9]{{0,8}}?)(?P<days>[0-9]{{1,4}})天"),
    regex(
        rf"{_A}[^。；\n0-9]{{0,10}}，[^。；\n0-9]{{0,4}}(?:拖到|推迟到|延至|拖至){_B}(?P<words>[^。；\n0-9]{{0,12}}?)(?P<days>[0-9]{{1,4}})天"
    ),
)
_SAME_MONTH = regex(
    r"(?:(?P<ay>(?:19|20)[0-9]{2})年)?(?P<am>1[0-2]|0?[1-9])月(?P<ad>[0-3]?[0-9])日?(?:至|到|[-—–~]{1,2})(?P<bd>[0-3]?[0-9])日(?P<words>[^。；\n0-9]{0,10}?)共(?P<days>[0-9]{1,2})天"
)
_INCLUSIVE = regex(r"放假|假期|共|历时|为期")


@rule(
    id="date.days-between",
    severity=Severity.ERROR,
    title="天数算错",
    why="倒排工期和放假都按天数，少算或者多算会误事",
    concern=Concern.WHEN,
)
def days_between(context: ProofContext) -> Iterator[Outcome]:
    """The days printed between two days against the calendar. Both ways of counting, with and without the first day, are right.

    Wrong:
        从2025年3月5日到6月30日，只有107天，时间得按天来掐。
    Wrong:
        春节：2019年2月4日至10日放假调休，共8天。
    Right:
        从2025年3月5日到6月30日，只有117天，时间得按天来掐。
    """
    counted = context.having("月", "天")
    for pattern in _SPANS:
        for hit in context.search_where(pattern, counted):
            start, end = printed_day(hit, "a"), printed_day(hit, "b")
            if start and end:
                found = stretch(start, end, _year_of(context, hit.passage, hit.start()))
                if found:
                    yield from _counted(context, hit, found)
    for hit in context.search(_SAME_MONTH, "月", "共"):
        start = printed_day(hit, "a")
        first = start.on(_year_of(context, hit.passage, hit.start())) if start else None
        try:
            last = first.replace(day=int(hit["bd"] or 0)) if first else None
        except ValueError:
            continue
        if first and last:
            yield from _counted(context, hit, (first, last))


def _counted(context: ProofContext, hit: Hit, found: tuple[date, date]) -> Iterator[Outcome]:
    first, last = found
    between = (last - first).days
    declared = int(hit["days"] or 0)
    is_inclusive = bool(_INCLUSIVE.search(hit["words"] or "") or (hit[0] and "共" in (hit[0] or "")))
    right = (between + 1,) if is_inclusive else (between, between + 1)
    computed = between + 1 if is_inclusive else between
    start, end = hit.start(), hit.end()
    spans = (hit.passage.span(max(start, end - 40), end),)
    facts = {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "declared": str(declared),
        "computed": str(computed),
    }
    if declared in right:
        message = Message("{first}至{last}为{declared}天，算得相符", facts)
        yield context.agreement(days_between, *spans, message=message, value=facts["declared"])
    elif first <= last:
        yield context.finding(
            days_between,
            *spans,
            message=Message("{first}至{last}是{computed}天，写作{declared}天", facts),
            advice=Message("改正天数，或者核对两个日期"),
            declared=f"{declared}天",
            computed=f"{computed}天",
            passage=hit.passage,
        )


def _year_of(context: ProofContext, passage: Passage, at: int) -> int:
    """The year a day without one stands in: the last year named before it, in the title, or of the document."""
    before = _YEAR_IN_WORDS.findall(passage.text[:at])
    if before:
        return int(before[-1])
    titled = _title_year(passage.document)
    day = context.date_of(passage.document)
    return titled or (day.year if day else 2001)


def _title_year(document: Document) -> int | None:
    match = _YEAR_IN_WORDS.search("".join(document.title.split()))
    return int(match[1]) if match else None


_WEEKDAY = regex(rf"{_A}[（(]?(?:，)?(?:星期|周)(?P<weekday>[一二三四五六日天])[）)]?")
_WEEKDAYS = "一二三四五六日"


@rule(
    id="date.weekday",
    severity=Severity.ERROR,
    title="日期与星期不符",
    why="照星期去的人和照日期去的人会在不同的日子到场",
    concern=Concern.WHEN,
)
def weekday(context: ProofContext) -> Iterator[Outcome]:
    """The weekday printed with a day against the calendar. A day without any year to go by is left alone.

    Wrong:
        2019年2月2日（星期日）上班。
    Right:
        2019年2月2日（星期六）上班。
    """
    for hit in context.search(_WEEKDAY, "月", "日"):
        shown = (hit["weekday"] or "").replace("天", "日")
        days = _days_meant(context, hit)
        if not days:
            continue
        day = next((d for d in days if _WEEKDAYS[d.weekday()] == shown), days[0])
        right = _WEEKDAYS[day.weekday()]
        facts = {"day": day.isoformat(), "right": right, "shown": shown}
        if right == shown:
            message = Message("{day}是星期{right}，相符", facts)
            yield context.agreement(weekday, hit.span(), message=message, value=f"星期{right}")
            continue
        yield context.finding(
            weekday,
            hit.span(),
            message=Message("{day}是星期{right}，写作星期{shown}", facts),
            advice=Message("核对日历，改正日期或者星期"),
            declared=f"星期{shown}",
            computed=f"星期{right}",
            passage=hit.passage,
        )


def _days_meant(context: ProofContext, hit: Hit) -> list[date]:
    """The day a hit prints; without a year in it or before it, that of the document's year or the next; none without any."""
    printed = printed_day(hit, "a")
    if printed is None:
        return []
    issued = context.date_of(hit.passage.document)
    year = _year_of(context, hit.passage, hit.start())
    is_certain = bool(printed.year or _title_year(hit.passage.document) or _YEAR_IN_WORDS.search(hit.passage.text[: hit.start()]))
    if not is_certain and issued is None:
        return []
    years = (year,) if is_certain else (year, year + 1)
    return [d for y in years if (d := printed.on(y)) is not None]


_ANY_DAY = regex(r"(?:(?P<y>(?:19|20)[0-9]{2})年)?(?<![0-9])(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})[日号]")


@rule(
    id="date.no-such-day",
    severity=Severity.ERROR,
    title="没有这一天",
    why="日历上没有的日子无法执行",
    concern=Concern.WHEN,
)
def no_such_day(context: ProofContext) -> Iterator[Outcome]:
    """A day that no calendar has. 29 February is right where its year is unknown.

    Wrong:
        各单位于6月31日前报送总结。
    Right:
        各单位于6月30日前报送总结。
    """
    for hit in (*context.search(_ANY_DAY, "月"), *context.search(_DAY_TO_DAY, "月", "日")):
        year = int(hit["y"] or 0) if "y" in hit.match.re.groupindex and hit["y"] else _leap_or_own(context, hit)
        try:
            date(year, int(hit["m"] or 0), int(hit["d"] or 0))
        except ValueError:
            facts = {"day": f"{hit['m']}月{hit['d']}日"}
            yield context.finding(
                no_such_day,
                hit.span(),
                message=Message("没有{day}这一天", facts),
                advice=Message("核对原稿改正日期"),
                declared=facts["day"],
                passage=hit.passage,
            )


def _leap_or_own(context: ProofContext, hit: Hit) -> int:
    """A leap year where the document's year or its neighbours may be meant to be one, else the document's own."""
    issued = context.date_of(hit.passage.document)
    if issued is None or any(isleap(issued.year + n) for n in (-1, 0, 1)):
        return 2000
    return issued.year


_DAY_TO_DAY = regex(r"(?P<m>1[0-2]|0?[1-9])月[0-9]{1,2}日?(?:至|到|[-—–~]{1,2})(?P<d>[0-9]{1,2})日")


_FROM_TO = regex(
    r"(?P<ay>(?:19|20)[0-9]{2})年(?:(?P<am>1[0-2]|0?[1-9])月(?:(?P<ad>[0-3]?[0-9])日)?)?(?:起)?(?:至|到|[-—–~]{1,2})"
    r"(?P<by>(?:19|20)[0-9]{2})年(?:(?P<bm>1[0-2]|0?[1-9])月(?:(?P<bd>[0-3]?[0-9])日)?)?"
)


@rule(
    id="date.end-before-start",
    severity=Severity.ERROR,
    title="结束早于开始",
    why="期限的终点早于起点，整个期限就不成立",
    concern=Concern.WHEN,
)
def end_before_start(context: ProofContext) -> Iterator[Outcome]:
    """A period whose last day lies before its first.

    Wrong:
        补贴期限为2025年10月1日至2024年3月31日。
    Right:
        补贴期限为2025年10月1日至2027年3月31日。
    """
    for hit in context.search(_FROM_TO, "20", "年"):
        start = (int(hit["ay"] or 0), int(hit["am"] or 0), int(hit["ad"] or 0))
        end = (int(hit["by"] or 0), int(hit["bm"] or 99), int(hit["bd"] or 99))
        if end < start:
            yield context.finding(
                end_before_start,
                hit.span(),
                message=Message("期限“{printed}”的终点早于起点", {"printed": hit[0] or ""}),
                advice=Message("核对两个日期，改正写错的一个"),
                declared=hit[0],
                passage=hit.passage,
            )


RULES: tuple[Rule, ...] = (days_between, weekday, no_such_day, end_before_start)
