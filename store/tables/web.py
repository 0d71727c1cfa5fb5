"""Tables of who comes by HTTP: signed in, by which links, chatting, or a system with a token."""

from sqlalchemy import Column, PrimaryKeyConstraint, String, Table

from domain.tokens import TokenKind
from store.tables.kinds import Instant, Json, key, link, metadata, one_of

# Only the hash of what a browser brings is kept: whoever reads the table can be nobody.
web_sessions = Table(
    "web_sessions",
    metadata,
    key(),
    Column("sha256", String(64), nullable=False, unique=True),
    link("person_id", "people.id", index=True),
    Column("device", String(100), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("proved_anew_at", Instant),
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

# Other systems, each by the hash of its token.
tokens = Table(
    "tokens",
    metadata,
    key(),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("kind", one_of(TokenKind), nullable=False),
    Column("scopes", Json, nullable=False),  # a list
    link("owner_id", "people.id", index=True),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("revoked_at", Instant),
)

# What was asked for under a key of the asker's own, so that asking again changes nothing.
token_requests = Table(
    "token_requests",
    metadata,
    link("token_id", "tokens.id"),
    Column("key", String(64), nullable=False),
    Column("sha256", String(64), nullable=False),  # of what was asked for
    link("notice_id", "notices.id", nullable=True),
    Column("made_at", Instant, nullable=False, index=True),
    PrimaryKeyConstraint("token_id", "key"),
)
