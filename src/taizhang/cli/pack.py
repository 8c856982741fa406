"""`taizhang pack check`: is a pack's format right, do its parts fit together, do its quotes stand in the text."""

import argparse
import json
import os
import sys
from typing import TYPE_CHECKING, Any

from taizhang.backends.pack_files import PackFiles, read_pack_files
from taizhang.cli.errors import FormatIsUnknownError
from taizhang.cli.language import tr
from taizhang.cli.shipped_issue import read_shipped_issue
from taizhang.cli.sources import read_input
from taizhang.kernel.errors import TaizhangError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from taizhang.cli.scheme_checks import SchemeCheck
    from taizhang.engines.gazette import Issue
    from taizhang.engines.packs import Pack, PackProblem
    from taizhang.kernel.message import Message

SCHEMA = 1
FORMATS = ("text", "json")
_FINE, _ERRORS, _BAD_INPUT = 0, 1, 2
NOTES = "退出码：0 没有错误，1 资料包有错误，2 读不了。格式见 docs/packs.md"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the subcommand."""
    parser.add_argument("action", choices=("check",), metavar="check", help=tr("检查资料包，列出每一处错误在哪个文件哪一行"))
    parser.add_argument("packs", nargs="+", metavar=tr("文件夹"), help=tr("资料包所在的文件夹；可以写几个"))
    parser.add_argument(
        "--issue", action="append", default=[], metavar=tr("文件"), help=tr("再拿这份公报核对引文和机构；可以写几次")
    )
    parser.add_argument(
        "-f", "--format", default="text", metavar=tr("格式"), help=tr("输出格式：{known}").format(known="|".join(FORMATS))
    )


def run(arguments: argparse.Namespace) -> int:
    """Check every pack named; the exit code is that of the worst."""
    if arguments.format not in FORMATS:
        raise FormatIsUnknownError(format=arguments.format, known="、".join(FORMATS))
    issues = [_read(name) for name in arguments.issue]
    worst = _FINE
    for folder in arguments.packs:
        try:
            code = _check(folder, issues, arguments.format)
        except TaizhangError as error:
            if len(arguments.packs) == 1:
                raise
            from taizhang.cli.door import complain

            complain(error)
            code = _BAD_INPUT
        worst = max(worst, code)
    return worst


def _read(name: str) -> "Issue":
    from taizhang.engines.gazette import read_issue

    return read_issue(read_input(name).text.text)


def _check(folder: str, issues: "list[Issue]", form: str) -> int:
    from taizhang.engines.packs import ProblemSeverity, read_pack

    files = read_pack_files(folder)
    reading = read_pack(files.texts, files.present)
    problems = list(reading.problems)
    schemes: list[SchemeCheck] = []
    if reading.pack is not None:
        shipped = [read_shipped_issue(files, name) for name in reading.pack.issues]
        problems += _against_issues(reading.pack, files, shipped, issues)
        if files.schemes or files.cases:
            from taizhang.cli.scheme_checks import check_schemes

            more, schemes = check_schemes(reading.pack, files, [*shipped, *issues], must_fill=bool(shipped))
            problems += more
    errors = sum(p.severity is ProblemSeverity.ERROR for p in problems)
    if form == "json":
        sys.stdout.write(json.dumps(_value(folder, reading.pack, problems, schemes), ensure_ascii=False) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(files, reading.pack, problems, errors, schemes))
    return _ERRORS if errors else _FINE


def _against_issues(pack: "Pack", files: PackFiles, shipped: "list[Issue]", issues: "list[Issue]") -> "Iterable[PackProblem]":
    from taizhang.engines.packs import check_against_issue

    for issue in shipped:
        yield from check_against_issue(pack, issue, files.texts)
    for issue in issues:
        yield from check_against_issue(pack, issue, files.texts, is_own=False)


def _lines(
    files: PackFiles, pack: "Pack | None", problems: "list[PackProblem]", errors: int, schemes: "list[SchemeCheck]"
) -> "Iterable[str]":
    from taizhang.engines.packs import ProblemSeverity

    words = {ProblemSeverity.ERROR: tr("错误"), ProblemSeverity.WARNING: tr("提醒")}
    for problem in problems:
        place = os.path.join(files.folder, problem.file) + (f":{problem.line}" if problem.line else "")
        key = f" [{problem.key}]" if problem.key else ""
        yield f"{place}{tr('：')}{words[problem.severity]}{key} {_told(problem.message)}"
        yield f"  → {_told(problem.advice)}"
    if pack is not None:
        yield tr(
            "{name}（{id}）：{areas} 个地区，{bodies} 个机构，{codes} 个机关代字，{interpretations} 条解释，{issues} 份公报"
        ).format(
            name=pack.name,
            id=pack.id,
            areas=len(pack.areas),
            bodies=len(pack.bodies) - len(pack.areas),
            codes=len(pack.document_codes),
            interpretations=len(pack.interpretations),
            issues=len(pack.issues),
        )
    for scheme in schemes:
        if scheme.is_filled:
            told = tr("方案 {id}：{subjects} 个考核对象，{criteria} 项指标，{cases} 个手算例子")
        else:
            told = tr("方案 {id}：格式读过；没有登有原文的公报，没有展开验算")
        yield told.format(id=scheme.id, subjects=scheme.subjects, criteria=scheme.criteria, cases=scheme.cases)
    warnings = len(problems) - errors
    if errors or warnings:
        yield tr("{errors} 处错误，{warnings} 处提醒").format(errors=errors, warnings=warnings)
    else:
        yield tr("没有问题")


def _value(folder: str, pack: "Pack | None", problems: "list[PackProblem]", schemes: "list[SchemeCheck]") -> dict[str, Any]:
    told = [
        {
            "file": p.file,
            "line": p.line,
            "key": p.key,
            "severity": p.severity.value,
            "code": p.code,
            "message": _told(p.message),
            "advice": _told(p.advice),
        }
        for p in problems
    ]
    counts = None
    if pack is not None:
        counts = {
            "id": pack.id,
            "name": pack.name,
            "fictional": pack.fictional,
            "area_code": pack.place.area_code.value,
            "areas": len(pack.areas),
            "bodies": len(pack.bodies) - len(pack.areas),
            "document_codes": len(pack.document_codes),
            "interpretations": len(pack.interpretations),
            "issues": list(pack.issues),
            "schemes": [
                {
                    "id": scheme.id,
                    "file": scheme.file,
                    "filled": scheme.is_filled,
                    "subjects": scheme.subjects,
                    "criteria": scheme.criteria,
                    "cases": scheme.cases,
                }
                for scheme in schemes
            ],
        }
    return {"schema": SCHEMA, "folder": folder, "pack": counts, "problems": told}


def _told(message: "Message") -> str:
    return tr(message.template).format(**message.facts)
