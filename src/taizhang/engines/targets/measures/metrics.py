"""The phrase that names what a figure measures: the words before it, the noun after it, or the phrase before in the sentence.

Knows the adverbs, light verbs and prepositions that stand between a clause's start and the phrase. Always a stretch of the
source.
"""

from dataclasses import dataclass

from taizhang.engines.targets.measures.relations import BASELINE
from taizhang.kernel.patterns import regex

_DATE_WORDS = (
    r"(?:到|至|截至|截止|在|于)?(?:(?:19|20)[0-9]{2}(?:[-—–~至到](?:19|20)?[0-9]{2})?年度?|今年|明年|本年度?|当年"
    r"|“?十[一二三四五]五”?(?:期间|时期|末|期末)?)?"
    r"(?:(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?(?:[0-3]?[0-9]日)?)?(?:年?底|年?末|上旬|中旬|下旬|初)?(?:之?前"
    r"|为止|止|内|间|期间|起)?"
)
# Each with a look at what follows, so that no word is cut (及时率, 对外贸易, 用电量, 一般公共预算, 计划免疫).
_HEAD_WORDS = (
    r"全年度?(?!龄)|年度(?!考核|计划)|年内|年底前?|年末(?!存|余)|本年度?|上半年|下半年|每年|每季度|每月|其中|其(?![他它余])"
    r"|力争|争取(?!上级|国家|省|中央|资金|项目)|努力|确保|预期(?!目标|性)|预计|要求|要(?![素求点闻道])"
    r"|应当|须|必须|将(?!军)|同时|并(?![购网轨])|且|而|则|也|又|再(?![生贷贴就])|即(?!时|将)|如(?![期实])|若|凡|继续(?!教)"
    r"|积极|大力|全面(?!从|小康)|切实|认真|进一步|深入|稳步|扎实|着力|原则上|已经|已(?!婚)|如期|按期(?!办|复|完)|现有|目前"
    r"|推动|推进|促进|督促|引导|完成(?!率|比)|实现(?!率)|达到|使(?!用)|让(?!利)|做到|做好|抓好|搞好|组织开展|组织(?=全|科|实"
    r"|申|参)|分别|对于|为基[数准]|对(?![外口接标照])|为了|为(?![民农])|按照|按(?![揭期时质比件])|参照|依照|根据"
    r"|在(?![建校册编岗线])|从(?![业事])|把(?!握)|(?:可以?)?并?处(?![置理罚方分])|可以|被(?!告)|与|和(?![谐平])"
    r"|及(?![时格其])|以及|或|至少|最少|至多|最多|至(?!少)|到(?![位期账])|的"
    r"|[、，。：；\-—–~”）·•★☆▲△◆◇■□●○①②③④⑤⑥⑦⑧⑨⑩\s]"
)
_ASIDE = regex(r"（[^（）]{0,200}）")
_NUMBERING = regex(
    r"(?:第[0-9 一二三四五六七八九十百]+[条款项章节]|[0-9]{1,2}[.、](?![0-9])|[一二三四五六七八九十]{1,3}(?:、|是|要)"
    r"|（[0-9一二三四五六七八九十]{1,3}）)+"
)
_HEAD = regex(rf"(?:{_HEAD_WORDS})+")
_DATED = regex(r"[0-9年月底末旬内]")
_DATES = regex(_DATE_WORDS)
_VERBS = (
    "新建|改建|扩建|改扩建|新改建|新改扩建|新（改、扩）建|新开工|开工建设|开工|建设|建成投用|建成|建立|建好|建|新增|竣工|完成"
    "|实施|开展|组织|举办|承办|新培育|培育|培养|打造|创建|创办|开办|改造|升级改造|升级"
    "|提升改造|提升|打通|解决|支持|扶持|推动|推进|引进|引导|引入|安排|安置|选派|选聘|选树|划定|划出|设立|设置|下设|设|配备"
    "|配置|购置|采购|购买|发展|新发展|扩大|关停|关闭|淘汰|整治|治理|修复|修建|新修|维修|编制|制定|制订"
    "|出台|发布|发放|发行|筹集|筹建|争取|筹措|投入|投资|落实|办理|办好|查处|抽检|抽查|检查|监测|检测|监督|评选|评定|认定|选择"
    "|选取|选出|确定|培训|招聘|招录|招收|吸引|服务|帮扶|资助|救助|惠及|覆盖|达到|实现|力争|确保"
    "|给予|奖励|补贴|补助|处以|并处|处|罚|缴纳|提供|形成|申报|获得|获|取得|拥有|具有|含|包括|涉及|选|减少|增加|压减|化解|处置"
    "|盘活|收储|供应|出让|储备|保持|持有|召开|听取|布局|布局建设|加快|启动|谋划|储备|招引|签约|落地|投产|达产"
    "|入库|新入库|新签约|新引进|新认定|新获批|获批|新创建|新设立|新设|完善|整合|关停淘汰|收购|回收|造成|导致|发生|发现|出现"
    "|接受|接待|接收|受理|调解|侦破|破获|通过|列入|纳入|培育壮大|壮大|评为|确认|向上争取|动员|带动|参加|参与"
    "|至少|新|不少于|争创|再|增设|增配|分|共|缩减|精简|取消|下放|承接|调整|推出|推广|设有|辖|下辖|建有|建好|用|分成|分为|限"
    "|最多|需|提前|延长|缩短|超过|满|年满|未满|连续|为期|期限"
)
_PURE = regex(rf"(?:(?:{_VERBS})[、和及并]?|全[国省市县区]|本?[省市县区]|我[国省市县区]|各[省市县区地]|辖区内?|新)+")
_GIVING = regex(r"(?:给予|予以|发放|兑现)(?:企业|个人|单位|其|一次性|每[家户人年])*")
_INDICATOR = regex(r"(?:率|覆盖面)\Z")
_PAYER = regex(r"(?:企业|单位|个人|申请人|业主|当事人)+")
_AGENT = regex(r"(?:企业|单位|个人|其|该|每[家户人年]|申请人|业主|当事人|一次性|直接|财政|不)+")
_INNER_NUMBER = regex(r".*(?<![0-9.a-zA-Z])[0-9]{1,2}\.(?![0-9])")
# A不超过B的10%, 认定标准按B的1.5倍: what is measured is A. 市财政按B的40%: it is B.
_MEASURED_BY = regex(
    r"(?P<of>[^，。；]{2,}?)(?:不(?:得|能|应)?(?:超过|高于|低于|少于|突破)|(?<=[准额价量率费金数积例入值模力])(?:达到?|按照?"
    r"|相当于"
    r"|控制在|为))[^，。；]{2,}的\Z"
)
_LASTING = regex(r"(?:已)?连续[0-9一二三四五六七八九十]+个?(?:年|月|季度?|次)\Z")
_LEFT_TAIL = regex(
    r"(?:以(?:上一?年度?|去年)(?:同期|实际|完成)*|[、，：；。的和与或在对按每共从占只仅以已还尚仍“（ ]|(?<![惠涉普以])及"
    r"|(?<![理自])由|(?<![其集])中(?=[已还尚仍有]*\Z))*\Z"
)
_JOINT = regex(r".*(?<![暂况姑])(?:并且|且)(?=..)")
_NOMINAL = regex(
    r"(?:奖励|补贴|补助|资助|罚款|投资|服务|检查|培训|储备|收购|供应|销售|改造|治理|监测|抽检|收费|支付|缴纳|安置|处罚|投入"
    r"|发放|采购|维修|提供)\Z"
)
_OPEN_END = regex(r"(?:等|的|之|及|和|与|或|、|”|内|中|类|共|了|过|将|把)\Z")
_RIGHT_STOP = regex(
    r"进行|提供|逐步|予以|给予|用于|分别|并且|且|并|达到|低于|高于|(?<!理)由|向|按照|按|通过|，|：|；|。"
    r"|、(?=[^，。；]{0,8}[0-9])|其中"
)
_RIGHT_TAIL = regex(r"(?:中|里)?(?:已经?|现|共)?(?:有|达)?[的、，：；。和及与或“（]*\Z")
_GIVEN = regex(r"的?(?:标准)?(?:给予|予以|发放|安排|支付)(?=[^，。；：、的]{2})")
# Words that can't begin the noun after a figure; each with a look at what follows (300个就业岗位, 20个在建项目).
_NOT_A_NOUN = regex(
    r"(?:开通|健全|完善|实行|全线|全部|全面|正式|顺利|如期|支持(?!政策)|投入(?!产)|建成|分别|年内|当年|今年|全年|合计|总计|共计|以上|以下|以内|左右"
    r"|进行|予以|用于|计算(?!机)|执行|确定|计(?!算|量|生|划)|比(?!赛|武|例)|较|并(?!网|购)|且|或|和(?![谐平美])|及|与|以及|至"
    r"|到(?!期|户)"
    r"|为(?!民|农)|是|由|在(?!建|校|园|线|职|册|岗|编|研)|内(?!河|涝|部|贸|资|销|陆|科)|后(?!勤|备|期|续|扶)|前(?!期|沿|置)"
    r"|时(?!尚|装|政|段)"
    r"|不(?!动|良|达|锈|同)|未(?=[处查按经达完能发报及使动整到])|[减增提降缩压升][少加高低短减]?[到至为]|均(?!等|衡)|仅"
    r"|就(?!业|地|医|诊|读)"
    r"|都(?!市)|也|即|起(?!重)|止|扣(?=[0-9])|得(?=[0-9])|加(?=[0-9分])|者|的[，。；：）]?\Z|[，。；：）、])"
)
_OF = regex(r"的(?=[^的]{2,}\Z)")
_LONG = 26
_LONGEST = 40
_RIGHT_LONGEST = 20


@dataclass(slots=True)
class Phrase:
    """`text[start:end]` names what is measured. Not `strong` where it is only a verb."""

    start: int
    end: int
    strong: bool = True


def left_phrase(text: str, start: int, end: int) -> Phrase | None:
    """The naming phrase at the end of `text[start:end]`, weak where it is only verbs; None where nothing is left."""
    inner = _INNER_NUMBER.search(text, start, end)
    start = _after_adverbs(text, inner.end() if inner else start, end)
    of = _MEASURED_BY.match(text, start, end) if text[end - 1 : end] == "的" else None
    end = _without_tail(text, start, of.end("of") if of else end)
    if end - start < 2:
        return None
    given = False
    for giving in () if _INDICATOR.search(text, start, end) else _GIVING.finditer(text, start, end):
        given = True
        if end - giving.end() >= 2:
            start = giving.end()
        elif giving.end() == end:
            end = giving.start()
    joint = _JOINT.search(text, start, end)
    if joint:
        start = joint.end()
    start = _after_adverbs(text, start, end)
    against = BASELINE.match(text, start, end)
    if against and end - against.end() < 2:
        return None
    if end - start < 2 or (_AGENT.fullmatch(text, start, end) and (given or not _PAYER.fullmatch(text, start, end))):
        return None
    if _PURE.fullmatch(text, start, end):
        return Phrase(start, end, strong=False)
    return _shortened(text, start, end)


def nominal_phrase(text: str, start: int, end: int) -> Phrase | None:
    """A verb that stands for what it brings (奖励最高20万元): its last word as the phrase."""
    end = _without_tail(text, start, end)
    match = _NOMINAL.search(text, start, end)
    return Phrase(match.start(), match.end()) if match else None


def _after_adverbs(text: str, start: int, end: int) -> int:
    """Past numbering, time words, adverbs and light verbs at the start, never past all of it."""
    while start < end:
        for pattern in (_NUMBERING, _DATES, _HEAD, _ASIDE):
            match = pattern.match(text, start, end)
            if match and match.end() > start and (pattern is not _DATES or _DATED.search(match.group())):
                start = match.end()
                break
        else:
            return start
    return start


def _without_tail(text: str, start: int, end: int) -> int:
    lasting = _LASTING.search(text, start, end)
    if lasting:
        end = lasting.start()
    return max(start, _LEFT_TAIL.search(text, start, end).start())  # type: ignore[union-attr]


def _shortened(text: str, start: int, end: int) -> Phrase | None:
    """Long phrases keep the part after the last comma-like break or 的."""
    if end - start <= _LONG:
        return Phrase(start, end)
    of = _OF.search(text, max(start, end - _LONG), end)
    if of and end - of.end() >= 3:
        return Phrase(of.end(), end)
    if end - start > _LONGEST:
        cut = text.rfind("、", start, end - 3)
        start = cut + 1 if cut > end - _LONGEST else end - _LONG
    return Phrase(start, end)


def open_ended(text: str, start: int, end: int) -> bool:
    """True where the words before a figure wait for a noun after it (…路等10条, 新开工10个)."""
    return bool(_OPEN_END.search(text, start, end))


def right_phrase(text: str, start: int, end: int) -> Phrase | None:
    """The noun phrase right after a figure, within its clause; None where none follows."""
    end = min(end, len(text))
    start = _after_giving(text, start, end)
    while start < end and text[start] in "的（":
        if text[start] == "（":
            close = text.find("）", start, end)
            if close < 0:
                return None
            start = close
        start += 1
    if start >= end or _NOT_A_NOUN.match(text, start, end) or text[start].isdigit():
        return None
    stop = _RIGHT_STOP.search(text, start + 1, end)
    if stop:
        end = stop.start() if end - start > _RIGHT_LONGEST or stop.group() in "，：；。、" or stop.start() - start >= 2 else end
    end = min(end, start + _RIGHT_LONGEST + 8)
    opened = text.rfind("（", start, end)
    if opened > start and text.find("）", opened, end) < 0:
        end = opened
    end = _RIGHT_TAIL.search(text, start, end).start()  # type: ignore[union-attr]
    return Phrase(start, end) if end - start >= 1 else None


def _after_giving(text: str, start: int, end: int) -> int:
    """Past 的标准给予 and its like, where a noun follows."""
    match = _GIVEN.match(text, start, end)
    return match.end() if match else start


def enumeration(text: str, start: int, end: int, joints: str = "、和及与") -> tuple[Phrase, ...]:
    """The parts of `A、B和C` at bracket level 0, each a phrase; one part where it is no list."""
    parts: list[Phrase] = []
    depth = 0
    at = start
    for position in range(start, end):
        character = text[position]
        if character in "（《“":
            depth += 1
        elif character in "）》”":
            depth -= 1
        elif depth <= 0 and character in joints and (character == "、" or (position - at >= 2 and end - position >= 3)):
            parts.append(Phrase(at, position))
            at = position + 1
    parts.append(Phrase(at, end))
    return tuple(p for p in parts if p.end > p.start)
