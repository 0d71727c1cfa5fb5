"""Tables of what the council does: sessions, sittings, items, documents, answers."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.sql import text, true

from domain.addresses import Channel
from domain.agenda import ItemSource, ItemState
from domain.attendance import Answer
from domain.documents import DocumentKind, Visibility
from domain.reminders import ReminderState
from domain.session_facts import SessionFact
from domain.sessions import AgendaState, SessionKind, SessionState, SittingState
from store.tables.kinds import Instant, WallTime, key, link, metadata, one_of

sessions = Table(
    "sessions",
    metadata,
    key(),
    link("body_id", "bodies.id", index=True),
    Column("kind", one_of(SessionKind), nullable=False),
    Column("state", one_of(SessionState), nullable=False),
    Column("agenda_state", one_of(AgendaState), nullable=False),
    Column("sequence", Integer, nullable=False, server_default=text("0")),
    Column("cancelled_reason", Text),
    Column("convened_at", Instant),
    Column("agenda_changed_at", Instant),
)

session_facts = Table(
    "session_facts",
    metadata,
    link("session_id", "sessions.id"),
    Column("fact", one_of(SessionFact), nullable=False),
    Column("on_day", Date, nullable=False),
    Column("noted_at", Instant, nullable=False),
    PrimaryKeyConstraint("session_id", "fact"),
)

sittings = Table(
    "sittings",
    metadata,
    key(),
    link("session_id", "sessions.id"),
    Column("number", Integer, nullable=False),
    Column("starts", WallTime, nullable=False),
    Column("ends", WallTime, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("starts_at", Instant, nullable=False),  # derived from the wall time and the zone
    Column("place", String(300), nullable=False, server_default=""),
    Column("is_public", Boolean, nullable=False, server_default=true()),
    Column("state", one_of(SittingState), nullable=False),
    UniqueConstraint("session_id", "number"),
    CheckConstraint("ends >= starts", name="ends_after_start"),
    Index("ix_sittings_starts_at", "starts_at"),
)

agenda_items = Table(
    "agenda_items",
    metadata,
    key(),
    link("session_id", "sessions.id"),
    link("sitting_id", "sittings.id", nullable=True),
    Column("number", String(16), nullable=False),
    Column("position", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("source", one_of(ItemSource), nullable=False),
    Column("rapporteur", String(200)),
    Column("department", String(200)),
    Column("reference", String(64)),
    Column("is_public", Boolean, nullable=False, server_default=true()),
    Column("state", one_of(ItemState), nullable=False),
    Column("withdrawn_reason", Text),
    Column("commission_key", String(64)),
    Column("objection", Text),
    UniqueConstraint("session_id", "number"),
)

# What members have asked to be put on the agenda (law 113-14, art. 40), and who asks with them.
proposals = Table(
    "proposals",
    metadata,
    link("item_id", "agenda_items.id"),
    link("person_id", "people.id"),
    Column("reasons", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("refused_reason", Text),
    PrimaryKeyConstraint("item_id"),
)

supports = Table(
    "supports",
    metadata,
    link("item_id", "agenda_items.id"),
    link("person_id", "people.id"),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("item_id", "person_id"),
)

documents = Table(
    "documents",
    metadata,
    key(),
    link("session_id", "sessions.id", index=True),
    link("item_id", "agenda_items.id", nullable=True, index=True),
    Column("kind", one_of(DocumentKind), nullable=False),
    Column("title", String(300), nullable=False),
    Column("language", String(8), nullable=False),
    Column("visibility", one_of(Visibility), nullable=False),
)

document_versions = Table(
    "document_versions",
    metadata,
    link("document_id", "documents.id"),
    Column("version", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("name", String(200), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("added_at", Instant, nullable=False),
    PrimaryKeyConstraint("document_id", "version"),
)

contents = Table(
    "contents",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("bytes", LargeBinary, nullable=False),
)

attendances = Table(
    "attendances",
    metadata,
    link("session_id", "sessions.id"),
    link("person_id", "people.id"),
    Column("answer", one_of(Answer), nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("channel", one_of(Channel), nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("session_id", "person_id"),
)

# NULL, for everybody, equals nothing: the index wants a number in its place.
EVERYBODY_OR_ONE = "coalesce(person_id, 0)"

reminders = Table(
    "reminders",
    metadata,
    key(),
    link("session_id", "sessions.id", index=True),
    link("person_id", "people.id", nullable=True),
    Column("rule", String(32), nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("state", one_of(ReminderState), nullable=False),
    Column("dropped", String(32)),
    Index(
        "ix_reminders_due",
        "due_at",
        sqlite_where=text("state = 'planned'"),
        postgresql_where=text("state = 'planned'"),
    ),
)
Index(
    "uq_reminders_one_rule",
    reminders.c.session_id,
    text(EVERYBODY_OR_ONE),
    reminders.c.rule,
    unique=True,
)
