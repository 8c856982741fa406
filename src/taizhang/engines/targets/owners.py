"""Whose sheet a heading opens: the body it names, and whether that is a city, an area or a unit.

Decided from the heading's form and from the headings above it; no body, place or city is known by name.
"""

import re
from collections.abc import Sequence

from taizhang.engines.registry.names import clean, is_area_name, is_body_name
from taizhang.engines.targets.points import heading_of
from taizhang.kernel.patterns import regex

_TARGETS = (
    r"(?:责任目标|目标任务|目标责任(?:书|状)?|工作目标|发展目标|主要目标|年度目标|目标"
    r"|任务书|责任书|责任状|考核指标|主要指标|指标|任务)"
)
_TARGET_WORDS = regex(r"目标|责任书|责任状|任务|指标|考核")
_NOT_SHEETS = regex(r"分解|分工|职责|体系|办法|细则|方案|意见|规划|计划|完成情况|汇总|评分")
_SUFFIX = regex(
    rf"(?:(?:19|20)[0-9]{{2}}年?度?)?(?:年度)?(?:国民)?(?:经济)?(?:[和与及、]?社会发展)?(?:业务)?(?:重点)?(?:工作)?{_TARGETS}"
    r"(?:[（(][^（）()]*[)）])?\Z"
)
_YEARS = regex(r"(?:19|20)[0-9]{2}年?度?")
_COUNTED = regex(r"[（(][^（）()]*[0-9]\s*项[^（）()]*[）)]\Z")
_TRAILING_BRACKET = regex(r"（[^（）]*）\Z")
_NOT_IN_A_NAME = regex(r"[，。；：！？,;:!?0-9%“”《》]")
_VERB = regex(
    r"(?:建设|建立|打造|推进|推动|加快|加强|加大|创建|发展|完善|优化|提升|提高|支持|实施|构建|深化|促进|聚焦|统筹|做好|做强|做优|落实|强化|培育|开展|健全"
    r"|扩大|抓好|坚持|全面|全力|着力|努力|持续|积极|认真|规范|改善|保障|确保|巩固|壮大|引导|鼓励|严格|突出|围绕|组织|开发|依托|整合|争创|争取|办好|严控|压实|明确|成立|设立|纳入|涉及|按照|根据)"
)
_AREAS = regex(r"县\s*[（(]\s*市|县区|县市|各县|各区|区县|市区|旗县|乡镇|镇街|镇[（(]|街道|开发区|集聚区|功能区|示范区|各地|各市")
_UNITS = regex(r"部门|单位|机关|委局|局委|委办局|企业|公司|金融机构|银行|院校|高校|医院")
_PLACE = regex(r"(?P<place>[\u4e00-\u9fff]{1,8}?(?:自治区|自治州|自治县|自治旗|地区|[省市县区州盟旗镇乡]))(?![级直区长属内场政])")
_NOT_A_PLACE = regex(r"[的和与及府局委各全本我]|部门|单位")
_WHOLE = regex(r"(?:全[省市县区州盟旗镇乡]|[\u4e00-\u9fff]{1,7}[省市县州盟旗区]).{0,24}(?:目标|指标)")
_TITLE = regex(r"(?:目标|目标任务|指标|任务书|责任书|责任状)(?:[（(][^（）()]*[)）])?\Z")


def body_of_heading(text: str) -> str | None:
    """The body a heading names, as printed without white space; None if it names none.

    Points, colon and a closing 责任目标 are left out.

    >>> body_of_heading("市财政局(800分)"), body_of_heading("桃林市2025年责任目标："), body_of_heading("加快建设开发区")
    ('市财政局', '桃林市', None)
    """
    name = name_of_heading(text)
    return name if names_owner(name) else None


def name_of_heading(text: str) -> str:
    """A heading without white space, points, counts, colon and the closing words that say it heads targets."""
    name = _COUNTED.sub("", heading_of("".join(text.split())).name)
    shorter = _SUFFIX.sub("", name)
    return shorter or name


def names_owner(name: str) -> bool:
    """True if every part of a printed name reads like a body or an area."""
    if not 2 <= len(name) <= 40 or _NOT_IN_A_NAME.search(name) or _VERB.match(name):
        return False
    parts = [_TRAILING_BRACKET.sub("", clean(part)) for part in re.split(r"[、/／]", name)]
    return all(is_body_name(part) for part in parts)


def kind_of_owner(name: str, headings: Sequence[str]) -> str:
    """`area` or `unit`: by the innermost heading above that speaks of only one of them, else by the form of the name."""
    for heading in reversed(headings):
        has_areas, has_units = bool(_AREAS.search(heading)), bool(_UNITS.search(heading))
        if has_areas != has_units:
            return "area" if has_areas else "unit"
    return "area" if is_area_name(_TRAILING_BRACKET.sub("", clean(name))) else "unit"


def speaks_of_targets(headings: Sequence[str]) -> bool:
    """True if one of the headings or titles above speaks of targets, tasks or assessment."""
    return any(_TARGET_WORDS.search(heading) for heading in headings)


def heads_whole_place(text: str) -> bool:
    """True for 全市主要目标 and its like: a list of the whole city among the sheets of a document."""
    name = heading_of("".join(text.split())).name
    return bool(_WHOLE.fullmatch(_YEARS.sub("", name))) and not _AREAS.search(name) and not _UNITS.search(name)


def is_title_of_sheet(title: str) -> bool:
    """True if a document of this title may be one sheet as a whole."""
    squeezed = "".join(title.split())
    return bool(_TITLE.search(squeezed)) and not _NOT_SHEETS.search(squeezed)


def owner_of_title(title: str, place: str) -> tuple[str, str] | None:
    """Body and kind of a document that is one sheet: a unit's, or a place's; `place` is the issuing government's.

    >>> owner_of_title("2025年崤陵市经济社会发展目标", "崤陵市"), owner_of_title("市教育局2025年度责任目标", "崤陵市")
    (('崤陵市', 'city'), ('市教育局', 'unit'))
    >>> owner_of_title("2025年全市主要目标", "崤陵市"), owner_of_title("桃林市责任目标", "崤陵市"), owner_of_title("发展目标", "")
    (('崤陵市', 'city'), ('桃林市', 'area'), None)
    """
    name = _YEARS.sub("", "".join(title.split())).removeprefix("关于")
    body = _SUFFIX.sub("", name)
    if body and names_owner(body) and not is_area_name(body):
        return body, "unit"
    match = _PLACE.match(name)
    if match and not _NOT_A_PLACE.search(match["place"]):
        found = match["place"]
        return found, "city" if not place or place == found else "area"
    if place and (re.match(r"全[省市县区州盟旗镇乡]", name) or not body):
        return place, "city"
    return None
