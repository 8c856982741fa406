"""The year's end goes step by step; results are proposed, reviewed, approved and published by different people."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments import refusals
from taizhang.apps.assessments.models import Cell, Cycle, Report, Run, Step
from taizhang.apps.assessments.results.steps import (
    approve_results,
    note_on_site,
    propose_results,
    publication,
    publish_results,
    review_results,
    self_check,
    send_back_results,
    steps_of,
    take_step,
)
from taizhang.apps.assessments.schemes.stored import walk
from taizhang.apps.assessments.scores.deciding import Ruling, decide_missing, leave_open, open_cells, withdraw_decision
from taizhang.apps.assessments.scores.runs import score_cycle
from taizhang.apps.ledger.chain import verify
from taizhang.apps.ledger.models import Entry
from taizhang.engines.scoring import Criterion, Rule
from tests.apps_fixtures import person
from tests.assessment_fixtures import (
    EDUCATION,
    FINANCE,
    GROWTH,
    HEBIN,
    PLACES,
    SPENDING,
    STATISTICS,
    signer_of,
    small_scheme,
    year_of,
)
from tests.assessment_results import (
    AFTER,
    FIGURES,
    approved_run,
    judge_safety,
    prepare,
    published_year,
    report_all,
    scored,
    subject_row,
)


def proposed(cycle: Cycle) -> Run:
    prepare(cycle)
    run = scored(cycle)
    propose_results(by=person("kaohe", "assessment_office"), at=AFTER, run=run.pk)
    return run


def reviewed(cycle: Cycle) -> Run:
    run = proposed(cycle)
    review_results(by=person("fuhe", "assessment_office"), at=AFTER, run=run.pk, note="逐项核对无误")
    return run


def test_steps_are_taken_in_order_once_and_none_is_skipped(open_cycle: Cycle, office: User) -> None:
    with pytest.raises(refusals.StepIsOutOfOrderError, match="要先“印发实施细则”"):
        take_step(by=office, at=AFTER, cycle=open_cycle.pk, step="group_named", reference="岭考办〔2026〕2号")
    take_step(by=office, at=AFTER, cycle=open_cycle.pk, step="rules_issued", reference="岭考办〔2026〕1号")
    with pytest.raises(refusals.StepIsOutOfOrderError, match="已经做过"):
        take_step(by=office, at=AFTER, cycle=open_cycle.pk, step="rules_issued", reference="岭考办〔2026〕1号")
    with pytest.raises(refusals.WordsAreMissingError):
        take_step(by=office, at=AFTER, cycle=open_cycle.pk, step="group_named", reference=" ")
    take_step(by=office, at=AFTER, cycle=open_cycle.pk, step="group_named", reference="岭考办〔2026〕2号")
    with pytest.raises(refusals.StepIsOutOfOrderError):
        take_step(by=office, at=AFTER, cycle=open_cycle.pk, step="on_site", reference="记录")
    open_cycle.refresh_from_db()
    assert open_cycle.state == "implementing"
    assert [step.code for step in steps_of(open_cycle) if step.is_taken] == ["rules_issued", "group_named"]


def test_self_check_is_each_units_own_and_missing_ones_need_a_word(open_cycle: Cycle, office: User) -> None:
    for step in ("rules_issued", "group_named"):
        take_step(by=office, at=AFTER, cycle=open_cycle.pk, step=step, reference="文")
    education = subject_row(open_cycle, EDUCATION)
    with pytest.raises(refusals.SubjectIsAnothersError):
        self_check(by=signer_of(FINANCE), at=AFTER, for_body=FINANCE, subject=education.pk, note="完成")
    self_check(by=signer_of(EDUCATION), at=AFTER, for_body=EDUCATION, subject=education.pk, note="全部完成")
    with pytest.raises(refusals.StepIsOutOfOrderError, match="已经报过自查"):
        self_check(by=signer_of(EDUCATION), at=AFTER, for_body=EDUCATION, subject=education.pk, note="全部完成")
    with pytest.raises(refusals.WordsAreMissingError, match="3 个单位"):
        take_step(by=office, at=AFTER, cycle=open_cycle.pk, step="self_check", reference="自查汇总")
    take_step(by=office, at=AFTER, cycle=open_cycle.pk, step="self_check", reference="自查汇总", note="三家已电话催报")
    with pytest.raises(refusals.EvidenceIsMissingError):
        take_step(by=office, at=AFTER, cycle=open_cycle.pk, step="on_site", reference="实地记录")
    note_on_site(by=office, at=AFTER, cycle=open_cycle.pk, subject=education.pk, note="看了两所学校")
    take_step(by=office, at=AFTER, cycle=open_cycle.pk, step="on_site", reference="实地记录")
    with pytest.raises(refusals.EvidenceIsMissingError, match="第三方评估报告、公众问卷"):
        take_step(by=office, at=AFTER, cycle=open_cycle.pk, step="third_party", reference="报告")
    take_step(by=office, at=AFTER, cycle=open_cycle.pk, step="third_party", reference="报告", note="办法没有要求第三方评估")


def test_results_go_through_four_pairs_of_hands_and_are_published_in_time(whole_year: Cycle, office: User) -> None:
    run = published_year(whole_year)
    whole_year.refresh_from_db()
    assert (run.state, whole_year.state) == ("approved", "published")
    told = publication(whole_year, date(2026, 2, 2))
    assert (told.due_on, told.published_on, told.is_met) == (date(2026, 4, 30), date(2026, 2, 2), True)
    hands = dict(Step.objects.filter(cycle=whole_year, code__in=("proposed", "reviewed", "approved")).values_list("code", "by"))
    assert hands == {"proposed": "kaohe", "reviewed": "fuhe", "approved": "lingdao"}
    assert Entry.objects.get(operation="assessments.step.published").after["is_met"] == "True"
    assert list(verify()) == []
    with pytest.raises(refusals.StepIsOutOfOrderError):
        publish_results(by=office, at=AFTER, cycle=whole_year.pk, reference="再来一次")
    with pytest.raises(refusals.StepIsOutOfOrderError):
        score_cycle(by=office, at=AFTER, cycle=whole_year.pk, as_at=AFTER.date())


def test_late_and_missing_publication_is_said(whole_year: Cycle) -> None:
    assert publication(whole_year, date(2026, 4, 30)).is_met is None
    assert publication(whole_year, date(2026, 5, 1)).is_met is False
    published_year(whole_year, datetime(2026, 5, 6, 1, tzinfo=UTC))
    assert publication(whole_year, date(2026, 5, 6)).is_met is False


def test_who_proposed_does_not_review_and_who_scored_judged_or_reviewed_does_not_approve(whole_year: Cycle) -> None:
    run = proposed(whole_year)
    with pytest.raises(refusals.NotTheSamePersonError, match="计了这次分"):
        review_results(by=person("kaohe"), at=AFTER, run=run.pk, note="好")
    review_results(by=person("fuhe", "assessment_office"), at=AFTER, run=run.pk, note="好")
    for username, before in (("kaohe", "提出了"), ("fuhe", "复核了"), ("pingfen-1", "参加了评定")):
        with pytest.raises(refusals.NotTheSamePersonError, match=before):
            approve_results(by=person(username, "leading_group"), at=AFTER, run=run.pk)
    assert Run.objects.get().state == "reviewed"


def test_of_two_who_approve_the_second_is_told_who_was_first(whole_year: Cycle) -> None:
    run = approved_run(whole_year)
    entries = Entry.objects.count()
    with pytest.raises(refusals.DecidedByAnotherError, match="lingdao"):
        approve_results(by=person("fulingdao", "leading_group"), at=AFTER, run=run.pk)
    with pytest.raises(refusals.DecidedByAnotherError, match="lingdao"):
        send_back_results(by=person("fulingdao", "leading_group"), at=AFTER, run=run.pk, reason="再核")
    with pytest.raises(refusals.DecidedByAnotherError, match="fuhe"):
        review_results(by=person("disanren", "assessment_office"), at=AFTER, run=run.pk, note="好")
    assert Entry.objects.count() == entries


def test_results_sent_back_are_scored_and_proposed_again(whole_year: Cycle) -> None:
    run = reviewed(whole_year)
    lingdao = person("lingdao", "leading_group")
    with pytest.raises(refusals.WordsAreMissingError):
        send_back_results(by=lingdao, at=AFTER, run=run.pk, reason="")
    send_back_results(by=lingdao, at=AFTER, run=run.pk, reason="粮食产量再核一次")
    whole_year.refresh_from_db()
    assert whole_year.state == "on_site"
    assert [step.code for step in steps_of(whole_year) if step.is_taken][-1] == "third_party"
    with pytest.raises(refusals.StepIsOutOfOrderError):
        approve_results(by=person("lingdao-2", "leading_group"), at=AFTER, run=run.pk)
    fresh = scored(whole_year)
    assert fresh.pk != run.pk
    propose_results(by=person("kaohe"), at=AFTER, run=fresh.pk)


def test_a_run_in_mid_year_or_with_figures_that_changed_is_not_proposed(whole_year: Cycle, office: User) -> None:
    prepare(whole_year)
    early = scored(whole_year, date(2025, 9, 30))
    with pytest.raises(refusals.YearIsNotOverError):
        propose_results(by=office, at=AFTER, run=early.pk)
    run = scored(whole_year)
    Report.objects.filter(metric__key=GROWTH).update(value=Decimal(11))
    with pytest.raises(refusals.RunIsStaleError):
        propose_results(by=office, at=AFTER, run=run.pk)


def test_nothing_is_approved_while_a_cell_has_neither_a_figure_nor_a_decision(open_cycle: Cycle, office: User) -> None:
    report_all(
        open_cycle, {key: value for key, value in FIGURES.items() if key not in ((EDUCATION, PLACES), (HEBIN, "财政收入增速"))}
    )
    judge_safety(open_cycle)
    run = reviewed(open_cycle)
    assert [(cell.name, cell.label) for cell in open_cells(run)] == [
        ("市教育局", "新增中小学学位3200个"), ("河滨区", "财政收入增长8%"),
    ]  # fmt: skip
    with pytest.raises(refusals.CellsAreOpenError, match=r"还有 2 项.*市教育局“新增中小学学位3200个”；河滨区“财政收入增长8%”"):
        approve_results(by=person("lingdao", "leading_group"), at=AFTER, run=run.pk)
    assert Run.objects.get(pk=run.pk).state == "reviewed"
    send_back_results(by=person("lingdao", "leading_group"), at=AFTER, run=run.pk, reason="缺两项")
    for ident, criterion, ruling in (
        (EDUCATION, "edu_1", Ruling("no_points", "全年未报，催报三次", "岭政〔2025〕2号 第三条")),
        (HEBIN, "heb_1", Ruling("value", "以决算批复为准", "岭财〔2026〕5号", Decimal(8))),
    ):
        decide_missing(
            by=office, at=AFTER, cycle=open_cycle.pk, subject=subject_row(open_cycle, ident).pk, criterion=criterion, ruling=ruling
        )  # fmt: skip
    fresh = scored(open_cycle, AFTER.date())
    assert open_cells(fresh) == []
    known = dict(Cell.objects.filter(score__run=fresh, criterion__in=("edu_1", "heb_1")).values_list("criterion", "low"))
    assert known == {"edu_1": 0, "heb_1": 800}
    standing = Cell.objects.get(score__run=fresh, criterion="heb_1")
    assert (standing.standing, standing.certificate["inputs"][0]["standing"]) == ("decided", "decided")
    propose_results(by=office, at=AFTER, run=fresh.pk)
    review_results(by=person("fuhe", "assessment_office"), at=AFTER, run=fresh.pk, note="好")
    assert approve_results(by=person("lingdao", "leading_group"), at=AFTER, run=fresh.pk).state == "approved"


def test_a_decision_needs_its_reason_and_gives_way_to_a_verified_figure(whole_year: Cycle, office: User) -> None:
    facts = {"by": office, "at": AFTER, "cycle": whole_year.pk}
    finance = subject_row(whole_year, FINANCE).pk
    with pytest.raises(refusals.WordsAreMissingError, match="依据"):
        decide_missing(**facts, subject=finance, criterion="fin_2", ruling=Ruling("value", "没有报", "", Decimal(1)))
    with pytest.raises(refusals.NothingIsMissingError):
        decide_missing(**facts, subject=finance, criterion="fin_2", ruling=Ruling("value", "没有报", "第三条", Decimal(1)))
    with pytest.raises(refusals.DecisionIsMalformedError, match="有分值的项目不能不计"):
        decide_missing(**facts, subject=finance, criterion="fin_2", ruling=Ruling("left_open", "没有报", "第三条"))
    Report.objects.filter(metric__key=SPENDING).update(state="signed", verified_at=None)
    made = decide_missing(**facts, subject=finance, criterion="fin_2", ruling=Ruling("value", "没有报", "第三条", Decimal(1000)))
    with pytest.raises(refusals.DecidedByAnotherError, match="kaohe"):
        decide_missing(**facts, subject=finance, criterion="fin_2", ruling=Ruling("value", "没有报", "第三条", Decimal(1)))
    run = scored(whole_year, AFTER.date())
    assert Cell.objects.get(score__run=run, criterion="fin_2").standing == "decided"
    Report.objects.filter(metric__key=SPENDING).update(state="verified", verified_at=datetime(2026, 1, 5, tzinfo=UTC))
    run = scored(whole_year, AFTER.date())
    assert Cell.objects.get(score__run=run, criterion="fin_2").standing == "verified"
    withdraw_decision(by=office, at=AFTER, decision=made.pk, reason="数字已核验")
    with pytest.raises(refusals.NotInThisStateError):
        withdraw_decision(by=office, at=AFTER, decision=made.pk, reason="数字已核验")


def test_one_bodys_office_has_no_say_in_anothers_cycle(open_cycle: Cycle) -> None:
    other = person("xian", "tier_office", body=STATISTICS)
    with pytest.raises(refusals.SubjectIsAnothersError):
        take_step(by=other, at=AFTER, for_body=STATISTICS, cycle=open_cycle.pk, step="rules_issued", reference="文")


def test_a_part_without_a_weight_is_left_open_for_all_at_once(office: User) -> None:
    scheme = small_scheme()
    common = Criterion("common", "共同性目标", None, rule=Rule("judged", "共同性目标"))
    trees = {
        name: replace(tree, children=(*tree.children, replace(common, id=f"{name}_common")))
        for name, tree in scheme.trees.items()
    }
    cycle = year_of(replace(scheme, trees=trees))
    report_all(cycle)
    judge_safety(cycle)
    assert [cell.label for cell in open_cells(scored(cycle))] == ["共同性目标"] * 4
    facts = {"by": office, "at": AFTER, "cycle": cycle.pk, "reason": "另一份文件没有下达", "clause": "岭政〔2025〕2号 第四条"}
    rows = leave_open(label="共同性目标", **facts)
    assert (len(rows), Entry.objects.filter(operation="assessments.leave_open").count()) == (4, 1)
    assert open_cells(scored(cycle)) == []
    with pytest.raises(refusals.NoSuchRowError):
        leave_open(label="共同性目标", **facts)
    with pytest.raises(refusals.NoSuchRowError):
        leave_open(label="开展校园安全整治", **facts)


def test_a_part_without_a_weight_is_left_open_though_its_figure_is_verified(office: User) -> None:
    scheme = small_scheme()
    trees = dict(scheme.trees)
    name = next(name for name, tree in trees.items() if any(child.id == "fin_2" for child in walk(tree)))
    trees[name] = _without_weight(trees[name], "fin_2")
    cycle = year_of(replace(scheme, trees=trees))
    report_all(cycle)
    judge_safety(cycle)
    assert [(cell.criterion, cell.waits_for) for cell in open_cells(scored(cycle))] == [("fin_2", "weight_not_set")]
    finance = subject_row(cycle, FINANCE).pk
    facts = {"by": office, "at": AFTER, "cycle": cycle.pk, "subject": finance, "criterion": "fin_2"}
    assert decide_missing(**facts, ruling=Ruling("left_open", "分值没有下达", "第三条")).kind == "left_open"
    assert open_cells(scored(cycle)) == []


def _without_weight(node: Criterion, ident: str) -> Criterion:
    children = tuple(_without_weight(child, ident) for child in node.children)
    return replace(node, weight=None if node.id == ident else node.weight, children=children)
