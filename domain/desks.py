"""The desk: who works there, and whether an act is theirs in any body at all."""

from domain.bodies import STAFF
from domain.people import Person
from domain.rights import BUREAU, RIGHTS, Act

AT_DESK = STAFF | BUREAU


def works_there(person: Person | None) -> bool:
    """Say whether somebody has a desk: the commune's staff, and whoever presides a body."""
    return person is not None and any(held.role in AT_DESK for held in person.memberships)


def may_somewhere(person: Person | None, *acts: Act) -> bool:
    """Say whether one of these acts is theirs in some body; in which, `rights.may` says."""
    roles = frozenset().union(*(RIGHTS[act].here | RIGHTS[act].below for act in acts))
    return person is not None and any(held.role in roles for held in person.memberships)
