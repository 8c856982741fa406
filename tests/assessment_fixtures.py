"""A small assessment year, opened: three units and a district of an invented city, with people for every role.

市教育局 owes new school places, the shared revenue target and a judged item; 市财政局 the same revenue target, which it measures for
both, and a limit; 市统计局 one growth rate, and its verifiers confirm figures of others; 河滨区 its own revenue growth.
Quarterly reports, two grades, one bonus. Only what a test needs.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments.models import Cycle
from taizhang.apps.assessments.models import Scheme as SchemeRow
from taizhang.apps.assessments.year.opening import Plan
from taizhang.apps.assessments.year.opening import open_cycle as open_year
from taizhang.apps.organisations.models import Body, Name
from taizhang.engines.scoring import scheme_digest, scheme_to_json
from taizhang.engines.scoring.model import (
    Adjustment,
    Calendar,
    Category,
    Choice,
    Criterion,
    Grade,
    Rounding,
    Rule,
    Scheme,
    SharedMetric,
    Subject,
    Target,
)
from taizhang.kernel.citation import Citation
from taizhang.kernel.period import Period
from taizhang.kernel.spans import Span
from tests.apps_fixtures import person

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
OPENED = datetime(2025, 1, 20, 1, 0, tzinfo=UTC)
Q1, Q2, Q3, Q4 = date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31)
EDUCATION, FINANCE, STATISTICS, HEBIN = "education", "finance", "statistics", "hebin"
BODIES = {
    EDUCATION: ("department", "市教育局"),
    FINANCE: ("department", "市财政局"),
    STATISTICS: ("department", "市统计局"),
    HEBIN: ("area", "河滨区"),
    "city-government": ("government", "崤陵市人民政府"),
}
PLACES, REVENUE, SAFETY, SPENDING, GROWTH, HEBIN_REVENUE = (
    "新增学位", "一般公共预算收入", "校园安全", "三公经费", "粮食总产量", "财政收入增速",
)  # fmt: skip


def cited(eid: str, quote: str) -> Citation:
    return Citation("岭政〔2025〕2号", eid, Span(0, len(quote)), quote)


def leaf(ident: str, label: str, weight: int, rule: Rule) -> Criterion:
    return Criterion(ident, label, Decimal(weight), citation=cited(ident.partition("#")[0], label), rule=rule, is_rounded=True)


def figure(metric: str, value: str, unit: str, *, strategy: str = "proportional", bound: str = ">=") -> Rule:
    target = Target(Decimal(value), unit, bound, YEAR, citation=cited("sec_1", f"{metric}{value}{unit}"))
    return Rule(strategy, metric, targets=(target,), unit=unit, verifier="statistics")


def small_scheme() -> Scheme:
    """The scheme as a value: trees of 800 points, three units ranked together and the district apart."""
    revenue = figure(REVENUE, "100", "亿元")
    stages = {"stages": ("未开展", "推进中", "完成"), "rates": (Decimal(0), Decimal("0.6"), Decimal(1))}
    trees = {
        EDUCATION: Criterion(
            "edu", "市教育局", Decimal(800), children=(
                leaf("edu_1", "新增中小学学位3200个", 300, figure(PLACES, "3200", "个")),
                leaf("edu_2", "全市一般公共预算收入100亿元", 200, revenue),
                leaf("edu_3", "开展校园安全整治", 300, Rule("judged", SAFETY, parameters=stages, verifier="competent_department")),
            ),
        ),
        FINANCE: Criterion(
            "fin", "市财政局", Decimal(800), children=(
                leaf("fin_1", "全市一般公共预算收入100亿元", 500, revenue),
                leaf("fin_2", "三公经费不超过2000万元", 300, figure(SPENDING, "2000", "万元", strategy="control", bound="<=")),
            ),
        ),
        STATISTICS: Criterion(
            "sta", "市统计局", Decimal(800), children=(leaf("sta_1", "粮食总产量12万吨", 800, figure(GROWTH, "12", "万吨")),),
        ),
        HEBIN: Criterion(
            "heb", "河滨区", Decimal(800), children=(leaf("heb_1", "财政收入增长8%", 800, figure(HEBIN_REVENUE, "8", "%")),),
        ),
    }  # fmt: skip
    subjects = tuple(
        Subject(ident, BODIES[ident][1], "areas" if ident == HEBIN else "departments", ident)
        for ident in (EDUCATION, FINANCE, STATISTICS, HEBIN)
    )
    return Scheme(
        id="responsibility", version="2025.1", title="2025年责任目标", document="岭政〔2025〕2号", year=2025, period=YEAR,
        leading_group="市责任目标考核领导小组", office="市考核办",
        categories=(Category("departments", "市直部门"), Category("areas", "县区")),
        subjects=subjects, trees=trees, rounding=Rounding(2),
        calendar=Calendar("quarterly", 10, 10, adjust_until=date(2025, 9, 30), published_by=date(2026, 4, 30),
                          appeal_working_days=5, decide_working_days=10, rectify_working_days=20),
        adjustments=(
            Adjustment("praise", "获省级表彰", 1, Decimal(5), cap=Decimal(10), citation=cited("sec_2", "获省级表彰加5分")),
            Adjustment("blame", "被省级通报批评", -1, Decimal(10), citation=cited("sec_2", "被通报批评扣10分")),
        ),
        grades=(
            Grade("优秀", Decimal(720), "720分以上"), Grade("良好", Decimal(640), "640—719分"),
            Grade("合格", Decimal(480), "480—639分"), Grade("不合格", Decimal(0), "480分以下"),
        ),
        shared=(SharedMetric(REVENUE, FINANCE, ("edu_2", "fin_1")),),
        choices=(
            Choice("appeal", "岭政〔2025〕2号", "sec_2", None, "文件没有写申诉期限，按几天算？", "5个工作日",
                   "参照通常做法", "office", Decimal(5)),
        ),
    )  # fmt: skip


def register_bodies() -> None:
    """The bodies of the small scheme in the register of organisations."""
    for ident, (kind, name) in BODIES.items():
        body, is_new = Body.objects.get_or_create(ident=ident, defaults={"kind": kind})
        if is_new:
            Name.objects.create(body=body, text=name, form="full")


def approved(scheme: Scheme) -> SchemeRow:
    """The scheme stored as proposed by the office and approved by the leading group."""
    return SchemeRow.objects.create(
        code=scheme.id, version=scheme.version, title=scheme.title, document=scheme.document, year=scheme.year, text="# test",
        content=scheme_to_json(scheme), digest=scheme_digest(scheme), state="approved", proposed_by="kaohe", proposed_at=OPENED,
        approved_by="lingdao", approved_at=OPENED,
    )  # fmt: skip


def year_of(scheme: Scheme) -> Cycle:
    """A cycle of the scheme, opened by the office; nothing is signed for yet."""
    register_bodies()
    plan = Plan(verifiers={"statistics": STATISTICS, "competent_department": "city-government"})
    cycle: Cycle = open_year(
        by=person("kaohe", "assessment_office"), at=OPENED, scheme=approved(scheme).pk, owner="city-government", plan=plan
    )
    return cycle


@pytest.fixture
def open_cycle(db: None) -> Cycle:
    """The small year, open, with its quarters to be reported."""
    return year_of(small_scheme())


@pytest.fixture
def office(db: None) -> User:
    return person("kaohe", "assessment_office")


@pytest.fixture
def leading_group(db: None) -> User:
    return person("lingdao", "leading_group")


def reporter_of(body: str) -> User:
    return person(f"tianbao-{body}", "reporter", body=body)


def signer_of(body: str) -> User:
    return person(f"qianfa-{body}", "signer", body=body)


def verifier_of(body: str) -> User:
    return person(f"heyan-{body}", "verifier", body=body)
