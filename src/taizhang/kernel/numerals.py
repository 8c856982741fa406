"""Chinese and Arabic numerals as printed in official text, to exact values.

Total over the strings it accepts by pattern; anything else gives None, never zero.
"""

from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "Ｏ": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
_FULLWIDTH = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")


def chinese_integer(text: str) -> int | None:
    """Value of a Chinese whole number, positional (二〇一七) or with places (一百零二, 十五, 廿一, 两万).

    >>> [chinese_integer(t) for t in ("十", "十五", "二十", "一百零二", "二〇一七", "两万", "廿一", "三千二百万", "百")]
    [10, 15, 20, 102, 2017, 20000, 21, 32000000, 100]
    >>> chinese_integer("甲") is None
    True
    """
    if not text:
        return None
    text = text.replace("廿", "二十").replace("卅", "三十")
    if all(c in DIGITS for c in text):
        value = 0
        for c in text:
            value = value * 10 + DIGITS[c]
        return value
    total = section = digit = 0
    for c in text:
        if c in DIGITS:
            digit = DIGITS[c]
        elif c in TENS:
            section += (digit or 1) * TENS[c]
            digit = 0
        elif c in MYRIADS:
            total = (total + section + digit or 1) * MYRIADS[c]
            section = digit = 0
        else:
            return None
    return total + section + digit


def printed_number(text: str) -> Decimal | None:
    """Value of a printed number: Arabic with full-width digits, separators and spaces, or a Chinese whole number.

    >>> printed_number("1,066,700"), printed_number("１０．６"), printed_number("二十"), printed_number("第")
    (Decimal('1066700'), Decimal('10.6'), Decimal('20'), None)
    """
    plain = text.translate(_FULLWIDTH).replace(",", "").replace(" ", "")
    if (
        plain
        and plain.isascii()
        and plain.count(".") <= 1
        and plain.replace(".", "").isdigit()
        and plain[0] != "."
        and plain[-1] != "."
    ):
        return Decimal(plain)
    integer = chinese_integer(text)
    return None if integer is None else Decimal(integer)
