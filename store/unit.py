"""One transaction, and its shelves: whoever opens the unit closes it."""

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import Clock
from store.agenda import Agenda
from store.attendances import Attendances
from store.audiences import Audiences
from store.audit import AuditLog
from store.backlog import Backlog
from store.bodies import Bodies
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


class Unit:
    """Everything we keep, seen from inside one transaction. Nobody here commits."""

    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self.connection = connection
        self.clock = clock
        self.agenda = Agenda(connection)
        self.attendances = Attendances(connection)
        self.audiences = Audiences(connection)
        self.audit = AuditLog(connection, clock)
        self.backlog = Backlog(connection, clock)
        self.bodies = Bodies(connection)
        self.calendars = Calendars(connection, clock)
        self.catalogue = Catalogue(connection)
        self.chats = Chats(connection, clock)
        self.chunks = Chunks(connection, clock)
        self.codes = Codes(connection, clock)
        self.conversations = Conversations(connection, clock)
        self.delegations = Delegations(connection, clock)
        self.decisions = Decisions(connection)
        self.deliveries = Deliveries(connection)
        self.digests = Digests(connection, clock)
        self.directory = Directory(connection)
        self.documents = Documents(connection, clock)
        self.drafts = Drafts(connection, clock)
        self.escalations = Escalations(connection, clock)
        self.evidence = Evidence(connection)
        self.facts = Facts(connection)
        self.inventory = Inventory(connection)
        self.letters = Letters(connection, clock)
        self.links = Links(connection, clock)
        self.mailboxes = Mailboxes(connection, clock)
        self.matches = Matches(connection, clock)
        self._lay_the_rest(connection, clock)

    def _lay_the_rest(self, connection: AsyncConnection, clock: Clock) -> None:
        self.matters = Matters(connection, clock)
        self.minutes = MinutesRegister(connection)
        self.notices = Notices(connection, clock)
        self.outbox = Outbox(connection, clock)
        self.overview = Overview(connection)
        self.own_records = OwnRecords(connection)
        self.passkeys = Passkeys(connection, clock)
        self.people = People(connection)
        self.places = Places(connection, clock)
        self.preferences = PreferenceRecords(connection)
        self.permits = Permits(connection, clock)
        self.petitions = Petitions(connection, clock)
        self.publications = Publications(connection, clock)
        self.proposals = Proposals(connection, clock)
        self.references = References(connection)
        self._lay_the_last(connection, clock)

    def _lay_the_last(self, connection: AsyncConnection, clock: Clock) -> None:
        self.register = Register(connection)
        self.reminders = Reminders(connection)
        self.replays = Replays(connection, clock)
        self.requests = Requests(connection, clock)
        self.rolls = Rolls(connection, clock)
        self.session_facts = SessionFacts(connection, clock)
        self.sessions = Sessions(connection)
        self.signatures = Signatures(connection, clock)
        self.slack_installations = SlackInstallations(connection, clock)
        self.steering = Steering(connection, clock)
        self.subjects = Subjects(connection)
        self.suppressions = Suppressions(connection, clock)
        self.subscriptions = Subscriptions(connection, clock)
        self.tokens = Tokens(connection, clock)
        self.updates = Updates(connection, clock)
        self.web_sessions = WebSessions(connection, clock)
        self.votes = Votes(connection, clock)
        self.webhooks = Webhooks(connection, clock)

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
