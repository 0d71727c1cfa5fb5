"""The ceremonies of passkeys (W3C Web Authentication): what a browser is asked, and its answer."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from domain.passkeys import NewKey, Passkey

MOST = 16 * 1024  # characters of an answer
MALFORMED = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError)
VERIFIED = UserVerificationRequirement.REQUIRED  # by a finger, a face or a number


def asked_for_a_new_key(
    origin: str, challenge: bytes, *, name: str, handle: bytes, held: Sequence[Passkey]
) -> dict[str, Any]:
    """Return what `navigator.credentials.create` is asked; `handle` names the person to the device.

    The key stays where the device can find it by itself, so that nobody has to say who they are.
    """
    options = webauthn.generate_registration_options(
        rp_id=party(origin),
        rp_name=party(origin),
        user_id=handle,
        user_name=name,
        user_display_name=name,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=VERIFIED
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=webauthn.base64url_to_bytes(one.credential))
            for one in held
        ],
    )
    return _plain(options)


def asked_for_a_key(origin: str, challenge: bytes) -> dict[str, Any]:
    """Return what `navigator.credentials.get` is asked: whichever key of ours the device holds."""
    options = webauthn.generate_authentication_options(
        rp_id=party(origin), challenge=challenge, user_verification=VERIFIED
    )
    return _plain(options)


def challenge_in(answer: str) -> bytes:
    """Return the challenge that an answer says it signed; empty when it is unreadable."""
    try:
        client = json.loads(_bytes(json.loads(answer[:MOST])["response"]["clientDataJSON"]))
        return _bytes(client["challenge"])
    except MALFORMED:
        return b""


def credential_in(answer: str) -> str:
    """Return which key an answer says it was signed with; empty when it is unreadable."""
    try:
        return str(json.loads(answer[:MOST])["id"])
    except MALFORMED:
        return ""


def new_key(answer: str, *, origin: str, challenge: bytes) -> NewKey | None:
    """Return the key that a device has made for us; None when the answer proves nothing."""
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=party(origin),
            expected_origin=origin,
            require_user_verification=True,
        )
    except MALFORMED:
        return None
    credential = bytes_to_base64url(made.credential_id)
    return NewKey(credential, made.credential_public_key, made.sign_count)


def uses_proved(answer: str, passkey: Passkey, *, origin: str, challenge: bytes) -> int | None:
    """Return how often a key was used, this time among them; None when the answer proves nothing.

    A count that does not grow is a copy's, or an answer that comes again.
    """
    try:
        used = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=party(origin),
            expected_origin=origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.uses,
            require_user_verification=True,
        )
    except MALFORMED:
        return None
    return used.new_sign_count


def party(origin: str) -> str:
    """Return the host that keys are made for: its name stays, whatever the port."""
    return urlsplit(origin).hostname or ""


def _plain(options: Any) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(webauthn.options_to_json(options))
    return plain


def _bytes(encoded: str) -> bytes:
    return urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
