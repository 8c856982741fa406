"""Which characters a document can hold. XML has no place for control characters, and damaged text brings some."""

import re

_UNPRINTABLE = re.compile("[^\\t\\n\\r\\u0020-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def printable(text: str) -> str:
    """`text` with each character that XML 1.0 forbids shown as U+FFFD, so that the damage is seen and the file still opens.

    >>> printable("第\\x0b三章")
    '第\\ufffd三章'
    """
    return _UNPRINTABLE.sub("\ufffd", text)
