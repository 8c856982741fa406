"""How a log line looks: when, how grave, from where, what. An exception shows its kind and its place, never its words.

The words of an exception may hold what somebody typed, and nothing personal belongs in a log (docs/operations.md).
"""

import logging
import traceback
from types import TracebackType
from typing import Any

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutWords(logging.Formatter):
    """Formats tracebacks without the exceptions' words, causes included."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", *args, **kwargs)

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 - the name logging calls
        """Frames and kinds, the innermost cause first."""
        lines: list[str] = []
        error: BaseException | None = ei[1]
        seen: set[int] = set()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            frames = "".join(traceback.format_tb(error.__traceback__))
            lines.insert(0, f"{frames}{type(error).__module__}.{type(error).__qualname__}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)
