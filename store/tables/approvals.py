"""Tables of what is to be agreed to: publications, their texts, and what was decided of them."""

from sqlalchemy import (
    Column,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.sql import text

from domain.addresses import Channel
from domain.approvals import ApprovalState, Nudge, Verdict
from domain.notices import AudienceKind
from domain.publications import PublicationKind
from store.tables.kinds import Instant, Json, OptionalJson, key, link, metadata, one_of

publications = Table(
    "publications",
    metadata,
    key(),
    link("tenant_id", "tenants.id", index=True),
    link("body_id", "bodies.id"),
    Column("kind", one_of(PublicationKind), nullable=False),
    Column("state", one_of(ApprovalState), nullable=False, index=True),
    Column("flow", String(64), nullable=False),
    Column("flow_text", Text, nullable=False),  # the steps as they were when it was begun
    link("author_id", "people.id", index=True),
    Column("content", String(64), nullable=False),
    Column("round", Integer, nullable=False, server_default=text("0")),
    Column("created_at", Instant, nullable=False),
    Column("submitted_at", Instant),
    Column("audience_kind", one_of(AudienceKind)),
    Column("audience_ref", String(64), nullable=False, server_default=""),
    link("session_id", "sessions.id", nullable=True, index=True),
    Column("release_at", Instant),
    link("notice_id", "notices.id", nullable=True),
    Column("ended_reason", Text, nullable=False, server_default=""),
    Column("terms", OptionalJson),  # what is carried out when the last has agreed
    Index(
        "ix_publications_release",
        "release_at",
        sqlite_where=text("state = 'scheduled'"),
        postgresql_where=text("state = 'scheduled'"),
    ),
)

# Every text that ever stood; what one said is never overwritten.
publication_texts = Table(
    "publication_texts",
    metadata,
    link("publication_id", "publications.id"),
    Column("content", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("texts", Json, nullable=False),  # by language, a title and a body
    link("written_by", "people.id"),
    Column("written_at", Instant, nullable=False),
    PrimaryKeyConstraint("publication_id", "number"),
)

approval_decisions = Table(
    "approval_decisions",
    metadata,
    key(),
    link("publication_id", "publications.id"),
    Column("round", Integer, nullable=False),
    Column("step", String(64), nullable=False),
    link("person_id", "people.id"),
    link("for_id", "people.id"),
    Column("verdict", one_of(Verdict), nullable=False),
    Column("content", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("channel", one_of(Channel)),
    UniqueConstraint("publication_id", "round", "step", "person_id"),
    UniqueConstraint("publication_id", "round", "step", "for_id"),
)

# What was already said about waiting, so that it is said once.
approval_nudges = Table(
    "approval_nudges",
    metadata,
    link("publication_id", "publications.id"),
    Column("round", Integer, nullable=False),
    Column("step", String(64), nullable=False),
    Column("nudge", one_of(Nudge), nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("publication_id", "round", "step", "nudge"),
)

# The version that somebody saw last, so that they are told what changed since.
approval_showings = Table(
    "approval_showings",
    metadata,
    link("publication_id", "publications.id"),
    link("person_id", "people.id"),
    Column("content", String(64), nullable=False),
    PrimaryKeyConstraint("publication_id", "person_id"),
)

delegations = Table(
    "delegations",
    metadata,
    key(),
    link("from_id", "people.id", index=True),
    link("to_id", "people.id", index=True),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("ended_at", Instant),  # taken back before its time
    Column("told_at", Instant),  # when whoever stands in was asked for what waited already
)
