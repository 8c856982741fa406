"""A review as editor and reviewer go through it: hand in, correct, decide; what is refused comes back with what was filled in."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from taizhang.apps.accounts.models import User
from taizhang.apps.gazettes.models import Clause, Edition, Erratum, Finding
from taizhang.apps.organisations.models import Body, Event, Name
from taizhang.apps.targets.models import Duty, Measure
from tests.apps_fixtures import person
from tests.proposals import SMALL, TWO_SENTENCES, WITH_BODIES, clause, propose
from tests.web.desk.entering import entered

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def words(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def at(edition: Edition, eid: str, **facts: Any) -> dict[str, Any]:
    return {"document": clause(edition, eid).document_id, "eid": eid, "reason": "照原件", **facts}


def send(client: Client, edition: Edition, act: str, facts: dict[str, Any]) -> Any:
    return client.post(reverse(f"desk:{act}", args=[edition.pk]), facts)


def test_an_uploaded_file_is_read_and_waits_for_review(desk: Client, django_capture_on_commit_callbacks: Any) -> None:
    file = SimpleUploadedFile("2025-01.txt", SMALL.encode())
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(reverse("desk:upload"), {"file": file})
    edition = Edition.objects.get()
    assert answer["Location"] == reverse("desk:edition", args=[edition.pk])
    assert edition.state == "proposed"
    page = words(desk.get(answer["Location"]))
    assert "岭政〔2025〕2号" in page
    assert edition.source.sha256 in page


def test_an_edition_being_read_shows_its_progress_and_refreshes_itself(desk: Client, proposed: Edition) -> None:
    Edition.objects.filter(pk=proposed.pk).update(state="reading", progress=2)
    answer = desk.get(reverse("desk:edition", args=[proposed.pk]))
    assert answer["Refresh"] == "3"
    assert '<progress id="bar" class="prog" max="4" value="2">' in words(answer)


def test_an_edition_that_could_not_be_read_says_why_and_can_be_read_again(desk: Client, proposed: Edition) -> None:
    Edition.objects.filter(pk=proposed.pk).update(state="failed", failure="只有图片")
    assert "只有图片" in words(desk.get(reverse("desk:edition", args=[proposed.pk])))
    answer = desk.post(reverse("desk:reread", args=[proposed.pk]))
    assert Edition.objects.count() == 2
    assert answer["Location"] != reverse("desk:edition", args=[proposed.pk])


def test_a_pack_that_cannot_be_used_is_said_on_the_edition(
    desk: Client, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.PACK = "no-such-pack"
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(reverse("desk:upload"), {"file": SimpleUploadedFile("2025-01.txt", SMALL.encode())})
    assert "no-such-pack" in words(desk.get(answer["Location"]))
    assert Edition.objects.get().state == "failed"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.txt", b"", "没有内容"),
        ("x.pdf", "不是 PDF".encode(), ""),
        ("x.docx", b"PK\x03\x04broken", ""),
        ("x.exe", b"MZ\x90\x00" + bytes(200), ""),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words_and_leaves_nothing(
    desk: Client, name: str, data: bytes, said: str
) -> None:
    answer = desk.post(reverse("desk:upload"), {"file": SimpleUploadedFile(name, data)})
    if answer.status_code == 302:  # plain words under another name are still words
        assert Edition.objects.count() == 1
        return
    assert answer.status_code == 422
    assert 'role="alert"' in words(answer)
    assert Edition.objects.count() == 0


def test_a_form_without_file_is_sent_back(desk: Client) -> None:
    answer = desk.post(reverse("desk:upload"), {})
    assert answer.status_code == 422
    assert "没有选文件" in words(answer)


def test_a_file_over_the_limit_is_cut_while_it_arrives(desk: Client, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 512 * 1024
    answer = desk.post(reverse("desk:upload"), {"file": SimpleUploadedFile("big.txt", b"x" * 2_000_000)})
    assert answer.status_code == 422
    assert "超过上限 0.5 MB" in words(answer)
    assert not answer.wsgi_request.FILES
    assert Edition.objects.count() == 0


def test_a_hostile_page_is_shown_as_words_only(desk: Client, editor: User) -> None:
    hostile = SMALL.replace("不得挪用", "<script>alert(1)</script><img src=x onerror=alert(2)>不得挪用")
    edition = propose(editor, hostile)
    page = words(desk.get(reverse("desk:document", args=[edition.pk, edition.documents.earliest("pk").pk])))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_print_and_structure_stand_side_by_side(desk: Client, proposed: Edition) -> None:
    document = proposed.documents.earliest("pk")
    page = words(desk.get(reverse("desk:document", args=[proposed.pk, document.pk])))
    for row in Clause.objects.filter(document=document):
        assert f'id="{row.eid}"' in page
    assert "新增学位" in page


def test_print_that_no_clause_took_is_pointed_out(desk: Client, proposed: Edition) -> None:
    second = clause(proposed, TWO_SENTENCES)
    second.own_start += 4
    second.save()
    page = words(desk.get(reverse("desk:document", args=[proposed.pk, second.document_id])))
    assert "这几个字没有读进任何条款" in page


def test_a_clause_is_split_before_words_that_are_written_out(desk: Client, proposed: Edition) -> None:
    answer = send(desk, proposed, "split", at(proposed, TWO_SENTENCES, words="不得挪用"))
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"#{TWO_SENTENCES}")
    assert clause(proposed, f"{TWO_SENTENCES}-b").text == "不得挪用专项经费。"


def test_a_clause_is_split_at_a_chosen_place_and_merged_again(desk: Client, proposed: Edition) -> None:
    page = words(
        desk.get(reverse("desk:document", args=[proposed.pk, proposed.documents.earliest("pk").pk]), {"at": TWO_SENTENCES})
    )
    offset = clause(proposed, TWO_SENTENCES).text.find("不得挪用")
    assert f'<option value="{offset}">' in page
    send(desk, proposed, "split", at(proposed, TWO_SENTENCES, offset=offset))
    answer = send(desk, proposed, "merge", at(proposed, f"{TWO_SENTENCES}-b"))
    assert answer["Location"].endswith(f"#{TWO_SENTENCES}")
    assert not Clause.objects.filter(eid=f"{TWO_SENTENCES}-b").exists()


@pytest.mark.parametrize(
    ("act", "facts", "said"),
    [
        ("split", {"words": "没有的话"}, "没有“没有的话”"),
        ("split", {"words": "经费"}, "出现了 2 次"),
        ("split", {"offset": "0"}, "不能在第 0 个字处拆开"),
        ("split", {"offset": "99999999999999"}, "拆开"),
        ("text", {"printed": "挪用", "corrected": "挪用"}, "没有什么可改"),
        ("text", {"printed": "挪用", "corrected": "截留", "reason": ""}, "没有写理由"),
        ("withdraw", {"erratum": "77"}, "不能撤回"),
    ],
)
def test_a_refused_correction_comes_back_with_what_was_filled_in(
    desk: Client, proposed: Edition, act: str, facts: dict[str, str], said: str
) -> None:
    answer = send(desk, proposed, act, at(proposed, TWO_SENTENCES) | facts)
    page = words(answer)
    assert answer.status_code == 422
    assert said in page
    assert 'href="?' not in page, "the page stands at the form's address, which answers no GET"
    assert Erratum.objects.count() == 0
    for filled in (facts.get("words"), facts.get("corrected")):
        if filled:
            assert f'value="{filled}"' in page


def test_a_wrong_unit_and_value_are_fixed_and_both_readings_shown(desk: Client, proposed: Edition) -> None:
    measure = Measure.objects.get(edition=proposed, metric="新增学位")
    facts = at(proposed, TWO_SENTENCES, measure=measure.pk, value="320", unit="人")
    page = words(desk.get(send(desk, proposed, "measure", facts)["Location"]))
    assert "<del>3200</del>" in page
    assert "<ins>320</ins>" in page
    assert "<ins>人</ins>" in page
    measure.refresh_from_db()
    assert (measure.value_printed, measure.corrected_value, measure.corrected_unit) == ("3200", "320", "人")


def test_a_figure_that_is_none_is_refused_beside_its_own_form(desk: Client, proposed: Edition) -> None:
    measure = Measure.objects.get(edition=proposed, metric="新增学位")
    answer = send(desk, proposed, "measure", at(proposed, TWO_SENTENCES, measure=measure.pk, value="三百", unit="个"))
    assert answer.status_code == 422
    assert "“新增学位”更正后的值填的是“三百”" in words(answer)
    assert 'value="三百"' in words(answer)


def test_a_body_is_corrected_by_its_name(desk: Client, proposed: Edition) -> None:
    body = Body.objects.create(ident="invented-school", kind="bureau")
    Name.objects.create(body=body, text="岭南河市教育和体育局", form="full")
    duty = Duty.objects.filter(edition=proposed, name="市教育局").earliest("pk")
    send(desk, proposed, "duty", at(proposed, WITH_BODIES, duty=duty.pk, body="岭南河市教育和体育局"))
    duty.refresh_from_db()
    assert duty.body == body


def test_a_finding_is_kept_with_a_reason_and_the_page_stays_where_it_was(desk: Client, proposed: Edition) -> None:
    finding = Finding.objects.filter(edition=proposed).earliest("pk")
    facts = {"finding": finding.pk, "disposition": "accepted", "state": "open", "severity": finding.severity}
    refused = send(desk, proposed, "finding", facts)
    assert refused.status_code == 422
    assert "没有写理由" in words(refused)
    assert 'href="?' not in words(refused)
    answer = send(desk, proposed, "finding", facts | {"reason": "另有文件规定"})
    assert answer["Location"] == f"{reverse('desk:findings', args=[proposed.pk])}?state=open&severity={finding.severity}"
    assert "另有文件规定" in words(desk.get(f"{reverse('desk:findings', args=[proposed.pk])}?state=accepted"))


@pytest.mark.parametrize("disposition", ["erratum", "gone", ""])
def test_a_finding_takes_no_other_disposition_from_a_form(desk: Client, proposed: Edition, disposition: str) -> None:
    finding = Finding.objects.filter(edition=proposed).earliest("pk")
    assert send(desk, proposed, "finding", {"finding": finding.pk, "disposition": disposition}).status_code == 404


def test_what_belongs_to_another_edition_is_not_found(desk: Client, editor: User, proposed: Edition) -> None:
    second = propose(editor, SMALL.replace("12所", "13所"), "b.txt")
    finding = Finding.objects.filter(edition=second).earliest("pk")
    assert send(desk, proposed, "finding", {"finding": finding.pk, "disposition": "deferred"}).status_code == 404
    assert send(desk, proposed, "split", at(second, TWO_SENTENCES, offset="3")).status_code == 404
    assert desk.get(reverse("desk:document", args=[proposed.pk, second.documents.earliest("pk").pk])).status_code == 404


def test_a_colleague_adopts_and_the_proposer_is_told_not_to(desk: Client, proposed: Edition, reviewer: User) -> None:
    send(desk, proposed, "split", at(proposed, TWO_SENTENCES, words="不得挪用"))
    person("bianji", "reviewer")
    refused = desk.post(reverse("desk:adopt", args=[proposed.pk]))
    assert refused.status_code == 422
    assert "提出人不能自己采纳" in words(refused)
    answer = entered(reviewer).post(reverse("desk:adopt", args=[proposed.pk]), follow=True)
    assert "已采纳" in words(answer)
    proposed.refresh_from_db()
    assert (proposed.state, proposed.decided_by) == ("adopted", "shenhe")


def test_who_comes_second_is_told_who_was_first(proposed: Edition, reviewer: User) -> None:
    second = entered(person("fuhe", "reviewer"))
    entered(reviewer).post(reverse("desk:adopt", args=[proposed.pk]))
    answer = second.post(reverse("desk:adopt", args=[proposed.pk]))
    assert answer.status_code == 422
    assert "已由“shenhe”办理" in words(answer)


def test_an_edition_is_sent_back_with_a_reason_only(proposed: Edition, reviewer: User) -> None:
    client = entered(reviewer)
    assert client.post(reverse("desk:refuse", args=[proposed.pk]), {"reason": ""}).status_code == 422
    client.post(reverse("desk:refuse", args=[proposed.pk]), {"reason": "漏了附件"})
    assert "漏了附件" in words(client.get(reverse("desk:edition", args=[proposed.pk])))


def test_a_newer_reading_is_shown_against_the_adopted_one(desk: Client, editor: User, reviewer: User, proposed: Edition) -> None:
    send(desk, proposed, "text", at(proposed, TWO_SENTENCES, printed="挪用", corrected="截留"))
    entered(reviewer).post(reverse("desk:adopt", args=[proposed.pk]))
    newer = propose(editor, SMALL.replace("12所", "15所").replace("考核由市政府办公室负责。\n", ""), "b.txt")
    page = words(desk.get(reverse("desk:difference", args=[newer.pk])))
    assert "<del>2</del><ins>5</ins>" in page
    assert "<del>考核由市政府办公室负责。</del>" in page
    assert "原来的更正，采纳时带过来" in page
    assert "先看差异" in words(entered(reviewer).get(reverse("desk:edition", args=[newer.pk])))


def test_a_printed_name_is_confirmed_by_a_person(proposed: Edition, reviewer: User) -> None:
    client = entered(reviewer)
    body = Body.objects.create(ident="invented-finance", kind="bureau")
    facts = {"name": "市财政局", "body": body.ident}
    assert "用到" in words(client.post(reverse("desk:name", args=[proposed.pk]), facts, follow=True))
    again = client.post(reverse("desk:name", args=[proposed.pk]), facts)
    assert again.status_code == 422
    assert "无需再确认" in words(again)


def test_an_event_is_confirmed_once(reviewer: User) -> None:
    client, body = entered(reviewer), Body.objects.create(ident="data", kind="bureau")
    event = Event.objects.create(body=body, kind="renamed", before="甲局", after="乙局")
    assert "甲局" in words(client.get(reverse("desk:events")))
    client.post(reverse("desk:event"), {"event": event.pk})
    event.refresh_from_db()
    assert event.confirmed_by == "shenhe"
    assert client.post(reverse("desk:event"), {"event": event.pk}).status_code == 422


def test_the_day_says_what_waits_and_what_is_for_others(desk: Client, proposed: Edition, reviewer: User) -> None:
    assert "核对读本，等别人采纳" in words(desk.get(reverse("desk:today")))
    assert "审核，采纳或退回" in words(entered(reviewer).get(reverse("desk:today")))


@pytest.mark.parametrize(("name", "most"), [("today", 12), ("editions", 10), ("events", 10)])
def test_lists_ask_the_database_a_fixed_number_of_times(
    adopted_specimen: Edition, desk: Client, name: str, most: int, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(most):
        assert desk.get(reverse(f"desk:{name}")).status_code == 200


@pytest.mark.parametrize("name", ["edition", "findings", "names", "difference"])
def test_pages_of_an_issue_ask_the_database_a_fixed_number_of_times(
    adopted_specimen: Edition, desk: Client, name: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(20):
        assert desk.get(reverse(f"desk:{name}", args=[adopted_specimen.pk])).status_code == 200


def test_every_document_of_the_specimen_opens_for_review(
    adopted_specimen: Edition, desk: Client, django_assert_max_num_queries: Any
) -> None:
    for document in adopted_specimen.documents.all():
        with django_assert_max_num_queries(22):
            assert desk.get(reverse("desk:document", args=[adopted_specimen.pk, document.pk])).status_code == 200
