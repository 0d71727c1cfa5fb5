"""Votes: what a count of voices comes to, by the majority an item needs."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.errors import Refused


class Voice(StrEnum):
    FOR = "for"
    AGAINST = "against"
    ABSTAINED = "abstained"


class Majority(StrEnum):
    """What is wanted (law 113-14, art. 43)."""

    CAST = "cast"  # more than half of the votes cast
    # More than half of the members in office: action plan, development companies, ways to run
    # public services, partnerships, contracts on shared or transferred powers; in a second sitting
    # on the same item the votes cast decide.
    IN_OFFICE = "in_office"


class Result(StrEnum):
    ADOPTED = "adopted"
    REJECTED = "rejected"
    TO_BE_REPEATED = "to_be_repeated"  # more for than against, and not enough of those in office


@dataclass(frozen=True, slots=True)
class Count:
    """How many were for, against, and abstained. Who abstains casts no vote."""

    in_favour: int
    against: int
    abstained: int = 0

    @property
    def present(self) -> int:
        return self.in_favour + self.against + self.abstained

    @property
    def is_unanimous(self) -> bool:
        return self.in_favour > 0 and not self.against and not self.abstained


def result(
    count: Count,
    *,
    majority: Majority = Majority.CAST,
    in_office: int,
    president: Voice | None = None,
    is_second_sitting: bool = False,
) -> Result:
    """Return what a vote comes to (law 113-14, art. 43).

    A tie goes to the side of the `president`, who has voted for or against. Raises Refused when
    nobody voted, when more voted than are in office, or when a tie has no president to break it.
    """
    _refuse_impossible(count, in_office)
    if not _is_carried(count, president):
        return Result.REJECTED
    is_enough = count.in_favour * 2 > in_office or is_second_sitting
    if majority is Majority.IN_OFFICE and not is_enough:
        return Result.TO_BE_REPEATED
    return Result.ADOPTED


def _is_carried(count: Count, president: Voice | None) -> bool:
    """Say whether more were for than against, the president's side counting in a tie."""
    if count.in_favour != count.against:
        return count.in_favour > count.against
    if president not in {Voice.FOR, Voice.AGAINST}:
        raise Refused("vote.tie")
    return president is Voice.FOR


def _refuse_impossible(count: Count, in_office: int) -> None:
    if min(count.in_favour, count.against, count.abstained) < 0 or not (
        count.in_favour or count.against
    ):
        raise Refused("vote.nobody")
    if count.present > in_office:
        raise Refused("vote.too_many", present=count.present, in_office=in_office)


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote that was held on an item: its count, or who said what where it was by name.

    `named` are voices by person; an item voted on twice has two, the later with the higher number.
    """

    item_id: int
    number: int
    on: date
    count: Count
    in_office: int
    majority: Majority
    result: Result
    president: Voice | None = None
    named: Mapping[int, Voice] = field(default_factory=dict)


def counted(named: Mapping[int, Voice]) -> Count:
    """Return the count of voices given by name."""
    voices = Counter(named.values())
    return Count(voices[Voice.FOR], voices[Voice.AGAINST], voices[Voice.ABSTAINED])
