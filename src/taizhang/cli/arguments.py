"""The argument parser in the reader's language: argparse, with its headings and complaints said our way."""

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NoReturn

from taizhang.cli.errors import FormatIsUnknownError, OutputEndingIsAnotherFormatError, UsageError
from taizhang.cli.language import tr
from taizhang.cli.surroundings import columns
from taizhang.kernel.columns import column_count, fit, pad

LAST_PORT = 65535
_NAMES = 28  # columns for the names of arguments
_NEVER_FIRST = frozenset("，。；：、！？）》”’」』】…%％")  # marks that must not begin a line of Chinese (GB/T 15834 5.1)
# Endings that promise a kind of file: what else is written under them cannot be opened.
_PROMISES = frozenset(
    ("docx", "doc", "wps", "pdf", "ofd", "xlsx", "xls", "et", "csv", "json", "html", "htm", "xml", "akn", "sarif", "txt", "md")
)
_PLAIN_TEXT = {"tree", "table", "terminal", "text"}  # formats for which .txt and .md are fair endings
# argparse complains in English; these are its complaints, and how they are told.
_COMPLAINTS: tuple[tuple[str, str], ...] = (
    (r"argument (?P<name>.+?): expected (?:one|at least one) argument$", "选项 {name} 后面少了内容"),
    (r"argument (?P<name>.+?): ignored explicit argument (?P<value>.+)$", "选项 {name} 不带内容，却写了 {value}"),
    (r"argument (?P<name>.+?): not allowed with argument (?P<other>.+)$", "选项 {name} 不能和 {other} 一起用"),
    (
        r"argument (?P<name>.+?): invalid choice: (?P<value>.+?) \(choose from (?P<known>.+)\)$",
        "{name} 不认 {value}，可用的：{known}",
    ),
    (r"argument (?P<name>.+?): invalid \w+ value: (?P<value>.+)$", "{name} 的内容 {value} 不对"),
    (r"argument (?P<name>.+?): (?P<value>“.+)$", "{name} {value}"),
    (r"unrecognized arguments: (?P<value>.+)$", "不认识 {value}"),
    (r"the following arguments are required: (?P<value>.+)$", "还少 {value}"),
    (r"ambiguous option: (?P<value>.+?) could match (?P<known>.+)$", "{value} 写得太短，可能是 {known}"),
)


class Parser(argparse.ArgumentParser):
    """Parser of one subcommand. A complaint is a `UsageError`, so that the door can tell it like any other."""

    def __init__(self, command: str = "", summary: str = "", example: str = "", notes: str = "", **rest: Any) -> None:
        # A parser of a parser (taizhang pack check) comes with argparse's own arguments.
        self.command = command or str(rest.get("prog") or "").removeprefix("taizhang ")
        self._example = example
        super().__init__(
            prog=f"taizhang {self.command}",
            description=summary or rest.get("description") or rest.get("help"),
            epilog=tr(notes) or rest.get("epilog"),
            add_help=False,
            allow_abbrev=False,
        )
        self.add_argument("-h", "--help", action="help", help=tr("显示这份说明"))

    def format_help(self) -> str:
        """Usage, what it does, arguments, options, an example; set for text two columns a character."""
        positional = [a for a in self._actions if not a.option_strings]
        options = [a for a in self._actions if a.option_strings]
        lines = [tr("用法：") + " ".join([self.prog, *map(_in_usage, positional), tr("[选项]")]), ""]
        if self.description:
            lines += [*_wrapped(self.description, _width()), ""]
        for title, actions in ((tr("参数："), positional), (tr("选项："), options)):
            if actions:
                lines += [title, *(line for a in actions for line in self._explained(a)), ""]
        lines[-1:] = [*_row("--lang zh|en", tr("界面语言；不写时看 LC_ALL、LC_MESSAGES、LANG，默认中文")), ""]
        if self._example:
            lines += [tr("例子："), f"  {self._example}", ""]
        if self.epilog:
            lines += [*_wrapped(self.epilog, _width()), ""]
        return "\n".join(lines)

    def _explained(self, action: argparse.Action) -> Iterator[str]:
        if isinstance(action, argparse._SubParsersAction):
            for choice in action._choices_actions:
                yield from _row(choice.dest, choice.help or "")
            return
        name = ", ".join(action.option_strings) or str(action.metavar or action.dest)
        if action.option_strings and action.nargs != 0:
            name += f" {action.metavar or action.dest}"
        yield from _row(name, self._get_formatter()._expand_help(action) if action.help else "")

    def error(self, message: str) -> NoReturn:
        """Raise `UsageError` with argparse's complaint in the language in use."""
        raise UsageError(problem=_told(message), command=self.command)

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """Leave after help was printed."""
        if message:
            sys.stderr.write(message)
        sys.stdout.flush()
        raise SystemExit(status)


def _in_usage(action: argparse.Action) -> str:
    if isinstance(action, argparse._SubParsersAction):
        return tr("命令")
    name = str(action.metavar or action.dest)
    return f"{name}…" if action.nargs in ("*", "+") else name


def _row(name: str, explanation: str) -> Iterator[str]:
    lines = list(_wrapped(explanation, _width() - _NAMES))
    first = "  " + name
    if column_count(first) > _NAMES - 2:
        yield first
        first = ""
    yield (pad(first, _NAMES) + (lines[0] if lines else "")).rstrip()
    for line in lines[1:]:
        yield " " * _NAMES + line


def _wrapped(text: str, columns: int) -> Iterator[str]:
    for paragraph in text.splitlines():
        rest = paragraph.strip()
        while column_count(rest) > columns:
            head = fit(rest, columns)[:-1]
            while len(head) > 2 and rest[len(head)] in _NEVER_FIRST:
                head = head[:-1]
            # English breaks between words.
            if head[-1:].isascii() and rest[len(head) : len(head) + 1].isascii() and " " in head:
                head = head[: head.rindex(" ") + 1]
            yield head.rstrip()
            rest = rest[len(head) :].lstrip()
        yield rest


def _width() -> int:
    return max(min(columns(), 110), 60)


def _told(message: str) -> str:
    for pattern, chinese in _COMPLAINTS:
        if match := re.match(pattern, message):
            return tr(chinese).format(**{name: _listed(words) for name, words in match.groupdict().items()})
    return message


def _listed(words: str) -> str:
    """Names as argparse lists them ('all', 'web'; --by, 文件) as a sentence lists them."""
    return "、".join(words.replace("'", "").split(", "))


def add_input(parser: argparse.ArgumentParser) -> None:
    """The files to read."""
    parser.add_argument(
        "files", nargs="*", metavar=tr("文件"), help=tr("要读的文件：.txt .md .html .docx .pdf；- 是标准输入；可以写几个")
    )


def add_output(parser: argparse.ArgumentParser, formats: tuple[str, ...], default: str) -> None:
    """`--format` and `-o`."""
    known = "|".join(formats)
    explain = tr("输出格式：{known}；不写时看 -o 的后缀，再不然用 {default}").format(known=known, default=default)
    parser.add_argument("-f", "--format", metavar=tr("格式"), default=None, help=explain)
    parser.add_argument("-o", "--output", metavar=tr("文件"), default=None, help=tr("写进文件；读几个文件时可写文件夹"))


def add_pack(parser: argparse.ArgumentParser) -> None:
    """`--pack`."""
    parser.add_argument("--pack", metavar=tr("文件夹"), default=None, help=tr("地方资料包：机构名录、区划代码、解释"))


def day(text: str) -> date:
    """An ISO day given as an argument. Raises argparse's own error otherwise."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(tr("“{value}”不是日期，写成 2025-03-31").format(value=text)) from None


def whole(least: int, most: int | None = None) -> Callable[[str], int]:
    """A type for arguments that are whole numbers from `least` on, up to `most` where that is given."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            template = tr("“{value}”不是整数，写成 {least} 这样的数字")
            raise argparse.ArgumentTypeError(template.format(value=text, least=least)) from None
        if number < least or (most is not None and number > most):
            template = tr("“{value}”不行，最小 {least}") if most is None else tr("“{value}”不行，要在 {least} 到 {most} 之间")
            raise argparse.ArgumentTypeError(template.format(value=text, least=least, most=most))
        return number

    return read


def format_of(arguments: argparse.Namespace, formats: tuple[str, ...], default: str) -> str:
    """The form asked for: `--format`, else the ending of the output file, else the default.

    Raises `FormatIsUnknownError`, and `OutputEndingIsAnotherFormatError` where the ending promises what this command can't write.
    """
    asked: str | None = arguments.format
    if asked is not None:
        if asked not in formats:
            raise FormatIsUnknownError(format=asked, known="、".join(formats))
        return asked
    output = str(arguments.output or "")
    if os.path.isdir(output):
        return default
    written = os.path.splitext(output)[1].removeprefix(".").lower()
    ending = {"htm": "html", "xml": "akn"}.get(written, written)
    if ending in formats:
        return ending
    if ending in _PROMISES and not (ending in ("txt", "md") and default in _PLAIN_TEXT):
        raise OutputEndingIsAnotherFormatError(name=output, ending=f".{written}", known="、".join(formats))
    return default
