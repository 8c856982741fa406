"""The end of the demo's year: self-checks, judged items, results approved and published, an appeal that gains half a point, and a
problem put right. Every step by the person whose it is; a step that was taken is left alone.
"""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from taizhang.cli import demo_accounts
from taizhang.cli.language import tr
from taizhang.cli.simulated_figures import dice
from taizhang.cli.site import user_named

if TYPE_CHECKING:
    from taizhang.apps.assessments.models import Cycle

_HALF = Decimal("0.5")
_AFTER_OTHERS = timedelta(days=20)  # how much later a year is closed that waits for another's approved results
_SIMULATED = "模拟数据"


def close(until: date) -> list[str]:
    """Close every cycle of the city whose year is over by a day. What was done, in lines to tell."""
    from taizhang.apps.assessments.models import Cycle
    from taizhang.apps.assessments.schemes.stored import scheme_of

    ended = []
    for cycle in Cycle.objects.filter(parent=None, is_simulated=True).select_related("scheme").order_by("pk"):
        end = scheme_of(cycle.scheme).period.end
        if end is not None and end < until:
            ended.append(_Closing(cycle, end))
    # What reads another cycle's result is closed after it.
    return [closing.run() for closing in sorted(ended, key=lambda closing: closing.reads_others)]


class _Closing:
    """A cycle being closed after its last day."""

    def __init__(self, cycle: "Cycle", end: date) -> None:
        from taizhang.apps.assessments.schemes.stored import scheme_of
        from taizhang.apps.assessments.year.opening import leaves_of
        from taizhang.cli.demo_year import People

        self.cycle = cycle
        self.scheme = scheme_of(cycle.scheme)
        self.end = end
        self.year = end.year + 1
        self.reads_others = any(leaf.rule.result_of is not None for leaf in leaves_of(self.scheme))
        self.subjects = [subject for subject in cycle.subjects.order_by("pk") if subject.tree]
        self.people = People(cycle, self.subjects)
        self.office = user_named(demo_accounts.OFFICE)
        self.colleague = user_named(demo_accounts.COLLEAGUE)
        self.group = user_named(demo_accounts.LEADING_GROUP)

    def day(self, month: int, day: int) -> date:
        """A day of the year after; later where another cycle's results are awaited."""
        return date(self.year, month, day) + (_AFTER_OTHERS if self.reads_others else timedelta())

    def run(self) -> str:
        """Everything from the rules to the last rectification; what came of it, in a line."""
        self._prepare()
        self._propose()
        self._approve()
        self._publish()
        self._rectify()
        self._contest()
        self._finish()
        return tr("{name}：{state}").format(name=self.scheme.title, state=self._state_in_words())

    def _state(self) -> str:
        self.cycle.refresh_from_db(fields=["state", "published_at", "closed_at"])
        return str(self.cycle.state)

    def _state_in_words(self) -> str:
        from taizhang.apps.assessments.wording import CYCLE_STATES

        return CYCLE_STATES[self._state()]

    def _step(self, state: str, step: str, on: date, reference: str, note: str = "") -> None:
        from taizhang.apps.assessments.results.steps import take_step
        from taizhang.cli.demo_year import at

        if self._state() == state and not self.cycle.steps.filter(code=step).exists():
            facts = {"cycle": self.cycle.pk, "step": step, "reference": reference, "note": note}
            take_step(by=self.office, at=at(on), **facts)

    def _prepare(self) -> None:
        from taizhang.apps.assessments.models import Evidence
        from taizhang.apps.assessments.reports.attaching import attach_to_record
        from taizhang.apps.assessments.reports.evidence import Upload
        from taizhang.apps.assessments.results.steps import note_on_site, self_check
        from taizhang.cli.demo_year import at

        self._step("open", "rules_issued", date(self.end.year, 12, 10), f"{self.scheme.title}实施细则（{_SIMULATED}）")
        self._step("open", "group_named", date(self.end.year, 12, 15), f"考核组名单（{_SIMULATED}）")
        if self._state() == "implementing":
            done = set(self.cycle.steps.filter(code="self_checked").values_list("reference", flat=True))
            for subject in self.subjects:
                if subject.ident not in done:
                    by, facts = self.people.of("signer", subject.ident), {"for_body": subject.ident, "subject": subject.pk}
                    self_check(by=by, at=at(self.day(2, 10)), note=f"{_SIMULATED}：已对照责任书逐项自查", **facts)
        self._step("implementing", "self_check", self.day(2, 12), f"自查报告汇编（{_SIMULATED}）", f"{_SIMULATED}：都已自查")
        if self._state() == "self_check" and not self.cycle.steps.filter(code="on_site_note").exists():
            for subject in self.subjects[:3]:
                facts = {"cycle": self.cycle.pk, "subject": subject.pk, "note": f"{_SIMULATED}：现场与台账一致"}
                note_on_site(by=self.office, at=at(self.day(2, 20)), **facts)
        self._step("self_check", "on_site", self.day(2, 25), f"实地考核情况（{_SIMULATED}）")
        if self._state() == "on_site" and not self.cycle.steps.filter(code="third_party").exists():
            for kind, name in (("third_party", "第三方评估报告.txt"), ("questionnaire", "公众问卷.txt")):
                about = f"{kind}:{self.cycle.pk}"
                if not Evidence.objects.filter(about=about).exists():
                    upload = Upload(name, f"{_SIMULATED}\n{name}\n".encode(), "第1行")
                    attach_to_record(by=self.office, at=at(self.day(2, 26)), about=about, upload=upload)
        self._step("on_site", "third_party", self.day(2, 27), f"第三方评估报告和公众问卷（{_SIMULATED}）")

    def _propose(self) -> None:
        from taizhang.apps.assessments.results.steps import propose_results
        from taizhang.cli.demo_office import score
        from taizhang.cli.demo_year import at

        if self._state() != "on_site":
            return
        self._settle(score(self.cycle, self.day(3, 2)))
        run = score(self.cycle, self.day(3, 10))
        propose_results(by=self.office, at=at(self.day(3, 11)), run=run.pk, note=_SIMULATED)

    def _settle(self, run: Any) -> None:
        """Points are given by two scorers; what the source leaves without a size stays outside this year, by a decision."""
        from taizhang.apps.assessments.acting import criterion_of
        from taizhang.apps.assessments.scores.deciding import Ruling, decide_missing, open_cells
        from taizhang.cli.demo_year import at

        judged: dict[int, list[Any]] = defaultdict(list)
        subjects = {subject.pk: subject for subject in self.subjects}
        for cell in open_cells(run):
            subject = subjects[cell.subject]
            node = criterion_of(self.scheme, subject, cell.criterion)
            rule = node.rule
            if node.weight is not None and rule is not None and rule.strategy == "judged" and not rule.parameters.get("stages"):
                judged[cell.subject].append(node)
                continue
            ruling = _ruling(node, Ruling)
            facts = {"cycle": self.cycle.pk, "subject": subject.pk, "criterion": node.id, "ruling": ruling}
            decide_missing(by=self.office, at=at(self.day(3, 3)), **facts)
        for pk, nodes in judged.items():
            self._judge(subjects[pk], nodes)

    def _judge(self, subject: Any, nodes: list[Any]) -> None:
        from taizhang.apps.assessments.models import Judgement, Owing
        from taizhang.apps.assessments.reports.attaching import attach_to_record
        from taizhang.apps.assessments.reports.evidence import Upload
        from taizhang.apps.assessments.scores.judging import Voice, about, judge
        from taizhang.cli.demo_year import at

        upload = Upload("日常评价记录.txt", f"{_SIMULATED}\n日常评价记录\n".encode(), "第2行")
        owings = dict(Owing.objects.filter(subject=subject).values_list("criterion", "pk"))
        known = Judgement.objects.filter(subject=subject, period_end=self.end).values_list("criterion", "scorer")
        voices = []
        for node in nodes:
            attach_to_record(by=self.office, at=at(self.day(3, 3)), about=about(owings[node.id]), upload=upload)
            share = Decimal(str(round(dice(subject.ident, node.id).uniform(0.78, 0.99), 3)))
            points = (node.weight * share).quantize(Decimal("0.1"))
            voices.append(Voice(node.id, str(points), f"{_SIMULATED}：按日常评价记录"))
        for scorer in (self.office, self.colleague):
            mine = [voice for voice in voices if (voice.criterion, scorer.ident) not in set(known)]
            if mine:
                facts = {"cycle": self.cycle.pk, "subject": subject.pk, "period_end": self.end, "voices": mine}
                judge(by=scorer, at=at(self.day(3, 4)), **facts)

    def _approve(self) -> None:
        from taizhang.apps.assessments.models import Run
        from taizhang.apps.assessments.results.steps import approve_results, review_results
        from taizhang.cli.demo_year import at

        run = Run.objects.filter(cycle=self.cycle, state__in=("proposed", "reviewed")).order_by("-pk").first()
        if self._state() == "proposed" and run is not None:
            review_results(by=self.colleague, at=at(self.day(3, 13)), run=run.pk, note=f"{_SIMULATED}：逐项复核无误")
        if self._state() == "reviewed" and run is not None:
            approve_results(by=self.group, at=at(self.day(3, 20)), run=run.pk, note=_SIMULATED)

    def _publish(self) -> None:
        from taizhang.apps.assessments.models import Notice, Run
        from taizhang.apps.assessments.notices.noticing import draft_notice, issue_notice
        from taizhang.apps.assessments.results.steps import publish_results
        from taizhang.cli.demo_office import number_of
        from taizhang.cli.demo_year import at

        if self._state() != "approved":
            return
        notice = Notice.objects.filter(cycle=self.cycle, kind="result").exclude(state="discarded").first()
        if notice is None:
            run = Run.objects.filter(cycle=self.cycle, state="approved").get()
            period = {"period_start": self.scheme.period.start, "period_end": self.end}
            notice = draft_notice(by=self.office, at=at(self.day(3, 24)), run=run.pk, kind="result", **period)
        if notice.state == "draft":
            number = number_of(self.cycle, self.scheme, self.year)
            notice = issue_notice(by=self.group, at=at(self.day(3, 30)), notice=notice.pk, number=number)
        publish_results(by=self.office, at=at(self.day(3, 31)), cycle=self.cycle.pk, reference=notice.number)

    def _rectify(self) -> None:
        """One problem of the last quarterly notice, planned, reported and checked."""
        from taizhang.apps.assessments.follow_up.rectifying import (
            open_rectification,
            plan_rectification,
            report_rectification,
            verify_rectification,
        )
        from taizhang.apps.assessments.models import Notice, Rectification
        from taizhang.cli.demo_year import at

        notice = Notice.objects.filter(cycle=self.cycle, kind="quarterly", state="issued").order_by("-period_end").first()
        if self._state() != "published" or notice is None:
            return
        subject = self._shown()
        row = Rectification.objects.filter(cycle=self.cycle, subject=subject).order_by("pk").first()
        if row is None:
            facts = {"cycle": self.cycle.pk, "subject": subject.pk, "origin": f"notice:{notice.pk}"}
            row = open_rectification(by=self.office, at=at(self.day(4, 1)), problem=f"{_SIMULATED}：台账更新不及时", **facts)
        unit = {"for_body": subject.ident, "rectification": row.pk}
        by = self.people.of("reporter", subject.ident)
        if row.state == "open":
            row = plan_rectification(by=by, at=at(self.day(4, 3)), plan=f"{_SIMULATED}：每月5日前更新台账", **unit)
        if row.state == "planned":
            row = report_rectification(by=by, at=at(self.day(4, 9)), outcome=f"{_SIMULATED}：台账已补齐", **unit)
        if row.state == "reported":
            verify_rectification(by=self.colleague, at=at(self.day(4, 13)), rectification=row.pk, is_done=True)

    def _shown(self) -> Any:
        """The body with accounts of its own where it is assessed, else the first."""
        own = [subject for subject in self.subjects if subject.ident == "education"]
        return (own or self.subjects)[0]

    def _contest(self) -> None:
        """A unit contests a score in time and gains half a point."""
        from taizhang.apps.assessments.follow_up.appealing import decide_appeal, file_appeal
        from taizhang.apps.assessments.models import Appeal, Cell
        from taizhang.apps.assessments.year.clocks import appeal_clock
        from taizhang.cli.demo_year import at

        if self._state() != "published" or appeal_clock(self.cycle) is None:
            return
        subject = self._shown()
        appeal = Appeal.objects.filter(cycle=self.cycle).order_by("pk").first()
        if appeal is None:
            leaves = Cell.objects.filter(score__run__cycle=self.cycle, score__run__state="approved", score__subject=subject)
            parents = set(leaves.values_list("parent", flat=True))
            cells = leaves.exclude(criterion__in=parents).exclude(weight=None).order_by("ordinal")
            cell = next((cell for cell in cells if _has_room(cell)), None)
            if cell is None:
                return
            by = self.people.of("signer", subject.ident)
            facts = {"for_body": subject.ident, "subject": subject.pk, "criterion": cell.criterion}
            appeal = file_appeal(by=by, at=at(self.day(4, 3)), claim=f"{_SIMULATED}：核验时漏计一处", **facts)
        if appeal.state == "filed":
            facts = {"appeal": appeal.pk, "outcome": "partly_upheld", "points": _HALF}
            decide_appeal(by=self.group, at=at(self.day(4, 10)), reason=f"{_SIMULATED}：补充材料属实，加半分", **facts)

    def _finish(self) -> None:
        from taizhang.apps.assessments.follow_up.appealing import make_final
        from taizhang.apps.assessments.year.clocks import appeal_clock
        from taizhang.cli.demo_year import at

        if self._state() != "published":
            return
        clock = appeal_clock(self.cycle)
        day = max(self.day(5, 6), clock.due + timedelta(days=3)) if clock else self.day(5, 6)
        make_final(by=self.group, at=at(day), cycle=self.cycle.pk, note=_SIMULATED)


def _ruling(node: Any, ruling: Any) -> Any:
    """What the office decides where no figure came: a part without size stays outside, a judged item falls to its last stage but
    one, any other counts as nothing reached."""
    clause = f"{node.citation.document_number} {node.citation.eid}" if node.citation else "方案的解释"
    if node.weight is None:
        return ruling("left_open", f"{_SIMULATED}：分值未定，本年不计", clause)
    stages = node.rule.parameters.get("stages") if node.rule else None
    if stages:
        return ruling("stage", f"{_SIMULATED}：没有材料，按现有情况评定", clause, stage=stages[max(len(stages) - 2, 0)])
    return ruling("value", f"{_SIMULATED}：没有报数，按未完成计", clause, value=Decimal(0))


def _has_room(cell: Any) -> bool:
    """True for a known score that half a point more would not push over its full mark."""
    return cell.low is not None and cell.low == cell.high and cell.low + _HALF <= cell.weight
