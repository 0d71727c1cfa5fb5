"""Tables of what keeps channels from sending."""

from sqlalchemy import Column, String, Table, UniqueConstraint

from domain.addresses import Channel
from domain.steering import HoldKind
from store.tables.kinds import Instant, key, metadata, one_of

holds = Table(
    "holds",
    metadata,
    key(),
    Column("channel", one_of(Channel), nullable=False),
    Column("kind", one_of(HoldKind), nullable=False),
    Column("code", String(100)),
    Column("since", Instant, nullable=False),
    Column("until", Instant),
    UniqueConstraint("channel", "kind"),
)
