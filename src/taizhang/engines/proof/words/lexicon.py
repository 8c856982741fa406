"""Which two characters make a common Chinese word. Knows words of two characters only, no grammar."""

from functools import cache

from taizhang.engines.proof.words.pairs_table import GROUPS


@cache
def _followers() -> dict[str, str]:
    return {group[0]: group[1:] for group in GROUPS.split()}


def is_pair(first: str, second: str) -> bool:
    """True if the two make a common word.

    >>> is_pair("目", "标"), is_pair("构", "目"), is_pair("", "标")
    (True, False, False)
    """
    return second in _followers().get(first, "") if second else False
