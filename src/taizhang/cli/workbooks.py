"""A proof report as the bytes of a workbook."""

from taizhang.cli.language import tr
from taizhang.engines.office.xlsx import Column, Sheet, write_workbook
from taizhang.engines.proof.report.model import Report
from taizhang.engines.proof.report.workbook import report_sheets


def proof_workbook(report: Report) -> bytes:
    """An .xlsx with findings, agreeing sums and counts; the disposition column offers its values to choose from."""
    sheets = [
        Sheet(sheet.name, tuple(Column(c.title, c.width, choices=c.choices) for c in sheet.columns), sheet.rows)
        for sheet in report_sheets(report, tr)
    ]
    return write_workbook(sheets)
