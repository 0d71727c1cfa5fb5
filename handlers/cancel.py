"""Never mind: whatever was open is closed, and nothing was changed."""

from handlers.turn import Outcome, Slots, Turn


async def asked(turn: Turn, _slots: Slots) -> Outcome:
    return await pressed(turn)


async def pressed(turn: Turn) -> Outcome:
    return turn.settle(turn.say("common.cancelled"))
