"""Single files of the assessment year: a certificate as it is stored, a notice as .docx; and where a notice's figures lead."""

from collections.abc import Mapping
from urllib.parse import quote

import msgspec
from django.http import HttpRequest, HttpResponse

from taizhang.apps.assessments.acting import scheme_for
from taizhang.apps.assessments.models import Notice
from taizhang.apps.assessments.results import public_pages
from taizhang.apps.assessments.results import reading as results
from taizhang.engines.office import media_types
from taizhang.engines.office.notice import Notice as Printed
from taizhang.engines.office.notice_docx import notice_docx
from taizhang.engines.scoring import scheme_to_json
from taizhang.web.api import errors
from taizhang.web.api.door import open_to_machines
from taizhang.web.languages import spoken

_MOST = 2**62


@open_to_machines
def certificate(request: HttpRequest, cell: int) -> HttpResponse:
    """The certificate as it is stored, for recomputing without this site."""
    found = public_pages.public_cell(cell) if cell < _MOST else None
    content = results.certificate_by_cell(cell) if found is not None else None
    if content is None:
        raise errors.NothingHereError(what="得分凭证", value=str(cell)[:40], listed="/assessment/")
    data = msgspec.json.format(msgspec.json.encode(content), indent=1)
    headers = {"Content-Disposition": f'attachment; filename="certificate-{cell}.json"'}
    return HttpResponse(data, content_type="application/json; charset=utf-8", headers=headers)


@open_to_machines
def scheme(request: HttpRequest, slug: str) -> HttpResponse:
    """The scheme of a year as it was approved, whose SHA-256 certificates name."""
    cycle = public_pages.cycle_at(slug)
    if cycle is None:
        raise errors.NothingHereError(what="考核年度", value=slug[:80], listed="/assessment/")
    data = msgspec.json.format(msgspec.json.encode(scheme_to_json(scheme_for(cycle))), indent=1)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(f'{slug}.json')}"}
    return HttpResponse(data, content_type="application/json; charset=utf-8", headers=headers)


@open_to_machines
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice as .docx in the layout of GB/T 9704, its figures leading to their records."""
    row = public_pages.notice_at(pk) if pk < _MOST else None
    if row is None:
        raise errors.NothingHereError(what="通报", value=str(pk)[:40], listed="/assessment/notices/")
    printed = public_pages.printed_notice(row)
    base = f"{request.scheme}://{request.get_host()}"
    data = notice_docx(printed, {record: f"{base}{path}" for record, path in addresses(printed, row).items()})
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(f'{row.number or row.title}.docx')}"}
    return HttpResponse(data, content_type=media_types.DOCX, headers=headers)


def addresses(printed: Printed, row: Notice) -> Mapping[str, str]:
    """The pages of the records that the figures of a notice come from; a record without a page of its own is left out."""
    out: dict[str, str] = {}
    records = {figure.record for figure in printed.figures()}
    units = public_pages.units_of_scores(record.partition(":")[2] for record in records if record.startswith("score:"))
    for record in records:
        kind, _sep, key = record.partition(":")
        path = _address(kind, key, row, units)
        if path:
            out[record] = path
    return out


def _address(kind: str, key: str, row: Notice, units: Mapping[str, str]) -> str:
    url, slug = spoken().url, row.cycle.slug
    match kind:
        case "cell" if key.isdecimal():
            return url("portal:certificate", cell=int(key))
        case "score" if key in units:
            return url("portal:unit-scores", slug=slug, ident=units[key])
        case "run" | "cycle" | "record":
            return url("portal:results", slug=slug)
        case "appeal":
            return f"{url('portal:appeals', slug=slug)}#a{key}"
        case "rectification":
            return f"{url('portal:rectifications', slug=slug)}#r{key}"
        case _:
            return ""
