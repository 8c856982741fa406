"""What is sealed is read with its key only, and keys can be changed without losing what older ones sealed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.backends.sealing import CannotUnsealError, seal, unseal


@given(st.text(), st.text(min_size=1, alphabet="abcdef0123456789"))
def test_what_was_sealed_comes_back(text: str, key: str) -> None:
    assert unseal(seal(text, [key]), [key]) == text


def test_the_sealed_form_shows_nothing_and_differs_each_time() -> None:
    first, second = seal("JBSWY3DPEHPK3PXP", ["key"]), seal("JBSWY3DPEHPK3PXP", ["key"])
    assert "JBSWY3DPEHPK3PXP" not in first
    assert first != second


def test_an_old_key_still_opens_while_it_is_kept_behind_the_new_one() -> None:
    old = seal("种子", ["old"])
    assert unseal(old, ["new", "old"]) == "种子"
    with pytest.raises(CannotUnsealError) as refused:
        unseal(old, ["new"])
    assert "TAIZHANG_SEALING_KEYS" in str(refused.value)


def test_an_altered_seal_is_refused() -> None:
    sealed = seal("种子", ["key"])
    with pytest.raises(CannotUnsealError):
        unseal(sealed[:-4] + "AAAA", ["key"])


def test_what_was_stored_before_there_were_keys_is_read_as_it_is() -> None:
    assert unseal("JBSWY3DPEHPK3PXP", ["key"]) == "JBSWY3DPEHPK3PXP"
