"""`taizhang ledger`: checks the chain of the ledger, shows its head, links what is not yet linked."""

import argparse
import re
import sys
from typing import TYPE_CHECKING

from taizhang.cli import surroundings
from taizhang.cli.language import tr
from taizhang.cli.site import open_site
from taizhang.cli.site_errors import AnchorIsMalformedError

if TYPE_CHECKING:
    from taizhang.apps.ledger.chain import Fault

NOTES = "退出码：0 台账完好，1 台账被改动过，2 读不了"
_ANCHOR = re.compile(r"([1-9][0-9]{0,17})[:：]([0-9a-f]{64})")
_REASONS = {
    "digest": "内容和它自己的摘要不符",
    "head": "链上的校验值接不上",
    "gap": "序号不连续，中间少了",
    "anchor": "和印出的校验值不符",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the subcommand."""
    actions = parser.add_subparsers(dest="action", required=True, metavar=tr("命令"))
    verify = actions.add_parser("verify", help=tr("核对每一条，一处改动都指出来"))
    verify.add_argument("--anchor", metavar=tr("校验值"), help=tr("再和通报上印的校验值核对，写 序号:校验值"))
    actions.add_parser("head", help=tr("显示最新的校验值，可印在通报上"))
    actions.add_parser("seal", help=tr("把新写的条目接到链上（后台平时自己做）"))


def run(arguments: argparse.Namespace) -> int:
    """The exit code."""
    anchor = anchor_of(arguments.anchor) if getattr(arguments, "anchor", None) else None
    open_site()
    if arguments.action == "verify":
        return _verify(anchor)
    if arguments.action == "seal":
        from taizhang.apps.ledger.chain import seal_pending

        sealed = seal_pending(at=surroundings.now())
        sys.stdout.write(tr("接上了 {count} 条").format(count=sealed) + "\n")
        return 0
    sys.stdout.write(f"{_head()}\n")
    return 0


def anchor_of(text: str) -> tuple[int, str]:
    """Sequence and head as `128:9f2c…`. Raises `AnchorIsMalformedError`."""
    match = _ANCHOR.fullmatch("".join(text.split()).lower())
    if match is None:
        raise AnchorIsMalformedError(anchor=text)
    return int(match[1]), match[2]


def _head() -> str:
    from taizhang.apps.ledger.models import Seal

    last = Seal.objects.order_by("-sequence").first()
    return f"{last.sequence}:{last.head}" if last else tr("台账还是空的")


def _verify(anchor: tuple[int, str] | None) -> int:
    from taizhang.apps.ledger.chain import verify
    from taizhang.apps.ledger.models import Entry, Seal

    faults = 0
    for fault in verify(anchor):
        faults += 1
        sys.stdout.write(f"{_told(fault)}\n")
    counts = {"sealed": Seal.objects.count(), "waiting": Entry.objects.filter(seal__isnull=True).count(), "head": _head()}
    if faults:
        sys.stdout.write(
            tr("台账有 {count} 处不对。停止写入，保留现场，和备份、通报上印的校验值对照").format(count=faults) + "\n"
        )
        return 1
    sys.stdout.write(tr("台账完好：{sealed} 条已接链，{waiting} 条待接，最新校验值 {head}").format(**counts) + "\n")
    return 0


def _told(fault: "Fault") -> str:
    reason = tr(_REASONS[fault.reason])
    if fault.sequence is None:
        return tr("未接链的第 {entry} 条：{reason}").format(entry=fault.entry, reason=reason)
    return tr("第 {sequence} 环（第 {entry} 条）：{reason}").format(sequence=fault.sequence, entry=fault.entry, reason=reason)
