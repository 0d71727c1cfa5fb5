"""A trial: everything runs, and only some are really told: people on a list, or the team."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.routes import Reason, Route, Verdict

PERSON = re.compile(r"person:([1-9][0-9]*)")


class Reach(StrEnum):
    """How far a notice really goes; for all others it is simulated."""

    EVERYONE = "everyone"
    TEAM = "team"  # the commune's staff
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Trial:
    """Who is told in earnest: addresses as they are written to, and people by their ids."""

    addresses: frozenset[str] = frozenset()
    person_ids: frozenset[int] = frozenset()

    def lets_through(self, address: str, person_id: int | None) -> bool:
        return person_id in self.person_ids or address.lower() in self.addresses


def trial(allowed: str) -> Trial:
    """Read addresses and `person:ID`, with commas or blanks between."""
    words = re.split(r"[,\s]+", allowed.strip())
    people = {int(found[1]) for word in words if (found := PERSON.fullmatch(word))}
    addresses = {word.lower() for word in words if word and not PERSON.fullmatch(word)}
    return Trial(frozenset(addresses), frozenset(people))


def within_reach(routes: Iterable[Route], reach: Reach, team: Collection[int]) -> Iterator[Route]:
    """Yield what becomes of routes when a notice only goes so far; `team` are the staff's ids."""
    if reach is Reach.EVERYONE:
        yield from routes
        return
    for route in routes:
        is_told = reach is Reach.TEAM and route.address.person_id in team
        if is_told or route.verdict is Verdict.SUPPRESSED:
            yield route
        else:
            yield replace(route, verdict=Verdict.SUPPRESSED, reason=Reason.TRIAL, due_at=None)
