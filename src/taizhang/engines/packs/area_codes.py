"""Which six-digit codes GB/T 2260 can assign, by its own numbering rules; no list of places is kept.

First pair: provinces. Second pair: 00 the province, 01–20 and 51–70 cities, 21–50 prefectures, leagues and autonomous
prefectures, 90 counties directly under the province. Third pair: 01–20 and 51–80 districts, 21–50 counties and banners, 81–99
county-level cities (in a prefecture, 01–20).
"""

from taizhang.engines.packs.model import AreaKind
from taizhang.kernel.area import AreaCode

_PROVINCES = frozenset(
    [*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82]
)
_KIND_RANGES = {
    AreaKind.DISTRICT: (range(1, 21), range(51, 81)),
    AreaKind.COUNTY: (range(21, 51),),
    AreaKind.CITY: (range(1, 21), range(81, 100)),
}


def is_assignable(code: AreaCode) -> bool:
    """True if the standard's numbering leaves room for a real place under this code.

    >>> is_assignable(AreaCode("411200")), is_assignable(AreaCode("419900")), is_assignable(AreaCode("990000"))
    (True, False, False)
    """
    prefecture = int(code.value[2:4])
    return int(code.value[:2]) in _PROVINCES and (prefecture <= 70 or prefecture == 90)


def fits_kind(code: AreaCode, kind: AreaKind) -> bool:
    """True if the last pair is one the standard gives to areas of this kind; a zone has no code in it.

    >>> fits_kind(AreaCode("411281"), AreaKind.CITY), fits_kind(AreaCode("411202"), AreaKind.COUNTY)
    (True, False)
    """
    return any(int(code.value[4:]) in pairs for pairs in _KIND_RANGES.get(kind, ()))
