"""What a document says it rests on: acts and documents that its opening names after 根据, 为贯彻落实 and the like."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from taizhang.apps.gazettes.models import Clause, Document, State
from taizhang.apps.gazettes.queries import canonical_address

_OPENING = 8  # clauses; what stands later is a rule's own reference
_MOST = 5
_RESTS_ON = re.compile(r"(?:根据|依据|按照|遵照|依照|贯彻(?:落实|执行)?|落实)([^。；;]{2,300})")
_NUMBER = (
    r"[\u3400-\u9fff]{1,12}[〔\[［【（(]\s*\d{4}\s*[〕\]］】）)]\s*\d{1,5}\s*号|[\u3400-\u9fff]{1,10}令\s*第?\s*\d{1,5}\s*号"
)
_SPACE = re.compile(r"\s+")
_NAMED = re.compile(rf"《([^《》]{{2,60}}(?:《[^《》]{{1,60}}》[^《》]{{0,20}})?)》(?:[(（]({_NUMBER})[)）])?|({_NUMBER})")


@dataclass(frozen=True, slots=True)
class Ground:
    """An act or document as it is named; `number` empty where none is printed, `slug` of the document where it was adopted."""

    name: str
    number: str
    slug: str = ""


def grounds_of(document: Document) -> list[Ground]:
    """What the opening of a document rests on, in printed order, at most five. Two queries."""
    texts = Clause.objects.filter(document=document).order_by("ordinal").values_list("text", flat=True)[:_OPENING]
    named = named_in(texts)
    numbers = [ground.number for ground in named if ground.number]
    adopted = Document.objects.filter(slug__in=numbers, edition__state=State.ADOPTED).exclude(pk=document.pk)
    known = set(adopted.values_list("slug", flat=True)) if numbers else set()
    return [Ground(g.name, g.number, g.number if g.number in known else "") for g in named if g.number != document.slug]


def named_in(texts: Iterable[str]) -> list[Ground]:
    """Acts and documents that the first of the texts to name any rests on.

    >>> [(g.name, g.number) for g in named_in(["根据《中华人民共和国预算法》和省政府文件（豫政办[2016]222号），制定本办法。"])]
    [('中华人民共和国预算法', ''), ('', '豫政办〔2016〕222号')]

    >>> [(g.name, g.number) for g in named_in(["为贯彻落实《条例》(国务院令 第 711 号)和《意见》(豫办〔2016〕60 号)，"])]
    [('条例', '国务院令第711号'), ('意见', '豫办〔2016〕60号')]
    """
    for text in texts:
        for sentence in _RESTS_ON.findall(text):
            found = dict.fromkeys(
                Ground(match[1] or "", canonical_address(_SPACE.sub("", match[2] or match[3] or "")))
                for match in _NAMED.finditer(sentence)
            )
            if found:
                return list(found)[:_MOST]
    return []
