"""Where documents begin and end among the blocks of a text, and which carries which.

Signals, strongest first: a line that is a 文号 with a title beside it; a title listed in the table of contents; a title after a
signature and date (what a 通知 carries); a 附件 label; numbering that starts anew under a title.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from taizhang.engines.gazette import frame
from taizhang.engines.gazette.blocks import Block
from taizhang.engines.gazette.frame import squeezed
from taizhang.engines.gazette.model import ContentsEntry
from taizhang.kernel.patterns import regex

_LETTERHEAD = regex(r"文件\Z")
_LABELLED = regex(r"[\u4e00-\u9fff][\u4e00-\u9fff\s]{1,8}[:：]")
_SELF_STANDING = frozenset({"办法", "条例", "规定", "细则", "规则", "规范", "法"})
_HEAD_DEPTH = 12
_CHROME_TAIL = 6
_CHROME_LINE = 40
_TOP_LEVELS = ("part", "chapter", "section.cn", "article", "decimal1")


@dataclass(slots=True)
class Plan:
    """A document to build: blocks `start` to `end`; `title` and `number` are block indexes, `label` the annex label's."""

    role: str
    start: int
    end: int
    title: list[int]
    number: int | None = None
    label: int | None = None
    children: list["Plan"] = field(default_factory=list)


def plan_documents(blocks: list[Block], contents: tuple[ContentsEntry, ...]) -> list[Plan]:
    """Main documents in printed order, each with the documents nested in it. Blocks before the first are the front."""
    heads = _numbered_heads(blocks)
    heads += _listed_heads(blocks, contents, heads)
    if not heads:
        heads = [_unnumbered_head(blocks)] if blocks else []
    heads.sort(key=lambda plan: plan.start)
    for plan, following in pairwise(heads):
        plan.end = following.start
    plans = []
    for plan in heads:
        _plan_nested(blocks, plan)
        plans += _with_sisters(blocks, plan)
    return plans


def _with_sisters(blocks: list[Block], plan: Plan) -> list[Plan]:
    """A measure printed after another measure is its sister: only a notice, letter or order carries a document."""
    kind = frame.kind_of_title(joined_title(blocks, plan.title))
    sisters = [c for c in plan.children if c.role == "carried" and plan.number is None and kind in _SELF_STANDING]
    if not sisters:
        return [plan]
    plan.children = [c for c in plan.children if c not in sisters]
    plan.end = min(s.start for s in sisters)
    for sister in sisters:
        sister.role = "main"
    return [plan, *sisters]


def _is_title_block(block: Block) -> bool:
    if block.titleish is None:
        block.titleish = _could_be_title(block)
    return block.titleish


def _could_be_title(block: Block) -> bool:
    text = block.text
    return (
        block.kind == "text"
        and block.marker is None
        and frame.is_title_like(text)
        and frame.document_number(text, 0) is None
        and not frame.is_stamp(text)
        and not frame.annex_label(text)
        and not frame.box_caption(text)
        and squeezed(text) not in ("目录", "目次")
        and not _LABELLED.match(text)
        and not (frame.is_bracketed(text) and len(text) > 12)
    )


def _title_before(blocks: list[Block], index: int, floor: int) -> list[int]:
    found: list[int] = []
    at = index - 1
    while at >= floor and index - at <= 6 and _is_title_block(blocks[at]):
        text = squeezed(blocks[at].text)
        below = squeezed(blocks[found[0]].text) if found else ""
        if not below or (below.startswith(("关于", "印发", "转发")) and frame.is_body(text)):
            found.insert(0, at)
        elif _is_whole_title(blocks, found) or _LETTERHEAD.search(text) or (below.startswith("关于") and not frame.is_body(text)):
            break
        else:
            found.insert(0, at)
        at -= 1
    return _up_to_kind(blocks, found)


def _is_whole_title(blocks: list[Block], found: list[int]) -> bool:
    joined = joined_title(blocks, found)
    return bool(frame.issuers_of_title(blocks[found[0]].text)) or ("关于" in joined and not joined.startswith("关于"))


def _up_to_kind(blocks: list[Block], found: list[int]) -> list[int]:
    """Without the lines after the one that names the kind (a web page's 分享到 between title and number)."""
    for position in range(len(found), 0, -1):
        if frame.kind_of_title(joined_title(blocks, found[:position])) and "关于" in joined_title(blocks, found[:position]):
            return found[:position]
    return found


def _title_after(blocks: list[Block], index: int) -> list[int]:
    found: list[int] = []
    at = index + 1
    while at < len(blocks) and len(found) < 5 and _is_title_block(blocks[at]):
        found.append(at)
        if frame.kind_of_title(blocks[at].text):
            break
        at += 1
    joined = "".join(squeezed(blocks[i].text) for i in found)
    return found if frame.kind_of_title(joined) or "关于" in joined else []


def _numbered_heads(blocks: list[Block]) -> list[Plan]:
    heads: list[Plan] = []
    floor = 0
    for index, block in enumerate(blocks):
        if block.kind != "text" or block.marker is not None or len(block.text) > 60:
            continue
        number = frame.document_number(block.text, block.start)
        above = squeezed(blocks[index - 1].text) if index > floor else ""
        if number is None and not (above and frame.bare_order_number(block.text, above, block.start)):
            continue
        title = _title_before(blocks, index, floor)
        joined = "".join(squeezed(blocks[i].text) for i in title)
        if not (frame.kind_of_title(joined) or "关于" in joined) or _LETTERHEAD.search(joined) or number is None:
            title = _title_after(blocks, index) or ([] if _LETTERHEAD.search(joined) else title)
        if not title:
            continue
        start = min(index, title[0])
        while start > floor and _is_letterhead(blocks[start - 1], number is None):
            start -= 1
        heads.append(Plan("main", start, len(blocks), title, index))
        floor = max(index, title[-1]) + 1
    return _without_echoes(blocks, heads)


def _is_letterhead(block: Block, is_order: bool) -> bool:
    text = squeezed(block.text)
    return (
        block.kind == "text"
        and len(text) < 40
        and (bool(_LETTERHEAD.search(text) and frame.is_body(text[:-2])) or (is_order and text.endswith(("令", "公告", "通告"))))
    )


def _without_echoes(blocks: list[Block], heads: list[Plan]) -> list[Plan]:
    """Drop a head that a web page prints again in its information box: same number, nothing but labels under it."""
    kept: list[Plan] = []
    for position, plan in enumerate(heads):
        end = heads[position + 1].start if position + 1 < len(heads) else len(blocks)
        has_body = any(frame.ends_sentence(b.text) or b.kind == "row" or b.marker for b in blocks[plan.title[-1] + 1 : end])
        if has_body or len(heads) == 1:
            kept.append(plan)
    return kept or heads[:1]


def _listed_heads(blocks: list[Block], contents: tuple[ContentsEntry, ...], heads: list[Plan]) -> list[Plan]:
    """Titles of the table of contents that stand over a text and carry no number."""
    if not contents:
        return []
    taken = {squeezed("".join(blocks[i].text for i in plan.title)) for plan in heads}
    after = max(entry.span.end for entry in contents)
    wanted = {re.sub(r"[(（][^)）]{2,12}[)）]\Z", "", entry.title) for entry in contents} - taken
    found: list[Plan] = []
    for index, block in enumerate(blocks):
        if block.start < after or not _is_title_block(block):
            continue
        run: list[int] = []
        joined = ""
        for at in range(index, min(index + 4, len(blocks))):
            if not _is_title_block(blocks[at]):
                break
            run.append(at)
            joined += squeezed(blocks[at].text)
            if joined in wanted:
                found.append(Plan("main", index, len(blocks), list(run)))
                wanted.discard(joined)
                break
            if len(joined) > 100:
                break
    return found


def _unnumbered_head(blocks: list[Block]) -> Plan:
    """The best title of a text without any 文号: a Markdown title, or the first run that names a kind, or the first line."""
    for index, block in enumerate(blocks):
        if block.depth == 1:
            return Plan("main", index, len(blocks), [index])
    limit = next(
        (i for i, b in enumerate(blocks) if b.kind == "row" or (frame.ends_sentence(b.text) and len(b.text) > 40)), len(blocks)
    )
    best: list[int] = []
    index = 0
    while index < min(limit + 1, len(blocks)):
        run: list[int] = []
        while index < len(blocks) and len(run) < 4 and _is_title_block(blocks[index]):
            run.append(index)
            joined = "".join(squeezed(blocks[i].text) for i in run)
            index += 1
            if frame.kind_of_title(joined) and len(joined) >= 5:
                break
        joined = "".join(squeezed(blocks[i].text) for i in run)
        if run and frame.kind_of_title(joined) and len(joined) >= 5:
            start = _start_of_title(blocks, run)
            if not best or "关于" in joined:
                best = start
            if "关于" in joined or not _title_follows(blocks, index, limit):
                break
        if not run:
            index += 1
    if not best:
        best = [i for i, b in enumerate(blocks[: limit + 1]) if _is_title_block(b)][:1]
    return Plan("main", best[0] if best else 0, len(blocks), best)


def _start_of_title(blocks: list[Block], run: list[int]) -> list[int]:
    """The part of a run of title-like lines that is the title: from its issuing body or its last long line on."""
    for position, index in enumerate(run):
        text = blocks[index].text
        if frame.issuers_of_title(text) or frame.bodies_of_signature(text):
            return run[position:]
    for position, index in enumerate(run):
        if len(squeezed(blocks[index].text)) >= 8:
            return run[position:]
    return run[-1:]


def _title_follows(blocks: list[Block], index: int, limit: int) -> bool:
    tail = blocks[index : min(index + _HEAD_DEPTH, limit)]
    return any(_is_title_block(b) and "关于" in b.text and frame.kind_of_title(b.text) for b in tail)


def closing_lines(blocks: list[Block], index: int, end: int) -> int:
    """How many blocks from `index` sign a document off: bodies and date, or a date alone, and the notes after; 0 if none."""
    at = index
    while at < end and blocks[at].kind == "text" and blocks[at].marker is None and at - index < 6:
        text = blocks[at].text
        if frame.signed_date(text) or frame.date_line(text):
            at += 1
            while at < end and frame.is_stamp(blocks[at].text):
                at += 1
            return at - index
        if not frame.bodies_of_signature(text):
            return 0
        at += 1
    return 0


def _plan_nested(blocks: list[Block], plan: Plan) -> None:
    """Find what `plan` carries and its annexes, and end it before the menus of a web page."""
    body = _after_head(plan)
    current = plan
    has_top = False
    index = body
    while index < plan.end:
        block = blocks[index]
        closing = closing_lines(blocks, index, plan.end) if not block.marker else 0
        if closing:
            index += closing
            title = _carried_title(blocks, index, plan.end)
            if title:
                current = _open(blocks, plan, "carried", title, None)
                has_top, index = False, title[-1] + 1
            continue
        label = frame.annex_label(block.text) if block.kind == "text" and block.marker is None else None
        if label and not _is_annex_list(blocks, index, plan.end, label):
            host = current if current.role == "carried" else plan
            if current.role == "annex":
                host = _host_of(plan, current)
            title = _annex_title(blocks, index, plan.end)
            current = _open(blocks, host, "annex", title, index)
            has_top, index = False, (title[-1] if title else index) + 1
            continue
        if has_top and current.role != "annex" and _is_title_block(block) and _restarts(blocks, index, plan.end):
            current = _open(blocks, plan, "carried", [index], None)
            has_top = False
        elif block.marker and block.marker.level in _TOP_LEVELS:
            has_top = True
        index += 1
    _close_nested(plan)


def _after_head(plan: Plan) -> int:
    """Index after the title, number and label of a document."""
    marks = [*plan.title, *(i for i in (plan.number, plan.label) if i is not None)]
    return max(marks) + 1 if marks else plan.start


def _open(blocks: list[Block], host: Plan, role: str, title: list[int], label: int | None) -> Plan:
    start = label if label is not None else title[0]
    nested = Plan(role, start, len(blocks), title, None, label)
    host.children.append(nested)
    return nested


def _host_of(plan: Plan, nested: Plan) -> Plan:
    return next((child for child in plan.children if nested in child.children), plan)


def _close_nested(plan: Plan) -> None:
    for child, following in pairwise(plan.children):
        child.end = following.start
    if plan.children:
        plan.children[-1].end = plan.end
    for child in plan.children:
        _close_nested(child)


def _carried_title(blocks: list[Block], index: int, end: int) -> list[int]:
    """Title lines at `index` if a document follows there: they name a kind, or numbering or prose stands under them."""
    run: list[int] = []
    at = index
    while at < end and len(run) < 4 and _is_title_block(blocks[at]) and not closing_lines(blocks, at, end):
        run.append(at)
        at += 1
        if frame.kind_of_title("".join(squeezed(blocks[i].text) for i in run)) and not (
            at < end and _is_title_block(blocks[at]) and frame.kind_of_title(blocks[at].text) and len(run) < 2
        ):
            break
    if not run or at >= end:
        return []
    joined = "".join(squeezed(blocks[i].text) for i in run)
    under = next((b for b in blocks[at : min(at + 4, end)] if not frame.is_bracketed(b.text)), None)
    if under is None or len(joined) < 4:
        return []
    is_structural = under.marker is not None and under.marker.value == 1
    is_prose = (frame.ends_sentence(under.text) and len(under.text) > 30) or frame.is_addressee(under.text)
    named = frame.kind_of_title(joined) is not None
    contents = squeezed(under.text) in ("目录", "目次")
    return (
        run
        if contents
        or (named and (is_structural or is_prose or under.kind == "row"))
        or (is_structural and not _is_division(joined))
        else []
    )


def _is_division(text: str) -> bool:
    return frame.is_body(text) and "关于" not in text


def _is_annex_list(blocks: list[Block], index: int, end: int, label: tuple[str, str, bool]) -> bool:
    """True for the line that lists annexes before the signature, False for the label that opens one."""
    _, rest, has_colon = label
    if index + 1 >= end:
        return True
    following = blocks[index + 1]
    if not rest:
        return bool(has_colon and following.marker is not None and closing_lines(blocks, index + 2, end))
    if following.kind == "row":
        return False
    if not has_colon:
        return False
    later = blocks[index + 1 : min(index + 10, end)]
    if any(frame.annex_label(b.text) and not frame.annex_label(b.text)[1] for b in later if b.kind == "text"):  # type: ignore[index]
        return True
    if any(closing_lines(blocks, i, end) for i in range(index + 1, min(index + 8, end))):
        return True
    return following.marker is None and not (frame.ends_sentence(following.text) or frame.is_title_like(following.text))


def _annex_title(blocks: list[Block], index: int, end: int) -> list[int]:
    run: list[int] = []
    at = index + 1
    while at < end and len(run) < 3 and _is_title_block(blocks[at]) and len(blocks[at].text) <= 60:
        text = blocks[at].text
        if run and (
            frame.is_bracketed(text) or re.match(r"单位\s*[:：]", text) or frame.kind_of_title(joined_title(blocks, run))
        ):
            break
        run.append(at)
        at += 1
    return run


def joined_title(blocks: list[Block], indexes: list[int]) -> str:
    """Title of several lines without white space."""
    return "".join(squeezed(blocks[i].text) for i in indexes)


def _restarts(blocks: list[Block], index: int, end: int) -> bool:
    """True if a title-like line, not the name of a body, is followed at once by numbering that starts anew at the top."""
    if index + 1 >= end or len(blocks[index].text) < 6 or frame.is_body(frame.without_points(blocks[index].text)):
        return False
    marker = blocks[index + 1].marker
    return marker is not None and marker.value == 1 and marker.level in ("chapter", "section.cn", "part")


def chrome_tail(blocks: list[Block], plan: Plan) -> int:
    """Index after the last block that belongs to a document taken from a web page; what follows is menus."""
    end = plan.end
    body = _after_head(plan)
    last_nested = plan.children[-1] if plan.children else None
    floor = body
    if last_nested is not None:
        floor = _after_head(last_nested)
    for index in range(floor, end):
        closing = closing_lines(blocks, index, end) if blocks[index].marker is None else 0
        if closing and not _has_substance(blocks, index + closing, end):
            return index + closing
    at = end
    while at > floor and _is_menu_line(blocks[at - 1]):
        at -= 1
    return at if end - at >= _CHROME_TAIL else end


def _is_menu_line(block: Block) -> bool:
    text = block.text
    return (
        block.kind == "text"
        and block.marker is None
        and len(text) <= _CHROME_LINE
        and not frame.ends_sentence(text)
        and not frame.date_line(text)
        and not frame.is_stamp(text)
    )


def _has_substance(blocks: list[Block], start: int, end: int) -> bool:
    return any(
        b.kind == "row" or b.marker is not None or (frame.ends_sentence(b.text) and len(b.text) > 30) or frame.annex_label(b.text)
        for b in blocks[start:end]
    )
