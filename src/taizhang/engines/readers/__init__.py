"""Bytes to text: .txt, .md, .html, .docx and .pdf with a text layer, behind one door. It knows formats, not gazettes.

In the text a blank line ends a paragraph, a single line break is one inside it, and a table row is one line with its cells
set off by tabs; a place that a merged cell covers is an empty cell.
"""

from taizhang.engines.readers.door import LIMIT_BYTES, read_bytes, refuse_too_large
from taizhang.engines.readers.source import Locator, Media, SourceText

__all__ = ["LIMIT_BYTES", "Locator", "Media", "SourceText", "read_bytes", "refuse_too_large"]
