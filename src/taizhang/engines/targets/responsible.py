"""Who has to do what a clause or table row says: lead and supporting bodies where the text says so, else responsible ones.

Read from brackets at the end of a sentence, from labels (牵头单位：…), from 由…牵头，…配合 and from the columns of a table.
A name is taken as printed; a prefix is inherited along a list (市民政局、财政局); 等有关部门 names nobody.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from taizhang.engines.registry import parse_name, split_bodies
from taizhang.engines.registry.names import is_named
from taizhang.engines.targets.model import Units
from taizhang.engines.targets.statements import (
    LEAD,
    RESPONSIBLE,
    SUPPORT,
    Said,
    after_labels,
    bodies_said,
    has_label,
    in_fragment,
    in_prose,
    is_list_of_bodies,
    role_of_words,
    says_who,
)
from taizhang.kernel.patterns import regex

NOBODY = Units()
_QUICK = regex(r"牵头|负责|责任|配合|参与|会同|协办|协助|协同|主办|承办|落实|[）)】\]]\s*[。；;.]?\s*\Z")
_FIRST_LEADS = regex(
    r"(?:排|列|位|名)[^，,。；;（）()]{0,8}(?:第一|首位|首|最前|前面)[^，,。；;]{0,10}[为是即系][^，,。；;]{0,6}(?:牵头|主办|主责|主要责任)"
    r"|(?:第一|首)(?:个|位|家)?(?:责任|负责|单位|部门)[^，,。；;]{0,6}[为是即系][^，,。；;]{0,4}(?:牵头|主办|主责)"
)
_FROM_HERE_ON = regex(r"下同|以下[均皆同都]|下列均")
_BRACKET = regex(r"[（(【〔\[]((?:[^（）()【】〔〕\[\]]|[（(][^（）()]{0,60}[）)]){2,400})[）)】〕\]]")
_AFTER_BRACKET = regex(r"\s*[。；;.，,]*\s*(?:\Z|\n)")
_NOT_A_NAME = regex(r"[0-9%＝=《》“”。：:]")
_NOBODY = regex(
    r"\A(?:有关|相关|其他|其它|上述|以上|本|该|谁|其|你|我|他)|\A各?(?:有关|相关)?(?:方面|部门|单位|部门和单位)\Z|\A(?:排|列|位|名)[^，]{0,8}(?:第一|首)|下设|设在|设立"
)
_BARE = regex(r"\A(?:办公室|委员会|领导小组|指挥部|联席会议|机构|政府|人民政府|主管部门|企业|学校|社区)\Z")
_LONGEST_NAME = 30
_LEAST_DUTY = 12  # characters before a closing bracket: 李某某（市财政局） is a person

_NOTE_IN_TITLE = regex(r"[（(][^（）()]*[）)]")
_COLUMN_OF_OWNERS = regex(r"(?:单位|部门|主体|对象|机构)(?:名称)?\Z")
_COLUMN_OF_OTHERS = regex(
    r"建设|申报|施工|获奖|表彰|推荐|设计|监理|采购|中标|计量|计算|服务|受益|项目单位|业主|用人|发证|审批|原单位|工作单位|所在|(?:人|领导)\Z"
)


def _closes_a_duty(text: str, bracket: re.Match[str]) -> bool:
    """True for a bracket of bodies without any verb that ends a duty; a person's body after the name ends none."""
    if bracket.start() < _LEAST_DUTY or not _AFTER_BRACKET.match(text, bracket.end()) or not is_list_of_bodies(bracket[1]):
        return False
    if is_named(text[: bracket.start()]):
        return False  # another name of the body before it: 街道办事处（乡镇人民政府）
    bodies = split_bodies(bracket[1])
    return len(bodies) > 1 or parse_name(bodies[0]).level != ""


class Responsibility:
    """Reads the clauses of one document in printed order and remembers 排在第一位的部门为牵头部门，下同."""

    def __init__(self, first_leads: bool = False) -> None:
        self.first_leads = first_leads

    def of_clause(self, text: str) -> Units:
        """Bodies a clause names as lead, supporting or responsible."""
        if not _QUICK.search(text):
            return NOBODY
        units = NOBODY
        outside: list[str] = []
        at = 0
        for bracket in _BRACKET.finditer(text):
            inner = bracket[1]
            leads = self._rule_in(inner)
            said = in_fragment(inner, is_list=_closes_a_duty(text, bracket))
            units = merged(units, _units(said, leads, is_given=has_label(inner)))
            if says_who(inner):
                outside.append(text[at : bracket.start()])
                at = bracket.end()
        outside.append(text[at:])
        rest = "".join(outside)
        leads = self._rule_in(rest)
        if has_label(rest):
            units = merged(units, _units(after_labels(rest), leads, is_given=True))
        return merged(units, _units(in_prose(rest), leads))

    def of_row(self, columns: "Columns", texts: Sequence[str]) -> Units:
        """Bodies of a table row."""
        units = NOBODY
        for role, text in zip(columns.roles, texts, strict=False):
            if role and text.strip() and (columns.are_titled or is_list_of_bodies(text)):
                leads = role == RESPONSIBLE and (columns.first_leads or self._rule_in(text))
                units = merged(units, _units(in_fragment(text, is_list=True, role=role), leads, is_given=True))
        return units

    def _rule_in(self, text: str) -> bool:
        """Whether the first body of a list leads here; a rule with 下同 holds from here on."""
        if not self.first_leads and _FIRST_LEADS.search(text):
            if _FROM_HERE_ON.search(text):
                self.first_leads = True
            return True
        return self.first_leads


def states_rule_for_all(text: str) -> bool:
    """True for a note that in every list of the document the first body leads, wherever the note stands.

    >>> states_rule_for_all("注：责任单位排在第一位的为牵头单位。"), states_rule_for_all("（排在第一位的为牵头部门，下同）")
    (True, False)
    """
    return _FIRST_LEADS.search(text) is not None and _FROM_HERE_ON.search(text) is None and len(text) < 120


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column of a table says of the bodies in it, None for a column of other things. `are_titled`: its title says so;
    else its cells do, and a cell of other words names nobody. `first_leads`: a title says that the first body of a cell leads."""

    roles: tuple[str | None, ...]
    are_titled: bool
    first_leads: bool = False


def columns_of(titles: Sequence[str], rows: Sequence[Sequence[str]], *, is_about_duties: bool) -> Columns:
    """Which columns hold bodies.

    A title decides (牵头单位, 配合单位, 责任单位). In a table about duties a column titled 单位, or not at all, holds the
    responsible bodies where most of its cells name bodies, unless another column does.
    """
    names = ["".join(title.split()) for title in titles]
    bare = [_NOTE_IN_TITLE.sub("", name) for name in names]
    roles = [None if _COLUMN_OF_OTHERS.search(name) else role_of_words(name) for name in bare]
    if any(roles) or not is_about_duties:
        return Columns(tuple(roles), True, any(_FIRST_LEADS.search(name) for name in names))
    for at, name in enumerate(names):
        if _COLUMN_OF_OTHERS.search(name) or (name and not _COLUMN_OF_OWNERS.search(name)):
            continue
        cells = {row[at] for row in rows if at < len(row) and row[at].strip()}
        if len(cells) > 1 and 10 * sum(is_list_of_bodies(cell) for cell in cells) >= 6 * len(cells):
            roles[at] = RESPONSIBLE
            break
    return Columns(tuple(roles), False)


def merged(a: Units, b: Units) -> Units:
    """Both; a body that leads somewhere is only lead, one that supports not responsible as well."""
    if not (b.lead or b.support or b.responsible):
        return a
    lead = tuple(dict.fromkeys((*a.lead, *b.lead)))
    support = tuple(n for n in dict.fromkeys((*a.support, *b.support)) if n not in lead)
    responsible = tuple(n for n in dict.fromkeys((*a.responsible, *b.responsible)) if n not in lead and n not in support)
    return Units(lead, support, responsible)


def _units(said: Iterable[Said], first_leads: bool, *, is_given: bool = False) -> Units:
    """The bodies of some statements. `is_given`: a label or column vouches for the names."""
    found: dict[str, list[str]] = {LEAD: [], SUPPORT: [], RESPONSIBLE: []}
    for name, role, note in bodies_said(list(said)):
        if not _is_acceptable(name, is_given):
            continue
        if note and ("牵头" in note or "主办" in note):
            role = LEAD
        elif note and ("配合" in note or "协办" in note):
            role = SUPPORT
        elif first_leads and role == RESPONSIBLE and not any(found.values()):
            role = LEAD
        found[role].append(name)
    return merged(NOBODY, Units(tuple(found[LEAD]), tuple(found[SUPPORT]), tuple(found[RESPONSIBLE])))


def _is_acceptable(name: str, is_given: bool) -> bool:
    if not 2 <= len(name) <= _LONGEST_NAME or _NOT_A_NAME.search(name) or _NOBODY.search(name):
        return False
    return is_given or (not _BARE.match(name) and (is_named(name) or is_list_of_bodies(name)))
