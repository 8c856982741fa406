"""What a figure is for: target, limit, amount, penalty, fact or scope, from the words around it and the kind of document.

General signs of official prose only; knows no body, place or subject.
"""

import re
from dataclasses import dataclass

from taizhang.engines.targets.measures import units
from taizhang.engines.targets.measures.model import ClauseContext
from taizhang.engines.targets.measures.quantities import Figure
from taizhang.engines.targets.measures.relations import Relation
from taizhang.kernel.measure import Modality, Role
from taizhang.kernel.patterns import regex

_PENALTY = regex(
    r"罚款|罚金|处罚|滞纳金|违约金|有期徒刑|拘役|行政拘留|加处|倒扣|扣减|扣除|扣罚|(?<!折)扣(?=[0-9一二三四五六七八九十]|\Z)"
    r"|减(?=[0-9.]+分)|暂扣|吊销|追缴"
)
_PENALTY_VERB = regex(r"(?:处|并处|可处|处以|罚|扣|倒扣|扣减|扣除|扣罚)(?:[^，。；、]{0,14})\Z")
_AMOUNT = regex(
    r"给予|奖励|补贴|补助|资助|奖补|补偿|发放|拨付|救助金|津贴|奖金|扶持资金|贴息|报销|支付|收费|收取|缴纳标准|定额|减免|优惠"
    r"|抵扣|加分|奖|兑现|待遇|单价|售价|保底价|指导价|每[人户吨亩]每?[月年]?"
)
_RATE_SAID = regex(r"(?<![费税利贴息])(?:率|覆盖面)[^，。；]{0,6}\Z")
_STANDARD = regex(
    r"(?:标准|价格|费率|税率|利率|(?:救助|报销|支付|补偿|补助|补贴|奖励|分摊|分担|负担)比例|补差|限额|额度|定额|基数|系数"
    r"|工资|单价|房租|租金|押金|保证金|保费|金额)(?:[^，。；]{0,8})\Z"
)
_CEILING = regex(r"最高|最多|至多|上限|封顶|限额|不(?:得)?超过|不(?:得)?高于|以内|限")
_FACT = regex(
    r"目前|截至|截止|(?<![比较与同过于其])(?:去年|上年)(?!度?[^，。；]{0,4}基础)|以来|已(?:经)?(?!经[^，。；]{0,6}(?:同意"
    r"|批准|审议))(?=[建完有达实累]|成为|超过|突破)"
    r"|现有(?![^，。；]{0,12}基础)|共有|累计(?!不|达到?[0-9]+[^，。；]*以上的)|过去|五年来|一年来|历年|曾|[建形完获实取]成?了"
    r"|得到了|有了"
)
_DONE = regex(r"(?<![为除])了(?!解)[^，。；、了]{0,12}\Z|原[先有来][^，。；、]{0,8}\Z")
_CITED = regex(r"据[^，。；]{0,10}(?:统计|测算|调查|显示|预测|监测)")
_PAST_HEADING = regex(
    r"回顾|工作总结|工作情况|主要成[绩效就]|取得的?成|编制背景|发展基础|基础条件|发展现状|现状|基本情况|面临|形势|存在的?问题"
    r"|背景|历史沿革|概况|简介|数据来源"
)
_AHEAD_HEADING = regex(r"目标|任务|安排|措施|重点|计划|打算|部署|要求")
_AHEAD = regex(
    r"力争|争取|确保|努力|预期|计划|将|要|到20[0-9]{2}年|年底前|目标|实施|推进|加快|建设|新建|新增|培育|打造|完成|实现|达到"
    r"|提高到|开工|推动|力保|不低于|不少于"
)
_CONDITION_HEADING = regex(
    r"\A(?!.*标准).*(?:(?:申报|申请|准入|认定|基本|适用)(?:条件|资格|对象|范围)|支持对象|补[贴助]对象|资助对象)"
)
_BUILDS = regex(r"建立|建设|新建|建成|建有|培育|扶持|安排|配备|设立|设置|完成|实现|打造|创建|参与")
_RULES = frozenset(
    (
        "办法",
        "条例",
        "规定",
        "细则",
        "规则",
        "法",
        "预案",
        "标准",
        "规范",
        "守则",
        "章程",
        "实施办法",
        "实施细则",
        "暂行办法",
        "管理办法",
        "应急预案",
    )
)
_SPEECHES = frozenset(("讲话", "报告", "工作报告", "致辞", "公报", "政府工作报告"))
_APPLICANT = regex(
    r"申请|申报|提交|报送|受理|审核|审批|答复|办结|备案|告知|公示|报告|上报|反馈|送达|复议|起诉|缴纳|登记|整改|回应|发布|值班"
    r"|印发|作出|通知|移送|补正|完成"
)
_ATTRIBUTE = regex(r"\A(?:的|及以[上下]的?)?[^，。；：、0-9]{0,16}?(?:的(?=[，、；。：）]|\Z)|时(?=[，、])|者(?=[，、]))")
_CONDITION = regex(r"\A[^，。；：0-9]{0,22}?的(?=[，：])")
_BRACKET = regex(r"\A（[^（）]*）")
_CALLED = regex(r"\A的[^，。；]{1,30}(?:为|是|属于|称)")
_COMPARED_WITH = regex(r"[^，。；]{0,8}为(?:基数|基准)|的(?:增幅|增速|平均水平|平均增幅|基数)")
_SCORED = regex(
    r"(?:[^，。；0-9（）]{0,8}(?:的，?|，)(?:每[^，]{1,4})?(?:分别)?(?:得|加|倒?扣|奖励?|计)"
    r"|[^，。；0-9（）]{1,6}倒?扣)(?:[0-9.]+分|[0-9.]+万?元)"
)
_UNIVERSE = regex(r"(?:全[国省市县区州镇乡]|辖区内?|各地|现有|所有|[省市县区]内)[^，。；、]{0,6}\Z")
_SERVICE = regex(
    r"\A[^，。；]{0,24}(?:服务协调|协调|稽查|监管|监测|管理|保障|巡查|日常|跟踪|服务)[^，。；]{0,8}(?:工作)?(?=[，。；、]|\Z)"
)
_KEEP = regex(r"(?:做好|抓好|加强|搞好|强化|协调|配合|统筹|继续)[^，。；]{0,16}\Z")
_SET_FORTH = regex(r"\A(?:（[^（）]*）)?[^，。；]{0,12}(?:合计|总计|共计)[^，。；]{0,8}[0-9]")
_FROM = regex(r"(?:[由从][^，。；]{0,6}|[较比][^，。；]{2,12}的)\Z")
_RISES = regex(r"(?:提高|增加|增长|提升|上升|扩大|减少|下降|降低|压缩|缩短|缩小|缩减|压减|降|减|增|升)(?:到|至|为|[0-9])")
_RATED = regex(r"[^，。；0-9]{1,16}(?:率|比例|比重|覆盖面)[^，。；0-9]{0,8}[0-9.]+[%‰]")
_DEDUCTED = regex(r"[^，。；]{0,10}的，[^，。；]{0,8}(?:扣|一票否决|不得分)")
_EXPECTED = regex(r"预期(?!寿命)|预计")
_STRIVE = regex(r"力争|争取(?!上级|国家|省|中央|资金|项目)|努力")
_REQUIRED = regex(r"确保|必须|应当|务必|不得|严禁|须(?!知)|保证|一律")
_LIMIT_COLUMN = regex(r"时限|期限|限额|上限|年限")
_STANDARD_COLUMN = regex(r"标准(?!值)|单价|价格|费率")
_FACT_COLUMN = regex(r"现状|基期|基数|完成值|实际|实绩|上年|现值|现有|实有|已完成")
_UNTIL = regex(r"[到至](20[0-9]{2})年")
_YEAR = regex(r"(?:19|20)[0-9]{2}(?=年)")


@dataclass(slots=True)
class Around:
    """The words around a figure: `sentence` and `clause` up to it, `after` to the clause's end, `rest` a little further."""

    sentence: str
    clause: str
    after: str
    rest: str


def modality_of(around: Around, lead: str, context: ClauseContext) -> Modality:
    """How firmly the clause asks, by its own words, the words its colon opened with, or the row's attribute."""
    attribute = context.attribute or ""
    if "预期" in attribute:
        return Modality.EXPECTED
    if _STRIVE.search(around.clause):
        return Modality.STRIVE
    if _EXPECTED.search(around.clause) or _EXPECTED.search(lead):
        return Modality.EXPECTED
    if _REQUIRED.search(around.clause):
        return Modality.REQUIRED
    return Modality.BINDING


def _is_penalty(figure: Figure, around: Around) -> bool:
    if figure.base in units.POINTS and re.search(r"扣|减|罚", around.clause[-8:]):
        return True
    near = around.after[:8]
    if re.search(r"罚款|罚金|有期徒刑|拘役|拘留|滞纳金|的?罚", near):
        return True
    return bool(_PENALTY_VERB.search(around.clause)) and bool(re.search(r"罚款|罚金|滞纳金|违约金", around.clause + around.after))


def _is_amount(figure: Figure, relation: Relation, around: Around) -> bool:
    """Grants, prices and standards: money or shares given or charged at a fixed rate."""
    if figure.base in units.POINTS:
        return figure.limit is None and figure.side is None and bool(re.search(r"加|得|计|奖", around.clause[-8:]))
    if figure.base not in units.MONEY_UNITS and (relation.bound not in ("=", "<=") or _RATE_SAID.search(around.clause)):
        return bool(re.search(r"(?:救助|报销|支付|补偿|补助|补贴|奖励|分担)比例[^，。；]{0,6}\Z", around.clause))
    near = around.clause[-24:] + around.after[:14]
    is_money = figure.base in units.MONEY_UNITS or bool(figure.base and figure.base.split("/")[0] in units.MONEY_UNITS)
    if is_money or figure.base in ("%", "‰", "倍", "成", "折"):
        if _AMOUNT.search(near):
            return True
        if re.match(r"的?比例", around.after) and "按" in around.clause[-30:]:
            return True
        return relation.direction is None and bool(_STANDARD.search(around.clause))
    return figure.base == "年" and bool(re.search(r"给予|享受", around.clause))


def _is_condition(figure: Figure, relation: Relation, around: Around) -> bool:
    """The figure says which cases a rule is about (投资1000万元以上的，…)."""
    if (figure.base in units.AGES and not re.search(r"寿命|年龄", around.clause)) or (
        figure.base not in units.POINTS and _SCORED.match(around.rest)
    ):
        return True
    if figure.base in units.COUNT_UNITS and (
        re.search(r"在[^，。；]*等\Z", around.clause) or (figure.limit == ">=" and not around.clause)
    ):
        return True
    after = _BRACKET.sub("", around.after)
    if after.startswith("的") and (re.match(r"(?:[0-9.、（）一二三四五六七八九十]*)对", around.clause) or _CALLED.match(after)):
        return not re.match(r"的(?:奖励|补贴|补助|罚款)", after)
    if figure.limit in (">=", "<=") and re.match(r"的?(?:[，、；：）]|\Z)", after) and after[:1] == "的":
        return True
    if _CONDITION.match(after + "，" if not after else around.rest) and relation.bound in (">=", ">", "<", "<=", "="):
        return not re.match(r"的?(?:奖励|补贴|补助|罚款)", after)
    return False


def _is_attribute(figure: Figure, left_is_noun: bool, after: str) -> bool:
    """A threshold inside a noun phrase: 10蒸吨/时及以下燃煤锅炉, 年运量150万吨以上的物流园区."""
    if (
        figure.limit not in (">=", "<=")
        or (figure.limit == "<=" and figure.base in units.DURATIONS)
        or not after
        or after[0] in "，。；：、（）"
    ):
        return False
    if figure.base in ("%", "成") or (figure.base in units.COUNT_UNITS and figure.base not in ("户", "人", "床", "名")):
        return left_is_noun and after.startswith("的")
    return True


def _by_document(figure: Figure, relation: Relation, around: Around, context: ClauseContext, year: int | None) -> Role:
    """Where no word decides, the kind of document does."""
    if context.document_kind in _RULES:
        if figure.limit == ">=" and figure.base in units.COUNT_UNITS and re.search(r"[从在由]\Z", around.clause):
            return Role.SCOPE
        if relation.bound in (">=", "<=", ">", "<") or figure.base == "次":
            return Role.TARGET if relation.bound == ">=" or figure.base == "次" else Role.LIMIT
        if figure.base in units.COUNT_UNITS:
            return Role.TARGET if _BUILDS.search(around.clause) else Role.SCOPE
        return Role.TARGET if "达" in relation.words else Role.AMOUNT
    if context.document_kind in _SPEECHES:
        ahead = _AHEAD.search(around.sentence) or any(_AHEAD_HEADING.search(h) for h in context.headings)
        return Role.TARGET if ahead else Role.FACT
    return Role.TARGET


def _is_fact(relation: Relation, around: Around, context: ClauseContext, year: int | None) -> bool:
    """A past or present figure: by its heading, its year, its baseline words or the aspect of its verb."""
    if any(_PAST_HEADING.search(h) for h in context.headings) and not re.search(r"到20[0-9]{2}年|力争|预期", around.sentence):
        return True
    ahead = [int(y) for y in _UNTIL.findall(around.sentence)]
    if ahead and year is not None and ahead[-1] > year:
        return False
    years = [int(y.group()) for y in _YEAR.finditer(around.clause)]
    if years and year is not None and years[-1] < year and not (relation.baseline and str(years[-1]) in relation.baseline):
        return True
    if _COMPARED_WITH.match(around.after):
        return True
    if years and year is not None and years[-1] > year:
        return False
    if _CITED.search(around.sentence) or _DONE.search(around.clause):
        return True
    if context.document_kind in _RULES or (relation.bound in ("<=", ">=") and "不" in relation.words):
        return False
    return bool(_FACT.search(around.sentence)) and not re.search(r"要|将|确保|力争|到20[0-9]{2}年", around.clause)


def _is_item_scope(figure: Figure, around: Around, followed: bool) -> bool:
    """In a numbered duty: the set the duty is about, not what it has to reach."""
    if followed or _DEDUCTED.match(around.rest):
        return True
    if figure.base in units.COUNT_UNITS and _SET_FORTH.match(around.after):
        return True
    if figure.base not in units.COUNT_UNITS or figure.limit:
        return False
    keeps = bool(_KEEP.search(around.clause))
    return keeps and bool(_SERVICE.match(around.after)) and (bool(_UNIVERSE.search(around.clause)) or "的" in around.after)


def _is_rated(figure: Figure, around: Around) -> bool:
    """The figure belongs to the name of a share that follows: 5日内办结率达99%, 9个断面优良比例达88.9%."""
    if figure.base in units.DURATIONS:
        return bool(_RATED.match(around.after))
    opens = not around.clause and figure.limit is None
    return opens and figure.base in units.COUNT_UNITS and bool(_RATED.match(around.after))


def role_of(
    figure: Figure,
    relation: Relation,
    around: Around,
    context: ClauseContext,
    *,
    year: int | None,
    left_is_noun: bool,
    followed: bool,
    outer: Role | None = None,
    previous: Role | None = None,
) -> Role:
    """The role of a figure. `followed`: a second counted figure follows in the same noun phrase (3个乡镇22个试点).
    `outer`: the role of the figure before the bracket this one stands in; `previous`: of the one before in the sentence."""
    if _is_penalty(figure, around):
        return Role.PENALTY
    if _is_rated(figure, around) or (
        _is_attribute(figure, left_is_noun, around.after) and not _is_amount(figure, relation, around)
    ):
        return Role.SCOPE
    if _FROM.search(around.clause) and _RISES.match(around.after):
        return Role.FACT
    if context.is_item:
        if _COMPARED_WITH.match(around.after):
            return Role.FACT
        return Role.SCOPE if _is_item_scope(figure, around, followed) else Role.TARGET
    if figure.base in units.DURATIONS:
        return _duration_role(figure, relation, around, context, year)
    if followed and figure.base in units.COUNT_UNITS:
        return Role.SCOPE
    if _is_condition(figure, relation, around):
        return Role.SCOPE
    if any(_CONDITION_HEADING.search(h) for h in context.headings):
        return Role.SCOPE
    past = any(_PAST_HEADING.search(h) for h in context.headings)
    if (past or not _is_amount(figure, relation, around)) and _is_fact(relation, around, context, year):
        return Role.FACT
    if previous is Role.AMOUNT and relation.bound == "<=" and figure.base in units.MONEY_UNITS:
        return Role.LIMIT
    if figure.base in units.POINTS and (figure.limit or figure.side or relation.bound in ("<", ">", ">=")):
        return Role.LIMIT
    if _is_amount(figure, relation, around):
        return Role.LIMIT if relation.bound == "<=" and _CEILING.search(around.clause[-16:] + relation.words) else Role.AMOUNT
    if _KEEP.search(around.clause) and _UNIVERSE.search(around.clause) and figure.base in units.COUNT_UNITS:
        return Role.SCOPE
    return outer or _by_document(figure, relation, around, context, year)


def _duration_role(figure: Figure, relation: Relation, around: Around, context: ClauseContext, year: int | None) -> Role:
    """Time limits are limits; days and years that something lasted are facts; fine days and the like are targets."""
    if relation.direction or re.search(r"天数|日数|时长|年限[^，。；]*达到?\Z", around.clause[-10:]):
        return Role.FACT if _is_fact(relation, around, context, year) else _by_document(figure, relation, around, context, year)
    if re.search(r"连续|近|过去|已", around.clause[-6:]) and relation.bound == "=":
        return Role.FACT if context.document_kind in _SPEECHES or _FACT.search(around.clause) else Role.LIMIT
    if any(_PAST_HEADING.search(h) for h in context.headings):
        return Role.FACT
    return Role.LIMIT


def column_role(column: str, year: int | None) -> Role:
    """The role of a figure that fills a table cell by itself, by its column's title."""
    found = _YEAR.search(column)
    if _FACT_COLUMN.search(column) or (found and year is not None and int(found.group()) < year):
        return Role.FACT
    if _LIMIT_COLUMN.search(column):
        return Role.LIMIT
    return Role.AMOUNT if _AMOUNT.search(column) or _STANDARD_COLUMN.search(column) else Role.TARGET


def deadline_role(metric: str, context: ClauseContext) -> Role:
    """The role of a deadline: a limit for who applies or for how long a rule holds, else a target."""
    if re.search(r"有效期|期限|(?:申请|申报|报名|缴费|投标)(?!材料|事项|项目|书|流程)", metric):
        return Role.LIMIT
    return Role.TARGET
