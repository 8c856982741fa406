"""Bodies that change in mid-year, on the desk; a body's own year; and suppositions that touch nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from taizhang.apps.accounts.models import User
from taizhang.apps.assessments.models import Cycle, Run
from taizhang.apps.ledger.models import Entry
from taizhang.engines.scoring import STRATEGIES
from tests.apps_fixtures import person
from tests.assessment_fixtures import EDUCATION, FINANCE, HEBIN, small_scheme, year_of
from tests.assessment_results import scored, subject_row
from tests.web.desk.entering import entered

WHEN = datetime(2025, 7, 10, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_july() -> Iterator[None]:
    with patch("django.utils.timezone.now", return_value=WHEN):
        yield


def send(client: Client, cycle: Cycle, name: str, /, **data: object) -> tuple[int, str]:
    answer = client.post(reverse(f"desk:{name}", args=[cycle.slug]), data, follow=True)
    return answer.status_code, answer.content.decode()


def test_a_renamed_body_keeps_its_sheet_and_shows_both_names(open_cycle: Cycle, office: User) -> None:
    client, subject = entered(office), subject_row(open_cycle, EDUCATION)
    data = {"subject": subject.pk, "name": "市教育体育局", "on": "2025-07-01", "reason": "岭编〔2025〕3号"}
    for wrong in ({"on": "七月"}, {"reason": " "}, {"name": ""}, {"subject": "0"}):
        assert send(client, open_cycle, "rename_unit", **{**data, **wrong})[0] == 422
    words = send(client, open_cycle, "rename_unit", **data)[1]
    assert "已更名" in words
    assert "原名 市教育局" in words


def test_duties_of_a_merged_body_go_to_another_once(open_cycle: Cycle, office: User) -> None:
    client, subject = entered(office), subject_row(open_cycle, EDUCATION)
    data = {"subject": subject.pk, "to": "市财政局", "on": "2025-07-01", "reason": "岭编〔2025〕3号"}
    assert send(client, open_cycle, "hand_over_unit", **{**data, "to": "没有的局"})[0] == 422
    words = send(client, open_cycle, "hand_over_unit", **data)[1]
    assert "职责移交给 市财政局" in words
    assert send(client, open_cycle, "hand_over_unit", **data)[0] == 422
    assert subject_row(open_cycle, EDUCATION).taken_over_by == subject_row(open_cycle, FINANCE)


def test_a_district_begins_its_own_year_on_its_own_bodies_and_nobody_does_it_for_another(open_cycle: Cycle, office: User) -> None:
    client = entered(person("qukaohe", "tier_office", body=HEBIN))
    data = {"body": HEBIN, "tree": HEBIN, "category": "departments", "names": "区财政局\n区教育局\n"}
    assert "开始本级考核" in client.get(reverse("desk:units", args=[open_cycle.slug])).content.decode()
    assert "开始本级考核" not in entered(office).get(reverse("desk:units", args=[open_cycle.slug])).content.decode()
    for wrong in ({"body": EDUCATION}, {"names": " \n"}, {"tree": "nothing"}):
        assert send(client, open_cycle, "open_tier", **{**data, **wrong})[0] in (403, 422)
    assert "本级考核已开始，2 个单位等签收" in send(client, open_cycle, "open_tier", **data)[1]
    own = Cycle.objects.get(parent=open_cycle)
    assert list(own.subjects.values_list("name", flat=True)) == ["区财政局", "区教育局"]
    assert send(client, open_cycle, "open_tier", **data)[0] == 422


def test_parameters_are_named_in_the_words_of_certificates(office: User, db: None) -> None:
    scheme = small_scheme()
    [leaf] = scheme.trees[HEBIN].children
    assert leaf.rule is not None
    floored = replace(leaf, rule=replace(leaf.rule, strategy="threshold", parameters={"floor": Decimal("0.6")}))
    year = year_of(replace(scheme, trees={**scheme.trees, HEBIN: replace(scheme.trees[HEBIN], children=(floored,))}))
    run, subject = scored(year), subject_row(year, HEBIN)
    client, here = entered(office), reverse("desk:trying", args=[year.slug, run.pk])
    [words] = [one.meaning for one in STRATEGIES["threshold"].parameters if one.name == "floor"]
    form = client.get(here, {"subject": subject.pk, "criterion": "heb_1"}).content.decode()
    assert f">{words}</span></label>" in form
    supposed = client.get(here, {"s": f"parameter|{subject.pk}|heb_1|floor|0.5"}).content.decode()
    assert f'<span lang="zh-CN">{words}</span>' in supposed
    assert "<code>floor</code>" not in form + supposed


def test_a_supposed_figure_moves_scores_on_the_page_and_nothing_else(whole_year: Cycle, office: User) -> None:
    run, subject = scored(whole_year), subject_row(whole_year, EDUCATION)
    client, here = entered(office), reverse("desk:trying", args=[whole_year.slug, run.pk])
    entries = Entry.objects.count()
    form = client.get(here, {"subject": subject.pk, "criterion": "edu_1"}).content.decode()
    assert "现在 2,880" in form or "现在 2880" in form
    asked = {"subject": subject.pk, "criterion": "edu_1", "figure": "3200"}
    words = client.get(here, asked, follow=True).content.decode()
    assert "770.00" in words
    assert "800.00" in words
    both = client.get(here, {"s": f"figure|{subject.pk}|edu_1||3200", "subject": subject.pk, "case:blame": "1"}, follow=True)
    assert "790.00" in both.content.decode()
    assert "没有算成" in client.get(here, {**asked, "figure": "很多"}).content.decode()
    assert "没有算成" in client.get(here, {"s": "figure|999|edu_1||5"}).content.decode()
    assert client.get(here, {"s": "nonsense"}).status_code == 200
    assert Entry.objects.count() == entries
    assert Run.objects.count() == 1
    assert client.get(reverse("desk:trying", args=[whole_year.slug, run.pk + 7])).status_code == 404
