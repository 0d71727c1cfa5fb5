"""The register: everybody a council knows, as files bring them and the store keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.addresses import Address, Channel
from domain.bodies import Role

Seat = tuple[str, Role]  # the key of a body, and what a person is there


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody can be reached, in canonical form. See domain.addresses.Address."""

    channel: Channel
    value: str
    is_declared: bool = False
    verified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person to add; the mailbox here comes by itself. `wishes` are as in people.Recipient."""

    name: str
    language: str
    seats: tuple[Seat, ...] = ()
    places: tuple[Place, ...] = ()
    wishes: Mapping[Channel, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Registered:
    """A person as the register has them; `seats` are those in force."""

    id: int
    name: str
    language: str
    seats: tuple[Seat, ...] = ()
    addresses: tuple[Address, ...] = ()

    @property
    def declared(self) -> Address | None:
        return next((address for address in self.addresses if address.is_declared), None)


@dataclass(frozen=True, slots=True)
class Change:
    """What is to become of somebody: all that is not named stays.

    `places` are new, or already theirs with another claim on them; one that is declared takes
    the place of the one that was.
    """

    person_id: int
    name: str
    language: str
    gained: tuple[Seat, ...] = ()
    lost: tuple[Seat, ...] = ()
    places: tuple[Place, ...] = ()
