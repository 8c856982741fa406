"""Tables of targets: sheets, items with their measures, measures of clauses, duties; and bodies."""

from collections.abc import Iterator

from taizhang.apps.gazettes.models import Clause, Edition
from taizhang.apps.gazettes.queries import clauses_at, public_numbers
from taizhang.apps.organisations import queries as organisations
from taizhang.apps.targets import listing
from taizhang.apps.targets.comparing import compare
from taizhang.apps.targets.models import Duty, Measure
from taizhang.apps.targets.queries import compositions, ordered, sheets_of, target_at
from taizhang.apps.targets.readings import in_force
from taizhang.engines.office.xlsx import Value
from taizhang.web.twins.tables import CITATION, NOT_PRINTED, UNBOUND, Citer, Column, IssueTable, Row, Table, Wish
from taizhang.web.twins.words import relation, word

_ISSUE = Column("issue", "期", 8)
# How the board names its views.
_LEVELS = {"city": "city", "areas": "area", "units": "unit"}


def _sheets(edition: Edition, wish: Wish) -> Iterator[Row]:
    sheets = sheets_of(edition, _LEVELS.get(wish.word("view"), ""))
    made = compositions(sheets)
    clauses = clauses_at({(sheet.document_id, sheet.eid) for sheet in sheets})
    citer = Citer(clauses.values(), wish)
    kind = wish.word("kind")
    for sheet in ordered(sheets, made, wish.word("sort")):
        counts = made[sheet.pk].counts
        if kind and not counts.get(kind):
            continue
        body = (sheet.body.ident if sheet.body else None, "已确认" if sheet.confirmed_by else "待确认")
        points = (sheet.points, None if sheet.points is not None else NOT_PRINTED)
        clause = clauses.get((sheet.document_id, sheet.eid))
        words = f"{clause.num}{clause.text}" if clause else sheet.unit
        cited = citer.cells_in(clause, sheet.document, sheet.eid, (sheet.start, sheet.end), words)
        yield (
            edition.slug,
            sheet.ordinal,
            sheet.unit,
            word(sheet.kind),
            *body,
            *points,
            made[sheet.pk].items,
            counts["measured"],
            counts["zero_event"],
            counts["benchmark"],
            counts["delegated"],
            counts["qualitative"],
            *cited,
        )


SHEETS = IssueTable(
    "sheets",
    "责任书",
    (
        _ISSUE,
        Column("sheet", "序号", 6),
        Column("unit", "单位", 24),
        Column("kind", "类别", 12),
        Column("body", "机构代码", 20),
        Column("body_state", "机构是否确认", 10),
        Column("points", "分值", 8),
        Column("points_unknown", "缺分值的原因", 10),
        Column("items", "目标数", 8),
        Column("measured", "量化", 8),
        Column("zero_event", "不得发生", 8),
        Column("benchmark", "对标", 8),
        Column("delegated", "待下达", 8),
        Column("qualitative", "定性", 8),
        *CITATION,
    ),
    _sheets,
    filters=("view", "kind", "sort"),
)


def _value(measure: Measure) -> tuple[Value, Value]:
    """The value as printed, and why there is none."""
    if measure.value is not None:
        return measure.value.normalize() if measure.value else measure.value, None
    if measure.value_on is not None:
        return measure.value_on, None
    return None, UNBOUND if measure.awaits or measure.kind == "delegated" else NOT_PRINTED


def _figures(measure: Measure) -> Row:
    normal, corrected = measure.normalized_value, measure.corrected_normalized_value
    return (
        measure.metric,
        relation(measure.comparator) or None,
        *_value(measure),
        measure.unit or None,
        normal.normalize() if normal else normal,
        measure.normalized_unit or None,
        word(measure.role),
        measure.corrected_value or None,
        measure.corrected_unit or None,
        corrected.normalize() if corrected else corrected,
        measure.corrected_normalized_unit or None,
        word("erratum_counts" if in_force(measure).is_corrected else "print_counts"),
        measure.awaits or None,
    )


_FIGURES = (
    Column("metric", "指标", 24),
    Column("relation", "关系", 9),
    Column("value", "数值", 12),
    Column("value_unknown", "缺数值的原因", 10),
    Column("unit_of_value", "计量单位", 9),
    Column("normalized_value", "折算值", 14),
    Column("normalized_unit", "折算单位", 9),
    Column("role", "作用", 8),
    Column("corrected_value", "勘误数值", 10),
    Column("corrected_unit", "勘误单位", 9),
    Column("corrected_normalized_value", "勘误折算值", 14),
    Column("corrected_normalized_unit", "勘误折算单位", 9),
    Column("counts", "计算用", 8),
    Column("awaits", "等待谁下达", 16),
)


def _owners(duties: list[Duty]) -> str | None:
    return "；".join(f"{word(duty.share)}：{duty.name}" for duty in duties) or None


def _targets(edition: Edition, wish: Wish) -> Iterator[Row]:
    alike = _alike(edition, wish.word("like"))
    found = listing.items(edition.slug, unit=wish.word("unit"), kind=wish.word("kind")).order_by("pk")
    if levels := wish.query.getlist("level"):
        found = found.filter(group__sheet__kind__in=levels)
    rows = list(found if alike is None else found.filter(measures__in=alike).distinct())
    duties = listing.duties_by_clause(row.clause_id for row in rows)
    citer = Citer((row.clause for row in rows), wish)
    for row in rows:
        sheet, clause = row.group.sheet, row.clause
        points = (row.points, None if row.points is not None else NOT_PRINTED)
        item = (
            edition.slug,
            sheet.unit,
            word(sheet.kind),
            row.group.name or None,
            row.number,
            row.text,
            word(row.kind),
            *points,
            _owners(duties.get(row.clause_id, [])),
        )
        measures = [one for one in row.measures.all() if alike is None or one.pk in alike]
        for measure in measures:
            span = (measure.start, measure.end)
            yield (*item, *_figures(measure), *citer.cells(clause, clause.document.slug, span, measure.quote))
        if not measures:
            why = UNBOUND if row.kind == "delegated" else NOT_PRINTED
            waits = (None, None, None, why, *(None,) * (len(_FIGURES) - 5), row.awaits or None)
            span = (clause.own_start, clause.own_end)
            yield (*item, *waits, *citer.cells(clause, clause.document.slug, span, f"{clause.num}{clause.text}"))


def _alike(edition: Edition, place: str) -> set[int] | None:
    """Targets on the metric of the one at `place` (document/eId/number), that one too; None where nothing was asked."""
    if not place:
        return None
    slug, _, rest = place.partition("/")
    eid, _, number = rest.rpartition("/")
    found = target_at(slug, eid, int(number)) if number.isdecimal() and len(number) < 9 else None
    if found is None or found.measure.edition_id != edition.pk:
        return set()
    return {found.measure.pk, *(one.measure.pk for one in compare(found).targets)}


TARGETS = IssueTable(
    "targets",
    "目标",
    (
        _ISSUE,
        Column("unit", "单位", 20),
        Column("level", "类别", 12),
        Column("group", "组别", 16),
        Column("number", "序号", 6),
        Column("text", "内容", 44),
        Column("kind", "性质", 10),
        Column("points", "分值", 8),
        Column("points_unknown", "缺分值的原因", 10),
        Column("owners", "点名的单位", 24),
        *_FIGURES,
        *CITATION,
    ),
    _targets,
    filters=("unit", "kind", "level", "like"),
)


def _measures(edition: Edition, wish: Wish) -> Iterator[Row]:
    found = list(listing.measures(edition.slug, role=wish.word("role")).filter(item=None).order_by("ordinal"))
    # Once each, since many figures stand in the same table.
    clauses = Clause.objects.select_related("document").defer("runs").in_bulk({row.clause_id for row in found})
    citer = Citer(clauses.values(), wish)
    for row in found:
        clause = clauses[row.clause_id]
        yield (
            edition.slug,
            clause.document.slug,
            *_figures(row),
            *citer.cells(clause, clause.document.slug, (row.start, row.end), row.quote, row.row),
        )


MEASURES = IssueTable(
    "measures",
    "条款里的数字",
    (_ISSUE, Column("document", "文件", 20), *_FIGURES, *CITATION),
    _measures,
    filters=("role",),
)


def _bodies(wish: Wish) -> Iterator[Row]:
    ident = wish.word("body")
    for body in organisations.bodies(public_numbers(), wish.word("q").strip(), wish.word("kind")):
        if ident and body.ident != ident:
            continue
        address = f"{wish.base}/bodies/{body.ident}/"
        for name in body.names.all():
            cited = (name.cited_words or None, name.cited_document or None, name.cited_eid or None)
            source = wish.forms.url(name.cited_document, name.cited_eid) if name.cited_document else None
            yield (
                body.ident,
                body.kind,
                body.area_code or None,
                name.text,
                word(name.form),
                name.start,
                name.end,
                *cited,
                source,
                address,
            )


BODIES = Table(
    "bodies",
    "机构名称",
    (
        Column("body", "机构代码", 24),
        Column("kind", "类别", 16),
        Column("area_code", "区划代码", 10),
        Column("name", "名称", 28),
        Column("form", "名称类型", 10),
        Column("start", "从", 12),
        Column("end", "到", 12),
        Column("quote", "引文", 36),
        Column("citation", "引用", 24),
        Column("eid", "条款标识", 18),
        Column("url", "引文地址", 30),
        Column("page", "机构页", 30),
    ),
    _bodies,
    filters=("q", "kind", "body"),
)
