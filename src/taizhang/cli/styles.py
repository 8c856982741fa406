"""Style sheets that ship with the package, for pages that must stand alone."""

from importlib.resources import files

_PARTS = ("tokens.css", "base.css", "report.css")


def proof_style() -> str:
    """The CSS of a proof report."""
    folder = files("taizhang.engines.proof.report")
    return "\n".join(folder.joinpath(name).read_text("utf-8") for name in _PARTS)
