"""The queue of proof findings: an erratum drafted with its comparison, registered, and on to the finding that comes next."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from taizhang.apps.accounts.models import User
from taizhang.apps.gazettes.models import Edition, Erratum, Finding
from taizhang.apps.gazettes.operations import adopt
from tests.proposals import NOW, TWO_SENTENCES, clause

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def finding(proposed: Edition) -> Finding:
    """A finding that points at words of the clause with two sentences: it says 320, it was computed to be 3100."""
    row = clause(proposed, TWO_SENTENCES)
    facts = {"rule": "L1", "severity": "error", "message": "与附表不一致", "eid": row.eid, "document": row.document}
    start = row.own_start + proposed.source.text[row.own_start : row.own_end].find("新增学位")
    made: Finding = Finding.objects.create(
        edition=proposed, ordinal=0, quote="新增学位3200个", declared="3200", computed="3100", spans=[[start, start + 9]], **facts
    )
    return made


def send(desk: Client, finding: Finding, **facts: Any) -> Any:
    asked = {"finding": finding.pk, "printed": "3200个", "corrected": "3100个", "reason": "照附表", "state": "open"}
    return desk.post(reverse("desk:draft", args=[finding.edition_id]), asked | facts)


def queue(desk: Client, finding: Finding) -> str:
    text: str = desk.get(reverse("desk:findings", args=[finding.edition_id])).content.decode()
    return text


def test_a_finding_offers_an_erratum_with_what_was_computed_in_the_place_of_what_is_printed(
    desk: Client, finding: Finding
) -> None:
    html = queue(desk, finding)
    assert f'id="p{finding.pk}" name="printed" lang="zh-CN" value="新增学位3200个"' in html
    assert f'id="c{finding.pk}" name="corrected" lang="zh-CN" value="新增学位3100个"' in html


def test_a_draft_is_compared_with_print_and_registers_nothing(desk: Client, finding: Finding) -> None:
    html = send(desk, finding, step="look").content.decode()
    assert "<del>2</del>" in html
    assert "<ins>1</ins>" in html
    assert "还没有登记" in html
    assert 'value="照附表"' in html, "nothing that was filled in is lost"
    assert Erratum.objects.count() == 0


def test_words_that_are_not_printed_once_are_not_compared(desk: Client, finding: Finding) -> None:
    assert "比不出来" in send(desk, finding, step="look", printed="经费").content.decode()


def test_a_registered_draft_closes_its_finding_and_leads_on_to_the_next(desk: Client, finding: Finding) -> None:
    following = Finding.objects.filter(edition=finding.edition, ordinal__gt=0).earliest("ordinal")
    answer = send(desk, finding, step="register")
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"#f{following.pk}")
    finding.refresh_from_db()
    assert finding.disposition == "erratum"
    assert [(e.printed, e.corrected, e.finding_id) for e in Erratum.objects.all()] == [("3200个", "3100个", finding.pk)]


def test_a_draft_without_reason_comes_back_with_what_was_filled_in(desk: Client, finding: Finding) -> None:
    answer = send(desk, finding, step="register", reason="")
    assert answer.status_code == 422
    assert 'value="3100个"' in answer.content.decode()


def test_in_an_adopted_edition_the_draft_is_proposed_and_the_finding_stays_open(
    desk: Client, reviewer: User, finding: Finding
) -> None:
    adopt(by=reviewer, at=NOW, edition=finding.edition_id)
    assert "提出勘误" in queue(desk, finding)
    send(desk, finding, step="register")
    finding.refresh_from_db()
    assert finding.disposition == "open"
    assert Erratum.objects.get().number is None


def test_a_disposed_finding_leads_on_to_the_next(desk: Client, finding: Finding) -> None:
    following = Finding.objects.filter(edition=finding.edition, ordinal__gt=0).earliest("ordinal")
    facts = {"finding": finding.pk, "disposition": "deferred", "state": "open"}
    answer = desk.post(reverse("desk:finding", args=[finding.edition_id]), facts)
    assert answer["Location"].endswith(f"#f{following.pk}")


def test_keys_are_offered_hidden_so_that_nothing_is_shown_that_needs_a_script(desk: Client, finding: Finding) -> None:
    html = queue(desk, finding)
    assert 'id="keys" hidden' in html
    assert [f'data-key="{n}"' in html for n in (1, 2, 4)] == [True] * 3


def many(proposed: Edition, count: int) -> list[Finding]:
    kinds = ("note", "error", "warning")
    facts = {"edition": proposed, "document": proposed.documents.earliest("pk"), "eid": TWO_SENTENCES, "message": "一处"}
    return [Finding.objects.create(ordinal=100 + n, rule=f"R{n % 7}", severity=kinds[n % 3], **facts) for n in range(count)]


def shown(desk: Client, proposed: Edition, **asked: str) -> list[int]:
    html = desk.get(reverse("desk:findings", args=[proposed.pk]), asked).content.decode()
    return [int(n) for n in re.findall(r'id="f(\d+)"', html)]


def test_the_queue_comes_fifty_a_page_in_the_order_that_was_asked_for(desk: Client, proposed: Edition) -> None:
    many(proposed, 80)
    keys = list(proposed.findings.order_by("ordinal").values_list("pk", flat=True))
    assert shown(desk, proposed) == keys[:50]
    assert shown(desk, proposed, page="2") == keys[50:]
    assert shown(desk, proposed, sort="-number") == keys[::-1][:50]
    severities = {f.pk: f.severity for f in proposed.findings.all()}
    ranks = ["error", "warning", "note"]
    by_severity = [ranks.index(severities[pk]) for pk in shown(desk, proposed, sort="severity")]
    assert by_severity == sorted(by_severity)
    html = desk.get(reverse("desk:findings", args=[proposed.pk]), {"sort": "rule"}).content.decode()
    assert "第 1 页，共 2 页" in html
    assert "sort=-rule" in html
    assert 'rel="next"' in html


def test_what_comes_next_is_shown_on_the_page_it_stands_on(desk: Client, proposed: Edition) -> None:
    rows = many(proposed, 80)
    facts = {"disposition": "deferred", "state": "all", "sort": "number"}
    last = proposed.findings.order_by("ordinal")[49]
    after = proposed.findings.order_by("ordinal")[50]
    answer = desk.post(reverse("desk:finding", args=[proposed.pk]), {"finding": last.pk, **facts})
    assert answer["Location"].endswith(f"state=all&sort=number&page=2#f{after.pk}")
    assert after.pk in [row.pk for row in rows]
    back = desk.post(reverse("desk:finding", args=[proposed.pk]), {"finding": after.pk, **facts, "sort": "-number"})
    assert back["Location"].endswith(f"#f{last.pk}")


def test_a_long_list_of_doubts_is_folded_and_none_is_left_out(desk: Client, proposed: Edition) -> None:
    said = {"code": "gazette.row-repaired", "message": "一处", "span": [112, 120], "printed": ""}
    Edition.objects.filter(pk=proposed.pk).update(diagnostics=[said] * 30)
    html = desk.get(reverse("desk:edition", args=[proposed.pk])).content.decode()
    assert html.count('<li class="warn">') == 30
    assert "其余 22 处" in html


def test_a_link_from_a_clause_leads_to_the_page_of_the_queue_that_shows_the_finding(desk: Client, proposed: Edition) -> None:
    last = many(proposed, 80)[-1]
    assert last.pk not in shown(desk, proposed)
    assert last.pk in shown(desk, proposed, at=str(last.pk))
    row = clause(proposed, TWO_SENTENCES)
    page = desk.get(reverse("desk:document", args=[proposed.pk, row.document_id]), {"at": row.eid}).content.decode()
    assert f"?at={last.pk}#f{last.pk}" in page
    assert f"?state=open&amp;at={last.pk}#f{last.pk}" in page


def test_the_pages_above_and_below_the_queue_are_told_apart(desk: Client, proposed: Edition) -> None:
    many(proposed, 80)
    html = desk.get(reverse("desk:findings", args=[proposed.pk])).content.decode()
    assert (html.count('aria-label="翻页"'), html.count('aria-label="页尾翻页"')) == (1, 1)
