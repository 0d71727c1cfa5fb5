"""Tables of what happens in a sitting: roll calls, who was there, votes, decisions, minutes."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.sql import false

from domain.decisions import DecisionState
from domain.rolls import Presence
from domain.votes import Majority, Result, Voice
from store.tables.kinds import Instant, Json, key, link, metadata, one_of

presences = Table(
    "presences",
    metadata,
    link("session_id", "sessions.id"),
    Column("meeting", Integer, nullable=False),  # the nth called for the session
    link("person_id", "people.id", index=True),
    Column("presence", one_of(Presence), nullable=False),
    Column("is_excuse_accepted", Boolean),
    Column("noted_at", Instant, nullable=False),
    PrimaryKeyConstraint("session_id", "meeting", "person_id"),
)

roll_calls = Table(
    "roll_calls",
    metadata,
    link("session_id", "sessions.id"),
    Column("meeting", Integer, nullable=False),
    Column("on_day", Date, nullable=False),
    Column("present", Integer, nullable=False),
    Column("in_office", Integer, nullable=False),
    Column("needed", Integer, nullable=False),
    Column("has_quorum", Boolean, nullable=False),
    Column("counted_at", Instant, nullable=False),
    PrimaryKeyConstraint("session_id", "meeting"),
)

votes = Table(
    "votes",
    metadata,
    link("item_id", "agenda_items.id"),
    Column("number", Integer, nullable=False),
    Column("on_day", Date, nullable=False),
    Column("in_favour", Integer, nullable=False),
    Column("against", Integer, nullable=False),
    Column("abstained", Integer, nullable=False),
    Column("in_office", Integer, nullable=False),
    Column("majority", one_of(Majority), nullable=False),
    Column("result", one_of(Result), nullable=False),
    Column("president", one_of(Voice)),
    Column("named", Json, nullable=False),  # voices by person; empty where it was by count
    Column("noted_at", Instant, nullable=False),
    PrimaryKeyConstraint("item_id", "number"),
)

decisions = Table(
    "decisions",
    metadata,
    key(),
    link("tenant_id", "tenants.id"),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    link("item_id", "agenda_items.id", index=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("adopted_on", Date, nullable=False),
    Column("majority", one_of(Majority), nullable=False),
    Column("state", one_of(DecisionState), nullable=False),
    Column("needs_visa", Boolean, nullable=False, server_default=false()),
    Column("days", Json, nullable=False),  # local days by what happened
    UniqueConstraint("tenant_id", "year", "number"),
)

minutes = Table(
    "minutes",
    metadata,
    key(),
    link("tenant_id", "tenants.id"),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    link("session_id", "sessions.id"),
    link("publication_id", "publications.id"),  # what they say, and who agreed to it
    UniqueConstraint("tenant_id", "year", "number"),
    UniqueConstraint("session_id"),
    UniqueConstraint("publication_id"),
)
