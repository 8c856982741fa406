"""Notices (通报): drafted from a run, edited in their words only, issued by another with a number and the ledger's head.

Every figure is bound to a record and can only be taken from the run's facts; what is not known is written as unknown.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.acting import another, cycle_for, day_of, light_cycles, locked, said, scheme_for
from taizhang.apps.assessments.models import Cycle, Notice, Run
from taizhang.apps.assessments.notices.facts import Facts, facts_of
from taizhang.apps.assessments.notices.standing import refuse_stale
from taizhang.apps.assessments.notices.text import quarterly, result
from taizhang.apps.assessments.results.reading import SETTLED, standing_run
from taizhang.apps.assessments.scores.runs import light_runs
from taizhang.apps.assessments.states import SILENT
from taizhang.apps.assessments.wording import NOTICE_STATES, RUN_STATES
from taizhang.apps.ledger.chain import GENESIS, canonical
from taizhang.apps.ledger.models import Entry, Seal
from taizhang.apps.ledger.operations import Actor, operation, record
from taizhang.engines.office.notice import Notice as NoticeValue
from taizhang.engines.office.notice import NoticeHeading, NoticeParagraph, NoticeTable, notice_from_json, notice_to_json
from taizhang.engines.office.notice_docx import notice_docx

# What may have digits without being a figure: days, years, quarters, document and clause numbers.
_NO_FIGURES = re.compile(
    r"\d{4}\s*[年—-]\s*(?:\d{4}\s*年)?|\d{1,2}\s*[月日]|〔\s*\d{4}\s*〕\s*第?\s*\d+\s*号|第\s*\d+\s*[条款项号章节页期季]|\d{1,2}[:：]\d{2}"
)
_DIGITS = re.compile(r"\d[\d.,，]*")
_SIMULATED = "模拟数据，不得引用"


def about(notice: int) -> str:
    """How the ledger and rectifications name a notice."""
    return f"notice:{notice}"


@operation("assessments.draft_notice", permission="assessments.notice")
def draft_notice(
    *, by: Actor, at: datetime, run: int, kind: str, period_start: date, period_end: date, for_body: str | None = None
) -> Notice:
    """Draft a quarterly notice from a run of that quarter, or the notice of results from the approved run.

    The notice of results is of the whole year, whatever days are given; once the final run gave other figures, another can be
    drafted from that although one is issued. Raises `DecidedByAnotherError` where one of that kind and period stands,
    `NotInThisStateError` for results not approved and for a run that was sent back, `NoticeIsStaleError` for results that were
    replaced by final ones, `DayIsOutsideError` for a period outside the year or that the run doesn't cover, `NoSuchRowError`.
    """
    row = light_runs().filter(pk=run).first()
    if row is None:
        raise refusals.NoSuchRowError(what="这次计分", key=run)
    year = cycle_for(row.cycle_id, for_body)
    scheme = scheme_for(year)
    if kind == "result":
        period_start, period_end = scheme.period.start or period_start, scheme.period.end or period_end
    _check_draft(row, year, kind, period_start, period_end)
    _not_twice(row, year, kind, period_end)
    facts = facts_of(row, scheme)
    value = quarterly(facts, scheme, period_start, period_end) if kind == "quarterly" else result(facts, scheme)
    if year.is_simulated:
        value = replace(value, banner=_SIMULATED)
    days = scheme.calendar.notice_days
    notice: Notice = Notice.objects.create(
        cycle=year, run=row, kind=kind, period_start=period_start, period_end=period_end, title=value.title,
        content=notice_to_json(value), drafted_by=by.ident, drafted_at=at,
        due_on=_due(scheme.calendar.published_by if kind == "result" else None, period_end, days),
    )  # fmt: skip
    after = {"kind": kind, "run": row.pk, "period_end": period_end.isoformat(), "figures": len(value.figures())}
    record(by=by, at=at, operation="assessments.draft_notice", subject=about(notice.pk), after=after, for_body=for_body)
    return notice


def _due(published_by: date | None, period_end: date, days: int | None) -> date | None:
    return published_by or (period_end + timedelta(days=days) if days is not None else None)


def _check_draft(run: Run, cycle: Cycle, kind: str, period_start: date, period_end: date) -> None:
    scheme = scheme_for(cycle)
    state, first = RUN_STATES[run.state], scheme.period.start or date(scheme.year, 1, 1)
    if run.state in SILENT:
        raise refusals.NotInThisStateError(what=f"第 {run.pk} 次计分", state=state, act="出通报", wanted="没有退回的计分")
    if kind == "result":
        if run.state not in SETTLED:
            raise refusals.NotInThisStateError(what=f"第 {run.pk} 次计分", state=state, act="出结果通报", wanted="已审定")
        newer = standing_run(cycle)
        if newer is not None and newer.pk != run.pk:
            raise refusals.NoticeIsStaleError(what="要出的结果通报", run=run.pk, newer=newer.pk, changed="结果经申诉已经定案")
    elif kind != "quarterly":
        raise refusals.NoSuchRowError(what="这种通报（可选 quarterly、result）", key=kind)
    if not first <= period_start <= period_end <= run.as_at:
        raise refusals.DayIsOutsideError(
            day=f"{period_start.isoformat()} 到 {period_end.isoformat()}", first=first.isoformat(), last=run.as_at.isoformat(),
            why="通报的起止日要在考核年度内、不晚于计分的那一天",
        )  # fmt: skip


def _not_twice(run: Run, cycle: Cycle, kind: str, period_end: date) -> None:
    """One notice of a kind and period; of results another one where final ones replaced those that were issued."""
    rows = Notice.objects.filter(cycle=cycle, kind=kind, period_end=period_end).exclude(state="discarded")
    if kind == "result":
        rows = rows.exclude(Q(state="issued") & ~Q(run=run))
    other = rows.first()
    if other is not None:
        state = NOTICE_STATES[other.state]
        raise refusals.DecidedByAnotherError(what=f"同一期的第 {other.pk} 号通报", other=other.drafted_by, state=state)


@operation("assessments.edit_notice", permission="assessments.notice")
def edit_notice(*, by: Actor, at: datetime, notice: int, content: Mapping[str, Any], for_body: str | None = None) -> Notice:
    """Change a draft's title, addressees and blocks. Words may change, and figures may go or be taken from the facts panel.

    Raises `FigureIsNotBoundError` for a figure that isn't the run's, or digits typed into the words; the notice engine's error
    for content of another form; `NotInThisStateError` once it is issued.
    """
    row, year = _draft(notice, for_body, "修改")
    old, new = notice_from_json(row.content), notice_from_json(content)
    kept = replace(
        new, mark=old.mark, number=None, signature=old.signature, dated=None, printed_by=old.printed_by, printed_on=None,
        ledger_head="", banner=old.banner,
    )  # fmt: skip
    said(kept.title, "标题", "通报", most=200)
    check_figures(kept, facts_of(light_runs().get(pk=row.run_id), scheme_for(year)))
    row.content, row.title = notice_to_json(kept), kept.title[:200]
    row.save(update_fields=["content", "title"])
    code = "assessments.edit_notice"
    record(by=by, at=at, operation=code, subject=about(row.pk), before=_told(old), after=_told(kept), for_body=for_body)
    return row


def _told(notice: NoticeValue) -> dict[str, Any]:
    """A draft as the ledger keeps it: its size, and the digest of its words."""
    sizes = {"title": notice.title, "blocks": len(notice.blocks), "figures": len(notice.figures())}
    return {**sizes, "sha256": hashlib.sha256(canonical(notice_to_json(notice))).hexdigest()}


def check_figures(notice: NoticeValue, facts: Facts) -> None:
    """Every figure is one of the facts, and no words hold another. Raises `FigureIsNotBoundError`."""
    known = facts.known()
    for figure in notice.figures():
        if known.get((figure.record, figure.text)) is not figure.is_unknown:
            raise refusals.FigureIsNotBoundError(figure=figure.text, record=figure.record)
    # A name without digits hides none, and a short one (日) would break a day in two.
    phrases = sorted((phrase for phrase in facts.phrases if _DIGITS.search(phrase)), key=len, reverse=True)
    quoted = re.compile("|".join(map(re.escape, phrases)) or "(?!)")
    for words in _words(notice):
        typed = _DIGITS.search(_NO_FIGURES.sub("", quoted.sub("", words)))
        if typed is not None:
            raise refusals.FigureIsNotBoundError(figure=typed.group(), record="手写")


def _words(notice: NoticeValue) -> list[str]:
    out = [notice.title, notice.addressees, notice.remark, notice.copies_to]
    for block in notice.blocks:
        match block:
            case NoticeHeading(text):
                out.append(text)
            case NoticeParagraph(runs):
                out += [run for run in runs if isinstance(run, str)]
            case NoticeTable(caption, columns, rows):
                out += [caption, *columns, *(cell for row in rows for cell in row if isinstance(cell, str))]
    return out


@operation("assessments.discard_notice", permission="assessments.notice")
def discard_notice(*, by: Actor, at: datetime, notice: int, reason: str, for_body: str | None = None) -> Notice:
    """Put a draft away, for example since figures changed, so that another can be drafted. It stays on file."""
    row, _ = _draft(notice, for_body, "作废")
    reason = said(reason, "理由", "作废草稿")
    row.state = "discarded"
    row.save(update_fields=["state"])
    after = {"state": "discarded", "reason": reason}
    code, before = "assessments.discard_notice", {"state": "draft"}
    record(by=by, at=at, operation=code, subject=about(row.pk), before=before, after=after, for_body=for_body)
    return row


@operation("assessments.issue_notice", permission="assessments.issue_notice")
def issue_notice(*, by: Actor, at: datetime, notice: int, number: str, for_body: str | None = None) -> Notice:
    """Sign a draft and give it its number; the head of the ledger as it stands is printed on it.

    Raises `NotTheSamePersonError` (who drafted or changed it doesn't sign), `NumberIsTakenError`, `FigureIsNotBoundError`
    where a figure no longer is the run's, `NoticeIsStaleError` where another run speaks now and says otherwise,
    `DecidedByAnotherError` once it is issued.
    """
    found = Notice.objects.filter(pk=notice).values_list("cycle_id", flat=True).first()
    if found is None:
        raise refusals.NoSuchRowError(what="这份通报", key=notice)
    year = cycle_for(found, for_body)
    row: Notice = locked(Notice.objects.all(), notice, "这份通报")
    if row.state != "draft":
        state = NOTICE_STATES[row.state]
        raise refusals.DecidedByAnotherError(what=f"第 {row.pk} 号通报", other=row.issued_by or row.drafted_by, state=state)
    another(by, {**_editors(row), row.drafted_by: "起草了这份通报"}, "签发")
    number = said(number, "文号", "签发通报", most=60)
    if Notice.objects.filter(cycle__owner=year.owner, number=number).exists():
        raise refusals.NumberIsTakenError(number=number)
    value, day = notice_from_json(row.content), day_of(at)
    check_figures(value, facts_of(light_runs().get(pk=row.run_id), scheme_for(year)))
    refuse_stale(row, year)
    last = Seal.objects.order_by("-sequence").values_list("sequence", "head").first()
    sequence, head = last or (0, GENESIS)
    issued = replace(value, number=number, dated=day, printed_on=day, ledger_head=head)
    row.content = {**notice_to_json(issued), "ledger_sequence": sequence}
    row.state, row.number, row.ledger_head, row.issued_by, row.issued_at = "issued", number, head, by.ident, at
    row.save(update_fields=["content", "state", "number", "ledger_head", "issued_by", "issued_at"])
    after = {"number": number, "run": row.run_id, "ledger_head": head, "ledger_sequence": sequence, "is_met": _is_met(row, day)}
    code, before = "assessments.issue_notice", {"state": "draft"}
    record(by=by, at=at, operation=code, subject=about(row.pk), before=before, after=after, for_body=for_body)
    return row


def _editors(notice: Notice) -> dict[str, str]:
    """Who changed a draft, as the ledger has it. One query."""
    entries = Entry.objects.filter(operation="assessments.edit_notice", subject=about(notice.pk))
    return dict.fromkeys(entries.values_list("by", flat=True), "修改了这份通报")


def _is_met(notice: Notice, day: date) -> bool | None:
    return None if notice.due_on is None else day <= notice.due_on


def _draft(pk: int, for_body: str | None, act: str) -> tuple[Notice, Cycle]:
    found = Notice.objects.filter(pk=pk).values_list("cycle_id", flat=True).first()
    if found is None:
        raise refusals.NoSuchRowError(what="这份通报", key=pk)
    year = cycle_for(found, for_body)
    row: Notice = locked(Notice.objects.all(), pk, "这份通报")
    if row.state != "draft":
        state = NOTICE_STATES[row.state]
        raise refusals.NotInThisStateError(what=f"第 {pk} 号通报", state=state, act=act, wanted="草稿")
    return row, year


def facts_panel(notice: Notice) -> Facts:
    """The figures that a draft may use. Five queries."""
    year = light_cycles().get(pk=notice.cycle_id)
    return facts_of(light_runs().get(pk=notice.run_id), scheme_for(year))


def notice_value(notice: Notice) -> NoticeValue:
    """The notice as the value that the page and the file are made of."""
    return notice_from_json({name: value for name, value in notice.content.items() if name != "ledger_sequence"})


def notice_file(notice: Notice, addresses: Mapping[str, str] | None = None) -> bytes:
    """The notice as .docx. `addresses` lead from records to their pages."""
    return notice_docx(notice_value(notice), addresses)


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice in a list; `is_met` None while it is a draft or no day is set."""

    pk: int
    kind: str
    title: str
    number: str
    state: str
    period_end: date
    issued_on: date | None
    due_on: date | None

    @property
    def is_met(self) -> bool | None:
        """Whether it was issued in time."""
        return None if self.due_on is None or self.issued_on is None else self.issued_on <= self.due_on


def notices_of(cycle: Cycle, *, with_drafts: bool) -> list[NoticeLine]:
    """Notices, newest first; drafts only for the desk. One query."""
    rows = Notice.objects.filter(cycle=cycle, state__in=("draft", "issued") if with_drafts else ("issued",))
    columns = ("pk", "kind", "title", "number", "state", "period_end", "issued_at", "due_on")
    return [
        NoticeLine(pk, kind, title, number, state, end, day_of(issued) if issued else None, due)
        for pk, kind, title, number, state, end, issued, due in rows.values_list(*columns)
    ]
