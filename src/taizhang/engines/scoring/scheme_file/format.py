"""The format of a scheme file, key by key. docs/packs.md says the same in words, and a test compares the two."""

from taizhang.engines.scoring.model import Absence, Aggregate, Effect
from taizhang.kernel.toml_shape import Key, Table, ValueType

FORMAT = 1
_T = ValueType
BOUNDS = (">=", "<=", "=")
_BASIS = (Key("clause", _T.TEXT), Key("interpretation", _T.ID))
_RULE = (
    Key("use", _T.TEXT),
    Key("parameters", _T.VALUES),
    Key("verifier", _T.ID),
    Key("target", _T.NUMBER),
    Key("unit", _T.TEXT),
    Key("bound", _T.CHOICE, choices=BOUNDS),
    Key("result_of", _T.ID),
    Key("result_name", _T.TEXT),
    Key("result", _T.CHOICE, choices=("grade", "score")),
)
AGGREGATES = tuple(word.value for word in Aggregate)
ABSENCES = tuple(word.value for word in Absence)
EFFECTS = tuple(word.value for word in Effect)
WHO = ("sheets", "kinds", "bodies", "names")
SHEET_KINDS = ("area", "unit", "city")
WEIGHT_RULES = ("not_scored", "equal", "equal_groups", "groups", "rows", "each")
FREQUENCIES = ("monthly", "quarterly", "yearly")
MODES = ("half_up", "half_even", "down")
ROUNDED_AT = ("item", "total")

TOP = Table(
    "",
    (Key("format", _T.WHOLE, required=True),),
    tables=(
        Table(
            "scheme",
            (
                Key("id", _T.ID, required=True),
                Key("version", _T.TEXT, required=True),
                Key("title", _T.TEXT, required=True),
                Key("document", _T.TEXT, required=True),
                Key("part", _T.TEXT),
                Key("year", _T.WHOLE, required=True),
                Key("from", _T.DAY),
                Key("until", _T.DAY),
                Key("leading_group", _T.TEXT, required=True),
                Key("leading_group_clause", _T.TEXT, required=True),
                Key("office", _T.TEXT, required=True),
                Key("office_clause", _T.TEXT, required=True),
            ),
            required=True,
        ),
        Table(
            "category",
            (
                Key("id", _T.ID, required=True),
                Key("name", _T.TEXT, required=True),
                Key("ranked", _T.FLAG, required=True),
                Key("kinds", _T.TEXTS),
                Key("bodies", _T.IDS),
                *_BASIS,
            ),
            many=True,
            required=True,
        ),
        Table(
            "assessed",
            (
                Key("who", _T.CHOICE, required=True, choices=WHO),
                Key("tree", _T.ID, required=True),
                Key("sheets", _T.CHOICE, choices=SHEET_KINDS),
                Key("annex", _T.WHOLE),
                Key("kinds", _T.TEXTS),
                Key("bodies", _T.IDS),
                Key("except", _T.IDS),
                Key("category", _T.ID),
                Key("from", _T.DAY),
                Key("until", _T.DAY),
                *_BASIS,
            ),
            many=True,
            required=True,
        ),
        Table(
            "tree",
            (
                Key("id", _T.ID, required=True),
                Key("each", _T.CHOICE, choices=("sheet",)),
                Key("name", _T.TEXT),
                Key("weight", _T.NUMBER),
                Key("absence", _T.CHOICE, choices=ABSENCES),
                Key("absence_clause", _T.TEXT),
                *_BASIS,
            ),
            many=True,
            required=True,
            tables=(
                Table(
                    "part",
                    (
                        Key("id", _T.ID, required=True),
                        Key("under", _T.ID),
                        Key("name", _T.TEXT),
                        Key("weight", _T.NUMBER),
                        Key("share", _T.NUMBER),
                        Key("aggregate", _T.CHOICE, choices=AGGREGATES),
                        Key("outside", _T.FLAG),
                        Key("from", _T.CHOICE, choices=("sheet", "table")),
                        Key("annex", _T.WHOLE),
                        Key("box", _T.WHOLE),
                        Key("groups", _T.WHOLES),
                        Key("label", _T.WHOLES),
                        Key("points", _T.WHOLE),
                        Key("value", _T.WHOLE),
                        Key("rows", _T.TEXT),
                        Key("total", _T.WHOLE),
                        *_RULE,
                        *_BASIS,
                    ),
                    many=True,
                ),
            ),
        ),
        Table(
            "reading",
            (
                Key("part", _T.ID, required=True),
                Key("rows", _T.TEXT, required=True),
                Key("under", _T.WHOLE),
                Key("shift", _T.WHOLE),
                Key("skip", _T.FLAG),
                *_BASIS,
            ),
            many=True,
        ),
        Table(
            "weights",
            (
                Key("part", _T.ID, required=True),
                Key("sheets", _T.CHOICE, choices=SHEET_KINDS),
                Key("rule", _T.CHOICE, required=True, choices=WEIGHT_RULES),
                Key("values", _T.NUMBERS),
                *_BASIS,
            ),
            many=True,
        ),
        Table("mark", (Key("at", _T.TEXTS, required=True), *_BASIS), many=True),
        Table("split", _BASIS),
        Table(
            "strategy",
            (
                Key("parts", _T.IDS),
                Key("sheets", _T.CHOICE, choices=SHEET_KINDS),
                Key("items", _T.TEXTS),
                Key("kinds", _T.TEXTS),
                Key("bounds", _T.TEXTS),
                Key("comparators", _T.TEXTS),
                Key("words", _T.TEXTS),
                Key("says", _T.TEXTS),
                Key("cells", _T.TEXTS),
                Key("column", _T.WHOLE),
                Key("use", _T.TEXT, required=True),
                Key("parameters", _T.VALUES),
                Key("target", _T.NUMBER),
                Key("unit", _T.TEXT),
                Key("bound", _T.CHOICE, choices=BOUNDS),
                Key("result_of", _T.ID),
                Key("result_name", _T.TEXT),
                Key("result", _T.CHOICE, choices=("grade", "score")),
                Key("verifier", _T.ID, required=True),
                *_BASIS,
            ),
            many=True,
        ),
        Table(
            "override",
            (
                Key("at", _T.TEXTS),
                Key("part", _T.ID),
                Key("rows", _T.TEXT),
                Key("when", _T.TEXT),
                Key("skip", _T.FLAG),
                Key("awaits", _T.TEXT),
                *_RULE,
                *_BASIS,
            ),
            many=True,
        ),
        Table(
            "shared",
            (
                Key("metric", _T.ID, required=True),
                Key("reporter", _T.ID, required=True),
                Key("at", _T.TEXTS, required=True),
                *_BASIS,
            ),
            many=True,
        ),
        Table(
            "verifier",
            (
                Key("id", _T.ID, required=True),
                Key("name", _T.TEXT, required=True),
                Key("body", _T.ID, required=True),
                Key("deputy", _T.ID),
                *_BASIS,
            ),
            many=True,
            required=True,
        ),
        Table(
            "fact",
            (
                Key("at", _T.TEXTS),
                Key("parts", _T.IDS),
                Key("sheets", _T.CHOICE, choices=SHEET_KINDS),
                Key("items", _T.TEXTS),
                Key("kinds", _T.TEXTS),
                Key("metrics", _T.TEXTS),
                Key("says", _T.TEXTS),
                Key("verifier", _T.ID, required=True),
                *_BASIS,
            ),
            many=True,
        ),
        Table(
            "adjustment",
            (
                Key("id", _T.ID),
                Key("part", _T.ID),
                Key("rows", _T.TEXT),
                Key("name", _T.TEXT),
                Key("sign", _T.WHOLE, required=True),
                Key("each", _T.NUMBER),
                Key("cap", _T.NUMBER),
                Key("group", _T.ID),
                Key("trees", _T.IDS),
                *_BASIS,
            ),
            many=True,
        ),
        Table("deductions", (Key("cap", _T.NUMBER), *_BASIS)),
        Table("cap", (Key("group", _T.ID, required=True), Key("points", _T.NUMBER, required=True), *_BASIS), many=True),
        Table("total", (Key("cap", _T.NUMBER, required=True), Key("when", _T.TEXT), *_BASIS)),
        Table(
            "sanction",
            (
                Key("id", _T.ID, required=True),
                Key("name", _T.TEXT),
                Key("part", _T.ID),
                Key("row", _T.WHOLE),
                Key("at", _T.TEXTS),
                Key("effects", _T.TEXTS, required=True),
                Key("grade", _T.TEXT),
                Key("first", _T.WHOLE),
                *_BASIS,
            ),
            many=True,
        ),
        Table("grade", (Key("name", _T.TEXT, required=True), Key("low", _T.NUMBER, required=True), *_BASIS), many=True),
        Table("grading", _BASIS),
        Table(
            "rounding",
            (
                Key("places", _T.WHOLE, required=True),
                Key("mode", _T.CHOICE, choices=MODES),
                Key("at", _T.CHOICE, choices=ROUNDED_AT),
                *_BASIS,
            ),
        ),
        Table(
            "calendar",
            (
                Key("frequency", _T.CHOICE, required=True, choices=FREQUENCIES),
                Key("report_working_days", _T.WHOLE),
                Key("verify_working_days", _T.WHOLE),
                Key("adjust_until", _T.DAY),
                Key("published_by", _T.DAY),
                Key("appeal_working_days", _T.WHOLE),
                Key("decide_working_days", _T.WHOLE),
                Key("notices", _T.CHOICE, choices=(*FREQUENCIES, "none")),
                Key("notice_days", _T.WHOLE),
                Key("rectify_working_days", _T.WHOLE),
                Key("clauses", _T.VALUES),
                Key("interpretations", _T.VALUES),
            ),
            required=True,
        ),
    ),
)


def documented_keys() -> set[tuple[str, str]]:
    """Every (table, key) of the format; the table of a key at the top is ""."""
    return {(path, key.name) for path, table in TOP.by_path().items() for key in table.keys}
