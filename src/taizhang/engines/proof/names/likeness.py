"""How alike two short strings are: the longest words they share, and whether one slip of the pen parts them."""


def longest_shared(a: str, b: str) -> str:
    """The longest run of characters both hold; the first in `a` of several. Strings of a few dozen characters.

    >>> longest_shared("上述单位的监督检查职责", "监督检查与绩效评价"), longest_shared("甲", "乙")
    ('监督检查', '')
    """
    best = ""
    row = [0] * (len(b) + 1)
    for i, x in enumerate(a):
        previous = 0
        for j, y in enumerate(b, 1):
            kept = row[j]
            row[j] = previous + 1 if x == y else 0
            previous = kept
            if row[j] > len(best):
                best = a[i - row[j] + 1 : i + 1]
    return best


def is_one_slip(a: str, b: str) -> bool:
    """True if one character was lost, added or changed, or two neighbours changed places.

    >>> [is_one_slip("民政局", other) for other in ("民攻局", "政民局", "民局", "民政政局", "财务局")]
    [True, True, True, True, False]
    """
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    if len(a) == len(b):
        return a[head + 1 :] == b[head + 1 :] or (
            a[head + 2 :] == b[head + 2 :] and a[head : head + 2] == b[head : head + 2][::-1]
        )
    shorter, longer = sorted((a, b), key=len)
    return shorter[head:] == longer[head + 1 :]
