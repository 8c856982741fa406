"""`taizhang export`: an issue as Word, PDF, Akoma Ntoso, HTML or JSON."""

import argparse
from typing import TYPE_CHECKING

from taizhang.backends.pack_files import open_pack
from taizhang.cli.arguments import add_input, add_output, add_pack, format_of
from taizhang.cli.delivery import Delivery
from taizhang.cli.issue_forms import akn_text, reading_page, title_of
from taizhang.cli.json_text import JsonStream
from taizhang.cli.outcome import outcome
from taizhang.cli.sources import Inputs
from taizhang.engines.gazette import Issue, read_issue, to_json
from taizhang.kernel.errors import TaizhangError

if TYPE_CHECKING:
    from taizhang.engines.packs import Pack

FORMATS = ("docx", "pdf", "akn", "html", "json")
_ENDINGS = {"docx": ".docx", "pdf": ".pdf", "akn": ".akn.xml", "html": ".html", "json": ".json"}
_EXAMPLE = "taizhang export 公报.txt -o 公报.docx"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the subcommand."""
    add_input(parser)
    add_output(parser, FORMATS, "docx")
    add_pack(parser)


def run(arguments: argparse.Namespace) -> int:
    """Read and write; the exit code."""
    form = format_of(arguments, FORMATS, "docx")
    inputs = Inputs(arguments.files, _EXAMPLE)
    delivery = Delivery(
        arguments.output,
        form,
        inputs.names,
        ending=_ENDINGS[form],
        is_binary=form in ("docx", "pdf"),
        is_one_each=form != "json",
    )
    stream = JsonStream(delivery, is_single=inputs.is_single)
    pack = open_pack(arguments.pack) if arguments.pack else None
    for source in inputs:
        issue = read_issue(source.text.text)
        inputs.progress.clear()
        if form == "json":
            stream.put(to_json(issue), source.name, source.text.sha256)
            continue
        try:
            content = _written(issue, form, pack)
        except TaizhangError as error:
            inputs.refuse(error, source.name)
        else:
            delivery.put(content, source.name)
    delivery.close()
    return outcome(inputs)


def _written(issue: Issue, form: str, pack: "Pack | None") -> str | bytes:
    if form == "html":
        return reading_page(issue)
    if form == "akn":
        return akn_text(issue, pack)
    from taizhang.backends.document_blocks import blocks_of_issue

    if form == "docx":
        from taizhang.engines.office.docx import write_document as write_docx

        return write_docx(blocks_of_issue(issue), title=title_of(issue))
    from taizhang.engines.office.pdf import write_document as write_pdf

    return write_pdf(blocks_of_issue(issue), title=title_of(issue))
