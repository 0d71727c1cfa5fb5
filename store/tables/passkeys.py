"""Tables of passkeys: the keys people sign in with, and what browsers were asked to sign."""

from sqlalchemy import BigInteger, Column, LargeBinary, String, Table

from store.tables.kinds import Instant, key, link, metadata

passkeys = Table(
    "passkeys",
    metadata,
    key(),
    link("person_id", "people.id", index=True),
    Column("credential", String(1400), nullable=False, unique=True),  # 1023 bytes in base64url
    Column("public_key", LargeBinary, nullable=False),
    Column("uses", BigInteger, nullable=False),  # as its device counts them; 0 where it does not
    Column("name", String(100), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("used_at", Instant),
)

# Each is signed once, soon, in the browser that asked for it.
challenges = Table(
    "challenges",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("browser", String(100), nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
)
