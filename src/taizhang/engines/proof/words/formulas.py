"""Set forms misprinted: days that no calendar has, document numbers against GB/T 9704-2012 7.2.5, titles in titles."""

from calendar import isleap
from collections.abc import Iterator

from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.engines.proof.words.lines import Place, lines_of, report
from taizhang.engines.proof.words.strays import once_a_document
from taizhang.kernel.message import Message
from taizhang.kernel.numerals import chinese_integer
from taizhang.kernel.patterns import regex

_CN = "〇○零一二三四五六七八九十"
_MONTH = regex("月")
_BEFORE = regex(rf"(?:(?P<year>[0-9]{{4}}|[{_CN}]{{4}})年)?(?P<month>[0-9]{{1,2}}|[{_CN}]{{1,3}})\Z")
_AFTER = regex(rf"(?P<day>[0-9]{{1,2}}|[{_CN}]{{1,3}})[日号]|(?P<part>份|底|末|初)")
_LENGTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _number(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if text.isascii() else chinese_integer(text)


def _days(year: int | None, month: int) -> int:
    return 28 if month == 2 and year is not None and not isleap(year) else _LENGTH[month - 1]


@rule(
    id="words.impossible-date",
    severity=Severity.ERROR,
    title="日期不存在",
    why="日历上没有的日子，期限、施行日就没有着落。",
    concern=Concern.WHEN,
)
def impossible_date(context: ProofContext) -> Iterator[Outcome]:
    """A month beyond twelve, a day beyond the month's length, 29 February of a common year.

    Wrong:
        本办法自2025年6月31日起施行。
    Right:
        本办法自2024年2月29日起施行，每满13个月复核一次。
    """
    for place in lines_of(context).search(_MONTH):
        before, after = _BEFORE.search(place.before(8)), _AFTER.match(place.after(4))
        if before is None or _is_count(place.before(9)[: -len(before.group())]):
            continue
        year, month = _number(before["year"]), _number(before["month"])
        day = _number(after["day"]) if after else None
        if month is None or not (before["year"] or after):
            continue
        length = len(after.group()) if after else 0
        if not 1 <= month <= 12:
            yield _impossible(place, len(before.group()), length, f"没有{month}月")
        elif day is not None and not 1 <= day <= _days(year, month):
            reason = f"{month}月只有{_days(year, month)}天" if day else "没有0日"
            yield _impossible(place, len(before.group()), length, reason)


def _is_count(before: str) -> bool:
    """True where the digits go on to the left, or say how many months."""
    return bool(before) and (before[-1] in "第满每近约共.0123456789" or before[-1] in _CN)


def _impossible(place: Place, before: int, after: int, reason: str) -> Outcome:
    printed = place.before(before) + "月" + place.after(after)
    return report(
        impossible_date,
        place.line,
        place.line.span(place.start - before, place.end + after),
        message=Message("日期“{printed}”不存在：{reason}", {"printed": printed, "reason": reason}),
        advice=Message("核对原稿，改正月份或日期"),
        declared=printed,
    )


_NUMBER = regex(
    r"(?P<open>[〔\[［【（(﹝])\s?(?P<year>[0-9０-９]{2,4})\s?(?P<close>[〕\]］】）)﹞])\s?(?P<ordinal>第\s?)?"
    r"(?P<serial>[0-9０-９]{1,5})\s?(?P<hao>号?)"
)
_AGENCY = regex(r"[政办发字函令党委府规改财税建教社民农环林水交卫文编综安监公通干任批议报请知电司资保管局]$")


@rule(
    id="words.document-number",
    severity=Severity.NOTE,
    title="发文字号书写不规范",
    why="GB/T 9704-2012 第7.2.5条：年份四位，加六角括号，序号不编虚位、不加“第”字，末尾加“号”。",
    concern=Concern.STRUCTURE,
)
def document_number(context: ProofContext) -> Iterator[Outcome]:
    """A document number with other brackets, 第, leading zeros, a short year or without 号. A missing 号 and a short year
    are doubts; the rest is style and said once a document.

    Wrong:
        依据崤政办〔2025〕12《关于促进就业的通知》的要求执行。
    Right:
        依据崤政办〔2025〕12号《关于促进就业的通知》的要求执行。
    """
    style: list[Place] = []
    for place in lines_of(context, is_printed=True).search(_NUMBER):
        if not _AGENCY.search(place.before(3).rstrip()):
            continue
        if not place.match["hao"] and not (place.after(1) in "、，,和至-—" and place.after(1)):
            yield _misprinted(place, Message("发文字号缺“号”字"), Message("在序号后补“号”"))
        elif len(place.match["year"]) != 4:
            yield _misprinted(place, Message("发文字号的年份不是四位"), Message("年份写全称，如〔2025〕"))
        elif place.match["open"] + place.match["close"] != "〔〕" or place.match["ordinal"] or place.match["serial"][0] in "0０":
            style.append(place)
    yield from once_a_document(
        context,
        document_number,
        iter(style),
        Message("有{count}个发文字号写法不合国家标准（“{words}”）"),
        Message("写成“机关代字〔年份〕序号号”，不加“第”，不编虚位"),
    )


def _misprinted(place: Place, message: Message, advice: Message) -> Outcome:
    printed = place.match.group()
    return report(
        document_number, place.line, place.span, message=message, advice=advice, declared=printed, severity=Severity.WARNING
    )


_NESTED = regex(r"《[^《》\n]{2,40}《[^《》\n]{2,40}》[^《》\n]{0,20}》")


@rule(
    id="words.title-in-title",
    severity=Severity.NOTE,
    title="书名号里又用双书名号",
    why="GB/T 15834-2011 第4.15.3.6条：书名号里还需用书名号时，外面用双书名号，里面用单书名号。",
    concern=Concern.WORDS,
)
def title_in_title(context: ProofContext) -> Iterator[Outcome]:
    """A title in 《》 inside another in 《》; said once a document.

    Wrong:
        按照《关于印发《集中供热管理办法》的通知》执行。
    Right:
        按照《关于印发〈集中供热管理办法〉的通知》执行。
    """
    yield from once_a_document(
        context,
        title_in_title,
        lines_of(context).search(_NESTED),
        Message("有{count}处书名号里又用了双书名号"),
        Message("里层改用单书名号〈〉"),
    )


RULES = (impossible_date, document_number, title_in_title)
