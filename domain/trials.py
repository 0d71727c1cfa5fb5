"""A trial: everything runs, and only people on a list are really told."""

import re
from dataclasses import dataclass

PERSON = re.compile(r"person:([1-9][0-9]*)")


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
