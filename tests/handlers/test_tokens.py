import pytest
from hypothesis import given, strategies as st

from domain.messages import CHOICE_BYTES
from handlers.routes import PRESSES
from handlers.tokens import CARRIED, MEANING, meaning, number, token
from handlers.understanding import Intent


def test_a_token_says_on_its_own_what_was_meant() -> None:
    slots = {"date": "2026-02-05", "body": "com:budget", "date_text": "jeudi"}
    text = token(Intent.AGENDA_QUERY, slots)
    assert text == "do:agenda.query?date=2026-02-05&body=com:budget"
    assert meaning(text.removeprefix(f"{MEANING}:")) == (
        Intent.AGENDA_QUERY,
        {"date": "2026-02-05", "body": "com:budget"},
    )


@given(
    st.sampled_from(list(Intent)),
    st.dictionaries(st.sampled_from(CARRIED), st.text(max_size=100)),
)
def test_a_token_fits_a_button_whatever_was_named(intent: Intent, slots: dict[str, str]) -> None:
    text = token(intent, slots)
    assert len(text.encode()) <= CHOICE_BYTES
    assert meaning(text.removeprefix(f"{MEANING}:"))[0] is intent


@pytest.mark.parametrize("text", ["", "-1", "1.5", "x", "١٢", "2147483648", "9" * 60, " 1"])
def test_what_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an id"):
        number(text)


@given(st.text(max_size=64))
def test_a_forged_value_is_read_or_refused_and_never_breaks(text: str) -> None:
    for press in PRESSES.values():
        try:
            parts = press.read(text)
        except ValueError:
            continue
        assert len(parts) >= press.needed
