"""Petitions: what the law asks of one, where it stands, and whose signatures count."""

from domain.petitions.conditions import Answers, Finding, Level, Threshold, prechecked, threshold
from domain.petitions.identity import (
    canonical_id,
    canonical_mailbox,
    is_name,
    is_national_id,
    keys_of,
    nearest,
    spelled,
)
from domain.petitions.petition import Petition, PetitionKind, numbers_of
from domain.petitions.refusals import REFUSALS, Refusal
from domain.petitions.signatures import Origin, Signature, SignatureState, counted, settled
from domain.petitions.states import PetitionState, moved

__all__ = [
    "REFUSALS",
    "Answers",
    "Finding",
    "Level",
    "Origin",
    "Petition",
    "PetitionKind",
    "PetitionState",
    "Refusal",
    "Signature",
    "SignatureState",
    "Threshold",
    "canonical_id",
    "canonical_mailbox",
    "counted",
    "is_name",
    "is_national_id",
    "keys_of",
    "moved",
    "nearest",
    "numbers_of",
    "prechecked",
    "settled",
    "spelled",
    "threshold",
]
