from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.engines.registry import BodyKind, DatedName, NameForm, Registry, Rule, Validity
from taizhang.kernel.period import Period
from tests.engines.registry.invented import DAY, body, events

BEFORE = DAY - timedelta(days=1)
RENAME = events(
    "青州市人民政府关于青州市城市管理综合执法局更名的通知",
    "青州市城市管理综合执法局更名为青州市城市管理局，加挂青州市城市综合执法局牌子。",
)
REGISTRY = Registry.of(
    [
        body("planning", "青州市发展和改革委员会"),
        body("finance", "青州市财政局"),
        body("east-finance", "东湖区财政局"),
        body("market", "青州市市场监督管理局"),
        body("disabled", "青州市残疾人联合会", kind=BodyKind.MASS_ORGANISATION),
        body("farming", "青州市农业农村局"),
        body("affairs", "青州市机关事务管理局"),
        body("farm-bank", "中国农业银行股份有限公司青州分行", kind=BodyKind.BANK),
        body("trade-bank", "中国工商银行股份有限公司青州分行", kind=BodyKind.BANK),
        body("health-cover", "青州市医疗保障局", DatedName("市医保局", NameForm.SHORT, Period(None, None))),
    ],
    RENAME,
    "青州市",
)


@pytest.mark.parametrize(
    ("printed", "wanted", "rule"),
    [
        ("青州市财政局", "finance", Rule.EXACT),
        ("市财政局", "finance", Rule.PREFIX_DROPPED),
        ("市 财 政 局", "finance", Rule.PREFIX_DROPPED),
        ("东湖区财政局", "east-finance", Rule.EXACT),
        ("市医保局", "health-cover", Rule.LISTED),
        ("医保局", "health-cover", Rule.PREFIX_DROPPED),
        ("市发展改革委", "planning", Rule.CONTRACTION),
        ("市市场监管局", "market", Rule.CONTRACTION),
        ("农业银行青州分行", "farm-bank", Rule.CONTRACTION),
        ("市发改委", "planning", Rule.ABBREVIATION),
        ("市残联", "disabled", Rule.ABBREVIATION),
        ("农行青州分行", "farm-bank", Rule.ABBREVIATION),
        ("市农业局", "farming", Rule.ABBREVIATION),
        ("市事管局", "affairs", Rule.ABBREVIATION),
    ],
)
def test_a_printed_name_means_one_body_and_says_by_which_rule(printed: str, wanted: str, rule: Rule) -> None:
    one = REGISTRY.resolve(printed, DAY).one
    assert one is not None
    assert (str(one.body.id), one.rule, one.validity) == (wanted, rule, Validity.VALID)
    assert 0 < one.similarity <= 1


@pytest.mark.parametrize(
    "printed", ["省财政厅", "省发展改革委", "县残联", "乙市财政局", "中国银行青州分行", "市粮食局", "区市场监管局", ""]
)
def test_a_name_of_another_level_place_or_firm_means_no_body_here(printed: str) -> None:
    assert REGISTRY.resolve(printed, DAY).candidates == ()


def test_a_name_that_fits_two_bodies_gives_both_and_chooses_neither() -> None:
    resolution = REGISTRY.resolve("财政局", DAY)
    assert {str(c.body.id) for c in resolution.candidates} == {"finance", "east-finance"}
    assert resolution.one is None


def test_among_several_places_the_near_one_is_meant() -> None:
    one = REGISTRY.resolve("财政局", DAY, near="东湖区").one
    assert one is not None
    assert str(one.body.id) == "east-finance"


@pytest.mark.parametrize(
    ("printed", "day", "validity", "now"),
    [
        ("青州市城市管理综合执法局", BEFORE, Validity.VALID, None),
        ("青州市城市管理综合执法局", DAY, Validity.EXPIRED, "青州市城市管理局"),
        ("市城管执法局", DAY, Validity.EXPIRED, "青州市城市管理局"),
        ("市城市管理局", BEFORE, Validity.NOT_YET, "青州市城市管理综合执法局"),
        ("市城市管理局", DAY, Validity.VALID, None),
        ("城市综合执法局", DAY, Validity.VALID, None),
        ("市城市综合执法局", BEFORE, Validity.NOT_YET, "青州市城市管理综合执法局"),
        ("原市城管执法局", DAY, Validity.EXPIRED, "青州市城市管理局"),
        ("城管局", BEFORE, Validity.VALID, None),
        ("城管局", DAY, Validity.VALID, None),
    ],
)
def test_a_rename_read_from_the_text_dates_every_form_of_the_name(
    printed: str, day: date, validity: Validity, now: str | None
) -> None:
    one = REGISTRY.resolve(printed, day).one
    assert one is not None
    assert (one.validity, one.now_called) == (validity, now)
    if validity is not Validity.VALID:
        assert one.citation is not None
        assert "更名为" in one.citation.quote


def test_all_spellings_of_the_renamed_body_are_one_body() -> None:
    ones = [REGISTRY.resolve(name, DAY).one for name in ("城管执法局", "城管局", "青州市城市管理综合执法局", "市城市管理局")]
    assert len({one.body.id for one in ones if one}) == 1
    assert all(ones)


def test_without_a_day_validity_is_unknown() -> None:
    one = REGISTRY.resolve("市城市管理局", None).one
    assert one is not None
    assert one.validity is Validity.UNKNOWN


def test_a_name_taken_over_by_another_body_means_the_body_that_bears_it_on_the_day() -> None:
    registry = Registry.of(
        [body("land", "市国土资源局"), body("forest", "市林业局")],
        events(
            "机构改革方案",
            "将市国土资源局、市林业局的职责整合，组建市自然资源局，加挂市林业局牌子。不再保留市国土资源局、市林业局。",
        ),
    )
    before, after = registry.resolve("市林业局", BEFORE).one, registry.resolve("市林业局", DAY).one
    assert before is not None
    assert after is not None
    assert str(before.body.id) == "forest"
    assert after.body.names[0].text == "市自然资源局"
    gone = registry.resolve("市国土资源局", DAY).one
    assert gone is not None
    assert (gone.validity, gone.now_called) == (Validity.EXPIRED, None)


def test_a_change_only_spoken_of_ends_no_name() -> None:
    spoken = events("在会上的讲话", "市体育局更名为市文体局一事，正式通知近日印发。", kind="讲话")
    one = Registry.of([body("sport", "市体育局")], spoken).resolve("市体育局", DAY + timedelta(days=400)).one
    assert one is not None
    assert one.validity is Validity.VALID


def test_the_same_rename_twice_changes_names_once() -> None:
    again = Registry.of(REGISTRY.bodies, RENAME, "青州市")
    assert {b.id: b.names for b in again.bodies} == {b.id: b.names for b in REGISTRY.bodies}


@given(st.text(alphabet="市县区青州财政发展改革委员会局办农业银行分公司和管理（） 原", max_size=12), st.dates())
def test_any_string_resolves_without_a_silent_guess(text: str, day: date) -> None:
    resolution = REGISTRY.resolve(text, day)
    ids = [c.body.id for c in resolution.candidates]
    assert len(ids) == len(set(ids))
    assert (resolution.one is None) == (len(ids) != 1)
