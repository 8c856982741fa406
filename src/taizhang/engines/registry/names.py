"""The anatomy of a body's name: place, level, core and ending; which spellings are one name, and which abbreviates which.

It knows how Chinese official names are built and shortened. It knows no particular body or place.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from taizhang.engines.registry.model import BodyKind
from taizhang.kernel.patterns import regex

_BRACKETS = str.maketrans({"(": "（", ")": "）", "〈": "（", "〉": "）", "﹙": "（", "﹚": "）"})
_DROPPED = regex(r"[\s“”‘’\"'《》「」*]+")

# A level sign is one only before a name: 市场监管局, 市民中心 and 乡村振兴局 begin with none.
LEVEL_SIGN = (
    r"(?:自治区|国家|全国"
    r"|市(?![场内外里区域容值价级情属辖县郊直道话]|民(?![政族主建革进盟防航])|政(?![府协法务数策]))"
    r"|省(?![内外级属直会份际]|域)|县(?![内外里域级乡属直区际市]|城(?![管建乡市投执规]))|区(?![内外域划块间级属直位])|州(?![内外级属直省市区县])|盟(?!员)|旗(?![下帜])"
    r"|镇(?![内域区级市])|乡(?![村镇级土愁]))"
)
_PLACE = regex(
    r"(?:[\u4e00-\u9fff]{2,10}?(?:自治区|自治州|自治县|自治旗)|(?![省市县区])[\u4e00-\u9fff]{1,5}?(?<![城全本各我该社小地山景厂灾校园片辖林牧库矿集度级])"
    + LEVEL_SIGN.replace("自治区|国家|全国|", "")
    + r")(?=[\u4e00-\u9fff]{2})"
)
_NOT_PLACE = regex(r"[局行社厅部院司处]|^(?:中[国央共铁]|[全国各本])|公司|中心|管理")
_LEVEL = regex(LEVEL_SIGN + r"(?=[\u4e00-\u9fff])")

_ENDING_CLASSES = (
    ("管理委员会", "管委"),
    ("管委会", "管委"),
    ("委员会", "委"),
    ("办公室", "办"),
    ("领导小组", "组"),
    ("工作专班", "组"),
    ("联合会", "联"),
    ("股份有限公司", "公司"),
    ("有限责任公司", "公司"),
    ("有限公司", "公司"),
    ("总公司", "公司"),
    ("集团公司", "公司"),
    ("联合总社", "社"),
    ("联合社", "社"),
    ("合作社", "社"),
    ("总社", "社"),
    ("中心支行", "支行"),
)
_ENDINGS = (
    "管委会|委员会|办公室|领导小组|工作专班|指挥部|联席会议|联合会|联合社|合作社|总社|分公司|支公司|子公司|公司|集团|中心|银行|分行|支行|法院|检察院|医院|学院|大学|学校|党校|"
    "武装部|组织部|宣传部|统战部|军分区|人民政府|政府|总局|总队|支队|大队|总工会|工会|残联|妇联|文联|科协|侨联|工商联|社科联|供销社|联社|报社|电视台|联络处|办事处|管理处|"
    "人大|政协|示范区|开发区|高新区|新区|集聚区|度假区|园区|保税区|试验区|矿区|街道|部门|单位|机构|企业|协会|学会|商会|基金会|委|办|(?<![布格结开全定时])局|厅|(?<!部)署|(?<![全内外上下中大])部|社|联|站|所|处|队|台|馆|院|校|会|区|县|市|镇|乡|州|盟|旗|司|(?<![执进实举可推发运流现通])行|科|室"
)
_REACH = 6  # characters of the longest ending with the one before it
ENDING = regex(rf"(?:{_ENDINGS})\Z")
_AREA_ENDING = regex(r"(?:自治州|自治县|自治旗|(?<![专社小山地])区|[市县镇乡州盟旗]|街道)\Z")
_ZONE_ENDING = regex(r"(?:示范区|开发区|高新区|新区|集聚区|度假区|园区|保税区|试验区|风景区|功能区)(?:管理?委员?会)?\Z")
_COMPANY = regex(r"(?:公司|集团|银行|支行|分行|信用社|联社|[农工建交]行|营业部)")
_FILLER = regex(r"(?<=[\u4e00-\u9fff])[和与及暨](?=[\u4e00-\u9fff])|事务(?=[局委办厅])|工作(?=[办委])")


class NameParts(NamedTuple):
    """崤陵市财政局 → place 崤陵市, level 市, core 财政局; 市财政局 → place "", level 市; 财政局 → level ""."""

    place: str
    level: str
    core: str


def clean(text: str) -> str:
    """The name without white space, quotation and book marks; brackets full-width.

    >>> clean("“市 委(市政府)办公室”")
    '市委（市政府）办公室'
    """
    return _DROPPED.sub("", text).translate(_BRACKETS).strip("、，。；：,;:.·")


@lru_cache(maxsize=8192)
def parse_name(name: str) -> NameParts:
    """Split a cleaned name. A place is split off only where it reads like one and leaves a name behind.

    >>> parse_name("中州省崤陵市发展改革委"), parse_name("市市场监管局").core, parse_name("市场监管局").level
    (NameParts(place='崤陵市', level='市', core='发展改革委'), '市场监管局', '')
    >>> parse_name("中国人民银行崤陵市分行").place, parse_name("城市管理局").core
    ('', '城市管理局')
    """
    place = ""
    rest = name
    while match := _PLACE.match(rest):
        if _NOT_PLACE.search(match[0]) or not is_named(rest[match.end() :]):
            break
        place, rest = match[0], rest[match.end() :]
    if place:
        return NameParts(place, _level_of(place), rest)
    match = _LEVEL.match(rest)
    if match and len(rest) > match.end() and is_named(rest[match.end() :]):
        return NameParts("", match[0], rest[match.end() :])
    return NameParts("", "", rest)


def _level_of(place: str) -> str:
    return "自治区" if place.endswith("自治区") else place[-1]


def is_named(text: str) -> bool:
    """True if `text` ends the way names of bodies do (财政局, 残联, 农村商业银行)."""
    return len(text) > 1 and ENDING.search(text[-_REACH:]) is not None


@lru_cache(maxsize=8192)
def contracted(core: str) -> str:
    """The core in its set contraction: 委员会 → 委, 办公室 → 办, 和 and 事务 left out, 监督管理 → 监管.

    Equal contractions are one name.

    >>> [contracted(n) for n in ("发展和改革委员会", "住房和城乡建设局", "市场监督管理局", "残疾人联合会")]
    ['发展改革委', '住房城乡建设局', '市场监管局', '残疾人联']
    """
    text = core
    for ending, short in _ENDING_CLASSES:
        if text.endswith(ending) and len(text) > len(ending):
            text = text[: -len(ending)] + short
            break
    text = _FILLER.sub("", text).replace("监督管理", "监管").replace("科学技术", "科技").replace("人民政府", "政府")
    if _COMPANY.search(text):
        text = text.removeprefix("中国").replace("股份有限公司", "").replace("有限责任公司", "").replace("有限公司", "公司")
    return text


def stem_and_ending(core: str) -> tuple[str, str]:
    """A contracted core cut before its ending: ("财政", "局").

    >>> stem_and_ending("财政局"), stem_and_ending("农业银行崤陵分行")
    (('财政', '局'), ('农业银行崤陵', '分行'))
    """
    match = ENDING.search(core[-_REACH:])
    return (core[: -len(match[0])], match[0]) if match else (core, "")


_STRONG = regex(
    r"(?:委员会|管委会|(?<![布格结开全定时])局|委|办公室|办|(?<!大)厅|总署|银行|分行|支行|公司|集团|联合会|残联|妇联|文联|科协|工商联|总工会|供销社|领导小组|指挥部|联席会议"
    r"|法院|检察院|人民政府|管理处|联络处|办事处|组织部|宣传部|统战部|武装部)\Z"
)
_PHRASE = regex(
    r"推进|组建|建立|设置|推动|加强|完善|开展|成立|实施|建成|规定|行使|设立|抄送|报送|包括|会同|牵头|负责|加挂|更名|涉及|厅局|[市县省区](?:本级|和|两级|直)"
    r"|[各、，,。；;：:\d%]|有关|相关|相应|(?:部门|单位|机构|企业)\Z"
)


def is_body_name(name: str) -> bool:
    """True for what reads as the name of one body; not a class of bodies (各单位), a phrase with a verb, or a lone 平台.

    >>> [is_body_name(n) for n in ("市财政局", "财政部", "经济开发区", "受理场所", "建立投入格局", "市直有关部门")]
    [True, True, True, False, False, False]
    """
    if not is_named(name) or not 1 < len(name) <= 30 or _PHRASE.search(name):
        return False
    if _STRONG.search(name[-_REACH:]) or is_area_name(name):
        return True
    return (
        parse_name(name).level != "" or name.endswith(("中心", "总局", "大学", "医院")) or (name[-1] == "部" and len(name) <= 10)
    )


def similarity(a: str, b: str) -> float:
    """Twice the longest common subsequence over both lengths, 0 to 1; 1.0 for equal strings.

    >>> round(similarity("城管执法局", "城市管理综合执法局"), 3), similarity("财政局", "财政局")
    (0.714, 1.0)
    """
    if a == b:
        return 1.0
    row = [0] * (len(b) + 1)
    for x in a:
        previous = 0
        for j, y in enumerate(b, 1):
            kept = row[j]
            row[j] = previous + 1 if x == y else max(row[j], row[j - 1])
            previous = kept
    return 2 * row[-1] / (len(a) + len(b))


def in_order(short: str, full: str) -> bool:
    """True if the characters of `short` occur in `full` in that order."""
    rest = iter(full)
    return all(c in rest for c in short)


def abbreviates(short: str, full: str) -> bool:
    """Whether a contracted core may abbreviate another: same ending, same first character, characters in order.

    A company or bank keeps its own first word: 中国银行 doesn't abbreviate 中国农业银行.

    >>> abbreviates("城管执法局", "城市管理综合执法局"), abbreviates("残联", "残疾人联")
    (True, True)
    >>> abbreviates("银行崤陵分行", "农业银行崤陵分行"), abbreviates("政府办", "政府金融办")
    (False, False)
    """
    if len(short) >= len(full) or len(short) < 2 or short[0] != full[0] or not in_order(short, full):
        return False
    for lead in ("政府", "委"):
        if short.startswith(lead) and full.startswith(lead) and stem_and_ending(short)[0] == lead:
            return False
    stem, ending = stem_and_ending(short)
    if not full.endswith(ending[-1:] or short[-1]) or (ending and not full.endswith(ending) and len(stem) > 1):
        return False
    if len(stem) == 1 and ending not in ("办", "联", "委", "社", ""):
        return _COMPANY.search(full) is not None and in_order(short, full)
    return True


def abbreviates_loosely(short: str, full: str) -> bool:
    """As `abbreviates`, but the first word may be left out: 事管局 for 机关事务管理局. Stands only where nothing else fits."""
    stem, ending = stem_and_ending(short)
    if len(short) >= len(full) or len(stem) < 2 or not ending or not full.endswith(ending) or _COMPANY.search(full):
        return False
    return in_order(stem, full[: -len(ending)])


_KIND_ENDINGS: tuple[tuple[re.Pattern[str], BodyKind], ...] = (
    (regex(r"^(?:国家|全国|国务院|最高人民)"), BodyKind.NATIONAL),
    (regex(r"领导小组|指挥部|联席会议|工作专班|议事协调"), BodyKind.LEADING_GROUP),
    (regex(r"银监|保监|证监"), BodyKind.VERTICAL),
    (regex(r"保险|财险|寿险"), BodyKind.INSURER),
    (regex(r"银行|支行|信用社|信用联社|农商行|[农工建交]行|[农中工建].{0,2}行.{0,8}分行"), BodyKind.BANK),
    (regex(r"驻.*(?:处|办|办公室)\Z|联络处"), BodyKind.LIAISON_OFFICE),
    (regex(r"公司|集团|厂\Z"), BodyKind.COMPANY),
    (
        regex(r"^[市县区省]委(?!员)|纪委|监委|组织部|宣传部|统战部|政法委|直属机关工委|工委\Z|编办|台办|党校"),
        BodyKind.PARTY_BODY,
    ),
    (regex(r"人大|政协|常务委员会"), BodyKind.LEGISLATURE),
    (regex(r"法院|检察院"), BodyKind.JUDICIARY),
    (
        regex(
            r"残联|残疾人联合会|工会|妇联|妇女联合会|团[市县区省]委|共青团|文联|科协|侨联|工商联|社科联|红十字会|贸促会|供销|法学会"
        ),
        BodyKind.MASS_ORGANISATION,
    ),
    (
        regex(r"税务局|国税局|地税局|气象局|烟草(?:专卖)?局|海关|邮政管理局|盐业局|调查队|河务局|地震局|消防救援"),
        BodyKind.VERTICAL,
    ),
    (regex(r"政府\Z"), BodyKind.GOVERNMENT),
    (regex(r"\A(?![市县区省州]).*(?:总局|总署|署|[^队]部)\Z"), BodyKind.NATIONAL),
    (regex(r"中心\Z|医院|学院|大学|学校|馆\Z|[台站所院队]\Z"), BodyKind.INSTITUTION),
)


def kind_of_name(name: str) -> BodyKind:
    """The kind a name suggests, for bodies no pack describes.

    >>> [kind_of_name(n).value for n in ("市财政局", "农业银行崤陵分行", "桃林市", "经济开发区", "市残联", "省财政厅")]
    ['department', 'bank', 'area', 'development_zone', 'mass_organisation', 'provincial']
    """
    if _ZONE_ENDING.search(name):
        return BodyKind.DEVELOPMENT_ZONE
    if _AREA_ENDING.search(name):
        return BodyKind.AREA
    for pattern, kind in _KIND_ENDINGS:
        if pattern.search(name):
            return kind
    parts = parse_name(name)
    if parts.level in ("省", "自治区") or name.endswith("厅"):
        return BodyKind.PROVINCIAL
    if parts.level == "国家":
        return BodyKind.NATIONAL
    return BodyKind.DEPARTMENT if re.search(r"[局委办室会]\Z", name) else BodyKind.OTHER


def is_area_name(name: str) -> bool:
    """True for a county, district, city, town or zone named by itself (河滨区, 桃林市, 经济开发区)."""
    tail = name[-8:]
    return (_AREA_ENDING.search(tail) or _ZONE_ENDING.search(tail)) is not None


def is_company(name: str) -> bool:
    """True for a bank, insurer or other company: there one differing character is usually another firm."""
    return _COMPANY.search(name) is not None or "保险" in name or "财险" in name
