"""Where a clause prints the words that an interpretation or a page quotes."""

import pytest

from taizhang.apps.gazettes.citing import quoted, quoted_in
from taizhang.apps.gazettes.models import Clause, Edition

pytestmark = pytest.mark.django_db


def test_words_are_found_in_the_cell_of_a_table_and_cited_by_its_row(adopted_specimen: Edition) -> None:
    clause = Clause.objects.filter(document__edition=adopted_specimen).exclude(table=None).first()
    assert clause is not None
    cell = max((cell for cells in clause.table["rows"] for cell in cells), key=len)
    wanted = quoted_in(clause, cell)
    assert wanted is not None
    assert wanted.row is not None
    assert cell in clause.table["rows"][wanted.row - 1]
    cited = quoted([wanted])[wanted.key]
    assert cell in cited.marked
    assert "行" in cited.short


def test_spaces_that_were_printed_or_not_make_no_difference(adopted_specimen: Edition) -> None:
    clause = next(
        c for c in Clause.objects.filter(document__edition=adopted_specimen) if len(c.text) > 12 and " " not in c.text[:9]
    )
    words = clause.text[2:8]
    wanted = quoted_in(clause, " ".join(words))
    assert wanted is not None
    assert wanted.quote == words
    assert adopted_specimen.source.text[wanted.start : wanted.end].replace("\n", "") == words


def test_words_that_a_clause_does_not_print_are_not_found(adopted_specimen: Edition) -> None:
    clause = Clause.objects.filter(document__edition=adopted_specimen).first()
    assert clause is not None
    assert quoted_in(clause, "从未印过的话") is None
    assert quoted_in(clause, "") is None
