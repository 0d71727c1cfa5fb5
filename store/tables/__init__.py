"""Every table, by subject; importing this room knows them all."""

from store.tables import (
    approvals,
    council,
    letters,
    matches,
    matters,
    outbox,
    pace,
    people,
    petitions,
    places,
    records,
    requests,
    slack,
    steering,
    subscriptions,
    talk,
)
from store.tables.kinds import metadata

__all__ = [
    "approvals",
    "council",
    "letters",
    "matches",
    "matters",
    "metadata",
    "outbox",
    "pace",
    "people",
    "petitions",
    "places",
    "records",
    "requests",
    "slack",
    "steering",
    "subscriptions",
    "talk",
]
