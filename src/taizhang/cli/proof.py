"""`taizhang proof`: what is wrong or doubtful in an issue, as text, JSON, SARIF, workbook or page."""

import argparse
from typing import TYPE_CHECKING

from taizhang.cli import language, surroundings
from taizhang.cli.arguments import add_input, add_output, add_pack, day, format_of
from taizhang.cli.delivery import Delivery
from taizhang.cli.json_text import JsonStream
from taizhang.cli.language import tr
from taizhang.cli.outcome import outcome
from taizhang.cli.review import Proofreader
from taizhang.cli.sources import Inputs

if TYPE_CHECKING:
    from taizhang.engines.proof.report.model import Report

FORMATS = ("terminal", "json", "sarif", "xlsx", "html")
_ENDINGS = {"terminal": ".proof.txt", "json": ".proof.json", "sarif": ".sarif", "xlsx": ".proof.xlsx", "html": ".proof.html"}
_EXAMPLE = "taizhang proof 公报.txt"

NOTES = "退出码：0 没有未接受的错误，1 有，2 有文件读不了。"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the subcommand."""
    add_input(parser)
    add_output(parser, FORMATS, "terminal")
    add_pack(parser)
    parser.add_argument(
        "--acceptances",
        metavar=tr("文件"),
        default=None,
        help=tr("已接受的结果（TOML）；不写时用公报旁边的 公报文件名.accept.toml"),
    )
    parser.add_argument(
        "--on", type=day, metavar=tr("日期"), default=None, help=tr("没有印日期的文本按这一天校对，如 2025-03-31")
    )


def run(arguments: argparse.Namespace) -> int:
    """Proof-read and print; the exit code."""
    form = format_of(arguments, FORMATS, "terminal")
    inputs = Inputs(arguments.files, _EXAMPLE)
    delivery = Delivery(
        arguments.output,
        form,
        inputs.names,
        ending=_ENDINGS[form],
        is_binary=form == "xlsx",
        is_one_each=form in ("xlsx", "html"),
    )
    proofreader = Proofreader(arguments.pack, arguments.acceptances, arguments.on)
    stream = JsonStream(delivery, is_single=inputs.is_single)
    reports = []
    has_errors = False
    for source in inputs:
        report = proofreader.report(source, inputs)
        if report is None:
            continue
        has_errors = has_errors or report.has_errors
        inputs.progress.clear()
        if form == "sarif" and not delivery.is_each():
            reports.append(report)
        else:
            _deliver(report, form, delivery, stream)
    if reports:
        from taizhang.engines.proof.report.sarif import sarif_log

        stream.write(sarif_log(reports, tr, language.html_tag()), reports[0].source.name)
    delivery.close()
    return outcome(inputs, has_errors=has_errors)


def _deliver(report: "Report", form: str, delivery: Delivery, stream: JsonStream) -> None:
    name = report.source.name
    if form == "json":
        from taizhang.engines.proof.report.json_form import proof_json

        stream.write(proof_json(report), name)
    elif form == "sarif":
        from taizhang.engines.proof.report.sarif import sarif_log

        stream.write(sarif_log([report], tr, language.html_tag()), name)
    elif form == "html":
        from taizhang.cli.styles import style
        from taizhang.engines.proof.report.html import html_report

        page = html_report(report, style("report.css"), tr, language=language.html_tag(), made_on=surroundings.today())
        delivery.put(page, name)
    elif form == "xlsx":
        from taizhang.cli.workbooks import proof_workbook

        delivery.put(proof_workbook(report), name)
    else:
        from taizhang.engines.proof.report.terminal import Screen, terminal_report

        colour = delivery.is_terminal() and surroundings.shows_colour()
        delivery.say("".join(terminal_report(report, Screen(surroundings.columns(), colour), tr)), name)
