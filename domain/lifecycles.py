"""Life cycles: which state may follow which, and the colours that states are shown in."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from domain.errors import Refused
from domain.phrasebook import Named

StateT = TypeVar("StateT", bound=StrEnum)


class Colour(StrEnum):
    """Shown beside an icon and a word, never alone: a text message has no colour."""

    GREY = "grey"
    LIGHTBLUE = "lightblue"
    YELLOW = "yellow"
    GREEN = "green"
    RED = "red"


def advanced(
    state: StateT, to: StateT, forward: Mapping[StateT, frozenset[StateT]], *, of: str
) -> StateT:
    """Return `to`, or raise Refused when it cannot follow `state`.

    `of` is whose states these are, as their phrases call it: `session`, `sitting`, `item`. A state
    that is already there may be reached again: saying a thing twice does no harm.
    """
    if to is not state and to not in forward[state]:
        raise Refused(
            f"council.{of}_cannot",
            state=Named(f"council.{of}_{state}"),
            to=Named(f"council.{of}_{to}"),
        )
    return to
