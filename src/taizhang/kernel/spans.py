"""A half-open stretch of a decoded source text, counted in characters with no newline translation."""

from typing import NamedTuple


class Span(NamedTuple):
    """`source[start:end]`; JSON form `[start, end]`.

    >>> Span(2, 5).shift(10)
    Span(start=12, end=15)
    >>> Span(0, 4).contains(Span(1, 4))
    True
    """

    start: int
    end: int

    @property
    def length(self) -> int:
        """Number of characters."""
        return self.end - self.start

    def shift(self, by: int) -> "Span":
        """The same stretch `by` characters further on."""
        return Span(self.start + by, self.end + by)

    def contains(self, other: "Span") -> bool:
        """True if `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """True if the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def cover(self, other: "Span") -> "Span":
        """The smallest span that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))
