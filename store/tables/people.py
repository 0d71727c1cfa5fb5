"""Tables of the commune, its bodies, and the people in and around them."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.sql import false, text

from domain.addresses import Channel
from domain.bodies import BodyKind, Role
from store.tables.kinds import Instant, Json, Key, key, link, metadata, one_of

tenants = Table(
    "tenants",
    metadata,
    key(),
    Column("slug", String(64), nullable=False, unique=True),
    Column("names", Json, nullable=False),  # by language
    Column("rule_pack", String(16), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("population", Integer),
    Column("collecting_days", Integer, nullable=False, server_default="183"),  # of a petition
    Column("id_authorisation", String(64), nullable=False, server_default=""),
)

holidays = Table(
    "holidays",
    metadata,
    key(),
    link("tenant_id", "tenants.id"),
    Column("day", Date, nullable=False),
    Column("name", String(200), nullable=False),
    Column("is_holiday", Boolean, nullable=False),  # false takes away a day the library names
    UniqueConstraint("tenant_id", "day"),
)

bodies = Table(
    "bodies",
    metadata,
    key(),
    link("tenant_id", "tenants.id"),
    Column("key", String(64), nullable=False),
    Column("kind", one_of(BodyKind), nullable=False),
    Column("names", Json, nullable=False),  # by language
    Column("aliases", Json, nullable=False),  # a list, in any script
    Column("seats", Integer),
    link("parent_id", "bodies.id", nullable=True),
    UniqueConstraint("tenant_id", "key"),
)

people = Table(
    "people",
    metadata,
    key(),
    link("tenant_id", "tenants.id", index=True),
    Column("name", String(200), nullable=False),
    Column("language", String(8), nullable=False),
)

memberships = Table(
    "memberships",
    metadata,
    key(),
    link("person_id", "people.id", index=True),
    link("body_id", "bodies.id", index=True),
    Column("role", one_of(Role), nullable=False),
    Column("started_on", Date),
    Column("ended_on", Date),
    UniqueConstraint("person_id", "body_id", "role"),
)

addresses = Table(
    "addresses",
    metadata,
    key(),
    link("person_id", "people.id", index=True),
    Column("channel", one_of(Channel), nullable=False),
    Column("value", String(320), nullable=False),
    Column("is_declared", Boolean, nullable=False, server_default=false()),
    Column("verified_at", Instant),
    Column("quarantined_at", Instant),
    Column("quarantine_code", Text),
    UniqueConstraint("person_id", "channel", "value"),
    Index(
        "uq_addresses_one_declared",
        "person_id",
        unique=True,
        sqlite_where=text("is_declared"),
        postgresql_where=text("is_declared"),
    ),
    # A chat belongs to one person: who speaks there is who they are.
    Index(
        "uq_addresses_chat",
        "channel",
        "value",
        unique=True,
        sqlite_where=text("channel IN ('console', 'telegram', 'slack', 'inbox', 'web')"),
        postgresql_where=text("channel IN ('console', 'telegram', 'slack', 'inbox', 'web')"),
    ),
    Index("ix_addresses_channel_value", "channel", "value"),
)

channel_wishes = Table(
    "channel_wishes",
    metadata,
    link("person_id", "people.id"),
    Column("channel", one_of(Channel), nullable=False),
    Column("is_wanted", Boolean, nullable=False),
    UniqueConstraint("person_id", "channel"),
)

# All that was said beside the channels, as one document: read with the person, changed as a whole.
preferences = Table(
    "preferences",
    metadata,
    Column("person_id", Key, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("said", Json, nullable=False),
    Column("before", Json, nullable=False),  # what stood before the last change, to take it back
)

# Who is to be told of what a body does; kept with the preferences that say it.
followings = Table(
    "followings",
    metadata,
    Column("topic", String(100), primary_key=True),
    Column(
        "person_id",
        Key,
        ForeignKey("people.id"),
        primary_key=True,
        autoincrement=False,
        index=True,
    ),
)
