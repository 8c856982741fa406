"""Output of the command: standard output, one file, or a folder with a file for each input. A file appears whole or not."""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress

from taizhang.cli.errors import (
    OutputFolderIsMissingError,
    OutputIsFileError,
    OutputIsInputError,
    OutputIsTerminalError,
    OutputIsUnwritableError,
)
from taizhang.cli.system_reasons import reason_of


class Delivery:
    """Where the output of one run goes.

    `form` is its format, `ending` the ending of a file in it. `is_binary`: it must not reach a terminal. `is_one_each`: every
    input makes a file of its own, so that several need a folder.
    """

    def __init__(
        self,
        output: str | None,
        form: str,
        names: Iterable[str],
        *,
        ending: str,
        is_binary: bool = False,
        is_one_each: bool = False,
    ) -> None:
        self._output = output
        self._ending = ending
        self._names = list(names)
        self._is_folder = bool(output) and (str(output).endswith(("/", os.sep)) or os.path.isdir(str(output)))
        self._is_several = len(self._names) > 1
        self._pieces: list[bytes] = []
        self._taken: set[str] = set()
        if is_binary and output is None and not self._is_several and sys.stdout.isatty():
            raise OutputIsTerminalError(format=form, example=self._file_name(self._names[0]))
        if is_one_each and self._is_several and not self._is_folder:
            if output is None:
                raise OutputFolderIsMissingError(format=form)
            if os.path.exists(output):
                raise OutputIsFileError(format=form, name=output)
            self._is_folder = True
        if output and not self._is_folder:
            self._refuse_input(output)

    def is_terminal(self) -> bool:
        """True where the output is read on a terminal as it comes."""
        return self._output is None and sys.stdout.isatty()

    def is_each(self) -> bool:
        """True where every input gets a file of its own."""
        return self._is_folder

    def put(self, content: str | bytes, name: str) -> None:
        """Deliver what input `name` gave: at once to a folder or to standard output, at `close` to a single file."""
        data = content.encode("utf-8", "replace") if isinstance(content, str) else content
        if self._is_folder:
            target = self._free(os.path.join(str(self._output), self._file_name(name)))
            self._refuse_input(target)
            _write(target, data)
        elif self._output:
            self._pieces.append(data)
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()

    def say(self, text: str, name: str) -> None:
        """Deliver text for people; on standard output in the terminal's own encoding."""
        if self._output:
            self.put(text, name)
        else:
            sys.stdout.write(text)

    def close(self) -> None:
        """Write the single file, if the output is one."""
        if self._output and not self._is_folder and self._pieces:
            _write(self._output, b"".join(self._pieces))

    def _file_name(self, name: str) -> str:
        base = os.path.basename(name) if name not in ("-", "") else ""
        return (os.path.splitext(base)[0] or "taizhang") + self._ending

    def _free(self, target: str) -> str:
        """`target`, numbered where an earlier input of this run has taken the name: inputs of one name come from two folders."""
        stem, count, free = target.removesuffix(self._ending), 1, target
        while free in self._taken:
            count += 1
            free = f"{stem}-{count}{self._ending}"
        self._taken.add(free)
        return free

    def _refuse_input(self, target: str) -> None:
        for name in self._names:
            with suppress(OSError, ValueError):
                if os.path.samefile(name, target):
                    raise OutputIsInputError(name=target)


def _write(target: str, data: bytes) -> None:
    folder = os.path.dirname(target) or "."
    try:
        os.makedirs(folder, exist_ok=True)
        if os.path.exists(target) and not os.path.isfile(target):
            # A pipe or device has no whole file to be replaced by.
            with open(target, "wb") as device:
                device.write(data)
            return
        draft = os.path.join(folder, f".{os.path.basename(target)}.{os.getpid()}.part")
        try:
            with open(draft, "xb") as file:
                file.write(data)
            os.replace(draft, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(draft)
            raise
    except OSError as error:
        raise OutputIsUnwritableError(name=target, reason=reason_of(error)) from error
