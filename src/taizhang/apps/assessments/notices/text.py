"""The first wording of notices. Clerks change the words; the figures stand as they were taken from the run."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from taizhang.apps.assessments.notices.facts import LIGHTS, CellFact, DailyFact, Facts, rank_figure, score_figure
from taizhang.engines.office.notice import Notice, NoticeBlock, NoticeHeading, NoticeParagraph, NoticeTable, Run
from taizhang.engines.scoring.model import Scheme

_LAGGING = ("behind", "vetoed")
_QUARTERS = {3: "第一季度", 6: "第二季度", 9: "第三季度", 12: "第四季度"}
_WANTED = {">=": "不低于", "<=": "不超过", "=": "等于"}
_MOST_ROWS = 30


def quarterly(facts: Facts, scheme: Scheme, start: date, end: date) -> Notice:
    """The notice of a quarter (or of another period): totals, results by category, daily records, what lags, what is unknown."""
    period = _QUARTERS.get(end.month, "") if (start.month, end.month) in ((1, 3), (4, 6), (7, 9), (10, 12)) else ""
    name = f"{end.year}年{period}" if period else f"{_day(start)}至{_day(end)}"
    of_period = tuple(one for one in facts.daily if start <= one.on <= end)
    opening = (
        f"按照{scheme.title}（{scheme.document}）的规定，现将{name}情况通报如下。数字截至{_day(facts.as_at)}，"
        f"{'得分已经审定' if facts.is_settled else '得分为试算，未经审定'}。"
    )
    blocks: list[NoticeBlock] = [NoticeParagraph((opening,)), NoticeHeading("总体情况"), _totals(facts)]
    blocks += [NoticeHeading("得分情况"), *_tables(facts, with_grades=False)]
    blocks += [NoticeHeading("日常考核情况"), *_daily(of_period)]
    blocks += [NoticeHeading("存在问题"), *_problems(facts)]
    blocks += [NoticeHeading("下一步要求"), NoticeParagraph(("请各单位对照问题逐项整改，缺少的数字尽快填报、核验。",))]
    return _notice(scheme, f"关于{name}{_without_year(scheme.title, end.year)}进展情况的通报", tuple(blocks))


def result(facts: Facts, scheme: Scheme) -> Notice:
    """The notice of approved results: grades and places by category, what overrode a total, daily records of the year."""
    group = scheme.leading_group
    opening = f"按照{scheme.document}的规定，经{group}审定，现将{scheme.title}考核结果通报如下。"
    blocks: list[NoticeBlock] = [NoticeParagraph((opening,)), NoticeHeading("总体情况"), *_grades(facts)]
    blocks += [NoticeHeading("考核结果"), *_tables(facts, with_grades=True)]
    blocks += [NoticeHeading("加减分和处理情况"), *_daily(facts.daily)]
    return _notice(scheme, f"关于{scheme.title}考核结果的通报", tuple(blocks))


def _notice(scheme: Scheme, title: str, blocks: tuple[NoticeBlock, ...]) -> Notice:
    return Notice(
        mark=f"{scheme.office}文件", number=None, title=title, addressees="各被考核单位", blocks=tuple(_numbered(blocks)),
        signature=scheme.office, copies_to=scheme.leading_group, printed_by=scheme.office,
    )  # fmt: skip


def _numbered(blocks: tuple[NoticeBlock, ...]) -> Iterator[NoticeBlock]:
    """Headings with 一、二、三 before them (GB/T 9704-2012, 7.3.3)."""
    numbers = iter("一二三四五六七八九十")
    for block in blocks:
        yield NoticeHeading(f"{next(numbers)}、{block.text}", block.level) if isinstance(block, NoticeHeading) else block


def _without_year(title: str, year: int) -> str:
    """A scheme's title for behind 2025年第三季度, which names the year already."""
    return title.removeprefix(f"{year}年度").removeprefix(f"{year}年")


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _totals(facts: Facts) -> NoticeParagraph:
    counts = facts.counts()
    runs: list[Run] = ["本期考核对象", counts["考核对象"], "个，总分已定的", counts["总分已定"], "个，未定的"]
    runs += [counts["总分未定"], "个。各项目标中"]
    for name in LIGHTS.values():
        if counts[name].text != "0":
            runs += [f"，{name}的" if not str(runs[-1]).endswith("中") else f"{name}的", counts[name], "项"]
    return NoticeParagraph((*runs, "。未定、未知的不按零计。"))


def _grades(facts: Facts) -> list[NoticeBlock]:
    counts = facts.counts()
    out: list[NoticeBlock] = []
    for category in facts.categories:
        runs: list[Run] = [f"{category.name}："]
        for grade, _ in category.counts:
            runs += [grade, counts[f"{category.name}{grade}"], "个，"]
        if len(runs) > 1:
            runs[-1] = "个。"
            out.append(NoticeParagraph(tuple(runs)))
    return out or [NoticeParagraph(("本方案不分等次，只公布得分和名次。",))]


def _tables(facts: Facts, *, with_grades: bool) -> list[NoticeBlock]:
    out: list[NoticeBlock] = []
    for category in facts.categories:
        rows: list[tuple[Run, ...]] = []
        for row in category.rows:
            place: Run = rank_figure(row) if row.rank is not None else "不排名" if not category.is_ranked else "未定"
            why = "、".join(row.sanctions) or ("并列" if row.rank in category.ties else "")
            last: Run = (row.grade or "未定") if with_grades and row.grades else why
            rows.append((place, row.name, score_figure(row), last))
        columns = ("名次", "单位", "得分", "等次" if with_grades and any(r.grades for r in category.rows) else "说明")
        out.append(NoticeTable(category.name, columns, tuple(rows)))
    return out


def _daily(records: tuple[DailyFact, ...]) -> list[NoticeBlock]:
    out: list[NoticeBlock] = []
    for one in records:
        words = f"{_day(one.on)}，{one.name}：{one.kind}（{one.source}）"
        runs: tuple[Run, ...] = (f"{words}。",) if one.points is None else (f"{words}，每次", one.points, "分。")
        out.append(NoticeParagraph(runs))
    return out or [NoticeParagraph(("本期没有日常考核记录。",))]


def _problems(facts: Facts) -> list[NoticeBlock]:
    """The items furthest behind as a table, how many lag in all, and whose figures are lacking, by reason. A notice is read in a
    meeting; everything else stands on the public sheets of the units."""
    lagging = sorted((cell for cell in facts.cells if cell.status in _LAGGING), key=_reached)
    out: list[NoticeBlock] = []
    if lagging:
        counts = facts.counts()
        said: list[Run] = []
        for code in _LAGGING:
            if counts[LIGHTS[code]].text != "0":
                said += [f"{LIGHTS[code]}的", counts[LIGHTS[code]], "项，"]
        rest = "离目标最远的列在下表，其余见公开的各单位责任书。" if len(lagging) > _MOST_ROWS else "列在下表。"
        out.append(NoticeParagraph((*said, rest)))
        rows = tuple(
            (cell.name, cell.label, cell.value, cell.target if cell.target is not None else "未定", _bound(cell))
            for cell in lagging[:_MOST_ROWS]
        )
        out.append(NoticeTable("进度滞后的目标", ("单位", "目标", "现值", "目标值", "单位和要求"), rows))
    out += _lacking([cell for cell in facts.cells if cell.status == "unknown"])
    return out or [NoticeParagraph(("本期没有滞后和未知的目标。",))]


def _lacking(cells: list[CellFact]) -> Iterator[NoticeParagraph]:
    """What is unknown, item by item; where it is much, by reason and unit."""
    if len(cells) > _MOST_ROWS:
        units: dict[str, dict[str, None]] = {}
        for cell in cells:
            units.setdefault(cell.waits or "未知", {})[cell.name] = None
        yield from (NoticeParagraph((f"{reason}的，涉及{'、'.join(names)}。",)) for reason, names in units.items())
        return
    items: dict[tuple[str, str], list[Run]] = {}
    for cell in cells:
        items.setdefault((cell.name, cell.waits or "未知"), []).extend((cell.label, "；"))
    yield from (NoticeParagraph((f"{name}{reason}：", *runs[:-1], "。")) for (name, reason), runs in items.items())


def _reached(cell: CellFact) -> tuple[Decimal, str]:
    """How much of its target an item has reached, as printed; those without a figure first."""
    try:
        value, target = Decimal(cell.value.text), Decimal(cell.target.text if cell.target else "")
    except InvalidOperation:
        return Decimal(0), cell.name
    share = value / target if target else Decimal(0)
    return (2 - share if cell.bound == "<=" else share), cell.name


def _bound(cell: CellFact) -> str:
    return "，".join(part for part in (cell.unit, _WANTED.get(cell.bound, "")) if part)
