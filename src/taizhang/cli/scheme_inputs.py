"""What `taizhang scheme` and `taizhang score` work on: a scheme file, its pack, and the issue that has its document."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from taizhang.backends.pack_files import PackFiles, PackIsUnusableError, read_pack_files, read_text
from taizhang.cli.errors import SchemeHasNoPackError, SchemeHasNoSourceError
from taizhang.cli.shipped_issue import read_shipped_issue
from taizhang.cli.sources import read_input
from taizhang.engines.packs import Pack, read_pack

if TYPE_CHECKING:
    from taizhang.engines.gazette import Issue
    from taizhang.engines.scoring import Expansion, SchemeReading


@dataclass(frozen=True, slots=True)
class LoadedScheme:
    """A scheme file read and, where its form is right, filled in."""

    name: str
    pack: Pack
    reading: "SchemeReading"
    expansion: "Expansion | None"


def load_scheme(name: str, sources: Sequence[str], pack_folder: str | None) -> LoadedScheme:
    """Read a scheme and fill it in. `pack_folder` None: the folder above the one the file lies in.

    Raises errors that say what is missing: the file, its pack, an issue with its document.
    """
    from taizhang.backends.scheme_sources import choices_of, scheme_source
    from taizhang.engines.scoring import expand, read_scheme

    if not os.path.isfile(name):
        read_input(name)  # says why it can't be read
    text = read_text(name)
    files = _pack_files(name, pack_folder)
    pack_reading = read_pack(files.texts, files.present)
    if pack_reading.pack is None:
        raise PackIsUnusableError(name=files.folder, count=len(pack_reading.errors))
    pack = pack_reading.pack
    reading = read_scheme(text, name)
    if reading.draft is None:
        return LoadedScheme(name, pack, reading, None)
    issues = _issues(files, pack, sources)
    if not issues:
        raise SchemeHasNoSourceError(name=name, document=reading.draft.document)
    document = reading.draft.document
    issue = next((i for i in issues if any(str(d.number) == document for d in i.documents)), issues[0])
    return LoadedScheme(name, pack, reading, expand(reading.draft, scheme_source(issue, pack), choices_of(pack)))


def _pack_files(name: str, folder: str | None) -> PackFiles:
    if folder is not None:
        return read_pack_files(folder)
    above = os.path.dirname(os.path.dirname(os.path.abspath(name)))
    if not os.path.isfile(os.path.join(above, "pack.toml")):
        raise SchemeHasNoPackError(name=name)
    return read_pack_files(above)


def _issues(files: PackFiles, pack: Pack, sources: Sequence[str]) -> "list[Issue]":
    from taizhang.engines.gazette import read_issue

    if sources:
        return [read_issue(read_input(source).text.text) for source in sources]
    return [read_shipped_issue(files, issue) for issue in pack.issues]
