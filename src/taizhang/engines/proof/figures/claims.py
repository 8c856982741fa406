"""What a sentence claims of its own figures: that some are the parts of another.

Knows the words that announce parts (其中, 按…分, 其余, 合计, 第一批, 城镇…农村). Refuses to judge: see `sums`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from taizhang.engines.proof.amounts import Amount, agrees, slip_explains, total
from taizhang.engines.proof.context import Passage
from taizhang.engines.proof.figures.labels import label_of
from taizhang.kernel.patterns import regex

_NUMBER = regex(r"[0-9][0-9.']*")
_STOP = regex(r"[。！？]")
_SHARE = regex(
    r"，?(?:只|仅|约|均)?(?:占|为)[^，。；、0-9]{0,10}[0-9.]+%(?:以上|以下|左右)?|（[^（）]*）"
    r"|，(?:比上年|同比|较上年)?(?:实际)?(?:增长|下降|增产|减产|提高|回落)[0-9.]+(?:%|个百分点)"
    r"|，(?:比上年末?|同比|较上年)?(?:增加|减少|净增|多增|少增)[0-9.]+[^，。；、0-9]{1,4}"
)
_CHANGE = regex(r"[，；](?:比上年末?|比年初|同比|较上年)?(?:增加|减少|净增|多增|少增)\Z")
_NEXT_PART = regex(r"[、，和与及以；]{0,2}[^，。；：0-9（）]{0,20}\Z")
_AMONG = regex(r"(?:其中|包括|含)[，：]?[^，。；0-9]{0,20}\Z")
_MEAN = regex(r"(?:[人户亩]均|平均|中位数|均价)[^，。；：、0-9]*\Z")
_HEAD_AMONG = regex(r"。其中[，：]?[^，。；0-9]{0,20}\Z")
_IN_BRACKETS = regex(r"[^，。；、：（）0-9]{0,10}（(?:其中)?[^，。；：（）0-9]{0,16}\Z")
_SUM_WORD = regex(r"(?:合计|共计|总计|总共|一共|(?:，|；)共)(?:[为达]|[^，。；、：（）0-9]{0,6})\Z")
_REST = regex(r"[，；](?:另外|其余|剩余|余下|另有|剩下)的?[^，。；、0-9]{0,10}\Z")
_SPLIT_BY = regex(r"(?:按[^，。；、0-9]{1,8}分(?:类|布|组)?|资金来源|来源|构成)(?:为|是)?[，：]?(?:其中)?[^，。；、0-9]{0,12}\Z")
_OTHER_SUBJECT = regex(r"，[^，。；]*(?:达到|突破|超过|年末|增长|完成|实现|培训|开展|建成|净增)")
_NAME_WITH_DIGITS = regex(r"[0-9]+(?=[A-Za-z])")
_BATCH = regex(r"第([一二三四五六])(批|期|阶段|轮|组)[^，。；、0-9]{0,8}\Z")
_CUES = (_AMONG, _SUM_WORD, _REST, _SPLIT_BY)
_PAIRS = tuple(
    (regex(rf"(?:^|[，、；：（]|其中){a}[^，。；]{{0,8}}\Z"), regex(rf"^[，、；和]*(?:而)?{b}[^，。；]{{0,8}}\Z"))
    for a, b in (
        (r"(?:城镇|城市|城区)", r"(?:农村|乡村)"),
        (r"(?:农村|乡村)", r"(?:城镇|城市|城区)"),
        (r"男[性生]?", r"女[性生]?"),
        (r"国内", r"(?:入境|境外|国际|海外)"),
    )
)
_LONGEST_SENTENCE = 24


@dataclass(frozen=True, slots=True)
class Claim:
    """`parts` of one sentence are said to belong to `whole`. `exhaustive`: the words say that nothing is left out."""

    passage: Passage
    whole: Amount
    parts: tuple[Amount, ...]
    exhaustive: bool


def claims_in(passage: Passage) -> Iterator[Claim]:
    """Every claim of a passage, at most one for the same parts."""
    if len(_NUMBER.findall(passage.text)) < 3:
        return
    amounts = [a for a in passage.amounts if a.is_additive and not a.spelled and not _is_change(passage, a)]
    if len(amounts) < 3:
        return
    seen: set[tuple[int, int]] = set()
    previous: list[Amount] = []
    for sentence in _sentences(passage.text, amounts):
        leading = _leading(passage, sentence, previous)
        previous = sentence
        if leading:
            seen.add((leading.parts[0].start, leading.parts[-1].start))
            yield leading
        if not 2 <= len(sentence) <= _LONGEST_SENTENCE:
            continue
        earlier = [a for a in amounts if a.start < sentence[0].start]
        for claim in _claims(passage, sentence, earlier):
            key = (claim.parts[0].start, claim.parts[-1].start)
            if key not in seen:
                seen.add(key)
                yield claim


def _is_change(passage: Passage, amount: Amount) -> bool:
    """True for what something rose or fell by (，比上年增加888万吨) and for a mean, which are no part of anything."""
    before = passage.text[max(0, amount.start - 16) : amount.start]
    return bool(_CHANGE.search(before) or _MEAN.search(before))


def _leading(passage: Passage, sentence: list[Amount], previous: list[Amount]) -> Claim | None:
    """其中，…… at the head of a sentence: parts of what the sentence before it names first."""
    gaps = _gaps(passage, sentence, previous)
    if not previous or not _HEAD_AMONG.search(gaps[0]):
        return None
    whole, parts = previous[0], _run(sentence, gaps, 0)
    if len(parts) < 2 or parts[0].unit != whole.unit or whole.value < max(p.value for p in parts):
        return None
    return Claim(passage, whole, parts, False)


def _gaps(passage: Passage, sentence: list[Amount], earlier: list[Amount]) -> list[str]:
    """The words before each amount of a sentence, back to the amount before it."""
    text = passage.text
    starts = [earlier[-1].end if earlier else 0, *(a.end for a in sentence[:-1])]
    return [_NAME_WITH_DIGITS.sub("", text[max(s, a.start - 60) : a.start]) for s, a in zip(starts, sentence, strict=True)]


def _sentences(text: str, amounts: Sequence[Amount]) -> Iterator[list[Amount]]:
    ends = [m.start() for m in _STOP.finditer(text)] + [len(text)]
    at = 0
    for end in ends:
        sentence = []
        while at < len(amounts) and amounts[at].start < end:
            sentence.append(amounts[at])
            at += 1
        if sentence:
            yield sentence


def _claims(passage: Passage, sentence: list[Amount], earlier: list[Amount]) -> Iterator[Claim]:
    gaps = _gaps(passage, sentence, earlier)
    for i, gap in enumerate(gaps):
        among = _among(passage, sentence, gaps, i, earlier) if i and (_AMONG.search(gap) or _IN_BRACKETS.search(gap)) else None
        if among is not None:
            yield among
            continue
        if i > 1 and _SUM_WORD.search(gap):
            yield from _summed(passage, sentence, i)
        if i > 1 and _REST.search(gap):
            whole, first, rest = sentence[i - 2 : i + 1]
            if whole.unit == first.unit == rest.unit and whole.value >= max(first.value, rest.value):
                yield Claim(passage, whole, (first, rest), True)
        parts = _run(sentence, gaps, i)
        if _SPLIT_BY.search(gap) and len(parts) > 1:
            yield from _of_earlier(passage, parts, [*earlier, *sentence[:i]])
        elif _is_pair(gaps, i, parts):
            yield from _of_earlier(passage, parts[:2], [*earlier, *sentence[:i]])
        elif len(parts) > 2 and (i == 0 or parts[0].unit != sentence[i - 1].unit or "：" in gap):
            yield from _silent(passage, parts, [*earlier, *sentence[:i]])
    yield from _batches(passage, sentence, gaps, earlier)


def _among(passage: Passage, sentence: list[Amount], gaps: list[str], i: int, earlier: list[Amount]) -> Claim | None:
    """A，其中B、C: parts of A, unless they make up or, as town and country do, belong to something named before."""
    whole, parts = sentence[i - 1], _run(sentence, gaps, i)
    is_bracketed = bool(_IN_BRACKETS.search(gaps[i]))
    if is_bracketed and len(parts) > 1 and _counted(parts[0]) == _counted(whole):
        return Claim(passage, whole, parts, True)
    too_large = next((n for n, p in enumerate(parts) if p.value > whole.value), len(parts))
    if 0 < too_large < len(parts) and gaps[i + too_large].startswith("、"):
        return Claim(passage, whole, parts[: too_large + 1], False)
    parts = parts[:too_large] or parts
    is_pair = _is_pair(gaps, i, parts)
    before = [*earlier, *sentence[:i]]
    fits_another = any(agrees(a, parts) for a in before if a.unit == parts[0].unit)
    if len(parts) > 1 and not agrees(whole, parts) and (is_pair or fits_another):
        return next(_of_earlier(passage, parts, before), None)
    if len(parts) < 2 or _counted(parts[0]) != _counted(whole) or whole.value < max(p.value for p in parts):
        return None
    return Claim(passage, whole, parts, is_pair)


def _counted(amount: Amount) -> str:
    """人次 are counted among 人, 项次 among 项."""
    return (amount.unit or "").removesuffix("次") or "次"


def _run(sentence: list[Amount], gaps: list[str], i: int) -> tuple[Amount, ...]:
    """The amounts of one unit that follow each other as a list, from the i-th on."""
    end = i + 1
    while end < len(sentence) and sentence[end].unit == sentence[i].unit:
        gap = _SHARE.sub("", gaps[end])
        if not _NEXT_PART.match(gap) or _OTHER_SUBJECT.search(gap) or any(cue.search(gap) for cue in _CUES):
            break
        end += 1
    return tuple(sentence[i:end])


def _is_pair(gaps: list[str], i: int, parts: tuple[Amount, ...]) -> bool:
    if len(parts) < 2:
        return False
    after = _SHARE.sub("", gaps[i + 1])
    return any(first.search(gaps[i]) and second.search(after) for first, second in _PAIRS)


def _summed(passage: Passage, sentence: list[Amount], i: int) -> Iterator[Claim]:
    """A、B和C，合计D: the amounts before D, as many as make it up, else all of them."""
    whole = sentence[i]
    before: list[Amount] = []
    for amount in reversed(sentence[:i]):
        if amount.unit != whole.unit:
            break
        before.insert(0, amount)
    for size in range(2, len(before) + 1):
        if agrees(whole, before[-size:]):
            yield Claim(passage, whole, tuple(before[-size:]), True)
            return
    if len(before) > 1 and (abs(total(before) - whole.value) * 4 <= whole.value or slip_explains(whole, before)):
        yield Claim(passage, whole, tuple(before), True)


def _of_earlier(passage: Passage, parts: tuple[Amount, ...], earlier: list[Amount]) -> Iterator[Claim]:
    """Parts whose whole was named before: the one they make up, else the nearest in size, the last of equals."""
    same = [a for a in earlier if a.unit == parts[0].unit]
    equal = [a for a in same if agrees(a, parts)]
    if equal:
        yield Claim(passage, equal[-1], parts, True)
        return
    summed = total(parts)
    near = [a for a in same if a.value >= max(p.value for p in parts) and abs(summed - a.value) * 5 <= a.value]
    near = near or [a for a in same if slip_explains(a, parts)]
    if near:
        yield Claim(passage, min(reversed(near), key=lambda a: abs(a.value - summed)), parts, True)
    elif named := [a for a in same if (noun := label_of(passage, a)[-2:]) and all(noun in label_of(passage, p) for p in parts)]:
        yield Claim(passage, max(named, key=lambda a: a.value), parts, True)


def _silent(passage: Passage, parts: tuple[Amount, ...], earlier: list[Amount]) -> Iterator[Claim]:
    """A list of three or more without any word for it counts as parts only where it makes a whole, or misses it by one digit."""
    same = [a for a in earlier if a.unit == parts[0].unit]
    for whole in reversed(same):
        if agrees(whole, parts) and whole.value != parts[0].value:
            yield Claim(passage, whole, parts, True)
            return
    for whole in reversed(same[-3:]):
        if whole.value > max(p.value for p in parts) and differs_by_one_digit(whole, parts):
            yield Claim(passage, whole, parts, False)
            return


def differs_by_one_digit(whole: Amount, parts: Sequence[Amount]) -> bool:
    """True if changing one printed digit would make the sum right and the two are within a tenth of each other."""
    difference = abs(total(parts) - whole.value)
    if not difference or difference * 10 > whole.value:
        return False
    return len(difference.normalize().as_tuple().digits) == 1


def _batches(passage: Passage, sentence: list[Amount], gaps: list[str], earlier: list[Amount]) -> Iterator[Claim]:
    """N个，分两批：第一批a个……第二批b个."""
    found = [(m, i) for i, gap in enumerate(gaps) if (m := _BATCH.search(gap))]
    if len(found) < 2 or len({m[2] for m, _ in found}) > 1 or [m[1] for m, _ in found] != list("一二三四五六")[: len(found)]:
        return
    parts = tuple(sentence[i] for _, i in found)
    if len({p.unit for p in parts}) > 1:
        return
    before = [*earlier, *sentence[: found[0][1]]]
    if before and before[-1].unit == parts[0].unit and "分" in passage.text[before[-1].end : parts[0].start]:
        yield Claim(passage, before[-1], parts, True)
