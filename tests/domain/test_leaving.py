import pytest
from hypothesis import given, strategies as st

from domain.addresses import Channel
from domain.leaving import Leaver
from domain.seals import is_sealed, seal

KEY = b"a key"


@given(st.integers(1, 10**18 - 1), st.sampled_from(list(Channel)))
def test_a_token_says_who_leaves_what(person_id: int, channel: Channel) -> None:
    leaver = Leaver(person_id, channel)
    token = leaver.token(KEY)
    assert Leaver.of(token, KEY) == leaver
    assert Leaver.of(token, b"another key") is None


@pytest.mark.parametrize(
    "made", ["8.email", "7.sms", "07.email", "7.email.", "7.pigeon", "", "-7.email"]
)
def test_a_token_cannot_be_made_of_another(made: str) -> None:
    by = Leaver(7, Channel.EMAIL).token(KEY).rpartition(".")[2]
    assert Leaver.of(f"{made}.{by}", KEY) is None


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    assert Leaver.of(text, KEY) is None
    assert not is_sealed(KEY, "words", text)


def test_a_seal_is_of_its_words_and_its_key() -> None:
    assert is_sealed(KEY, "كلام", seal(KEY, "كلام"))
    assert len({seal(KEY, "a"), seal(KEY, "b"), seal(b"k", "a")}) == 3
