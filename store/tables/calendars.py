"""The table of links by which people's own calendars are read."""

from sqlalchemy import Column, ForeignKey, String, Table

from store.tables.kinds import Instant, Key, metadata

# Only the hash of what a link holds is kept: whoever reads the table can read no calendar.
calendar_links = Table(
    "calendar_links",
    metadata,
    Column("person_id", Key, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("made_at", Instant, nullable=False),
)
