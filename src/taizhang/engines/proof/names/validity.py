"""Names used on a day their body did not bear them: renamed before, renamed later, not yet founded."""

from collections.abc import Iterator
from datetime import timedelta

from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.names.bodies import bodies_of, place_of
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.engines.registry.model import EventStatus, NameUse, Rule, Validity
from taizhang.engines.registry.variants import out_of_period
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_MOST_SPANS = 6


@rule(
    id="name.out-of-period",
    severity=Severity.WARNING,
    title="机构名称与文件日期不符",
    why="更名以后用旧名、更名以前用新名，责任落不到现在的机构上。",
    concern=Concern.WHO,
)
def out_of_period_name(context: ProofContext) -> Iterator[Outcome]:
    """A name its body had given up before the document's day (error), or bears only from a later day on (warning).

    Wrong:
        云门市人民政府关于云门市大数据管理局更名的通知

        云政〔2025〕8号

        各县（市、区）人民政府：

        经研究，云门市大数据管理局更名为云门市数据局。

        云门市人民政府

        2025年3月14日

        云门市人民政府关于开展数据清查的通知

        云政〔2025〕9号

        各县（市、区）人民政府：

        数据清查由市大数据管理局负责，市财政局配合。

        云门市人民政府

        2025年3月24日
    Right:
        云门市人民政府关于云门市大数据管理局更名的通知

        云政〔2025〕8号

        各县（市、区）人民政府：

        经研究，云门市大数据管理局更名为云门市数据局。

        云门市人民政府

        2025年3月14日

        云门市人民政府关于开展数据清查的通知

        云政〔2025〕9号

        各县（市、区）人民政府：

        数据清查由市数据局（原市大数据管理局）负责，市财政局配合。

        云门市人民政府

        2025年3月24日
    """
    bodies = bodies_of(context)
    uses: dict[tuple[str, str, str], list[NameUse]] = {}
    for use in out_of_period(bodies.mentions, bodies.registry, context.source):
        uses.setdefault((use.mention.document, str(use.candidate.body.id), use.mention.name), []).append(use)
    for same in uses.values():
        yield _use(context, same)


def _use(context: ProofContext, uses: list[NameUse]) -> Outcome:
    first = uses[0]
    candidate, day = first.candidate, first.mention.day
    is_over = candidate.validity is Validity.EXPIRED
    facts = {"name": first.mention.name, "day": day.isoformat() if day else "", "now": candidate.now_called or ""}
    if candidate.now_called:
        message = Message("文件日期{day}，“{name}”这时的名称是{now}", facts)
    elif is_over:
        message = Message("文件日期{day}，“{name}”这时已经没有了", facts)
    else:
        message = Message("文件日期{day}，“{name}”这时还没有", facts)
    cited = _decision(context, first)
    return context.finding(
        out_of_period_name,
        *(place_of(use.mention) for use in uses[:_MOST_SPANS]),
        *(context.clip(span) for span in cited),
        message=message,
        advice=Message("按文件当日的名称改，或写明“原”“更名后”"),
        declared=first.mention.printed,
        computed=candidate.now_called,
        document=first.mention.document,
        eid=first.mention.eid,
        severity=Severity.ERROR if is_over and _is_plain(first) else Severity.WARNING,
    )


def _decision(context: ProofContext, use: NameUse) -> list[Span]:
    """The words of the issue that ended or began the name."""
    registry = bodies_of(context).registry
    for event in registry.events:
        if event.status is EventStatus.DECIDED and event.document != use.mention.document:
            for name in (*event.subjects, *event.results):
                one = registry.resolve(name, None).one
                if one is not None and one.body.id == use.candidate.body.id:
                    return [event.citation.span]
    return []


def _is_plain(use: NameUse) -> bool:
    """True where the name is on record as printed, and was given up before the day: on the day itself both may be meant."""
    ends = [name.period.end for name in use.candidate.names if name.period.end is not None]
    day = use.mention.day
    is_earlier = day is not None and bool(ends) and max(ends) + timedelta(days=1) < day
    return is_earlier and use.candidate.rule in (Rule.EXACT, Rule.LISTED, Rule.PREFIX_DROPPED)


_COMING = regex(r"成立|组建|设立|筹备|拟")
_TO_BE = regex(
    r"(?:即将|将要|拟|正在筹备|筹备)(?:成立|组建|设立)的?(?P<name>[市县区省州]?[\u4e00-\u9fff]{2,12}?(?:局|委员会|委|中心|办公室|办))"
)


@rule(
    id="name.not-founded-yet",
    severity=Severity.NOTE,
    title="同一文件里机构既说将成立又说已有",
    why="机构成立没有、由谁接手，前后说法要一致。",
    concern=Concern.WHO,
)
def not_founded_yet(context: ProofContext) -> Iterator[Outcome]:
    """A body a document says is about to be founded, and elsewhere gives work to.

    Wrong:
        一、项目审批由即将成立的大数据局承担。

        二、市大数据局要统筹开展各项工作。
    Right:
        一、项目审批由即将成立的大数据局承担。

        二、成立以前由市政府办公室统筹各项工作。
    """
    for hit in context.search(_TO_BE):
        name = hit["name"] or ""
        bare = name.lstrip("市县区省州")
        for passage in context.passages_of(hit.passage.document):
            at = _elsewhere(passage.text, bare, hit.start("name") if passage is hit.passage else None)
            if at is not None:
                yield context.finding(
                    not_founded_yet,
                    hit.span("name"),
                    passage.span(at, at + len(bare)),
                    message=Message("这里说{name}即将成立，另一处已经写作现有机构", {"name": name}),
                    advice=Message("核对成立时间，统一说法"),
                    declared=name,
                    passage=hit.passage,
                )
                break


def _elsewhere(text: str, name: str, own: int | None) -> int | None:
    """Where the name stands with nothing around it that says it is to come."""
    at = text.find(name)
    while at >= 0:
        before = text[max(0, at - 8) : at]
        is_own = own is not None and own <= at <= own + 2
        after = text[at + len(name) : at + len(name) + 4]
        if not is_own and not _COMING.search(before) and not _COMING.match(after):
            return at
        at = text.find(name, at + 1)
    return None


RULES = (out_of_period_name, not_founded_yet)
