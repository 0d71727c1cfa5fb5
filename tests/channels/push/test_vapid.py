import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from channels.push.vapid import LASTS, MOST_KEPT, Signer, new_keys
from domain.clock import HandClock

ENDPOINT = "https://push.example:8443/send/abc"


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@pytest.fixture
def signer(clock: HandClock) -> Signer:
    return Signer(new_keys()[0], "mailto:council@commune.ma", clock)


def claims(authorization: str) -> dict[str, Any]:
    """Return what a header says, once its signature was found right."""
    scheme, _, rest = authorization.partition(" ")
    assert scheme == "vapid"
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    header, body, signature = parts["t"].split(".")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(parts["k"]))
    r, s = decoded(signature)[:32], decoded(signature)[32:]
    proof = encode_dss_signature(int.from_bytes(r), int.from_bytes(s))
    key.verify(proof, f"{header}.{body}".encode(), ec.ECDSA(hashes.SHA256()))
    assert json.loads(decoded(header)) == {"typ": "JWT", "alg": "ES256"}
    said: dict[str, Any] = json.loads(decoded(body))
    return said


def test_we_say_who_we_are_to_one_service_for_less_than_a_day(
    signer: Signer, clock: HandClock
) -> None:
    said = claims(signer.authorization(ENDPOINT))
    assert said["aud"] == "https://push.example:8443"
    assert said["sub"] == "mailto:council@commune.ma"
    lasts = said["exp"] - clock.now().timestamp()
    assert 0 < lasts <= timedelta(hours=24).total_seconds()


def test_a_word_is_kept_while_it_holds_and_renewed_before_its_end(
    signer: Signer, clock: HandClock
) -> None:
    first = signer.authorization(ENDPOINT)
    clock.move_by(LASTS - timedelta(hours=1, seconds=1))
    assert signer.authorization("https://push.example:8443/send/other") == first
    clock.move_by(timedelta(seconds=1))
    renewed = signer.authorization(ENDPOINT)
    assert renewed != first
    assert claims(renewed)["exp"] > claims(first)["exp"]


def test_each_service_has_a_word_of_its_own_however_many_there_are(signer: Signer) -> None:
    audiences = {
        claims(signer.authorization(f"https://push{number}.example/x"))["aud"]
        for number in range(MOST_KEPT + 2)
    }
    assert len(audiences) == MOST_KEPT + 2


def test_a_word_that_was_not_liked_is_signed_anew(signer: Signer) -> None:
    first = signer.authorization(ENDPOINT)
    signer.forget(ENDPOINT)
    signer.forget("https://nobody.example/")
    assert signer.authorization(ENDPOINT) != first


def test_a_new_key_is_the_one_browsers_are_given(clock: HandClock) -> None:
    private, public = new_keys()
    assert Signer(private, "mailto:a@b.ma", clock).public_key == public
    assert (len(private), len(public)) == (43, 87)


@pytest.mark.parametrize("key", ["A" * 43, "_" * 43])
def test_a_number_that_is_no_key_is_refused(key: str, clock: HandClock) -> None:
    with pytest.raises(ValueError, match=r"positive|key|range"):
        Signer(key, "mailto:a@b.ma", clock)
