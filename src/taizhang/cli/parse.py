"""`taizhang parse`: the structure of an issue as a tree, JSON, HTML or Akoma Ntoso."""

import argparse

from taizhang.backends.pack_files import open_pack
from taizhang.cli import surroundings
from taizhang.cli.arguments import add_input, add_output, add_pack, format_of, whole
from taizhang.cli.delivery import Delivery
from taizhang.cli.json_text import JsonStream
from taizhang.cli.language import tr
from taizhang.cli.outcome import outcome
from taizhang.cli.sources import Inputs
from taizhang.engines.gazette import read_issue

FORMATS = ("tree", "json", "html", "akn")
_ENDINGS = {"tree": ".tree.txt", "json": ".json", "html": ".html", "akn": ".akn.xml"}
_EXAMPLE = "taizhang parse 公报.txt"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the subcommand."""
    add_input(parser)
    add_output(parser, FORMATS, "tree")
    add_pack(parser)
    parser.add_argument("--depth", type=whole(0), default=None, metavar=tr("层数"), help=tr("tree 只画到第几层条款；0 只列文件"))


def run(arguments: argparse.Namespace) -> int:
    """Read and print; the exit code."""
    form = format_of(arguments, FORMATS, "tree")
    inputs = Inputs(arguments.files, _EXAMPLE)
    delivery = Delivery(arguments.output, form, inputs.names, ending=_ENDINGS[form], is_one_each=form in ("html", "akn"))
    stream = JsonStream(delivery, is_single=inputs.is_single)
    pack = open_pack(arguments.pack) if arguments.pack else None
    for source in inputs:
        issue = read_issue(source.text.text)
        inputs.progress.clear()
        if form == "json":
            from taizhang.engines.gazette import to_json

            stream.put(to_json(issue), source.name, source.text.sha256)
        elif form == "html":
            from taizhang.cli.issue_forms import reading_page

            delivery.put(reading_page(issue), source.name)
        elif form == "akn":
            from taizhang.cli.issue_forms import akn_text

            delivery.put(akn_text(issue, pack), source.name)
        else:
            from taizhang.cli.parse_tree import tree

            heading = "" if inputs.is_single else f"{source.name}\n"
            delivery.say(heading + "".join(tree(issue, surroundings.columns(), arguments.depth)), source.name)
    delivery.close()
    return outcome(inputs)
