"""What is wrong with a scheme file, or with what it was filled in from: where, why, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from taizhang.engines.scoring.arithmetic import canonical
from taizhang.kernel.message import Message
from taizhang.kernel.toml_shape import ShapeProblem
from taizhang.kernel.toml_text import line_of


class Severity(StrEnum):
    """error: no scheme comes of it; warning: one does, and someone should look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class SchemeProblem:
    """A problem of a scheme file. `key` is a path such as `strategy[2].use`, `line` counts from 1."""

    file: str
    key: str
    line: int | None
    severity: Severity
    code: str
    message: Message
    advice: Message


# Code: what is wrong with which value, and why.
WHAT = {
    "scheme.file-is-not-toml": "不是合格的 TOML：{complaint}",
    "scheme.format-is-unknown": "format = {value}，这个版本只认 {known}",
    "scheme.repeated-id": "标识“{value}”已经在第 {line} 行用过，引用它时分不清是哪一个",
    "scheme.basis-is-missing": "这一段没有写依据，说不清是哪一条规定的",
    "scheme.reference-is-malformed": "“{value}”不是条款的写法",
    "scheme.rows-are-malformed": "“{value}”不是行号的写法",
    "scheme.reference-is-undefined": "“{name}”引用的“{value}”没有定义",
    "scheme.day-is-out-of-order": "止于 {end}，早于起始日 {start}",
    "scheme.year-is-out-of-range": "year = {value}，不是年份",
    "scheme.part-is-missing": "写了 {name}，没有写是哪一部分的表格",
    "scheme.leaf-has-no-rule": "“{value}”下面没有别的项，又没有写怎样计分",
    "scheme.verifier-is-missing": "“{value}”没有写由谁核验",
    "scheme.columns-are-missing": "“{value}”取自表格，没有写指标的文字在第几列",
    "scheme.weights-have-no-values": "规则 {rule} 要逐个写明数值，这里没有",
    "scheme.sign-is-unknown": "sign = {value}，加分写 1，减分写 -1",
    "scheme.effect-is-unknown": "没有“{value}”这种处理",
    "scheme.grade-is-unknown": "“{value}”不是本方案的等次",
    "scheme.first-does-not-fit": "first = {value}：不得进入前几名的处理（not_among_first）要写 first，别的处理不写",
    "scheme.result-is-incomplete": "取另一个考核的结果，还缺 {names}",
    "scheme.result-is-its-own": "“{value}”就是本方案，自己的结果要等自己",
    "scheme.deputy-is-the-body": "“{value}”的数又由它自己代为核验",
    "scheme.fact-is-of-nothing": "没有一项是这一种事实",
    "scheme.fact-is-everything": "这一段没有写是哪一种事实，后面各段都轮不到",
    "scheme.clause-is-not-in-source": "“{value}”在公报里找不到",
    "scheme.interpretation-is-unknown": "解释“{value}”不在资料包里",
    "scheme.document-is-not-in-source": "公报里没有{value}",
    "scheme.sheets-are-missing": "{value}里没有读到责任书",
    "scheme.table-is-missing": "{document}的{place}里没有读到表格",
    "scheme.roll-is-missing": "{document}的附件{annex}里没有读到单位名单",
    "scheme.column-is-missing": "表格只有 {count} 列，没有第 {value} 列",
    "scheme.row-is-missing": "表格只有 {count} 行，没有第 {value} 行",
    "scheme.rows-are-unused": "表格第 {rows} 行没有用到，漏了就少考核一项",
    "scheme.points-are-missing": "表格第 {row} 行第 {column} 列是“{value}”，不是分值",
    "scheme.value-is-missing": "表格第 {row} 行第 {column} 列是“{value}”，读不出目标值",
    "scheme.body-is-unknown": "“{value}”不在机构名录里",
    "scheme.category-is-unknown": "“{name}”（{kind}）不属于任何一个排名类别",
    "scheme.subject-is-repeated": "“{name}”被列入两次，期间重叠",
    "scheme.nobody-is-assessed": "这一段没有选中任何单位",
    "scheme.group-does-not-sum": "{where}写明 {declared} 分，各项相加是 {sum} 分",
    "scheme.sheet-does-not-sum": "{where}写明 {declared} 分，各组相加是 {sum} 分",
    "scheme.table-does-not-sum": "{where}应当是 {declared} 分，各行相加是 {sum} 分",
    "scheme.tree-does-not-sum": "“{where}”应当是 {declared} 分，各部分相加是 {sum} 分",
    "scheme.item-has-no-points": "{where}没有印出分值",
    "scheme.weights-do-not-fit": "规则 {rule} 给了 {count} 个数，应当有 {needed} 个",
    "scheme.strategy-is-missing": "{where}（{kind}）没有适用的计分方法，同样的还有 {count} 项",
    "scheme.strategy-is-unknown": "没有计分方法“{value}”",
    "scheme.parameter-is-unknown": "计分方法 {strategy} 没有参数“{name}”，写了不起作用",
    "scheme.parameter-does-not-fit": "参数“{name}”的值 {value} 类型不对",
    "scheme.rule-is-refused": "{where}：{reason}",
    "scheme.criterion-is-unknown": "没有指标“{value}”",
    "scheme.figure-is-not-in-clause": "{value} 不在所引的条款里",
    "scheme.nothing-owed-by-reporter": "共用指标“{value}”的填报单位“{reporter}”没有这项目标",
    "scheme.targets-differ": "共用指标“{value}”各处的目标不同：{targets}",
    "scheme.text-is-retyped": "“{value}…”是指标的原文，重写一遍就会和公报对不上",
    "scheme.name-differs": "方案的标识是“{value}”，文件名却是“{name}”",
    "scheme.cases-are-of-another": "例子写的是方案“{value}”，旁边的方案是“{name}”",
    "scheme.cases-have-no-scheme": "旁边没有方案 {name}",
}
# Code: what to do.
CURE = {
    "scheme.file-is-not-toml": "检查这一行的引号、等号和方括号是否成对",
    "scheme.format-is-unknown": "按 docs/packs.md 改写，或换用对应版本的程序",
    "scheme.repeated-id": "换一个标识",
    "scheme.basis-is-missing": "写 clause = 条款，原文没有规定的写 interpretation = 解释的标识",
    "scheme.reference-is-malformed": "写成 chp_3__art_9、#para_2 或 !annex-2#tbl_1 这样，见 docs/packs.md",
    "scheme.rows-are-malformed": '写成 "1-54" 或 "3, 8-10" 这样，从 1 数起',
    "scheme.reference-is-undefined": "改成已有的标识：{known}",
    "scheme.day-is-out-of-order": "核对两个日期",
    "scheme.year-is-out-of-range": "写四位的年份，如 2025",
    "scheme.part-is-missing": "加上 part = 那一部分的标识",
    "scheme.leaf-has-no-rule": "写 use = 计分方法，或者在它下面加上各项",
    "scheme.verifier-is-missing": "加上 verifier = [[verifier]] 的标识",
    "scheme.columns-are-missing": "加上 label = [列号]",
    "scheme.weights-have-no-values": "加上 values = [各个数]",
    "scheme.sign-is-unknown": "改成 1 或 -1",
    "scheme.effect-is-unknown": "从这些词里选：{known}",
    "scheme.grade-is-unknown": "改成已有的等次：{known}",
    "scheme.first-does-not-fit": "写前几名的数，如 first = 3",
    "scheme.result-is-incomplete": "result_of 写方案标识，result 写 grade 或 score，result_name 写这个结果叫什么",
    "scheme.result-is-its-own": "改成另一个方案的标识",
    "scheme.deputy-is-the-body": "换一个机构代为核验",
    "scheme.fact-is-of-nothing": "核对条件；前面的段落先用，可能已经取走",
    "scheme.fact-is-everything": "写 says、kinds、metrics、items、sheets、parts 或 at；其余的写在 [[strategy]] 的 verifier",
    "scheme.clause-is-not-in-source": "用 taizhang parse 看这份文件的条款标识，照着改",
    "scheme.interpretation-is-unknown": "在 interpretations.toml 里加上它，或改成已有的标识",
    "scheme.document-is-not-in-source": "核对文号，或用 --source 给出登有这份文件的公报",
    "scheme.sheets-are-missing": "用 taizhang targets 看读出了哪些责任书",
    "scheme.table-is-missing": "核对附件号或专栏号",
    "scheme.roll-is-missing": "核对附件号",
    "scheme.column-is-missing": "改成 1 到 {count}",
    "scheme.row-is-missing": "改成 1 到 {count}",
    "scheme.rows-are-unused": "列入 rows，或写成加减分、处理情形；合计行写 total = 行号",
    "scheme.points-are-missing": "核对列号；没有印分值的表格不写 points，用 [[weights]]",
    "scheme.value-is-missing": "核对列号，或在 [[override]] 里写明 target",
    "scheme.body-is-unknown": "在 bodies.toml 里加上它，或改成已有的标识",
    "scheme.category-is-unknown": "把这一类写进某个 [[category]] 的 kinds，或用 bodies 单列",
    "scheme.subject-is-repeated": "核对 from 和 until，或用 except 去掉一处",
    "scheme.nobody-is-assessed": "核对 who 和它下面的条件",
    "scheme.group-does-not-sum": '原文印错的，写一段 [[mark]]，at = ["{ident}"]，引一条解释说明按哪一个算',
    "scheme.sheet-does-not-sum": "原文印错的，写一段 [[mark]]，注明按哪一个算、依据哪条解释",
    "scheme.table-does-not-sum": "改 values 或 weight，使两边相等",
    "scheme.tree-does-not-sum": "改各部分的 weight 和 share，使两边相等",
    "scheme.item-has-no-points": "写一段 [[weights]]，注明分值从哪里来",
    "scheme.weights-do-not-fit": "补足或删去多余的数",
    "scheme.strategy-is-missing": "加一段 [[strategy]]，写明这一种怎样计分、依据什么",
    "scheme.strategy-is-unknown": "从这些里选：{known}",
    "scheme.parameter-is-unknown": "可用的参数：{known}",
    "scheme.parameter-does-not-fit": "改成{wanted}",
    "scheme.rule-is-refused": "改这一段，或在 [[override]] 里另写这一项怎样计分",
    "scheme.criterion-is-unknown": "用 taizhang targets 看条目的标识，照着改",
    "scheme.figure-is-not-in-clause": "核对数值和条款；原文没有写的，改引一条解释",
    "scheme.nothing-owed-by-reporter": "改成承担这项目标的单位之一：{known}",
    "scheme.text-is-retyped": "删去，改用条款标识或行号指到原文",
    "scheme.name-differs": "改成同一个",
    "scheme.cases-are-of-another": "改成同一个标识",
    "scheme.cases-have-no-scheme": "例子的文件名要和方案相同，如 targets-2025.toml 和 targets-2025.cases.yaml",
    "scheme.targets-differ": "核对各处；确实不同的不能共用一个数，从 at 里去掉",
}


class Problems:
    """Problems of one scheme file, and the lines of its keys."""

    def __init__(self, file: str, lines: Mapping[str, int]) -> None:
        self.file = file
        self._lines = dict(lines)
        self.found: list[SchemeProblem] = []

    def add(self, code: str, key: str, facts: Mapping[str, object], *, line: int | None = None, is_warning: bool = False) -> None:
        """Add a problem; its line is that of `key`, else of the table around it."""
        told = {name: canonical(value) if isinstance(value, Decimal) else str(value) for name, value in facts.items()}
        at = line if line is not None else self.line(key)
        severity = Severity.WARNING if is_warning else Severity.ERROR
        self.found.append(SchemeProblem(self.file, key, at, severity, code, Message(WHAT[code], told), Message(CURE[code], told)))

    def add_shape(self, problem: ShapeProblem) -> None:
        """Add a key that is unknown, missing or mistyped."""
        code = f"scheme.{problem.code}"
        at = self.line(problem.key)
        self.found.append(SchemeProblem(self.file, problem.key, at, Severity.ERROR, code, problem.message, problem.advice))

    def line(self, key: str) -> int | None:
        """The line of a key."""
        return line_of(self._lines, key)

    @property
    def has_errors(self) -> bool:
        """True if a problem keeps a scheme from coming of the file."""
        return any(p.severity is Severity.ERROR for p in self.found)

    def sorted(self) -> tuple[SchemeProblem, ...]:
        """In order of line."""
        return tuple(sorted(self.found, key=lambda p: (p.line or 0, p.key, p.code)))
