"""The table of addresses that seem to be somebody's, and what the staff said to it."""

from sqlalchemy import Column, String, Table, UniqueConstraint

from domain.addresses import Channel
from domain.matches import MatchState
from store.tables.kinds import Instant, key, link, metadata, one_of

matches = Table(
    "matches",
    metadata,
    key(),
    Column("channel", one_of(Channel), nullable=False),
    Column("address", String(320), nullable=False),
    link("person_id", "people.id", index=True),
    Column("state", one_of(MatchState), nullable=False),
    Column("found_at", Instant, nullable=False),
    Column("proved_at", Instant, nullable=False),
    Column("decided_at", Instant),
    Column("decided_by", String(100)),
    UniqueConstraint("channel", "address"),
)
