"""What a conversation needs to know of a form: who may fill it in, and what is done with it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from domain.drafts import Draft
from domain.forms import Form
from handlers.turn import Outcome, Slots, Turn


def no_doubt(_turn: Turn, _slots: Slots) -> Outcome | None:
    return None


@dataclass(frozen=True, slots=True)
class Filling:
    """A form and its use.

    `check` raises Refused when somebody may not fill it in with these answers, as does `send`,
    which does what the form is for and returns what is said of it, or a whole answer. `known` are
    the answers that are known from the first sentence, or from who speaks. `doubt` asks what has to
    be settled before the form can be begun, or answers None.
    """

    form: Form
    check: Callable[[Turn, Mapping[str, str]], Awaitable[None]]
    send: Callable[[Turn, Draft], Awaitable[Outcome | str]]
    known: Callable[[Turn, Slots], Mapping[str, str]]
    doubt: Callable[[Turn, Slots], Outcome | None] = no_doubt
