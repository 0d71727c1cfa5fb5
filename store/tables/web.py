"""Tables of the pages: who is signed in on which device, by which links, and who chats."""

from sqlalchemy import Column, String, Table

from store.tables.kinds import Instant, key, link, metadata

# Only the hash of what a browser brings is kept: whoever reads the table can be nobody.
web_sessions = Table(
    "web_sessions",
    metadata,
    key(),
    Column("sha256", String(64), nullable=False, unique=True),
    link("person_id", "people.id", index=True),
    Column("device", String(100), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
)

sign_in_links = Table(
    "sign_in_links",
    metadata,
    Column("sha256", String(64), primary_key=True),
    link("person_id", "people.id", index=True),
    Column("expires_at", Instant, nullable=False, index=True),
)

# Whoever chats without being anybody yet; the hash of their secret is the address of their chat.
chat_sessions = Table(
    "chat_sessions",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("expires_at", Instant, nullable=False, index=True),
)
