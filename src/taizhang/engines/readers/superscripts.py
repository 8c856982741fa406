"""Raised figures. 10 with a raised 8 must not become 108 when a page turns into plain text."""

import re

_FIGURES = re.compile(r"[0-9+\-−]+")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


def raised(text: str) -> str:
    """`text` in superscript figures if it is all figures and signs, else as it is.

    >>> raised("2"), raised("注")
    ('²', '注')
    """
    plain = text.strip()
    return plain.translate(_RAISED) if _FIGURES.fullmatch(plain) else text
