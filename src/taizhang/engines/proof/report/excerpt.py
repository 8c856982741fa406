"""The words of a finding in their sentence: enough on each side to read them, marked where they stand."""

from collections.abc import Iterable, Sequence

from taizhang.engines.proof.report.markup import text
from taizhang.engines.proof.report.model import Report
from taizhang.kernel.spans import Span

_STOPS = "。！？；;"


def marked(report: Report, spans: Sequence[Span], *, reach: int, css: str = "") -> str:
    """HTML of the first span's surroundings, `reach` characters each way within its clause, with every span in them marked."""
    if not spans:
        return ""
    window = surroundings(report, spans[0], reach)
    for span in sorted(spans):
        if span.overlaps(window) and span.end - window.end <= reach:
            window = window.cover(span)
    source = report.issue.source
    pieces, at = [], window.start
    opening = f'<mark class="{css}">' if css else "<mark>"
    for span in merged(s for s in spans if s.overlaps(window)):
        start, end = max(span.start, window.start), min(span.end, window.end)
        pieces.append(text(_flat(source[at:start])))
        pieces.append(f"{opening}{text(_flat(source[start:end]))}</mark>")
        at = end
    pieces.append(text(_flat(source[at : window.end])))
    head = "……" if _cuts(source, window.start) else ""
    tail = "……" if window.end < len(source) and source[window.end - 1] not in _STOPS and source[window.end] not in "\r\n" else ""
    return head + "".join(pieces).strip() + tail


def surroundings(report: Report, span: Span, reach: int) -> Span:
    """The span with up to `reach` characters each way, not beyond its clause, begun after a stop where one is near."""
    node = report.places.at(span.start).node
    # A table is read row by row, and a row is a line.
    is_clause = node is not None and node.kind != "table" and node.own.overlaps(span)
    lines = report.places.lines
    clause = node.own if node and is_clause else lines.span_of(lines.position(span.start)[0])
    start = max(min(clause.start, span.start), span.start - reach)
    end = min(max(clause.end, span.end), span.end + reach)
    source = report.issue.source
    if start > clause.start:
        stop = max(source.rfind(s, start, span.start) for s in _STOPS)
        start = stop + 1 if stop >= 0 else start
    if end < clause.end:
        stops = [at for at in (source.find(s, span.end, end) for s in _STOPS) if at >= 0]
        end = max(stops) + 1 if stops else end
    return Span(start, end)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, overlapping ones joined."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = joined[-1].cover(span)
        else:
            joined.append(span)
    return joined


def _cuts(source: str, start: int) -> bool:
    return start > 0 and source[start - 1] not in _STOPS and source[start - 1] not in "\r\n"


def _flat(words: str) -> str:
    return words.replace("\r\n", "").replace("\n", "").replace("\r", "")
