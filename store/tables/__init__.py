"""Every table, by subject; importing this room knows them all."""

from store.tables import council, outbox, pace, people, records, subscriptions, talk
from store.tables.kinds import metadata

__all__ = ["council", "metadata", "outbox", "pace", "people", "records", "subscriptions", "talk"]
