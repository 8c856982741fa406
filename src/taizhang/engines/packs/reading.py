"""A pack's files, as text, to a validated pack and every problem found on the way. Reads no file itself."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from taizhang.engines.packs.checks import check_meaning
from taizhang.engines.packs.model import Area, AreaKind, DocumentCode, Interpretation, Pack, PackReading, Place
from taizhang.engines.packs.problems import Problems
from taizhang.engines.packs.schema import FILES, FORMAT, REQUIRED_FILES
from taizhang.engines.registry import Body, BodyKind, DatedName, NameForm
from taizhang.kernel.area import AreaCode
from taizhang.kernel.organisation import OrganisationId
from taizhang.kernel.period import Period
from taizhang.kernel.toml_shape import check_shape
from taizhang.kernel.toml_text import read_toml


def read_pack(files: Mapping[str, str], present: Collection[str] = ()) -> PackReading:
    """Read the texts of a pack folder (`{"pack.toml": …}`). `present` are all file names in it, for the issues it lists.

    Problems of form are told all at once; those of meaning only where the form is right.
    """
    readings = {name: read_toml(text.removeprefix("\ufeff")) for name, text in files.items()}
    problems = Problems({name: reading.lines for name, reading in readings.items()})
    for name in REQUIRED_FILES:
        if name not in files:
            problems.add("packs.file-is-missing", name, "", {"name": name})
    values: dict[str, dict[str, Any]] = {}
    for name, reading in readings.items():
        if name not in FILES:
            problems.add("packs.unknown-file", name, "", {"name": name, "known": ", ".join(FILES)}, is_warning=True)
        elif reading.values is None:
            line, complaint = reading.complaint_line, reading.complaint
            problems.add("packs.file-is-not-toml", name, "", {"complaint": complaint}, line=line)
        else:
            values[name] = reading.values
            for problem in check_shape(FILES[name], reading.values):
                problems.add_shape(name, problem)
    version = values.get("pack.toml", {}).get("format")
    if isinstance(version, int) and version != FORMAT:
        problems.add("packs.format-is-unknown", "pack.toml", "format", {"value": version, "known": FORMAT})
    if problems.has_errors:
        return PackReading(None, problems.sorted())
    check_meaning(values, present, problems)
    pack = None if problems.has_errors else _pack(values)
    return PackReading(pack, problems.sorted())


def _pack(values: Mapping[str, Mapping[str, Any]]) -> Pack:
    main = values["pack.toml"]
    place = main["place"]
    areas = tuple(_area(row) for row in main.get("area", ()))
    bodies = tuple(_body(row, place["area_code"]) for row in values["bodies.toml"].get("body", ()))
    return Pack(
        id=main["pack"]["id"],
        name=main["pack"]["name"],
        fictional=main["pack"]["fictional"],
        place=Place(place["name"], place["province"], AreaCode(place["area_code"])),
        areas=areas,
        bodies=(*(_area_body(area) for area in areas), *bodies),
        document_codes=tuple(_document_code(row) for row in main.get("document_code", ())),
        issues=tuple(row["file"] for row in main.get("issue", ())),
        interpretations=tuple(_interpretation(row) for row in values.get("interpretations.toml", {}).get("interpretation", ())),
    )


def _document_code(row: Mapping[str, Any]) -> DocumentCode:
    issuer = row["issuer"]
    return DocumentCode(row["code"], OrganisationId(issuer), row.get("actor", issuer), row.get("short", issuer))


def _area(row: Mapping[str, Any]) -> Area:
    code = AreaCode(row["code"]) if "code" in row else None
    names = tuple(row.get("aliases", ()))
    return Area(OrganisationId(row["id"]), row["name"], AreaKind(row["kind"]), code, row.get("code_absent"), names)


def _area_body(area: Area) -> Body:
    kind = BodyKind.DEVELOPMENT_ZONE if area.kind is AreaKind.ZONE else BodyKind.AREA
    always = Period(None, None)
    names = (
        DatedName(area.name, NameForm.FULL, always),
        *(DatedName(alias, NameForm.ALIAS, always) for alias in area.aliases),
    )
    return Body(area.id, kind, names, area.code.value if area.code else None)


def names_of(row: Mapping[str, Any]) -> list[tuple[str, NameForm, date | None, date | None]]:
    """All names of a body's table: text, form, first and last day."""
    out: list[tuple[str, NameForm, date | None, date | None]] = []
    if "name" in row:
        out.append((row["name"], NameForm.FULL, None, None))
    for name in row.get("names", ()):
        out.append((name["text"], NameForm(name.get("form", NameForm.FULL)), name.get("from"), name.get("until")))
    out.extend((text, NameForm.SHORT, None, None) for text in row.get("short", ()))
    out.extend((text, NameForm.ALIAS, None, None) for text in row.get("aliases", ()))
    return out


def _body(row: Mapping[str, Any], area_code: str) -> Body:
    names = tuple(DatedName(text, form, Period(start, end)) for text, form, start, end in names_of(row))
    return Body(OrganisationId(row["id"]), BodyKind(row["kind"]), names, area_code)


def _interpretation(row: Mapping[str, Any]) -> Interpretation:
    practice = row.get("practice", False)
    return Interpretation(
        id=row["id"],
        document=row["document"],
        clause=row["clause"],
        quote=row.get("quote"),
        question=row["question"],
        answer=row["answer"],
        reason=row["why"],
        changed_by=row["changed_by"],
        value=row.get("value"),
        options=tuple(row.get("options", ())),
        practice=practice,
        is_on=row.get("on", True),
    )
