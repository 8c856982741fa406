"""The report as one page that needs nothing beside it: no script, no file, no network; print-ready on A4.

The look is the house's (tokens.css, base.css, report.css), whose text comes in as an argument. Filters work by fragment:
`#only-error` leaves the errors, `#only-document-2` one document.
"""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from taizhang.engines.proof.model import Agreement, Finding, Severity
from taizhang.engines.proof.report.acceptance import Acceptance, Accepted
from taizhang.engines.proof.report.consequence import Consequence, consequence_of, consequence_title
from taizhang.engines.proof.report.excerpt import marked, surroundings
from taizhang.engines.proof.report.markup import BRAND, SYMBOLS, drawn_to_scale, light, severity_light, text
from taizhang.engines.proof.report.model import Report
from taizhang.engines.proof.report.wording import SEVERITIES, Translate, say

_CLASS = {Severity.ERROR: "finding z", Severity.WARNING: "finding r", Severity.NOTE: "finding"}
_OTHER_PLACES = 5
_REACH = 45


def html_report(report: Report, style: str, translate: Translate, *, language: str = "zh-CN", made_on: date | None = None) -> str:
    """The whole page. `style` is CSS text; `made_on` is printed in the foot where it is given."""
    return "".join(_Page(report, translate).page(style, language, made_on))


class _Page:
    def __init__(self, report: Report, translate: Translate) -> None:
        self.report = report
        self.tr = translate
        self.entries = report.numbered()
        documents = {self._document(e) for _, e in self.entries}
        self.documents = {d: index for index, d in enumerate(sorted(documents, key=self._printed_at))}

    # --- frame ----------------------------------------------------------------------------------------------------

    def page(self, style: str, language: str, made_on: date | None) -> Iterator[str]:
        title = " ".join(p for p in (self.tr("校对报告"), self._issue_name()) if p)
        css = style + self._filters()
        policy = f"default-src 'none'; style-src 'sha256-{b64encode(sha256(css.encode()).digest()).decode()}'"
        yield (
            f'<!doctype html>\n<html lang="{text(language)}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<title>{text(title)}</title>\n<meta name="generator" content="taizhang {text(self.report.version)}">\n'
            f"<style>{css}</style>\n</head>\n<body>\n"
            f'<a class="skip" href="#main">{text(self.tr("跳到正文"))}</a>\n{SYMBOLS}\n'
        )
        yield (
            f'<header class="site"><div class="wrap"><span class="brand">{BRAND}<span><b>{text(self.tr("台账"))}</b>'
            f"<small>{text(self.tr('公报校对'))}</small></span></span>"
            f'<span class="meta">{text(_file_name(self.report.source.name))}</span></div></header>\n<main id="main" class="wrap">'
        )
        yield self._opening()
        yield "".join(f'<span class="pick-at" id="{name}"></span>' for name in self._filter_names())
        yield self._lamps()
        yield f'<div class="reader">{self._contents()}<div class="flow">'
        yield from self._groups()
        yield from self._tail()
        yield "</div></div></main>\n"
        yield from self._drawers()
        yield self._foot(made_on)
        yield "</body>\n</html>\n"

    def _issue_name(self) -> str:
        masthead = self.report.issue.masthead
        if masthead and masthead.year and masthead.number:
            return self.tr("{year}年第{number}号").format(year=masthead.year, number=masthead.number)
        documents = self.report.issue.documents
        return documents[0].title if documents else ""

    def _opening(self) -> str:
        count = len(self.report.rules)
        characters = f"{len(self.report.issue.source):,}"
        if count:
            read = self.tr("{rules} 条规则读了全文 {characters} 个字符。").format(rules=count, characters=characters)
        else:
            read = self.tr("读了全文 {characters} 个字符。").format(characters=characters)
        rest = self.tr("报告只指出印本里的问题，不改印本；改不改、怎么改由编辑部决定。")
        issue = self.report.issue.masthead
        over = f'<p class="meta">{text(issue.title)}</p>' if issue else ""
        return (
            f'<div class="ww flow">{over}<h1>{text(self.tr("校对报告"))} <wbr>{text(self._issue_name())}</h1>'
            f'<p class="lede">{text(read)}{text(rest)}</p></div>\n'
        )

    def _lamps(self) -> str:
        lamps = [
            f'<a href="#only-{s}">{severity_light(s, self.tr)}<b>{self.report.count(s)}</b>'
            f'<span class="vh">{text(self.tr("项"))}</span></a>'
            for s in SEVERITIES
        ]
        if self.report.review.accepted:
            lamps.append(self._lamp("#accepted", "info", self.tr("已接受印本"), len(self.report.review.accepted)))
        lamps.append(self._lamp("#agreeing", "met", self.tr("核对相符"), len(self.report.agreeing)))
        return f'<nav class="lamps" aria-label="{text(self.tr("按性质筛选"))}">{"".join(lamps)}</nav>\n'

    def _lamp(self, href: str, glyph: str, word: str, count: int) -> str:
        return f'<a href="{href}">{light(glyph, word)}<b>{count}</b><span class="vh">{text(self.tr("项"))}</span></a>'

    def _contents(self) -> str:
        counts = Counter(self._document(e) for _, e in self.entries)
        links = [
            f'<li><a class="all" href="#main">{text(self.tr("全部"))} <span class="u num">{len(self.entries)}</span></a></li>'
        ]
        links.extend(
            f'<li><a href="#only-document-{index}">{text(self._document_name(d))} <span class="u num">{counts[d]}</span></a></li>'
            for d, index in self.documents.items()
        )
        return (
            f'<aside class="toc flow" aria-label="{text(self.tr("按文件筛选"))}"><p><b>{text(self.tr("文件"))}</b></p>'
            f"<ul>{''.join(links)}</ul></aside>"
        )

    def _document_name(self, document: str | None) -> str:
        found = self.report.places.document(document)
        if found is None:
            return self.tr("全期")
        label = self.report.places.document_label(found)
        short = found.kind if found.number and found.kind else ""
        return " ".join(p for p in (label, short) if p)

    def _printed_at(self, document: str | None) -> int:
        found = self.report.places.document(document)
        return found.span.start if found else -1

    def _document(self, entry: Finding | Accepted) -> str | None:
        finding = entry.finding if isinstance(entry, Accepted) else entry
        if finding.document is None and finding.spans:
            place = self.report.places.at(finding.spans[0].start)
            return place.document.id if place.document else None
        return finding.document

    # --- filters without a script ---------------------------------------------------------------------------------

    def _filter_names(self) -> list[str]:
        return [f"only-{s}" for s in SEVERITIES] + [f"only-document-{i}" for i in self.documents.values()]

    def _filters(self) -> str:
        rules = []
        for name in self._filter_names():
            has = "is-" + name.removeprefix("only-")
            rules.append(
                f"#{name}:target ~ .reader .is-any:not(.{has}) {{ display: none }}\n"
                f"#{name}:target ~ .reader .all {{ border-color: var(--line); font-weight: 400 }}\n"
                f'#{name}:target ~ * [href="#{name}"] '
                "{ border-color: var(--dai); font-weight: 700; background: var(--dai-wash) }\n"
            )
        return "".join(rules)

    def _classes(self, entries: list[Finding | Accepted]) -> str:
        names: dict[str, None] = {}
        for entry in entries:
            if isinstance(entry, Finding):
                names[f"is-{entry.severity}"] = None
            names[f"is-document-{self.documents[self._document(entry)]}"] = None
        return " ".join(["is-any", *names])

    # --- findings -------------------------------------------------------------------------------------------------

    def _groups(self) -> Iterator[str]:
        loud = [(n, e) for n, e in self.entries if isinstance(e, Finding) and e.severity is not Severity.NOTE]
        for group in Consequence:
            members = [(n, f) for n, f in loud if consequence_of(f.rule, self.report) is group]
            if members:
                members.sort(key=lambda m: SEVERITIES.index(m[1].severity))
                yield f'<section class="flow {self._classes([f for _, f in members])}">'
                yield f"<h2>{text(consequence_title(group, self.tr))}</h2>"
                yield from (self._card(n, f) for n, f in members)
                yield "</section>"
        if not loud:
            yield f'<p class="empty">{text(self.tr("没有错误，也没有存疑。"))}</p>'

    def _card(self, number: int, finding: Finding) -> str:
        rule = self.report.rules.get(finding.rule)
        title = self.tr(rule.title) if rule else say(finding.message, self.tr)
        body = [self._quotes(finding)]
        if rule:
            body.append(f"<p>{text(say(finding.message, self.tr))}</p>")
        body.append(drawn_to_scale(finding.declared, finding.computed, self.tr) or self._evidence(finding))
        body.append(f"<p><b>{text(self.tr('建议'))}</b> {text(say(finding.advice, self.tr))}</p>")
        body.append(self._how_to_accept(finding))
        link = self.tr("复制第 {number} 项的链接").format(number=number)
        return (
            f'<article class="{_CLASS[finding.severity]} {self._classes([finding])}" id="f{number}">'
            f'<div><p class="fno">{number}</p>{severity_light(finding.severity, self.tr)}</div>'
            f'<div class="flow"><h3>{text(title)}</h3>{self._meta(number, finding)}'
            f"{''.join(body)}"
            f'<footer class="row between meta"><span>{text(self.tr("处理：待核"))}</span>'
            f'<a href="#f{number}" aria-label="{text(link)}">{text(self.tr("链接"))}</a></footer></div></article>'
        )

    def _meta(self, number: int, finding: Finding) -> str:
        line = ""
        if position := self.report.position(finding.spans):
            line = f"<span>{text(self.tr('第 {line} 行').format(line=position[0]))}</span>"
        if located := self.report.located(finding):
            line = f"<span>{text(say(located, self.tr))}</span>"
        return (
            f'<p class="meta row"><span>{self._chip(number, finding)}</span>'
            f"<span>{text(self.tr('规则'))} <code>{text(finding.rule)}</code></span>{line}</p>"
        )

    def _chip(self, number: int, finding: Finding) -> str:
        place = self.report.place(finding) or self.tr("全期")
        return (
            f'<button type="button" class="cite" popovertarget="src-{number}">'
            f'<span class="vh">{text(self.tr("依据，打开原文："))}</span>'
            f'<span class="ct" lang="zh-CN">{text(place)}</span></button>'
        )

    def _quotes(self, finding: Finding) -> str:
        if not finding.spans:
            return ""
        first = surroundings(self.report, finding.spans[0], _REACH)
        quotes = [f'<p class="quote" lang="zh-CN">{marked(self.report, finding.spans, reach=_REACH, css="pf")}</p>']
        others = [s for s in finding.spans[1:] if not s.overlaps(first)]
        for span in others[:_OTHER_PLACES]:
            place = self.report.places.label(None, None, span.start)
            quotes.append(
                f'<p class="quote" lang="zh-CN"><span class="meta">{text(place)}</span> '
                f"{marked(self.report, [span], reach=_REACH, css='ru')}</p>"
            )
        if len(others) > _OTHER_PLACES:
            more = self.tr("另有 {count} 处").format(count=len(others) - _OTHER_PLACES)
            quotes.append(f'<p class="meta">{text(more)}</p>')
        return "".join(quotes)

    def _evidence(self, finding: Finding) -> str:
        if finding.declared is None and finding.computed is None:
            return ""
        is_error = finding.severity is Severity.ERROR
        rows = []
        if finding.declared is not None:
            words = text(finding.declared)
            rows.append(f"<dt>{text(self.tr('印本'))}</dt><dd>{f'<del>{words}</del>' if is_error else words}</dd>")
        if finding.computed is not None:
            words = text(finding.computed)
            rows.append(f"<dt>{text(self.tr('推算'))}</dt><dd>{f'<ins>{words}</ins>' if is_error else words}</dd>")
        return f'<dl class="diff">{"".join(rows)}</dl>'

    def _how_to_accept(self, finding: Finding) -> str:
        if not finding.spans:
            return ""
        entry = acceptance_entry(finding.rule, self.report.words(finding.spans[0]))
        return (
            f"<details><summary>{text(self.tr('印本无误，接受这一项'))}</summary>"
            f"<p>{text(self.tr('把下面几行填好理由、人和日期，加到公报旁边的 .accept.toml 文件里：'))}</p>"
            f"<pre><code>{text(entry).replace(chr(0), '')}</code></pre></details>"
        )

    # --- the rest -------------------------------------------------------------------------------------------------

    def _tail(self) -> Iterator[str]:
        notes = [(n, e) for n, e in self.entries if isinstance(e, Finding) and e.severity is Severity.NOTE]
        if notes:
            title = self.tr("提示 {count} 项").format(count=len(notes))
            heads = [self.tr("编号"), self.tr("规则"), self.tr("位置"), self.tr("说明")]
            rows = [self._note_row(n, f) for n, f in notes]
            yield self._table("notes", title, heads, rows, self._classes([f for _, f in notes]))
        accepted = [(n, e) for n, e in self.entries if isinstance(e, Accepted)]
        if accepted:
            title = self.tr("已接受印本 {count} 项").format(count=len(accepted))
            heads = [self.tr("编号"), self.tr("性质"), self.tr("位置"), self.tr("说明"), self.tr("理由")]
            rows = [self._accepted_row(n, a) for n, a in accepted]
            yield self._table("accepted", title, heads, rows, self._classes([a for _, a in accepted]))
        if self.report.review.stale:
            title = self.tr("已失效的接受 {count} 条").format(count=len(self.report.review.stale))
            heads = [self.tr("规则"), self.tr("引文"), self.tr("理由")]
            yield self._table("stale", title, heads, [self._stale_row(a) for a in self.report.review.stale], "")
        title = self.tr("核对相符 {count} 项").format(count=len(self.report.agreeing))
        heads = [self.tr("位置"), self.tr("说明"), self.tr("数值")]
        rows = [self._agreeing_row(a) for a in self.report.agreeing]
        yield self._table("agreeing", title, heads, rows, "", last_right=True)

    def _table(self, id: str, title: str, heads: list[str], rows: list[str], classes: str, *, last_right: bool = False) -> str:
        cells = [
            f'<th role="columnheader" scope="col"{" class=r" if last_right and h is heads[-1] else ""}>{text(h)}</th>'
            for h in heads
        ]
        return (
            f'<section class="flow {classes}"><h2 id="{id}">{text(title)}</h2>'
            f'<div class="tw stack" tabindex="0" role="region" aria-labelledby="{id}"><table role="table" aria-labelledby="{id}">'
            f'<thead role="rowgroup"><tr role="row">{"".join(cells)}</tr></thead>'
            f'<tbody role="rowgroup">{"".join(rows)}</tbody></table></div></section>'
        )

    def _row(self, cells: list[tuple[str, str]], *, id: str = "", classes: str = "", last_right: bool = False) -> str:
        (_, first), *rest = cells
        attributes = (f' id="{id}"' if id else "") + (f' class="{classes}"' if classes else "")
        tds = "".join(
            f'<td role="cell"{" class=r" if last_right and i == len(rest) - 1 else ""} data-l="{text(label)}">{content}</td>'
            for i, (label, content) in enumerate(rest)
        )
        return f'<tr role="row"{attributes}><th role="rowheader" scope="row">{first}</th>{tds}</tr>'

    def _note_row(self, number: int, finding: Finding) -> str:
        rule = self.report.rules.get(finding.rule)
        name = text(self.tr(rule.title)) if rule else f"<code>{text(finding.rule)}</code>"
        quote = marked(self.report, finding.spans, reach=_REACH // 2, css="pf")
        told = (
            (f'<p class="ctx" lang="zh-CN">{quote}</p>' if quote else "")
            + f"<p>{text(say(finding.message, self.tr))}{self._compared(finding)}</p>"
            + f'<p class="meta">{text(self.tr("建议"))} {text(say(finding.advice, self.tr))}</p>'
        )
        cells = [
            ("", f'<span class="num">{number}</span>'),
            (self.tr("规则"), name),
            (self.tr("位置"), self._chip(number, finding)),
        ]
        return self._row([*cells, (self.tr("说明"), told)], id=f"f{number}", classes=self._classes([finding]))

    def _compared(self, finding: Finding) -> str:
        parts = [(self.tr("印本"), finding.declared), (self.tr("推算"), finding.computed)]
        told = self.tr("，").join(f"{name} {value}" for name, value in parts if value is not None)
        return f' <span class="meta">{text(told)}</span>' if told else ""

    def _accepted_row(self, number: int, accepted: Accepted) -> str:
        finding, acceptance = accepted.finding, accepted.acceptance
        quote = marked(self.report, finding.spans, reach=_REACH // 2, css="pf")
        told = (f'<p class="ctx" lang="zh-CN">{quote}</p>' if quote else "") + f"<p>{text(say(finding.message, self.tr))}</p>"
        return self._row(
            [
                ("", f'<span class="num">{number}</span>'),
                (self.tr("性质"), severity_light(finding.severity, self.tr)),
                (self.tr("位置"), self._chip(number, finding)),
                (self.tr("说明"), told),
                (self.tr("理由"), self._reason(acceptance)),
            ],
            id=f"f{number}",
            classes=self._classes([accepted]),
        )

    def _reason(self, acceptance: Acceptance) -> str:
        by = f"{acceptance.who} {acceptance.on.isoformat()}"
        return f'<p>{text(acceptance.reason)}</p><p class="meta">{text(by)}</p>'

    def _stale_row(self, acceptance: Acceptance) -> str:
        cells = [("", f"<code>{text(acceptance.rule)}</code>"), (self.tr("引文"), text(acceptance.quote))]
        return self._row([*cells, (self.tr("理由"), self._reason(acceptance))])

    def _agreeing_row(self, agreement: Agreement) -> str:
        place = self.report.places.label(None, None, agreement.spans[0].start) if agreement.spans else ""
        cells = [("", f'<span lang="zh-CN">{text(place)}</span>'), (self.tr("说明"), text(say(agreement.message, self.tr)))]
        return self._row([*cells, (self.tr("数值"), text(agreement.value))], last_right=True)

    # --- sources --------------------------------------------------------------------------------------------------

    def _drawers(self) -> Iterator[str]:
        for number, entry in self.entries:
            yield self._drawer(number, entry.finding if isinstance(entry, Accepted) else entry)

    def _drawer(self, number: int, finding: Finding) -> str:
        place = self.report.place(finding) or self.tr("全期")
        document = self.report.places.document(self._document(finding))
        about = []
        if document:
            known = self.report.places.numbered(document)
            about = [document.title, str(known.number or ""), known.issued_on.isoformat() if known.issued_on else ""]
        facts = [(self.tr("条目标识"), finding.eid)] if finding.eid else []
        facts.extend((self.tr("字符区间"), f"{s.start:,} – {s.end:,}") for s in finding.spans[:1])
        rows = "".join(f"<dt>{text(n)}</dt><dd><code>{text(v)}</code></dd>" for n, v in facts)
        heading = self.tr("原文：{place}").format(place=place)
        return (
            f'<aside class="source" id="src-{number}" popover aria-label="{text(f"{number} {heading}")}">'
            f'<p class="row between"><b>{text(place)}</b><button type="button" class="btn b2 s" popovertarget="src-{number}" '
            f'popovertargetaction="hide">{text(self.tr("关闭"))}</button></p>'
            f'<p class="meta">{text(" · ".join(a for a in about if a))}</p>'
            f'<blockquote lang="zh-CN">{marked(self.report, finding.spans, reach=160)}</blockquote><dl>{rows}</dl></aside>\n'
        )

    def _foot(self, made_on: date | None) -> str:
        source = self.report.source
        facts = [self.tr("文件 {name}").format(name=_file_name(source.name))]
        if source.digest:
            facts.append(f"SHA-256 {source.digest}")
        facts.append(self.tr("台账 {version}").format(version=self.report.version))
        if made_on:
            facts.append(self.tr("生成于 {day}").format(day=made_on.isoformat()))
        facts.extend(say(note, self.tr) for note in source.notes)
        return f'<footer class="foot"><div class="wrap meta-foot facts"><p>{text(" · ".join(facts))}</p></div></footer>\n'


def _file_name(path: str) -> str:
    # A report is handed on; the folders of the machine it was made on are nobody's business.
    return path.replace("\\", "/").rpartition("/")[2]


def acceptance_entry(rule: str, quote: str) -> str:
    """The lines of an acceptance file that would accept a finding, with reason, person and day left to fill in."""
    basic = quote.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return f'[[accept]]\nrule = "{rule}"\nquote = "{basic}"\nreason = ""\nwho = ""\ndate = \n'
