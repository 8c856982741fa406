"""Read a text: an issue of a gazette, a single document, or a web page with one in it."""

from collections.abc import Iterator
from dataclasses import replace

from taizhang.engines.gazette.blocks import Block, read_blocks
from taizhang.engines.gazette.documents import DocumentReader
from taizhang.engines.gazette.frame import document_number, labelled_value
from taizhang.engines.gazette.masthead import is_masthead, read_contents, read_masthead
from taizhang.engines.gazette.model import ContentsEntry, Diagnostic, Document, Furniture, Issue, Masthead, Node, Table
from taizhang.engines.gazette.outline import Plan, chrome_tail, plan_documents
from taizhang.engines.gazette.table_repair import repair_siblings
from taizhang.kernel.dates import first_day_in
from taizhang.kernel.message import Message
from taizhang.kernel.spans import Span

PARSER_VERSION = 1


def read_issue(text: str) -> Issue:
    """The issue `text` prints. Total over `str`: every character has a place, every doubt is a diagnostic, nothing is raised.

    A text that is not a gazette issue gives an `Issue` without masthead. An empty text gives no documents.
    """
    blocks, furniture, diagnostics = read_blocks(text)
    if not blocks:
        diagnostics.append(Diagnostic("gazette.no-text", Message("没有可读的文字"), Span(0, len(text))))
        return Issue(text, None, (), (), (), tuple(furniture), tuple(diagnostics))
    plans = plan_documents(blocks, ())
    front = blocks[: plans[0].start]
    masthead: Masthead | None = None
    contents: tuple[ContentsEntry, ...] = ()
    front_nodes: tuple[Node, ...] = ()
    if front and is_masthead(front):
        masthead, contents = read_masthead(front), read_contents(front)
        plans = plan_documents(blocks, contents)
        front = blocks[: plans[0].start]
        front_nodes = tuple(_front_node(i, block) for i, block in enumerate(front, 1))
    else:
        furniture += _chrome(front)
    box = front if masthead is None else []
    documents = _documents(blocks, plans, masthead is not None, furniture, diagnostics)
    if len(documents) == 1 and box:
        documents = (_with_information_box(documents[0], box),)
    furniture.sort(key=lambda f: f.span.start)
    diagnostics.sort(key=lambda d: d.span.start)
    return Issue(text, masthead, contents, front_nodes, documents, tuple(furniture), tuple(diagnostics))


def _documents(
    blocks: list[Block], plans: list[Plan], is_issue: bool, furniture: list[Furniture], diagnostics: list[Diagnostic]
) -> tuple[Document, ...]:
    reader = DocumentReader(blocks, diagnostics, furniture)
    documents = []
    taken: dict[str, int] = {}
    for ordinal, plan in enumerate(plans, 1):
        if not is_issue:
            _cut_chrome(blocks, plan, furniture)
        identifier = f"doc-{ordinal}"
        if plan.number is not None and (number := reader.number_of(plan)) is not None:
            identifier = str(number)
        taken[identifier] = taken.get(identifier, 0) + 1
        if taken[identifier] > 1:
            identifier = f"{identifier}~{taken[identifier]}"
        documents.append(reader.read(plan, identifier))
    return _with_tables_repaired(documents, diagnostics)


def _with_tables_repaired(documents: list[Document], diagnostics: list[Diagnostic]) -> tuple[Document, ...]:
    """Tables are compared over the whole text, since two annexes may hold sibling tables."""
    tables = [table for document in documents for nested in document.walk() for table in nested.tables]
    repaired, repairs = repair_siblings(tables)
    diagnostics.extend(repairs)
    if not repairs:
        return tuple(documents)
    replacements = iter(repaired)
    return tuple(_with_tables(document, replacements) for document in documents)


def _with_tables(document: Document, replacements: Iterator[Table]) -> Document:
    own = tuple(next(replacements) for _ in document.tables)
    return replace(document, tables=own, documents=tuple(_with_tables(nested, replacements) for nested in document.documents))


def _cut_chrome(blocks: list[Block], plan: Plan, furniture: list[Furniture]) -> None:
    tail = chrome_tail(blocks, plan)
    furniture += _chrome(blocks[tail : plan.end])
    _end_at(plan, tail)


def _with_information_box(document: Document, box: list[Block]) -> Document:
    """Number and date of signing from the box a web page prints above a document that lacks them itself."""
    number, day = document.number, document.issued_on
    for block, following in zip(box, [*box[1:], box[-1]], strict=True):
        if number is None and (value := labelled_value(block.text, following.text, ("发文字号", "文号"))):
            number = document_number(value, block.start)
        if day is None and (value := labelled_value(block.text, following.text, ("成文日期", "印发日期"))):
            day = first_day_in(value)
    return replace(document, number=number, issued_on=day)


def _chrome(blocks: list[Block]) -> list[Furniture]:
    return [Furniture("chrome", Span(at, at + len(words))) for b in blocks for words, at in b.reading.pieces() if words != " "]


def _end_at(plan: Plan, end: int) -> None:
    plan.end = min(plan.end, end)
    plan.children = [child for child in plan.children if child.start < end]
    for child in plan.children:
        _end_at(child, end)


def _front_node(ordinal: int, block: Block) -> Node:
    span = Span(block.start, block.end)
    return Node(f"front_{ordinal}", "note", None, None, block.reading, 0, span, span)
