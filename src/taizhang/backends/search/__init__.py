"""Full-text search outside the database: a rebuildable index of rows, exact to the character."""

from taizhang.backends.search.characters import fold, marked, terms_of
from taizhang.backends.search.index import FACETS, Found, Hit, Row, Wish, rebuild, search, serial, stamps, update

__all__ = [
    "FACETS",
    "Found",
    "Hit",
    "Row",
    "Wish",
    "fold",
    "marked",
    "rebuild",
    "search",
    "serial",
    "stamps",
    "terms_of",
    "update",
]
