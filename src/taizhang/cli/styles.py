"""Style sheets that ship with the package, for pages that must stand alone. The site serves the same files."""

from importlib.resources import files

_HOUSE = ("tokens.css", "base.css")


def style(own: str) -> str:
    """The CSS of the house with the sheet of one page, such as `report.css`."""
    folder = files("taizhang").joinpath("styles")
    return "\n".join(folder.joinpath(name).read_text("utf-8") for name in (*_HOUSE, own))
