"""What a table for taking away is: columns with codes and titles, rows that come issue by issue, and what was asked of it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.http import QueryDict

from taizhang.apps.gazettes.citing import labels
from taizhang.apps.gazettes.models import Clause, Edition
from taizhang.engines.office.xlsx import Value

Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """`code` names it in JSON, `title` in CSV and xlsx; `width` in half-width characters, None by content."""

    code: str
    title: str
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked: `base` is scheme and host for addresses, `query` the filters of the page the table stands on."""

    base: str
    query: QueryDict

    def word(self, name: str) -> str:
        """One filter, empty where it is not set."""
        return str(self.query.get(name, ""))[:300]


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `rows` gives those of one issue; of a table that belongs to no issue, all of them (`edition` None)."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[Edition | None, Wish], Iterable[Row]]
    of_issue: bool
    filters: tuple[str, ...] = ()


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

    def __init__(self, clauses: Iterable[Clause], url: Callable[[str, str], str]) -> None:
        by_key = {clause.pk: clause for clause in clauses}
        self._labels = labels(by_key.values(), full=True)
        self._url = url

    def cells(self, clause: Clause, slug: str, span: tuple[int, int], words: str, row: int | None = None) -> Row:
        """The cells of `CITATION`."""
        label = self._labels[clause.pk]
        place = f"{label}第{row}行" if row is not None else label
        return words, place, clause.eid, f"{span[0]}-{span[1]}", self._url(slug, clause.eid)
