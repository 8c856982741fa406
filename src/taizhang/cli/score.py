"""`taizhang score`: figures scored by a scheme, without a database: totals, ranges, places, what is waited for."""

import argparse
from typing import TYPE_CHECKING

from taizhang.cli import surroundings
from taizhang.cli.arguments import add_output, day, format_of
from taizhang.cli.delivery import Delivery
from taizhang.cli.errors import SchemeIsUnusableError, UnitIsUnknownError
from taizhang.cli.figure_files import read_figure_files
from taizhang.cli.json_text import JsonStream
from taizhang.cli.language import tr
from taizhang.cli.scheme import add_source
from taizhang.cli.scheme_inputs import load_scheme

if TYPE_CHECKING:
    from taizhang.engines.scoring import Scheme

FORMATS = ("text", "json", "xlsx")
NOTES = "填报数据的列见 docs/packs.md 的“填报数据”一节。算出来的都是试算，审定以前不是结果"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the subcommand."""
    parser.add_argument(
        "--scheme", required=True, metavar=tr("方案"), help=tr("方案文件，如 packs/specimen/schemes/targets-2025.toml")
    )
    add_source(parser)
    parser.add_argument(
        "--observations",
        action="append",
        default=[],
        required=True,
        metavar=tr("文件"),
        help=tr("填报数据：.csv .xlsx .json；可以写几次"),
    )
    parser.add_argument(
        "--records", action="append", default=[], metavar=tr("文件"), help=tr("日常记录：加减分、处理情形；可以写几次")
    )
    parser.add_argument("--as-at", type=day, default=None, metavar=tr("日期"), help=tr("截至哪一天；不写时是考核期最后一天"))
    parser.add_argument("--unit", action="append", default=[], metavar=tr("单位"), help=tr("再列出这个单位的每一项；可以写几次"))
    add_output(parser, FORMATS, "text")


def run(arguments: argparse.Namespace) -> int:
    """Score and print; the exit code."""
    from taizhang.backends.collector import collector_held
    from taizhang.engines.scoring import score
    from taizhang.engines.scoring.figures import Finder

    form = format_of(arguments, FORMATS, "text")
    scheme = _scheme(arguments)
    observations, cases = read_figure_files(arguments.observations, arguments.records, scheme)
    as_at = arguments.as_at or scheme.period.end or surroundings.today()
    finder = Finder(scheme)
    units = []
    for name in arguments.unit:
        subject = finder.subject(name)
        if subject is None:
            raise UnitIsUnknownError(name=name)
        units.append(subject.body)
    with collector_held():
        outcome = score(scheme, observations, cases, as_at)
    names = [arguments.scheme]
    delivery = Delivery(arguments.output, form, names, ending=f".score.{form}", is_binary=form == "xlsx")
    if form == "json":
        from taizhang.cli.score_forms import value_of

        JsonStream(delivery, is_single=True).write(value_of(scheme, outcome), arguments.scheme)
    elif form == "xlsx":
        from taizhang.cli.score_forms import workbook_of

        delivery.put(workbook_of(scheme, outcome), arguments.scheme)
    else:
        from taizhang.cli.score_text import lines_of

        text = "".join(f"{line}\n" for line in lines_of(scheme, outcome, units, surroundings.columns()))
        delivery.say(text, arguments.scheme)
    delivery.close()
    return 0


def _scheme(arguments: argparse.Namespace) -> "Scheme":
    loaded = load_scheme(arguments.scheme, arguments.source, arguments.pack)
    expansion = loaded.expansion
    if expansion is None or expansion.scheme is None:
        errors = len(expansion.errors) if expansion else len(loaded.reading.errors)
        raise SchemeIsUnusableError(name=arguments.scheme, count=errors)
    return expansion.scheme
