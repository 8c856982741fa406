"""Money in integer fen (分); no float ever touches it."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of CNY in fen.

    >>> Money.from_yuan(Decimal("300")).fen
    30000
    >>> str(Money(450))
    '4.50'
    """

    fen: int

    @classmethod
    def from_yuan(cls, yuan: Decimal) -> "Money":
        """Yuan to fen, rounded half up to the fen once."""
        return cls(int((yuan * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)))

    def __add__(self, other: "Money") -> "Money":
        return Money(self.fen + other.fen)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.fen - other.fen)

    def __str__(self) -> str:
        sign = "-" if self.fen < 0 else ""
        return f"{sign}{abs(self.fen) // 100}.{abs(self.fen) % 100:02d}"
