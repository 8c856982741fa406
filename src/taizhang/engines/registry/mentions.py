"""Bodies named in running text: those the registry knows, and any words built like the name of a body.

One pass with two compiled patterns; names that a list continues (市民政局、财政局) are followed along it.
"""

import re
from collections.abc import Iterable

from taizhang.engines.registry.index import Registry
from taizhang.engines.registry.lists import entry_name
from taizhang.engines.registry.model import Mention
from taizhang.engines.registry.names import LEVEL_SIGN, clean, is_area_name, is_body_name, is_named, parse_name
from taizhang.kernel.patterns import regex

# Words that never stand inside a body's name; they keep a prefix from reaching over a verb to some later 局.
_CORE = r"[^\W\da-zA-Z_的了在由将与及把被从向按请要是不或其该此于至已未等各每个对使让给且若因以里负为]"
_SHORT = r"(?:残联|妇联|文联|科协|侨联|工商联|社科联|供销社|总工会|红十字会|贸促会)"
_NAME_END = (
    r"(?:管委会|委(?![员托任派书常内外屋培令]|会(?!同)|组织部|宣传部|统战部|政法委|网信办|编办|老干部|台办|农办)|(?<![布格结开])局(?![限面势部促])|办公室"
    r"|(?<![开创举交承主协督领兴代联申补查])办(?![法理公学事好结案件证税实成到得校])|(?:委员会|领导小组|指挥部|联席会议)(?:办公室)?|联合会|中心(?![城组任校小学])"
    rf"|{_SHORT}|人民银行|银行|支行|分行|(?:分|支|总)?公司|集团|供销合作社|联社|工会|(?<!大)厅(?!级|长)"
    r"|总队|支队|大队|法院|检察院|医院|学院|大学|党校|报社|电视台|气象台|联络处|办事处|管理处|管理站|监测站|博物馆|档案馆|图书馆|科技馆|组织部|宣传部|统战部|武装部)"
)
_SIGN = LEVEL_SIGN.replace("|全国", "").replace("市(?!", "市(?!中心|").replace("自治区|", "(?:自治区)|")
_UNKNOWN = regex(rf"(?<![城全各本我跨该入出发范聚度景]){_SIGN}(?!两)(?:{_SHORT}|{_CORE}{{1,16}}?{_NAME_END})")
_ENTRY = regex(rf"(?:{_SHORT}|{_CORE}{{1,16}}?{_NAME_END})")
_NEXT = regex(
    r"(?:[、,，]|以及|[和与及]|会同)\s*(?P<token>[^、，,。;；：:()（）《》“”\s]{1,24})|[(（][^()（）]{1,6}[)）](?=[、,，])"
)
_PLAIN = regex(rf"(?:{_CORE}|\s)+\Z")
_ANY = regex(r"有关|相关|各")
_BEFORE_BARE = frozenset("由与和及向报请经对按在是给从到让令使同归属以并，,。；;：:、（(“\"'《》）)　 \n\t为")
_HAN = regex(r"[\u4e00-\u9fff]")


def mentions(text: str, registry: Registry, *, known: re.Pattern[str] | None = None) -> tuple[Mention, ...]:
    """Mentions in `text`, in order, none inside another. `known` is `pattern_of(registry)`, given where many texts are read."""
    found = _known(text, known if known is not None else pattern_of(registry))
    found.extend((m.start(), m.end()) for m in _UNKNOWN.finditer(text))
    found.sort(key=lambda place: (place[0], -place[1]))
    out: list[Mention] = []
    covered = -1
    row = 0
    for start, end in found:
        if start < covered:
            continue
        start, end = _with_place(text, start, end, registry)
        name = clean(text[start:end])
        row += 1
        out.append(Mention(name, text[start:end], start, end, row))
        covered = _follow(text, end, name, row, out)
    return tuple(out)


def pattern_of(registry: Registry) -> re.Pattern[str] | None:
    """All names of the registry, with and without place and level, as one pattern; None for an empty registry."""
    return trie_pattern({form for name in registry.names() for form in _forms(name)})


def _forms(name: str) -> Iterable[str]:
    yield name
    parts = parse_name(name)
    if parts.place:
        yield parts.level + parts.core
    if len(parts.core) > 2:
        yield parts.core


def trie_pattern(words: set[str]) -> re.Pattern[str] | None:
    """One pattern that matches the longest of `words` at a place, branching by character so that no word is tried twice.

    >>> pattern = trie_pattern({"财政局", "财政厅", "残联"})
    >>> pattern.findall("省财政厅和市残联") if pattern else []
    ['财政厅', '残联']
    """
    root: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return regex(_branch(root)) if root else None


def _branch(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    ends = "" in node
    parts = [re.escape(c) + _branch(below) for c, below in sorted(node.items()) if c]
    if not parts:
        return ""
    joined = parts[0] if len(parts) == 1 else "(?:" + "|".join(parts) + ")"
    return f"(?:{joined})?" if ends else joined


def _known(text: str, pattern: re.Pattern[str] | None) -> list[tuple[int, int]]:
    if pattern is None:
        return []
    out = []
    for match in pattern.finditer(text):
        start, end = match.span()
        before = text[start - 1] if start else "，"
        # A bare 数据局 after any other character may be the tail of a longer name (大数据局, 县数据局).
        if parse_name(match[0]).level or before in _BEFORE_BARE or not _HAN.match(before):
            out.append((start, end))
    return out


def _with_place(text: str, start: int, end: int, registry: Registry) -> tuple[int, int]:
    """The mention with the place's own name before it, where the text prints it (崤陵 before 市财政局)."""
    stem = registry.place[:-1]
    if stem and text.startswith(registry.place[-1], start) and text.endswith(stem, 0, start):
        return start - len(stem), end
    return start, end


def _follow(text: str, end: int, name: str, row: int, out: list[Mention]) -> int:
    """Entries a list goes on with after a mention; gives the end of the last."""
    parts = parse_name(name)
    prefix = parts.place or parts.level
    while match := _NEXT.match(text, end):
        token = match["token"]
        if token is None:
            end = match.end()
            continue
        kept = _entry_in(token)
        if not kept:
            # A damaged entry (地税 for 地税局) doesn't end the list if whole ones follow.
            following = _NEXT.match(text, match.end())
            if following is None or not following["token"] or not is_body_name(clean(following["token"])):
                break
            end = match.end()
            continue
        full, handed_on = entry_name(clean(kept), prefix)
        general = _ANY.search(kept) is not None
        if not general and not (
            is_body_name(full) and _PLAIN.match(kept) and (match[0][0] not in "，," or _is_entry(kept, full))
        ):
            break
        prefix = handed_on
        start = match.start("token")
        end = start + len(kept)
        if not general:
            out.append(Mention(full, kept, start, end, row))
    return end


def _is_entry(kept: str, full: str) -> bool:
    """Whether the words after a comma, which may as well begin a new clause, are short or have their own prefix."""
    return len(kept) <= 8 or (full == clean(kept) and parse_name(full).level != "" and parse_name(full).place == "")


def _entry_in(token: str) -> str:
    """The name an entry begins with: all of it, or what stands before 和, 等 or a verb; "" if it is no name of a body."""
    match = _ENTRY.match(token)
    if match:
        return match[0]
    return token if is_named(clean(token)) and not is_area_name(clean(token)) else ""
