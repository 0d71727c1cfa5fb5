"""The people a council speaks with, and what they have asked of us."""

from dataclasses import dataclass
from datetime import date

from domain.addresses import Address
from domain.bodies import STAFF, Role, has_vote
from domain.wishes import NOTHING_SAID, Preferences


@dataclass(frozen=True, slots=True)
class Membership:
    """A place in a body. Dates are local; None means since ever, or for as long as it lasts."""

    body_key: str
    role: Role
    started_on: date | None = None
    ended_on: date | None = None

    def is_held(self, on: date) -> bool:
        """Say whether it is in force on a local day."""
        has_begun = self.started_on is None or self.started_on <= on
        return has_begun and (self.ended_on is None or on <= self.ended_on)


@dataclass(frozen=True, slots=True)
class Person:
    """`language` is the one they are written to in; `memberships` are those in force."""

    id: int
    name: str
    language: str
    memberships: tuple[Membership, ...] = ()

    @property
    def is_staff(self) -> bool:
        return any(membership.role in STAFF for membership in self.memberships)

    @property
    def seats(self) -> tuple[str, ...]:
        """The keys of the bodies in which this person has a vote, in order."""
        keys = (held.body_key for held in self.memberships if has_vote(held.role))
        return tuple(dict.fromkeys(keys))


@dataclass(frozen=True, slots=True)
class Seated:
    """A seat in a body, and by whom it is held: what everybody may know of the elected."""

    name: str
    body_key: str
    role: Role


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person as a notice sees them: where they can be reached, and what they wish.

    `roles` are those held, where the commune's policy asks for them. `told_lately`: how many
    notices of the same topic reached them within the last hour.
    """

    person_id: int
    language: str
    addresses: tuple[Address, ...]
    preferences: Preferences = NOTHING_SAID
    roles: frozenset[Role] = frozenset()
    told_lately: int = 0

    @property
    def is_staff(self) -> bool:
        return bool(self.roles & STAFF)
