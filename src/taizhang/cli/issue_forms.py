"""An issue in the forms that text can take: the parse contract, a reading page, Akoma Ntoso."""

from html import escape
from typing import TYPE_CHECKING

from taizhang.cli.language import tr
from taizhang.cli.styles import style
from taizhang.engines.gazette.model import Issue

if TYPE_CHECKING:
    from taizhang.engines.packs import Pack


def title_of(issue: Issue) -> str:
    """What the issue is called: 公报 with year and number, or the title of its first document."""
    masthead = issue.masthead
    if masthead and masthead.year and masthead.number:
        return masthead.title + " " + tr("{year}年第{number}号").format(year=masthead.year, number=masthead.number)
    if masthead:
        return masthead.title
    return issue.documents[0].title if issue.documents else ""


def reading_page(issue: Issue) -> str:
    """A page to read: the documents one after another, contents at the side, nothing needed beside it."""
    from taizhang.engines.gazette import to_html

    title = escape(title_of(issue))
    contents = "".join(
        f'<li><a href="#{escape(d.id)}">{escape(d.title)}</a></li>' for d in issue.walk_documents() if d.role != "annex"
    )
    return (
        f'<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{style('reading.css')}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#main">{escape(tr("跳到正文"))}</a>\n<main id="main" class="wrap">'
        f'<div class="ww flow"><h1>{title}</h1></div>\n<div class="reader"><aside class="toc" aria-label="{escape(tr("目录"))}">'
        f'<ul>{contents}</ul></aside>\n<div class="tx issue-text">\n{to_html(issue)}\n</div></div></main>\n</body>\n</html>\n'
    )


def akn_text(issue: Issue, pack: "Pack | None") -> str:
    """Akoma Ntoso 3.0; works get their addresses from the pack's area code and document codes, and none without a pack."""
    from taizhang.engines.gazette import AknNaming, to_akn

    if pack is None:
        return to_akn(issue)
    codes = {code.code: (code.actor, code.short) for code in pack.document_codes}
    return to_akn(issue, AknNaming(pack.place.area_code, codes))
