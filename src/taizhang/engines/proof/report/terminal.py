"""The report as a compiler would print it: the line, the words underlined, what is printed, what follows, what to do."""

from collections.abc import Iterator
from dataclasses import dataclass

from taizhang.engines.proof.model import Finding, Severity
from taizhang.engines.proof.report.acceptance import Acceptance, Accepted
from taizhang.engines.proof.report.model import Report
from taizhang.engines.proof.report.wording import SEVERITIES, Translate, say, severity_word
from taizhang.kernel.columns import column_count, cut_around, fit, pad, printable
from taizhang.kernel.spans import Span

_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}
_SHOWN_SPANS = 4
_NARROWEST = 40
_UNBROKEN = "0123456789.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CLOSING = "，。；：、！？）》」』”’,.;:)%"


@dataclass(frozen=True, slots=True)
class Screen:
    """What is known of the terminal: its width in columns and whether it shows colour."""

    columns: int = 100
    colour: bool = False

    def paint(self, text: str, code: str) -> str:
        """`text` in an SGR colour, plain where there is none."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text


def terminal_report(report: Report, screen: Screen, translate: Translate) -> Iterator[str]:
    """The report, block by block, each ending in a newline: findings in printed order, what was accepted, the counts."""
    screen = Screen(max(screen.columns, _NARROWEST), screen.colour)
    for number, entry in report.numbered():
        if isinstance(entry, Finding):
            yield _finding(number, entry, report, screen, translate) + "\n"
    if report.review.accepted:
        yield _accepted(report, screen, translate) + "\n"
    if report.review.stale:
        yield _stale(report.review.stale, screen, translate) + "\n"
    yield _summary(report, screen, translate)


def _finding(number: int, finding: Finding, report: Report, screen: Screen, translate: Translate) -> str:
    colour = _COLOURS[finding.severity]
    rule = report.rules.get(finding.rule)
    head = f"{severity_word(finding.severity, translate)}[{finding.rule}]"
    title = translate(rule.title) if rule else say(finding.message, translate)
    lines = _wrapped(f"{screen.paint(head, colour)} ", column_count(head) + 1, printable(title), screen, bold=True)
    gutter = len(str(max((report.places.lines.position(s.start)[0] for s in finding.spans), default=0))) + 1
    lines.append(_where(number, finding, report, gutter, screen, translate))
    lines.extend(_excerpts(finding, report, gutter, screen, colour))
    facts = [(translate("说明"), say(finding.message, translate))] if rule else []
    if finding.declared is not None:
        facts.append((translate("印本"), finding.declared))
    if finding.computed is not None:
        facts.append((translate("推算"), finding.computed))
    facts.append((translate("建议"), say(finding.advice, translate)))
    colon = translate("：")
    for name, text in facts:
        prefix = " " * gutter + screen.paint(" = ", "2") + name + colon
        lines.extend(_wrapped(prefix, gutter + 3 + column_count(name + colon), printable(text), screen))
    return "\n".join(lines) + "\n"


def _where(number: int, finding: Finding, report: Report, gutter: int, screen: Screen, translate: Translate) -> str:
    position = report.position(finding.spans)
    at = f":{position[0]}:{position[1]}" if position else ""
    if located := report.located(finding):
        at += f" {say(located, translate)}"
    place = report.place(finding)
    text = f"{printable(report.source.name)}{at}" + (f"  〔{printable(place)}〕" if place else "") + f"  #{number}"
    return " " * gutter + screen.paint("-->", "2") + " " + text


def _excerpts(finding: Finding, report: Report, gutter: int, screen: Screen, colour: str) -> Iterator[str]:
    by_line: dict[int, list[Span]] = {}
    for span in finding.spans:
        by_line.setdefault(report.places.lines.position(span.start)[0], []).append(span)
    room = screen.columns - gutter - 3
    bar = screen.paint("|", "2")
    for index, (number, spans) in enumerate(by_line.items()):
        if index == _SHOWN_SPANS:
            yield " " * gutter + " " + screen.paint(f"… +{len(by_line) - index}", "2")
            return
        line = report.places.lines.span_of(number)
        marks = [(s.start - line.start, min(s.end, line.end) - line.start) for s in spans]
        cut = cut_around(report.issue.source[line.start : line.end], marks, room)
        yield pad(str(number), gutter - 1, right=True) + f" {bar} " + cut.text
        drawn = _underline(cut.marks, "".join("^" if s is finding.spans[0] else "-" for s in spans))
        yield " " * gutter + f"{bar} " + screen.paint(drawn, colour)


def _underline(marks: tuple[tuple[int, int] | None, ...], signs: str) -> str:
    row = [" "] * max((m[1] for m in marks if m), default=0)
    # The words to mend are drawn last: nothing may cover them.
    for mark, sign in sorted(zip(marks, signs, strict=True), key=lambda m: m[1] == "^"):
        if mark:
            row[mark[0] : mark[1]] = sign * (mark[1] - mark[0])
    return "".join(row)


def _wrapped(prefix: str, indent: int, text: str, screen: Screen, *, bold: bool = False) -> list[str]:
    # Chinese has no spaces to break at: a line may break before any character but a closing mark.
    hanging = indent if indent <= screen.columns // 3 else 4
    lines: list[str] = []
    current, room = "", screen.columns - indent
    for character in text:
        room -= column_count(character)
        if room < 0 and character not in _CLOSING:
            kept = _whole_figure(current, character)
            lines.append(current[: len(current) - kept])
            current = current[len(current) - kept :]
            room = screen.columns - hanging - column_count(current + character)
        current += character
    lines.append(current)
    painted = [screen.paint(line.strip(), "1") if bold else line.strip() for line in lines]
    return [prefix + painted[0]] + [" " * hanging + line for line in painted[1:]]


def _whole_figure(line: str, following: str) -> int:
    """Characters at the end of `line` that belong to one figure or word with what follows; 0 where it may break here."""
    run = len(line) - len(line.rstrip(_UNBROKEN)) if following in _UNBROKEN else 0
    return run if run < min(len(line), 16) else 0


def _accepted(report: Report, screen: Screen, translate: Translate) -> str:
    lines = [screen.paint(translate("已接受印本"), "1")]
    for number, entry in report.numbered():
        if isinstance(entry, Accepted):
            position = report.position(entry.finding.spans)
            at = f":{position[0]}:{position[1]}" if position else ""
            lines.append(f"  #{number} {entry.finding.rule}{at}  {fit(entry.acceptance.quote, 40)}")
            a = entry.acceptance
            note = translate("{who} {day}，理由：{reason}").format(who=a.who, day=a.on.isoformat(), reason=a.reason)
            lines.extend(_wrapped(" " * 5, 5, printable(note), screen))
    return "\n".join(lines) + "\n"


def _stale(stale: tuple[Acceptance, ...], screen: Screen, translate: Translate) -> str:
    lines = _wrapped("", 0, translate("已失效的接受（原文或规则变了，核对后删去或改写）"), screen, bold=True)
    for a in stale:
        lines.extend(_wrapped("  ", 2, printable(f"{a.rule}  “{a.quote}”  {a.who} {a.on.isoformat()}"), screen))
    return "\n".join(lines) + "\n"


def _summary(report: Report, screen: Screen, translate: Translate) -> str:
    colon, comma = translate("："), translate("，")
    counts = [(f"{severity_word(s, translate)} {report.count(s)}", _COLOURS[s] if report.count(s) else "2") for s in SEVERITIES]
    counts.append((f"{translate('核对相符')} {len(report.agreeing)}", "32"))
    if report.review.accepted:
        counts.append((f"{translate('已接受')} {len(report.review.accepted)}", "2"))
    name = printable(report.source.name)
    is_wide = column_count(name + colon + comma.join(text for text, _ in counts)) > screen.columns
    between = "\n  " if is_wide else comma
    painted = between.join(screen.paint(text, code) for text, code in counts)
    return screen.paint(name, "1") + colon + ("\n  " if is_wide else "") + painted + "\n"
