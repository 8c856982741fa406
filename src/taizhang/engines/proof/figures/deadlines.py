"""Deadlines: past already when the document is issued, or set twice for the same act with different days."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from taizhang.engines.proof.context import Hit, Passage, ProofContext
from taizhang.engines.proof.figures.labels import bigrams
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, Rule, rule
from taizhang.kernel.message import Message
from taizhang.kernel.numerals import chinese_integer
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_MONTH = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_DEADLINE = regex(
    rf"(?:(?P<year>(?:19|20)[0-9]{{2}})年|(?P<when>次年|翌年|明年|每年|当年|上年|去年|今年|本年))?(?<![0-9第])(?P<month>{_MONTH})月(?:份)?"
    r"(?:(?P<day>[0-3]?[0-9])[日号]|(?P<part>底|末|上旬|中旬|下旬|初))?(?P<before>之前|以前|前)"
)
_STANDING = frozenset(["办法", "条例", "规定", "细则", "规则", "规程", "制度", "章程", "准则", "预案", "法"])
_NARRATIVE = frozenset(("报告", "公报", "总结", "简报"))
_DONE = regex(r"已|曾|完成了|于上|去年|上年|以来|登记|出生|购买|注册|入学|参保|成立|取得|存量|发生|形成|建成的|投产的|签订")
_RECURRING = regex(r"每年|每季|每月|次年|翌年|逐年|年度内|下一年|明年|来年|第二年")


@rule(
    id="deadline.before-document",
    severity=Severity.WARNING,
    title="期限早于文件日期",
    why="文件印发时期限已经过了，承办单位无从按期完成",
    concern=Concern.WHEN,
)
def before_document(context: ProofContext) -> Iterator[Outcome]:
    """A deadline that had passed when the document was issued. Standing rules that set days of every year are left alone.

    Wrong:
        崤陵市人民政府关于做好校园安全工作的通知

        各县(市、区)人民政府:

        请于2月底前完成全市中小学防冲撞设施安装。

        崤陵市人民政府

        2025年3月10日
    Right:
        崤陵市人民政府关于做好校园安全工作的通知

        各县(市、区)人民政府:

        请于4月底前完成全市中小学防冲撞设施安装。

        崤陵市人民政府

        2025年3月10日
    """
    for hit in context.search(_DEADLINE, "月", "前"):
        issued = context.date_of(hit.passage.document)
        kind = context.outermost(hit.passage.document).kind or ""
        own_kind = hit.passage.document.kind or ""
        if (
            issued is None
            or own_kind in _STANDING | _NARRATIVE
            or (kind in _STANDING and own_kind != "通知")
            or _is_standing(hit)
        ):
            continue
        day = _last_day(hit, issued)
        if day is None or day >= issued:
            continue
        facts = {"deadline": hit[0] or "", "day": day.isoformat(), "issued": issued.isoformat()}
        yield context.finding(
            before_document,
            _with_act(hit),
            message=Message("期限“{deadline}”早于文件日期{issued}", facts),
            advice=Message("核对期限；确已办完的，改写为已完成，或者注明年份"),
            declared=facts["deadline"],
            computed=f"≥{facts['issued']}",
            passage=hit.passage,
        )


def _is_standing(hit: Hit) -> bool:
    """True where the words speak of every year, of the past, or of who is concerned rather than of what is to be done."""
    if hit["when"] in ("次年", "翌年", "明年", "每年", "上年", "去年"):
        return True
    text = hit.passage.text
    clause_start = max(text.rfind(mark, 0, hit.start()) for mark in "。；！\n")
    clause = text[clause_start + 1 : hit.start()]
    after = re.split(r"[。；！]", text[hit.end() : hit.end() + 40])[0]
    return bool(_RECURRING.search(clause) or _DONE.search(clause[-16:] + "…" + after[:14]) or re.match(r"的", after))


def _last_day(hit: Hit, issued: date) -> date | None:
    """The last day of the deadline; without a year, in that of the document. A year before last is history, not a deadline."""
    year = int(hit["year"]) if hit["year"] else issued.year
    if year < issued.year - 1 or (hit["year"] and year < issued.year and not _is_close(hit)):
        return None
    printed = hit["month"] or ""
    month = int(printed) if printed.isdigit() else chinese_integer(printed)
    if month is None or not 1 <= month <= 12:
        return None
    if hit["day"]:
        try:
            return date(year, month, int(hit["day"]))
        except ValueError:
            return None
    if hit["part"] in ("上旬", "中旬", "初"):
        return date(year, month, 20 if hit["part"] == "中旬" else 10)
    if not hit["part"]:
        return date(year, month, 1)
    return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


_TO_DO = regex(r"完成|建成|报送|印发|拨付|提交|上报|制定|出台|办结|落实|实现|达到|开展|公布|发布")


def _is_close(hit: Hit) -> bool:
    """True where a deadline of the year before has a duty right after it: a year misprinted rather than a fact told."""
    after = re.split(r"[，。；、]", hit.passage.text[hit.end() : hit.end() + 40])[0]
    if re.search(r"的[\u4e00-\u9fa5]{2,}\Z", after):
        return False
    return bool(_TO_DO.match(hit.passage.text[hit.end() : hit.end() + 12].lstrip("，由市各要应")))


def _with_act(hit: Hit) -> Span:
    """The deadline with the first words of what is due."""
    text = hit.passage.text
    end = min(len(text), hit.end() + 12)
    return hit.passage.span(hit.start(), end)


@dataclass(frozen=True, slots=True)
class _Limit:
    passage: Passage
    value: str
    trigger: str
    act: str
    span: Span

    @property
    def days(self) -> str:
        return self.value.replace("个", "")


_WITHIN = regex(r"(?P<value>[0-9]{1,3}个?(?:工作日|自然日|日|天|小时|月))以?内，?(?P<act>[^，。；：（）\n]{2,24})")
_TRIGGER = regex(r"(?P<trigger>[^，。；、：（）\n]{2,24}?)(?:之日)?(?:起|后)的?\Z")
_LOOK_BACK = 50
_FILLER = regex(r"有关单位|应当|自|在|的|应|须|将|由|向|并|予以|进行|一次性|书面|及时|其|该")


@rule(
    id="deadline.two-limits",
    severity=Severity.ERROR,
    title="同一件事两个时限",
    why="前后两处时限不同，承办单位按哪一个办都可能被判超期",
    concern=Concern.WHEN,
)
def two_limits(context: ProofContext) -> Iterator[Outcome]:
    """The same act after the same event with different time limits in one document.

    Wrong:
        第十条 通报指出的问题，有关单位应当在通报印发后10个工作日内报送整改结果。

        第二十条 季度通报指出的问题，自通报印发之日起15个工作日内报送整改结果。
    Right:
        第十条 通报指出的问题，有关单位应当在通报印发后10个工作日内报送整改结果。

        第二十条 申请人自收到决定之日起15个工作日内报送整改结果。
    """
    for document in context.documents:
        by_ending: dict[str, list[_Limit]] = {}
        for hit in context.search_in(_WITHIN, document, "内"):
            one = _limit(hit)
            if one is None:
                continue
            before = by_ending.setdefault(one.act[-2:], [])
            for other in before[-_LOOK_BACK:]:
                if one.days != other.days and _alike(one.act, other.act) and _alike(one.trigger, other.trigger):
                    yield _two(context, one, other)
            before.append(one)


def _limit(hit: Hit) -> _Limit | None:
    """The time limit a hit sets after an event; None where it names no event."""
    text, at = hit.passage.text, hit.start("value")
    trigger = _TRIGGER.search(text[max(0, at - 30) : at])
    if trigger is None:
        return None
    start = max(at - len(trigger[0]), at - 20)
    return _Limit(
        hit.passage,
        hit["value"] or "",
        _FILLER.sub("", trigger["trigger"])[-6:],
        _FILLER.sub("", hit["act"] or ""),
        hit.passage.span(start, min(hit.end(), hit.end("value") + 12)),
    )


def _alike(one: str, other: str) -> bool:
    """True if the shorter of the two is nearly all in the longer."""
    short, long = sorted((bigrams(one), bigrams(other)), key=len)
    return len(short) >= 2 and len(short & long) * 5 >= len(long) * 4


def _two(context: ProofContext, one: _Limit, other: _Limit) -> Outcome:
    facts = {"one": one.value, "other": other.value, "act": one.act[:12]}
    return context.finding(
        two_limits,
        one.span,
        other.span,
        message=Message("“{act}”此处限{one}，前文限{other}", facts),
        advice=Message("两处统一为一个时限"),
        declared=one.value,
        computed=other.value,
        passage=one.passage,
    )


_YEARLY_DAY = regex(
    rf"(?P<when>次年|翌年|每年|当年)(?P<month>{_MONTH})月(?:(?P<day>[0-3]?[0-9])[日号]|(?P<part>底|末))(?P<before>之前|以前|前)"
)
_MARK = regex(r"[，、；：（）“”《》]")
_ACT = regex(r"公布|公开|印发|报送|拨付|完成|提交|发放|清算|上报|通报|发布|备案|核定|下达")


@dataclass(frozen=True, slots=True)
class _Due:
    passage: Passage
    printed: str
    acts: frozenset[str]
    sentence: str
    span: Span

    @property
    def keys(self) -> Iterator[tuple[str, str]]:
        """Each act with each four characters of the sentence that are not punctuation: what two dues of one thing share."""
        for act in sorted(self.acts):
            for i in range(len(self.sentence) - 3):
                words = self.sentence[i : i + 4]
                if not _MARK.search(words) and act not in words:
                    yield act, words


@rule(
    id="deadline.two-days",
    severity=Severity.ERROR,
    title="同一件事两个期限",
    why="前后两处期限不同，承办单位和公众都不知道该以哪一个为准",
    concern=Concern.WHEN,
)
def two_days(context: ProofContext) -> Iterator[Outcome]:
    """The same act due by two different days of the year in one document.

    Wrong:
        第十一条 领导小组审定评价结果，次年3月底前向社会公布。

        第十八条 办公室应当于次年4月底前在门户网站公布评价结果。
    Right:
        第十一条 领导小组审定评价结果，次年3月底前向社会公布。

        第十八条 办公室应当于次年4月底前报送工作总结。
    """
    for document in context.documents:
        seen: dict[tuple[str, str], _Due] = {}
        for hit in context.search_in(_YEARLY_DAY, document, "月", "前"):
            one = _due(hit)
            told = False
            for key in one.keys:
                other = seen.setdefault(key, one)
                if other.printed != one.printed and not told:
                    told = True
                    yield _two_days(context, one, other)


def _due(hit: Hit) -> _Due:
    text = hit.passage.text
    start = max(text.rfind(mark, 0, hit.start()) for mark in "。；！") + 1
    end = min((p for mark in "。；！" if (p := text.find(mark, hit.end())) >= 0), default=len(text))
    after = re.split(r"，", text[hit.end() : end])[0]
    printed = hit[0] or ""
    span_end = min(end, hit.end() + 20)
    return _Due(
        hit.passage,
        printed.replace("末", "底").replace("之前", "前").replace("以前", "前"),
        frozenset(_ACT.findall(after)),
        text[start : hit.start()] + text[hit.end() : end],
        hit.passage.span(hit.start(), span_end),
    )


def _two_days(context: ProofContext, one: _Due, other: _Due) -> Outcome:
    facts = {"one": one.printed, "other": other.printed, "act": "、".join(sorted(one.acts & other.acts))}
    return context.finding(
        two_days,
        one.span,
        other.span,
        message=Message("{act}的期限此处为{one}，前文为{other}", facts),
        advice=Message("两处统一为一个期限"),
        declared=facts["one"],
        computed=facts["other"],
        passage=one.passage,
    )


RULES: tuple[Rule, ...] = (before_document, two_limits, two_days)
