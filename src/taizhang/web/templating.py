"""The Jinja2 environment: addresses, static files, translations, and the few filters that pages share."""

import re
from calendar import month_name
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.templatetags.static import static
from django.utils import timezone, translation
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from taizhang.web.kept_parts import drawn, kept
from taizhang.web.languages import spoken
from taizhang.web.wording import said, worded

_DOCUMENT_NUMBER = re.compile(r"[^\s<>《（(]{1,12}〔\d{4}〕\d+号")
_MOST_PLACES = 6
_PHRASE_ENDS = ("关于", "印发", "、", "，", "的")


def environment(**options: Any) -> Environment:
    """Autoescaping, strict about missing names, translated by gettext."""
    env = Environment(
        **{**options, "undefined": StrictUndefined, "extensions": ["jinja2.ext.i18n"], "trim_blocks": True, "lstrip_blocks": True}
    )
    env.install_gettext_callables(translation.gettext, translation.ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(
        _=words,
        drawn=drawn,
        kept=kept,
        url=url,
        way=way,
        static=static,
        get_language=translation.get_language,
        same_page=same_page,
        said=said,
        worded=worded,
    )
    env.filters.update(
        phrases=phrases,
        day=day,
        printed_day=printed_day,
        number=number,
        instant=instant,
        points=points,
        signed=signed,
        decimal=Decimal,
    )
    return env


def words(source: str, **facts: Any) -> Markup:
    """The translation of a text with facts put in."""
    return spoken().words(source, **facts)


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """`reverse` for templates."""
    return spoken().url(name, *args, **kwargs)


def way(name: str, *args: Any, **kwargs: Any) -> str:
    """`reverse` where there is such a page, else empty: for links that a page can do without."""
    return spoken().way(name, *args, **kwargs)


def same_page(language: str, path: str) -> str:
    """The address of the page at `path` in another language."""
    bare = path[3:] if path.startswith("/en/") else path
    return f"/en{bare}" if language == "en" else bare


def phrases(text: str) -> Markup:
    """A title with places where it may break: after 关于, 印发 and the like, never inside a word or a document's number."""
    out = escape(text)
    for end in _PHRASE_ENDS:
        out = out.replace(end, Markup(f"{end}<wbr>"))
    return Markup(_DOCUMENT_NUMBER.sub(r'<span class="num">\g<0></span>', str(out)))


def printed_day(value: date | None) -> str:
    """2017年6月30日, whatever the language of the page; empty for an unknown day, which the page names in words."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def day(value: date | None) -> str:
    """2017年6月30日, in English 30 June 2017; empty for an unknown day, which the page names in words."""
    if value and translation.get_language() == "en":
        return f"{value.day} {month_name[value.month]} {value.year}"
    return printed_day(value)


def instant(value: datetime | None) -> str:
    """2025-03-31 09:15 in the installation's time zone."""
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""


def number(value: Decimal | int | None) -> str:
    """36,411 with a real minus; digits as printed, never rounded; empty for None."""
    if value is None:
        return ""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−")


def points(value: Decimal | None) -> str:
    """A score with two decimals or all it has, cut off after six and marked: 143.27, 55.521494…; empty for None."""
    if value is None:
        return ""
    exact = value.normalize()
    places = max(2, -int(exact.as_tuple().exponent))
    if places > _MOST_PLACES:
        cut = exact.quantize(Decimal(1).scaleb(-_MOST_PLACES), ROUND_DOWN)
        return f"{cut:,f}…".replace("-", "−")
    return f"{exact:,.{places}f}".replace("-", "−")


def signed(value: Decimal | None) -> str:
    """Points added or taken: +1.50, −0.50, 0.00; empty for None."""
    if value is None:
        return ""
    return f"+{points(value)}" if value > 0 else points(value)
