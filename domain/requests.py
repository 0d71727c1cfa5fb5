"""Requests to the town hall: what people ask of it, and how far each has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.addresses import Channel
from domain.bodies import Role
from domain.lettering import shortened
from domain.lifecycles import advanced


class RequestKind(StrEnum):
    """Each has a form of the same name."""

    QUESTION = "question"  # a councillor's written question (law 113-14, art. 46)
    AUDIENCE = "audience"  # to be received by somebody
    MESSAGE = "message"  # for somebody in the secretariat to read
    MEDIA = "media"  # what a journalist wants to know
    MAIL = "mail"  # a letter that came, or went out


class RequestState(StrEnum):
    RECEIVED = "received"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    CLOSED = "closed"


FORWARD: Mapping[RequestState, frozenset[RequestState]] = {
    RequestState.RECEIVED: frozenset(
        {RequestState.ASSIGNED, RequestState.ANSWERED, RequestState.CLOSED}
    ),
    RequestState.ASSIGNED: frozenset({RequestState.ANSWERED, RequestState.CLOSED}),
    RequestState.ANSWERED: frozenset({RequestState.CLOSED}),
    RequestState.CLOSED: frozenset(),
}
OPEN = frozenset({RequestState.RECEIVED, RequestState.ASSIGNED})
ICONS: Mapping[RequestState, str] = {
    RequestState.RECEIVED: "📥",
    RequestState.ASSIGNED: "👤",
    RequestState.ANSWERED: "✅",
    RequestState.CLOSED: "⚪",
}

SECRETARIAT = frozenset({Role.COUNCIL_SECRETARIAT, Role.CLERK})
# Who on the staff is told of a new one.
TOLD: Mapping[RequestKind, frozenset[Role]] = {
    RequestKind.QUESTION: SECRETARIAT,
    RequestKind.AUDIENCE: frozenset({Role.CABINET}),
    RequestKind.MESSAGE: SECRETARIAT,
    RequestKind.MEDIA: frozenset({Role.COMMUNICATION_WRITER, Role.DIVISION_HEAD}),
    RequestKind.MAIL: frozenset({Role.DIRECTOR_GENERAL}),
}

INCOMING, OUTGOING = "in", "out"  # what a letter's `direction` is
SERIES = "REQ"
# A registry numbers what comes and what goes in two books, each from 1 every year.
BOOKS = {INCOMING: "ARR", OUTGOING: "DEP"}


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `ref` is what people call it (`REQ-2026-12`), `fields` what the form asked.

    `person_id` is None for somebody we do not know. `channel` and `address` are where it was
    written, and where its answer goes, in `language`. `body_key` is whom it concerns, if a body.
    """

    id: int
    ref: str
    kind: RequestKind
    fields: Mapping[str, str]
    state: RequestState
    at: datetime
    channel: Channel
    address: str
    language: str
    person_id: int | None = None
    body_key: str | None = None
    due_at: datetime | None = None
    assignee: str = ""
    answer: str = ""

    @property
    def about(self) -> str:
        """What it is about, in a line of the person's own words."""
        return shortened(self.fields.get("subject") or self.fields.get("question") or "", 80)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def is_overdue(self, now: datetime) -> bool:
        return self.is_open and self.due_at is not None and self.due_at <= now

    def moved(self, to: RequestState) -> RequestState:
        """Return `to`, or raise Refused when it cannot follow."""
        return advanced(self.state, to, FORWARD, of="request")


@dataclass(frozen=True, slots=True)
class Filed:
    """What is filed: a request before it has a number."""

    kind: RequestKind
    fields: Mapping[str, str]
    channel: Channel
    address: str
    language: str
    person_id: int | None = None
    body_key: str | None = None
    due_at: datetime | None = None

    @property
    def series(self) -> str:
        """The book it is numbered in."""
        return BOOKS.get(self.fields.get("direction", ""), SERIES)

    @property
    def state(self) -> RequestState:
        """A letter that is handed to somebody at once is assigned from the start."""
        return RequestState.ASSIGNED if self.fields.get("assignee") else RequestState.RECEIVED
