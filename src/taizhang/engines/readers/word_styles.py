"""What a Word style gives its paragraphs and runs that changes the text: a list, hiding, raising."""

from dataclasses import dataclass
from typing import Any

from taizhang.engines.readers.word_numbering import W

_DEEPEST = 20  # styles based on styles


@dataclass(frozen=True, slots=True)
class Styles:
    """Style elements by id. `default` is the id of the default paragraph style."""

    by_id: dict[str, Any]
    default: str | None

    def list_of(self, paragraph: Any, style_levels: dict[tuple[str, str], int]) -> tuple[str | None, int]:
        """List id and level of a paragraph, its own before its style's; None where it has none or says 0.

        Where a style names the list, the level is the one that names the style.
        """
        own = paragraph.find(f"{W}pPr/{W}numPr")
        style_id = _value(paragraph.find(f"{W}pPr"), "pStyle") or self.default
        number_id, level = _value(own, "numId"), _value(own, "ilvl")
        style: str | None = style_id
        for _ in range(_DEEPEST):
            if style is None or number_id is not None:
                break
            element = self.by_id.get(style)
            inherited = None if element is None else element.find(f"{W}pPr/{W}numPr")
            if inherited is not None:
                number_id = _value(inherited, "numId")
                level = level or _value(inherited, "ilvl")
                if number_id is not None and level is None:
                    level = str(style_levels.get((number_id, style), 0))
            style = _value(element, "basedOn")
        if number_id in {None, "0"}:
            return None, 0
        return number_id, int(level) if level and level.isascii() and level.isdigit() else 0

    def is_hidden(self, run: Any) -> bool:
        """True if the run is hidden text (隐藏文字)."""
        return self._flag(run, "vanish") not in {None, "0", "false", "off"}

    def is_raised(self, run: Any) -> bool:
        """True if the run is superscript."""
        return self._flag(run, "vertAlign") == "superscript"

    def _flag(self, run: Any, name: str) -> str | None:
        properties = run.find(f"{W}rPr")
        if properties is None:
            return None
        style = _value(properties, "rStyle")
        element = properties.find(f"{W}{name}")
        for _ in range(_DEEPEST):
            if element is not None or style is None:
                break
            styled = self.by_id.get(style)
            element = None if styled is None else styled.find(f"{W}rPr/{W}{name}")
            style = _value(styled, "basedOn")
        return None if element is None else element.get(f"{W}val", "on")


def read_styles(root: Any | None) -> Styles:
    """The styles part; without one no style gives anything."""
    if root is None:
        return Styles({}, None)
    styles = root.findall(f"{W}style")
    default = next(
        (s.get(f"{W}styleId") for s in styles if s.get(f"{W}type") == "paragraph" and s.get(f"{W}default") in {"1", "true"}), None
    )
    return Styles({style.get(f"{W}styleId"): style for style in styles}, default)


def _value(parent: Any | None, name: str) -> str | None:
    child = None if parent is None else parent.find(f"{W}{name}")
    value: str | None = None if child is None else child.get(f"{W}val")
    return value
