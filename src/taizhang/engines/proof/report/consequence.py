"""What a finding puts at risk, so that an editor reads first what costs money or marks."""

from enum import IntEnum

from taizhang.engines.proof.report.wording import Translate


class Consequence(IntEnum):
    """Order is the order of reading."""

    FIGURES = 0
    DUTIES = 1
    PRINT = 2


# A rule's family is the first part of its id.
_FAMILIES = {
    Consequence.FIGURES: (
        "points sum total figure number percent percentage unit stock growth table money share rank component target measure"
    ),
    Consequence.DUTIES: (
        "org organisation name body list date deadline period xref reference annex interval duty heading sheet param parameter "
        "term sanction cascade law document"
    ),
}
_OF_FAMILY = {name: consequence for consequence, names in _FAMILIES.items() for name in names.split()}


def consequence_of(rule: str) -> Consequence:
    """By the family of the rule's id; print where the family is unknown."""
    return _OF_FAMILY.get(rule.partition(".")[0], Consequence.PRINT)


def consequence_title(consequence: Consequence, translate: Translate) -> str:
    """Heading of the group."""
    if consequence is Consequence.FIGURES:
        return translate("关系到金额和得分")
    return translate("关系到谁来办、按哪条办") if consequence is Consequence.DUTIES else translate("关系到文字和排印")
