"""Tables of what goes out: notices, chunks of deliveries, deliveries and their events."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.sql import text

from domain.addresses import Channel
from domain.deliveries import State
from domain.notices import AudienceKind, NoticeClass, NoticeKind, NoticeState
from domain.preferences import Reason
from domain.trials import Reach
from store.tables.kinds import Instant, Json, OptionalJson, key, link, metadata, one_of

notices = Table(
    "notices",
    metadata,
    key(),
    link("tenant_id", "tenants.id", index=True),
    Column("notice_class", one_of(NoticeClass), nullable=False),
    Column("kind", one_of(NoticeKind), nullable=False),
    link("session_id", "sessions.id", nullable=True, index=True),
    Column("audience_kind", one_of(AudienceKind), nullable=False),
    Column("audience_ref", String(64), nullable=False, server_default=""),
    Column("content", Json, nullable=False),  # a message by language
    Column("created_at", Instant, nullable=False),
    Column("created_by", String(100), nullable=False),
    Column("expires_at", Instant),
    Column("state", one_of(NoticeState), nullable=False),
    # The last person whose deliveries are stored; moved in the same transaction as they are.
    Column("expanded_to", Integer, nullable=False, server_default=text("0")),
    Column("idempotency_key", String(100), unique=True),
    Column("paused_at", Instant),  # held back by an operator since
    Column("reach", one_of(Reach), nullable=False, server_default=Reach.EVERYONE),
    Index(
        "ix_notices_expanding",
        "id",
        sqlite_where=text("state = 'expanding'"),
        postgresql_where=text("state = 'expanding'"),
    ),
)

chunks = Table(
    "chunks",
    metadata,
    key(),
    Column("channel", one_of(Channel), nullable=False),
    Column("urgency", Integer, nullable=False),  # lower goes first
    Column("due_at", Instant, nullable=False),
    # A lease is fenced: whoever took it later has a greater number.
    Column("lease", Integer, nullable=False, server_default=text("0")),
    Column("leased_until", Instant),
    Column("finished_at", Instant),
    Column("paused_at", Instant),  # as its notice is
    Index(
        "ix_chunks_claimable",
        "channel",
        "urgency",
        "due_at",
        sqlite_where=text("finished_at IS NULL"),
        postgresql_where=text("finished_at IS NULL"),
    ),
)

deliveries = Table(
    "deliveries",
    metadata,
    key(),
    link("chunk_id", "chunks.id", nullable=True, index=True),
    link("notice_id", "notices.id", nullable=True),
    link("person_id", "people.id", nullable=True, index=True),
    Column("channel", one_of(Channel), nullable=False),
    Column("address", String(320), nullable=False),
    Column("step", Integer, nullable=False, server_default=text("0")),
    Column("language", String(8), nullable=False),
    Column("message", OptionalJson),  # its own, when it carries no notice
    Column("reason", one_of(Reason), nullable=False),
    Column("state", one_of(State), nullable=False),
    Column("code", String(100)),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("queued_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("provider_ref", String(200)),
    UniqueConstraint("notice_id", "person_id", "channel", "address", "step"),
    CheckConstraint("notice_id IS NOT NULL OR message IS NOT NULL", name="says_something"),
    CheckConstraint(
        "chunk_id IS NOT NULL OR state NOT IN ('queued', 'sending', 'uncertain', 'accepted')",
        name="is_carried",
    ),
    Index(
        "ix_deliveries_provider_ref",
        "provider_ref",
        sqlite_where=text("provider_ref IS NOT NULL"),
        postgresql_where=text("provider_ref IS NOT NULL"),
    ),
    Index(
        "ix_deliveries_web",
        "address",
        "id",
        sqlite_where=text("channel = 'web'"),
        postgresql_where=text("channel = 'web'"),
    ),
    Index(
        "ix_deliveries_gathered",
        "due_at",
        "person_id",
        sqlite_where=text("state = 'gathered'"),
        postgresql_where=text("state = 'gathered'"),
    ),
)

delivery_events = Table(
    "delivery_events",
    metadata,
    key(),
    link("delivery_id", "deliveries.id", index=True),
    Column("state", one_of(State), nullable=False),
    Column("at", Instant, nullable=False),
    Column("code", String(100)),
)

# The digests that were made: none is made twice for the same hour.
digests = Table(
    "digests",
    metadata,
    key(),
    link("person_id", "people.id"),
    Column("channel", one_of(Channel), nullable=False),
    Column("address", String(320), nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("made_at", Instant, nullable=False),
    UniqueConstraint("person_id", "channel", "address", "due_at"),
)

# Later steps of a notice's ladder, and how far its people have been looked at.
escalations = Table(
    "escalations",
    metadata,
    key(),
    link("notice_id", "notices.id"),
    Column("step", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("climbed_to", Integer, nullable=False, server_default=text("0")),
    Column("finished_at", Instant),
    UniqueConstraint("notice_id", "step"),
    Index(
        "ix_escalations_due",
        "due_at",
        sqlite_where=text("finished_at IS NULL"),
        postgresql_where=text("finished_at IS NULL"),
    ),
)
