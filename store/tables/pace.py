"""Tables of how fast networks may be asked, as all processes keep it together."""

from sqlalchemy import Column, String, Table

from domain.addresses import Channel
from store.tables.kinds import Instant, Json, metadata, one_of

# What pyrate-limiter remembers of a network, or of one address there: a number a rate.
permits = Table(
    "permits",
    metadata,
    Column("channel", one_of(Channel), primary_key=True),
    Column("address", String(320), primary_key=True),  # empty: everybody's together
    Column("state", Json, nullable=False),
    Column("taken_at", Instant, nullable=False),
)

# Until when a network wants nothing, for one address or (empty) for any.
rests = Table(
    "rests",
    metadata,
    Column("channel", one_of(Channel), primary_key=True),
    Column("address", String(320), primary_key=True),
    Column("until_at", Instant, nullable=False),
)
