"""Characters to an issue: documents, clauses and tables, each with its span; and back to text, JSON, HTML, Akoma Ntoso."""

from taizhang.engines.gazette.akn import AknNaming, to_akn
from taizhang.engines.gazette.html_form import to_html
from taizhang.engines.gazette.json_form import to_json
from taizhang.engines.gazette.model import (
    Cell,
    ContentsEntry,
    Diagnostic,
    Document,
    DocumentNumber,
    Furniture,
    Issue,
    Masthead,
    Node,
    Reading,
    Row,
    Table,
)
from taizhang.engines.gazette.reader import PARSER_VERSION, read_issue
from taizhang.engines.gazette.text import to_text

__all__ = [
    "PARSER_VERSION",
    "AknNaming",
    "Cell",
    "ContentsEntry",
    "Diagnostic",
    "Document",
    "DocumentNumber",
    "Furniture",
    "Issue",
    "Masthead",
    "Node",
    "Reading",
    "Row",
    "Table",
    "read_issue",
    "to_akn",
    "to_html",
    "to_json",
    "to_text",
]
