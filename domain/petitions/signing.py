"""What is asked of who signs a petition, or takes a signature back."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from domain.addresses import Channel
from domain.forms import Field, Form
from domain.petitions.forms import CONTACT, NAME, reached_by
from domain.petitions.identity import canonical_id, canonical_mailbox, is_national_id
from domain.sheets import FieldKind


class Tie(StrEnum):
    """What ties a signer to the commune (law 113-14, art. 123)."""

    LIVES = "lives"
    WORKS = "works"


PETITION = "petition"  # what is known from the start: which one
SIGNATURE = Form(
    "signature",
    (
        NAME,
        Field("tie", FieldKind.CHOICE, options=tuple(Tie)),
        CONTACT,
        Field("news", FieldKind.YES_NO),
    ),
    (PETITION,),
)
UNSIGNING = Form("unsigning", (CONTACT,), (PETITION,))


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs. `contact` is an e-mail address or a number they have proved to hold."""

    name: str
    tie: Tie
    contact: str
    wants_news: bool = False

    @classmethod
    def read(cls, said: Mapping[str, str]) -> Self:
        return cls(said["name"], Tie(said["tie"]), said["contact"], said["news"] == "yes")


def marks(contact: str) -> dict[str, str]:
    """Return what tells the holder of a contact, or of a national id, as `keys_of` wants it."""
    if is_national_id(contact):
        return {"national_id": canonical_id(contact)}
    channel, value = reached_by(contact)
    if channel is Channel.EMAIL:
        return {"mailbox": canonical_mailbox(value)}
    return {"phone": value}
