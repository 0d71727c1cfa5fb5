"""The table of what people did with the letters in their mailbox here."""

from sqlalchemy import Column, ForeignKey, Table

from store.tables.kinds import Instant, Key, metadata

letter_marks = Table(
    "letter_marks",
    metadata,
    Column("delivery_id", Key, ForeignKey("deliveries.id"), primary_key=True, autoincrement=False),
    Column("seen_at", Instant),  # its title was shown
    Column("read_at", Instant),  # taken away when it is to be read again
    Column("archived_at", Instant),
    Column("snoozed_until", Instant),
)
