"""Areas a notice addresses against the areas it gives sheets to, and names of areas with the wrong ending."""

import re
from collections.abc import Iterator

from taizhang.engines.gazette.model import Document
from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.engines.registry.names import clean
from taizhang.engines.targets.measures.plain import plain_of
from taizhang.engines.targets.model import Sheet
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_ORGAN = regex(r"(?:管理委员会|管委会|管理机构|管理局|管理处|人民政府|政府)\Z")
_ZONE = regex(r"(?:示范区|开发区|高新区|新区|集聚区|度假区|园区|保税区|试验区|风景区|功能区)\Z")
_EXPLAINED = regex(r"不单列|不再?下达|不单独|单独下达|另行|并入|纳入|暂不|不设|由[^，。]{2,12}承担|合并")
_FEWEST_SHEETS = 3


@rule(
    id="list.zone-without-sheet",
    severity=Severity.WARNING,
    title="主送的功能区与下达目标的功能区不一致",
    why="收文的区没有目标，或者有目标的区没有收到文件。",
    concern=Concern.WHO,
)
def zone_without_sheet(context: ProofContext) -> Iterator[Outcome]:
    """A zone among the addressees without a sheet and without a word on it, or with a sheet and not addressed.

    Wrong:
        云门市人民政府关于下达年度目标任务的通知

        云政〔2025〕6号

        各县（市、区）人民政府，城乡一体化示范区管理委员会，市政府各部门：

        现将目标任务下达给你们，请认真执行。

        云门市人民政府

        2025年3月10日

        各县（市、区）责任目标

        河东区

        1. 生产总值增长8%；

        2. 粮食总产量0.5亿公斤；

        3. 城镇新增就业5000人。

        西山县

        1. 生产总值增长7%；

        2. 粮食总产量0.9亿公斤；

        3. 城镇新增就业3000人。

        南川县

        1. 生产总值增长7%；

        2. 粮食总产量0.8亿公斤；

        3. 城镇新增就业2000人。
    Right:
        云门市人民政府关于下达年度目标任务的通知

        云政〔2025〕6号

        各县（市、区）人民政府，城乡一体化示范区管理委员会，市政府各部门：

        现将目标任务下达给你们，请认真执行。城乡一体化示范区不单列目标。

        云门市人民政府

        2025年3月10日

        各县（市、区）责任目标

        河东区

        1. 生产总值增长8%；

        2. 粮食总产量0.5亿公斤；

        3. 城镇新增就业5000人。

        西山县

        1. 生产总值增长7%；

        2. 粮食总产量0.9亿公斤；

        3. 城镇新增就业3000人。

        南川县

        1. 生产总值增长7%；

        2. 粮食总产量0.8亿公斤；

        3. 城镇新增就业2000人。
    """
    for document in context.issue.documents:
        sheets = [s for d in document.walk() for s in context.sheets_by_kind.get((d.id, "area"), ())]
        if len(sheets) < _FEWEST_SHEETS or not document.addressees:
            continue
        zones = [zone for addressee in document.addressees if _ZONE.search(zone := _ORGAN.sub("", clean(addressee)))]
        units = [clean(sheet.unit) for sheet in sheets]
        for zone in zones:
            if not any(_is_same(zone, unit) for unit in units) and not _is_explained(context, document, zone):
                yield _without(context, document, zone)
        if zones:
            for sheet, unit in zip(sheets, units, strict=True):
                if _ZONE.search(unit) and not any(_is_same(zone, unit) for zone in zones):
                    yield _unaddressed(context, sheet, document)


def _is_same(a: str, b: str) -> bool:
    """True if one is the other with or without its place: 开发区 and 经济开发区."""
    return a.endswith(b) or b.endswith(a)


def _is_explained(context: ProofContext, document: Document, zone: str) -> bool:
    for held in document.walk():
        for passage in context.passages_of(held):
            if passage.node.kind != "addressee" and zone in passage.text:
                for sentence in re.split(r"[。；]", passage.text):
                    if zone in sentence and _EXPLAINED.search(sentence):
                        return True
    return False


def _without(context: ProofContext, document: Document, zone: str) -> Outcome:
    passage = next(p for p in context.passages_of(document) if p.node.kind == "addressee")
    at = clean(passage.text).find(zone) if zone not in passage.text else passage.text.find(zone)
    span = passage.span(at, at + len(zone)) if 0 <= at <= len(passage.text) - len(zone) else context.clip(passage.whole)
    return context.finding(
        zone_without_sheet,
        span,
        message=Message("主送机关有“{zone}”，各地目标里没有它，也没有说明", {"zone": zone}),
        advice=Message("补上它的目标，或写明并入哪里"),
        declared=zone,
        passage=passage,
    )


def _unaddressed(context: ProofContext, sheet: Sheet, document: Document) -> Outcome:
    passage = next(p for p in context.passages_of(document) if p.node.kind == "addressee")
    return context.finding(
        zone_without_sheet,
        sheet.heading_span,
        Span(passage.whole.start, min(passage.whole.end, passage.whole.start + 48)),
        message=Message("“{unit}”有目标，主送机关里没有它", {"unit": sheet.unit}),
        advice=Message("补进主送机关，或写明由谁转达"),
        declared=sheet.unit,
        document=sheet.document,
        eid=sheet.eid,
    )


# The ending of an area's name

_AREA = regex(r"(?P<stem>[\u4e00-\u9fff]{2,4}?)(?P<kind>[县市区])\Z")


@rule(
    id="name.area-ending",
    severity=Severity.WARNING,
    title="地名的“县”“市”“区”写错",
    why="建制名称写错，就不是那个地方。",
    concern=Concern.WHO,
)
def area_ending(context: ProofContext) -> Iterator[Outcome]:
    """桃林县 for an area the issue calls 桃林市 throughout: in its sheets or three times and more.

    Wrong:
        桃林市、河东区建立台账。桃林市、河东区按月报送。桃林市、河东区先行试点。桃林县、河东区公布结果。
    Right:
        桃林市、河东区建立台账。桃林市、河东区按月报送。桃林市、河东区先行试点。原桃林县、河东区移交档案。
    """
    areas = _areas(context)
    if not areas:
        return
    stems = "|".join(sorted(map(re.escape, areas), key=len, reverse=True))
    pattern = regex(rf"(?<!原)(?P<stem>{stems})(?P<kind>[县市区])(?![域间内外级场政位划块民])")
    uses: dict[str, dict[str, list[tuple[Span, str]]]] = {}
    for hit in context.search(pattern):
        uses.setdefault(hit["stem"] or "", {}).setdefault(hit["kind"] or "", []).append((hit.span(), hit.passage.document.id))
    for stem, kinds in uses.items():
        due = areas[stem]
        usual = len(kinds.get(due, ()))
        for kind, places in kinds.items():
            if kind != due and len(places) <= 2 and usual >= max(3, 3 * len(places)):
                yield context.finding(
                    area_ending,
                    *(span for span, _ in places),
                    kinds[due][0][0],
                    message=Message(
                        "“{here}”在别处都写作“{there}”（{n}处）", {"here": stem + kind, "there": stem + due, "n": str(usual)}
                    ),
                    advice=Message("核对行政区划名称"),
                    declared=stem + kind,
                    computed=stem + due,
                    document=places[0][1],
                )


_TOKEN = regex(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[由在和与对向将经]))(?P<stem>[\u4e00-\u9fff]{2,3})(?P<kind>[县市区])(?=[、，。；：（\n]|$|人民政府|政府|委)"
)
_NOT_NAMES = regex(r"\A[各全本该省市县区进入出跨]|[城镇乡街园库灾社校牧矿景辖片小新开发山保学展服务地方]\Z|地区|自治|直辖")


def _areas(context: ProofContext) -> dict[str, str]:
    """Stem → ending of the areas the issue is about: those with sheets; where none has, those named over and over."""
    found: dict[str, str] = {}
    for sheet in context.targets.sheets:
        match = _AREA.fullmatch(plain_of(clean(sheet.unit)).text)
        if sheet.kind in ("area", "city") and match and not _ZONE.search(match.group()):
            found[match["stem"]] = match["kind"]
    if found:
        return found
    counts: dict[tuple[str, str], int] = {}
    for hit in context.search(_TOKEN):
        stem, kind = hit["stem"] or "", hit["kind"] or ""
        if not _NOT_NAMES.search(stem):
            counts[stem, kind] = counts.get((stem, kind), 0) + 1
    for (stem, kind), count in sorted(counts.items(), key=lambda c: -c[1]):
        if count >= 3:
            found.setdefault(stem, kind)
    return found


@rule(
    id="name.old-county",
    severity=Severity.NOTE,
    title="疑为撤并前的县名",
    why="县已改为市、区的，旧名只能和“原”字一起用。",
    concern=Concern.WHO,
)
def old_county(context: ProofContext) -> Iterator[Outcome]:
    """陕县 beside 陕州区: a county of one character, where the areas with sheets include a 市 or 区 that begins with it.

    Wrong:
        各县（市、区）责任目标

        桃州区

        1. 生产总值增长8%；

        2. 粮食总产量0.5亿公斤；

        3. 支持桃县信用社改制。

        西山县

        1. 生产总值增长7%；

        2. 粮食总产量0.9亿公斤；

        3. 城镇新增就业3000人。
    Right:
        各县（市、区）责任目标

        桃州区

        1. 生产总值增长8%；

        2. 粮食总产量0.5亿公斤；

        3. 支持原桃县信用社改制。

        西山县

        1. 生产总值增长7%；

        2. 粮食总产量0.9亿公斤；

        3. 城镇新增就业3000人。
    """
    units = {clean(sheet.unit) for sheet in context.targets.sheets if sheet.kind == "area"}
    changed = {unit[0]: unit for unit in units if _CHANGED.fullmatch(unit)}
    if not changed or any(unit[:1] in changed and unit.endswith("县") for unit in units):
        return
    pattern = regex(rf"(?<!原)(?P<first>[{''.join(sorted(changed))}])县(?![域级城乡委政])")
    for hit in context.search(pattern):
        yield context.finding(
            old_county,
            hit.span(),
            message=Message("“{here}”与“{now}”像是同一个地方", {"here": hit.match.group(), "now": changed[hit["first"] or ""]}),
            advice=Message("改为现在的名称，或写明“原”"),
            declared=hit.match.group(),
            computed=changed[hit["first"] or ""],
            passage=hit.passage,
        )


_CHANGED = regex(r"[\u4e00-\u9fff]{2}[市区]|[\u4e00-\u9fff][州阳城山][市区]")

RULES = (zone_without_sheet, area_ending, old_county)
