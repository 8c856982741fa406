"""What reading a file gives: its text with the way back to page or paragraph, and what had to be decided on the way."""

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum

from taizhang.kernel.message import Message

Locator = Message  # 第{page}页, 第{paragraph}段, 表{table}第{row}行第{cell}格


class Media(StrEnum):
    """The formats read."""

    TXT = "txt"
    MD = "md"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Extract:
    """What one format's reader gives. `locators` are in order of their offsets."""

    text: str
    encoding: str | None = None
    locators: tuple[tuple[int, Locator], ...] = ()
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file's text. Spans everywhere are offsets into `text`, which has no newline translation: \\r\\n stays.

    `encoding` is the one decoded from (utf-8, utf-8-sig, utf-16, gb18030 …), None for .docx and .pdf. `sha256` is of the bytes,
    in hexadecimal. `locators` say from which offset on which place of the file is read. `notes` are for the person who gave the
    file: a guessed encoding, a wrong extension, footnotes left out.
    """

    text: str
    media: Media
    encoding: str | None
    sha256: str
    locators: tuple[tuple[int, Locator], ...] = ()
    notes: tuple[Message, ...] = ()

    def locate(self, offset: int) -> Locator | None:
        """The place in the file that holds the character at `offset`; None for formats without pages or paragraphs of their own.

        >>> places = ((0, Message("第{n}段", {"n": "1"})), (2, Message("第{n}段", {"n": "2"})))
        >>> source = SourceText("甲 乙丙", Media.DOCX, None, "", places)
        >>> str(source.locate(3))
        '第2段'
        """
        at = bisect_right(self.locators, offset, key=lambda pair: pair[0]) - 1
        return self.locators[at][1] if at >= 0 else None


@dataclass(slots=True)
class Composition:
    """Text under construction from pieces that know where they come from."""

    _pieces: list[str] = field(default_factory=list)
    _locators: list[tuple[int, Locator]] = field(default_factory=list)
    _length: int = 0

    def add(self, text: str, locator: Locator | None = None) -> None:
        """Append `text`; from here on it stands at `locator`."""
        if locator is not None and (not self._locators or self._locators[-1][1] != locator):
            self._locators.append((self._length, locator))
        self._pieces.append(text)
        self._length += len(text)

    def extract(self, notes: tuple[Message, ...] = ()) -> Extract:
        """The whole text and its places."""
        return Extract("".join(self._pieces), None, tuple(self._locators), notes)
