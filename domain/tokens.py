"""Tokens of other systems: whose they are, what they let do, and how far their notices go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.actors import Actor, Post, Proof
from domain.people import Person
from domain.rights import Act
from domain.trials import Reach

LASTS = timedelta(days=365)
PREFIX = "bft_"  # by which scanners of code and mail know what they have found
SEEN_EVERY = timedelta(minutes=1)  # how exactly it is kept when a token was last used


class TokenKind(StrEnum):
    LIVE = "live"
    TEAM = "team"  # its notices reach the commune's staff alone; for others they are simulated
    TEST = "test"  # its notices reach nobody, and it changes nothing else


class Scope(StrEnum):
    """What a token is for. What its owner may not do, no scope lets it do."""

    COUNCIL_READ = "council:read"  # what is public: sessions, agendas, papers, decisions, petitions
    COUNCIL_INTERNAL = "council:internal"  # of these, also what its owner may see
    NOTICES_READ = "notices:read"  # notices and what became of them, addresses masked
    NOTICES_WRITE = "notices:write"
    PEOPLE_READ = "people:read"  # names, seats, addresses masked
    PEOPLE_WRITE = "people:write"
    ADDRESSES_READ = "addresses:read"  # addresses as they are
    SUBSCRIPTIONS_READ = "subscriptions:read"
    SUBSCRIPTIONS_WRITE = "subscriptions:write"
    WEBHOOKS_WRITE = "webhooks:write"  # list them, too


GRANTS: Mapping[Scope, frozenset[Act]] = {
    Scope.COUNCIL_READ: frozenset(),
    Scope.COUNCIL_INTERNAL: frozenset(),
    Scope.NOTICES_READ: frozenset({Act.READ_RECORDS}),
    Scope.NOTICES_WRITE: frozenset({Act.ANNOUNCE, Act.WARN}),
    Scope.PEOPLE_READ: frozenset({Act.EXPORT}),
    Scope.PEOPLE_WRITE: frozenset({Act.IMPORT_PEOPLE}),
    Scope.ADDRESSES_READ: frozenset({Act.READ_ADDRESSES}),
    Scope.SUBSCRIPTIONS_READ: frozenset({Act.EXPORT}),
    Scope.SUBSCRIPTIONS_WRITE: frozenset({Act.CHANGE_WISHES}),
    Scope.WEBHOOKS_WRITE: frozenset({Act.CONNECT}),
}
# What a test may do: notices that reach nobody, and to read.
HARMLESS = frozenset({Act.READ_RECORDS, Act.ANNOUNCE, Act.WARN, Act.EXPORT, Act.READ_ADDRESSES})
REACHES = {
    TokenKind.LIVE: Reach.EVERYONE,
    TokenKind.TEAM: Reach.TEAM,
    TokenKind.TEST: Reach.NOBODY,
}


@dataclass(frozen=True, slots=True)
class Token:
    """One token; its secret is kept nowhere. `owner_id`: whose rights bound it."""

    id: int
    name: str
    kind: TokenKind
    scopes: frozenset[Scope]
    owner_id: int
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None

    @property
    def acts(self) -> frozenset[Act]:
        """What it lets its bearer do, as far as its owner may."""
        granted = frozenset[Act]().union(*(GRANTS[scope] for scope in self.scopes))
        return granted & HARMLESS if self.kind is TokenKind.TEST else granted

    @property
    def reach(self) -> Reach:
        """How far the notices that are made with it go."""
        return REACHES[self.kind]

    def is_live(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at

    def actor(self, owner: Person) -> Actor:
        """Return whoever brings it: another system, in its owner's place."""
        return Actor(Post.SYSTEM, f"token:{self.name}", owner, proof=Proof.FRESH, acts=self.acts)

    def viewer(self, owner: Person) -> Person | None:
        """Return with whose eyes what is not everybody's is looked at; None for a citizen's."""
        return owner if Scope.COUNCIL_INTERNAL in self.scopes else None
