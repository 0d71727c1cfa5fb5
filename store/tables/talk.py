"""Tables of conversations: updates heard, where each stands, and the tokens that link people."""

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, String, Table
from sqlalchemy.sql import text

from domain.addresses import Channel
from store.tables.kinds import Instant, Json, key, link, metadata, one_of

updates_heard = Table(
    "updates_heard",
    metadata,
    Column("channel", one_of(Channel), nullable=False),
    Column("update_ref", String(100), nullable=False),
    Column("heard_at", Instant, nullable=False, index=True),
    PrimaryKeyConstraint("channel", "update_ref"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("channel", one_of(Channel), nullable=False),
    Column("address", String(320), nullable=False),
    Column("state", Json, nullable=False),
    Column("updated_at", Instant, nullable=False),
    PrimaryKeyConstraint("channel", "address"),
)

link_tokens = Table(
    "link_tokens",
    metadata,
    Column("sha256", String(64), primary_key=True),
    link("person_id", "people.id", index=True),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
)

link_attempts = Table(
    "link_attempts",
    metadata,
    Column("channel", one_of(Channel), nullable=False),
    Column("address", String(320), nullable=False),
    Column("failures", Integer, nullable=False, server_default=text("0")),
    Column("since", Instant, nullable=False),
    PrimaryKeyConstraint("channel", "address"),
)

# Codes sent elsewhere, to be typed at an address; one that nobody was sent has no person.
codes = Table(
    "codes",
    metadata,
    key(),
    Column("channel", one_of(Channel), nullable=False),
    Column("address", String(320), nullable=False),
    link("person_id", "people.id", nullable=True, index=True),
    Column("seal", String(64), nullable=False),
    Column("about", String(64), index=True),  # the mark of a contact that is to be proved
    Column("tries", Integer, nullable=False, server_default=text("0")),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Index("ix_codes_channel_address", "channel", "address"),
)
