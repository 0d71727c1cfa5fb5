"""Every table, by subject; importing this room knows them all."""

from store.tables import (
    council,
    letters,
    outbox,
    pace,
    people,
    places,
    records,
    slack,
    steering,
    subscriptions,
    talk,
)
from store.tables.kinds import metadata

__all__ = [
    "council",
    "letters",
    "metadata",
    "outbox",
    "pace",
    "people",
    "places",
    "records",
    "slack",
    "steering",
    "subscriptions",
    "talk",
]
