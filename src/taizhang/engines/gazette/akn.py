"""Akoma Ntoso 3.0 (OASIS LegalDocML) of an issue or a document: the source's own numbering in `<num>`, spans kept out.

A document is a `doc`; what it carries and its annexes are its attachments; an issue is a `documentCollection`. A level that Akoma
Ntoso has no element for (item, subitem, box) is an `hcontainer` of that name. Without a naming a document has no work address.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from taizhang.engines.gazette.model import Document, Issue, Node, Row, Table
from taizhang.kernel.area import AreaCode
from taizhang.kernel.patterns import regex

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
# The schema demands a date; this one stands for a date that is not printed and carries the name "unknown".
UNKNOWN_DATE = "0001-01-01"
_NATIVE = frozenset({"part", "chapter", "section", "subsection", "article", "paragraph", "point", "division"})
_PREFACE = frozenset({"title", "docNumber", "addressee", "annexLabel"})
_CONCLUSIONS = frozenset({"signature", "docDate", "note", "annexList"})
_INVALID = regex("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class AknNaming:
    """How works are addressed: the area code and, for each 机关代字, the actor and the short ASCII form (三政办 → zf, szb).

    `/akn/cn-411200/act/zf/2017/szb-34` is work 三政办〔2017〕34号.
    """

    area: AreaCode
    codes: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def work(self, document: Document) -> str | None:
        """Work address, None for a document without number or with a code the naming does not know."""
        number = document.number
        if number is None or number.year is None or number.code not in self.codes:
            return None
        actor, short = self.codes[number.code]
        return f"/akn/cn-{self.area}/act/{actor}/{number.year}/{short}-{number.serial}"


def to_akn(subject: Issue | Document, naming: AknNaming | None = None) -> str:
    """The XML text, with declaration. Characters that XML cannot hold come out as U+FFFD."""
    writer = _Writer(naming)
    body = writer.issue(subject) if isinstance(subject, Issue) else writer.document(subject, "")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<akomaNtoso xmlns="{NAMESPACE}">{body}</akomaNtoso>\n'


def _text(text: str) -> str:
    return escape(_INVALID.sub("\ufffd", text), quote=False)


def _attribute(text: str) -> str:
    plain = escape(_INVALID.sub("\ufffd", text)).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")
    return f'"{plain}"'


class _Writer:
    def __init__(self, naming: AknNaming | None) -> None:
        self.naming = naming

    def issue(self, issue: Issue) -> str:
        if len(issue.documents) == 1 and issue.masthead is None:
            return self.document(issue.documents[0], "")
        masthead = issue.masthead
        date = masthead.published_on.isoformat() if masthead and masthead.published_on else None
        meta = self._meta(None, "#issue", date, masthead.publisher if masthead else None)
        lines = "".join(f"<p>{_text(node.words.text)}</p>" for node in issue.front)
        preface = f"<preface>{lines}</preface>" if lines else ""
        components = "".join(
            f'<component eId="cmp_{n}">{self.document(d, f"cmp_{n}__")}</component>' for n, d in enumerate(issue.documents, 1)
        )
        if not components:
            return f'<doc name="empty">{meta}{preface}<mainBody><p/></mainBody></doc>'
        body = f"<collectionBody>{components}</collectionBody>"
        return f'<documentCollection name="gazette">{meta}{preface}{body}</documentCollection>'

    def document(self, document: Document, prefix: str) -> str:
        work = self.naming.work(document) if self.naming else None
        date = document.issued_on.isoformat() if document.issued_on else None
        meta = self._meta(work, f"#{prefix}doc", date, document.issuers[0] if document.issuers else None, document)
        tables = {table.eid: table for table in document.tables}
        first, last = _body_range(document.nodes)
        preface = "".join(self._frame(node, prefix) for node in document.nodes[:first])
        body = "".join(self._node(node, prefix, tables) for node in document.nodes[first:last])
        conclusions = "".join(self._frame(node, prefix) for node in document.nodes[last:])
        attachments = "".join(
            f'<attachment eId="{prefix}att_{n}">{self.document(nested, f"{prefix}att_{n}__")}</attachment>'
            for n, nested in enumerate(document.documents, 1)
        )
        parts = [
            meta,
            f"<preface>{preface}</preface>" if preface else "",
            f"<mainBody>{body or '<p/>'}</mainBody>",
            f"<conclusions>{conclusions}</conclusions>" if conclusions else "",
            f"<attachments>{attachments}</attachments>" if attachments else "",
        ]
        return f"<doc name={_attribute(document.kind or 'document')}>{''.join(parts)}</doc>"

    def _meta(self, work: str | None, local: str, date: str | None, author: str | None, document: Document | None = None) -> str:
        # Without a naming the document has no work address; its own fragment stands in.
        uri = work or local
        when = f'<FRBRdate date="{date}" name="generation"/>' if date else f'<FRBRdate date="{UNKNOWN_DATE}" name="unknown"/>'
        by = '<FRBRauthor href="#issuer"/>'
        expression = f"{uri}/zho@{date}" if date else f"{uri}/zho"
        number = document.number if document else None
        names = f'<FRBRnumber value="{number.serial}"/>' if number else ""
        alias = f'<FRBRalias name="title" value={_attribute(document.title)}/>' if document and document.title else ""
        address = f"<FRBRthis value={_attribute(uri)}/><FRBRuri value={_attribute(uri)}/>"
        head = f'{address}{alias}{when}{by}<FRBRcountry value="cn"/>{names}'
        place = f"<FRBRthis value={_attribute(expression)}/><FRBRuri value={_attribute(expression)}/>{when}{by}"
        organisation = (
            f'<TLCOrganization eId="issuer" href="/ontology/organization/cn/issuer" showAs={_attribute(author or "未载明")}/>'
        )
        references = f'<references source="#taizhang">{organisation}</references>' if local == "#doc" or local == "#issue" else ""
        return (
            f'<meta><identification source="#taizhang"><FRBRWork>{head}</FRBRWork>'
            f'<FRBRExpression>{place}<FRBRlanguage language="zho"/></FRBRExpression>'
            f"<FRBRManifestation>{place}</FRBRManifestation></identification>{references}</meta>"
        )

    def _frame(self, node: Node, prefix: str) -> str:
        text = _text(_full(node))
        inner = {"title": f"<docTitle>{text}</docTitle>", "docNumber": f"<docNumber>{text}</docNumber>"}.get(node.kind, text)
        return f'<p eId="{prefix}{node.eid}" class="{node.kind}">{inner}</p>'

    def _node(self, node: Node, prefix: str, tables: Mapping[str, Table]) -> str:
        eid = f'eId="{prefix}{node.eid}"'
        if node.kind == "table":
            table = _table(tables[node.eid], eid)
            return f'<hcontainer name="table" eId="{prefix}{node.eid}__wrap"><content>{table}</content></hcontainer>'
        element = node.kind if node.kind in _NATIVE else "hcontainer"
        name = "" if node.kind in _NATIVE else f' name="{node.kind}"'
        number = f"<num>{_text(node.num)}</num>" if node.num else ""
        heading = f"<heading>{_text(node.heading)}</heading>" if node.heading else ""
        text = node.text.strip()
        if node.children:
            intro = f"<intro><p>{_text(text)}</p></intro>" if text else ""
            inner = intro + "".join(self._node(child, prefix, tables) for child in node.children)
        else:
            inner = f"<content><p>{_text(text)}</p></content>"
        return f"<{element}{name} {eid}>{number}{heading}{inner}</{element}>"


def _full(node: Node) -> str:
    return f"{node.num or ''}{node.words.text}"


def _body_range(nodes: tuple[Node, ...]) -> tuple[int, int]:
    """Where the preface ends and the conclusions begin among the top nodes."""
    first = 0
    while first < len(nodes) and nodes[first].kind in _PREFACE | {"docDate", "note", "tocItem", "salutation", "signature"}:
        first += 1
    last = len(nodes)
    while last > first and nodes[last - 1].kind in _CONCLUSIONS:
        last -= 1
    return first, last


def _table(table: Table, eid: str) -> str:
    caption = f"<caption>{_text(table.caption)}</caption>" if table.caption else ""
    rows = [_row(row, "th") for row in table.header] + [_row(row, "td") for row in table.rows]
    return f"<table {eid}>{caption}{''.join(rows) or '<tr><td><p/></td></tr>'}</table>"


def _row(row: Row, cell: str) -> str:
    cells = "".join(f"<{cell}><p>{_text(c.text)}</p></{cell}>" for c in row.cells)
    return f"<tr>{cells or f'<{cell}><p/></{cell}>'}</tr>"
