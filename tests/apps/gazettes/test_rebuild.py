"""What was stored is what was read: an issue comes out of its rows as it went in, and nothing is parsed again."""

from collections.abc import Callable
from typing import Any

import pytest

from taizhang.apps.gazettes import storing
from taizhang.apps.gazettes.models import Document, Edition
from taizhang.apps.gazettes.operations import split_clause
from taizhang.apps.gazettes.rebuild import documents_of, issue_of
from taizhang.engines.gazette import read_issue, to_akn, to_html, to_json, to_text
from tests.apps_fixtures import NOW, SPECIMEN, person
from tests.proposals import DOCUMENT, TWO_SENTENCES


def test_the_specimen_comes_out_of_its_rows_as_it_was_read(adopted_specimen: Edition) -> None:
    read = read_issue((SPECIMEN / "2025-03.txt").read_text("utf-8"))
    stored = issue_of(adopted_specimen)
    assert stored.documents == read.documents
    assert stored == read
    assert to_json(stored) == to_json(read)
    assert to_akn(stored) == to_akn(read)
    assert to_html(stored) == to_html(read)
    assert to_text(stored) == read.source


def test_a_document_by_itself_brings_what_is_nested_in_it(adopted_specimen: Edition) -> None:
    read = read_issue(adopted_specimen.source.text)
    for document in read.documents:
        rows = Document.objects.filter(edition=adopted_specimen, ident__in=[each.id for each in document.walk()])
        assert documents_of(rows) == (document,)


def test_an_issue_is_built_in_few_queries(adopted_specimen: Edition, django_assert_max_num_queries: Callable[[int], Any]) -> None:
    with django_assert_max_num_queries(2):
        issue_of(adopted_specimen)


def test_a_clause_that_the_review_split_comes_out_as_two(proposed: Edition) -> None:
    split_clause(
        by=person("bianji", "editor"), at=NOW, edition=proposed.pk, document=DOCUMENT, eid=TWO_SENTENCES,
        offset=21, reason="两句话是两件事",
    )  # fmt: skip
    proposed.refresh_from_db()
    issue = issue_of(proposed)
    found = [node for document in issue.walk_documents() for node in document.walk_nodes() if node.eid.startswith(TWO_SENTENCES)]
    assert [node.eid for node in found] == [TWO_SENTENCES, f"{TWO_SENTENCES}-b"]
    assert to_text(issue) == issue.source


@pytest.mark.parametrize("text", ["", "只有一句话", "　\n\f\n", "一、\n二、\n表\t格\n1\t2\n"])
def test_any_text_comes_back(text: str, proposed: Edition) -> None:
    issue = read_issue(text)
    proposed.documents.all().delete()
    proposed.source.text = text
    storing.store_issue(proposed, issue)
    assert issue_of(Edition.objects.select_related("source").get(pk=proposed.pk)).documents == issue.documents
