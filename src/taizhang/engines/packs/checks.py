"""What the values of a pack mean together: ids and codes that repeat, names that overlap, answers that are no option."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from taizhang.engines.packs.area_codes import fits_kind, is_assignable
from taizhang.engines.packs.model import AreaKind
from taizhang.engines.packs.problems import Problems
from taizhang.engines.packs.schema import BODIES, INTERPRETATIONS, PACK
from taizhang.engines.registry import NameForm
from taizhang.kernel.area import AreaCode
from taizhang.kernel.patterns import regex

_NUMBER = regex(r"[\u4e00-\u9fff]{1,12}〔[12][0-9]{3}〕[0-9]{1,4}号\Z")
_BLANKS = regex(r"\s+")


class _Name(NamedTuple):
    body: str
    key: str
    text: str
    form: NameForm
    start: date | None
    end: date | None


def check_meaning(values: Mapping[str, Mapping[str, Any]], present: Collection[str], problems: Problems) -> None:
    """Check values whose form is right."""
    main, bodies = values[PACK], values[BODIES]
    _unique_ids(main, bodies, problems)
    _area_codes(main, problems)
    _names(main, bodies, problems)
    _document_codes(main, bodies, problems)
    for i, row in enumerate(main.get("issue", ())):
        if row["file"] not in present:
            problems.add("packs.issue-is-missing", PACK, f"issue[{i}].file", {"name": row["file"]})
    _interpretations(values.get(INTERPRETATIONS, {}), problems)


def _unique_ids(main: Mapping[str, Any], bodies: Mapping[str, Any], problems: Problems) -> None:
    rows = [(PACK, f"area[{i}].id", row["id"]) for i, row in enumerate(main.get("area", ()))]
    rows += [(BODIES, f"body[{i}].id", row["id"]) for i, row in enumerate(bodies.get("body", ()))]
    _no_repeats(rows, problems)


def _no_repeats(rows: list[tuple[str, str, str]], problems: Problems) -> None:
    seen: dict[str, tuple[str, str]] = {}
    for file, key, value in rows:
        if value in seen:
            problems.add("packs.repeated-id", file, key, {"value": value, "other": problems.place(*seen[value])})
        seen.setdefault(value, (file, key))


def _area_codes(main: Mapping[str, Any], problems: Problems) -> None:
    place, fictional = main["place"], main["pack"]["fictional"]
    _assigned(place["area_code"], "place.area_code", fictional, problems)
    seen = {place["area_code"]: place["name"]}
    for i, row in enumerate(main.get("area", ())):
        at = f"area[{i}]"
        code, kind = row.get("code"), AreaKind(row["kind"])
        if code is None:
            if "code_absent" not in row:
                problems.add("packs.code-is-not-explained", PACK, at, {"name": row["name"]})
            continue
        if "code_absent" in row:
            problems.add("packs.code-given-and-absent", PACK, at, {"name": row["name"]})
        if code in seen:
            problems.add("packs.repeated-code", PACK, f"{at}.code", {"value": code, "other": seen[code]})
        seen.setdefault(code, row["name"])
        if not code.startswith(_significant(place["area_code"])):
            problems.add("packs.code-outside-place", PACK, f"{at}.code", {"value": code, "place": place["area_code"]})
        _assigned(code, f"{at}.code", fictional, problems)
        if kind is AreaKind.ZONE:
            if not fictional:
                problems.add("packs.zone-has-code", PACK, f"{at}.code", {"name": row["name"]}, is_warning=True)
        elif not fits_kind(AreaCode(code), kind):
            facts = {"value": code, "kind": kind.value}
            problems.add("packs.code-does-not-fit-kind", PACK, f"{at}.code", facts, is_warning=True)


def _significant(code: str) -> str:
    """The digits a code shares with those under it: two for a province, four for a prefecture, else all six."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def _assigned(code: str, key: str, fictional: bool, problems: Problems) -> None:
    assignable = is_assignable(AreaCode(code))
    if fictional and assignable:
        problems.add("packs.code-is-assignable", PACK, key, {"value": code})
    if not fictional and not assignable:
        problems.add("packs.code-is-unassigned", PACK, key, {"value": code})


def _all_names(main: Mapping[str, Any], bodies: Mapping[str, Any]) -> Iterator[_Name]:
    for i, row in enumerate(main.get("area", ())):
        for text in (row["name"], *row.get("aliases", ())):
            yield _Name(row["id"], f"area[{i}]", text, NameForm.FULL if text == row["name"] else NameForm.ALIAS, None, None)
    for i, row in enumerate(bodies.get("body", ())):
        at = f"body[{i}]"
        if "name" in row:
            yield _Name(row["id"], f"{at}.name", row["name"], NameForm.FULL, None, None)
        for j, name in enumerate(row.get("names", ())):
            form = NameForm(name.get("form", NameForm.FULL))
            yield _Name(row["id"], f"{at}.names[{j}]", name["text"], form, name.get("from"), name.get("until"))
        for key, form in (("short", NameForm.SHORT), ("aliases", NameForm.ALIAS)):
            for text in row.get(key, ()):
                yield _Name(row["id"], f"{at}.{key}", text, form, None, None)


def _names(main: Mapping[str, Any], bodies: Mapping[str, Any], problems: Problems) -> None:
    held: dict[str, list[_Name]] = {}
    full: dict[str, list[_Name]] = {}
    for name in _all_names(main, bodies):
        file = PACK if name.key.startswith("area") else BODIES
        if name.start and name.end and name.end < name.start:
            facts = {"name": name.text, "start": name.start, "end": name.end}
            problems.add("packs.name-ends-before-it-starts", file, f"{name.key}.until", facts)
            continue
        if name.form is NameForm.FULL:
            for other in full.setdefault(name.body, []):
                if _overlap(name, other):
                    problems.add("packs.periods-overlap", file, name.key, {"name": name.text, "other": other.text})
            full[name.body].append(name)
        text = _BLANKS.sub("", name.text)
        for other in held.setdefault(text, []):
            if other.body != name.body and _overlap(name, other):
                problems.add("packs.name-is-shared", file, name.key, {"name": name.text, "other": other.body})
        held[text].append(name)
    for i, row in enumerate(bodies.get("body", ())):
        if row["id"] not in full:
            problems.add("packs.body-has-no-name", BODIES, f"body[{i}]", {"value": row["id"]})


def _overlap(a: _Name, b: _Name) -> bool:
    return (a.end or date.max) >= (b.start or date.min) and (b.end or date.max) >= (a.start or date.min)


def _document_codes(main: Mapping[str, Any], bodies: Mapping[str, Any], problems: Problems) -> None:
    known = {row["id"] for row in (*main.get("area", ()), *bodies.get("body", ()))}
    seen: dict[str, str] = {}
    for i, row in enumerate(main.get("document_code", ())):
        if row["code"] in seen:
            problems.add(
                "packs.repeated-code", PACK, f"document_code[{i}].code", {"value": row["code"], "other": seen[row["code"]]}
            )
        seen.setdefault(row["code"], row["issuer"])
        if row["issuer"] not in known:
            problems.add(
                "packs.issuer-is-unknown", PACK, f"document_code[{i}].issuer", {"code": row["code"], "value": row["issuer"]}
            )


def _interpretations(values: Mapping[str, Any], problems: Problems) -> None:
    rows = list(values.get("interpretation", ()))
    _no_repeats([(INTERPRETATIONS, f"interpretation[{i}].id", row["id"]) for i, row in enumerate(rows)], problems)
    for i, row in enumerate(rows):
        at = f"interpretation[{i}]"
        practice = row.get("practice", False)
        if not _NUMBER.match(row["document"]):
            problems.add("packs.number-is-malformed", INTERPRETATIONS, f"{at}.document", {"value": row["document"]})
        if "quote" not in row and not practice:
            problems.add("packs.quote-is-missing", INTERPRETATIONS, at, {"value": row["id"]})
        if practice and "on" not in row:
            problems.add("packs.practice-is-not-switched", INTERPRETATIONS, at, {"value": row["id"]})
        if not practice and "on" in row:
            problems.add("packs.text-is-switched", INTERPRETATIONS, f"{at}.on", {"value": row["id"]})
        if "options" in row and "value" in row and row["value"] not in row["options"]:
            choices = ", ".join(row["options"])
            problems.add("packs.value-is-no-option", INTERPRETATIONS, f"{at}.value", {"value": row["value"], "choices": choices})
