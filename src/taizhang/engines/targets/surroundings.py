"""What stands around a document and decides how its clauses are read: the documents that carry it, its year, its place."""

from collections.abc import Iterator
from dataclasses import dataclass

from taizhang.engines.gazette.model import Document, Issue
from taizhang.engines.registry.names import clean, parse_name
from taizhang.kernel.patterns import regex

_YEAR = regex(r"(?<![0-9])((?:19|20)\s?[0-9]\s?[0-9])\s*年?度?(?![0-9])")
_SPAN_OF_YEARS = regex(r"(?:19|20)[0-9]{2}\s*年?\s*[-—–~～至到]+\s*(?:19|20)[0-9]{2}")
_GOVERNED = regex(r"\A(?P<place>[\u4e00-\u9fff]{2,12}?(?:自治区|自治州|自治县|自治旗|地区|省|市|县|区|州|盟|旗))(?:人民)?政府")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """One document with those around it, outermost first. `year`: the plan's year; None if no title and no date prints one.
    `place`: the city or county whose government issued it, "" if unknown."""

    document: Document
    carriers: tuple[Document, ...]
    year: int | None
    place: str

    @property
    def titles(self) -> tuple[str, ...]:
        """Titles, outermost first."""
        return (*(d.title for d in self.carriers), self.document.title)


def surroundings_of(issue: Issue) -> Iterator[Surroundings]:
    """Every document of the issue, nested ones included, in printed order."""
    year = issue.masthead.year if issue.masthead else None
    if issue.masthead and issue.masthead.published_on:
        year = year or issue.masthead.published_on.year
    for document in issue.documents:
        yield from _below(document, (), year, "")


def _below(document: Document, carriers: tuple[Document, ...], year: int | None, place: str) -> Iterator[Surroundings]:
    year = year_of(document) or year
    place = _place_of(document) or place
    yield Surroundings(document, carriers, year, place)
    for child in document.documents:
        yield from _below(child, (*carriers, document), year, place)


def year_of(document: Document) -> int | None:
    """The one year of the title, else the year of the document's date, else of its number.

    A title with a stretch of years (2016—2020年) names no plan year.
    """
    years = {int("".join(found.split())) for found in _YEAR.findall(document.title)}
    if len(years) == 1 and not _SPAN_OF_YEARS.search(document.title):
        return years.pop()
    if document.issued_on:
        return document.issued_on.year
    return document.number.year if document.number else None


def _place_of(document: Document) -> str:
    for issuer in document.issuers:
        match = _GOVERNED.match(clean(issuer))
        place = match["place"] if match else parse_name(clean(issuer)).place
        if place:
            return place
    return ""
