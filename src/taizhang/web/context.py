"""What every page knows: the locality, the reader's preferences, whether figures are simulated."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from taizhang.backends.pack_files import open_pack
from taizhang.engines.packs import Pack
from taizhang.web.languages import spoken

SIZES = ("large", "xlarge")


@cache
def pack() -> Pack:
    """The pack this installation runs."""
    return open_pack(settings.PACK)


def site(request: HttpRequest) -> dict[str, Any]:
    """`place`, `city`, `is_simulated`, `text_size`, `contrast` and `user` for templates; words and addresses of the language."""
    tongue = spoken()
    size = request.COOKIES.get("size", "")
    return {
        "pack": pack(),
        "place": pack().place,
        "city": pack().place.name,
        "is_simulated": settings.IS_SIMULATED,
        "text_size": size if size in SIZES else "",
        "contrast": "high" if request.COOKIES.get("contrast") == "high" else "",
        "user": getattr(request, "user", None),
        "path": request.path,
        "whole_path": request.get_full_path(),  # with what was asked of the page: a search in another language is the same search
        "_": tongue.words,
        "url": tongue.url,
        "way": tongue.way,
    }
