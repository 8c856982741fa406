"""What the engines say to people, in the language of the page. What they quote stays Chinese and is marked as Chinese."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from markupsafe import Markup, escape

from taizhang.backends.catalogues import translator
from taizhang.kernel.errors import TaizhangError

_HAN = re.compile("[\u3400-\u9fff]")
_HAN_RUN = re.compile("[\u3400-\u9fff]+(?:[、·][\u3400-\u9fff]+)*")
_CHINESE = Markup('<span lang="zh-CN">{}</span>')


def said(row: Any, name: str = "message") -> Markup:
    """A finding's `message` or `advice`, or the message of a check that agreed (a mapping)."""
    chinese, told = _parts(row, name)
    english = translated(told.get("template", ""))
    if english:
        facts = {key: chinese_marked(str(value)) for key, value in told.get("facts", {}).items()}
        try:
            return _printed_words_marked(english).format(**facts)
        except (KeyError, IndexError, ValueError):
            pass
    return _as_it_is(chinese)


def refused(error: TaizhangError) -> str:
    """What an error says."""
    english = translated(error.template)
    try:
        return english.format(**error.facts) if english else str(error)
    except (KeyError, IndexError, ValueError):
        return str(error)


def worded(chinese: str) -> Markup:
    """A sentence that the code holds whole, such as the title of a rule."""
    english = translated(chinese)
    return _printed_words_marked(english) if english else _as_it_is(chinese)


def translated(chinese: str) -> str:
    """The template in the language of the page; empty where that is Chinese or has no translation."""
    translate = translator(get_language() or "")
    told = translate(chinese) if translate and chinese else ""
    # The command says these after a file and a line; a page begins a sentence with them.
    return told[:1].upper() + told[1:] if told != chinese else ""


def in_page_language(chinese: str) -> str:
    """The words of a drawing in the language of the page, as a part of a sentence."""
    translate = translator(get_language() or "")
    return translate(chinese) if translate else chinese


def chinese_marked(text: str) -> Markup:
    """`text`, marked as Chinese where it is."""
    return _CHINESE.format(text) if _HAN.search(text) else escape(text)


def _printed_words_marked(english: str) -> Markup:
    """An English template; the printed words it speaks about, such as 万, are Chinese."""
    return Markup(_HAN_RUN.sub(lambda run: _CHINESE.format(run[0]), escape(english)))


def _as_it_is(chinese: str) -> Markup:
    return chinese_marked(chinese) if get_language() == "en" else escape(chinese)


def _parts(row: Any, name: str) -> tuple[str, Mapping[str, Any]]:
    if isinstance(row, Mapping):
        return str(row.get(name, "")), row
    return getattr(row, name), row.wording.get(name, {})
