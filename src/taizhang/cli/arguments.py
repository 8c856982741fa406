"""The argument parser in the reader's language: argparse, with its headings and complaints said our way."""

import argparse
import re
import sys
from typing import NoReturn

from taizhang.cli.errors import FormatIsUnknownError, UsageError
from taizhang.cli.language import tr
from taizhang.cli.surroundings import columns
from taizhang.kernel.columns import column_count, fit

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
    (r"unrecognized arguments: (?P<value>.+)$", "不认识 {value}"),
    (r"the following arguments are required: (?P<value>.+)$", "还少 {value}"),
    (r"ambiguous option: (?P<value>.+?) could match (?P<known>.+)$", "{value} 写得太短，可能是 {known}"),
)


class _Help(argparse.HelpFormatter):
    """Help whose columns hold with Chinese text, two columns a character."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=min(columns(), 110) - 2)

    def add_usage(self, usage: str | None, actions: object, groups: object, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, tr("用法：") if prefix is None else prefix)  # type: ignore[arg-type]

    def _split_lines(self, text: str, width: int) -> list[str]:
        lines: list[str] = []
        for paragraph in text.splitlines():
            rest = paragraph.strip()
            while column_count(rest) > width:
                head = fit(rest, width)[:-1]
                lines.append(head)
                rest = rest[len(head) :].lstrip()
            lines.append(rest)
        return lines

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in self._split_lines(text, width - len(indent)))


class Parser(argparse.ArgumentParser):
    """Parser of one subcommand. A complaint is a `UsageError`, so that the door can tell it like any other."""

    def __init__(self, command: str = "", summary: str = "", example: str = "", notes: str = "", **rest: object) -> None:
        self._command = command or str(rest.pop("prog", "")).removeprefix("taizhang ")
        epilog = "\n".join(part for part in (f"{tr('例子：')}\n  {example}" if example else "", tr(notes)) if part)
        super().__init__(
            prog=f"taizhang {self._command}",
            description=summary or None,
            epilog=epilog or None,
            formatter_class=_Help,
            add_help=False,
            allow_abbrev=False,
        )
        self._positionals.title = tr("参数")
        self._optionals.title = tr("选项")
        self.add_argument("-h", "--help", action="help", help=tr("显示这份说明"))

    def error(self, message: str) -> NoReturn:
        """Raise `UsageError` with argparse's complaint in the language in use."""
        raise UsageError(problem=_told(message), command=self._command)

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """Leave after help was printed."""
        if message:
            sys.stderr.write(message)
        sys.stdout.flush()
        raise SystemExit(status)


def _told(message: str) -> str:
    for pattern, chinese in _COMPLAINTS:
        if match := re.match(pattern, message):
            return tr(chinese).format(**match.groupdict())
    return message


def add_input(parser: argparse.ArgumentParser) -> None:
    """The files to read."""
    parser.add_argument(
        "files", nargs="*", metavar=tr("文件"), help=tr("要读的文件：.txt .md .html .docx .pdf；- 是标准输入；可以写几个")
    )


def add_output(parser: argparse.ArgumentParser, formats: tuple[str, ...], default: str) -> None:
    """`--format` and `-o`."""
    known = "|".join(formats)
    explain = tr("输出格式：{known}；不写时看 -o 的后缀，再不然是 {default}").format(known=known, default=default)
    parser.add_argument("-f", "--format", metavar=tr("格式"), default=None, help=explain)
    parser.add_argument("-o", "--output", metavar=tr("文件或文件夹"), default=None, help=tr("写进文件；读几个文件时可写文件夹"))


def add_pack(parser: argparse.ArgumentParser) -> None:
    """`--pack`."""
    parser.add_argument("--pack", metavar=tr("文件夹"), default=None, help=tr("地方资料包：机构名录、区划代码、解释"))


def format_of(arguments: argparse.Namespace, formats: tuple[str, ...], default: str) -> str:
    """The form asked for: `--format`, else the ending of the output file, else the default."""
    asked: str | None = arguments.format
    if asked is not None:
        if asked not in formats:
            raise FormatIsUnknownError(format=asked, known="、".join(formats))
        return asked
    ending = str(arguments.output or "").rpartition(".")[2].lower()
    ending = {"htm": "html", "xml": "akn"}.get(ending, ending)
    return ending if ending in formats else default
