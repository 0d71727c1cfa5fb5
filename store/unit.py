"""One transaction, and its shelves: whoever opens the unit closes it."""

from collections.abc import Callable
from typing import Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import Clock
from store.agenda import Agenda
from store.attendances import Attendances
from store.audiences import Audiences
from store.audit import AuditLog
from store.backlog import Backlog
from store.bodies import Bodies
from store.bulletins import Bulletins
from store.calendars import Calendars
from store.catalogue import Catalogue
from store.chats import Chats
from store.chunks import Chunks
from store.codes import Codes
from store.conversations import Conversations
from store.decisions import Decisions
from store.delegations import Delegations
from store.deliveries import Deliveries
from store.digests import Digests
from store.directory import Directory
from store.documents import Documents
from store.drafts import Drafts
from store.escalations import Escalations
from store.evidence import Evidence
from store.facts import Facts
from store.inventory import Inventory
from store.letters import Letters
from store.links import Links
from store.mailboxes import Mailboxes
from store.matches import Matches
from store.matters import Matters
from store.minutes import MinutesRegister
from store.notices import Notices
from store.outbox import Outbox, Ready
from store.overview import Overview
from store.own_records import OwnRecords
from store.passkeys import Passkeys
from store.people import People
from store.permits import Permits
from store.petitions import Petitions
from store.places import Places
from store.preferences import PreferenceRecords
from store.proposals import Proposals
from store.publications import Publications
from store.references import References
from store.register import Register
from store.reminders import Reminders
from store.replays import Replays
from store.requests import Requests
from store.rolls import Rolls
from store.session_facts import SessionFacts
from store.sessions import Sessions
from store.signatures import Signatures
from store.slack_installations import SlackInstallations
from store.steering import Steering
from store.subjects import Subjects
from store.subscriptions import Subscriptions
from store.suppressions import Suppressions
from store.tokens import Tokens
from store.updates import Updates
from store.votes import Votes
from store.web_sessions import WebSessions
from store.webhooks import Webhooks

Kept = TypeVar("Kept")


class Shelf(Generic[Kept]):
    """A part of what is kept, laid out in a unit when it is first asked for."""

    def __init__(self, lay: Callable[["Unit"], Kept]) -> None:
        self._lay = lay

    def __set_name__(self, unit: type["Unit"], name: str) -> None:
        self._name = name

    def __get__(self, unit: "Unit", of: type["Unit"]) -> Kept:
        # The next one who asks finds it in the unit itself, and does not come here.
        laid = unit.__dict__[self._name] = self._lay(unit)
        return laid


def shelf(kind: Callable[[AsyncConnection], Kept]) -> Shelf[Kept]:
    return Shelf(lambda unit: kind(unit.connection))


def timed(kind: Callable[[AsyncConnection, Clock], Kept]) -> Shelf[Kept]:
    """Return a shelf that knows what time it is."""
    return Shelf(lambda unit: kind(unit.connection, unit.clock))


class Unit:
    """Everything we keep, seen from inside one transaction. Nobody here commits."""

    agenda = shelf(Agenda)
    attendances = shelf(Attendances)
    audiences = shelf(Audiences)
    audit = timed(AuditLog)
    backlog = timed(Backlog)
    bodies = shelf(Bodies)
    bulletins = shelf(Bulletins)
    calendars = timed(Calendars)
    catalogue = shelf(Catalogue)
    chats = timed(Chats)
    chunks = timed(Chunks)
    codes = timed(Codes)
    conversations = timed(Conversations)
    decisions = shelf(Decisions)
    delegations = timed(Delegations)
    deliveries = shelf(Deliveries)
    digests = timed(Digests)
    directory = shelf(Directory)
    documents = timed(Documents)
    drafts = timed(Drafts)
    escalations = timed(Escalations)
    evidence = shelf(Evidence)
    facts = shelf(Facts)
    inventory = shelf(Inventory)
    letters = timed(Letters)
    links = timed(Links)
    mailboxes = timed(Mailboxes)
    matches = timed(Matches)
    matters = timed(Matters)
    minutes = shelf(MinutesRegister)
    notices = timed(Notices)
    outbox = timed(Outbox)
    overview = shelf(Overview)
    own_records = shelf(OwnRecords)
    passkeys = timed(Passkeys)
    people = shelf(People)
    permits = timed(Permits)
    petitions = timed(Petitions)
    places = timed(Places)
    preferences = shelf(PreferenceRecords)
    proposals = timed(Proposals)
    publications = timed(Publications)
    references = shelf(References)
    register = shelf(Register)
    reminders = shelf(Reminders)
    replays = timed(Replays)
    requests = timed(Requests)
    rolls = timed(Rolls)
    session_facts = timed(SessionFacts)
    sessions = shelf(Sessions)
    signatures = timed(Signatures)
    slack_installations = timed(SlackInstallations)
    steering = timed(Steering)
    subjects = shelf(Subjects)
    subscriptions = timed(Subscriptions)
    suppressions = timed(Suppressions)
    tokens = timed(Tokens)
    updates = timed(Updates)
    votes = timed(Votes)
    web_sessions = timed(WebSessions)
    webhooks = timed(Webhooks)

    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self.connection = connection
        self.clock = clock

    @property
    def readers(self) -> frozenset[int] | None:
        """The people in whose mailbox something changed; None for anybody's."""
        if self.matters.has_settled_for_all:
            return None
        changed = (self.letters, self.deliveries, self.matters, self.web_sessions)
        return frozenset().union(*(shelf.readers for shelf in changed))

    @property
    def ready(self) -> list[Ready]:
        """The chunks that somebody may claim once this is committed."""
        return [
            *self.outbox.ready,
            *self.chunks.ready,
            *self.places.ready,
            *self.replays.ready,
            *self.webhooks.ready,
        ]
