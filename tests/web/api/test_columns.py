"""Columns of the tables that can be taken away: told apart by their heads, and each figure with the sentence it rests on."""

import csv
import io

import pytest
from django.test import Client

from taizhang.apps.assessments.models import Cycle
from taizhang.web.twins.views import TABLES
from tests.assessment_results import AFTER, report_all, scored


@pytest.mark.parametrize("name", sorted(TABLES))
def test_no_two_columns_of_a_table_have_the_same_head(name: str) -> None:
    for part in ("title", "code"):
        heads = [getattr(column, part) for column in TABLES[name].columns]
        assert sorted(set(heads)) == sorted(heads)


@pytest.mark.django_db
def test_the_figures_of_a_year_carry_the_sentence_that_ordered_them(client: Client, open_cycle: Cycle) -> None:
    report_all(open_cycle)
    scored(open_cycle, AFTER.date())
    answer = client.get(f"/downloads/metrics.csv?cycle={open_cycle.slug}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig") if answer.streaming else answer.content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO("".join(line for line in text.splitlines(True) if not line.startswith("#")))))
    assert rows
    assert all(row["引文"] and row["条款标识"] for row in rows)
