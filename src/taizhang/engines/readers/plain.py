"""Plain text and Markdown: decoded and otherwise kept as they are."""

from taizhang.engines.readers.decoding import decode
from taizhang.engines.readers.source import Extract


def read_plain(data: bytes) -> Extract:
    """The decoded text; Markdown's signs stay, since the parser knows them."""
    text, encoding, notes = decode(data)
    return Extract(text, encoding, (), notes)
