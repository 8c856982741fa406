"""Whose sheets: one body with two, and bodies a pack does not know."""

from collections.abc import Iterator

from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.names.bodies import key_of
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.engines.proof.sheets.families import families_of
from taizhang.engines.registry.names import clean
from taizhang.engines.targets.model import Sheet
from taizhang.kernel.message import Message


@rule(
    id="sheet.unit-twice",
    severity=Severity.ERROR,
    title="一个单位有两份责任书",
    why="两份里必有一份是别的单位的，那个单位就没有目标。",
    concern=Concern.WHO,
)
def unit_twice(context: ProofContext) -> Iterator[Outcome]:
    """Two sheets of one document headed by the same body.

    Wrong:
        各单位责任目标

        市教育局

        1. 新建学校5所（60分）；

        2. 培训教师200人（40分）。

        市民政局

        1. 新建养老院5所（60分）；

        2. 培训护理员200人（40分）。

        市教育局

        1. 举办赛事5场（60分）；

        2. 培训指导员200人（40分）。
    Right:
        各单位责任目标

        市教育局

        1. 新建学校5所（60分）；

        2. 培训教师200人（40分）。

        市体育局

        1. 举办赛事5场（60分）；

        2. 培训指导员200人（40分）。
    """
    for family in families_of(context):
        seen: dict[tuple[str, str], Sheet] = {}
        for sheet in family.sheets:
            first = seen.setdefault(key_of(clean(sheet.unit)), sheet)
            if first is not sheet:
                yield context.finding(
                    unit_twice,
                    context.clip(sheet.heading_span),
                    context.clip(first.heading_span),
                    message=Message("“{unit}”前面已有一份责任书", {"unit": sheet.unit}),
                    advice=Message("核对是哪个单位的"),
                    declared=sheet.unit,
                    document=sheet.document,
                    eid=sheet.eid,
                )


RULES = (unit_twice,)
