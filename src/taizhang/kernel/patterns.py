"""Regular expressions that are compiled when they are first used.

A command loads some six hundred of them and a run uses a part; compiling all took a quarter of the whole command's time.
"""

import re
from typing import cast

_METHODS = ("match", "search", "fullmatch", "finditer", "findall", "sub", "subn", "split", "scanner")
_FACTS = ("pattern", "flags", "groups", "groupindex")


class _Lazy:
    """Stands in for a compiled pattern; after the first use its methods are the pattern's own, at no further cost."""

    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self._text, self._flags)
        for known in (*_METHODS, *_FACTS):
            setattr(self, known, getattr(compiled, known))
        return getattr(compiled, name)


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern to use like a compiled one. A mistake in `text` shows at the first use; the tests use every pattern.

    >>> digits = regex("[0-9]+")
    >>> digits.findall("第7号(总第138号)")
    ['7', '138']
    """
    return cast("re.Pattern[str]", _Lazy(text, flags))
