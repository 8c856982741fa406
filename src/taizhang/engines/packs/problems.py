"""Collects what is wrong with a pack, each problem with its file, key, line, reason and remedy."""

from collections.abc import Mapping

from taizhang.engines.packs.model import PackProblem, ProblemSeverity
from taizhang.kernel.message import Message
from taizhang.kernel.toml_shape import ShapeProblem
from taizhang.kernel.toml_text import line_of

# Code: what is wrong with which value, and why.
WHAT = {
    "packs.file-is-missing": "资料包里没有 {name}，这个文件必须有",
    "packs.file-is-not-toml": "不是合格的 TOML：{complaint}",
    "packs.unknown-file": "不认识文件 {name}，其中内容不会被使用",
    "packs.format-is-unknown": "format = {value}，这个版本只认 {known}",
    "packs.repeated-id": "标识“{value}”已经在 {other} 用过，引用它时分不清是哪一个",
    "packs.repeated-code": "“{value}”已经给了{other}，一个代码只能归一家",
    "packs.code-outside-place": "区划代码 {value} 不在本地 {place} 之下，开头的数字对不上",
    "packs.code-is-assignable": "虚构的资料包用了代码 {value}，按 GB/T 2260 的编码规则它可能属于真实地区",
    "packs.code-is-unassigned": "代码 {value} 是 GB/T 2260 不会分配的，真实地区不可能用它",
    "packs.code-does-not-fit-kind": "代码 {value} 的末两位不是 GB/T 2260 给 {kind} 用的",
    "packs.code-is-not-explained": "“{name}”没有代码，也没有说明为什么没有",
    "packs.code-given-and-absent": "“{name}”既填了 code 又填了 code_absent，互相矛盾",
    "packs.zone-has-code": "“{name}”是功能区，GB/T 2260 不给功能区编码",
    "packs.body-has-no-name": "机构“{value}”没有全称，认不出来",
    "packs.name-ends-before-it-starts": "名称“{name}”止于{end}，早于起始日{start}",
    "packs.periods-overlap": "“{name}”和“{other}”两个全称的有效期重叠，同一天只能有一个全称",
    "packs.name-is-shared": "名称“{name}”同一天也归机构“{other}”，读到它时分不清是谁",
    "packs.issuer-is-unknown": "机关代字“{code}”的发文机关“{value}”不在机构名录里",
    "packs.issue-is-missing": "列出的公报文本 {name} 不在资料包里",
    "packs.number-is-malformed": "“{value}”不是规范的发文字号，对不上文件",
    "packs.quote-is-missing": "解释“{value}”没有引文，看不出它解释的是哪句话",
    "packs.practice-is-not-switched": "“{value}”是原文没有的通行做法，要写明用还是不用",
    "packs.text-is-switched": "“{value}”解释的是原文，不能开关",
    "packs.value-is-no-option": "value “{value}”不在 options 里",
    "packs.document-is-not-in-text": "公报文本里没有{value}这份文件，引文无从核对",
    "packs.quote-is-not-in-text": "{document}里找不到引文“{value}”，解释失去依据",
    "packs.rename-stands-in-text": "“{name}”的更名公报里已经写明（{document}），不必再填，两处会对不上",
    "packs.heading-is-unknown": "公报里有“{name}”的标题，机构名录里没有它",
}
# Code: what to do.
CURE = {
    "packs.file-is-missing": "新建 {name}，格式见 docs/packs.md",
    "packs.file-is-not-toml": "检查这一行的引号、等号和方括号是否成对",
    "packs.unknown-file": "改成 {known} 之一，或把它移出资料包",
    "packs.format-is-unknown": "按 docs/packs.md 改写，或换用对应版本的程序",
    "packs.repeated-id": "换一个标识",
    "packs.repeated-code": "核对两处，改掉写错的一处",
    "packs.code-outside-place": "核对代码；不属于本地的地区不要列入",
    "packs.code-is-assignable": "改用不会分配的代码，如第三、四位为 99 的 419900",
    "packs.code-is-unassigned": "核对代码；虚构的资料包写 fictional = true",
    "packs.code-does-not-fit-kind": "核对代码和 kind",
    "packs.code-is-not-explained": "填 code，或者填 code_absent 写明原因",
    "packs.code-given-and-absent": "留下其中一个",
    "packs.zone-has-code": "删去 code，用 code_absent 说明",
    "packs.body-has-no-name": '填 name，或在 names 里写一个 form = "full" 的名称',
    "packs.name-ends-before-it-starts": "核对 from 和 until",
    "packs.periods-overlap": "改 from 或 until，使前一个止于后一个的前一天",
    "packs.name-is-shared": "改掉其中一个，或用 from、until 分开",
    "packs.issuer-is-unknown": "在 bodies.toml 里加上它，或改成已有的标识",
    "packs.issue-is-missing": "把文件放进资料包，或删去这一条",
    "packs.number-is-malformed": "写成 崤政〔2025〕6号 这样：代字、六角括号里的年份、序号",
    "packs.quote-is-missing": "填 quote；原文根本没有这项规定的，写 practice = true",
    "packs.practice-is-not-switched": "加上 on = true 或 on = false",
    "packs.text-is-switched": "删去 on；若原文没有这项规定，写 practice = true",
    "packs.value-is-no-option": "从这些里选一个：{choices}",
    "packs.document-is-not-in-text": "核对发文字号",
    "packs.quote-is-not-in-text": "从公报文本里照抄原文的几个字",
    "packs.rename-stands-in-text": "名称只留更名前的“{old}”，更名由程序从公报读出",
    "packs.heading-is-unknown": "在 bodies.toml 里加上它",
}


class Problems:
    """Problems of one pack, and the lines of its files."""

    def __init__(self, lines: Mapping[str, Mapping[str, int]]) -> None:
        self._lines = {file: dict(found) for file, found in lines.items()}
        self.found: list[PackProblem] = []

    def add(
        self,
        code: str,
        file: str,
        key: str,
        facts: Mapping[str, object],
        *,
        line: int | None = None,
        is_warning: bool = False,
    ) -> None:
        """Add a problem; its line is that of `key`, else of the table around it."""
        told = {name: str(value) for name, value in facts.items()}
        at = line if line is not None else line_of(self._lines.get(file, {}), key)
        severity = ProblemSeverity.WARNING if is_warning else ProblemSeverity.ERROR
        self.found.append(PackProblem(file, key, at, severity, code, Message(WHAT[code], told), Message(CURE[code], told)))

    def add_shape(self, file: str, problem: ShapeProblem) -> None:
        """Add a key that is unknown, missing or mistyped."""
        at = line_of(self._lines.get(file, {}), problem.key)
        code = f"packs.{problem.code}"
        error = ProblemSeverity.ERROR
        self.found.append(PackProblem(file, problem.key, at, error, code, problem.message, problem.advice))

    def line(self, file: str, key: str) -> int | None:
        """The line of a key."""
        return line_of(self._lines.get(file, {}), key)

    def place(self, file: str, key: str) -> str:
        """`bodies.toml:12`, for pointing at another place of the pack."""
        line = self.line(file, key)
        return f"{file}:{line}" if line else file

    @property
    def has_errors(self) -> bool:
        """True if a problem keeps the pack from being used."""
        return any(p.severity is ProblemSeverity.ERROR for p in self.found)

    def sorted(self) -> tuple[PackProblem, ...]:
        """In order of file and line."""
        return tuple(sorted(self.found, key=lambda p: (p.file, p.line or 0, p.key, p.code)))
