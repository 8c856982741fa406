"""The pack format, key by key: what each file may hold. docs/packs.md says the same in words, and a test compares the two."""

from taizhang.engines.packs.model import AreaKind
from taizhang.engines.registry import BodyKind, NameForm
from taizhang.kernel.toml_shape import Key, Table, ValueType

FORMAT = 1
PACK, BODIES, INTERPRETATIONS = "pack.toml", "bodies.toml", "interpretations.toml"

_T = ValueType
_AREA_KINDS = tuple(kind.value for kind in AreaKind)
_BODY_KINDS = tuple(kind.value for kind in BodyKind)
_NAME_FORMS = tuple(form.value for form in NameForm)

FILES: dict[str, Table] = {
    PACK: Table(
        "",
        (Key("format", _T.WHOLE, required=True),),
        tables=(
            Table(
                "pack",
                (
                    Key("id", _T.ID, required=True),
                    Key("name", _T.TEXT, required=True),
                    Key("fictional", _T.FLAG, required=True),
                    Key("note", _T.TEXT),
                ),
                required=True,
            ),
            Table(
                "place",
                (
                    Key("name", _T.TEXT, required=True),
                    Key("province", _T.TEXT, required=True),
                    Key("area_code", _T.AREA_CODE, required=True),
                ),
                required=True,
            ),
            Table(
                "area",
                (
                    Key("id", _T.ID, required=True),
                    Key("name", _T.TEXT, required=True),
                    Key("kind", _T.CHOICE, required=True, choices=_AREA_KINDS),
                    Key("code", _T.AREA_CODE),
                    Key("code_absent", _T.TEXT),
                    Key("aliases", _T.TEXTS),
                ),
                many=True,
            ),
            Table(
                "document_code",
                (
                    Key("code", _T.TEXT, required=True),
                    Key("issuer", _T.ID, required=True),
                    Key("actor", _T.ID),
                    Key("short", _T.ID),
                ),
                many=True,
            ),
            Table("issue", (Key("file", _T.TEXT, required=True),), many=True),
        ),
    ),
    BODIES: Table(
        "",
        (),
        tables=(
            Table(
                "body",
                (
                    Key("id", _T.ID, required=True),
                    Key("kind", _T.CHOICE, required=True, choices=_BODY_KINDS),
                    Key("name", _T.TEXT),
                    Key("short", _T.TEXTS),
                    Key("aliases", _T.TEXTS),
                    Key("note", _T.TEXT),
                ),
                many=True,
                tables=(
                    Table(
                        "names",
                        (
                            Key("text", _T.TEXT, required=True),
                            Key("form", _T.CHOICE, choices=_NAME_FORMS),
                            Key("from", _T.DAY),
                            Key("until", _T.DAY),
                        ),
                        many=True,
                    ),
                ),
            ),
        ),
    ),
    INTERPRETATIONS: Table(
        "",
        (),
        tables=(
            Table(
                "interpretation",
                (
                    Key("id", _T.ID, required=True),
                    Key("document", _T.TEXT, required=True),
                    Key("clause", _T.TEXT, required=True),
                    Key("quote", _T.TEXT),
                    Key("question", _T.TEXT, required=True),
                    Key("answer", _T.TEXT, required=True),
                    Key("why", _T.TEXT, required=True),
                    Key("changed_by", _T.TEXT, required=True),
                    Key("value", _T.SCALAR),
                    Key("options", _T.TEXTS),
                    Key("practice", _T.FLAG),
                    Key("on", _T.FLAG),
                ),
                many=True,
            ),
        ),
    ),
}
REQUIRED_FILES = (PACK, BODIES)


def documented_keys() -> set[tuple[str, str, str]]:
    """Every (file, table, key) of the format; the table of a key at the top of a file is ""."""
    return {(file, path, key.name) for file, top in FILES.items() for path, table in top.by_path().items() for key in table.keys}
