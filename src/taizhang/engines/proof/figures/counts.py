"""Numbers that say how many follow, against what follows: 四类…, 五联…各执一联, 三点意见, 8项（含…）."""

from collections.abc import Iterator, Sequence

from taizhang.engines.gazette.model import Document, Node
from taizhang.engines.proof.context import Hit, ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, Rule, rule
from taizhang.kernel.message import Message
from taizhang.kernel.numerals import printed_number
from taizhang.kernel.patterns import regex

_NUM = r"(?:十[一二三四五六七八九]?|[两二三四五六七八九]|[1-9][0-9]?)"
_NOUN = r"个方面|方面|大类|个|类|种|项|大|级|者|部门|单位|省|市|县|区|张|条|所|家|处|环节|部分|步|段|门"
_AFTER_LIST = regex(
    rf"、[^，。；：、（）\n]{{1,16}}?(?P<n>(?<![第0-9.一二三四五六七八九十“过少于超]){_NUM})(?P<noun>{_NOUN})(?!以上|及以上|月|工作日|小时|学期|季度|年|[0-9/])"
)
_BRACKETED = regex(r"（[^（）]*）")
_BREAK = regex(r"[，。；：（）！？\n“”《》]")
_FIGURE = regex(r"[0-9]|[一二三四五六七八九十两](?:个|家|所|处|条|项|座|名|类|种|级)")
_ONLY_NUMERAL = regex(r"[一二三四五六七八九十ⅠⅡⅢⅣⅤA-Z初中高]{1,3}\Z")
_BEGINS_HERE = regex(r".[在由从对将把以按为]")
_JOIN = regex(r"和|与|及")


def _number(printed: str | None) -> int:
    value = printed_number((printed or "").replace("两", "二"))
    return int(value) if value is not None else 0


def _elements(words: str) -> list[str]:
    """The elements of A、B、C, the words that lead in and the word 等 taken off."""
    return [e for e in words.removesuffix("等").split("、") if e]


def _may_count(elements: Sequence[str]) -> tuple[int, ...]:
    """How many things a list may name: 和 and 及 may join two, belong to one, or part the whole into groups."""
    joined = sum(len(_JOIN.findall(e)) for e in elements)
    return (*range(len(elements), len(elements) + joined + 1), *((joined + 1,) if joined else ()))


@rule(
    id="count.after-list",
    severity=Severity.WARNING,
    title="列举的项数与所写的数不符",
    why="说几项、列几项不一样，读者不知道是漏列还是写错",
    concern=Concern.STRUCTURE,
)
def after_list(context: ProofContext) -> Iterator[Outcome]:
    """A list and the number right after it.

    Wrong:
        从时限、态度、质量、结果三个方面打分。
    Right:
        从时限、态度、质量三个方面打分。
    Right:
        完成省、市十项重点民生实事。
    """
    for hit in context.search(_AFTER_LIST):
        text = hit.passage.text
        start = max(
            (m.end() for m in _BREAK.finditer(text, max(0, hit.start() - 120), hit.start())), default=max(0, hit.start() - 120)
        )
        words = text[start : hit.start("n")]
        elements = _elements(words)
        number, possible = _number(hit["n"]), _may_count(elements)
        if len(elements) < 3 or any(_FIGURE.search(e) or _ONLY_NUMERAL.match(e) or len(e) > 24 for e in elements):
            continue
        if number in possible:
            message = Message("列举{n}项，与所写相符", {"n": str(number)})
            yield context.agreement(
                after_list, hit.passage.span(hit.start("n"), hit.end("noun")), message=message, value=str(number)
            )
        elif _is_other_list(hit, elements, number, before=text[max(0, start - 24) : start]):
            continue
        elif _is_slip(number, possible, is_open=words.endswith("等")) and not _goes_on(text, hit.end("noun")):
            yield _miscounted(context, after_list, hit, start, number, len(elements))


def _is_other_list(hit: Hit, elements: Sequence[str], number: int, *, before: str) -> bool:
    """True if the number counts a list that begins within an element or before the comma, or is a grade (馆藏二级)."""
    joined = sum(len(_JOIN.findall(e)) for e in elements)
    begins = [elements[-j] for j in range(max(number - joined, 1), number + 1) if j < len(elements)]
    if any(_BEGINS_HERE.search(e) for e in begins):
        return True
    if hit["noun"] == "级" and len(elements[-1]) > 3:
        return True
    return number > len(elements) and before.endswith("，") and "、" in before


def _goes_on(text: str, at: int) -> bool:
    """True if the list goes on after the number, which then belongs to one element (残疾人两项补贴数据、……)."""
    return "、" in _BREAK.split(text[at : at + 30])[0]


def _is_slip(number: int, possible: Sequence[int], *, is_open: bool) -> bool:
    """True if the number is near enough to be meant for the list. 等 may stand for more."""
    if is_open:
        return 0 < min(possible) - number <= 2 or (min(possible) >= 8 and 0 < number - max(possible) <= 2)
    return min(abs(number - p) for p in possible) <= 2


def _miscounted(context: ProofContext, of: Rule, hit: Hit, start: int, number: int, listed: int) -> Outcome:
    facts = {"n": str(number), "listed": str(listed)}
    first = max(start, hit.end("noun") - 44)
    return context.finding(
        of,
        hit.passage.span(first, hit.end("noun")),
        message=Message("写作{n}，前面列了{listed}项", facts),
        advice=Message("数一数列举的项目，改数字或者补上漏列的"),
        declared=facts["n"],
        computed=facts["listed"],
        passage=hit.passage,
    )


_BEFORE_LIST = regex(
    rf"(?<![第0-9.一二三四五六七八九十])(?P<n>{_NUM})(?P<noun>{_NOUN})[^，。；、：（）\n0-9]{{0,12}}(?:（(?:含|包括|即|指|分别是|分别为)?(?P<inside>[^（）\n]{{3,160}})）"
    r"|[：，]?(?:即|分别是|分别为)(?P<after>[^。；！（）\n]{3,160}))"
)


@rule(
    id="count.before-list",
    severity=Severity.WARNING,
    title="所写的项数与后面列举的不符",
    why="说几项、列几项不一样，读者不知道是漏列还是写错",
    concern=Concern.STRUCTURE,
)
def before_list(context: ProofContext) -> Iterator[Outcome]:
    """A number and the list that spells it out.

    Wrong:
        一般公共预算支出8项（含公共服务支出、公共安全支出、教育支出、科技支出、卫生支出、环保支出、社区支出）增长30%。
    Right:
        一般公共预算支出7项（含公共服务支出、公共安全支出、教育支出、科技支出、卫生支出、环保支出、社区支出）增长30%。
    """
    for hit in context.search(_BEFORE_LIST):
        group = "inside" if hit["inside"] else "after"
        elements = _elements((hit[group] or "").split("，")[0])
        number, possible = _number(hit["n"]), _may_count(elements)
        if len(elements) < 3 or any(_FIGURE.search(e) or len(e) > 24 for e in elements):
            continue
        span = hit.passage.span(hit.start("n"), hit.end("noun"))
        facts = {"n": str(number), "listed": str(len(elements))}
        if number in possible:
            yield context.agreement(before_list, span, message=Message("列举{n}项，与所写相符", facts), value=facts["n"])
        elif _is_slip(number, possible, is_open=(hit[group] or "").endswith("等")):
            yield context.finding(
                before_list,
                span,
                hit.passage.span(max(hit.start(group), hit.end(group) - 40), hit.end(group)),
                message=Message("写作{n}，后面列了{listed}项", facts),
                advice=Message("数一数列举的项目，改数字或者补上漏列的"),
                declared=facts["n"],
                computed=facts["listed"],
                passage=hit.passage,
            )


_HOLDERS = regex(r"(?:各执|各存|各留|各持|各保存|各留存|各保留|分别持有|分别留存|存档备案|分别存档)")
_COPIES = regex(rf"(?P<n>{_NUM}|一)联|一式(?P<m>{_NUM})份|其余(?P<rest>{_NUM})份")
_BY = regex(r"[，。；：（）]|分别由|由|交")
_REST = regex(rf"(?P<all>{_NUM})联[^。；\n]{{0,12}}除[^，。；\n]{{1,12}}存(?P<kept>[一1两二2])份外，其余(?P<rest>{_NUM})份")


@rule(
    id="count.copies",
    severity=Severity.ERROR,
    title="联数与持有方不符",
    why="单据的联数少于持有方，有一方拿不到凭证，补贴无法核对",
    concern=Concern.MONEY,
)
def copies(context: ProofContext) -> Iterator[Outcome]:
    """Copies of a receipt against those who keep one.

    Wrong:
        开具五联单据，由购买户、生产企业、村委会、街道办事处、发展改革部门、财政部门各执一联。
    Wrong:
        6联收据除用户留存一份外，其余4份由企业、网点、村委会、街道办事处存档备案。
    Right:
        开具六联单据，由购买户、生产企业、村委会、街道办事处、发展改革部门、财政部门各执一联。
    """
    for hit in context.search(_HOLDERS):
        text = hit.passage.text
        declared = list(_COPIES.finditer(text, max(0, hit.start() - 200), hit.start()))
        elements = _elements(_BY.split(_BRACKETED.sub("", text[max(0, hit.start() - 160) : hit.start()]))[-1])
        if not declared or len(elements) < 2:
            continue
        match = declared[-1]
        number = _number(match["n"] or match["m"] or match["rest"])
        spans = (hit.passage.span(match.start(), match.end()), hit.passage.span(max(match.end(), hit.end() - 40), hit.end()))
        facts = {"n": str(number), "listed": str(len(elements))}
        if number in _may_count(elements):
            yield context.agreement(copies, *spans, message=Message("{n}份，有{listed}个持有方", facts), value=facts["n"])
            continue
        yield context.finding(
            copies,
            *spans,
            message=Message("写作{n}份，列了{listed}个持有方", facts),
            advice=Message("改正联数，或者核对持有方"),
            declared=facts["n"],
            computed=facts["listed"],
            passage=hit.passage,
        )
    for hit in context.search(_REST):
        everything, kept, rest = (_number(hit[g]) for g in ("all", "kept", "rest"))
        if everything != (kept or 1) + rest:
            facts = {"all": str(everything), "kept": str(kept or 1), "rest": str(rest)}
            yield context.finding(
                copies,
                hit.passage.span(hit.start("rest") - 2, hit.end()),
                hit.passage.span(hit.start("all"), hit.end("all") + 1),
                message=Message("共{all}联，留存{kept}份，其余写作{rest}份", facts),
                advice=Message("改正联数或者份数"),
                declared=facts["rest"],
                computed=str(everything - (kept or 1)),
                passage=hit.passage,
            )


_ANNOUNCED = regex(
    rf"(?<![第0-9.一二三四五六七八九十])(?P<n>{_NUM})(?P<noun>个|点|件|项|条|方面|种|类|大|步)[^。；！\n0-9]{{0,14}}[：。，]一(?P<mark>是|要)"
)
_MARKS = "一二三四五六七八九十"


@rule(
    id="count.announced-marks",
    severity=Severity.WARNING,
    title="说几条与列几条不符",
    why="说抓几件事、列几件事对不上，传达时就会漏掉一件",
    concern=Concern.STRUCTURE,
)
def announced_marks(context: ProofContext) -> Iterator[Outcome]:
    """A number of points announced against 一是、二是、三是 that follow in the same paragraph.

    Wrong:
        突出的问题有三个：一是不通，要个数得发函；二是不准，一个指标两个数。
    Right:
        突出的问题有两个：一是不通，要个数得发函；二是不准，一个指标两个数。
    """
    for hit in context.search(_ANNOUNCED):
        text, mark, number = hit.passage.text, hit["mark"] or "是", _number(hit["n"])
        at, last, count = hit.end() - 2, 0, 0
        for ordinal in range(1, 11):
            printed = _MARKS[ordinal - 1] + mark
            found = text.find(printed, at)
            if found < 0 or (ordinal > 1 and (again := text.find("一" + mark, at)) >= 0 and again < found):
                continue
            at, last, count = found + 2, ordinal, count + 1
        if not last:
            continue
        span = hit.passage.span(hit.start("n"), hit.end("noun"))
        facts = {"n": str(number), "last": str(last), "count": str(count)}
        if last == number:
            yield context.agreement(announced_marks, span, message=Message("说{n}条，列了{last}条", facts), value=facts["n"])
        else:
            yield context.finding(
                announced_marks,
                span,
                hit.passage.span(at - 2, at),
                message=Message("说{n}条，后面列到第{last}条", facts),
                advice=Message("核对漏列了哪一条，或者改数字"),
                declared=facts["n"],
                computed=facts["last"],
                passage=hit.passage,
            )


_INTRODUCED = regex(
    rf"(?:以下|下列|如下|这|讲|强调|提出?|谈|把握好|做好|抓好|突出)(?:以下|下列)?(?P<n>(?<![第0-9.]){_NUM})(?P<noun>点|个|种|项|方面|件|条|类)[^。；！\n]{{0,12}}[：。！]?\Z"
)


@rule(
    id="count.announced-clauses",
    severity=Severity.WARNING,
    title="说几条与下面的条数不符",
    why="说几条、列几条对不上，读者会以为有漏排",
    concern=Concern.STRUCTURE,
)
def announced_clauses(context: ProofContext) -> Iterator[Outcome]:
    """A number announced at the end of a clause against the numbered clauses that follow it.

    Wrong:
        崤陵市评价办法

        第一条 有下列三种情形的，不得评优：

        （一）泄露国家秘密；

        （二）答复超期。
    Right:
        崤陵市评价办法

        第一条 有下列两种情形的，不得评优：

        （一）泄露国家秘密；

        （二）答复超期。
    """
    for document in context.documents:
        yield from _siblings(context, document, document.nodes)
        for node in document.walk_nodes():
            if node.children:
                yield from _siblings(context, document, node.children)


def _siblings(context: ProofContext, document: Document, nodes: Sequence[Node]) -> Iterator[Outcome]:
    for index, node in enumerate(nodes):
        passage = context.by_eid.get((document.id, node.eid))
        match = _INTRODUCED.search(passage.text, max(0, len(passage.text) - 40)) if passage else None
        if passage is None or match is None:
            continue
        following = _numbered(node.children) or _numbered(nodes[index + 1 :])
        number = _number(match["n"])
        if len(following) < 2:
            continue
        span = passage.span(match.start("n"), match.end("noun"))
        facts = {"n": str(number), "listed": str(len(following))}
        if len(following) == number:
            yield context.agreement(
                announced_clauses, span, message=Message("说{n}条，下面有{listed}条", facts), value=facts["n"]
            )
        elif abs(len(following) - number) <= 3:
            yield context.finding(
                announced_clauses,
                span,
                message=Message("说{n}条，下面有{listed}条", facts),
                advice=Message("核对是否漏排，或者改数字"),
                declared=facts["n"],
                computed=facts["listed"],
                passage=passage,
            )


def _numbered(nodes: Sequence[Node]) -> list[Node]:
    """The run of clauses numbered from one that comes next."""
    run: list[Node] = []
    for node in nodes:
        if node.value is None or (run and node.kind != run[0].kind):
            if run or node.value is not None:
                break
            continue
        if not run and node.value != 1:
            break
        if run and node.value <= (run[-1].value or 0):
            break
        run.append(node)
    return run


RULES: tuple[Rule, ...] = (after_list, before_list, copies, announced_marks, announced_clauses)
