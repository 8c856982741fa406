"""What a scheme is filled in from is the same from adopted rows as from the issue just read, save what was corrected."""

from taizhang.apps.assessments.schemes.source import edition_with, pack_of, source_from
from taizhang.apps.gazettes.models import Edition
from taizhang.backends.pack_files import open_pack
from taizhang.backends.scheme_sources import scheme_source
from taizhang.engines.gazette import read_issue
from tests.apps_fixtures import SPECIMEN


def test_adopted_rows_give_what_the_issue_gave(adopted_specimen: Edition) -> None:
    edition = edition_with("崤政〔2025〕6号", "responsibility")
    assert edition.pk == adopted_specimen.pk
    stored = source_from(edition, pack_of(edition))
    read = scheme_source(read_issue((SPECIMEN / "2025-03.txt").read_text("utf-8")), open_pack(str(SPECIMEN)))
    assert stored.clauses == read.clauses
    assert stored.tables == read.tables
    assert stored.rolls == read.rolls
    assert stored.bodies == read.bodies
    assert [sheet.body for sheet in stored.sheets] == [sheet.body for sheet in read.sheets]
    for mine, theirs in zip(stored.sheets, read.sheets, strict=True):
        for group, other in zip(mine.groups, theirs.groups, strict=True):
            assert (group.eid, group.name, group.points, group.is_deduction) == (
                other.eid, other.name, other.points, other.is_deduction
            )  # fmt: skip
            assert group.items == other.items
