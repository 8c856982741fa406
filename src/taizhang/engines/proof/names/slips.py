"""Names of bodies with a slip of the pen: 市财攻局, 市政财局, 市财局 where the issue has 市财政局 elsewhere.

A slip is sought where the rest of a name stands: its first two characters or its last two, or a place in a list of bodies.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from taizhang.engines.proof.context import Passage, ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.names.bodies import bodies_of, place_of
from taizhang.engines.proof.names.enumerations import Entry, Enumeration, enumerations_of
from taizhang.engines.proof.names.lexicon import ORDINARY
from taizhang.engines.proof.names.likeness import is_one_slip
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.engines.registry.mentions import trie_pattern
from taizhang.engines.registry.model import PlacedMention
from taizhang.engines.registry.names import clean, contracted, is_body_name, is_company, is_named, parse_name, stem_and_ending
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex

_SURE = 3  # times a name is printed from which on a slip of it is said aloud
_OWN_LENGTH = 5  # characters of a name printed once that a slip is sought of
_LONG_STEM = 3  # characters of a stem that is its own by itself; 计委 and 教委 are two
_SHORTEST = 4  # characters of a name sought in prose
_LONG = 6  # characters of a name whose last character may be the slip
_LONGEST = 14
_LONGEST_NAME = 24
_HAN = regex(r"[\u4e00-\u9fff]+")
_TELLS_APART = frozenset("一二三四五六七八九十0123456789东西南北上下中前后左右大小新老高初省市县区镇乡州旗盟")
_JOINS = frozenset("的和与及各本级属直内外等个全由对向为在至到或并其该所某将把原")
_ENDINGS = frozenset("局委办厅部署会心室组处队站院")
_ACTS = regex(r"负责|牵头|会同|配合|承担|组织|应当|汇总|审核|备案")


@dataclass(frozen=True, slots=True)
class _Slip:
    passage: Passage
    start: int
    printed: str
    name: str


@rule(
    id="name.one-character",
    severity=Severity.WARNING,
    title="机构名称错一个字",
    why="错一个字就成了不存在的单位，任务没有人领。",
    concern=Concern.WHO,
)
def one_character(context: ProofContext) -> Iterator[Outcome]:
    """A name one slip off a name of the issue, that is no usual name of an office. The other once or twice only: a note.

    Wrong:
        一、市教育局、市财政局负责发放补贴。

        二、市财政局建立台账，市审计局抽查。

        三、由市财政局汇总，报市财攻局备案。
    Right:
        一、市教育局、市财政局负责发放补贴。

        二、市教育局建立台账，市体育局抽查。

        三、由市财政局汇总，报市教育局备案。
    """
    names = _Names(context)
    found: dict[tuple[int, int], _Slip] = {}
    for slip in (*_in_prose(context, names), *_in_lists(context, names), *_by_themselves(context, names)):
        found.setdefault((slip.passage.offset, slip.start), slip)
    counts = Counter(slip.printed for slip in found.values())
    for slip in found.values():
        is_rare = counts[slip.printed] <= max(1, names.usual[slip.name] // 5)
        if is_rare and not names.is_legitimate(slip.printed, slip.name):
            yield _finding(context, names, slip)


def _stem(name: str) -> str:
    return stem_and_ending(contracted(parse_name(name).core))[0]


class _Names:
    """The names of an issue as printed, with how often each stands in its text, indexed for the search of slips."""

    def __init__(self, context: ProofContext) -> None:
        self.first: dict[str, PlacedMention] = {}
        for mention in bodies_of(context).mentions:
            self.first.setdefault(clean(mention.printed), mention)
        printed = (clean(mention.printed) for mention in bodies_of(context).mentions)
        self.counts = Counter(name for name in printed if len(name) > 1 and _HAN.fullmatch(name))
        single = Counter({name: 1 for name, count in self.counts.items() if count == 1})
        pattern = trie_pattern(set(single))
        if pattern is not None:  # titles and signatures are no mentions
            self.counts += Counter(pattern.findall(context.text)) - single
        self.usual = {
            name: count
            for name, count in self.counts.items()
            if len(name) > 2 and not is_company(name) and (count > 1 or len(name) >= _OWN_LENGTH or _stem(name) in ORDINARY)
        }
        self._by_shape: dict[str, list[str]] = {}
        for name in self.usual:
            for shape in _shapes(name):
                self._by_shape.setdefault(shape, []).append(name)
        # A name printed once and a slip away from a commoner one says nothing for itself.
        once = [name for name, count in self.usual.items() if count == 1]
        for name in [name for name in once if self.near(name)]:
            del self.usual[name]

    def near(self, words: str) -> str | None:
        """The most used name that the words are likely a slip of."""
        if self.counts[words] > 1:
            return None
        candidates = {name for shape in _shapes(words) for name in self._by_shape.get(shape, ())}
        near = [name for name in candidates if name in self.usual and is_one_slip(words, name)]
        near.sort(key=lambda name: (-self.usual[name], name))
        return next((name for name in near if not self.is_legitimate(words, name)), None)

    def is_legitimate(self, here: str, there: str) -> bool:
        """Whether words one slip off a name are another name after all."""
        is_even = self.counts[here] > 0 and self.usual[there] < 2 and (_stem(there) not in ORDINARY or _stem(here) in ORDINARY)
        if self.counts[here] > 1 or is_even or here in ORDINARY or here.endswith(there) or _tells_apart(here, there):
            return True
        core = parse_name(there).core
        if parse_name(here).core == core:
            return True
        if here[-1] != there[-1]:  # 市旅游局 and 市旅游委 are variants
            return here in self.counts and parse_name(here).level != "" and len(_stem(here)) > 1
        at = next((i for i, (x, y) in enumerate(zip(here, there, strict=False)) if x != y), len(here))
        if at < len(there) - len(core):
            return False  # the slip is in the level: 村财政局 for 市财政局
        stem, due = _stem(here), _stem(there)
        return stem in ORDINARY or (len(due) < _LONG_STEM and due not in ORDINARY)


def _tells_apart(here: str, there: str) -> bool:
    """True if what differs is a numeral, a level, or a word that joins (的, 和, 各)."""
    if len(here) != len(there):
        return bool((set(here) ^ set(there)) & _JOINS)
    pairs = [(x, y) for x, y in zip(here, there, strict=True) if x != y]
    return any(x in _JOINS or (x in _TELLS_APART and y in _TELLS_APART) for x, y in pairs)


def _shapes(name: str) -> set[str]:
    """The name and what is left of it without one character: two names one slip apart share one of these."""
    return {name, *(name[:i] + name[i + 1 :] for i in range(len(name)))}


# In running text


def _in_prose(context: ProofContext, names: _Names) -> Iterator[_Slip]:
    heads: dict[str, list[str]] = {}
    tails: dict[str, list[str]] = {}
    for name in names.usual:
        if len(name) >= _SHORTEST:
            heads.setdefault(name[:2], []).append(name)
            tails.setdefault(name[-2:], []).append(name)
    if not heads:
        return
    pattern = re.compile("|".join(map(re.escape, sorted({*heads, *tails}))))
    whole, passages = context.text, context.passages
    offsets = [passage.offset for passage in passages]
    for match in pattern.finditer(whole):
        pair, start, end = match.group(), match.start(), match.end()
        longer = heads.get(pair, ())
        if longer:
            stands = max((len(name) for name in longer if whole.startswith(name, start)), default=0)
            longer = [name for name in longer if len(name) > stands]
        tailed = tails.get(pair, ())
        if any(whole.endswith(name, 0, end) for name in tailed):
            tailed = ()
        if longer or tailed:
            passage = passages[bisect_right(offsets, start) - 1]
            yield from _from_head(passage, start - passage.offset, longer)
            yield from _to_tail(passage, end - passage.offset, tailed)


def _from_head(passage: Passage, start: int, names: Sequence[str]) -> Iterator[_Slip]:
    """Words that begin as a name does and are one slip off it."""
    window = passage.text[start : start + _LONGEST_NAME]
    for name in names:
        size = _slip_size(window, name)
        if size and _HAN.fullmatch(window, 0, size):
            yield _Slip(passage, start, window[:size], name)


def _slip_size(window: str, name: str) -> int:
    """How many characters of `window` are a slip of `name`: its last one stands, it is long, or 负责 follows. 0: none are."""
    size, last = len(name), name[-1]
    for length in (size, size - 1, size + 1):
        if window[length - 1 : length] == last and is_one_slip(window[:length], name):
            return length
    if not window.startswith(name[:-1]) or not _loses_end(window, name):
        return 0
    return size if window[size - 1] in _ENDINGS else size - 1


def _loses_end(window: str, name: str) -> bool:
    """All of a name stands but its last character, which is lost before a verb or, in a long name, changed."""
    following = window[len(name) - 1 :]
    is_changed = len(name) >= _LONG and following[:1] in _ENDINGS and name[-1] in _ENDINGS and following[0] != name[-1]
    return is_changed or (parse_name(name).level != "" and _ACTS.match(following) is not None)


def _to_tail(passage: Passage, end: int, names: Sequence[str]) -> Iterator[_Slip]:
    """Words that end as a name does, keep its first character and are one slip off it."""
    window = passage.text[max(0, end - _LONGEST_NAME) : end]
    for name in names:
        for size in (len(name), len(name) - 1, len(name) + 1):
            if len(window) >= size and window[-size] == name[0] and is_one_slip(window[-size:], name):
                if _HAN.fullmatch(window[-size:]):
                    yield _Slip(passage, end - size, window[-size:], name)
                break


# In lists, and by themselves


def _in_lists(context: ProofContext, names: _Names) -> Iterator[_Slip]:
    """Entries of enumerations whose other entries are known names, two thirds of them at least."""
    for found in enumerations_of(context):
        known = [_known(entry, names) for entry in found.entries]
        if not any(known) or 3 * sum(known) < 2 * (len(known) - 1):
            continue
        for entry, is_known in zip(found.entries, known, strict=True):
            if not is_known:
                yield from _entry_slip(found, entry, names)


def _windows(entry: Entry) -> Iterator[tuple[int, str]]:
    """What may be the name of an entry: all of it, else the words next to the 、."""
    text = entry.text
    yield 0, text
    for length in range(min(len(text) - 1, _LONGEST), 2, -1):
        if entry.closes:
            yield 0, text[:length]
        elif entry.opens:
            yield len(text) - length, text[-length:]


def _known(entry: Entry, names: _Names) -> bool:
    return any(words in names.usual or (words in names.counts and names.near(words) is None) for _, words in _windows(entry))


def _entry_slip(found: Enumeration, entry: Entry, names: _Names) -> Iterator[_Slip]:
    for at, words in _windows(entry):
        name = names.near(words)
        if name is None:
            continue
        is_cut = words != entry.text
        # Before the first name and after the last prose may stand: there the outer character is no part of the name.
        if is_cut and (words[0] != name[0] if entry.opens else words[-1] != name[-1]):
            continue
        yield _Slip(found.passage, entry.start + at, words, name)
        return


def _by_themselves(context: ProofContext, names: _Names) -> Iterator[_Slip]:
    """Cells, headings and signatures that are a name and nothing else."""
    for passage in context.passages:
        text = passage.text
        if 2 < len(text) <= _LONGEST and _HAN.fullmatch(text) and text not in names.usual:
            name = names.near(text)
            if name is not None:
                yield _Slip(passage, 0, text, name)


def _finding(context: ProofContext, names: _Names, slip: _Slip) -> Outcome:
    count = names.usual[slip.name]
    return context.finding(
        one_character,
        slip.passage.span(slip.start, slip.start + len(slip.printed)),
        names.first[slip.name].span,
        message=Message("“{here}”像是“{there}”（{n}处）", {"here": slip.printed, "there": slip.name, "n": str(count)}),
        advice=Message("核对机构名称"),
        declared=slip.printed,
        computed=slip.name,
        passage=slip.passage,
        severity=None if count >= _SURE else Severity.NOTE,
    )


# Names printed once, against the usual names of offices

_USUAL_STEM = 3  # characters of a usual stem that one slip of is sought in; shorter ones only with places changed


@rule(
    id="name.unusual",
    severity=Severity.NOTE,
    title="机构名称少见，像是错了一个字",
    why="错一个字就成了不存在的单位，任务没有人领。",
    concern=Concern.WHO,
)
def unusual(context: ProofContext) -> Iterator[Outcome]:
    """An office named once whose stem is one slip off a usual stem of three characters and more, or has its two swapped.

    Wrong:
        由市业林局、市水利局负责。
    Right:
        由市林业局、市水利局、市住房保障局负责。
    """
    shapes: dict[str, list[str]] = {}
    for stem in ORDINARY:
        if len(stem) >= _USUAL_STEM:
            for shape in _shapes(stem):
                shapes.setdefault(shape, []).append(stem)
    for (level, _), mentions in bodies_of(context).by_key.items():
        if len(mentions) > 1 or level not in _LEVELS:
            continue
        stem, ending = stem_and_ending(contracted(parse_name(mentions[0].name).core))
        usual = _usual_stem(stem, shapes) if ending in ("局", "委", "厅") and stem not in ORDINARY else None
        if usual is not None:
            yield context.finding(
                unusual,
                place_of(mentions[0]),
                message=Message("“{here}”少见，像是“{there}”", {"here": mentions[0].printed, "there": level + usual + ending}),
                advice=Message("核对机构名称"),
                declared=mentions[0].name,
                computed=level + usual + ending,
                document=mentions[0].document,
                eid=mentions[0].eid,
            )


_LEVELS = frozenset("市县区省州旗")


def _usual_stem(stem: str, shapes: dict[str, list[str]]) -> str | None:
    if len(stem) == 2:
        return stem[::-1] if stem[::-1] in ORDINARY and stem[0] != stem[1] else None
    near = {usual for shape in _shapes(stem) for usual in shapes.get(shape, ()) if is_one_slip(stem, usual)}
    return min(near, default=None)


# Entries that are no bodies

_LONG_LIST = 5
_ODD_LENGTH = 8
_LEVEL = regex(r"[市县区省州]")


@rule(
    id="list.odd-entry",
    severity=Severity.NOTE,
    title="单位名单里有一项不像单位名称",
    why="名称漏了字或者错了字，责任落不到单位上。",
    concern=Concern.WHO,
)
def odd_entry(context: ProofContext) -> Iterator[Outcome]:
    """One entry within a long enumeration of a place's bodies that does not end as a body's name does.

    Wrong:
        由县水利局、财政局、能源、林业局、公安局负责。
    Right:
        由县水利局、财政局、能源办、林业局、公安局负责。
    """
    for found in enumerations_of(context):
        entries = found.entries
        if len(entries) < _LONG_LIST or not _LEVEL.match(entries[0].text):
            continue
        odd = [entry for entry in entries if not is_named(entry.text)]
        if len(odd) != 1 or odd[0].opens or odd[0].closes or len(odd[0].text) > _ODD_LENGTH:
            continue
        if not all(is_body_name(entry.text) for entry in entries if entry is not odd[0]):
            continue
        start, text = odd[0].start, odd[0].text
        yield context.finding(
            odd_entry,
            found.passage.span(start, start + len(text)),
            message=Message("同一列举里其余{n}项都是单位，“{entry}”不像", {"n": str(len(entries) - 1), "entry": text}),
            advice=Message("核对名称，补上漏字"),
            declared=text,
            passage=found.passage,
        )


RULES = (one_character, unusual, odd_entry)
