"""What a page needs in one language: its words and its addresses, looked up once: pages ask hundreds of times."""

from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote

from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils import translation
from markupsafe import Markup

# What `reverse` leaves as it is in a path.
_SAFE = "/~:@!$&'()*+,;="
_INT = 90_000_001
_quoted = lru_cache(maxsize=8192)(quote)


class Language:
    """Words and addresses of one language, as templates call them."""

    def __init__(self, code: str) -> None:
        self.code = code
        self._forms: dict[str, Markup] = {}
        self._words: dict[str, Markup] = {}
        self._shapes: dict[tuple[Any, ...], tuple[str, ...] | None] = {}

    def words(self, source: str, **facts: Any) -> Markup:
        """The translation of `source` with `facts` put in, escaped; a per cent sign is written twice."""
        if not facts:
            known = self._words.get(source)
            if known is None:
                known = self._words[source] = self._form(source) % {}
            return known
        return (self._forms.get(source) or self._form(source)) % facts

    def _form(self, source: str) -> Markup:
        with translation.override(self.code):
            form = self._forms[source] = Markup(translation.gettext(source))
        return form

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        """The address of a page, as `reverse` gives it. Raises `NoReverseMatch`."""
        values = (*args, *kwargs.values())
        plain = all((type(v) is int and v >= 0) or (type(v) is str and v and "/" not in v) for v in values)
        if not plain:
            return self._reversed(name, args, kwargs)
        key = (name, get_script_prefix(), len(args), *kwargs, *map(type, values))
        if key not in self._shapes:
            self._shapes[key] = self._shape(name, args, kwargs)
        shape = self._shapes[key]
        if shape is None:
            return self._reversed(name, args, kwargs)
        out = [shape[0]]
        for value, piece in zip(values, shape[1:], strict=True):
            out += (_quoted(value, _SAFE) if type(value) is str else str(value), piece)
        return "".join(out)

    def way(self, name: str, *args: Any, **kwargs: Any) -> str:
        """The address where there is such a page, else empty: for links that a page can do without."""
        try:
            return self.url(name, *args, **kwargs)
        except NoReverseMatch:
            return ""

    def _reversed(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
        with translation.override(self.code):
            return reverse(name, args=args or None, kwargs=kwargs or None)

    def _shape(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[str, ...] | None:
        """What stands around the values in an address; None where they do not stand in order."""
        marks = [f"q-{n}-q" if type(v) is str else _INT + n for n, v in enumerate((*args, *kwargs.values()))]
        named = dict(zip(kwargs, marks[len(args) :], strict=True))
        rest = self._reversed(name, tuple(marks[: len(args)]), named)
        out = []
        for mark in marks:
            before, found, rest = rest.partition(str(mark))
            if not found:
                return None
            out.append(before)
        return (*out, rest)


@cache
def language(code: str | None) -> Language:
    """The language with that code; without one, that of the installation's texts."""
    return Language(code or "zh-hans")


def spoken() -> Language:
    """The language of the request that is being answered."""
    return language(translation.get_language())
