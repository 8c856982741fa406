"""A review goes on to a newer reading of its issue: what stands there as it did is done again, in the name of who decided it."""

import pytest

from taizhang.apps.accounts.models import User
from taizhang.apps.gazettes import errors, operations, repeating
from taizhang.apps.gazettes.models import Clause, Edition, Erratum, Finding
from taizhang.apps.gazettes.queries import errata
from taizhang.apps.gazettes.repeating import earlier, plan_findings, plan_structure
from taizhang.apps.ledger.models import Entry
from taizhang.apps.ledger.operations import NotPermittedError
from taizhang.apps.organisations.models import Body
from taizhang.apps.targets import operations as targets
from taizhang.apps.targets.ingest import read_again, read_edition
from taizhang.apps.targets.models import Duty, Measure
from tests.apps_fixtures import person
from tests.proposals import DOCUMENT, NOW, SMALL, TWO_SENTENCES, WITH_BODIES, adopt, clause, correct, propose

SENTENCE = "不得挪用专项经费。"
PARTS = (TWO_SENTENCES, f"{TWO_SENTENCES}-b")
OTHER = SMALL.replace("12所", "13所")


def split(by: User, edition: Edition, eid: str = TWO_SENTENCES, words: str = SENTENCE) -> None:
    offset = clause(edition, eid).text.find(words)
    operations.split_clause(by=by, at=NOW, edition=edition.pk, document=DOCUMENT, eid=eid, offset=offset, reason="两件事")


def merge(by: User, edition: Edition, eid: str) -> None:
    operations.merge_clause(by=by, at=NOW, edition=edition.pk, document=DOCUMENT, eid=eid, reason="一件事")


def finding(edition: Edition) -> Finding:
    return Finding.objects.filter(edition=edition).earliest("ordinal")


def accept(by: User, edition: Edition, reason: str = "另有文件规定") -> Finding:
    row: Finding = operations.dispose_finding(by=by, at=NOW, finding=finding(edition).pk, disposition="accepted", reason=reason)
    return row


def by_newer_parser(by: User, edition: Edition) -> Edition:
    Edition.objects.filter(pk=edition.pk).update(parser_version=0)
    return read_edition(read_again(by=by, at=NOW, edition=edition.pk).pk)


def texts(edition: Edition, *eids: str) -> list[str]:
    return [clause(edition, eid).text for eid in eids]


# --- what goes on -----------------------------------------------------------------------------------------------------


def test_a_split_is_done_again_in_the_name_of_who_made_it(editor: User, reviewer: User, proposed: Edition) -> None:
    split(editor, proposed)
    adopt(reviewer, proposed)
    colleague = person("bianji2", "editor")
    newer = propose(colleague, OTHER, "b.txt")
    assert texts(newer, *PARTS) == texts(proposed, *PARTS)
    (again,) = newer.errata.all()
    assert (again.field, again.made_by, again.made_at, again.reason, again.number) == ("structure", "bianji", NOW, "两件事", None)
    assert again.repeats == Erratum.objects.get(edition=proposed)
    entry = Entry.objects.get(operation="gazettes.carry_review")
    assert (entry.by, entry.subject) == ("bianji2", operations.subject(newer))
    assert entry.after["from"][0]["corrections"] == [[DOCUMENT, TWO_SENTENCES, "structure", "bianji", NOW.isoformat()]]


def test_splits_and_merges_are_done_again_one_after_another(editor: User, reviewer: User, proposed: Edition) -> None:
    split(editor, proposed)
    split(editor, proposed, eid=PARTS[1], words="专项")
    merge(editor, proposed, f"{PARTS[1]}-b")
    merge(editor, proposed, TWO_SENTENCES)
    adopt(reviewer, proposed)
    newer = propose(editor, OTHER, "b.txt")
    rows = {
        e.pk: list(
            Clause.objects.filter(document__edition=e, eid__startswith="sec_1").values_list("eid", "text", "ordinal", "own_start")
        )
        for e in (newer, proposed)
    }
    assert rows[newer.pk] == rows[proposed.pk]
    assert newer.errata.count() == proposed.errata.count() == 4


def test_what_was_split_joined_and_split_again_is_so_again(editor: User, reviewer: User, proposed: Edition) -> None:
    split(editor, proposed)
    merge(editor, proposed, PARTS[1])
    split(editor, proposed)
    adopt(reviewer, proposed)
    newer = propose(editor, OTHER, "b.txt")
    assert texts(newer, *PARTS) == texts(proposed, *PARTS)
    assert newer.errata.count() == 3


def test_measures_and_duties_follow_a_split_that_is_done_again(editor: User, reviewer: User, proposed: Edition) -> None:
    split(editor, proposed, words="经费增长")
    split(editor, proposed, eid=WITH_BODIES, words="责任单位")
    adopt(reviewer, proposed)
    newer = by_newer_parser(editor, proposed)
    assert [m.metric for m in Measure.objects.filter(edition=newer, clause__eid=PARTS[1])] == ["经费"]
    assert {d.name for d in Duty.objects.filter(edition=newer, clause__eid=f"{WITH_BODIES}-b")} == {"市教育局", "市财政局"}


def test_a_split_keeps_its_number_when_the_newer_reading_is_adopted(editor: User, reviewer: User, proposed: Edition) -> None:
    split(editor, proposed)
    adopt(reviewer, proposed)
    number = Erratum.objects.get().number
    newer = propose(editor, OTHER, "b.txt")
    assert [e.edition_id for e in errata()] == [proposed.pk], "until then the register lists the older reading's"
    adopt(reviewer, newer)
    assert [(e.edition_id, e.number) for e in errata()] == [(newer.pk, number)]
    assert Entry.objects.filter(operation="gazettes.adopt").latest("pk").after["errata_carried"] == [number]


@pytest.mark.parametrize("same_file", [True, False], ids=["newer parser", "corrected source"])
def test_an_accepted_finding_stays_accepted_by_whom_and_when(
    editor: User, reviewer: User, proposed: Edition, same_file: bool
) -> None:
    was = accept(reviewer, proposed)
    adopt(reviewer, proposed)
    newer = by_newer_parser(editor, proposed) if same_file else propose(editor, SMALL.replace("12所", "13所"), "b.txt")
    row = finding(newer)
    assert (row.rule, row.disposition, row.reason) == (was.rule, "accepted", "另有文件规定")
    assert (row.decided_by, row.decided_at, row.carried_from) == ("shenhe", NOW, was)
    assert Entry.objects.get(operation="gazettes.carry_review").after["from"][0]["findings"] == [
        [was.ordinal, was.rule, "accepted", "shenhe", NOW.isoformat()]
    ]


def test_a_deferred_finding_stays_deferred_and_can_be_opened_again(editor: User, reviewer: User, proposed: Edition) -> None:
    operations.dispose_finding(by=editor, at=NOW, finding=finding(proposed).pk, disposition="deferred")
    adopt(reviewer, proposed)
    newer = propose(editor, OTHER, "b.txt")
    assert finding(newer).disposition == "deferred"
    operations.dispose_finding(by=reviewer, at=NOW, finding=finding(newer).pk, disposition="open")
    operations.carry_review(by=editor, at=NOW, edition=newer.pk)
    row = finding(newer)
    assert (row.disposition, row.decided_by, row.carried_from) == ("open", "shenhe", None), "what is decided here stands"


def test_a_finding_of_a_part_that_was_split_off_finds_it_again(editor: User, reviewer: User, proposed: Edition) -> None:
    row = finding(proposed)
    place = Clause.objects.get(document=row.document, eid=row.eid)
    operations.split_clause(
        by=editor, at=NOW, edition=proposed.pk, document=row.document.ident, eid=row.eid,
        offset=max(1, len(place.text) - 2), reason="两件事",
    )  # fmt: skip
    accept(reviewer, proposed)
    adopt(reviewer, proposed)
    assert finding(propose(editor, OTHER, "b.txt")).disposition == "accepted"


def test_confirmed_names_stay_confirmed(editor: User, reviewer: User, proposed: Edition) -> None:
    body = Body.objects.create(ident="invented-finance", kind="bureau")
    targets.confirm_body(by=reviewer, at=NOW, edition=proposed.pk, name="市财政局", body=body.ident)
    adopt(reviewer, proposed)
    newer = propose(editor, OTHER, "b.txt")
    assert {(d.body, d.confirmed_by) for d in Duty.objects.filter(edition=newer, name="市财政局")} == {(body, "shenhe")}
    assert not Duty.objects.filter(edition=newer, name="市教育局").exclude(confirmed_by="").exists()


def test_the_corrections_of_a_refused_proposal_are_not_made_again_by_hand(
    editor: User, reviewer: User, proposed: Edition
) -> None:
    split(editor, proposed)
    correct(editor, proposed, eid=PARTS[1], finding=finding(proposed).pk)
    places = Measure.objects.get(edition=proposed, metric="新增学位")
    targets.correct_measure(by=editor, at=NOW, edition=proposed.pk, measure=places.pk, value="3100", reason="照附表")
    operations.refuse(by=reviewer, at=NOW, edition=proposed.pk, reason="漏了附件")
    newer = read_edition(read_again(by=person("bianji2", "editor"), at=NOW, edition=proposed.pk).pk)
    assert {(e.field, e.printed, e.corrected, e.made_by, e.number) for e in newer.errata.exclude(field="structure")} == {
        ("text", "挪用", "截留", "bianji", None),
        ("value", "3200", "3100", "bianji", None),
    }
    assert Measure.objects.get(edition=newer, metric="新增学位").corrected_value == "3100"
    assert finding(newer).disposition == "erratum"


def test_an_unseen_correction_still_keeps_its_maker_from_adopting_and_an_adopted_one_does_not(
    editor: User, reviewer: User, proposed: Edition
) -> None:
    split(reviewer, proposed)
    operations.refuse(by=person("fuhe", "reviewer"), at=NOW, edition=proposed.pk, reason="漏了附件")
    second = propose(editor, OTHER, "b.txt")
    with pytest.raises(errors.CorrectorMayNotAdoptError):
        adopt(reviewer, second)
    adopt(person("fuhe"), second)
    third = propose(editor, SMALL.replace("12所", "14所"), "c.txt")
    assert third.errata.count() == 1
    assert adopt(reviewer, third).state == "adopted"


def test_what_was_decided_in_the_adopted_reading_meanwhile_goes_on_with_the_adoption(
    editor: User, reviewer: User, proposed: Edition
) -> None:
    adopt(reviewer, proposed)
    newer = propose(editor, OTHER, "b.txt")
    was = accept(editor, proposed)
    assert finding(newer).disposition == "open"
    adopt(reviewer, newer)
    row = finding(newer)
    assert (row.disposition, row.decided_by, row.carried_from) == ("accepted", "bianji", was)
    assert Entry.objects.filter(operation="gazettes.adopt").latest("pk").after["findings_carried"] == [was.ordinal]


# --- what does not, and why -------------------------------------------------------------------------------------------

SPLIT_LEFT = [
    (SMALL.replace("不得挪用专项", "不得侵占专项"), repeating.CHANGED),
    (SMALL.replace("（二）全年新增学位3200个，经费增长6.5%。不得挪用专项经费。\n", ""), repeating.GONE),
    (SMALL.replace("6.5%。不得挪用专项经费。", "6.5%。\n（三）不得挪用专项经费。"), repeating.ALREADY),
]


@pytest.mark.parametrize(("text", "why"), SPLIT_LEFT, ids=[why for _, why in SPLIT_LEFT])
def test_a_split_whose_words_do_not_stand_there_is_not_guessed(
    editor: User, reviewer: User, proposed: Edition, text: str, why: str
) -> None:
    split(editor, proposed)
    adopt(reviewer, proposed)
    newer = propose(editor, text, "b.txt")
    assert [one.why for one in plan_structure(proposed, newer)] == [why]
    assert newer.errata.count() == 0
    left = Entry.objects.get(operation="gazettes.carry_review").after["from"][0]["corrections_left"]
    assert left == [[DOCUMENT, TWO_SENTENCES, "structure", why]]


def test_a_split_of_before_places_were_recorded_is_said_to_be_left(editor: User, reviewer: User, proposed: Edition) -> None:
    split(editor, proposed)
    Erratum.objects.update(structure={})
    adopt(reviewer, proposed)
    newer = propose(editor, OTHER, "b.txt")
    assert [one.why for one in plan_structure(proposed, newer)] == [repeating.UNRECORDED]


FINDING_LEFT = [
    (SMALL.replace("（200分）。\n（二）", "（300分）。\n（二）"), repeating.NOT_FOUND),
    (SMALL.replace("（200分）。\n（二）", "（180分）。\n（二）"), repeating.CHANGED),
]


@pytest.mark.parametrize(("text", "why"), FINDING_LEFT, ids=[why for _, why in FINDING_LEFT])
def test_a_finding_that_reads_otherwise_is_looked_at_anew(
    editor: User, reviewer: User, proposed: Edition, text: str, why: str
) -> None:
    accept(reviewer, proposed)
    adopt(reviewer, proposed)
    newer = propose(editor, text, "b.txt")
    assert [one.why for one in plan_findings(proposed, newer)] == [why]
    assert not newer.findings.exclude(disposition="open").exists()
    adopt(reviewer, newer)
    left = Entry.objects.filter(operation="gazettes.adopt").latest("pk").after["findings_not_carried"]
    assert left == [[finding(proposed).ordinal, why]]


def test_a_decision_made_in_the_newer_reading_wins(editor: User, reviewer: User, proposed: Edition) -> None:
    adopt(reviewer, proposed)
    newer = propose(editor, OTHER, "b.txt")
    accept(editor, newer, "以新的为准")
    accept(editor, proposed, "以旧的为准")
    assert [one.why for one in plan_findings(proposed, newer)] == [repeating.OTHERWISE]
    adopt(reviewer, newer)
    assert finding(newer).reason == "以新的为准"


def test_of_several_alike_in_another_file_none_is_guessed(editor: User, reviewer: User, proposed: Edition) -> None:
    first = finding(proposed)
    for n in (1, 2):
        Finding.objects.create(
            edition=proposed,
            document=first.document,
            ordinal=90 + n,
            rule="X1",
            severity="note",
            eid=first.eid,
            message="同样的话",
        )
    adopt(reviewer, proposed)
    newer = propose(editor, OTHER, "b.txt")
    Finding.objects.create(
        edition=newer, document=newer.documents.get(ident=first.document.ident), ordinal=91, rule="X1", severity="note",
        eid=first.eid, message="同样的话",
    )  # fmt: skip
    operations.dispose_finding(
        by=editor, at=NOW, finding=Finding.objects.get(edition=proposed, ordinal=92).pk, disposition="deferred"
    )
    assert [one.why for one in plan_findings(proposed, newer)] == [repeating.REPEATED]


# --- the operation ----------------------------------------------------------------------------------------------------


def test_twice_takes_over_nothing_twice(editor: User, reviewer: User, proposed: Edition) -> None:
    split(editor, proposed)
    accept(reviewer, proposed)
    adopt(reviewer, proposed)
    newer = propose(editor, OTHER, "b.txt")
    with pytest.raises(errors.NothingToCarryError):
        operations.carry_review(by=editor, at=NOW, edition=newer.pk)
    assert newer.errata.count() == 1
    assert Entry.objects.filter(operation="gazettes.carry_review").count() == 1


def test_a_first_reading_takes_over_nothing(editor: User, proposed: Edition) -> None:
    assert earlier(proposed) == []
    assert not Entry.objects.filter(operation="gazettes.carry_review").exists()
    with pytest.raises(errors.NothingToCarryError):
        operations.carry_review(by=editor, at=NOW, edition=proposed.pk)


def test_an_adopted_edition_takes_over_nothing_more(editor: User, reviewer: User, proposed: Edition) -> None:
    adopt(reviewer, proposed)
    with pytest.raises(errors.EditionIsNotOpenError):
        operations.carry_review(by=editor, at=NOW, edition=proposed.pk)


def test_a_proposer_who_may_no_more_leaves_it_to_the_adoption(editor: User, reviewer: User, proposed: Edition) -> None:
    accept(reviewer, proposed)
    adopt(reviewer, proposed)
    leaving = person("bianji2", "editor")
    fresh = operations.propose(by=leaving, at=NOW, data=OTHER.encode(), name="b.txt", pack="", limit=10**7)
    leaving.memberships.all().delete()
    newer = read_edition(fresh.pk)
    assert finding(newer).disposition == "open"
    with pytest.raises(NotPermittedError):
        operations.carry_review(by=person("bianji2"), at=NOW, edition=newer.pk)
    adopt(reviewer, newer)
    assert finding(newer).disposition == "accepted"
