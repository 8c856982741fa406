"""`taizhang search`: finds sentences in the adopted issues, exact to the character; rebuilds the index."""

import argparse
import sys
from typing import TYPE_CHECKING

from taizhang.cli import surroundings
from taizhang.cli.arguments import whole
from taizhang.cli.language import tr
from taizhang.cli.site import open_site
from taizhang.cli.site_errors import WordsAreMissingError

if TYPE_CHECKING:
    from taizhang.apps.targets.finding import Result

NOTES = "几个词都要出现；全角半角不分。退出码：0 找到，1 没有找到"
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the subcommand."""
    parser.add_argument("words", nargs="*", metavar=tr("词"), help=tr("要找的词，可以写几个"))
    parser.add_argument("--page", type=whole(1), default=1, metavar=tr("页"), help=tr("第几页，默认第 1 页"))
    parser.add_argument("--rebuild", action="store_true", help=tr("从数据库重建索引"))


def run(arguments: argparse.Namespace) -> int:
    """Find and print; the exit code."""
    if not arguments.words and not arguments.rebuild:
        raise WordsAreMissingError()
    open_site()
    from django.conf import settings

    from taizhang.apps.targets.finding import find
    from taizhang.apps.targets.indexing import rebuild_index, sync_index

    if arguments.rebuild:
        sys.stdout.write(tr("索引已重建，{count} 条").format(count=rebuild_index()) + "\n")
        if not arguments.words:
            return 0
    else:
        sync_index()
    found = find(settings.SEARCH_INDEX, " ".join(arguments.words), {}, max(1, arguments.page))
    for result in found.results:
        sys.stdout.write(f"{_told(result, is_coloured=surroundings.shows_colour())}\n")
    counts = {"count": found.count, "page": found.page, "pages": found.pages}
    sys.stdout.write(tr("共 {count} 处，第 {page} 页，共 {pages} 页").format(**counts) + "\n")
    return 0 if found.count else 1


def _told(result: "Result", *, is_coloured: bool) -> str:
    from taizhang.kernel.columns import printable

    before, after = (_BOLD, _PLAIN) if is_coloured else ("【", "】")
    words = "".join(f"{before}{printable(text)}{after}" if is_hit else printable(text) for text, is_hit in result.pieces)
    if result.quote is not None:
        return f"{result.quote.full}\t{words}"
    return f"{result.body.ident if result.body else ''}\t{words}"
