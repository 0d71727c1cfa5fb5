"""Who sits where in the invented commune: the council, its bureau, districts and commissions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.demonstration.bodies import (
    BUREAU,
    COMMISSION_SEATS,
    COMMISSIONS,
    COUNCIL,
    DISTRICTS,
    VICE_PRESIDENTS,
    District,
)
from domain.bodies import Role
from domain.register import Seat

# Law 113-14, arts 221 and 223: a fifth of the members at most, at least three; a secretary, a
# deputy.
FIFTH = 5


@dataclass(frozen=True, slots=True)
class Place:
    """What one elected person holds; `is_councillor`: in the commune's council too."""

    seats: tuple[Seat, ...]
    is_councillor: bool


def places() -> list[Place]:
    """Return the seats of all 441, councillors first."""
    councillors = [
        (district, index)
        for index in range(max(one.seats for one in DISTRICTS))
        for district in DISTRICTS
        if index < district.seats
    ]
    found = [
        Place((*_in_council(rank), _in_district(district, index), *commission), is_councillor=True)
        for (rank, (district, index)), commission in zip(
            enumerate(councillors), _commissions(), strict=False
        )
    ]
    found += [
        Place((_in_district(district, district.seats + index),), is_councillor=False)
        for district in DISTRICTS
        for index in range(district.own_seats)
    ]
    return found


def _in_council(rank: int) -> Sequence[Seat]:
    """Return a councillor's seats in the council and its bureau (arts 11, 17, 22)."""
    if rank == 0:
        return (COUNCIL.key, Role.PRESIDENT), (BUREAU.key, Role.PRESIDENT)
    if rank <= VICE_PRESIDENTS:
        return (COUNCIL.key, Role.VICE_PRESIDENT), (BUREAU.key, Role.VICE_PRESIDENT)
    roles = {VICE_PRESIDENTS + 1: Role.SECRETARY, VICE_PRESIDENTS + 2: Role.DEPUTY_SECRETARY}
    return ((COUNCIL.key, roles.get(rank, Role.MEMBER)),)


def _in_district(district: District, index: int) -> Seat:
    """Return the seat of the member with this index; the second communal councillor presides.

    The first of each district may be in the council's bureau, and nobody leads both.
    """
    deputies = (district.seats + district.own_seats) // FIFTH
    first = district.seats
    if index == 1:
        return district.key, Role.PRESIDENT
    if first <= index < first + deputies:
        return district.key, Role.VICE_PRESIDENT
    roles = {first + deputies: Role.SECRETARY, first + deputies + 1: Role.DEPUTY_SECRETARY}
    return district.key, roles.get(index, Role.MEMBER)


def _commissions() -> Iterator[Sequence[Seat]]:
    """Return each councillor's commission: one at most, none for the bureau (arts 25, 26)."""
    roles = {0: Role.COMMISSION_CHAIR, 1: Role.COMMISSION_VICE_CHAIR}
    for _ in range(1 + VICE_PRESIDENTS):
        yield ()
    for index in range(COMMISSION_SEATS):
        for commission in COMMISSIONS:
            yield ((commission.key, roles.get(index, Role.MEMBER)),)
    while True:
        yield ()
