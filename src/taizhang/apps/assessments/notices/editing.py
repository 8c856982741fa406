"""A draft's words as a form shows them: figures stand as tokens that name their record, so that words move and figures don't."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from taizhang.apps.assessments.notices.facts import Facts
from taizhang.engines.office.notice import (
    Figure,
    Notice,
    NoticeHeading,
    NoticeParagraph,
    NoticeTable,
    Run,
    notice_to_json,
    run_to_json,
)

# 【93.10@score:3】: a figure and the record it comes from.
_TOKEN = re.compile(r"【([^【】@]*)@([a-z]+:\d+)】")


@dataclass(frozen=True, slots=True)
class EditBlock:
    """A block of the form. `kind` heading, paragraph or table; a table's words are not edited, only kept or taken out."""

    number: int
    kind: str
    level: int
    text: str


def token(figure: Figure) -> str:
    """How a figure stands in the form's text."""
    return f"【{figure.text}@{figure.record}】"


def editable(notice: Notice) -> list[EditBlock]:
    """The blocks of a draft as a form shows them."""
    return [_block(number, block) for number, block in enumerate(notice.blocks)]


def _block(number: int, block: NoticeHeading | NoticeParagraph | NoticeTable) -> EditBlock:
    match block:
        case NoticeHeading(text, level):
            return EditBlock(number, "heading", level, text)
        case NoticeParagraph(runs):
            return EditBlock(number, "paragraph", 0, "".join(run if isinstance(run, str) else token(run) for run in runs))
        case NoticeTable(caption, _, rows):
            return EditBlock(number, "table", 0, f"{caption}（{len(rows)} 行）")


def edited(
    notice: Notice, facts: Facts, *, title: str, addressees: str, texts: Mapping[int, str], more: Sequence[str] = ()
) -> Any:
    """The content of a draft with other words: `texts` by number of block (a block whose text is empty goes, one that isn't named
    stays), `more` are new paragraphs at the end. Whether its figures are the run's is the operation's to check."""
    known = facts.known()
    content = notice_to_json(notice)
    blocks = []
    for number, (block, old) in enumerate(zip(notice.blocks, content["blocks"], strict=True)):
        text = texts.get(number)
        if text is None or isinstance(block, NoticeTable):
            if text is None or text.strip():
                blocks.append(old)
        elif text.strip() and isinstance(block, NoticeHeading):
            blocks.append({**old, "text": text.strip()})
        elif text.strip():
            blocks.append(_paragraph(text, known))
    blocks += [_paragraph(text, known) for text in more if text.strip()]
    return {**content, "title": title.strip(), "addressees": addressees.strip(), "blocks": blocks}


def _paragraph(text: str, known: Mapping[tuple[str, str], bool]) -> dict[str, Any]:
    words = " ".join(text.split("\n")).strip()
    runs: list[Run] = []
    at = 0
    for found in _TOKEN.finditer(words):
        if found.start() > at:
            runs.append(words[at : found.start()])
        figure, record = found.groups()
        runs.append(Figure(figure, record, is_unknown=known.get((record, figure), False)))
        at = found.end()
    if at < len(words):
        runs.append(words[at:])
    return {"kind": "paragraph", "runs": [run_to_json(run) for run in runs]}
