"""Tables of the assessment year: results, scores item by item, figures, notices, what is to be put right, appeals.

`cycle` chooses a year, all of them without it. Scores that nobody approved yet are marked 试算 in every row.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from taizhang.apps.assessments.acting import day_of, scheme_for
from taizhang.apps.assessments.models import Cycle, Run
from taizhang.apps.assessments.results import public_pages
from taizhang.apps.assessments.results import reading as results
from taizhang.apps.assessments.schemes.sentences import place, sentences
from taizhang.apps.assessments.schemes.stored import labels_of, walk
from taizhang.apps.gazettes.citing import Quoted
from taizhang.engines.office.xlsx import Value
from taizhang.engines.scoring.model import Scheme
from taizhang.kernel.citation import Citation
from taizhang.web.twins.tables import CITATION, Column, Row, Table, Wish
from taizhang.web.twins.words import word

_CYCLE = Column("cycle", "年度", 18)
_STATE = Column("state", "试算或审定", 10)
_UNIT = Column("unit", "单位", 22)
_CERTIFICATE = Column("certificate", "凭证", 30)


def _cycles(wish: Wish) -> Iterator[tuple[Cycle, Scheme, Run | None]]:
    wanted = wish.word("cycle")
    for cycle in public_pages.public_cycles(wanted):
        yield cycle, scheme_for(cycle), results.standing_run(cycle)


def _scored(wish: Wish) -> Iterator[tuple[Cycle, Scheme, Run]]:
    for cycle, scheme, run in _cycles(wish):
        if run is not None:
            yield cycle, scheme, run


def plain(value: Decimal | None) -> Decimal | None:
    """A score without the zeros that its column adds."""
    return None if value is None else Decimal(format(value.normalize(), "f"))


def _results(wish: Wish) -> Iterator[Row]:
    for cycle, scheme, run in _scored(wish):
        roots = public_pages.root_cells(run)
        for group in results.by_category(run, scheme):
            for row in group.rows:
                rank = (row.rank_best, row.rank_worst) if row.is_known and row.overridden is None else (None, None)
                cell = roots.get(row.score)
                yield (
                    cycle.slug,
                    results.run_label(run),
                    run.as_at,
                    group.name,
                    row.ident,
                    row.name,
                    *rank,
                    plain(row.low) if row.is_set else None,
                    plain(row.high) if row.is_set else None,
                    None if row.is_known else "未定",
                    plain(row.overridden),
                    "、".join(row.sanctions) or None,
                    plain(row.adjusted),
                    row.grade,
                    "；".join(row.waits) or None,
                    scheme.document,
                    f"{wish.base}/certificates/{cell}/" if cell else None,
                )


RESULTS = Table(
    "results",
    "考核结果",
    (
        _CYCLE,
        _STATE,
        Column("as_at", "截至", 12),
        Column("category", "类别", 16),
        Column("body", "机构代码", 18),
        _UNIT,
        Column("rank_best", "名次（最好）", 8),
        Column("rank_worst", "名次（最差）", 8),
        Column("low", "得分（已定）", 10),
        Column("high", "得分（最多）", 10),
        Column("unknown", "缺得分的原因", 10),
        Column("overridden", "处理前得分", 10),
        Column("sanctions", "处理", 16),
        Column("adjusted", "加减分", 8),
        Column("grade", "等次", 8),
        Column("waits", "还缺", 40),
        Column("document", "依据文件", 20),
        _CERTIFICATE,
    ),
    _results,
    filters=("cycle",),
)


def _units(run: Run, wish: Wish) -> list[str]:
    wanted = wish.word("unit")
    return [row.ident for row in results.rows_of(run) if not wanted or row.ident == wanted]


def _trees(scheme: Scheme, unit: str) -> dict[str, Citation | None]:
    trees = {subject.tree for subject in scheme.subjects if not unit or subject.body == unit}
    return {f"{tree} {node.id}": node.citation for tree in trees for node in walk(scheme.trees[tree])}


def cited(citation: Citation | None, found: dict[tuple[str, str, int], Quoted], wish: Wish) -> Row:
    """The cells of `CITATION` for a citation of a scheme."""
    if citation is None:
        return None, None, None, None, None
    quoted = found.get(place(citation))
    span = f"{citation.span.start}-{citation.span.end}"
    if quoted is None:
        return citation.quote, citation.document_number, citation.eid, span, None
    return citation.quote, quoted.full, quoted.eid, span, wish.forms.url(quoted.slug, quoted.eid)


def _cells(wish: Wish) -> Iterator[Row]:
    for cycle, scheme, run in _scored(wish):
        by_node = _trees(scheme, wish.word("unit"))
        found = sentences(by_node.values())
        tree_of = {subject.body: subject.tree for subject in scheme.subjects}
        names = {row.ident: row.name for row in results.rows_of(run)}
        for ident, cells in public_pages.cells_by_unit(run, wish.word("unit")):
            for cell in cells:
                yield (
                    cycle.slug,
                    results.run_label(run),
                    run.as_at,
                    ident,
                    names.get(ident, ident),
                    cell.criterion,
                    cell.parent,
                    cell.label,
                    plain(cell.weight),
                    plain(cell.low),
                    plain(cell.high),
                    _why(cell.low, cell.high, cell.waits_for),
                    word(f"light_{cell.status}"),
                    *_figures(cell),
                    f"{wish.base}/certificates/{cell.pk}/",
                    *cited(by_node.get(f"{tree_of.get(ident)} {cell.criterion}"), found, wish),
                )


def _why(low: Decimal | None, high: Decimal | None, waits: str) -> str | None:
    if low is None:
        return "分值没有定"
    return None if low == high else waits_in_words(waits) or "未定"


def waits_in_words(waits: str) -> str:
    """Reasons that a cell waits for, in words."""
    return "、".join(word(f"wait_{reason}") for reason in waits.split("、") if reason)


def _figures(cell: public_pages.CellLine) -> tuple[Value, ...]:
    """Target and figure, the reported, the verified and the decided apart, and why there is none."""
    value = plain(cell.value)
    apart = [value if cell.standing == standing else None for standing in ("reported", "verified", "decided")]
    missing = None if value is not None or not cell.metric else waits_in_words(cell.waits_for) or None
    return (word(cell.bound) if cell.bound else None, plain(cell.target), cell.unit or None, *apart, missing)


_FIGURES = (
    Column("bound", "关系", 6),
    Column("target", "目标数值", 12),
    Column("measure_unit", "计量单位", 8),
    Column("reported", "填报未核验的数", 12),
    Column("verified", "已核验的数", 12),
    Column("decided", "决定的数", 12),
    Column("figure_unknown", "缺数的原因", 14),
)
CELLS = Table(
    "cells",
    "逐项得分",
    (
        _CYCLE,
        _STATE,
        Column("as_at", "截至", 12),
        Column("body", "机构代码", 18),
        _UNIT,
        Column("criterion", "项标识", 20),
        Column("parent", "上级项", 16),
        Column("label", "目标", 40),
        Column("weight", "满分", 8),
        Column("low", "得分（已定）", 10),
        Column("high", "得分（最多）", 10),
        Column("unknown", "缺得分的原因", 14),
        Column("light", "状态", 10),
        *_FIGURES,
        _CERTIFICATE,
        *CITATION,
    ),
    _cells,
    filters=("cycle", "unit"),
)


def _metrics(wish: Wish) -> Iterator[Row]:
    for cycle, scheme, run in _scored(wish):
        by_node = _trees(scheme, wish.word("unit"))
        found = sentences(by_node.values())
        tree_of = {subject.body: subject.tree for subject in scheme.subjects}
        names = {row.ident: row.name for row in results.rows_of(run)}
        for ident, cells in public_pages.cells_by_unit(run, wish.word("unit")):
            for cell in cells:
                if cell.metric:
                    yield (
                        cycle.slug,
                        run.as_at,
                        cell.metric,
                        cell.label,
                        ident,
                        names.get(ident, ident),
                        *_figures(cell),
                        word(f"light_{cell.status}"),
                        f"{wish.base}/certificates/{cell.pk}/",
                        *cited(by_node.get(f"{tree_of.get(ident)} {cell.criterion}"), found, wish),
                    )


METRICS = Table(
    "metrics",
    "指标进展",
    (
        _CYCLE,
        Column("as_at", "截至", 12),
        Column("metric", "指标标识", 24),
        Column("label", "指标", 36),
        Column("body", "机构代码", 18),
        _UNIT,
        *_FIGURES,
        Column("light", "状态", 10),
        _CERTIFICATE,
        *CITATION,
    ),
    _metrics,
    filters=("cycle", "unit"),
)


def _chosen(wish: Wish) -> Iterable[Cycle]:
    return public_pages.public_cycles(wish.word("cycle"))


def _notices(wish: Wish) -> Iterator[Row]:
    for cycle in _chosen(wish):
        for row in public_pages.issued_notices(cycle):
            issued = day_of(row.issued_at) if row.issued_at else None
            late = None if row.due_on is None or issued is None else "逾期" if issued > row.due_on else "按期"
            yield (
                cycle.slug,
                row.number,
                row.title,
                word(f"notice_{row.kind}"),
                row.period_start,
                row.period_end,
                issued,
                row.due_on,
                late,
                row.ledger_head or None,
                f"{wish.base}/notices/{row.pk}/",
            )


NOTICES = Table(
    "notices",
    "通报",
    (
        _CYCLE,
        Column("number", "文号", 20),
        Column("title", "标题", 44),
        Column("kind", "种类", 10),
        Column("start", "从", 12),
        Column("end", "到", 12),
        Column("issued_on", "印发日期", 12),
        Column("due_on", "限期", 12),
        Column("is_met", "是否按期", 8),
        Column("ledger_head", "台账链首", 20),
        Column("url", "固定地址", 30),
    ),
    _notices,
    filters=("cycle",),
)


def _rectifications(wish: Wish) -> Iterator[Row]:
    for cycle in _chosen(wish):
        rows = public_pages.rectifications_of(cycle, wish.word("state"))
        named = labels_of(scheme_for(cycle), {(row.subject.tree, row.criterion) for row in rows if row.criterion})
        for row in rows:
            verified = day_of(row.verified_at) if row.verified_at else None
            yield (
                cycle.slug,
                row.pk,
                row.subject.ident,
                row.subject.name,
                named.get((row.subject.tree, row.criterion)),
                row.problem,
                row.plan or None,
                row.due_on,
                word(f"rectification_{row.state}"),
                row.outcome or None,
                verified,
                f"{wish.base}/assessment/{cycle.slug}/rectifications/#r{row.pk}",
            )


RECTIFICATIONS = Table(
    "rectifications",
    "整改台账",
    (
        _CYCLE,
        Column("rectification", "编号", 6),
        Column("body", "机构代码", 18),
        _UNIT,
        Column("criterion", "哪一项", 30),
        Column("problem", "问题", 40),
        Column("plan", "怎么改", 40),
        Column("due_on", "期限", 12),
        Column("state", "状态", 10),
        Column("outcome", "结果", 30),
        Column("verified_on", "销号日期", 12),
        Column("url", "固定地址", 30),
    ),
    _rectifications,
    filters=("cycle", "state"),
)


def _appeals(wish: Wish) -> Iterator[Row]:
    for cycle in _chosen(wish):
        rows = public_pages.appeals_of(cycle)
        named = labels_of(scheme_for(cycle), {(row.subject.tree, row.criterion) for row in rows})
        for row in rows:
            decided = day_of(row.decided_at) if row.decided_at else None
            yield (
                cycle.slug,
                row.pk,
                row.subject.ident,
                row.subject.name,
                named.get((row.subject.tree, row.criterion), row.criterion),
                day_of(row.filed_at),
                row.decide_by,
                word(f"appeal_{row.state}"),
                decided,
                row.reason or None,
                plain(row.points),
                f"{wish.base}/assessment/{cycle.slug}/appeals/#a{row.pk}",
            )


APPEALS = Table(
    "appeals",
    "申诉",
    (
        _CYCLE,
        Column("appeal", "编号", 6),
        Column("body", "机构代码", 18),
        _UNIT,
        Column("criterion", "哪一项", 30),
        Column("filed_on", "提交日期", 12),
        Column("decide_by", "答复期限", 12),
        Column("state", "结果", 10),
        Column("decided_on", "答复日期", 12),
        Column("reason", "理由", 40),
        Column("points", "增减", 8),
        Column("url", "固定地址", 30),
    ),
    _appeals,
    filters=("cycle",),
)

ALL = (RESULTS, CELLS, METRICS, NOTICES, RECTIFICATIONS, APPEALS)
