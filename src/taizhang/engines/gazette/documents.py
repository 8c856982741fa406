"""Build documents from their plans: the frame, the clause tree, the tables, what they carry."""

import re
from datetime import date

from taizhang.engines.gazette import frame, outline
from taizhang.engines.gazette.blocks import Block
from taizhang.engines.gazette.frame import squeezed
from taizhang.engines.gazette.model import Diagnostic, Document, DocumentNumber, Furniture
from taizhang.engines.gazette.outline import Plan
from taizhang.engines.gazette.tree import TreeBuilder
from taizhang.kernel.dates import first_day_in
from taizhang.kernel.patterns import regex
from taizhang.kernel.spans import Span

_DATE_FIRST = regex(r"[(（]?\s*[12]\d{3}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
_HEAD_DATE = regex(r"通过|批准|公布|修[订正]|印发|成文|发布|[(（].*日.*[)）]|——")
_ADOPTED_BY = regex(
    r"日\s*(?:在)?(?P<body>[\u4e00-\u9fff]{0,12}?)(?:第[一二三四五六七八九十]+届)?(?P<kind>(?:全国)?人民代表大会(?:常务委员会)?)第"
)
_STRUCTURAL = ("section.cn", "subsection", "item", "article", "chapter", "decimal1")
_NUMBER_AT_END = regex(
    r"[(（\s]\s*(?P<number>[\u4e00-\u9fff]{2,12}\s*[〔\[［【(（]\s*(?:19|20)\d\d\s*[〕\]］】)）]\s*\d{1,5}\s*号)\s*[)）]?\Z"
)
_ADOPTION_AT_END = regex(r"[(（][^()（）]*日[^()（）]*(?:通过|公布|批准|修[订正]|发布|印发)[^()（）]*[)）]\Z")
_DIVISION_LENGTH = 40


class DocumentReader:
    """Reads one planned document; collects diagnostics."""

    def __init__(self, blocks: list[Block], diagnostics: list[Diagnostic], furniture: list[Furniture]) -> None:
        self.blocks = blocks
        self.diagnostics = diagnostics
        self.furniture = furniture

    def read(self, plan: Plan, identifier: str) -> Document:
        """The document of `plan` with all nested in it."""
        nested = tuple(self.read(child, f"{identifier}!{child.role}-{ordinal}") for child, ordinal in _numbered(plan.children))
        indexes = _own_indexes(plan)
        builder = TreeBuilder(_articles_stand_in_sections([self.blocks[i] for i in indexes]))
        frame_reader = _FrameReader(self.blocks, plan, builder, indexes)
        frame_reader.run()
        nodes = builder.build()
        self.diagnostics.extend(builder.diagnostics)
        self.furniture.extend(builder.furniture)
        title, number = self._number_in_title(plan)
        title, adoption = self._adoption_in_title(plan, title)
        frame_reader.note_adoption(adoption)
        start, end = self.blocks[plan.start].start, max(self.blocks[i].end for i in [*indexes, plan.end - 1])
        issuers = frame_reader.signers or self._issuers_of_title(plan) or frame_reader.adopters
        if len(issuers) > 1 and title.startswith("".join(issuers)):
            title = " ".join(issuers) + title[len("".join(issuers)) :]
        return Document(
            id=identifier,
            role=plan.role,
            kind=frame.kind_of_title(title),
            title=title,
            title_span=self._title_span(plan),
            number=self.number_of(plan) or number or frame_reader.order,
            issuers=issuers,
            addressees=frame_reader.addressees,
            issued_on=frame_reader.issued_on or frame_reader.head_date,
            span=Span(start, end),
            nodes=nodes,
            tables=tuple(builder.tables),
            documents=nested,
        )

    def _title(self, plan: Plan) -> str:
        return outline.joined_title(self.blocks, plan.title)

    def _title_span(self, plan: Plan) -> Span:
        if not plan.title:
            return Span(self.blocks[plan.start].start, self.blocks[plan.start].end)
        return Span(self.blocks[plan.title[0]].start, self.blocks[plan.title[-1]].end)

    def _issuers_of_title(self, plan: Plan) -> tuple[str, ...]:
        if plan.role != "main":
            return ()
        return frame.issuers_of_title("\n".join(self.blocks[i].text for i in plan.title)) or frame.issuers_of_title(
            self._title(plan)
        )

    def number_of(self, plan: Plan) -> DocumentNumber | None:
        """The 文号 of a planned document."""
        if plan.number is None:
            return None
        block = self.blocks[plan.number]
        number = frame.document_number(block.text, block.start)
        if number is None and plan.number > 0:
            number = frame.bare_order_number(block.text, squeezed(self.blocks[plan.number - 1].text), block.start)
        return number

    def _adoption_in_title(self, plan: Plan, title: str) -> tuple[str, str]:
        """Title without the bracket that tells when and by whom it was adopted, and that bracket."""
        match = _ADOPTION_AT_END.search(title)
        return (title[: match.start()], match.group()) if match and plan.title else (title, "")

    def _number_in_title(self, plan: Plan) -> tuple[str, DocumentNumber | None]:
        """Title without the 文号 that is printed in brackets or after a gap at its end, and that number."""
        title = self._title(plan)
        if not plan.title:
            return title, None
        last = self.blocks[plan.title[-1]]
        match = _NUMBER_AT_END.search(last.text)
        number = frame.document_number(match["number"], last.reading.place(match.start("number"))) if match else None
        if match is None or number is None:
            return title, None
        return title.removesuffix(squeezed(match.group())), number


def _numbered(children: list[Plan]) -> list[tuple[Plan, int]]:
    counts: dict[str, int] = {}
    out = []
    for child in children:
        counts[child.role] = counts.get(child.role, 0) + 1
        out.append((child, counts[child.role]))
    return out


def _own_indexes(plan: Plan) -> list[int]:
    taken = {i for child in plan.children for i in range(child.start, child.end)}
    return [i for i in range(plan.start, plan.end) if i not in taken]


def _articles_stand_in_sections(blocks: list[Block]) -> bool:
    """True where 一、 sections stand above 第N条, as in local policies; in laws articles stand above."""
    for block in blocks:
        if block.marker is None:
            continue
        if block.marker.level == "article":
            return False
        if block.marker.level == "section.cn":
            return any(b.marker is not None and b.marker.level == "article" for b in blocks)
    return False


class _FrameReader:
    """Walks a document's blocks in order and hands each to the tree as what it is."""

    def __init__(self, blocks: list[Block], plan: Plan, builder: TreeBuilder, indexes: list[int]) -> None:
        self.blocks = blocks
        self.plan = plan
        self.builder = builder
        self.indexes = indexes
        self.end = indexes[-1] + 1 if indexes else plan.end
        self.in_head = True
        self.signers: tuple[str, ...] = ()
        self.adopters: tuple[str, ...] = ()
        self.addressees: tuple[str, ...] = ()
        self.issued_on: date | None = None
        self.head_date: date | None = None
        self.order: DocumentNumber | None = None

    def run(self) -> None:
        skip_to = -1
        for index in self.indexes:
            if index < skip_to:
                continue
            skip_to = self._take(index)

    def note_adoption(self, text: str) -> None:
        """Keep the first day and adopting body that the head of the document prints."""
        self.head_date = self.head_date or first_day_in(text)
        adopted = _ADOPTED_BY.search(text)
        if adopted and not self.adopters:
            self.adopters = (squeezed(adopted["body"] + adopted["kind"]),)

    def _take(self, index: int) -> int:
        """Place the block and return the index to go on from."""
        block = self.blocks[index]
        if index == self.plan.label:
            self.builder.frame_line("annexLabel", block)
        elif index in self.plan.title:
            self.builder.frame_line("title", block)
        elif index == self.plan.number:
            self.builder.frame_line("docNumber", block)
        elif block.kind == "row":
            self.in_head = False
            self.builder.row(block)
        elif block.marker is not None:
            self.in_head = False
            self.builder.clause(block)
        else:
            return self._take_unnumbered(index, block)
        return index + 1

    def _take_unnumbered(self, index: int, block: Block) -> int:
        text = block.text
        if self.plan.title and index < self.plan.title[0]:
            self.builder.frame_line("note", block)
            return index + 1
        if squeezed(text) in ("目录", "目次") and (end := self._end_of_contents(index)):
            for i in range(index, end):
                self.builder.frame_line("tocItem", self.blocks[i])
            return end
        closing = outline.closing_lines(self.blocks, index, self.end)
        if closing:
            return self._take_closing(index, closing)
        if frame.annex_label(text):
            return self._take_annex_list(index)
        if self.in_head and self._take_head(block):
            return index + 1
        if frame.is_salutation(text):
            self.builder.frame_line("salutation", block)
        elif (caption := frame.box_caption(text)) is not None and caption:
            self.builder.heading(block, 4.5, "box")
        elif (rank := self._division_rank(index)) is not None:
            self.builder.heading(block, rank)
        else:
            if frame.ends_sentence(text):
                self.in_head = False
            self.builder.paragraph(block)
        return index + 1

    def _take_head(self, block: Block) -> bool:
        """Lines between title and body: addressees, dates of adoption, notes in brackets."""
        text = block.text
        if frame.is_addressee(text):
            self.builder.frame_line("addressee", block)
            self.addressees = tuple(p for p in re.split(r"[，,、；;]\s*(?![^(（]*[)）])", text.rstrip("：: ")) if p)
            self.in_head = False
            return True
        if frame.ends_sentence(text) and not frame.is_bracketed(text) and len(text) > 60:
            return False
        day = first_day_in(text) if "日" in text and len(text) <= 120 else None
        if day and (
            frame.date_line(text) or _HEAD_DATE.search(text) or (_DATE_FIRST.match(text) and not frame.ends_sentence(text))
        ):
            self.builder.frame_line("docDate", block)
            self.note_adoption(text)
            self.order = self.order or frame.order_within(text, block.start)
            return True
        if frame.is_bracketed(text):
            self.builder.frame_line("note", block)
            return True
        return False

    def _take_closing(self, index: int, count: int) -> int:
        self.in_head = False
        for i in range(index, index + count):
            block = self.blocks[i]
            signed = frame.signed_date(block.text)
            day = signed[1] if signed else frame.date_line(block.text)
            if day is not None:
                self.issued_on = day
                self.builder.frame_line("signature" if signed else "docDate", block)
                self.signers += (signed[0],) if signed else ()
            elif frame.is_stamp(block.text):
                self.builder.frame_line("note", block)
            else:
                self.signers += frame.bodies_of_signature(block.text)
                self.builder.frame_line("signature", block)
        return index + count

    def _take_annex_list(self, index: int) -> int:
        self.builder.frame_line("annexList", self.blocks[index])
        at = index + 1
        while at < self.end and self.blocks[at].kind == "text" and (marker := self.blocks[at].marker) and marker.level == "item":
            self.builder.frame_line("annexList", self.blocks[at])
            at += 1
        return at

    def _end_of_contents(self, index: int) -> int | None:
        """Index of the block where the first entry of a table of contents comes again, as the heading it names."""
        if index + 2 >= self.end:
            return None
        first = _entry(self.blocks[index + 1].text)
        for at in range(index + 2, min(index + 400, self.end)):
            if _entry(self.blocks[at].text) == first:
                return at
        return None

    def _division_rank(self, index: int) -> float | None:
        """Rank of an unnumbered heading: just above the numbering that starts under it; None if it is a paragraph."""
        if not self._could_head(index):
            return None
        following = self.blocks[index + 1] if index + 1 < self.end else None
        if following is None:
            return None
        if _starts_anew(following) or (frame.is_body(frame.without_points(self.blocks[index].text)) and _is_group(following)):
            return 2.8 if following.marker is not None and following.marker.level in ("section.cn", "chapter") else 3.5
        after = self.blocks[index + 2] if index + 2 < self.end else None
        if self._could_head(index + 1) and after is not None and _starts_anew(after):
            return 3.3
        return None

    def _could_head(self, index: int) -> bool:
        block = self.blocks[index]
        text = block.text
        return (
            block.kind == "text"
            and block.marker is None
            and len(text) <= _DIVISION_LENGTH
            and frame.is_title_like(text)
            and not frame.is_stamp(text)
            and not frame.annex_label(text)
            and not frame.box_caption(text)
            and not frame.is_bracketed(text)
        )


def _entry(text: str) -> str:
    return re.sub(r"[.…·．\d—\-]+\Z", "", squeezed(text))


def _starts_anew(block: Block) -> bool:
    return block.kind == "text" and block.marker is not None and block.marker.value == 1 and block.marker.level in _STRUCTURAL


def _is_group(block: Block) -> bool:
    """A group heading with its points, whatever its number: under the name of a body it opens a sheet."""
    marker = block.marker
    return marker is not None and marker.level in ("section.cn", "subsection") and frame.ends_in_points(block.text)
