"""An erratum of an adopted edition on the desk: one proposes, the day of another shows it, who proposed is not offered to confirm."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from taizhang.apps.accounts.models import User
from taizhang.apps.gazettes.models import Edition, Erratum
from taizhang.apps.gazettes.operations import adopt
from taizhang.apps.targets.models import Measure
from tests.apps_fixtures import person
from tests.proposals import NOW, SMALL, TWO_SENTENCES, clause, propose
from tests.web.desk.entering import entered

pytestmark = pytest.mark.django_db


@pytest.fixture
def adopted(reviewer: User, proposed: Edition) -> Edition:
    done: Edition = adopt(by=reviewer, at=NOW, edition=proposed.pk)
    return done


def read(client: Client, name: str, *args: Any, **query: str) -> str:
    answer = client.get(reverse(f"desk:{name}", args=args), query)
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def propose_value(client: Client, edition: Edition) -> Erratum:
    row = clause(edition, TWO_SENTENCES)
    measure = Measure.objects.get(edition=edition, metric="新增学位")
    facts = {
        "document": row.document_id,
        "eid": row.eid,
        "measure": measure.pk,
        "value": "3100",
        "unit": "个",
        "reason": "照原件",
    }
    assert client.post(reverse("desk:measure", args=[edition.pk]), facts).status_code == 302
    return Erratum.objects.get()


def test_the_forms_of_an_adopted_edition_propose_errata_and_offer_no_splitting(editor: User, adopted: Edition) -> None:
    row = clause(adopted, TWO_SENTENCES)
    html = read(entered(editor), "document", adopted.pk, row.document_id, at=row.eid)
    assert "提出勘误" in html
    assert "登记更正" not in html
    assert "拆成两条" not in html


def test_a_colleague_finds_it_on_their_day_and_confirms_it(editor: User, adopted: Edition) -> None:
    waiting = propose_value(entered(editor), adopted)
    colleague = entered(person("fuhe", "reviewer"))
    day = read(colleague, "today")
    assert "确认勘误" in day
    assert "1 条勘误待确认" in day
    assert "bianji" in day
    assert "确认勘误" in read(colleague, "edition", adopted.pk)
    answer = colleague.post(reverse("desk:confirm", args=[adopted.pk]), {"erratum": waiting.pk}, follow=True)
    assert "编为勘误第1号" in answer.content.decode()
    assert "确认勘误" not in read(colleague, "today")


def test_who_proposed_is_told_to_leave_it_to_another(adopted: Edition) -> None:
    own = entered(person("fuhe", "reviewer"))
    waiting = propose_value(own, adopted)
    assert "由另一位审核人确认" in read(own, "edition", adopted.pk)
    assert "勘误等待确认" in read(own, "today")
    answer = own.post(reverse("desk:confirm", args=[adopted.pk]), {"erratum": waiting.pk})
    assert answer.status_code == 422
    assert "提出人不能自己确认" in answer.content.decode()


def test_a_colleague_declines_with_a_reason_only(editor: User, adopted: Edition) -> None:
    waiting = propose_value(entered(editor), adopted)
    colleague = entered(person("fuhe", "reviewer"))
    address = reverse("desk:decline", args=[adopted.pk])
    assert colleague.post(address, {"erratum": waiting.pk, "reason": ""}).status_code == 422
    assert colleague.post(address, {"erratum": waiting.pk, "reason": "印本无误"}).status_code == 302
    assert Erratum.objects.count() == 0


def test_the_difference_tells_which_errata_go_on_and_which_do_not(editor: User, reviewer: User, adopted: Edition) -> None:
    waiting = propose_value(entered(editor), adopted)
    entered(reviewer).post(reverse("desk:confirm", args=[adopted.pk]), {"erratum": waiting.pk})
    kept = propose(editor, SMALL.replace("12所", "15所"), "b.txt")
    assert "原来的更正，采纳时带过来" in read(entered(reviewer), "difference", kept.pk)
    changed = propose(editor, SMALL.replace("3200个", "3300个"), "c.txt")
    html = read(entered(reviewer), "difference", changed.pk)
    assert "原来的更正，这一份里不再成立" in html
    assert "印的不一样了" in html
