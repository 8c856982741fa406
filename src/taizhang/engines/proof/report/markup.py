"""Pieces of HTML: escaped text, the glyph of a severity, two figures drawn to one scale."""

from decimal import Decimal
from html import escape

from taizhang.engines.proof.model import Severity
from taizhang.engines.proof.report.wording import Translate, severity_word
from taizhang.kernel.columns import printable
from taizhang.kernel.patterns import regex

SYMBOLS = (
    '<svg width="0" height="0" aria-hidden="true" focusable="false"><defs>'
    '<symbol id="met" viewBox="0 0 20 20"><circle cx="10" cy="10" r="9" fill="currentColor"/>'
    '<path d="M5.5 10.4l3 3 6-6.4" fill="none" stroke="#fff" stroke-width="2.2"/></symbol>'
    '<symbol id="risk" viewBox="0 0 20 20"><path d="M10 1l9.4 17H.6z" fill="currentColor"/>'
    '<path d="M10 7v5.2M10 14v2" stroke="#fff" stroke-width="2.2"/></symbol>'
    '<symbol id="err" viewBox="0 0 20 20"><path d="M6.2 1h7.6L19 6.2v7.6L13.8 19H6.2L1 13.8V6.2z" fill="currentColor"/>'
    '<path d="M7 7l6 6M13 7l-6 6" stroke="#fff" stroke-width="2.2"/></symbol>'
    '<symbol id="info" viewBox="0 0 20 20"><circle cx="10" cy="10" r="8.6" fill="none" stroke="currentColor" stroke-width="1.8"/>'
    '<path d="M10 9v5.5M10 5.2v2" stroke="currentColor" stroke-width="2"/></symbol>'
    "</defs></svg>"
)
BRAND = (
    '<svg width="44" height="44" viewBox="0 0 44 44" aria-hidden="true" focusable="false">'
    '<rect width="44" height="44" fill="#0a5355"/><path d="M8 9.5h28" stroke="#fff" stroke-width="4"/>'
    '<path d="M8 14.5h28M8 22h15M8 29h15M8 36h28" stroke="#fff" stroke-width="1.5"/>'
    '<circle cx="31" cy="25.5" r="4.5" fill="#ff8a73"/></svg>'
)
GLYPHS = {Severity.ERROR: "err", Severity.WARNING: "risk", Severity.NOTE: "info"}
_FIGURE = regex(r"\s*(\d[\d,，]*(?:\.\d+)?)\s*([^\W\d_]{1,6}|[%％‰])\s*\Z")


def text(words: str) -> str:
    """`words` for an element's content or a quoted attribute; control characters are made visible."""
    return escape(printable(words))


def light(glyph: str, word: str) -> str:
    """A status light: shape, then word; colour comes last."""
    return (
        f'<span class="light i-{glyph}"><svg width="20" height="20" aria-hidden="true" focusable="false">'
        f'<use href="#{glyph}"/></svg>{text(word)}</span>'
    )


def severity_light(severity: Severity, translate: Translate) -> str:
    """The light of a severity."""
    return light(GLYPHS[severity], severity_word(severity, translate))


def drawn_to_scale(declared: str | None, computed: str | None, translate: Translate) -> str:
    """Two bars where both are plain figures of one unit and both above zero; empty text otherwise."""
    first, second = _figure(declared), _figure(computed)
    if first is None or second is None or first[1] != second[1] or first[0] == second[0]:
        return ""
    (printed, unit), (follows, _) = first, second
    largest = max(printed, follows)
    widths = (printed / largest * 84, follows / largest * 84)
    difference = abs(printed - follows)
    apart = f"{difference:,f} {translate('个百分点')}" if unit in ("%", "％") else f"{difference:,f}{unit}"
    told = (translate("印本多 {difference}") if printed > follows else translate("印本少 {difference}")).format(difference=apart)
    names = (f"{translate('印本')} {declared}", f"{translate('推算')} {computed}")
    return (
        f'<figure><svg width="100%" height="92" role="img" aria-label="{text("，".join((*names, told)))}">'
        f'<text x="0" y="13" class="t-b">{text(names[0])}</text><text x="0" y="59" class="t-b">{text(names[1])}</text>'
        f'<rect x="0" y="20" width="{widths[0]:.2f}%" height="18" class="f-ink"/>'
        f'<rect x="0" y="66" width="{widths[1]:.2f}%" height="18" class="f-dai"/>'
        f'<text x="100%" text-anchor="end" y="13" class="t-z">{text(told)}</text></svg></figure>'
    )


def _figure(words: str | None) -> tuple[Decimal, str] | None:
    match = _FIGURE.match(words or "")
    if match is None:
        return None
    value = Decimal(match[1].replace(",", "").replace("，", ""))
    return (value, match[2]) if value > 0 else None
