"""Labels of the annexes of one document (附件1, 附件2) against each other."""

from collections.abc import Iterator

from taizhang.engines.gazette.model import Document
from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.numbering.steps import Step, slips, told
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.kernel.numerals import chinese_integer
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_LABEL = regex(r"附\s*[件表录]\s*([0-9]{1,2}|[一二三四五六七八九十]{1,3})")


@rule(
    id="numbering.annex",
    severity=Severity.ERROR,
    title="附件编号不连续",
    why="附件缺号、重号，正文里的“见附件”就指不到地方。",
    concern=Concern.STRUCTURE,
)
def annex(context: ProofContext) -> Iterator[Outcome]:
    """The numbers on the annexes of a document, in printed order.

    Wrong:
        某市评价办法

        第一条 评价单位见附件1，评价指标见附件2。

        附件1

        评价单位名单

        市教育局、市科技局、市公安局

        附件3

        评价指标

        序号\t指标\t分值
        1\t主动公开\t20
        2\t依申请公开\t20
    Right:
        某市评价办法

        第一条 评价单位见附件1，评价指标见附件2。

        附件1

        评价单位名单

        市教育局、市科技局、市公安局

        附件2

        评价指标

        序号\t指标\t分值
        1\t主动公开\t20
        2\t依申请公开\t20
    """
    for document in context.documents:
        steps = [step for child in document.documents if child.role == "annex" and (step := _label(context, child))]
        if len(steps) > 1:
            for slip in slips(steps):
                yield told(annex, context, slip, severity=None if slip.is_sure else Severity.NOTE)


def _label(context: ProofContext, document: Document) -> Step | None:
    match = _LABEL.search(context.source, document.span.start, min(document.span.end, document.span.start + 40))
    value = match and (int(match[1]) if match[1].isdigit() else chinese_integer(match[1]))
    if match is None or not value:
        return None
    return Step(value, match.group(), Span(match.start(), match.end()), document.id, None)


RULES = (annex,)
