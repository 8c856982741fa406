"""A criterion whose figure is another cycle's result waits for it by name, and takes it when it is there."""

from dataclasses import replace

from taizhang.engines.scoring import (
    Criterion,
    ResultOf,
    canonical_json,
    certificates,
    digest_of,
    is_genuine,
    recompute,
    scheme_digest,
    scheme_from_json,
    scheme_to_json,
    score,
)
from taizhang.engines.scoring.canonical_form import canonical_text
from tests.engines.scoring.made_up import END, SEPTEMBER, between, d, leaf, node, scheme, scored, seen

OTHER = ResultOf("other-2025", "公开评价等次", "grade")
STAGES = {"stages": ("优秀", "良好", "不合格"), "rates": (d(1), d("0.9"), d(0))}


def _reads() -> Criterion:
    made = leaf("a", 10, "judged", parameters=dict(STAGES))
    assert made.rule is not None
    return replace(made, rule=replace(made.rule, result_of=OTHER))


def test_it_waits_for_the_result_by_the_name_people_call_it() -> None:
    for day in (SEPTEMBER, END):
        cell = scored(_reads(), as_at=day)
        assert cell.score == between(0, 10)
        assert [(w.reason, str(w.message)) for w in cell.waits] == [("result_not_approved", "缺：公开评价等次，还没有审定")]


def test_the_grade_is_the_stage_and_the_certificate_names_the_run_it_comes_from() -> None:
    of = scheme(node("t", 10, _reads()))
    row = seen("a", stage="良好", verified_by="group", evidence=("other-2025 run:7 3f8b",))
    outcome = score(of, [row], [], END)
    assert outcome.results[0].total == between(9, 9)
    made = certificates(of, outcome.results[0], END)[1]
    assert made["inputs"][0]["evidence"] == ["other-2025 run:7 3f8b"]
    assert made["rule"]["result_of"] == {"scheme": "other-2025", "name": "公开评价等次", "reads": "grade"}
    assert is_genuine(made)
    assert recompute(made) == between(9, 9)


def test_a_scheme_with_it_comes_back_from_json_as_it_was() -> None:
    of = scheme(node("t", 10, _reads()))
    assert scheme_from_json(scheme_to_json(of)) == of
    assert canonical_text(of) == canonical_json(scheme_to_json(of))


def test_schemes_stored_before_keep_their_json_and_digest() -> None:
    of = scheme(node("t", 10, leaf("a", 10, "judged", parameters=dict(STAGES))))
    text = canonical_json(scheme_to_json(of))
    assert "result_of" not in text
    assert scheme_digest(of) == digest_of(scheme_to_json(of))
    assert scheme_digest(of) != scheme_digest(scheme(node("t", 10, _reads())))
