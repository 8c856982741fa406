"""What a scheme is filled in from: the adopted issue that carries its document, as values, with errata and confirmed bodies."""

from dataclasses import replace

from taizhang.apps.assessments import cycle_errors as errors
from taizhang.apps.gazettes.models import Document, Edition, State
from taizhang.apps.gazettes.rebuild import issue_of
from taizhang.apps.targets.models import Sheet
from taizhang.apps.targets.rebuild import reading_of
from taizhang.backends.pack_files import open_pack
from taizhang.backends.scheme_sources import source_of
from taizhang.engines.packs import Pack
from taizhang.engines.registry import read_registry
from taizhang.engines.scoring.source import SchemeSource


def edition_with(document: str, scheme: str) -> Edition:
    """The adopted edition that carries a document, by its number. Raises `SchemeSourceIsMissingError`."""
    row = Document.objects.filter(number=document, edition__state=State.ADOPTED).select_related("edition__source")
    found = row.order_by("-edition_id").first()
    if found is None:
        raise errors.SchemeSourceIsMissingError(scheme=scheme, document=document)
    edition: Edition = found.edition
    return edition


def pack_of(edition: Edition) -> Pack | None:
    """The pack that an edition was read with."""
    return open_pack(edition.pack) if edition.pack else None


def source_from(edition: Edition, pack: Pack | None) -> SchemeSource:
    """The values of an adopted edition. A sheet is that of the body which the resolver proposed or a person confirmed."""
    issue = issue_of(edition)
    registry = read_registry(issue, pack.bodies if pack else (), pack.place.name if pack else "")
    source = source_of(issue, reading_of(edition), registry)
    rows = Sheet.objects.filter(edition=edition, body__isnull=False).select_related("document", "body")
    bodies = {(row.document.ident, row.eid): row.body.ident for row in rows}
    sheets = tuple(replace(sheet, body=bodies.get((sheet.document, sheet.eid), sheet.body)) for sheet in source.sheets)
    return replace(source, sheets=sheets)
