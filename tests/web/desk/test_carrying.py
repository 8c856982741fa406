"""What an earlier review decided, on the desk: marked where it went on, listed with its reason where it did not, before adoption."""

import pytest
from django.test import Client
from django.urls import reverse

from taizhang.apps.accounts.models import User
from taizhang.apps.gazettes import operations
from taizhang.apps.gazettes.models import Edition, Finding
from tests.proposals import DOCUMENT, NOW, SMALL, TWO_SENTENCES, clause, propose

pytestmark = pytest.mark.django_db
SENTENCE = "不得挪用专项经费。"


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def reviewed(editor: User, proposed: Edition) -> Edition:
    """The small gazette with a clause split and a finding kept as printed."""
    offset = clause(proposed, TWO_SENTENCES).text.find(SENTENCE)
    facts = {"document": DOCUMENT, "eid": TWO_SENTENCES, "offset": offset, "reason": "两件事"}
    operations.split_clause(by=editor, at=NOW, edition=proposed.pk, **facts)
    row = Finding.objects.filter(edition=proposed).earliest("ordinal")
    operations.dispose_finding(by=editor, at=NOW, finding=row.pk, disposition="accepted", reason="另有文件规定")
    return proposed


def adopted(by: User, edition: Edition) -> Edition:
    done: Edition = operations.adopt(by=by, at=NOW, edition=edition.pk)
    return done


def read(desk: Client, name: str, edition: Edition, **query: str) -> str:
    text: str = desk.get(reverse(f"desk:{name}", args=[edition.pk]), query).content.decode()
    return text


def test_what_went_on_is_marked_with_who_decided_it(desk: Client, editor: User, reviewer: User, reviewed: Edition) -> None:
    adopted(reviewer, reviewed)
    newer = propose(editor, SMALL.replace("12所", "13所"), "b.txt")
    assert "已带过来 2 处" in read(desk, "edition", newer)
    queue = read(desk, "findings", newer, state="accepted")
    assert "从旧读本带来" in queue
    assert "保留原文：另有文件规定 · bianji" in queue
    row = clause(newer, TWO_SENTENCES)
    page = desk.get(reverse("desk:document", args=[newer.pk, row.document_id])).content.decode()
    assert "从旧读本带来" in page
    assert "两件事" in read(desk, "edition", newer)


def test_what_cannot_go_on_is_listed_before_adoption(desk: Client, editor: User, reviewer: User, reviewed: Edition) -> None:
    adopted(reviewer, reviewed)
    text = SMALL.replace("不得挪用", "不得侵占").replace("480人（200分）", "480人（180分）")
    page = read(desk, "difference", propose(editor, text, "b.txt"))
    assert "原来的更正，这一份里不再成立" in page
    assert "原来的校对处理，要重新看" in page
    assert page.count("印的不一样了") == 2


def test_a_finding_that_is_not_there_any_more_is_no_work(desk: Client, editor: User, reviewer: User, reviewed: Edition) -> None:
    adopted(reviewer, reviewed)
    page = read(desk, "difference", propose(editor, SMALL.replace("480人（200分）", "480人（300分）"), "b.txt"))
    assert "处理过、这一份里不再有的 1 处" in page
    assert "要重新看" not in page


def test_a_reading_after_a_refused_one_is_shown_against_it(desk: Client, editor: User, reviewer: User, reviewed: Edition) -> None:
    operations.refuse(by=reviewer, at=NOW, edition=reviewed.pk, reason="漏了附件")
    newer = propose(editor, SMALL.replace("12所", "13所"), "b.txt")
    page = read(desk, "difference", newer)
    assert "<del>2</del><ins>3</ins>" in page
    assert f"第{reviewed.pk}号读本审核时的决定" in page
    assert "看与前一读本的差异" in read(desk, "edition", newer)


def test_the_difference_asks_the_database_no_more_for_many_findings(
    desk: Client, editor: User, reviewer: User, reviewed: Edition, django_assert_max_num_queries: object
) -> None:
    first = Finding.objects.filter(edition=reviewed).earliest("ordinal")
    for n in range(50):
        Finding.objects.create(
            edition=reviewed, document=first.document, ordinal=100 + n, rule="X1", severity="note", eid=first.eid,
            message=f"第{n}处", disposition="deferred", decided_by="bianji", decided_at=NOW,
        )  # fmt: skip
    adopted(reviewer, reviewed)
    newer = propose(editor, SMALL.replace("12所", "13所"), "b.txt")
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        assert desk.get(reverse("desk:difference", args=[newer.pk])).status_code == 200
