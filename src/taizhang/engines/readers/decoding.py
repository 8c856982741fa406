"""Bytes to characters: the Unicode encodings, and GB18030 (GB 18030-2022), which holds GB2312 and GBK. Nothing is replaced.

No statistical guesser is used: valid UTF-8 with Chinese in it is hardly ever anything else, and what remains in Chinese
offices is GB18030, which can be told by the characters that come out.
"""

import codecs
import re

from taizhang.engines.readers.errors import BytesAreUndecodableError, EncodingIsUnknownError
from taizhang.kernel.message import Message

# UTF-32 first, since its little-endian mark begins like that of UTF-16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GB_LABELS = {"gb2312", "gbk", "gb18030", "x-gbk", "cp936", "gb_2312-80", "euc-cn", "csgb2312"}
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.\-]+)""", re.IGNORECASE)
_PRESCAN = 4096
# share of everyday characters among those outside ASCII: Chinese prose has more than 0.95, misread Big5 or Korean under 0.4
_PLAUSIBLE = 0.5


def decode(data: bytes, declared: str | None = None) -> tuple[str, str, tuple[Message, ...]]:
    """Text, encoding and notes. `declared` is a label the file itself carries (HTML's charset); the bytes are believed before it.

    Raises `BytesAreUndecodableError` with the offset of the first bad byte, `EncodingIsUnknownError`.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding), encoding, ()
    label = _codec_of(declared)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if label and label not in {"utf-8", "gb18030"}:
            return _strict(data, label), label, ()
        return _decode_without_utf8(data, error, label)
    if "\0" in text:
        return _decode_bare_utf16(data)
    if label and label != "utf-8" and not text.isascii():
        note = Message("文件自称{declared}编码，实际是UTF-8，已按UTF-8读取", {"declared": declared or ""})
        return text, "utf-8", (note,)
    return text, "utf-8", ()


def declared_charset(data: bytes) -> str | None:
    """The charset label in the first 4,096 bytes of an HTML page, lower case, None if there is none."""
    match = _CHARSET.search(data, 0, _PRESCAN)
    return match[1].decode("ascii").lower() if match else None


def _codec_of(label: str | None) -> str | None:
    if not label:
        return None
    if label in _GB_LABELS:
        return "gb18030"
    # other labels (iso-8859-1 above all) are mostly a template's, left over on pages in GB18030
    return {"utf-8": "utf-8", "utf8": "utf-8", "big5": "big5hkscs", "big5-hkscs": "big5hkscs"}.get(label)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(data, encoding, error) from error


def _undecodable(data: bytes, encoding: str, error: UnicodeDecodeError) -> BytesAreUndecodableError:
    found = " ".join(f"{byte:02X}" for byte in data[error.start : error.start + 4])
    line = data.count(b"\n", 0, error.start) + 1
    return BytesAreUndecodableError(line=line, offset=error.start, found=found, encoding=encoding.removesuffix("-sig").upper())


def _decode_without_utf8(data: bytes, utf8_error: UnicodeDecodeError, label: str | None) -> tuple[str, str, tuple[Message, ...]]:
    if b"\0" in data:
        return _decode_bare_utf16(data)
    # Almost all of it is UTF-8: a damaged file, which GB18030 would turn into rubbish without complaint
    lenient = data.decode("utf-8", errors="replace")
    beyond_ascii = sum(not c.isascii() for c in lenient)
    if lenient.count("\ufffd") * 10 < beyond_ascii:
        raise _undecodable(data, "utf-8", utf8_error) from utf8_error
    text = _strict(data, "gb18030")
    share = _everyday_share(text)
    if share < _PLAUSIBLE:
        raise EncodingIsUnknownError(reason=f"常用字符仅占{share:.0%}")
    notes = (Message("按GB18030编码读取"),) if label is None else ()
    if label == "utf-8":
        notes = (Message("文件自称UTF-8编码，实际是GB18030，已按GB18030读取"),)
    return text, "gb18030", notes


def _everyday_share(text: str) -> float:
    """Share of the symbols and level-1 characters of GB 2312 among the characters outside ASCII."""
    beyond = [c for c in text[:200_000] if not c.isascii()]
    codes = "".join(beyond).encode("gb2312", errors="ignore")
    everyday = sum(0xA1 <= codes[i] <= 0xA3 or 0xB0 <= codes[i] <= 0xD7 for i in range(0, len(codes), 2))
    return everyday / len(beyond) if beyond else 0.0


def _decode_bare_utf16(data: bytes) -> tuple[str, str, tuple[Message, ...]]:
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and _everyday_share(text) >= _PLAUSIBLE:
            return text, encoding, (Message("没有编码标记，按{encoding}读取", {"encoding": encoding.upper()}),)
    raise EncodingIsUnknownError(reason="含有零字节，可能不是文本文件")
