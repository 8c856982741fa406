"""A certificate says how its score was made, gives it again by itself, and shows when it was altered."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from taizhang.engines.scoring import (
    Adjustment,
    Choice,
    Effect,
    Interval,
    Observation,
    Sanction,
    Scheme,
    certificate,
    certificates,
    digest_of,
    from_plain,
    is_genuine,
    recompute,
    scheme_digest,
    score,
)
from taizhang.engines.scoring.errors import CriterionIsUnknownError, JsonIsMalformedError
from taizhang.kernel.citation import Citation
from taizhang.kernel.spans import Span
from tests.engines.scoring.made_up import GRADES, SEPTEMBER, between, case, d, leaf, node, scheme, seen

SENTENCE = Citation("甲〔2025〕1号", "unit_1__item_1", Span(10, 40), "新增就业4万人")
SPLIT = Choice("split", "甲〔2025〕1号", "unit_1__item_1", None, "两项合写时怎样分", "各占一半", "原文没有写", "考核办", "half")
JOBS = replace(leaf("就业/1", 75, "proportional", "40000", unit="人"), citation=SENTENCE, interpretations=("split",))
ITEM = node("就业", 150, JOBS, leaf("就业/2", 75, "threshold", "4.5", "<=", unit="%"), is_rounded=True)
OF = scheme(
    node("责任书", 155, ITEM, leaf("扣分", 5, "deduct", parameters={"each": d(1)})),
    choices=(SPLIT,),
    grades=GRADES,
    adjustments=(Adjustment("好", "好事", 1, d(1)),),
    sanctions=(Sanction("取消", "造假", (Effect.ZERO_CRITERION,)),),
)
ROWS = (
    seen(
        "就业/1",
        36411,
        end=SEPTEMBER,
        reported_by="人社局",
        reported_at=datetime(2025, 10, 10, 9, 0, tzinfo=UTC),
        verified_by="统计局",
        verified_at=datetime(2025, 10, 17, 9, 0, tzinfo=UTC),
        evidence=("a" * 64,),
    ),
    seen("就业/2", "3.1", end=SEPTEMBER),
)
CASES = (case("扣分"), case("好"))


def certificate_of(name: str, *rows: Observation, of: Scheme = OF, cases: tuple[Any, ...] = CASES) -> dict[str, Any]:
    return certificate(of, score(of, rows or ROWS, cases, SEPTEMBER).results[0], name, as_at=SEPTEMBER)


def test_a_certificate_holds_all_that_a_page_shows() -> None:
    made = certificate_of("就业/1")
    assert made["scheme"]["digest"] == scheme_digest(OF)
    assert (made["scheme"]["id"], made["scheme"]["version"]) == ("made-up", "1")
    assert made["criterion"]["citation"]["quote"] == "新增就业4万人"
    assert made["strategy"]["formula"]["text"] == "满分 × 完成数 ÷ 目标数，不超过满分"
    assert [t["value"] for t in made["targets"]] == ["40000"]
    [figure] = made["inputs"]
    assert (figure["value"], figure["reported_by"], figure["verified_by"]) == ("36411", "人社局", "统计局")
    assert figure["verified_at"] == "2025-10-17T09:00:00+00:00"
    assert [s["text"] for s in made["steps"]] == ["75 × 36,411 ÷ 40,000 = 68.270625"]
    assert [(c["question"], c["answer"], c["changed_by"]) for c in made["interpretations"]] == [
        ("两项合写时怎样分", "各占一半", "考核办")
    ]
    assert made["marginal"]["text"] == "再增1,000人，加1.88分；增3,589人，本项满分"
    assert made["score"] == {"low": "68.270625", "high": "68.270625"}


def test_a_parent_shows_its_parts_and_where_it_was_rounded() -> None:
    made = certificate_of("就业")
    assert [(p["id"], p["score"]["low"]) for p in made["parts"]] == [("就业/1", "68.270625"), ("就业/2", "75")]
    assert (made["rounding"], made["criterion"]["is_rounded"]) == ({"places": 2, "mode": "half_up"}, True)
    assert [s["text"] for s in made["steps"]] == ["68.270625 + 75 = 143.270625", "取2位小数，143.27"]


def test_the_roots_certificate_carries_the_result() -> None:
    total = certificate_of("责任书")["total"]
    assert (total["base"]["low"], total["total"]["low"], total["grades"], total["rank"]) == ("147.27", "148.27", ["优秀"], [1, 1])
    assert [(a["label"], a["points"], a["before"], a["after"]) for a in total["adjustments"]] == [
        ("好事", "1", "147.27", "148.27")
    ]


def test_certificates_come_in_the_order_of_the_tree_with_their_parents() -> None:
    made = certificates(OF, score(OF, ROWS, CASES, SEPTEMBER).results[0], SEPTEMBER)
    assert [(c["criterion"]["id"], c["parent"]) for c in made] == [
        ("责任书", ""),
        ("就业", "责任书"),
        ("就业/1", "就业"),
        ("就业/2", "就业"),
        ("扣分", "责任书"),
    ]


@pytest.mark.parametrize(("name", "low"), [("责任书", "147.27"), ("就业", "143.27"), ("就业/1", "68.270625"), ("扣分", "4")])
def test_the_score_can_be_made_again_from_the_stored_certificate_alone(name: str, low: str) -> None:
    stored = json.loads(json.dumps(certificate_of(name)))
    for shown in ("score", "steps", "formula", "marginal", "digest"):
        del stored[shown]
    assert recompute(stored) == between(low, low)


def test_another_figure_in_a_certificate_gives_another_score_and_a_broken_seal() -> None:
    stored = json.loads(json.dumps(certificate_of("就业/1")))
    assert is_genuine(stored)
    stored["inputs"][0]["value"] = "40000"
    assert recompute(stored) == between(75, 75)
    assert not is_genuine(stored)


def test_one_figure_anywhere_changes_the_digest() -> None:
    changed = (replace(ROWS[0], verified_by="他人"), ROWS[1])
    assert certificate_of("就业/1", *changed)["digest"] != certificate_of("就业/1")["digest"]
    made = certificate_of("就业/1")
    assert made["digest"] == digest_of({k: v for k, v in made.items() if k != "digest"})


def test_a_range_is_certified_as_a_range() -> None:
    made = certificate_of("就业", ROWS[0])
    assert recompute(json.loads(json.dumps(made))) == between("68.27", "143.27")
    assert [w["message"]["text"] for w in made["waits"]] == ["还没有填报"]


def test_points_taken_by_a_sanction_are_certified_as_taken() -> None:
    taken = case("取消", criterion="就业/1")
    made = certificate_of("就业/1", cases=(taken,))
    assert (made["zeroed_by"], recompute(made)) == (["造假"], Interval(d(0), d(0)))
    assert recompute(certificate_of("就业", cases=(taken,))) == between(75, 75)


@pytest.mark.parametrize(
    ("cases", "low", "high"), [((), 80, 80), (("安全",), 0, 0), (("安全", "取消"), 0, 0), (("取消",), 80, 80)]
)
def test_a_gate_is_certified_as_it_was_told_to_its_parent(cases: tuple[str, ...], low: int, high: int) -> None:
    of = scheme(
        node("根", 100, leaf("m", 100, "proportional", "10"), leaf("安全", 0, "gate")),
        sanctions=(Sanction("取消", "造假", (Effect.ZERO_CRITERION,)),),
    )
    recorded = tuple(case(kind, criterion="安全" if kind == "取消" else None) for kind in cases)
    made = certificate_of("根", seen("m", 8, end=SEPTEMBER), of=of, cases=recorded)
    assert recompute(made) == from_plain(Interval, made["score"]) == between(low, high)


def test_a_criterion_without_weight_has_a_certificate_and_no_score() -> None:
    of = scheme(node("n", None, leaf("a", None, "proportional", "10")))
    made = certificate(of, score(of, [seen("a", 5)], [], date(2025, 12, 31)).results[0], "a", as_at=date(2025, 12, 31))
    assert (made["score"], recompute(made)) == (None, None)
    assert made["inputs"][0]["value"] == "5"


def test_an_unknown_criterion_is_refused_by_name() -> None:
    with pytest.raises(CriterionIsUnknownError, match="没有这个"):
        certificate_of("没有这个")


def test_a_mangled_certificate_is_refused() -> None:
    stored = certificate_of("就业/1")
    del stored["inputs"]
    with pytest.raises(JsonIsMalformedError, match="inputs"):
        recompute(stored)
    stored["inputs"] = [{"metric": 5}]
    with pytest.raises(JsonIsMalformedError, match="metric"):
        recompute(stored)


def test_a_closed_year_scored_again_has_the_same_digest() -> None:
    assert score(OF, ROWS, CASES, SEPTEMBER).digest == score(OF, ROWS[::-1], CASES[::-1], SEPTEMBER).digest
    assert score(OF, ROWS, CASES, SEPTEMBER).digest != score(OF, ROWS[:1], CASES, SEPTEMBER).digest
    assert score(OF, ROWS, CASES, SEPTEMBER).digest != score(OF, ROWS, CASES[:1], SEPTEMBER).digest


def test_who_verified_a_figure_and_what_a_record_says_are_under_the_digest_of_the_year() -> None:
    sealed = score(OF, ROWS, CASES, SEPTEMBER).digest
    assert score(OF, (replace(ROWS[0], verified_by="他人"), ROWS[1]), CASES, SEPTEMBER).digest != sealed
    assert score(OF, ROWS, (replace(CASES[0], note="另有说明"), CASES[1]), SEPTEMBER).digest != sealed
    assert score(OF, ROWS, (CASES[0], replace(CASES[1], note="另有说明")), SEPTEMBER).digest != sealed
