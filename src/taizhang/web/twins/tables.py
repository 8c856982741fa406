"""What a table for taking away is: columns with codes and titles, rows that come whole or issue by issue, what was asked."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict

from taizhang.apps.gazettes.citing import labels
from taizhang.apps.gazettes.models import Clause, Document, Edition
from taizhang.engines.office.xlsx import Value
from taizhang.web.api.forms import Forms

Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """`code` names it in JSON, `title` in CSV and xlsx; `width` in half-width characters, None by content."""

    code: str
    title: str
    width: int | None = None


@dataclass(frozen=True)
class Wish:
    """What was asked: `base` is scheme and host for addresses, `query` the filters of the page the table stands on."""

    base: str
    query: QueryDict

    @cached_property
    def forms(self) -> Forms:
        """Addresses."""
        return Forms(self.base)

    def word(self, name: str) -> str:
        """One filter, empty where it is not set."""
        return str(self.query.get(name, ""))[:300]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows belong to no issue. `filters` are the words of a query that it heeds."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[Wish], Iterable[Row]]
    filters: tuple[str, ...] = ()

    def all_rows(self, editions: Iterable[Edition], wish: Wish) -> Iterable[Row]:
        """Every row that was asked for."""
        return self.rows(wish)


@dataclass(frozen=True, slots=True)
class IssueTable:
    """A table whose rows come issue by issue; otherwise as `Table`."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[Edition, Wish], Iterable[Row]]
    filters: tuple[str, ...] = ()

    def all_rows(self, editions: Iterable[Edition], wish: Wish) -> Iterable[Row]:
        """Every row that was asked for, of these issues in their order."""
        for edition in editions:
            yield from self.rows(edition, wish)


QUOTE, CITED, EID = Column("quote", "引文", 36), Column("citation", "引用", 26), Column("eid", "条款标识", 18)
SPAN, URL = Column("span", "字符区间", 14), Column("url", "固定地址", 30)
CITATION = (QUOTE, CITED, EID, SPAN, URL)
NOT_PRINTED, UNBOUND = "公报不载", "待绑定"


def batches(rows: Iterable[Clause], size: int = 1000) -> Iterator[list[Clause]]:
    """Rows in batches that are cited together."""
    held: list[Clause] = []
    for row in rows:
        held.append(row)
        if len(held) == size:
            yield held
            held = []
    if held:
        yield held


class Citer:
    """Citations of a set of clauses, made together."""

    def __init__(self, clauses: Iterable[Clause], wish: Wish) -> None:
        by_key = {clause.pk: clause for clause in clauses}
        self._labels = labels(by_key.values(), full=True)
        self._forms = wish.forms

    def cells(self, clause: Clause, slug: str, span: tuple[int, int], words: str, row: int | None = None) -> Row:
        """The cells of `CITATION`."""
        label = self._labels[clause.pk]
        place = f"{label}第{row}行" if row is not None else label
        return words, place, clause.eid, f"{span[0]}-{span[1]}", self._forms.url(slug, clause.eid)

    def cells_in(self, clause: Clause | None, document: Document, eid: str, span: tuple[int, int], words: str) -> Row:
        """The cells of `CITATION`; without the clause, what is known of the document that holds the words."""
        if clause is not None:
            return self.cells(clause, document.slug, span, words)
        return words, document.number or document.title, eid or None, f"{span[0]}-{span[1]}", self._forms.url(document.slug)
