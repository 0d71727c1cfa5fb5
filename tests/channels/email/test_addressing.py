import pytest
from hypothesis import given, strategies as st

from channels.email.addressing import routable
from domain.errors import Undeliverable


@pytest.mark.parametrize(
    ("written", "carried"),
    [
        ("a.b+c@casablanca.ma", "a.b+c@casablanca.ma"),
        ("contact@château.fr", "contact@xn--chteau-xta.fr"),
        ("contact@جماعة.المغرب", "contact@xn--mgbeh7c0c.xn--mgbc0a9azcg"),
        ("ana@mairie.fr", "ana@mairie.fr"),
        ("ană@château.fr", "ană@xn--chteau-xta.fr"),
    ],
)
def test_a_host_is_carried_in_ascii_and_a_name_as_it_is(written: str, carried: str) -> None:
    assert routable(written) == carried


@pytest.mark.parametrize(
    "value",
    [
        "",
        "nobody",
        "a@b",
        "a b@c.test",
        "a@b.test\r\nBcc: c@d.test",
        "a@b.test\n",
        "a\x00@b.test",
        "a@b.test>",
        "<a@b.test",
        "a@b..test",
        "a@" + "x" * 64 + ".test",
        "x" * 65 + "@b.test",
        "é" * 33 + "@b.test",
        "a@b.test,c@d.test",
        "\u202ea@b.test",
    ],
)
def test_what_is_no_address_is_dead(value: str) -> None:
    with pytest.raises(Undeliverable) as refused:
        routable(value)
    assert refused.value.is_address_dead


@given(st.text())
def test_no_text_gets_a_line_end_through(text: str) -> None:
    try:
        address = routable(f"a{text}@b.test")
    except Undeliverable:
        return
    assert address.isprintable()
    assert " " not in address
