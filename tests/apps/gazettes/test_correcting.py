"""Splitting, merging, correcting words and disposing of findings: allowed, refused, twice, and what the ledger says."""

from typing import Any

import pytest

from taizhang.apps.accounts.models import User
from taizhang.apps.gazettes import errors, operations
from taizhang.apps.gazettes.models import Clause, Edition, Erratum, Finding
from taizhang.apps.ledger.models import Entry
from taizhang.apps.ledger.operations import NotPermittedError
from taizhang.apps.targets.models import Duty, Measure
from tests.proposals import DOCUMENT, NOW, TWO_SENTENCES, WITH_BODIES, clause

SENTENCE = "不得挪用专项经费。"


def split(by: User, edition: Edition, **changed: Any) -> Any:
    offset = clause(edition, TWO_SENTENCES).text.find(SENTENCE)
    facts: dict[str, Any] = {"document": DOCUMENT, "eid": TWO_SENTENCES, "offset": offset, "reason": "两件事"}
    return operations.split_clause(by=by, at=NOW, edition=edition.pk, **facts | changed)


def correct(by: User, edition: Edition, **changed: Any) -> Erratum:
    facts = {"document": DOCUMENT, "eid": TWO_SENTENCES, "printed": "挪用", "corrected": "截留", "reason": "录排错误"}
    result: Erratum = operations.correct_text(by=by, at=NOW, edition=edition.pk, **facts | changed)
    return result


def test_a_split_clause_stands_in_two_parts_that_still_lead_to_print(editor: User, proposed: Edition) -> None:
    first, second = split(editor, proposed)
    source = proposed.source.text
    assert (first.eid, second.eid) == (TWO_SENTENCES, f"{TWO_SENTENCES}-b")
    assert source[first.own_start : first.own_end].endswith("经费增长6.5%。")
    assert source[second.own_start : second.own_end] == second.text == SENTENCE
    assert second.ordinal == first.ordinal + 1


def test_later_clauses_keep_their_order_when_one_before_them_is_split(editor: User, proposed: Edition) -> None:
    before = list(Clause.objects.filter(document__edition=proposed).values_list("eid", flat=True))
    split(editor, proposed)
    after = list(Clause.objects.filter(document__edition=proposed).values_list("eid", flat=True))
    assert [eid for eid in after if not eid.endswith("-b")] == before
    ordinals = list(Clause.objects.filter(document__edition=proposed).values_list("ordinal", flat=True))
    assert len(set(ordinals)) == len(ordinals)


def test_measures_follow_the_words_that_print_them_when_a_clause_is_split(editor: User, proposed: Edition) -> None:
    offset = clause(proposed, TWO_SENTENCES).text.find("经费增长")
    _, second = split(editor, proposed, offset=offset)
    assert [measure.metric for measure in second.measures.all()] == ["经费"]
    assert [measure.metric for measure in clause(proposed, TWO_SENTENCES).measures.all()] == ["新增学位"]


def test_duties_follow_their_printed_name_when_a_clause_is_split(editor: User, proposed: Edition) -> None:
    offset = clause(proposed, WITH_BODIES).text.find("责任单位")
    _, second = split(editor, proposed, eid=WITH_BODIES, offset=offset)
    assert {duty.name for duty in second.duties.all()} == {"市教育局", "市财政局"}


def test_merging_undoes_a_split_and_loses_no_measure(editor: User, proposed: Edition) -> None:
    whole, measures = clause(proposed, TWO_SENTENCES).text, Measure.objects.filter(edition=proposed).count()
    _, second = split(editor, proposed, offset=clause(proposed, TWO_SENTENCES).text.find("经费增长"))
    merged = operations.merge_clause(by=editor, at=NOW, edition=proposed.pk, document=DOCUMENT, eid=second.eid, reason="拆错了")
    assert merged.text == whole
    assert Measure.objects.filter(edition=proposed).count() == measures
    assert merged.measures.count() == 2


def test_merging_loses_no_duty(editor: User, proposed: Edition) -> None:
    names = set(Duty.objects.filter(edition=proposed).values_list("name", flat=True))
    merged = operations.merge_clause(
        by=editor, at=NOW, edition=proposed.pk, document=DOCUMENT, eid=TWO_SENTENCES, reason="一件事"
    )
    assert merged.eid == WITH_BODIES
    assert {measure.metric for measure in merged.measures.all()} >= {"新增学位", "经费"}
    assert set(Duty.objects.filter(edition=proposed).values_list("name", flat=True)) == names


def test_a_corrected_word_stands_beside_the_printed_one_and_points_into_the_source(editor: User, proposed: Edition) -> None:
    erratum = correct(editor, proposed)
    assert proposed.source.text[erratum.start : erratum.end] == "挪用"
    assert "挪用" in clause(proposed, TWO_SENTENCES).text
    assert (erratum.printed, erratum.corrected, erratum.number) == ("挪用", "截留", None)


def test_a_correction_that_answers_a_finding_closes_it(editor: User, proposed: Edition) -> None:
    finding = Finding.objects.filter(edition=proposed).first()
    assert finding is not None, "the small gazette's points do not add up"
    correct(editor, proposed, finding=finding.pk)
    finding.refresh_from_db()
    assert finding.disposition == "erratum"


def test_every_correction_writes_printed_and_corrected_to_the_ledger(editor: User, proposed: Edition) -> None:
    correct(editor, proposed)
    entry = Entry.objects.get(operation="gazettes.correct.text")
    assert (entry.by, entry.before["printed"], entry.after["corrected"], entry.after["reason"]) == (
        "bianji", "挪用", "截留", "录排错误",
    )  # fmt: skip


REFUSALS: list[tuple[Any, dict[str, Any], type[Exception]]] = [
    (split, {"offset": 0}, errors.CannotSplitHereError),
    (split, {"offset": 999}, errors.CannotSplitHereError),
    (split, {"reason": " "}, errors.ReasonIsMissingError),
    (split, {"eid": "sec_9"}, errors.ClauseIsMissingError),
    (correct, {"printed": "没有印过的话"}, errors.WordsAreNotThereError),
    (correct, {"printed": ""}, errors.WordsAreNotThereError),
    (correct, {"printed": "经费"}, errors.WordsAreThereTwiceError),
    (correct, {"corrected": "挪用"}, errors.NothingChangesError),
    (correct, {"reason": ""}, errors.ReasonIsMissingError),
]


@pytest.mark.parametrize(("act", "facts", "refusal"), REFUSALS)
def test_a_correction_that_makes_no_sense_is_refused_and_changes_nothing(
    editor: User, proposed: Edition, act: Any, facts: dict[str, Any], refusal: type[Exception]
) -> None:
    entries = Entry.objects.count()
    with pytest.raises(refusal):
        act(editor, proposed, **facts)
    assert Erratum.objects.count() == 0
    assert Entry.objects.count() == entries


def test_the_first_clause_of_its_level_cannot_be_merged(editor: User, proposed: Edition) -> None:
    with pytest.raises(errors.CannotMergeError):
        operations.merge_clause(by=editor, at=NOW, edition=proposed.pk, document=DOCUMENT, eid=WITH_BODIES, reason="x")


def test_the_clauses_of_an_adopted_edition_are_parted_and_joined_no_more(editor: User, reviewer: User, proposed: Edition) -> None:
    operations.adopt(by=reviewer, at=NOW, edition=proposed.pk)
    with pytest.raises(errors.EditionIsNotOpenError):
        split(editor, proposed)
    with pytest.raises(errors.EditionIsNotOpenError):
        operations.merge_clause(by=editor, at=NOW, edition=proposed.pk, document=DOCUMENT, eid=TWO_SENTENCES, reason="x")


def test_who_has_no_such_role_corrects_nothing(proposed: Edition, new_person: Any) -> None:
    with pytest.raises(NotPermittedError) as refused:
        correct(new_person("shenji", "auditor"), proposed)
    assert "shenji" in str(refused.value)


def test_a_finding_is_kept_as_printed_with_a_reason_only(editor: User, proposed: Edition) -> None:
    finding = Finding.objects.filter(edition=proposed).first()
    assert finding is not None
    with pytest.raises(errors.ReasonIsMissingError):
        operations.dispose_finding(by=editor, at=NOW, finding=finding.pk, disposition="accepted")
    operations.dispose_finding(by=editor, at=NOW, finding=finding.pk, disposition="accepted", reason="文件另有规定")
    again = operations.dispose_finding(by=editor, at=NOW, finding=finding.pk, disposition="accepted", reason="文件另有规定")
    assert (again.disposition, again.reason) == ("accepted", "文件另有规定")
    assert Entry.objects.filter(operation="gazettes.dispose_finding").count() == 2
