"""What is understood but not done here yet: who helps with it meanwhile."""

from handlers import help
from handlers.turn import Outcome, Slots, Turn


async def press(turn: Turn, _slots: Slots) -> Outcome:
    return _pointed(turn, "beyond.press")


async def cabinet(turn: Turn, _slots: Slots) -> Outcome:
    return _pointed(turn, "beyond.cabinet")


async def rescheduling(turn: Turn, _slots: Slots) -> Outcome:
    return _pointed(turn, "beyond.rescheduling")


def _pointed(turn: Turn, key: str) -> Outcome:
    return turn.tell(turn.say(key), choices=help.menu(turn))
