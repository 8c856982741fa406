"""What holds for every scheme, whatever the figures."""

import json
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from taizhang.engines.scoring import (
    Absence,
    Adjustment,
    Aggregate,
    Case,
    Criterion,
    Effect,
    Interval,
    Observation,
    Outcome,
    Sanction,
    Scheme,
    Standing,
    certificates,
    digest_of,
    from_plain,
    is_genuine,
    outcome_digest,
    recompute,
    scheme_digest,
    scheme_from_json,
    scheme_to_json,
    score,
)
from tests.engines.scoring.made_up import END, GRADES, case, d, leaf, node, points, result, scheme, seen

BODIES = ("甲", "乙", "丙", "丁")
few = settings(max_examples=40, deadline=None)
many = settings(max_examples=200, deadline=None)
whole = st.integers(0, 400).map(lambda n: Decimal(n) / 10)
weights = st.integers(1, 60).map(Decimal)
positive = st.integers(1, 300).map(lambda n: Decimal(n) / 10)


@st.composite
def leaves(draw: st.DrawFn, name: str) -> Criterion:
    """A leaf of any strategy that reads one figure of a metric named after it."""
    kind = draw(
        st.sampled_from(("proportional", "control", "threshold", "floor", "efficacy", "rank", "deduct", "judged", "bonus"))
    )
    weight, target = draw(weights), str(draw(positive))
    more: dict[str, object] = {"is_rounded": draw(st.booleans()), "absence": draw(st.sampled_from(Absence))}
    made = {
        "proportional": lambda: leaf(name, str(weight), "proportional", target, **more),
        "control": lambda: leaf(name, str(weight), "control", target, "<=", **more),
        "threshold": lambda: leaf(name, str(weight), "threshold", target, draw(st.sampled_from((">=", "<="))), **more),
        "floor": lambda: leaf(
            name, str(weight), "threshold", target, draw(st.sampled_from((">=", "<="))), parameters={"floor": d("0.6")}, **more
        ),
        "efficacy": lambda: leaf(
            name, str(weight), "efficacy", target, parameters={"floor": Decimal(target) - draw(positive)}, **more
        ),
        "rank": lambda: leaf(name, str(weight), "rank", "3", "<=", parameters={"of": d(12)}, **more),
        "deduct": lambda: leaf(name, str(weight), "deduct", parameters={"each": draw(whole), "counts": "reported"}, **more),
        "judged": lambda: leaf(
            name, str(weight), "judged", parameters={"stages": ("甲档", "乙档"), "rates": (d(1), d("0.4"))}, **more
        ),
        "bonus": lambda: leaf(
            name, str(weight), "bonus_capped", target, parameters={"each": draw(whole), "cap": draw(whole)}, **more
        ),
    }
    return made[kind]()


@st.composite
def trees(draw: st.DrawFn) -> Criterion:
    """Two groups of leaves, added or averaged, one of them with a share."""
    groups = []
    for group in range(draw(st.integers(1, 2))):
        children = tuple(draw(leaves(f"m{group}{i}")) for i in range(draw(st.integers(1, 3))))
        weight = str(sum((c.weight or Decimal(0) for c in children), Decimal(0)))
        share = draw(st.sampled_from(("1", "0.7")))
        groups.append(
            node(
                f"g{group}",
                weight,
                *children,
                aggregate=draw(st.sampled_from(Aggregate)),
                share=d(share),
                is_rounded=draw(st.booleans()),
            )
        )
    return node("根", 100, *groups)


def figures(of: Criterion, body: str) -> st.SearchStrategy[Observation]:
    """Any figure that the leaf can read."""
    assert of.rule is not None
    match of.rule.strategy:
        case "judged":
            return st.sampled_from(("甲档", "乙档")).map(lambda s: seen(of.id, stage=s, body=body))
        case "rank":
            return st.integers(1, 20).map(lambda n: seen(of.id, n, body=body))
        case "deduct":
            return st.integers(0, 9).map(lambda n: seen(of.id, n, body=body))
    return whole.map(lambda v: seen(of.id, str(v), body=body))


def all_leaves(tree: Criterion) -> list[Criterion]:
    return [tree] if tree.rule else [leaf for c in tree.children for leaf in all_leaves(c)]


ADJUSTMENTS = (
    Adjustment("好", "好事", 1, d("1.5"), d(4), "特别"),
    Adjustment("更好", "更好的事", 1, d(3), None, "特别"),
    Adjustment("错", "差错", -1, d(2), d(5)),
    Adjustment("未定额", "未定额扣分", -1, None, d(6)),
)
SANCTIONS = (
    Sanction("封顶", "不得评优", (Effect.GRADE_CEILING,), "良好"),
    Sanction("降级", "降一级", (Effect.GRADE_DOWN,)),
    Sanction("假", "弄虚作假", (Effect.GRADE, Effect.ZERO_TOTAL), "不合格"),
)


@st.composite
def years(draw: st.DrawFn) -> tuple[Scheme, list[Observation], list[Observation], list[Case]]:
    """A scheme, what is known, what would complete it, and records."""
    tree = draw(trees())
    bodies = BODIES[: draw(st.integers(1, 4))]
    made = scheme(
        tree,
        bodies=dict.fromkeys(bodies, tree.id),
        adjustments=ADJUSTMENTS,
        group_caps={"特别": d(5)},
        sanctions=SANCTIONS,
        grades=GRADES,
        grade_reading=draw(st.sampled_from(("lower_grade", "rounded"))),
        total_cap=draw(st.sampled_from((None, d(100)))),
    )
    known: list[Observation] = []
    complete: list[Observation] = []
    for body in bodies:
        for each in all_leaves(tree):
            full = draw(figures(each, body))
            state = draw(st.sampled_from(("known", "known", "missing", "reported", "none", "exempt")))
            if state == "exempt":
                full = seen(each.id, body=body, not_applicable="第三条")
            complete.append(full)
            if state in ("known", "exempt"):
                known.append(full)
            elif state == "reported":
                known.append(replace(full, standing=Standing.REPORTED))
            elif state == "missing":
                known.append(seen(each.id, body=body, missing="数据未出"))
    kinds = draw(
        st.lists(
            st.tuples(st.sampled_from([a.id for a in ADJUSTMENTS] + [s.id for s in SANCTIONS]), st.sampled_from(bodies)),
            max_size=6,
        )
    )
    cases = [case(kind, body=body, name=f"c{i}") for i, (kind, body) in enumerate(kinds)]
    return made, known, complete, cases


@few
@given(years())
def test_an_interval_holds_every_completion_of_what_is_unknown(
    year: tuple[Scheme, list[Observation], list[Observation], list[Case]],
) -> None:
    made, known, complete, cases = year
    before, after = score(made, known, cases, END), score(made, complete, cases, END)
    for old, new in zip(before.results, after.results, strict=True):
        assert old.total.low <= new.total.low
        assert new.total.high <= old.total.high
        assert set(new.grades) <= set(old.grades)
        assert old.rank is not None
        assert new.rank is not None
        assert old.rank[0] <= new.rank[0]
        assert new.rank[1] <= old.rank[1]


@few
@given(years(), st.randoms(use_true_random=False))
def test_the_order_of_rows_makes_no_difference(
    year: tuple[Scheme, list[Observation], list[Observation], list[Case]], luck: object
) -> None:
    made, known, _, cases = year
    first = score(made, known, cases, END)
    luck.shuffle(known)  # type: ignore[attr-defined]
    luck.shuffle(cases)  # type: ignore[attr-defined]
    assert score(made, known, cases, END) == first
    assert outcome_digest(first) == first.digest


@few
@given(years())
def test_a_certificate_gives_its_score_again_by_itself(
    year: tuple[Scheme, list[Observation], list[Observation], list[Case]],
) -> None:
    made, known, _, cases = year
    for of in score(made, known, cases, END).results:
        for each in certificates(made, of, END):
            stored = json.loads(json.dumps(each))
            assert is_genuine(stored)
            said = None if stored["score"] is None else from_plain(Interval, stored["score"])
            assert recompute(stored) == said


@few
@given(years())
def test_a_scheme_goes_through_json_unchanged(year: tuple[Scheme, list[Observation], list[Observation], list[Case]]) -> None:
    made = year[0]
    back = scheme_from_json(json.loads(json.dumps(scheme_to_json(made))))
    assert back == made
    assert scheme_digest(back) == scheme_digest(made) == digest_of(scheme_to_json(made))


@given(st.data())
@many
def test_a_score_stays_between_nothing_and_its_weight(data: st.DataObject) -> None:
    rule = data.draw(leaves("m").filter(lambda c: c.rule is not None and c.rule.strategy != "bonus_capped"))
    assert rule.weight is not None
    assert 0 <= points(rule, data.draw(figures(rule, "u"))) <= rule.weight


@given(st.data())
@many
def test_a_better_figure_never_brings_a_worse_score(data: st.DataObject) -> None:
    rule = data.draw(leaves("m").filter(lambda c: c.rule is not None and c.rule.strategy not in ("judged", "deduct", "rank")))
    assert rule.rule is not None
    low, high = sorted((data.draw(whole), data.draw(whole)))
    worse, better = (high, low) if rule.rule.targets[0].bound == "<=" else (low, high)
    assert points(rule, seen("m", str(worse))) <= points(rule, seen("m", str(better)))


@given(st.integers(1, 20), st.integers(1, 20), st.integers(0, 9), st.integers(0, 9))
@many
def test_a_better_place_and_fewer_events_never_bring_a_worse_score(a: int, b: int, m: int, n: int) -> None:
    place = leaf("m", 12, "rank", "3", "<=", parameters={"of": d(15)})
    assert points(place, seen("m", max(a, b))) <= points(place, seen("m", min(a, b)))
    events = leaf("m", 5, "deduct", parameters={"each": d("0.7"), "counts": "reported"})
    assert points(events, seen("m", max(m, n))) <= points(events, seen("m", min(m, n)))


def _adjusted(kinds: list[str]) -> tuple[Interval, Interval]:
    of = scheme(leaf("m", 50, "proportional", "10"), adjustments=ADJUSTMENTS, group_caps={"特别": d(5)})
    cases = tuple(case(kind, name=f"c{i}") for i, kind in enumerate(kinds))
    found = result(of, seen("m", 8), cases=cases)
    return found.base, found.total


@given(st.lists(st.sampled_from([a.id for a in ADJUSTMENTS]), max_size=12))
@many
def test_adjustments_stay_within_their_caps(kinds: list[str]) -> None:
    base, total = _adjusted(kinds)
    assert total.high <= base.high + min(5, 4 * ("好" in kinds) + 3 * kinds.count("更好"))
    assert total.low >= base.low - 5 * ("错" in kinds) - 6 * ("未定额" in kinds)


@given(st.lists(st.sampled_from([a.id for a in ADJUSTMENTS]), max_size=8))
@many
def test_a_further_deduction_never_raises_a_total(kinds: list[str]) -> None:
    for kind in ("错", "未定额"):
        _, before = _adjusted(kinds)
        _, after = _adjusted([*kinds, kind])
        assert after.low <= before.low
        assert after.high <= before.high


@few
@given(years())
def test_places_are_held_by_as_many_as_are_ranked(year: tuple[Scheme, list[Observation], list[Observation], list[Case]]) -> None:
    made, _, complete, cases = year
    outcome: Outcome = score(made, complete, cases, END)
    known = [r for r in outcome.results if r.total.is_known]
    if len(known) < len(outcome.results):
        return
    for of in known:
        ahead = sum(1 for other in known if other.total.low > of.total.low)
        assert of.rank == (1 + ahead, 1 + ahead)
