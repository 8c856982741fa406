"""Printed lists of bodies: where one entry ends and the next begins, and which prefix an entry inherits from those before it.

市民政局、财政局、残联 names 市民政局, 市财政局 and 市残联. It refuses to split inside brackets and inside names that hold 和.
"""

from taizhang.engines.registry.model import ListedBody
from taizhang.engines.registry.names import clean, is_area_name, is_company, is_named, parse_name
from taizhang.kernel.patterns import regex

_LABEL = regex(r"\s*[^、，,;；()（）:：]{0,12}(?:单位|部门|机构|主体|人)\s*[:：]")
_ENTRY_END = regex(r"[、，,;；/／\n\t|]|[和与及]|以及|会同|\s+|(?<=[）)])\s*(?=[\u4e00-\u9fff])")
_HARD = "、，,;；/／\n\t|"
_HARD_SIGN = regex(rf"[{_HARD}]")
_LONGEST_NAME = 60  # characters; no printed name is longer, and the bound keeps prose without commas linear
_OPEN = "(（〔["
_CLOSE = ")）〕]"
_TAIL = regex(
    r"(?:等(?:有关|相关|各)?(?:市直|县直|区直|省直)?(?:职能|成员|责任)?(?:部门|单位|机构|方面|成员|部门和单位|单位和部门)?)?"
    r"(?:(?:按照?|根据)(?:各自)?(?:职责|职能)(?:分工)?)?(?:分别|共同|具体|依法)?(?:负责|牵头|配合|落实|参与|实施|承担)?\Z"
)
_OPEN_END = regex(r"\A(?:等|其他|其它)?(?:有关|相关)(?:的)?(?:职能)?(?:部门|单位|部门和单位|方面)\Z")
_NOTE = regex(r"[（(](?P<note>[^（）()]*?(?:牵头|配合|负责|主办|协办|排名|列第|会签)[^（）()]*)[）)]\Z")
_ETC = regex(r"等")

# Entries that stand by themselves: they have their own prefix or can have none.
_OWN = regex(
    r"\A(?:各|全|中国|中央|中共|国家|国务院|最高|有关|相关|其他|其它|本|驻|属地|责任|牵头|[省市县区州镇乡][直级]|镇街|乡镇|街道|村|社区|企业|学校)"
    r"|(?:分公司|支公司|分行|支行|银监分局|分局|大学|政府|管委会|管理委员会|管理机构|街道办事处|乡镇|示范区|开发区|新区|集聚区|试验区|园区|高校|医院|领导小组)\Z"
)
_WITHIN = regex(r"（[^（）]*）\Z")
_WITHIN_PREFIX = regex(r"\A(?:团(?P<a>[市县区省州])委|(?P<b>[市县区省州])(?:委|政府|人大|政协)\Z)")
_BRANCH = regex(r"\A[^、，,;；\s]{2,12}(?:分公司|支公司|分行|支行)")
_NATIONAL_ENDING = regex(r"(?:[^队]部|总局|总署|署)\Z")


def split_bodies(text: str) -> tuple[str, ...]:
    """Names of the bodies a printed list holds, in order, each with the prefix it inherits.

    >>> split_bodies("市民政局、财政局、残联")
    ('市民政局', '市财政局', '市残联')
    >>> split_bodies("市文化广电和旅游局和市体育局，各县（市、区）政府，市教育局等有关部门按职责分工负责")
    ('市文化广电和旅游局', '市体育局', '各县（市、区）政府', '市教育局')
    >>> split_bodies("文化和旅游部、财政部"), split_bodies("")
    (('文化和旅游部', '财政部'), ())
    """
    return tuple(body.name for body in listed_bodies(text))


def listed_bodies(text: str, prefix: str = "") -> tuple[ListedBody, ...]:
    """As `split_bodies`, with each entry's place in `text`. A leading 责任单位： and a closing 等有关部门负责 are no entries.

    `prefix` is what a list broken off before `text` hands on.
    """
    found: list[ListedBody] = []
    for start, end in _entries(text):
        printed = text[start:end]
        if end - start > _LONGEST_NAME:
            found.append(ListedBody(clean(printed), printed, start, end))
            continue
        name = clean(printed)
        note = None
        if match := _NOTE.search(name):
            note, name = match["note"], name[: match.start()]
        name = _trimmed(_unwrapped(name))
        if not name or _OPEN_END.match(name):
            continue
        full, prefix = entry_name(name, prefix)
        kept = len(printed.rstrip())
        found.append(ListedBody(full, printed, start, start + kept, note))
    return tuple(found)


def inherits(name: str, prefix: str = "市") -> bool:
    """True if an entry without a prefix takes that of the entry before it: 财政局 does; 桃林市, 各有关单位 and branches don't.

    A 厅 takes only a province's prefix: under 市 it stays as printed, and is a finding.
    """
    name = _WITHIN.sub("", name)
    if name.endswith("厅") and prefix[-1] not in "省区":
        return False
    return is_named(name) and not _OWN.search(name) and not is_area_name(name) and not _NATIONAL_ENDING.search(name)


def entry_name(name: str, prefix: str) -> tuple[str, str]:
    """The entry with the prefix it inherits from `prefix`, and the prefix it hands on to the next.

    >>> entry_name("财政局", "市"), entry_name("省教育厅", "市"), entry_name("妇联", entry_name("团市委", "")[1])
    (('市财政局', '市'), ('省教育厅', '省'), ('市妇联', '市'))
    """
    own, stands = _prefix_of(_WITHIN.sub("", name))
    full = name if stands or not prefix or not inherits(name, prefix) else prefix + name
    return full, own or prefix


def _prefix_of(name: str) -> tuple[str, bool]:
    """The prefix an entry hands on, and whether it stands by itself. 团市委 hands on 市 and has none of its own."""
    if name.startswith(("国家", "全国", "中国", "中央", "国务院")):
        return "", True
    if match := _WITHIN_PREFIX.match(name):
        return match["a"] or match["b"], True
    parts = parse_name(name)
    if parts.level in ("国家", "全国"):
        return "", True
    return (parts.place, True) if parts.place else (parts.level, bool(parts.level))


def _unwrapped(name: str) -> str:
    """The entry without brackets around the whole of it, or one that has no partner."""
    if name.startswith("（") and "（" not in name[1:]:
        name = name[1:].removesuffix("）") if name.endswith("）") or "）" not in name else name
    if name.count("（") != name.count("）"):
        name = name.strip("（）") if name.strip("（）").count("（") == name.strip("（）").count("）") else name
    return name


def _trimmed(name: str) -> str:
    """The entry without 等有关部门负责 at its end."""
    match = _TAIL.search(name)
    if match and match.start() and (is_named(name[: match.start()]) or _ETC.match(match[0])):
        return name[: match.start()]
    return name


def _entries(text: str) -> list[tuple[int, int]]:
    """Places of the entries of `text`. 和, 与, 及 and a space part two entries only where a whole name stands on the left."""
    out: list[tuple[int, int]] = []
    depth = 0
    start = position = 0
    brackets = _depths(text)
    for match in _ENTRY_END.finditer(text):
        position = match.start()
        depth = brackets[position]
        if depth or position < start:
            continue
        sign = match[0]
        if sign and sign[0] in _HARD:
            _keep(text, start, position, out)
            start = match.end()
            continue
        if position - start > _LONGEST_NAME:
            continue
        left = clean(text[start:position])
        if sign == "":
            if _NOTE.search(left) and is_named(_NOTE.sub("", left)):
                _keep(text, start, position, out)
                start = position
            continue
        if is_named(left) and len(left) > 2 and _continues(text, match.end(), sign, left):
            _keep(text, start, position, out)
            start = match.end()
    _keep(text, start, len(text), out)
    return out


def _continues(text: str, at: int, sign: str, left: str) -> bool:
    """Whether a name (or 有关部门) begins at `at`, after 和, 会同 or a space."""
    limit = min(at + _LONGEST_NAME, len(text))
    stop = _HARD_SIGN.search(text, at, limit)
    right = clean(text[at : stop.start() if stop else limit])
    if not right:
        return sign.isspace()
    bare = _trimmed(_NOTE.sub("", right))
    if sign.isspace():
        if _BRANCH.match(right) and is_company(left) and not _BRANCH.match(left):
            return False
        return is_named(bare) or bare.startswith("等") or any(is_named(clean(p)) for p in right.split("等")[:1])
    return is_named(bare) or _OPEN_END.match(bare) is not None or "和" in bare or bare.startswith(("市", "省", "县", "区", "各"))


def _keep(text: str, start: int, end: int, out: list[tuple[int, int]]) -> None:
    if match := _LABEL.match(text, start, end):
        start = match.end()
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "。．.：:"):
        end -= 1
    if end > start:
        out.append((start, end))


def _depths(text: str) -> list[int]:
    """Bracket depth before each character; a closing bracket without its opening one counts for nothing."""
    if not any(c in text for c in _OPEN):
        return [0] * len(text)
    depths: list[int] = []
    depth = 0
    closings = sum(c in _CLOSE for c in text)
    for c in text:
        if c in _CLOSE:
            depth = max(depth - 1, 0)
            closings -= 1
        depths.append(depth)
        # An opening bracket that is never closed (damage) doesn't swallow the rest of the list.
        if c in _OPEN and closings > depth:
            depth += 1
    return depths
