"""Input of the command: files and standard input, read as bytes and decoded by the readers."""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from taizhang.cli.door import complain
from taizhang.cli.errors import (
    FileIsEmptyError,
    FileIsFolderError,
    FileIsMissingError,
    FileIsUnreadableError,
    NoInputError,
    StandardInputIsTakenTwiceError,
)
from taizhang.cli.language import tr
from taizhang.cli.progress import Progress
from taizhang.cli.system_reasons import reason_of
from taizhang.kernel.errors import TaizhangError

if TYPE_CHECKING:
    from taizhang.engines.readers import SourceText

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Input:
    """A text that was read. `name` is the path as given, 标准输入 for `-`; `path` None for standard input."""

    name: str
    path: str | None
    text: "SourceText"


class Inputs:
    """The inputs of one run, read one by one; what cannot be read is complained of and counted, and the rest goes on."""

    def __init__(self, names: Sequence[str], example: str) -> None:
        self._names = list(names)
        if not self._names:
            if sys.stdin is None or sys.stdin.isatty():
                raise NoInputError(example=tr(example))
            self._names = [STANDARD_INPUT]
        if self._names.count(STANDARD_INPUT) > 1:
            raise StandardInputIsTakenTwiceError()
        self.refused = 0
        self.progress = Progress(len(self._names))

    @property
    def is_single(self) -> bool:
        """True where one input was named."""
        return len(self._names) == 1

    @property
    def names(self) -> tuple[str, ...]:
        """The inputs as named."""
        return tuple(self._names)

    def __iter__(self) -> Iterator[Input]:
        for name in self._names:
            self.progress.show(name)
            try:
                source = read_input(name)
            except TaizhangError as error:
                self.refuse(error, name)
            else:
                yield source
            self.progress.step()
        self.progress.clear()

    def refuse(self, error: TaizhangError, name: str) -> None:
        """Say why an input could not be used, naming it where the error does not."""
        self.progress.clear()
        self.refused += 1
        complain(error, "" if "name" in error.facts else _shown(name))


def read_input(name: str) -> Input:
    """Read and decode one input. Raises a `TaizhangError` that names it."""
    data = _bounded(sys.stdin.buffer) if name == STANDARD_INPUT else file_bytes(name)
    shown = _shown(name)
    if not data.strip():
        raise FileIsEmptyError(name=shown)
    from taizhang.engines.readers import read_bytes

    text = read_bytes(data, name="" if name == STANDARD_INPUT else os.path.basename(name))
    if not text.text.strip():
        raise FileIsEmptyError(name=shown)
    return Input(shown, None if name == STANDARD_INPUT else name, text)


def _shown(name: str) -> str:
    return tr("标准输入") if name == STANDARD_INPUT else name


def file_bytes(name: str) -> bytes:
    """The bytes of a file. Raises an error that names it and says what to do."""
    try:
        with open(name, "rb") as file:
            return _bounded(file)
    except FileNotFoundError:
        raise FileIsMissingError(name=name) from None
    except IsADirectoryError:
        raise FileIsFolderError(name=name.rstrip("/\\")) from None
    except (OSError, ValueError) as error:
        if os.path.isdir(name):
            raise FileIsFolderError(name=name.rstrip("/\\")) from None
        raise FileIsUnreadableError(name=name.replace("\0", "\\0"), reason=reason_of(error)) from None


def _bounded(file: BinaryIO) -> bytes:
    """Its bytes; `FileIsTooLargeError` before more than can be read at once is held, for some sources have no end."""
    from taizhang.engines.readers import LIMIT_BYTES, refuse_too_large

    data = file.read(LIMIT_BYTES + 1)
    refuse_too_large(max(len(data), os.fstat(file.fileno()).st_size) if len(data) > LIMIT_BYTES else len(data))
    return data
