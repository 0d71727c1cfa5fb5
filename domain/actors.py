"""Whoever acts: a person we know, somebody at the command line, or the program on its own."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Self

from domain.addresses import Channel
from domain.people import Person


class Post(StrEnum):
    """From where somebody acts, apart from the roles they hold."""

    CITIZEN = "citizen"  # anybody who speaks with us, known or not
    OPERATOR = "operator"  # at the command line, with the settings and the database in hand
    PROGRAM = "program"  # the clock, and what the platforms tell us
    SYSTEM = "system"  # another system, by a token that is somebody's


class Proof(IntEnum):
    """How sure it is that it is they; each includes those before it."""

    NONE = 0  # a stranger
    LINKED = 1  # the address was once proved to be theirs
    FRESH = 2  # proved lately, at another address of theirs


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts, and by which address of which channel.

    `name` is who it is in the audit log; it never names an address. `acts`: all that a token lets
    its bearer do in its owner's place; None for whatever is theirs to do.
    """

    post: Post
    name: str
    person: Person | None = None
    channel: Channel | None = None
    address: str = ""
    proof: Proof = Proof.NONE
    acts: frozenset[StrEnum] | None = None

    @classmethod
    def of(
        cls,
        person: Person | None,
        channel: Channel | None = None,
        address: str = "",
        *,
        proof: Proof = Proof.LINKED,
    ) -> Self:
        """Return who speaks at an address; nobody we know proves nothing."""
        if person is None:
            return cls(Post.CITIZEN, "citizen", None, channel, address)
        return cls(Post.CITIZEN, f"person:{person.id}", person, channel, address, proof)

    def __str__(self) -> str:
        return self.name


PROGRAM = Actor(Post.PROGRAM, "beffroi")
OPERATOR = Actor(Post.OPERATOR, "operator", proof=Proof.FRESH)
