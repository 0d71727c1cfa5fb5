"""Tables of matters: how each was settled, and the messages that showed its buttons."""

from sqlalchemy import Column, Integer, PrimaryKeyConstraint, String, Table
from sqlalchemy.sql import text

from domain.addresses import Channel
from store.tables.kinds import Instant, OptionalJson, link, metadata, one_of

# A row is made by the first message that asks, so that there is one to lock.
matters = Table(
    "matters",
    metadata,
    Column("subject", String(100), primary_key=True),
    Column("number", Integer, nullable=False, server_default=text("0")),  # 0: not settled yet
    Column("content", OptionalJson),  # a message by language
    link("settled_by", "people.id", nullable=True),
    Column("settled_at", Instant),
)

open_copies = Table(
    "open_copies",
    metadata,
    Column("channel", one_of(Channel), nullable=False),
    Column("provider_ref", String(200), nullable=False),
    Column("subject", String(100), nullable=False, index=True),
    link("delivery_id", "deliveries.id"),  # which told it first
    Column("shown", Integer, nullable=False),  # the settlement it tells of
    Column("asked", Integer, nullable=False),  # the settlement it was asked to tell of
    PrimaryKeyConstraint("channel", "provider_ref"),
)
