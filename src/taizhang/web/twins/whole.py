"""An issue or a document whole: PDF, .docx, Akoma Ntoso, HTML, JSON of the parse contract. Made from rows, never parsed again."""

from html import escape
from urllib.parse import quote

import msgspec

from taizhang.apps.gazettes.models import Document as StoredDocument
from taizhang.apps.gazettes.models import Edition
from taizhang.apps.gazettes.queries import family_of
from taizhang.apps.gazettes.rebuild import documents_of, issue_of
from taizhang.backends.document_blocks import blocks_of_document, blocks_of_issue
from taizhang.engines.gazette import AknNaming, Document, Issue, to_akn, to_html, to_json
from taizhang.engines.office import docx, media_types, pdf
from taizhang.engines.office.blocks import Align, Block, Paragraph
from taizhang.engines.packs import Pack
from taizhang.web.twins.writing import banner

FORMATS = {
    "pdf": media_types.PDF,
    "docx": media_types.DOCX,
    "akn.xml": "application/akn+xml; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "json": "application/json; charset=utf-8",
}
_PRINTED = {"pdf": pdf.write_document, "docx": docx.write_document}


def issue_file(edition: Edition, form: str, pack: Pack, base: str) -> bytes:
    """A whole issue. Raises `FontsAreMissingError`."""
    issue = issue_of(edition)
    if form in _PRINTED:
        return _printed(blocks_of_issue(issue), form, edition.title)
    facts = {"issue": edition.slug, "sha256": edition.source.sha256, "url": f"{base}/gazette/{quote(edition.slug)}/"}
    return _text(issue, form, pack, edition.title, facts, to_json(issue)).encode("utf-8", "surrogatepass")


def document_file(stored: StoredDocument, form: str, pack: Pack, base: str) -> bytes:
    """A document with all that is nested in it. Raises `FontsAreMissingError`."""
    rows = [row for row in family_of(stored) if row.pk == stored.pk or row.ident.startswith(f"{stored.ident}!")]
    (document,) = documents_of(rows)
    edition = stored.edition
    if form in _PRINTED:
        return _printed(blocks_of_document(document, edition.source.text), form, stored.title)
    url = f"{base}/d/{quote(stored.slug, safe='')}/"
    facts = {"issue": edition.slug, "sha256": edition.source.sha256, "document": stored.slug, "url": url}
    # The contract's form of an issue that holds this document only.
    alone = Issue("", None, (), (), (document,), (), ())
    return _text(document, form, pack, document.title, facts, to_json(alone)).encode("utf-8", "surrogatepass")


def _printed(blocks: list[Block], form: str, title: str) -> bytes:
    return _PRINTED[form]([Paragraph(banner(), Align.CENTER), *blocks] if banner() else blocks, title=title)


def _text(
    subject: Issue | Document, form: str, pack: Pack, title: str, facts: dict[str, str], contract: dict[str, object]
) -> str:
    if form == "json":
        return msgspec.json.encode({**contract, "source": facts, "simulated": bool(banner())}).decode("utf-8", "surrogatepass")
    if form == "akn.xml":
        codes = {code.code: (code.actor, code.short) for code in pack.document_codes}
        akn = to_akn(subject, AknNaming(pack.place.area_code, codes))
        first, _, rest = akn.partition("\n")
        return f"{first}\n<!-- {banner()} -->\n{rest}" if banner() else akn
    warning = f"<p><strong>{escape(banner())}</strong></p>\n" if banner() else ""
    lines = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts.items())
    return (
        f'<!doctype html>\n<html lang="zh-CN">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title></head>\n'
        f"<body>\n{warning}<main>\n<h1>{escape(title)}</h1>\n{to_html(subject)}\n</main>\n<footer><dl>{lines}</dl></footer>\n</body>\n</html>\n"
    )
