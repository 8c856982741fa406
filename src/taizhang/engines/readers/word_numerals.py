"""Whole numbers in the number formats that Chinese editions of Word offer."""

_DIGITS, _PLACES = "零一二三四五六七八九", ("", "十", "百", "千")
_LEGAL = str.maketrans("零一二三四五六七八九十百千万", "零壹贰叁肆伍陆柒捌玖拾佰仟万")
_LEGAL_TRADITIONAL = str.maketrans("零一二三四五六七八九十百千万", "零壹貳參肆伍陸柒捌玖拾佰仟萬")
_COUNTING = {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand"}
_POSITIONAL = {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital2"}
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ENCLOSED = {
    "decimalEnclosedCircle": (("①", 20), ("㉑", 15), ("㊱", 15)),
    "decimalEnclosedCircleChinese": (("①", 20), ("㉑", 15), ("㊱", 15)),
    "decimalEnclosedParen": (("⑴", 20),),
    "decimalEnclosedFullstop": (("⒈", 20),),
    "ideographEnclosedCircle": (("㊀", 10),),
}
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_FULLWIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def numeral(number: int, form: str) -> str:
    """`number` as Word's format `form` prints it; a format or size not known here comes out in Arabic figures.

    >>> [numeral(n, "chineseCountingThousand") for n in (1, 10, 12, 20, 105, 110, 1010)]
    ['一', '十', '十二', '二十', '一百零五', '一百一十', '一千零一十']
    >>> [numeral(3, form) for form in ("decimalEnclosedCircle", "upperLetter", "lowerRoman", "ideographTraditional")]
    ['③', 'C', 'iii', '丙']
    """
    if form == "none":
        return ""
    if number > 0:
        written = _written(number, form)
        if written is not None:
            return written
    return str(number)


def _written(number: int, form: str) -> str | None:
    if form in _COUNTING or form.startswith(("chineseLegal", "ideographLegal")):
        return _counted(number, form)
    if form in _POSITIONAL:
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))
    if form in _ENCLOSED:
        return _enclosed(number, form)
    match form:
        case "ideographTraditional" | "ideographZodiac":
            signs = _STEMS if form == "ideographTraditional" else _BRANCHES
            return signs[number - 1] if number <= len(signs) else None
        case "upperLetter" | "lowerLetter":
            return (
                chr((65 if form == "upperLetter" else 97) + (number - 1) % 26) * ((number - 1) // 26 + 1)
                if number <= 780
                else None
            )
        case "upperRoman" | "lowerRoman":
            return _roman(number) if form == "lowerRoman" else _roman(number).upper()
        case "decimalZero":
            return f"{number:02d}"
        case "decimalFullWidth" | "decimalFullWidth2":
            return str(number).translate(_FULLWIDTH)
        case _:
            return None


def _counted(number: int, form: str) -> str | None:
    if number > 9999:
        return None
    out = ""
    for place, digit in zip(range(len(str(number)) - 1, -1, -1), str(number), strict=True):
        if digit != "0":
            out += _DIGITS[int(digit)] + _PLACES[place]
        elif out and not out.endswith("零"):
            out += "零"
    out = out.rstrip("零")
    if form.startswith("chineseLegal"):
        return out.translate(_LEGAL)
    if form.startswith("ideographLegal"):
        return out.translate(_LEGAL_TRADITIONAL)
    return out.removeprefix("一") if 10 <= number < 20 else out


def _enclosed(number: int, form: str) -> str | None:
    for first, count in _ENCLOSED[form]:
        if number <= count:
            return chr(ord(first) + number - 1)
        number -= count
    return None


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        out += letters * min(count, 20)
    return out
