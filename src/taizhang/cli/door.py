"""Runs one subcommand: language first, then the arguments, then the work; every failure becomes a sentence on stderr."""

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from types import ModuleType

from taizhang import __version__
from taizhang.cli import language, surroundings
from taizhang.cli.errors import CommandIsUnknownError, LanguageIsUnknownError
from taizhang.cli.language import tr
from taizhang.cli.main import BAD_INPUT, COMMANDS, INTERNAL_FAULT, INTERRUPTED, OUTPUT_GONE
from taizhang.kernel.errors import TaizhangError


def enter(words: list[str]) -> int:
    """The exit code of `taizhang` with these arguments."""
    _tell_all_characters()
    # A run makes hundreds of thousands of small values and frees them together at its end; looking for cycles among them every
    # few hundred costs up to a quarter of the time.
    gc.set_threshold(200_000, 20, 100)
    try:
        return _run(words)
    except TaizhangError as error:
        complain(error)
        return BAD_INPUT
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 0
    except BrokenPipeError:
        # Whoever read our output has seen enough. Python would complain once more when it closes stdout.
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OUTPUT_GONE
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return INTERRUPTED
    except Exception as fault:
        return _confess(fault)


def complain(error: TaizhangError, about: str = "") -> None:
    """The error in the language in use, on stderr, after the name of the input it is `about`."""
    colon = tr("：")
    sys.stderr.write(f"taizhang{colon}{about}{colon if about else ''}{told(error)}\n")


def told(error: TaizhangError) -> str:
    """The error's sentence in the language in use."""
    try:
        return tr(error.template).format(**error.facts)
    except (KeyError, IndexError, ValueError):
        return str(error)


def _tell_all_characters() -> None:
    # A terminal that lacks a character shows a question mark; it must not stop the report.
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace")


def _run(words: list[str]) -> int:
    words, flag = _language_flag(words)
    language.use(language.chosen(flag, surroundings.environment()))
    if flag and not language.is_known(flag):
        raise LanguageIsUnknownError(language=flag)
    if not words or words[0] in ("-h", "--help", "help"):
        sys.stdout.write(_overview())
        return 0 if words else BAD_INPUT
    if words[0] in ("--version", "-V"):
        sys.stdout.write(f"taizhang {__version__}\n")
        return 0
    name = words[0]
    if name not in COMMANDS:
        raise CommandIsUnknownError(command=name, known="、".join(COMMANDS))
    return _subcommand(name, words[1:])


def _subcommand(name: str, words: list[str]) -> int:
    from taizhang.cli.arguments import Parser

    module_name, summary, example = COMMANDS[name]
    module: ModuleType = import_module(module_name)
    parser = Parser(name, tr(summary), tr(example), getattr(module, "NOTES", ""))
    module.add_arguments(parser)
    code: int = module.run(parser.parse_args(words))
    sys.stdout.flush()
    return code


def _language_flag(words: list[str]) -> tuple[list[str], str | None]:
    """Take `--lang X` or `--lang=X` out, wherever it stands before a `--`."""
    rest: list[str] = []
    flag: str | None = None
    at = 0
    while at < len(words) and words[at] != "--":
        word = words[at]
        if word == "--lang":
            flag = words[at + 1] if at + 1 < len(words) else ""
            at += 2
            if not flag:
                raise LanguageIsUnknownError(language="")
            continue
        if word.startswith("--lang="):
            flag = word.removeprefix("--lang=")
            if not flag:
                raise LanguageIsUnknownError(language="")
        else:
            rest.append(word)
        at += 1
    return rest + words[at:], flag


def _overview() -> str:
    from taizhang.kernel.columns import pad

    lines = [
        tr("台账：读政府公报，付印前校对，列出目标和责任单位"),
        "",
        tr("用法：taizhang 命令 文件… [选项]"),
        "",
        tr("命令："),
    ]
    width = max(map(len, COMMANDS)) + 2
    lines.extend(f"  {pad(name, width)}{tr(summary)}" for name, (_, summary, _) in COMMANDS.items())
    lines += [
        "",
        tr("例子："),
        *(f"  {tr(example)}" for _, _, example in COMMANDS.values()),
        "",
        tr("选项："),
        "  -h, --help     " + tr("显示说明；taizhang 命令 --help 看一个命令的全部选项"),
        "  -V, --version  " + tr("显示版本"),
        "  --lang zh|en   " + tr("界面语言；不写时看 LC_ALL、LC_MESSAGES、LANG，默认中文"),
        "",
        tr("退出码：0 没有错误，1 校对发现错误，2 读不了输入或用法不对（说明里写明怎么办）"),
    ]
    return "\n".join(lines) + "\n"


def _confess(fault: Exception) -> int:
    """A fault of the program: one line that says what to report. TAIZHANG_DEBUG shows the whole trace."""
    if surroundings.wants_traceback():
        import traceback

        traceback.print_exception(fault)
    template = tr(
        "程序内部出错（{kind}：{detail}）。这不是文件的问题：请设 TAIZHANG_DEBUG=1 再运行一次，把显示的内容报告给维护者"
    )
    sys.stderr.write(f"taizhang{tr('：')}{template.format(kind=type(fault).__name__, detail=fault)}\n")
    return INTERNAL_FAULT
