"""Tables of what people ask of the town hall: forms half filled in, and the requests they make."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from domain.addresses import Channel
from domain.requests import RequestKind, RequestState
from store.tables.kinds import Instant, Json, Key, key, link, metadata, one_of

drafts = Table(
    "drafts",
    metadata,
    key(),
    Column("form", String(32), nullable=False),
    # `person:12`, wherever they go on with it; or a place, for somebody we do not know.
    Column("holder", String(400), nullable=False),
    Column("answers", Json, nullable=False),  # text by field, in the order they were given
    Column("begun_at", Instant, nullable=False),
    Column("touched_at", Instant, nullable=False, index=True),
    Column("dropped_at", Instant),  # cancelled: kept a while, to be taken up again
    UniqueConstraint("holder", "form"),
)

requests = Table(
    "requests",
    metadata,
    key(),
    link("tenant_id", "tenants.id", index=True),
    # A book's numbers begin at 1 every year; together they are the reference people are given.
    Column("series", String(8), nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", one_of(RequestKind), nullable=False),
    link("person_id", "people.id", nullable=True, index=True),
    link("body_id", "bodies.id", nullable=True),
    Column("fields", Json, nullable=False),
    Column("state", one_of(RequestState), nullable=False),
    Column("at", Instant, nullable=False),
    Column("due_at", Instant),
    Column("channel", one_of(Channel), nullable=False),
    Column("address", String(320), nullable=False),
    Column("language", String(8), nullable=False),
    Column("assignee", String(200), nullable=False, server_default=""),
    Column("answer", Text, nullable=False, server_default=""),
    UniqueConstraint("series", "year", "number"),
    Index("ix_requests_channel_address_at", "channel", "address", "at"),
)

# Where written questions stand on an agenda (law 113-14, art. 46): on the last one they came to.
question_items = Table(
    "question_items",
    metadata,
    Column("request_id", Key, ForeignKey("requests.id"), primary_key=True, autoincrement=False),
    link("item_id", "agenda_items.id"),
    UniqueConstraint("item_id"),
)

# The files that a draft or a request holds; the bytes are in `contents`.
brought_files = Table(
    "brought_files",
    metadata,
    key(),
    Column("sha256", String(64), ForeignKey("contents.sha256"), nullable=False, index=True),
    link("draft_id", "drafts.id", nullable=True, index=True),
    link("request_id", "requests.id", nullable=True, index=True),
)
