"""Small PDFs as offices print them, set by typst, and a few that are none of that, written by hand."""

import typst

_PAGE = """#set page(paper: "a4", margin: 25mm)
#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC"), size: 12pt, lang: "zh", region: "cn", cjk-latin-spacing: none)
"""


def printed(source: str) -> bytes:
    """A PDF of typst markup on A4 in 12 point type."""
    made = typst.compile((_PAGE + source).encode(), format="pdf")
    assert isinstance(made, bytes)
    return made


def written(content: bytes, *, page: bytes = b"", resources: bytes = b"", trailer: bytes = b"", extra: bytes = b"") -> bytes:
    """A one-page PDF with the content stream, page entries, resources, trailer entries and further objects given."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<"
        + resources
        + b">>"
        + page
        + b">>endobj\n"
        b"4 0 obj<</Length %d>>stream\n" % len(content) + content + b"\nendstream endobj\n" + extra + b"\n"
        b"trailer<</Root 1 0 R" + trailer + b">>\n%%EOF\n"
    )
