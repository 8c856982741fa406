"""A workbook is handed out, filled in, shown as a difference, and taken whole or not at all, by the operation of the form."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test.utils import override_settings
from python_calamine import CalamineWorkbook

from taizhang.apps.assessments import cycle_errors as errors
from taizhang.apps.assessments.models import Cycle, Report, Subject, Workbook
from taizhang.apps.assessments.reports.answering import Answer
from taizhang.apps.assessments.reports.workbooks import HandedOut, Preview, import_workbook, make_workbook, preview_workbook
from taizhang.apps.ledger.models import Entry
from taizhang.engines.office.errors import WorkbookIsNotAFormError, WorkbookIsNotXlsxError
from taizhang.engines.office.workbook import FormRow, UnitForm, read_workbook, write_workbook
from taizhang.engines.office.xlsx import Column, Sheet
from taizhang.engines.office.xlsx import write_workbook as write_sheets
from tests.apps.assessments.reporting_steps import AFTER_Q1, save, sign, signed_for
from tests.assessment_fixtures import EDUCATION, FINANCE, PLACES, Q1, SAFETY, reporter_of, signer_of

APRIL = date(2025, 4, 3)
NAME = "填报-市教育局.xlsx"


def handed_out(mine: Subject) -> HandedOut:
    out: HandedOut = make_workbook(by=reporter_of(mine.ident), at=AFTER_Q1, for_body=mine.ident, subject=mine.pk, period_end=Q1)
    return out


def filled(out: HandedOut, *rows: FormRow) -> bytes:
    """The workbook as somebody filled it in: the same ids, with other cells."""
    subject = out.workbook.subject
    form = UnitForm(subject.name, subject.ident, "填报表", Q1, None, out.workbook.token, rows)
    return write_workbook(form)


def ids(out: HandedOut) -> list[str]:
    return [row.id for row in read_workbook(out.data).rows]


def reported(out: HandedOut, places: int = 640, stage: str = "推进中") -> bytes:
    first, second = ids(out)
    return filled(
        out,
        FormRow(first, "", "学位", "个", "", answer="value", value=Decimal(places), remark="含民办"),
        FormRow(second, "", "安全", "", "", stages=("未开展", "推进中", "完成"), answer="value", stage=stage),
    )


def take(data: bytes, body: str = EDUCATION) -> object:
    return import_workbook(by=reporter_of(body), at=AFTER_Q1, for_body=body, data=data, name=NAME)


def preview(data: bytes, body: str = EDUCATION) -> Preview:
    return preview_workbook(data, NAME, body, APRIL)


def test_a_filled_in_workbook_is_shown_first_and_then_taken_by_the_operation_of_the_form(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    out = handed_out(mine)
    assert out.name == "填报-市教育局-2025-03-31.xlsx"
    data = reported(out)
    seen = preview(data)
    first = seen.changes[0]
    assert (first.line, first.before, first.answer.value) == (4, None, Decimal(640))
    assert Report.objects.count() == 0
    take(data)
    assert {report.metric.key: (report.value, report.stage) for report in Report.objects.all()} == {
        PLACES: (640, ""),
        SAFETY: (None, "推进中"),
    }
    acts = Entry.objects.filter(for_body=EDUCATION).values_list("operation", flat=True).order_by("pk")
    assert list(acts)[-2:] == ["assessments.save_reports", "assessments.import_workbook"]


def test_the_same_workbook_again_changes_nothing(open_cycle: Cycle) -> None:
    data = reported(handed_out(signed_for(open_cycle)))
    take(data)
    before = list(Report.objects.values_list("pk", "version"))
    take(data)
    assert preview(data).is_taken
    assert list(Report.objects.values_list("pk", "version")) == before


def test_a_workbook_from_before_somebody_saved_is_refused_by_name(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    data = reported(handed_out(mine))
    save(mine, Answer(PLACES, "value", Decimal(700)))
    for attempt in (preview, take):
        with pytest.raises(errors.WorkbookIsStaleError, match="填报-市教育局.xlsx.*新增中小学学位3200个.*tianbao-education"):  # noqa: RUF043
            attempt(data)
    assert Report.objects.get().value == 700


def test_a_row_that_says_what_stands_already_does_not_make_a_workbook_stale(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    data = reported(handed_out(mine))
    save(mine, Answer(PLACES, "value", Decimal(640), remark="含民办"))
    seen = preview(data)
    assert (seen.same, [change.owed.metric.key for change in seen.changes]) == (1, [SAFETY])


def test_wrong_cells_are_told_together_and_nothing_is_taken(open_cycle: Cycle) -> None:
    out = handed_out(signed_for(open_cycle))
    first, second = ids(out)
    data = filled(
        out,
        FormRow(first, "", "学位", "个", "", answer="value", value=Decimal("-3")),
        FormRow(second, "", "安全", "", "", stages=("完成",), answer="not_yet", reason="未验收"),
    )
    cells = {problem.cell: str(problem.message) for problem in preview(data).problems}
    assert "负数" in cells["I4"]
    assert "预计日期" in cells["L5"]
    with pytest.raises(errors.WorkbookHasProblemsError, match="2 个格子"):
        take(data)
    assert Report.objects.count() == 0


def test_a_blank_row_answers_nothing(open_cycle: Cycle) -> None:
    out = handed_out(signed_for(open_cycle))
    seen = preview(out.data)
    assert (seen.blank, seen.changes, seen.problems) == (2, (), ())


def test_a_workbook_of_another_unit_another_site_or_none_at_all_is_refused(open_cycle: Cycle) -> None:
    out = handed_out(signed_for(open_cycle))
    data = reported(out)
    signed_for(open_cycle, FINANCE)
    with pytest.raises(errors.WorkbookIsUnknownError):
        take(data, FINANCE)
    Workbook.objects.update(token="another")
    with pytest.raises(errors.WorkbookIsUnknownError):
        take(data)
    with pytest.raises(WorkbookIsNotXlsxError):
        take(b"%PDF-1.7")
    with pytest.raises(WorkbookIsNotAFormError):
        take(write_plain())


def write_plain() -> bytes:
    return write_sheets([Sheet("表", (Column("甲", 10),), [("乙",)])])


def test_what_was_signed_is_not_in_a_later_workbook_and_an_older_one_cannot_change_it(open_cycle: Cycle) -> None:
    mine = signed_for(open_cycle)
    older = handed_out(mine)
    save(mine)
    sign(mine)
    assert ids(handed_out(mine)) == []
    with pytest.raises(errors.WorkbookIsStaleError, match=signer_of(EDUCATION).ident):
        take(reported(older))


def test_a_file_written_in_the_evidence_column_goes_into_the_remark(open_cycle: Cycle) -> None:
    out = handed_out(signed_for(open_cycle))
    first, second = ids(out)
    rows = (
        FormRow(first, "", "学位", "个", "", answer="value", value=Decimal(640), evidence="学籍台账.xlsx 汇总 B7"),
        FormRow(second, "", "安全", "", "", stages=("完成",), answer="value", stage="完成"),
    )
    take(filled(out, *rows))
    assert Report.objects.get(metric__key=PLACES).remark == "（佐证：学籍台账.xlsx 汇总 B7）"


@override_settings(IS_SIMULATED=True)
def test_simulated_workbooks_say_so(open_cycle: Cycle) -> None:
    out = handed_out(signed_for(open_cycle))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(out.data)).get_sheet_by_name("填报")
    assert "模拟数据" in str(sheet.to_python()[0])


def test_a_formula_in_a_cell_stays_text(open_cycle: Cycle) -> None:
    out = handed_out(signed_for(open_cycle))
    first, second = ids(out)
    rows = [
        FormRow(first, "", "学位", "个", "", answer="value", value=Decimal(640), remark='=HYPERLINK("http://x","点")'),
        FormRow(second, "", "安全", "", "", stages=("完成",), answer="value", stage="完成"),
    ]
    take(filled(out, rows[0], replace(rows[1])))
    assert Report.objects.get(metric__key=PLACES).remark.startswith("=HYPERLINK")
    again = read_workbook(handed_out(out.workbook.subject).data)
    assert again.rows[0].remark.startswith("=HYPERLINK")
