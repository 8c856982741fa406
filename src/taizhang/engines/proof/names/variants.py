"""One body under two names, and names of another level: 市旅游局 beside 市旅游发展委, 财政厅 in a city's table."""

from collections.abc import Iterator

from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.names.bodies import bodies_of, place_of
from taizhang.engines.proof.names.lexicon import ALWAYS_TING, NATIONAL, PROVINCIAL, SETTLED
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.engines.registry.model import PlacedMention, Variant, VariantRelation
from taizhang.engines.registry.names import contracted, parse_name, stem_and_ending
from taizhang.engines.registry.variants import variants
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_MOST_SPANS = 6
_SPEECH = regex(r"讲话|致辞|发言")
_TELLS_APART = frozenset("一二三四五六七八九十0123456789东西南北上下中前后左右大小新老高初")


@rule(
    id="name.variant",
    severity=Severity.WARNING,
    title="同一机构名称写法不一",
    why="名称不一，分不清是一个单位还是两个，责任和考核对不上。",
    concern=Concern.WHO,
)
def variant(context: ProofContext) -> Iterator[Outcome]:
    """Two names that are likely one body. A settled short form, a joint left out, a speech: notes.

    Wrong:
        云门市项目验收办法

        一、市农业农村局负责验收项目，市财政局拨付资金。

        二、市农业农村局建立台账，市审计局抽查。

        三、市农业农村局公布结果。

        四、补充耕地由市农业局验收。
    Right:
        云门市项目验收办法

        一、市农业农村局负责验收项目，市财政局拨付资金。

        二、市农业农村局、市林业局、市水利局建立台账。
    """
    bodies = bodies_of(context)
    for found in variants(bodies.mentions, bodies.registry):
        if not _is_of_level(found.other) and not _is_of_level(found.usual):
            yield _variant(context, found)
    yield from _stations(context)


def _is_of_level(name: str) -> bool:
    """True for 财政厅, which `wrong_level` speaks of."""
    stem, ending = stem_and_ending(parse_name(name).core)
    return ending == "厅" and stem in PROVINCIAL


def _variant(context: ProofContext, found: Variant) -> Outcome:
    places = [*found.other_places[:_MOST_SPANS], *found.usual_places[:1]]
    first = found.other_places[0]
    facts = {"other": found.other, "usual": found.usual, "n": str(len(found.other_places)), "m": str(len(found.usual_places))}
    message = Message("“{other}”（{n}处）与“{usual}”（{m}处）像是同一机构", facts)
    if not found.usual_places:
        message = Message("“{other}”（{n}处）像是“{usual}”", facts)
    return context.finding(
        variant,
        *(place_of(place) for place in places),
        message=message,
        advice=Message("核对机构全称或规范简称，全文统一"),
        declared=found.other,
        computed=found.usual,
        document=first.document,
        eid=first.eid,
        severity=Severity.WARNING if _is_doubtful(context, found) else Severity.NOTE,
    )


def _is_doubtful(context: ProofContext, found: Variant) -> bool:
    titles = {d.id: d.title for d in context.documents}
    if not found.usual_places or all(_SPEECH.search(titles.get(place.document, "")) for place in found.other_places):
        return False
    stem, ending = stem_and_ending(contracted(parse_name(found.other).core))
    other_ending = stem_and_ending(contracted(parse_name(found.usual).core))[1]
    if found.relation is VariantRelation.SPELLING:
        return False
    if found.relation is VariantRelation.ABBREVIATION:
        return len(found.other_places) == 1 and len(found.usual_places) > 2 and stem not in SETTLED
    if found.relation is VariantRelation.ENDING:
        # A commission and its own office (网信委, 网信办) both exist.
        return len(found.other_places) <= len(found.usual_places) and {ending, other_ending} != {"委", "办"}
    a, b = contracted(parse_name(found.other).core), contracted(parse_name(found.usual).core)
    return not any(x in _TELLS_APART and y in _TELLS_APART for x, y in zip(a, b, strict=False) if x != y)


_STATION = regex(r"驻(?P<place>[\u4e00-\u9fff]{2,4}?)(?P<kind>办事处|联络处|工作处|接待处)")


def _stations(context: ProofContext) -> Iterator[Outcome]:
    """驻北京办事处 and 驻北京联络处 of one issue."""
    kinds: dict[str, dict[str, list[Span]]] = {}
    for hit in context.search(_STATION):
        kinds.setdefault(hit["place"] or "", {}).setdefault(hit["kind"] or "", []).append(hit.span())
    for place, found in kinds.items():
        if len(found) < 2:
            continue
        rare, usual = sorted(found, key=lambda kind: (len(found[kind]), -found[kind][0].start))[:2]
        yield context.finding(
            variant,
            *found[rare][:_MOST_SPANS],
            found[usual][0],
            message=Message("“驻{place}{rare}”与“驻{place}{usual}”像是同一机构", {"place": place, "rare": rare, "usual": usual}),
            advice=Message("核对机构全称或规范简称，全文统一"),
            declared=f"驻{place}{rare}",
            computed=f"驻{place}{usual}",
        )


# The wrong level

_MINISTRY = regex(r"\A(?![市县区省州]).*(?:[^队组传织装]部|总局|总署)\Z|\A国家")


@rule(
    id="name.wrong-level",
    severity=Severity.ERROR,
    title="机构名称的层级不对",
    why="市里没有厅，省里的厅也不承担市里的任务，这一项等于没有责任单位。",
    concern=Concern.WHO,
)
def wrong_level(context: ProofContext) -> Iterator[Outcome]:
    """财政厅 or 财政部 in a list of a city's bodies or under 市, and 省财政局.

    Wrong:
        一、由市民政局、教育局、财政厅按职责分工负责。
    Right:
        一、由市民政局、教育局、财政局按职责分工负责，报省财政厅备案。
    """
    bodies = bodies_of(context)
    headings = [[mention] for mention in bodies.mentions if mention.heading]
    for mentions in (*bodies.rows.values(), *headings):
        mentions = [m for m in mentions if context.source[max(0, m.span.start - 2) : m.span.start] != "直辖"]
        levels = [parse_name(mention.name).level for mention in mentions]
        local = next((level for level in levels if level in ("市", "县", "区", "州", "盟", "旗")), "")
        is_mixed = any(level in ("省", "自治区", "国家") for level in levels)
        if not local and _is_national(mentions):
            local = _NATION
        for mention, level in zip(mentions, levels, strict=True):
            due = _due(mention.name, level, "" if is_mixed else local)
            if due:
                yield _level(context, mention, due)
    yield from _ministries(context)


_NATION = "国"
_LOCAL_MINISTRY = regex(
    rf"(?P<level>[市县])(?P<stem>{'|'.join(sorted(NATIONAL, key=len, reverse=True))})部(?![门分署位队级属长])"
)


def _ministries(context: ProofContext) -> Iterator[Outcome]:
    """市教育部, which is no name of a body for the registry."""
    for hit in context.search(_LOCAL_MINISTRY):
        due = f"{hit['level']}{hit['stem']}局"
        yield context.finding(
            wrong_level,
            hit.span(),
            message=Message("“{name}”层级不对，应为“{due}”", {"name": hit.match.group(), "due": due}),
            advice=Message("改为“{due}”，或写明是哪一级", {"due": due}),
            declared=hit.match.group(),
            computed=due,
            passage=hit.passage,
        )


def _is_national(mentions: list[PlacedMention]) -> bool:
    """True for a row most of whose bodies are ministries and their like."""
    national = sum(_MINISTRY.search(mention.name) is not None for mention in mentions)
    return len(mentions) > 1 and 2 * national >= len(mentions)


def _due(name: str, level: str, local: str) -> str:
    """What an office of a wrong level should be called, "" where its level is right or cannot be told."""
    core = parse_name(name).core
    stem, ending = stem_and_ending(core)
    if local == _NATION:
        return f"{stem}部" if not level and ending in ("局", "厅") and stem in NATIONAL else ""
    here = level if level in ("市", "县", "区", "州", "盟", "旗") else "" if level else local
    if here and (ending == "厅" and stem in PROVINCIAL):
        return f"{here}{stem}局"
    if level == "省" and ending == "局" and stem in ALWAYS_TING:
        return f"省{stem}厅"
    return ""


def _level(context: ProofContext, mention: PlacedMention, due: str) -> Outcome:
    return context.finding(
        wrong_level,
        place_of(mention),
        message=Message("“{name}”层级不对，应为“{due}”", {"name": mention.printed, "due": due}),
        advice=Message("改为“{due}”，或写明是哪一级", {"due": due}),
        declared=mention.printed,
        computed=due,
        document=mention.document,
        eid=mention.eid,
        severity=Severity.WARNING if due.startswith("省") or due.endswith("部") else None,
    )


RULES = (variant, wrong_level)
