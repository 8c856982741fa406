"""Stretches of text that list bodies, and what the words around them say of those: who leads, who supports, who is responsible.

It finds the stretches; which names stand in them is for `responsible`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from taizhang.engines.registry import entry_name, is_body_name, listed_bodies
from taizhang.kernel.patterns import regex

LEAD, SUPPORT, RESPONSIBLE = "lead", "support", "responsible"

_LABEL = regex(r"(?P<name>[\u4e00-\u9fff]{2,12})\s*(?:[（(][^（）()]{0,30}[）)])?\s*[:：]")
_ORGAN = r"(?:单位|部门|主体|机构|科室|处室|方)"
_NOT_BODIES = regex(r"(?:人|领导|联系方式|电话|时限|时间|期限|措施|目标|内容|任务|标准|事项|要求|情况)\Z")
_LEAD_WORDS = regex(r"牵头|主办|主责|主要(?:责任|负责)|总负责")
_SUPPORT_WORDS = regex(r"配合|协办|协助|协同|参与|参加|支持|会办|协作")
_RESPONSIBLE_WORDS = regex(rf"(?:责任|负责|落实|承办|实施|主管|执行|完成|督办|承担|组织|监管){_ORGAN}|\A责任\Z")

_DIVIDED = r"(?:(?:按照?|根据|依据)(?:各自)?的?(?:职责|职能|分工|任务)(?:分工)?[，,、]?)?"
_MANNER = r"(?:分别|共同|具体|组织|依法|统一|统筹|总体|直接)*"
_VERB = regex(
    rf"{_DIVIDED}{_MANNER}"
    r"(?:(?P<lead>牵头|主办|主责)(?:负责|落实|组织|实施|会同|抓总|单位|部门)?|(?P<with>会同)"
    r"|等?(?:积极|密切|做好|予以|共同|协同|主动)*(?P<support>配合|参与|参加|协助|协同|协办)(?:单位|部门)?(?:落实|实施|负责)?"
    r"|(?P<resp>负责|组织实施|抓好落实|承担|承办|落实))"
)
_BY = regex(r"(?<![理自缘来经事])由(?=[^，,。；;]{2})")
_SENTENCE = regex(r"[^。；;\n]+")
_IS = regex(
    r"(?P<name>(?:责任|负责|牵头|配合|主办|协办|承办|实施)(?:单位|部门))(?:[均都]|分别)?(?:为|是)(?P<list>[^，,。；;\n]{2,80})"
)
_CLAUSE = regex(r"[^，,：:]+")
_NAME = (
    r"(?:[省市县区州](?:委|政府|人民政府)(?:[\u4e00-\u9fff]{0,5}?(?:办公室|办公厅|办|委|部))?"
    r"|[\u4e00-\u9fff]{1,16}?(?:委员会|管委会|办公室|总局|总署|法院|检察院|公司|银行|分行|支行|人民政府|残联|妇联|工会|供销社|中心|局|委|办|厅|部|署))"
)
_NAMES = regex(rf"\s*{_NAME}(?:[、和及与]{_NAME})*")
_NOT_A_LIST = regex(r"[0-9%＝=《》“”]")
_CLASS_OF_BODIES = regex(r"\A各(?:有关|相关)?(?:[省市县区乡镇]|县[（(])[^，。]{0,14}(?:政府|管委会|部门|单位)\Z")
_PHRASE = regex(r"[要也就都将应须可把被对在是]|积极|主动|努力|全面|认真|\A(?:以|与|和|及)|下设|设在")
_AND_OTHERS = regex(r"等(?:有关|相关|各)*(?:部门|单位|方面|机构)(?:[和及、](?:有关|相关|各)?(?:部门|单位|人员|方面|地区|机构))+")
_NO_NAME = regex(r"\A(?:有关|相关|各|其他)*(?:部门|单位|机构|方面|部门和单位)\Z")
_IN_BRACKETS = regex(r"[（(][^（）()]*[)）]")
_EDGES = " \u3000，,、；;。由\n\t"


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of text that lists bodies, and what it says of them."""

    text: str
    role: str


def role_of_words(words: str) -> str | None:
    """What a label or column title says of the bodies it stands over: 牵头单位, 配合部门, 责任单位; None for anything else.

    >>> role_of_words("牵头单位"), role_of_words("协办部门"), role_of_words("负责单位"), role_of_words("责任人")
    ('lead', 'support', 'responsible', None)
    """
    if _NOT_BODIES.search(words):
        return None
    if _LEAD_WORDS.search(words):
        return LEAD
    if _SUPPORT_WORDS.search(words):
        return SUPPORT
    return RESPONSIBLE if _RESPONSIBLE_WORDS.search(words) else None


def has_label(text: str) -> bool:
    """True if the text has a label that names a role (责任单位：)."""
    return any(role_of_words(match["name"]) for match in _LABEL.finditer(text))


def opens_with_label(text: str) -> bool:
    """True for a line 责任单位：… or （牵头单位：…）: it says who, and nothing else."""
    match = _LABEL.match(text.lstrip(" \u3000（([【〔"))
    return match is not None and role_of_words(match["name"]) is not None


def says_who(text: str) -> bool:
    """True if a bracket has a label or a verb that could give bodies a role."""
    return _VERB.search(text) is not None or has_label(text)


def in_fragment(text: str, *, is_list: bool, role: str = RESPONSIBLE) -> Iterator[Said]:
    """What a bracket or table cell says. Without label or verb the whole is a list of bodies of `role`, if `is_list` allows."""
    if has_label(text):
        yield from after_labels(text)
    elif _VERB.search(_masked(text)):
        yield from _before_verbs(text)
    elif is_list:
        yield Said(text, role)


def after_labels(text: str) -> Iterator[Said]:
    """牵头单位：A；配合单位：B、C。 Each list ends at the next label or full stop."""
    labels = list(_LABEL.finditer(text))
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        role = role_of_words(label["name"])
        if role is None:
            continue
        segment = text[label.end() : following.start() if following else len(text)].split("。", maxsplit=1)[0].strip(_EDGES)
        verb = _VERB.search(_masked(segment))
        if verb and verb.start():
            yield from _before_verbs(segment)
        elif segment:
            yield Said(segment, role)


def in_prose(text: str) -> Iterator[Said]:
    """由A牵头，B、C参与 anywhere in a sentence; A、B负责…, A牵头… and A会同B… where a clause opens with it."""
    for sentence in _SENTENCE.finditer(text):
        words = sentence[0]
        for equated in _IS.finditer(words):
            role = role_of_words(equated["name"])
            if role and is_list_of_bodies(equated["list"]):
                yield Said(equated["list"], role)
        if not _VERB.search(words):
            continue
        by = _BY.search(words)
        if by:
            yield from _opening_clauses(words[: by.start()])
            for said in _before_verbs(words[by.end() :]):
                if not is_list_of_bodies(said.text):
                    break
                yield said
        else:
            yield from _opening_clauses(words)


def _opening_clauses(words: str) -> Iterator[Said]:
    """Clauses between commas that open with a list of bodies and a verb; a list may run over commas."""
    carried = ""
    for clause in _CLAUSE.finditer(words):
        printed = clause[0]
        verb = _VERB.search(printed)
        opening = printed[: verb.start()].strip(_EDGES) if verb else ""
        if verb and opening and _opens_with_bodies(opening):
            leads = verb["lead"] or verb["with"]
            yield Said(carried + opening, LEAD if leads else SUPPORT if verb["support"] else RESPONSIBLE)
            if verb["with"] and (listed := _list_at(printed, verb.end())):
                yield Said(listed, SUPPORT)
        elif verb and not opening and carried:
            yield Said(carried, LEAD if verb["lead"] or verb["with"] else SUPPORT if verb["support"] else RESPONSIBLE)
        carried = carried + printed + "、" if verb is None and _opens_with_bodies(printed) else ""


def _opens_with_bodies(words: str) -> bool:
    return _PHRASE.search(words) is None and is_list_of_bodies(words)


def _before_verbs(text: str) -> Iterator[Said]:
    """The lists before each verb: A牵头，B、C配合; A、B负责; A会同B."""
    start = 0
    is_with = False
    for verb in _VERB.finditer(_masked(text)):
        segment = text[start : verb.start()].strip(_EDGES)
        start = verb.end()
        if is_with:
            listed = _list_at(segment, 0)
            if listed:
                yield Said(listed, SUPPORT)
            is_with = False
        elif segment:
            leads = verb["lead"] or verb["with"]
            yield Said(segment, LEAD if leads else SUPPORT if verb["support"] else RESPONSIBLE)
        is_with = is_with or verb["with"] is not None
    if is_with and (listed := _list_at(text, start)):
        yield Said(listed, SUPPORT)


def _masked(text: str) -> str:
    """The text with what stands in brackets blanked out: the note of 市财政局（牵头） is no verb of the list."""
    if "（" not in text and "(" not in text:
        return text
    return _IN_BRACKETS.sub(lambda match: "□" * len(match[0]), text)


def _list_at(text: str, start: int) -> str:
    """The list of bodies that opens at `start` and runs into a sentence: 市数据局 of 市数据局把报表并入平台."""
    match = _NAMES.match(text, start)
    return match[0] if match and is_list_of_bodies(match[0]) else ""


def is_list_of_bodies(text: str) -> bool:
    """True if a whole stretch is names of bodies and nothing else."""
    if len(text) > 200 or _NOT_A_LIST.search(text):
        return False
    names = [body.name for body in listed_bodies(_AND_OTHERS.sub("", text)) if not _NO_NAME.match(body.name)]
    return bool(names) and all(is_body_name(name) or _CLASS_OF_BODIES.match(name) for name in names)


def bodies_said(said: Sequence[Said]) -> Iterator[tuple[str, str, str | None]]:
    """Name, role and note of every body listed, in printed order; prefixes are inherited from one stretch to the next."""
    prefix = ""
    for part in said:
        last = ""
        for body in listed_bodies(_AND_OTHERS.sub("", part.text), prefix):
            yield body.name, part.role, body.note
            last = body.name
        if last:
            prefix = entry_name(last, prefix)[1]
