"""A notice takes every figure from a record, says unknown where nothing is known, and is signed by another with the ledger's head."""

from copy import deepcopy
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.follow_up.appealing import decide_appeal, file_appeal, make_final
from taizhang.apps.assessments.models import Cell, Cycle, Notice, Run
from taizhang.apps.assessments.notices.noticing import (
    discard_notice,
    draft_notice,
    edit_notice,
    facts_panel,
    issue_notice,
    notice_file,
    notice_value,
    notices_of,
)
from taizhang.apps.assessments.notices.standing import standing_of
from taizhang.apps.assessments.results.steps import propose_results, send_back_results
from taizhang.apps.ledger.chain import seal_pending, verify
from taizhang.apps.ledger.models import Entry, Seal
from taizhang.engines.office.errors import NoticeContentIsMalformedError
from taizhang.engines.readers import read_bytes
from tests.apps_fixtures import person
from tests.assessment_fixtures import EDUCATION, FINANCE, GROWTH, HEBIN, HEBIN_REVENUE, PLACES, Q3, Q4, SPENDING, STATISTICS
from tests.assessment_results import approved_run, confirmed, figure_of, prepare, published_year, scored, subject_row

WHEN = datetime(2025, 10, 20, 1, tzinfo=UTC)
LATER, AFTER_APPEALS = datetime(2026, 2, 9, 1, tzinfo=UTC), datetime(2026, 2, 10, 1, tzinfo=UTC)
QUARTER = {"kind": "quarterly", "period_start": date(2025, 7, 1), "period_end": Q3}


@pytest.fixture
def third_quarter(open_cycle: Cycle, office: User) -> Notice:
    """教育局 lags, 财政局 on its way, 统计局 reported and not verified, the rest unknown."""
    figure_of(open_cycle, EDUCATION, PLACES, "1600", Q3)
    figure_of(open_cycle, FINANCE, SPENDING, "900", Q3)
    figure_of(open_cycle, STATISTICS, GROWTH, "9.5", Q3, state="signed")
    run = scored(open_cycle, Q3, WHEN)
    notice: Notice = draft_notice(by=office, at=WHEN, run=run.pk, **QUARTER)
    return notice


def signer() -> User:
    return person("zhuren", "assessment_office")


def test_every_figure_is_bound_to_a_record_and_what_is_unknown_is_said_in_words(third_quarter: Notice) -> None:
    value = notice_value(third_quarter)
    records = {figure.record.partition(":")[0] for figure in value.figures()}
    assert records == {"run", "score", "cell"}
    lagging = Cell.objects.get(criterion="edu_1")
    assert {f.text for f in value.figures() if f.record == f"cell:{lagging.pk}"} == {"新增中小学学位3200个", "1600", "3200"}
    text = read_bytes(notice_file(third_quarter), name="tongbao.docx").text
    assert "关于2025年第三季度责任目标进展情况的通报" in text
    assert "得分为试算，未经审定" in text
    assert "市统计局未核验：粮食总产量12万吨。" in text
    assert "未定、未知的不按零计" in text
    unknown = [figure for figure in value.figures() if figure.is_unknown]
    assert unknown
    assert {figure.text for figure in unknown} == {"未定"}


def test_words_are_edited_and_figures_are_not(third_quarter: Notice, office: User) -> None:
    content = deepcopy(third_quarter.content)
    content["blocks"].insert(1, {"kind": "paragraph", "runs": ["总体看，2025年7月以来进展平稳，见岭政〔2025〕2号第3条。"]})
    edited = edit_notice(by=office, at=WHEN, notice=third_quarter.pk, content=content)
    assert edited.content["blocks"][1]["runs"][0].startswith("总体看")
    for wrong, said in (
        (["新增学位2000个"], "2000"),
        (["完成率９５％"], "９５"),
        ([{"figure": "99.99", "record": "run:1"}], "99.99"),
        ([{"figure": "1600", "record": "cell:999999"}], "1600"),
        ([{"figure": "未知", "record": "cell:1", "unknown": True}], "未知"),
    ):
        content["blocks"][1]["runs"] = wrong
        with pytest.raises(refusals.FigureIsNotBoundError, match=said):
            edit_notice(by=office, at=WHEN, notice=third_quarter.pk, content=content)
    content["blocks"][1] = {"kind": "picture"}
    with pytest.raises(NoticeContentIsMalformedError):
        edit_notice(by=office, at=WHEN, notice=third_quarter.pk, content=content)
    third_quarter.refresh_from_db()
    assert third_quarter.content == edited.content


def test_a_figure_of_the_panel_can_be_taken_in_and_another_left_out(third_quarter: Notice, office: User) -> None:
    fact = next(fact for fact in facts_panel(third_quarter).panel() if fact.figure.text == "900")
    content = deepcopy(third_quarter.content)
    content["blocks"] = [
        {"kind": "paragraph", "runs": ["市财政局三公经费", {"figure": fact.figure.text, "record": fact.figure.record}, fact.unit]}
    ]
    edited = edit_notice(
        by=office, at=WHEN, notice=third_quarter.pk, content={**content, "mark": "假机关", "number": "假〔2025〕1号"}
    )
    value = notice_value(edited)
    assert [figure.text for figure in value.figures()] == ["900"]
    assert (value.mark, value.number, value.ledger_head) == ("市考核办文件", None, "")


def test_another_signs_it_with_a_number_and_the_ledgers_head(third_quarter: Notice, office: User) -> None:
    seal_pending(at=WHEN)
    with pytest.raises(refusals.NotTheSamePersonError):
        issue_notice(by=office, at=WHEN, notice=third_quarter.pk, number="岭考办〔2025〕7号")
    with pytest.raises(refusals.WordsAreMissingError):
        issue_notice(by=signer(), at=WHEN, notice=third_quarter.pk, number=" ")
    done = issue_notice(by=signer(), at=WHEN, notice=third_quarter.pk, number="岭考办〔2025〕7号")
    last = Seal.objects.order_by("-sequence").first()
    assert last is not None
    assert (done.ledger_head, done.content["ledger_sequence"]) == (last.head, last.sequence)
    assert last.head in read_bytes(notice_file(done), name="tongbao.docx").text.replace("\n", "")
    assert list(verify((last.sequence, done.ledger_head))) == []
    entries = Entry.objects.count()
    with pytest.raises(refusals.DecidedByAnotherError, match="zhuren"):
        issue_notice(by=person("fuzhuren", "assessment_office"), at=WHEN, notice=done.pk, number="岭考办〔2025〕8号")
    with pytest.raises(refusals.NotInThisStateError):
        edit_notice(by=office, at=WHEN, notice=done.pk, content=done.content)
    with pytest.raises(refusals.NotInThisStateError):
        discard_notice(by=office, at=WHEN, notice=done.pk, reason="重出")
    assert Entry.objects.count() == entries


def test_one_notice_a_period_until_the_draft_is_put_away_and_one_number_once(third_quarter: Notice, office: User) -> None:
    with pytest.raises(refusals.DecidedByAnotherError, match=f"第 {third_quarter.pk} 号"):
        draft_notice(by=office, at=WHEN, run=third_quarter.run_id, **QUARTER)
    discard_notice(by=office, at=WHEN, notice=third_quarter.pk, reason="数字有更正")
    again = draft_notice(by=office, at=WHEN, run=third_quarter.run_id, **QUARTER)
    issue_notice(by=signer(), at=WHEN, notice=again.pk, number="岭考办〔2025〕7号")
    half = {**QUARTER, "period_start": date(2025, 1, 1), "period_end": date(2025, 6, 30)}
    other = draft_notice(by=office, at=WHEN, run=third_quarter.run_id, **half)
    with pytest.raises(refusals.NumberIsTakenError):
        issue_notice(by=signer(), at=WHEN, notice=other.pk, number="岭考办〔2025〕7号")
    assert [line.pk for line in notices_of(again.cycle, with_drafts=False)] == [again.pk]
    assert [line.pk for line in notices_of(again.cycle, with_drafts=True)] == [again.pk, other.pk]


def test_the_notice_of_results_needs_approved_ones(whole_year: Cycle, office: User, reviewer_2: User) -> None:
    confirmed(whole_year, office, reviewer_2)
    facts: dict[str, Any] = {"kind": "result", "period_start": date(2025, 1, 1), "period_end": date(2025, 12, 31)}
    run = approved_run(whole_year)
    early = scored_before(whole_year, run.pk)
    with pytest.raises(refusals.NotInThisStateError):
        draft_notice(by=office, at=WHEN, run=early, **facts)
    notice = draft_notice(by=office, at=WHEN, run=run.pk, **facts)
    assert notice.due_on == date(2026, 4, 30)
    text = read_bytes(notice_file(notice), name="jieguo.docx").text
    assert "市直部门：优秀3个，良好0个" in text
    assert "2025年11月3日，市财政局：被省级通报批评（专项检查），每次10分。" in text
    assert "试算" not in text


def scored_before(cycle: Cycle, but: int) -> int:
    """Another run of the cycle that nobody approved."""
    run = cycle.runs.get(pk=but)
    run.pk, run.state = None, "provisional"
    run.save()
    return int(run.pk)


def test_simulated_years_say_so_on_every_page(open_cycle: Cycle, office: User) -> None:
    open_cycle.is_simulated = True
    open_cycle.save()
    run = scored(open_cycle, Q3, WHEN)
    notice = draft_notice(by=office, at=WHEN, run=run.pk, **QUARTER)
    assert "模拟数据" in notice_value(notice).banner


def test_a_result_notice_older_than_the_final_run_is_not_issued_and_says_what_changed(whole_year: Cycle, office: User) -> None:
    published = published_year(whole_year)
    year = {"kind": "result", "period_start": date(2025, 1, 1), "period_end": Q4}
    old = draft_notice(by=office, at=LATER, run=published.pk, **year)
    appeal = file_appeal(
        by=person("qianfa-education", "signer", body=EDUCATION), at=LATER, for_body=EDUCATION,
        subject=subject_row(whole_year, EDUCATION).pk, criterion="edu_1", claim="漏计一所",
    )  # fmt: skip
    deciding = person("lingdao-2", "leading_group")
    decide_appeal(by=deciding, at=LATER, appeal=appeal.pk, outcome="upheld", points=Decimal("0.5"), reason="复核属实")
    final = make_final(by=deciding, at=AFTER_APPEALS, cycle=whole_year.pk)
    with pytest.raises(refusals.NoticeIsStaleError, match=f"第 {final.pk} 次计分.*市教育局得分由 770.00 变为 770.50") as told:
        issue_notice(by=signer(), at=AFTER_APPEALS, notice=old.pk, number="岭考办〔2026〕9号")
    assert "作废草稿" in str(told.value)
    with pytest.raises(refusals.NoticeIsStaleError):
        draft_notice(by=office, at=AFTER_APPEALS, run=published.pk, **year)
    discard_notice(by=office, at=AFTER_APPEALS, notice=old.pk, reason="结果已定案")
    new = draft_notice(by=office, at=AFTER_APPEALS, run=final.pk, **year)
    assert "770.50" in {figure.text for figure in notice_value(new).figures()}
    assert issue_notice(by=signer(), at=AFTER_APPEALS, notice=new.pk, number="岭考办〔2026〕9号").state == "issued"


def test_issued_results_can_be_followed_by_those_of_the_final_run_and_by_no_others(whole_year: Cycle, office: User) -> None:
    published = published_year(whole_year)
    year = {"kind": "result", "period_start": date(2025, 1, 1), "period_end": Q4}
    first = draft_notice(by=office, at=LATER, run=published.pk, **year)
    issue_notice(by=signer(), at=LATER, notice=first.pk, number="岭考办〔2026〕9号")
    with pytest.raises(refusals.DecidedByAnotherError):
        draft_notice(by=office, at=LATER, run=published.pk, **{**year, "period_end": Q3})
    Run.objects.filter(pk=published.pk).update(state="final")
    with pytest.raises(refusals.DecidedByAnotherError):
        draft_notice(by=office, at=LATER, run=published.pk, **year)
    assert Notice.objects.count() == 1


def test_a_quarter_scored_again_with_other_figures_is_drafted_anew(third_quarter: Notice, open_cycle: Cycle) -> None:
    figure_of(open_cycle, HEBIN, HEBIN_REVENUE, "7", Q3)
    again = scored(open_cycle, Q3, WHEN)
    with pytest.raises(refusals.NoticeIsStaleError, match=f"第 {again.pk} 次"):
        issue_notice(by=signer(), at=WHEN, notice=third_quarter.pk, number="岭考办〔2025〕7号")
    found = standing_of(third_quarter, open_cycle)
    assert found is not None
    assert {one.label for one in found.changed} >= {"数据未知"}


def test_a_run_that_was_sent_back_gives_no_notice(whole_year: Cycle, office: User) -> None:
    prepare(whole_year)
    run = scored(whole_year)
    quarter = {"kind": "quarterly", "period_start": date(2025, 10, 1), "period_end": Q4}
    draft = draft_notice(by=office, at=LATER, run=run.pk, **quarter)
    propose_results(by=office, at=LATER, run=run.pk)
    send_back_results(by=person("lingdao", "leading_group"), at=LATER, run=run.pk, reason="数字要再核")
    with pytest.raises(refusals.NotInThisStateError, match="已退回"):
        issue_notice(by=signer(), at=LATER, notice=draft.pk, number="岭考办〔2026〕9号")
    discard_notice(by=office, at=LATER, notice=draft.pk, reason="计分已退回")
    with pytest.raises(refusals.NotInThisStateError, match="已退回"):
        draft_notice(by=office, at=LATER, run=run.pk, **quarter)
    with pytest.raises(refusals.DayIsOutsideError):
        draft_notice(by=office, at=LATER, run=scored(whole_year, Q3).pk, **{**QUARTER, "period_start": date(1900, 1, 1)})
