"""A table cell that holds nothing but a figure: its row and column say what it measures, its column often the unit."""

from taizhang.engines.targets.measures.genuine import joined
from taizhang.engines.targets.measures.model import ClauseContext, RawMeasure
from taizhang.engines.targets.measures.plain import Plain
from taizhang.engines.targets.measures.quantities import Figure, figures_in
from taizhang.engines.targets.measures.relations import Relation, relation_of
from taizhang.engines.targets.measures.roles import column_role
from taizhang.engines.targets.measures.values import comparator_of, kind_of, normalised_of
from taizhang.kernel.measure import Modality
from taizhang.kernel.patterns import regex

_AROUND = regex(
    r"(?:[≥≤><=~—–-]|约|近|达到?|不低于|不少于|不超过|超过|以上|以下|以内|左右|至|到|共|[（）]|[^0-9（）]{0,8}(?=）))*"
)
_NOT_MEASURED = regex(
    r"序号|编号|号码|分值|分数|标准分|得分|权重|总分|页码|电话|代码|邮编|文号|日期|时间|备注|说明|附注|身份证|账号"
)
_VALUE_COLUMN = regex(
    r"\A(?:(?:19|20)[0-9]{2}年?|[0-9一二三四]+季度|[^，]{0,6}(?:目标值?|任务数?|计划数?|指标值|数值|数量|现状值?|基期值?"
    r"|完成值|实际值?|年度值|预期值|单位))\Z"
)
_NOTE = regex(r"（[^（）]*）\Z")
_DASH = regex(r"[—–~-]{1,2}|至")
_UNIT_SAID = regex(r"[（(](?:单位[：:])?([^（）()]{1,8})[）)]|单位[：:]([^，。；\s）)]{1,8})")


def is_figure_cell(plain: Plain, context: ClauseContext) -> bool:
    """True if the text is a table cell that holds one figure or range and nothing else."""
    text = plain.text
    if context.column is None or not text or len(text) > 40 or not any(c.isdigit() for c in text):
        return False
    figures = _cell_figures(text)
    if not figures or len(figures) > 2 or (len(figures) == 2 and figures[0].side is None and "（" not in text):
        return False
    first, last = figures[0], figures[-1] if figures[-1].side else figures[0]
    between = text[first.stop : last.start] if last is not first else ""
    after = _NOTE.sub("", text[last.stop :])
    return all(_AROUND.fullmatch(part) for part in (text[: first.start], between, after))


def _cell_figures(text: str) -> list[Figure]:
    """The figures of a cell; two bare numbers with a dash between them are a range."""
    figures = joined(text, figures_in(text))
    if len(figures) == 2 and _DASH.fullmatch(text[figures[0].end : figures[1].start]) and figures[0].value < figures[1].value:
        figures[0].side, figures[1].side = "low", "high"
    return figures


def cell_measures(plain: Plain, year: int | None, context: ClauseContext) -> list[RawMeasure]:
    """The measures of such a cell; none in columns of numbers, points and dates."""
    column = context.column or ""
    if _NOT_MEASURED.search(column):
        return []
    text = plain.text
    figures = _cell_figures(text)
    figures = figures if figures[-1].side else figures[:1]
    relation = relation_of(text, 0, figures[0])
    return [_cell_measure(plain, figure, relation, year, context) for figure in figures]


def _metric(context: ClauseContext) -> str:
    """The row's label where the column only says which value it is, else the column's title."""
    column = _UNIT_SAID.sub("", context.column or "")
    if context.row and (not column or _VALUE_COLUMN.match(column)):
        return _UNIT_SAID.sub("", context.row)
    return column


def _with_unit(figure: Figure, context: ClauseContext) -> None:
    """Give a bare number the unit its column, row or table declares."""
    if figure.base is not None:
        return
    declared = context.unit
    for title in (context.column, context.row):
        found = _UNIT_SAID.search(title or "")
        declared = declared or (found and (found[1] or found[2])) or None
    if not declared:
        return
    parsed = next(figures_in("1" + declared.strip()), None)
    if parsed is None or parsed.unit is None or parsed.end != len(declared.strip()) + 1:
        figure.base = figure.unit = declared.strip()
        return
    figure.base, figure.unit = parsed.base, parsed.unit
    figure.multiple = parsed.multiple or figure.multiple


def _cell_measure(plain: Plain, figure: Figure, relation: Relation, year: int | None, context: ClauseContext) -> RawMeasure:
    _with_unit(figure, context)
    metric = _metric(context)
    value, unit = normalised_of(figure, relation, "")
    start, end = plain.span(0, len(plain.text))
    value_start, value_end = plain.span(figure.start, figure.end)
    return RawMeasure(
        metric=metric,
        comparator=comparator_of(figure, relation, metric),
        bound=(">=" if figure.side == "low" else "<=") if figure.side else relation.bound,
        value=figure.value,
        unit=figure.unit,
        normalized_value=value,
        normalized_unit=unit,
        baseline=relation.baseline,
        kind=kind_of(figure, relation, metric),
        role=column_role(context.column or "", year),
        modality=Modality.EXPECTED if "预期" in (context.attribute or "") else Modality.BINDING,
        start=start,
        end=end,
        value_start=value_start,
        value_end=value_end,
    )
