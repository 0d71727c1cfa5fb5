"""Tables of the machines that asked to be told: people's browsers, and other systems."""

from sqlalchemy import Column, Integer, LargeBinary, String, Table, Text, UniqueConstraint
from sqlalchemy.sql import text

from domain.webhooks import WebhookState
from store.tables.kinds import Instant, Json, key, link, metadata, one_of

push_subscriptions = Table(
    "push_subscriptions",
    metadata,
    Column("name", String(32), primary_key=True),  # the address in the records
    Column("endpoint", Text, nullable=False),
    Column("p256dh", LargeBinary, nullable=False),
    Column("auth", LargeBinary, nullable=False),
    Column("added_at", Instant, nullable=False),
)

webhooks = Table(
    "webhooks",
    metadata,
    key(),
    link("tenant_id", "tenants.id", index=True),
    Column("name", String(64), nullable=False),
    Column("url", Text, nullable=False),
    Column("secret", String(100), nullable=False),
    Column("secret_before", String(100)),  # signs as well, until
    Column("secret_before_until", Instant),
    Column("kinds", Json, nullable=False),  # a list; empty for all
    Column("bodies", Json, nullable=False),  # keys; empty for all
    Column("state", one_of(WebhookState), nullable=False),
    Column("failures", Integer, nullable=False, server_default=text("0")),
    Column("failing_since", Instant),
    Column("code", String(100)),
    Column("added_at", Instant, nullable=False),
    UniqueConstraint("name"),
)
