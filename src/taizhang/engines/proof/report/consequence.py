"""What a finding puts at risk, so that an editor reads first what costs money or marks."""

from enum import IntEnum

from taizhang.engines.proof.report.model import Report
from taizhang.engines.proof.report.wording import Translate
from taizhang.engines.proof.rule import Concern


class Consequence(IntEnum):
    """Order is the order of reading."""

    FIGURES = 0
    DUTIES = 1
    PRINT = 2


_OF_CONCERN = {
    Concern.MONEY: Consequence.FIGURES,
    Concern.POINTS: Consequence.FIGURES,
    Concern.WHO: Consequence.DUTIES,
    Concern.WHEN: Consequence.DUTIES,
    Concern.WORDS: Consequence.PRINT,
    Concern.STRUCTURE: Consequence.PRINT,
}


def consequence_of(rule: str, report: Report) -> Consequence:
    """By what is at stake in the rule; print where the rule is not known."""
    info = report.rules.get(rule)
    return _OF_CONCERN[info.concern] if info else Consequence.PRINT


def consequence_title(consequence: Consequence, translate: Translate) -> str:
    """Heading of the group."""
    if consequence is Consequence.FIGURES:
        return translate("关系到金额和得分")
    return translate("关系到谁来办、何时办") if consequence is Consequence.DUTIES else translate("关系到文字和编排")
