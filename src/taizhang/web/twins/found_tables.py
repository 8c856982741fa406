"""Tables of what a search finds, and of the bodies that clauses name."""

from collections.abc import Iterator

from django.conf import settings

from taizhang.apps.gazettes.models import Edition
from taizhang.apps.targets import listing
from taizhang.apps.targets.finding import Result, everything
from taizhang.backends.search import FACETS
from taizhang.web.twins.tables import CITATION, Citer, Column, IssueTable, Row, Table, Wish
from taizhang.web.twins.words import word

# What a spreadsheet still opens at once; the open interface goes on by cursor.
MOST_FOUND = 2000


def _found(wish: Wish) -> Iterator[Row]:
    chosen = {name: value for name in FACETS if (value := wish.word(name))}
    for place, one in enumerate(everything(settings.SEARCH_INDEX, wish.word("q").strip(), chosen, MOST_FOUND), 1):
        text = "".join(piece for piece, _ in one.pieces)
        yield (place, word(f"found_{one.kind}"), text, one.erratum.number if one.erratum else None, *_cited(one, wish))


def _cited(one: Result, wish: Wish) -> Row:
    if one.quote is not None:
        quote = one.quote
        return quote.hit, quote.full, quote.eid, f"{quote.start}-{quote.end}", wish.forms.url(quote.slug, quote.eid)
    return None, None, None, None, f"{wish.base}/bodies/{one.body.ident}/" if one.body else None


SEARCH = Table(
    "search",
    "检索结果",
    (
        Column("place", "次序", 6),
        Column("kind", "类型", 14),
        Column("text", "句子", 60),
        Column("erratum", "勘误编号", 8),
        *CITATION,
    ),
    _found,
    filters=("q", *FACETS),
)


def _duties(edition: Edition, wish: Wish) -> Iterator[Row]:
    rows = list(listing.duties(edition.slug, wish.word("body")))
    citer = Citer((row.clause for row in rows), wish)
    for row in rows:
        clause, span = row.clause, (row.clause.own_start, row.clause.own_end)
        body = (row.body.ident if row.body else None, "已确认" if row.confirmed_by else "待确认")
        words = f"{clause.num}{clause.text}" if not clause.table else row.name
        yield (edition.slug, row.name, word(row.share), *body, *citer.cells(clause, clause.document.slug, span, words, row.row))


DUTIES = IssueTable(
    "duties",
    "职责",
    (
        Column("issue", "期", 8),
        Column("name", "印作", 24),
        Column("share", "怎样", 8),
        Column("body", "机构代码", 20),
        Column("body_state", "机构是否确认", 10),
        *CITATION,
    ),
    _duties,
    filters=("body",),
)
