"""Administrative area codes (GB/T 2260): six digits, province, prefecture, county."""

from dataclasses import dataclass

from taizhang.kernel.errors import TaizhangError


class AreaCodeIsNotSixDigitsError(TaizhangError):
    """An area code must be six ASCII digits."""

    code = "kernel.area-code-is-not-six-digits"
    template = "行政区划代码“{value}”不是六位数字（GB/T 2260）。填六位代码，例如 419900"


@dataclass(frozen=True, slots=True, order=True)
class AreaCode:
    """Six digits. Raises `AreaCodeIsNotSixDigitsError`.

    >>> AreaCode("419901").prefecture
    AreaCode(value='419900')
    """

    value: str

    def __post_init__(self) -> None:
        if len(self.value) != 6 or not (self.value.isascii() and self.value.isdigit()):
            raise AreaCodeIsNotSixDigitsError(value=self.value)

    @property
    def prefecture(self) -> "AreaCode":
        """The prefecture-level code the area lies in."""
        return AreaCode(self.value[:4] + "00")

    def __str__(self) -> str:
        return self.value
