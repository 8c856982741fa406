"""A pack against the text of an issue: quotes occur in it, its renames are not typed again, its headings name known bodies."""

from collections.abc import Mapping

from taizhang.engines.gazette.model import Document, Issue
from taizhang.engines.packs.model import Interpretation, Pack, PackProblem
from taizhang.engines.packs.problems import Problems
from taizhang.engines.packs.schema import BODIES, INTERPRETATIONS
from taizhang.engines.registry import EventKind, EventStatus, NameForm, Registry, place_mentions, read_events
from taizhang.kernel.citation import Citation
from taizhang.kernel.patterns import regex
from taizhang.kernel.toml_text import read_toml

_BLANKS = regex(r"\s+")


def check_against_issue(pack: Pack, issue: Issue, files: Mapping[str, str], *, is_own: bool = True) -> tuple[PackProblem, ...]:
    """Check a usable pack against an issue: quotes occur, no rename is typed again, headings of sheets name known bodies.

    `files` are the texts the pack was read from, for the lines. `is_own`: the issue is one the pack ships, so that every
    document an interpretation cites must be in it.
    """
    problems = Problems({name: read_toml(text).lines for name, text in files.items()})
    for i, interpretation in enumerate(pack.interpretations):
        document = _document(issue, interpretation.document)
        at = f"interpretation[{i}]"
        if document is None:
            if is_own:
                problems.add(
                    "packs.document-is-not-in-text", INTERPRETATIONS, f"{at}.document", {"value": interpretation.document}
                )
        elif interpretation.quote is not None and not _stands(interpretation.quote, document, issue.source):
            facts = {"document": interpretation.document, "value": interpretation.quote}
            problems.add("packs.quote-is-not-in-text", INTERPRETATIONS, f"{at}.quote", facts)
    _no_rename_typed_again(pack, issue, problems)
    registry = Registry.of(pack.bodies, read_events(issue.documents), pack.place.name)
    known = {b.id for b in pack.bodies}
    for mention in {m.name: m for m in place_mentions(issue, registry) if m.heading}.values():
        if not any(c.body.id in known for c in registry.resolve(mention.name, None).candidates):
            problems.add("packs.heading-is-unknown", BODIES, "", {"name": mention.name}, is_warning=True)
    return problems.sorted()


def _no_rename_typed_again(pack: Pack, issue: Issue, problems: Problems) -> None:
    typed = {_BLANKS.sub("", n.text) for b in pack.bodies for n in b.names if n.form is not NameForm.ALIAS}
    for event in read_events(issue.documents):
        if event.kind is EventKind.RENAMED and event.status is EventStatus.DECIDED and event.results[0] in typed:
            facts = {"name": event.results[0], "document": event.citation.document_number, "old": event.subjects[0]}
            problems.add("packs.rename-stands-in-text", BODIES, "", facts, is_warning=True)


def _document(issue: Issue, number: str) -> Document | None:
    return next((d for d in issue.walk_documents() if d.number is not None and str(d.number) == number), None)


def _stands(quote: str, document: Document, source: str) -> bool:
    return _BLANKS.sub("", quote) in _BLANKS.sub("", source[document.span.start : document.span.end])


def cite(interpretation: Interpretation, issue: Issue) -> Citation | None:
    """The clause or table an interpretation's quote stands in; None where the issue hasn't the document or the words.

    Words that run over several clauses give the span of the document without an eId.
    """
    document = _document(issue, interpretation.document)
    quote = _BLANKS.sub("", interpretation.quote or "")
    if document is None or not quote:
        return None
    for inner in document.walk():
        for node in inner.walk_nodes():
            if (found := _find(quote, node.words.text)) is not None:
                span = node.words.span(*found)
                return Citation(interpretation.document, node.eid, span, node.words.text[slice(*found)])
        for table in inner.tables:
            for cell in (cell for row in (*table.header, *table.rows) for cell in row.cells):
                if _find(quote, cell.text) is not None:
                    return Citation(interpretation.document, table.eid, cell.span, cell.text)
    if _stands(quote, document, issue.source):
        return Citation(interpretation.document, "", document.span, quote)
    return None


def _find(quote: str, text: str) -> tuple[int, int] | None:
    """Offsets of `quote` in `text`, white space in the text left out of account."""
    kept = [i for i, c in enumerate(text) if not c.isspace()]
    at = "".join(text[i] for i in kept).find(quote)
    return None if at < 0 else (kept[at], kept[at + len(quote) - 1] + 1)
