"""Who confirms a leaf goes by what it is about; places and other cycles' results come from the file with their clause."""

from decimal import Decimal

from taizhang.engines.scoring import Effect, ResultOf, Scheme, leaves_of, read_scheme
from tests.engines.scoring.schemes.small import HEAD, SHEETS, codes, expanded

PORT = """
[[verifier]]
id = "ports"
name = "渔港"
body = "fishery"
deputy = "roads"
interpretation = "how"

[[fact]]
says = ["渔港"]
verifier = "ports"
interpretation = "gaps"
"""
READS = """
[[strategy]]
items = ["qualitative"]
says = ["服务"]
use = "judged"
parameters = { stages = ["优秀", "合格"], rates = [1, 0.5] }
result_of = "other"
result = "grade"
result_name = "服务评价等次"
verifier = "office"
interpretation = "how"

[[strategy]]
items = ["qualitative"]
"""
BARRED = """
[[sanction]]
id = "accident"
at = ["s_3_item_3"]
effects = ["not_among_first"]
first = 3
"""


def _scheme(text: str) -> Scheme:
    expansion = expanded(text)
    assert expansion.problems == (), [str(p.message) for p in expansion.problems]
    assert expansion.scheme is not None
    return expansion.scheme


def _problems(text: str) -> list[str]:
    return [p.code for p in read_scheme(text, "方案.toml").problems]


def test_a_fact_is_confirmed_by_the_body_whose_matter_it_is_and_says_why() -> None:
    leaves = {leaf.id: leaf for tree in _scheme(HEAD + PORT + SHEETS).trees.values() for leaf in leaves_of(tree)}
    by = {name: leaf.rule.verifier for name, leaf in leaves.items() if leaf.rule is not None}
    assert by["s_1_a_item_1"] == by["s_3_item_1"] == "ports"
    assert by["s_1_a_item_2/1"] == by["s_2_item_1"] == "office"
    assert "gaps" in leaves["s_1_a_item_1"].interpretations
    assert "gaps" not in leaves["s_2_item_1"].interpretations


def test_the_metric_of_a_figure_can_say_what_the_sentence_does_not() -> None:
    text = HEAD + PORT.replace('says = ["渔港"]', 'metrics = ["修缮渔港"]') + SHEETS
    by = {leaf.id: leaf.rule.verifier for tree in _scheme(text).trees.values() for leaf in leaves_of(tree) if leaf.rule}
    assert by["s_1_a_item_2/1"] == "ports"
    assert by["s_1_a_item_2/2"] == "office"


def test_who_confirms_must_be_known_must_not_stand_in_for_itself_and_a_fact_must_be_something() -> None:
    assert "scheme.body-is-unknown" in codes(expanded(HEAD + PORT.replace('"fishery"', '"nobody"') + SHEETS))
    assert "scheme.deputy-is-the-body" in _problems(HEAD + PORT.replace('"roads"', '"fishery"') + SHEETS)
    assert "scheme.fact-is-everything" in _problems(HEAD + PORT.replace('says = ["渔港"]\n', "") + SHEETS)
    assert "scheme.reference-is-undefined" in _problems(HEAD + PORT.replace('verifier = "ports"', 'verifier = "port"') + SHEETS)
    assert codes(expanded(HEAD + PORT.replace('"渔港"', '"盐田"') + SHEETS)) == ["scheme.fact-is-of-nothing"]


def test_a_criterion_may_read_another_cycles_result() -> None:
    text = HEAD + SHEETS.replace('\n[[strategy]]\nitems = ["qualitative"]\n', READS, 1)
    leaves = {leaf.id: leaf for tree in _scheme(text).trees.values() for leaf in leaves_of(tree)}
    rule = leaves["s_1_b_item_3"].rule
    assert rule is not None
    assert rule.result_of == ResultOf("other", "服务评价等次", "grade")


def test_a_parameter_may_be_the_answer_of_its_interpretation_and_follows_it() -> None:
    text = HEAD + SHEETS.replace("rates = [1, 0]", 'rates = "answer"')
    for answer, rates in (("1, 0", (1, 0)), ("1, 0.5", (1, Decimal("0.5")))):
        scheme = expanded(text, how=answer).scheme
        assert scheme is not None
        rule = next(leaf.rule for leaf in leaves_of(scheme.trees["s_1"]) if leaf.id == "s_1_b_item_3")
        assert rule is not None
        assert rule.parameters["rates"] == rates
    assert "scheme.parameter-does-not-fit" in codes(expanded(text, how="看情况"))


def test_a_result_that_is_half_named_or_the_schemes_own_is_refused() -> None:
    text = HEAD + SHEETS.replace('\n[[strategy]]\nitems = ["qualitative"]\n', READS, 1)
    assert "scheme.result-is-incomplete" in _problems(text.replace('result = "grade"\n', ""))
    assert "scheme.result-is-its-own" in _problems(text.replace('result_of = "other"', 'result_of = "small"'))


def test_closed_places_are_a_figure_of_the_sentence_or_an_interpretation() -> None:
    text = HEAD + SHEETS + BARRED
    assert codes(expanded(text + 'clause = "#para"\n')) == ["scheme.figure-is-not-in-clause"]
    scheme = _scheme(text + 'interpretation = "how"\n')
    (sanction,) = scheme.sanctions
    assert (sanction.effects, sanction.first) == ((Effect.NOT_AMONG_FIRST,), 3)
    assert [a.id for a in scheme.adjustments] == []
    assert "scheme.first-does-not-fit" in _problems(text.replace("first = 3", "") + 'interpretation = "how"\n')
