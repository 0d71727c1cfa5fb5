"""The audit log's chain: each entry carries the hash of the one before."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """Who did what to what, by which channel. `facts` holds no address and no text of a person."""

    number: int
    at: datetime
    actor: str
    act: str
    subject: str
    facts: Mapping[str, Any]
    previous: str
    hash: str


def chained(
    *,
    number: int,
    at: datetime,
    actor: str,
    act: str,
    subject: str,
    facts: Mapping[str, Any],
    previous: str,
) -> Entry:
    """Return the entry that follows the one whose hash is `previous`."""
    content = json.dumps(
        [number, at.isoformat(), actor, act, subject, dict(facts), previous],
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    digest = hashlib.sha256(content.encode()).hexdigest()
    return Entry(number, at, actor, act, subject, facts, previous, digest)


def first_broken(entries: Iterable[Entry]) -> int | None:
    """Return the number of the first entry that was changed, or where one is missing; else None."""
    previous, expected = GENESIS, 1
    for entry in entries:
        rebuilt = chained(
            number=entry.number,
            at=entry.at,
            actor=entry.actor,
            act=entry.act,
            subject=entry.subject,
            facts=entry.facts,
            previous=previous,
        )
        if entry.number != expected or entry.previous != previous or entry.hash != rebuilt.hash:
            return expected
        previous, expected = entry.hash, expected + 1
    return None
