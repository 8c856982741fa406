"""Words and addresses for templates are what gettext and `reverse` give, only looked up once."""

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from taizhang.web.languages import Language, language

BOTH = ("zh-hans", "en")
VALUES = ("2025-3", "崤政〔2025〕6号!carried-2", "a b", "a%2Fb", "q-1-q", "?x=1&y#z", "..", "市教育局~12", "ü", "\n", "'\"<&>")


@pytest.mark.parametrize("code", BOTH)
@pytest.mark.parametrize("value", VALUES)
def test_an_address_is_the_one_reverse_gives(code: str, value: str) -> None:
    with translation.override(code):
        expected = reverse("portal:clause", kwargs={"slug": value, "eid": value[::-1]})
        assert language(code).url("portal:clause", slug=value, eid=value[::-1]) == expected
        assert language(code).url("portal:clause", eid=value[::-1], slug=value) == expected
        assert language(code).url("portal:document", value) == reverse("portal:document", args=[value])
        assert language(code).url("portal:target", slug=value, eid="e", number=7) == reverse(
            "portal:target", args=[value, "e", 7]
        )


@given(st.text(min_size=1).filter(lambda text: "/" not in text), st.integers(min_value=0))
def test_any_value_stands_in_an_address_as_reverse_writes_it(value: str, number: int) -> None:
    try:
        expected = reverse("portal:target", args=[value, value, number])
    except (NoReverseMatch, UnicodeEncodeError) as refused:
        with pytest.raises(type(refused)):
            Language("zh-hans").url("portal:target", value, value, number)
    else:
        assert Language("zh-hans").url("portal:target", value, value, number) == expected


@pytest.mark.parametrize("value", ["", "a/b", None, -1])
def test_what_has_no_address_is_refused_or_has_no_way(value: object) -> None:
    with pytest.raises(NoReverseMatch):
        language("en").url("portal:sheet", issue="2025-3", unit="" if value is None else value, wrong=1)
    if value != -1:
        assert language("en").way("portal:document", value or "") == ""


def test_words_are_translated_with_their_facts_escaped() -> None:
    assert language("en").words("首页") == "Home"
    assert language("zh-hans").words("首页") == "首页"
    assert str(language("zh-hans").words("%(city)s台账", city="<b>")) == "&lt;b&gt;台账"
    assert str(language("zh-hans").words("占 %(n)s%%", n=5)) == "占 5%"
    assert str(language("zh-hans").words("占一半，50%%")) == "占一半，50%"
