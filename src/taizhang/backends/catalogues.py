"""The compiled catalogue of what the code says to people, for doors that speak another language than Chinese."""

import os
from collections.abc import Callable
from functools import cache
from gettext import GNUTranslations

import taizhang

# By its path: the command starts without importlib.resources.
_FOLDER = os.path.join(os.path.dirname(taizhang.__file__), "locale")


@cache
def translator(language: str) -> Callable[[str], str] | None:
    """Chinese template in, template in `language` out; None where there is no catalogue, so that the door speaks Chinese."""
    try:
        with open(os.path.join(_FOLDER, language, "LC_MESSAGES", "taizhang.mo"), "rb") as file:
            return GNUTranslations(file).gettext
    except OSError:
        return None
