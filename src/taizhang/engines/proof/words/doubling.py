"""Characters, words and clauses printed twice in a row. Knows which Chinese doublings are language: 常常, 层层, 扎扎实实."""

from collections.abc import Iterator

from taizhang.engines.proof.context import ProofContext
from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.rule import Concern, Outcome, rule
from taizhang.engines.proof.words.lexicon import is_pair
from taizhang.engines.proof.words.lines import Line, Lines, Place, lines_of, report
from taizhang.kernel.message import Message
from taizhang.kernel.patterns import regex

_TWICE = regex(r"([\u4e00-\u9fff])\1(?!\1)")
_NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿两")
# Doublings of official prose. Those that live in one set phrase are listed with its next character.
_REDUPLICATED = frozenset(
    "人个事件项条样处时天日月年户家村乡步层点代滴常往仅刚渐等谢慢缓轻悄默暗细微远深大早好明恰纷频屡每种多满稳紧牢整单统略稍连偏迟久"
    "看想听说试谈走坐拍摸笑算聊逛转帮救练妈爸爷奶哥姐弟妹叔伯娃宝熊洋蒸欣勃赫累滚茫漫悠滔冉熠栩彬楚津芸绵郁徐匆孜兢娓岌炯侃喋窃翩涓潺皑谆耿"
    "殷蠢遥惴浓沉呵哈咄斑茵霏融脉双足婆小厚暖当死鼓斯"
)
_IN_PHRASE = frozenset(
    {
        *("息息相", "恋恋不", "沾沾自", "虎虎生", "心心相", "头头是", "面面俱", "面面相", "环环相", "井井有", "念念不", "斤斤计"),
        *("源源不", "历历在", "比比皆", "夸夸其", "高高在", "跃跃欲", "拳拳之", "拳拳服", "朗朗上", "济济一", "节节攀", "节节高"),
        *("句句是", "字字千", "声声入", "门门精", "行行出", "关关过", "空空如", "白白浪", "长长的", "短短几", "短短的", "重重困"),
        *("重重关", "重重障", "网网相", "校校有", "镇镇通", "县县通", "班班通", "默默无", "草草收", "草草了", "死死盯", "死死守"),
        *("活生生", "立法法", "账账相"),
    }
)
_SUFFIX = frozenset("省市县区乡镇村街部委办厅局处科股室司署院所站校馆社党国年月日号人会团队线路河厂矿港州盟旗组级段班湖岛")
_COUNTED = frozenset("事点时步明日月年天户家件样层项处条个代滴")
_FUNCTION = frozenset("和与对为以由从向在经按有给让使")
_PREFIX = frozenset("全总副非新大多各本该高超反再老小")
_BEFORE_BODY = frozenset("由向经报对在与和及从按将给请同各受为")
_QUANTITY = frozenset("一这那每几")
_CLASSIFIER = frozenset(
    "个件项条样步层点代滴天年次座栋幢间片块道张页本份支枚颗粒棵束朵只头匹排行串批套台辆艘桩家户句声笔幅面阵股遍场双对级"
)
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚"
    "谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章"
    "鲁葛伍韦申尤毕聂丛焦向柳邢骆岳齐"
)


def _is_language(lines: Lines, place: Place) -> bool:
    """True where the doubling is good Chinese: a reduplicated word, two words that meet, a name."""
    character = place.match[1]
    before, after = place.before(2), place.after(2)
    left, right = before[-1:], after[:1]
    if character in _NUMERALS:
        return not (left.isdigit() and character in "百千万亿")
    if len(before) == len(after) == 2 and _is_usually_single(lines, place, before, after):
        return False
    if left.isdigit() and character in "年月日时分":
        return is_pair(character, right)  # 2025年年底, but not 4月月5日
    if is_pair(left, character) and is_pair(character, right):
        return True  # 抽检检测, 税收收入
    if character == "的":
        return left in "目标"  # 以营利为目的的, 交易标的的
    if character in _SUFFIX and _is_body_and_more(lines, place, before, right):
        return True
    if is_pair(character, right) and is_pair(before[:1], left) and _goes_on_otherwise(lines, place, before, right):
        return True  # 增值税税额, where the text prints 增值税 before other words too
    if (character in _FUNCTION and is_pair(left, character)) or (character in "和与对" and is_pair(character, right)):
        return "\u4e00" <= right <= "\u9fff"  # 可以以书面形式, 战争和和平
    if character in _PREFIX and is_pair(left, character) and is_pair(right, after[1:]):
        return True  # 健全全流程, 提高高科技
    if character * 2 + right in _IN_PHRASE or left + character * 2 in _IN_PHRASE:
        return True
    if (
        (left in _QUANTITY and character in _CLASSIFIER)
        or (len(after) == 2 and after[0] == after[1])
        or (len(before) == 2 and before[0] == before[1])
    ):
        return True  # 一件件, 扎扎实实
    if (
        left in _SURNAMES
        and not is_pair(left, character)
        and not "\u4e00" <= right <= "\u9fff"
        and not (len(before) > 1 and is_pair(before[0], left))
    ):
        return True  # 王冰冰
    if character not in _REDUPLICATED or (character in _COUNTED and is_pair(left, character)):
        return False  # 从事事房屋建筑, 按时时上报
    if character == "等":
        return is_pair(left, character) or not "\u4e00" <= right <= "\u9fff"
    # 层层 stands alone; in 工作人人员 or 高高质量 one of the two belongs to a phrase that the text prints elsewhere.
    return not (_is_alone(lines, place, character + after) or _is_alone(lines, place, before + character))


def _is_usually_single(lines: Lines, place: Place, before: str, after: str) -> bool:
    """True if the text prints the same words with one character, and far more often."""
    character = place.match[1]
    single = lines.count_near(before + character + after, place.line)
    if single > 0 and single > 2 * lines.count_near(before + character * 2 + after, place.line):
        return True
    if character in _FUNCTION or not "\u4e00" <= before[-1] <= "\u9fff" or not is_pair(after[0], after[1]):
        return False
    # 人民民政府 might be 人民 and 民政, were it not for 人民政府 and 政府
    single = lines.count_near(before[-1] + character + after, place.line)
    return single > 1 and lines.count_near(before[-1] + character * 2 + after, place.line) == 1


def _is_body_and_more(lines: Lines, place: Place, before: str, right: str) -> bool:
    """True for 宣传司司长, 、市市场监管局, and 三门峡市市级 where the text prints 门峡市 elsewhere."""
    character = place.match[1]
    if right in "长员":
        return True
    if not is_pair(character, right):
        return False
    name = before + character
    is_attested = len(name) > 2 and lines.count_near(name, place.line) > lines.count_near(name + character, place.line)
    return right in "级直属辖" or is_attested or not "\u4e00" <= before[-1:] <= "\u9fff" or before[-1] in _BEFORE_BODY


def _goes_on_otherwise(lines: Lines, place: Place, before: str, right: str) -> bool:
    """True if the text prints the words before the second of two like characters elsewhere, and followed by something else."""
    character = place.match[1]
    name = before + character
    if len(name) < 3:
        return False
    alike = lines.count_near(name + character, place.line) + lines.count_near(name + right, place.line)
    return lines.count_near(name, place.line) > alike


def _is_alone(lines: Lines, place: Place, phrase: str) -> bool:
    """True if the text prints the phrase twice or more with a single `character`."""
    if len(phrase) < 3:
        return False
    character = place.match[1]
    doubled = character + phrase if phrase[0] == character else phrase + character
    return lines.count_near(phrase, place.line) - lines.count_near(doubled, place.line) > 1


@rule(
    id="words.doubled-character",
    severity=Severity.ERROR,
    title="一个字印了两遍",
    why="重字是校对中最常见、读者一眼看到的差错。",
    concern=Concern.WORDS,
)
def doubled_character(context: ProofContext) -> Iterator[Outcome]:
    """A character twice in a row where neither a reduplicated word nor two words that meet explain it.

    Wrong:
        各县区要认真完成省下下达的年度搬迁任务，按时上报。
    Right:
        各县区要扎扎实实推进税收收入征管，层层压实责任，人人有专责。
    """
    lines = lines_of(context)
    for place in lines.search(_TWICE):
        if _is_language(lines, place):
            continue
        character = place.match[1]
        printed = place.before(2) + place.match.group() + place.after(2)
        yield report(
            doubled_character,
            place.line,
            place.line.span(max(0, place.start - 1), min(len(place.line.text), place.end + 1)),
            message=Message("“{printed}”里的“{character}”印了两遍", {"printed": printed, "character": character}),
            advice=Message("删去一个“{character}”", {"character": character}),
            declared=place.match.group(),
            computed=character,
        )


_WORD_TWICE = regex(r"([\u4e00-\u9fff]{2,8}?)\1|([0-9]+(?:\.[0-9]+)?[%\u4e00-\u9fff]{1,3})\2")
_DEGREE = frozenset("很多最极不太老越细大小")


def _is_meeting(place: Place, word: str) -> bool:
    """True for 一步一步, 越来越, 支队支队长, 很多很多."""
    if word[0] in _NUMERALS or word[0] == "的" or word[0] in _DEGREE or any(word[i] == word[i + 1] for i in range(len(word) - 1)):
        return True
    if place.after(1) in ("长", "员") or word.startswith(("第", "多少", "如何", "某")):
        return True
    return len(word) == 2 and not is_pair(word[0], word[1])


@rule(
    id="words.doubled-word",
    severity=Severity.ERROR,
    title="一个词印了两遍",
    why="重复的词使句子读不通，常是改稿时旧字未删。",
    concern=Concern.WORDS,
)
def doubled_word(context: ProofContext) -> Iterator[Outcome]:
    """A word of two to eight characters, or a figure with its unit, twice in a row. Of two characters it is a doubt: 服务服务.

    Wrong:
        各部门要进一步进一步压实责任，确保任务落实。
    Right:
        各部门要一步一步压实责任，一项一项抓好任务落实。
    """
    lines = lines_of(context)
    for place in lines.search(_WORD_TWICE):
        word = place.match[1] or place.match[2]
        if place.match[1] and _is_meeting(place, word):
            continue
        if len(word) == 2 and place.match[1] and lines.count_near(word * 2, place.line) > 1:
            continue  # 集装箱装箱 is how this text speaks
        yield report(
            doubled_word,
            place.line,
            place.span,
            message=Message("“{word}”连着印了两遍", {"word": word}),
            advice=Message("删去一个“{word}”；如确为两个词相连，可保留", {"word": word}),
            declared=place.match.group(),
            computed=word,
            severity=Severity.WARNING if len(word) == 2 and place.match[1] else None,
        )


_QUOTED_TWICE = regex(r"([“《〈‘])([^“”《》〈〉‘’\n]{1,30})([”》〉’])[、，和及与]?\1\2\3")


@rule(
    id="words.doubled-quotation",
    severity=Severity.ERROR,
    title="同一引语或书名连用两次",
    why="并列的两项相同，必有一项写错或多余。",
    concern=Concern.WORDS,
)
def doubled_quotation(context: ProofContext) -> Iterator[Outcome]:
    """The same quoted word or title twice side by side.

    Wrong:
        园区吸引了一批“创客”“创客”等人才聚集。
    Right:
        园区吸引了一批“极客”“创客”等人才聚集。
    """
    for place in lines_of(context).search(_QUOTED_TWICE):
        quoted = place.match[1] + place.match[2] + place.match[3]
        yield report(
            doubled_quotation,
            place.line,
            place.span,
            message=Message("{quoted}连着出现两次", {"quoted": quoted}),
            advice=Message("核对原稿：两项应有一项是别的词，否则删去一项"),
            declared=place.match.group(),
            computed=quoted,
        )


_SEGMENT = regex(r"[^，。；：！？（）“”《》\n]+")
_JOINED = regex(r"[的和或及与对由将被向为在]")
_BODY = regex(r"(?:局|委|办|厅|部|院|会|联|政府|公司|银行|中心|处|社|台|站|所|队|校|支行|分行)$")


@rule(
    id="words.repeated-in-list",
    severity=Severity.WARNING,
    title="并列项中同一项出现两次",
    why="顿号并列的各项不应相同，重复的一项可能顶替了漏掉的一项。",
    concern=Concern.WORDS,
)
def repeated_in_list(context: ProofContext) -> Iterator[Outcome]:
    """The same item twice in one list with 、. Lists of bodies have their own rule.

    Wrong:
        加强城市道路、桥梁、管网、桥梁、泵站等设施维护。
    Right:
        加强城市道路、桥梁、管网、泵站等设施维护。
    """
    for line in lines_of(context).lines:
        if line.text.count("、") > 1:
            for segment in _SEGMENT.finditer(line.text):
                if segment.group().count("、") > 1:
                    yield from _items_twice(line, segment.group(), segment.start())


def _items_twice(line: Line, listing: str, at: int) -> Iterator[Outcome]:
    seen: dict[str, int] = {}
    for printed in listing.split("、"):
        item, length = printed.partition("等")[0], len(printed)
        if len(item) > 8 or _JOINED.search(item):
            seen.clear()  # a clause stands between: 省、自治区、直辖市人民政府批准……省、自治区
        elif item in seen and len(item) > 1 and not _BODY.search(item) and not item[0].isdigit():
            yield report(
                repeated_in_list,
                line,
                line.span(at, at + len(item)),
                line.span(seen[item], seen[item] + len(item)),
                message=Message("并列各项中“{item}”出现两次", {"item": item}),
                advice=Message("删去重复的一项，或核对应为哪一项"),
                declared=f"{item}×2",
                computed=item,
            )
        seen.setdefault(item, at)
        at += length + 1


_SENTENCE = regex(r"[^。；！？\n]{14,}[。；！？]")
_CLAUSE = regex(r"[^，。；：！？（）“”\n]{10,}")


@rule(
    id="words.repeated-sentence",
    severity=Severity.WARNING,
    title="一句话在一段里出现两次",
    why="同一段里整句重复，多是粘贴时多贴了一次。",
    concern=Concern.WORDS,
)
def repeated_sentence(context: ProofContext) -> Iterator[Outcome]:
    """The same sentence twice in a row, or a clause of ten characters twice in a row. With other words between it is a note.

    Wrong:
        各地要加强组织领导。各地要加强日常监督检查和考核评价工作。各地要加强日常监督检查和考核评价工作。
    Right:
        各地要加强组织领导，明确责任分工。各地要加强日常监督检查和考核评价工作。
    """
    for line in lines_of(context).lines:
        if len(line.text) < 20 or line.is_cell:
            continue
        yield from _sentences_twice(line)


def _sentences_twice(line: Line) -> Iterator[Outcome]:
    seen: dict[str, int] = {}
    parts = _CLAUSE.findall(line.text)
    if len(set(parts)) == len(parts):
        return
    for match in _SENTENCE.finditer(line.text):
        words = match.group()
        if words in seen:
            yield _twice(line, words, match.start(), seen[words])
        seen.setdefault(words, match.start())
        clauses: dict[str, int] = {}
        for clause in _CLAUSE.finditer(words):
            text = clause.group()
            at = match.start() + clause.start()
            if text in clauses and text[-1] != "的":
                yield _twice(line, text, at, clauses[text])
            clauses.setdefault(text, at)


def _twice(line: Line, words: str, at: int, first: int) -> Outcome:
    is_next = at - first - len(words) < 2
    return report(
        repeated_sentence,
        line,
        line.span(at, at + len(words)),
        line.span(first, first + len(words)),
        message=Message("“{words}”在这里出现两次", {"words": words if len(words) < 30 else words[:28] + "……"}),
        advice=Message("删去重复的一处；如为并列，核对是否有一处应为别的内容"),
        severity=None if is_next else Severity.NOTE,
    )


RULES = (doubled_character, doubled_word, doubled_quotation, repeated_in_list, repeated_sentence)
