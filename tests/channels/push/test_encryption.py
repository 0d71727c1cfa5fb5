import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from channels.push.capabilities import PLAIN_BYTES
from channels.push.encryption import encrypted
from domain.subscriptions import Subscription
from tests.browsers import AUTH, ENDPOINT, GOOD, P256DH


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_the_example_of_the_standard_comes_out_to_the_byte() -> None:
    # RFC 8291, 5 and appendix A.
    number = int.from_bytes(decoded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
    body = encrypted(
        b"When I grow up, I want to be a watermelon",
        Subscription(ENDPOINT, decoded(P256DH), decoded(AUTH)),
        key=ec.derive_private_key(number, ec.SECP256R1()),
        salt=decoded("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert body == decoded(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
        "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
        "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_the_longest_message_is_as_long_as_a_push_service_takes() -> None:
    assert len(encrypted(b"x" * PLAIN_BYTES, Subscription.from_json(GOOD))) == 4096


def test_no_two_messages_share_a_key_or_a_salt() -> None:
    first, second = (encrypted(b"x", Subscription.from_json(GOOD)) for _ in range(2))
    assert first[:16] != second[:16]
    assert first[21:86] != second[21:86]


def test_a_key_that_is_no_point_is_not_encrypted_for() -> None:
    with pytest.raises(ValueError, match=r"point|key|valid|range|curve"):
        encrypted(b"x", Subscription(ENDPOINT, b"\x04" + b"\x01" * 64, b"0" * 16))
