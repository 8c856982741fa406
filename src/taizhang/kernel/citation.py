"""Where a figure, duty or date comes from: the sentence that ordered it."""

from dataclasses import dataclass

from taizhang.kernel.spans import Span


@dataclass(frozen=True, slots=True)
class Citation:
    """Document number as normalised (None where the document prints none), eId in that document, span and quoted words."""

    document_number: str | None
    eid: str
    span: Span
    quote: str
