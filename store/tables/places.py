"""The table of groups: chats of several people that follow what a body does."""

from sqlalchemy import Column, PrimaryKeyConstraint, String, Table

from domain.addresses import Channel
from store.tables.kinds import Instant, link, metadata, one_of

places = Table(
    "places",
    metadata,
    Column("channel", one_of(Channel), nullable=False),
    Column("address", String(320), nullable=False),
    link("body_id", "bodies.id", index=True),
    Column("language", String(8), nullable=False),
    Column("added_at", Instant, nullable=False),
    PrimaryKeyConstraint("channel", "address", "body_id"),
)
