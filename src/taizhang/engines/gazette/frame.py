"""The frame of an official document, line by line: number, date, addressees, signature, captions, annex labels, titles.

Legal source: 《党政机关公文处理工作条例》第九条 (elements of a document), GB/T 9704-2012 chapter 7. Every function looks at one
line or block of text and is total.
"""

import re
from datetime import date

from taizhang.engines.gazette.model import DocumentNumber
from taizhang.kernel.dates import DATE_PATTERN, first_day_in
from taizhang.kernel.numerals import chinese_integer
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_HAN = "\u4e00-\u9fff"
_SERIAL = r"(?:第\s*)?(?P<serial>\d(?:\s?\d){0,4})\s*号"
_ORDER_SERIAL = r"第\s*(?P<serial>\d(?:\s?\d){0,4}|[一二三四五六七八九十百〇零]{1,7})\s*号"
_NUMBER = regex(
    rf"[(（]?\s*(?:(?:发文字号|文\s*号)\s*[:：]\s*)?(?P<code>[{_HAN}](?:\s?[{_HAN}]){{1,14}})\s*"
    rf"[〔\[［【(（﹝{{]\s*(?P<year>(?:19|20)\d\d)\s*[〕\]］】)）﹞}}]\s*{_SERIAL}\s*[)）]?(?:\s+签发人\s*[:：].{{1,20}})?\Z"
)
_ORDER = regex(
    rf"[(（]?(?P<code>[{_HAN}\s]{{2,30}}(?:令|公告|命令|通告))\s*(?:(?P<year>(?:19|20)\d\d)\s*年\s*)?{_ORDER_SERIAL}[)）]?\Z"
)
_BARE_ORDER = regex(rf"[(（]?\s*(?:(?P<year>(?:19|20)\d\d)\s*年\s*)?{_ORDER_SERIAL}\s*[)）]?\Z")
_ORDER_WITHIN = regex(rf"(?P<code>(?:中华人民共和国)?[{_HAN}]{{2,12}}?令)\s*{_ORDER_SERIAL}")
_DATE_LINE = regex(rf"[(（]?\s*{DATE_PATTERN}\s*[)）]?\Z")
_SIGNED_DATE = regex(rf"(?P<body>[{_HAN}（）()、\s]{{3,40}}?)\s*(?P<date>{DATE_PATTERN})\Z")
_BODY_TAIL = (
    "政府办公室|政府办公厅|人民政府|国务院|办公室|办公厅|委员会|管委会|政协|法院|检察院|总局|总署|银行|领导小组|指挥部|联席会议|"
    "人大常委会|常务委员会|县委|市委|省委|区委|党委|部|局|厅|委|办|院|署|会|社|公司|中心|总队|支队|集团|学校|大学|联合会|处|室|所|站"
)
_BODY = regex(rf"(?:[{_HAN}·“”（）()]{{1,28}}?(?:{_BODY_TAIL})|国务院)\Z")
_ADDRESSEE = regex(
    r"(?:政府|委员会|部门|单位|机构|局|厅|办|公司|院|省|市|县|区|镇|乡|委|部|会|社|企业|银行|学校|管委会|处|中心)[)）]?[:：]\Z"
)
_SALUTATION = regex(rf"(?:尊敬的|各位|同志们|女士们|先生们|朋友们)[{_HAN}、，,\s]{{0,40}}[:：！!]?\Z|同志们[:：，,]")
_ANNEX = regex(
    r"附\s*(?:件|表|录|图)?\s*(?P<n>[\d０-９一二三四五六七八九十]{0,3})(?:\s*[-－—]\s*\d{1,2})?\s*(?P<colon>[:：]?)\s*(?P<rest>.*)\Z"
)
_BOX = regex(rf"专\s*栏\s*(?P<n>[\d０-９{'一二三四五六七八九十'}]{{1,3}})\s*[:：]?\s*(?P<rest>[^。；]{{0,50}})\Z")
_TABLE_CAPTION = regex(
    r"[附]?表\s*(?P<n>[\d０-９一二三四五六七八九十]{0,3}(?:\s*[-－.]\s*\d{1,2})?)\s*[:：]?\s+?[^。；]{0,50}\Z|表\s*\d{1,2}(?:[-－.]\d{1,2})?[^。；]{0,40}\Z"
)
_KINDS = (
    "通知|通报|公告|通告|公报|决定|决议|命令|令|实施意见|意见|实施办法|管理办法|办法|规定|实施细则|细则|规则|条例|规划纲要|规划|纲要|行动计划|计划|"
    "实施方案|工作方案|方案|应急预案|预案|请示|工作报告|报告|批复|函|会议纪要|纪要|讲话|致辞|目标|标准|名单|章程|制度|措施|清单|目录|要点|"
    "指南|规程|规范|准则|守则|大纲|通则|公约|一览表|明细表|分工表|计划表|任务表|统计表|登记表|申请表|表|说明|解读|答复|倡议书|议案|分工|指标|任务|法|解释|政策"
)
_KIND = regex(rf"(?P<kind>{_KINDS})\s*(?:[(（〔][^)）〕]{{1,24}}[)）〕])*\s*[》”]?\Z")
_NO_TITLE = regex(r"[。；;！？，]|[:：]\Z")
_HAN_IN = regex(rf"[{_HAN}]")
_ENTITY = regex(r"&[a-z]{2,6};")
_GAP = regex(r"[ \u3000\t]+")
_INNER_MARK = regex(r"[，。；：,;:？！]")
_TERMINAL = regex(r"[。！？!?；;:：…][”’」』）)】》\"']?\Z|[。！？；][*\s]*\Z")
_POINTS_AT_END = regex(r"[(（]\s*\d{1,4}(?:\.\d+)?\s*分\s*[)）][；;。]?\Z")
_CAPTION_NOTE = regex(r"[(（].{1,60}[)）]\Z")
_STAMP = regex(
    r"[(（【\[]?\s*(?:此件.{0,14}|公开方式.{0,12}|信息公开.{0,14}|主动公开|依申请公开)[)）】\]]?\Z|(?:抄送|抄报|主送|印发)[:：].*"
)


def squeezed(text: str) -> str:
    """`text` without any white space."""
    return "".join(text.split())


def document_number(text: str, start: int) -> DocumentNumber | None:
    """The 文号 a whole line prints, None if the line is anything else; `start` is the line's source offset.

    >>> str(document_number("三政〔2017〕29 号", 0)), str(document_number("某政办函[2013]89号", 0))
    ('三政〔2017〕29号', '某政办函〔2013〕89号')
    >>> str(document_number("某部公告2019年第66号", 0)), str(document_number("某市人民政府令 第 12 号", 0))
    ('某部公告2019年第66号', '某市人民政府令第12号')
    """
    if not text.rstrip("号)） ").endswith(tuple("0123456789一二三四五六七八九十百")) and "签发人" not in text:
        return None
    span = Span(start, start + len(text))
    match = _NUMBER.match(text)
    if match:
        return DocumentNumber(text, squeezed(match["code"]), int(match["year"]), int(squeezed(match["serial"])), span)
    match = _ORDER.match(text)
    if match:
        year = int(match["year"]) if match["year"] else None
        return DocumentNumber(text, squeezed(match["code"]), year, _serial(match), span, year is not None)
    return None


def _serial(match: re.Match[str]) -> int:
    printed = squeezed(match["serial"])
    return int(printed) if printed.isdigit() else chinese_integer(printed) or 0


def order_within(text: str, start: int) -> DocumentNumber | None:
    """The order a note of promulgation names (2007年4月5日某国务院令第492号公布); `start` is the note's source offset.

    >>> str(order_within("2007年4月5日国务院令第492号公布", 0))
    '国务院令第492号'
    """
    match = _ORDER_WITHIN.search(re.sub(r"\A.*?日\s*", lambda m: " " * len(m.group()), text))
    if match is None:
        return None
    span = Span(start + match.start(), start + match.end())
    return DocumentNumber(match.group(), squeezed(match["code"]), None, _serial(match), span)


def bare_order_number(text: str, issuer: str, start: int) -> DocumentNumber | None:
    """A line 第12号 under the name of an order or announcement (`issuer`: 某市人民政府令)."""
    match = _BARE_ORDER.match(text)
    if not match or not issuer.endswith(("令", "公告", "通告")):
        return None
    year = int(match["year"]) if match["year"] else None
    return DocumentNumber(text, issuer, year, _serial(match), Span(start, start + len(text)), year is not None)


def date_line(text: str) -> date | None:
    """The day, if the whole line is a date."""
    if "日" not in text or len(text) > 40 or not _DATE_LINE.match(text):
        return None
    return first_day_in(text)


def signed_date(text: str) -> tuple[str, date] | None:
    """Body and day of a line that carries both (某某市人民政府  2017年6月20日)."""
    if "日" not in text or len(text) > 70:
        return None
    match = _SIGNED_DATE.match(text)
    day = first_day_in(match["date"]) if match else None
    return (match["body"].strip(), day) if match and day and is_body(match["body"]) else None


def bodies_of_signature(text: str) -> tuple[str, ...]:
    """Bodies of a signature line, several where wide gaps part them; () if the line is no signature."""
    if len(text) > 120 or _INNER_MARK.search(_ENTITY.sub(" ", text)):
        return ()
    text = _ENTITY.sub(" ", text).strip()
    parts = [p for p in _GAP.split(text) if p]
    if all(is_body(p) for p in parts):
        return tuple(parts)
    whole = squeezed(text)
    return (whole,) if len(whole) <= 30 and is_body(whole) else ()


def is_body(text: str) -> bool:
    """True if `text` by itself could be the name of a body."""
    return bool(_BODY.match(squeezed(text)))


def without_points(text: str) -> str:
    """`text` without points printed in brackets at its end: 县水务局（100分） → 县水务局."""
    return _POINTS_AT_END.sub("", text)


def ends_in_points(text: str) -> bool:
    """True if `text` ends in points in brackets, with or without a closing mark."""
    return bool(_POINTS_AT_END.search(text))


def is_addressee(text: str) -> bool:
    """True if a whole block addresses bodies (主送机关)."""
    return len(text) <= 400 and bool(_ADDRESSEE.search(text)) and not re.search(r"[。；;！？《]|如下|包括|通知", text)


def is_salutation(text: str) -> bool:
    """True for 同志们: and its like."""
    return len(text) <= 60 and bool(_SALUTATION.match(text)) and (text[-1] in ":：！!" or len(text) < 12)


def is_stamp(text: str) -> bool:
    """True for notes after the signature: (此件公开发布), 抄送."""
    return len(text) <= 120 and bool(_STAMP.match(text))


def annex_label(text: str) -> tuple[str, str, bool] | None:
    """(number, rest, has colon) of a line that opens with 附件, 附表 or 附; None for others and for running text."""
    if text[:1] != "附" or len(text) > 120:
        return None
    match = _ANNEX.match(text)
    if not match or _TERMINAL.search(text.rstrip(":：")) or re.match(r"附\s*(?:则|近|属|加|带|着|上|送|后|注)", text):
        return None
    rest = match["rest"]
    bare = re.match(r"附\s*[:：]?\s*\Z|附\s*[:：]", text) or re.match(r"附\s*[件表录图]", text)
    if not bare or (rest and not match["colon"] and not match["n"]) or re.match(r"[)）、，,和及与中所的]", rest):
        return None
    return match["n"], rest, bool(match["colon"])


def box_caption(text: str) -> tuple[str, str] | None:
    """(number, title) of a 专栏 caption."""
    match = _BOX.match(text) if text[:1] == "专" else None
    return (match["n"], match["rest"]) if match else None


def is_caption(text: str) -> bool:
    """True for 表1 …, the caption of a table."""
    return len(text) <= 60 and text[:1] in "附表" and bool(_TABLE_CAPTION.match(text))


def is_bracketed(text: str) -> bool:
    """True for a line wholly in brackets: (根据录音整理), (适用市直各单位)."""
    return bool(_CAPTION_NOTE.match(text))


def ends_sentence(text: str) -> bool:
    """True if the text ends in closing punctuation."""
    return bool(_TERMINAL.search(text))


def kind_of_title(title: str) -> str | None:
    """The kind a title ends with (通知, 办法, 规划 …), in its short form; None if it names none.

    >>> kind_of_title("某市政务公开工作考核办法(试行)"), kind_of_title("关于深入推进某事的实施意见"), kind_of_title("目 录")
    ('办法', '意见', '目录')
    """
    match = _KIND.search(squeezed(title))
    if not match:
        return None
    kind = match["kind"]
    for short in ("意见", "办法", "细则", "方案", "预案", "计划", "报告", "纪要", "纲要", "令"):
        if kind.endswith(short):
            return short
    return kind


def is_title_like(text: str) -> bool:
    """True if a block could be (part of) a title: short, no sentence punctuation, not a date."""
    return (
        len(text) <= 90
        and not _NO_TITLE.search(text)
        and text.count(",") == 0
        and date_line(text) is None
        and bool(_HAN_IN.search(text))
    )


def issuers_of_title(title: str) -> tuple[str, ...]:
    """Bodies that stand before 关于 or a verb of issuing in a title as printed (with its gaps)."""
    head = re.split(r"关于|印发|转发|批转", title, maxsplit=1)
    if len(head) < 2 or not head[0].strip():
        return ()
    parts = [p for p in re.split(r"[ \u3000\t\n]+", head[0].strip()) if p]
    if parts and all(is_body(p) for p in parts):
        return tuple(parts)
    whole = squeezed(head[0])
    return (whole,) if is_body(whole) else ()


def labelled_value(text: str, following: str, labels: tuple[str, ...]) -> str | None:
    """Value of a line of a web page's information box (发文字号：…), or the line under a bare label; None for other lines."""
    label, colon, value = squeezed(text).replace(":", "：", 1).partition("：")
    if not colon or label not in labels:
        return None
    return value or squeezed(following)
