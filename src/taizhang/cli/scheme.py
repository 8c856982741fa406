"""`taizhang scheme check`: is a scheme file right, do its clauses exist, do its weights add up; and what comes of it."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from taizhang.cli.errors import FormatIsUnknownError
from taizhang.cli.language import tr
from taizhang.cli.scheme_inputs import LoadedScheme, load_scheme
from taizhang.kernel.errors import TaizhangError

if TYPE_CHECKING:
    from taizhang.engines.scoring import Criterion, Expansion, Scheme, SchemeProblem
    from taizhang.kernel.message import Message

SCHEMA = 1
FORMATS = ("text", "json")
_FINE, _ERRORS, _BAD_INPUT = 0, 1, 2
NOTES = "退出码：0 没有错误，1 方案有错误，2 读不了。格式见 docs/packs.md"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the subcommand."""
    parser.add_argument("action", choices=("check",), metavar="check", help=tr("检查方案，列出每一处错误在哪一行"))
    parser.add_argument(
        "schemes", nargs="+", metavar=tr("方案"), help=tr("方案文件，如 packs/specimen/schemes/targets-2025.toml")
    )
    add_source(parser)
    parser.add_argument(
        "-f", "--format", default="text", metavar=tr("格式"), help=tr("输出格式：{known}").format(known="|".join(FORMATS))
    )


def add_source(parser: argparse.ArgumentParser) -> None:
    """`--source` and `--pack`."""
    parser.add_argument(
        "--source", action="append", default=[], metavar=tr("公报"), help=tr("登有方案所依据文件的公报；不写时用资料包自带的")
    )
    parser.add_argument("--pack", metavar=tr("文件夹"), default=None, help=tr("方案所属的资料包；不写时是方案上一级的文件夹"))


def run(arguments: argparse.Namespace) -> int:
    """Check every scheme named; the exit code is that of the worst."""
    if arguments.format not in FORMATS:
        raise FormatIsUnknownError(format=arguments.format, known="、".join(FORMATS))
    worst = _FINE
    for name in arguments.schemes:
        try:
            loaded = load_scheme(name, arguments.source, arguments.pack)
        except TaizhangError as error:
            if len(arguments.schemes) == 1:
                raise
            from taizhang.cli.door import complain

            complain(error)
            worst = _BAD_INPUT
            continue
        if arguments.format == "json":
            sys.stdout.write(json.dumps(_value(loaded), ensure_ascii=False) + "\n")
        else:
            sys.stdout.writelines(f"{line}\n" for line in _lines(loaded))
        worst = max(worst, _ERRORS if any(p.severity == "error" for p in problems_of(loaded)) else _FINE)
    return worst


def problems_of(loaded: LoadedScheme) -> "list[SchemeProblem]":
    """Problems of the file, of filling it in, and text typed again."""
    found = list(loaded.reading.problems)
    expansion = loaded.expansion
    if expansion is not None:
        found += expansion.problems
        if expansion.scheme is not None and loaded.reading.draft is not None:
            from taizhang.engines.scoring.expanding import retyped

            found += retyped(loaded.reading.draft, expansion.scheme)
    return found


def _lines(loaded: LoadedScheme) -> Iterator[str]:
    words = {"error": tr("错误"), "warning": tr("提醒")}
    problems = problems_of(loaded)
    for problem in problems:
        place = loaded.name + (f":{problem.line}" if problem.line else "")
        key = f" [{problem.key}]" if problem.line else ""
        yield f"{place}{tr('：')}{words[problem.severity]}{key} {_told(problem.message)}"
        yield f"  → {_told(problem.advice)}"
    if loaded.expansion is not None and loaded.expansion.scheme is not None:
        yield from _summary(loaded.expansion.scheme, loaded.expansion)
    yield tr("{count} 处问题").format(count=len(problems)) if problems else tr("没有问题")


def _summary(scheme: "Scheme", expansion: "Expansion") -> Iterator[str]:
    from taizhang.engines.scoring import leaves_of

    yield tr("{title}（{id}，第 {version} 版），依据{document}").format(
        title=scheme.title, id=scheme.id, version=scheme.version, document=scheme.document
    )
    counts = Counter(subject.category for subject in scheme.subjects)
    each = tr("、").join(f"{category.name} {counts[category.id]}" for category in scheme.categories if counts[category.id])
    yield tr("考核对象 {count} 个：{each}").format(count=len(scheme.subjects), each=each)
    leaves = [leaf for tree in scheme.trees.values() for leaf in leaves_of(tree)]
    unset = sum(leaf.weight is None for leaf in leaves)
    used = Counter(leaf.rule.strategy for leaf in leaves if leaf.rule is not None)
    yield tr("指标 {count} 项，分值未定 {unset} 项；计分方法：{used}").format(
        count=len(leaves), unset=unset, used=tr("、").join(f"{name} {number}" for name, number in used.most_common())
    )
    marks = sorted({_mark(tree) for tree in scheme.trees.values()})
    yield tr("满分：{marks}；加减分 {adjustments} 种，处理情形 {sanctions} 种，等次 {grades} 等").format(
        marks=tr("、").join(marks),
        adjustments=len(scheme.adjustments),
        sanctions=len(scheme.sanctions),
        grades=len(scheme.grades),
    )
    yield tr("用到的解释 {count} 条：").format(count=len(scheme.choices))
    for choice in scheme.choices:
        yield f"  {choice.id}{tr('：')}{choice.question} → {choice.answer}"
    for proposal in expansion.proposals:
        bodies = tr("、").join(dict.fromkeys(body for body, _ in proposal.members))
        yield tr("可能是同一个数，要不要共用：{key} {value}（{bodies}）").format(
            key=proposal.key, value=proposal.value, bodies=bodies
        )


def _mark(tree: "Criterion") -> str:
    return tr("未定") if tree.weight is None else str(tree.weight)


def _value(loaded: LoadedScheme) -> dict[str, Any]:
    from taizhang.engines.scoring import scheme_digest, scheme_to_json

    expansion = loaded.expansion
    scheme = expansion.scheme if expansion else None
    return {
        "schema": SCHEMA,
        "file": loaded.name,
        "digest": scheme_digest(scheme) if scheme else None,
        "scheme": scheme_to_json(scheme) if scheme else None,
        "problems": [
            {
                "line": p.line,
                "key": p.key,
                "severity": p.severity.value,
                "code": p.code,
                "message": str(p.message),
                "advice": str(p.advice),
            }
            for p in problems_of(loaded)
        ],
        "proposals": [
            {
                "metric": one.key,
                "value": one.value,
                "members": [{"subject": body, "criterion": criterion} for body, criterion in one.members],
            }
            for one in (expansion.proposals if expansion else ())
        ],
    }


def _told(message: "Message") -> str:
    return tr(message.template).format(**message.facts)
