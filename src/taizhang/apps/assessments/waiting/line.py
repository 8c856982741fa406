"""A line of 今日, and the words for what it asks for."""

from dataclasses import dataclass
from datetime import date

from taizhang.apps.assessments.models import Cycle, Subject
from taizhang.apps.assessments.models import Scheme as SchemeRow

ACTS = {
    "acknowledge": "签收责任书",
    "report": "填报",
    "redo": "改正退回的数",
    "sign": "签发",
    "verify": "核验",
    "approve_scheme": "审批方案",
    "redo_scheme": "修改退回的方案",
    "open_year": "开始考核年度",
    "score": "试算",
    "draft_notice": "起草通报",
    "confirm_record": "确认日常记录",
    "settle_judgement": "裁定评定分歧",
    "review_results": "复核考核结果",
    "approve_results": "审定考核结果",
    "publish_results": "公布考核结果",
    "finish_year": "定案",
    "issue_notice": "签发通报",
    "decide_appeal": "决定申诉",
    "decide_amendment": "审批目标调整",
    "self_check": "报自查",
    "plan_rectification": "报整改方案",
    "report_rectification": "报整改情况",
    "verify_rectification": "核实整改",
    "name_verifier": "另定核验单位",
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of 今日: the act, whose matter it is, how many figures, until when (None: no day is set), who acted last.

    `is_provisional`: the day rests on a year without a holiday notice. `body` is the body the reader acts for, "" for an office.
    """

    act: str
    title: str
    body: str
    count: int
    cycle: Cycle | None = None
    subject: Subject | None = None
    scheme: SchemeRow | None = None
    period_end: date | None = None
    due_on: date | None = None
    is_provisional: bool = False
    last_actor: str = ""

    @property
    def key(self) -> str:
        """What it is about, stable from day to day: a reminder is sent once for it."""
        if self.subject is not None:
            place = f"subject:{self.subject.pk}"
        else:
            place = f"cycle:{self.cycle.pk}" if self.cycle else f"scheme:{self.scheme.pk if self.scheme else 0}"
        return f"{self.act}/{place}/{self.period_end or ''}"
