import pytest
from hypothesis import given, strategies as st

from domain.addresses import Channel, canonical, masked
from domain.errors import Refused


@pytest.mark.parametrize(
    ("channel", "written", "kept"),
    [
        (Channel.EMAIL, " Amina.Berrada@Elus.Example ", "amina.berrada@elus.example"),
        (Channel.EMAIL, "mailto:a@b.example", "a@b.example"),
        (Channel.SMS, "06 61 23 45 67", "+212661234567"),
        (Channel.SMS, "٠٦٦١٢٣٤٥٦٧", "+212661234567"),
        (Channel.WHATSAPP, "+33 6 12 34 56 78", "+33612345678"),
        (Channel.TELEGRAM, " 12345 ", "12345"),
    ],
)
def test_an_address_is_kept_in_one_spelling(channel: Channel, written: str, kept: str) -> None:
    assert canonical(channel, written) == kept


@pytest.mark.parametrize(
    ("channel", "written"),
    [
        (Channel.EMAIL, "amina"),
        (Channel.EMAIL, "a@b"),
        (Channel.EMAIL, "a b@c.example"),
        (Channel.EMAIL, "a@b..example"),
        (Channel.EMAIL, "a@b.example\r\nBcc: c@d.example"),
        (Channel.EMAIL, "x" * 250 + "@b.example"),
        (Channel.SMS, "12"),
        (Channel.SMS, "hello"),
        (Channel.TELEGRAM, ""),
        (Channel.TELEGRAM, "1\n2"),
    ],
)
def test_an_address_that_cannot_exist_is_refused(channel: Channel, written: str) -> None:
    with pytest.raises(Refused, match=r"address\."):
        canonical(channel, written)


@given(st.sampled_from(Channel), st.text())
def test_nothing_that_is_written_breaks_the_reading(channel: Channel, written: str) -> None:
    try:
        kept = canonical(channel, written)
    except Refused:
        return
    assert canonical(channel, kept) == kept


def test_a_masked_address_is_known_to_its_owner_alone() -> None:
    assert masked(Channel.EMAIL, "amina@elus.example") == "a…@elus.example"
    assert masked(Channel.SMS, "+212661234567") == "…567"
    assert masked(Channel.TELEGRAM, "12") == "…"
