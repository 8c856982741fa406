"""`taizhang targets`: responsibility sheets and measurable clauses as a table, JSON, CSV or workbook."""

import argparse
from typing import TYPE_CHECKING

from taizhang.cli import surroundings
from taizhang.cli.arguments import add_input, add_output, format_of
from taizhang.cli.delivery import Delivery
from taizhang.cli.json_text import JsonStream
from taizhang.cli.outcome import outcome
from taizhang.cli.sources import Inputs
from taizhang.engines.gazette import read_issue
from taizhang.engines.targets import read_targets, to_json

if TYPE_CHECKING:
    from taizhang.engines.gazette.places import Places
    from taizhang.engines.targets.model import TargetsReading

FORMATS = ("table", "json", "csv", "xlsx")
_ENDINGS = {"table": ".targets.txt", "json": ".targets.json", "csv": ".targets.csv", "xlsx": ".targets.xlsx"}
_EXAMPLE = "taizhang targets 公报.txt"
_BOM = "\ufeff"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the subcommand."""
    add_input(parser)
    add_output(parser, FORMATS, "table")


def run(arguments: argparse.Namespace) -> int:
    """Read and print; the exit code."""
    form = format_of(arguments, FORMATS, "table")
    inputs = Inputs(arguments.files, _EXAMPLE)
    is_binary = form == "xlsx"
    delivery = Delivery(arguments.output, form, inputs.names, ending=_ENDINGS[form], is_binary=is_binary, is_one_each=is_binary)
    stream = JsonStream(delivery, is_single=inputs.is_single)
    is_first = True
    for source in inputs:
        issue = read_issue(source.text.text)
        reading = read_targets(issue)
        inputs.progress.clear()
        if form == "json":
            stream.put(to_json(issue, reading), source.name, source.text.sha256)
            continue
        from taizhang.engines.gazette.places import Places

        places = Places(issue)
        if form == "table":
            from taizhang.cli.targets_rows import table

            heading = "" if inputs.is_single else f"{source.name}\n"
            delivery.say(heading + "".join(table(reading, places, surroundings.columns())), source.name)
        elif form == "csv":
            from taizhang.cli.targets_rows import csv_text

            is_head = is_first or delivery.is_each()
            text = csv_text(source.name, reading, places, with_name=not inputs.is_single, with_head=is_head)
            # Excel takes a CSV for GBK unless it begins with this mark; a pipe gets plain UTF-8.
            delivery.put((_BOM if is_head and arguments.output else "") + text, source.name)
        else:
            delivery.put(_workbook(reading, places), source.name)
        is_first = False
    delivery.close()
    return outcome(inputs)


def _workbook(reading: "TargetsReading", places: "Places") -> bytes:
    from taizhang.cli.language import tr
    from taizhang.cli.targets_rows import COLUMNS, rows
    from taizhang.engines.office.xlsx import Column, Sheet, write_workbook

    columns = tuple(Column(tr(title), width) for title, width in COLUMNS)
    all_rows = list(rows(reading, places))
    in_sheets = sum(max(len(i.targets), 1) for s in reading.sheets for g in s.groups for i in g.items)
    return write_workbook([Sheet(tr("责任书"), columns, all_rows[:in_sheets]), Sheet(tr("条款"), columns, all_rows[in_sheets:])])
