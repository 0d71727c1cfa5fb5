"""Signatures: which of them count, and what another from the same hand becomes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.errors import Refused
from domain.phrasebook import Named


class SignatureState(StrEnum):
    PENDING = "pending"  # its code has not come back yet
    VALID = "valid"
    DUPLICATE = "duplicate"
    INVALID = "invalid"
    WITHDRAWN = "withdrawn"


class Origin(StrEnum):
    """How a signature came."""

    ONLINE = "online"
    PAPER = "paper"  # a sheet, entered by the staff


# Staff may take back what they judged; who withdrew may sign again, as a new signature.
FORWARD = {
    SignatureState.PENDING: frozenset(
        {SignatureState.VALID, SignatureState.DUPLICATE, SignatureState.INVALID}
    ),
    SignatureState.VALID: frozenset({SignatureState.INVALID, SignatureState.WITHDRAWN}),
    SignatureState.DUPLICATE: frozenset({SignatureState.INVALID, SignatureState.VALID}),
    SignatureState.INVALID: frozenset({SignatureState.VALID}),
    SignatureState.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature. `keys` are the seals of what tells its signer (domain.petitions.identity)."""

    id: int
    petition_id: int
    state: SignatureState
    keys: frozenset[str]
    at: datetime


def settled(keys: frozenset[str], valid: Iterable[Signature]) -> SignatureState:
    """Return what a signature becomes once its signer is known: one of one hand counts."""
    is_known = any(keys & one.keys for one in valid)
    return SignatureState.DUPLICATE if is_known else SignatureState.VALID


def moved(state: SignatureState, to: SignatureState) -> SignatureState:
    """Return `to`, or raise Refused when a signature cannot become that."""
    if to is not state and to not in FORWARD[state]:
        raise Refused(
            "petition.signature_cannot",
            state=Named(f"petition.signature_{state}"),
            to=Named(f"petition.signature_{to}"),
        )
    return to


def counted(states: Collection[SignatureState]) -> int:
    """Return how many count: only the valid are shown, and only they reach a threshold."""
    return sum(state is SignatureState.VALID for state in states)
