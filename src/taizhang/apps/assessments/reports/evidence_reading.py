"""Who may open a file behind a figure: the unit it speaks of, its verifier, and those who score, decide or audit."""

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments.models import Appeal, DailyRecord, Evidence, Judgement, Rectification, Report, Subject
from taizhang.apps.assessments.reports.evidence import store
from taizhang.apps.assessments.waiting.matters import roles_of
from taizhang.apps.assessments.year.owing import acting_for, verifier_of

_EVERYWHERE = frozenset({"assessment_office", "leading_group", "auditor"})
_OF_THE_UNIT = ("reporter", "signer")
_ABOUT = {"record": DailyRecord, "judgement": Judgement, "appeal": Appeal, "rectification": Rectification}


def evidence_bytes(user: User, file: Evidence) -> bytes | None:
    """The bytes of a file for somebody who may see it; None for anybody else. Raises `EvidenceIsDamagedError`."""
    return store().get(file.sha256) if may_open(user, file) else None


def may_open(user: User, file: Evidence) -> bool:
    """True for offices and auditors, the people of the unit the file speaks of, and the verifiers of its figure."""
    roles = roles_of(user)
    if user.is_active and (_EVERYWHERE & roles.keys() or file.cycle.owner in roles.get("tier_office", ())):
        return True
    kind, _, key = file.about.partition(":")
    if kind == "report":
        report = Report.objects.select_related("metric", "subject__taken_over_by").filter(pk=key).first()
        if report is None:
            return False
        if verifier_of(report.metric, report.subject, report.period_end) in roles.get("verifier", ()):
            return user.is_active
        return user.is_active and _is_of(roles, report.subject, acting_for(report.subject, report.period_end))
    model = _ABOUT.get(kind)
    row = model.objects.select_related("subject").filter(pk=key).first() if model else None
    return row is not None and user.is_active and _is_of(roles, row.subject, row.subject)


def _is_of(roles: dict[str, set[str]], subject: Subject, acting: Subject) -> bool:
    bodies = {subject.ident, acting.ident}
    return any(bodies & roles.get(role, set()) for role in _OF_THE_UNIT)
