"""Deep links: what one opens in a private talk, and to which one a group is led."""

from collections.abc import Awaitable, Callable
from functools import partial

from actions.people.linking import is_a_code
from domain.messages import OPENS
from handlers import group, help, link
from handlers.routes import (
    ENTRANCES,
    IN_A_GROUP,
    INTENTS,
    PRESSES,
    PRESSES_IN_A_GROUP,
    START,
)
from handlers.turn import Outcome, Slots, Turn
from handlers.understanding import Intent

Act = Callable[[], Awaitable[Outcome]]

STARTING = "/start "  # what follows it came in a link


async def opened(turn: Turn, payload: str) -> Outcome:
    """Answer a deep link, however old; `payload` is what stands after `?start=`."""
    name, _, rest = payload.partition("_")
    if name not in START and is_a_code(payload):
        return await link.asked(turn, {"token": payload})
    try:
        parts = START[name].read(rest)
    except (KeyError, ValueError):
        return turn.tell(turn.say("start.old"), choices=help.menu(turn))
    if not turn.incoming.is_private:
        return await group.in_private(turn, payload)
    return await START[name].answer(turn, *parts)


def pressed(turn: Turn, name: str, rest: str) -> Act:
    """Return what a button does; in front of others, only what is everybody's.

    Raises KeyError or ValueError for a value that means nothing.
    """
    if f"{name}:" == OPENS:
        return partial(opened, turn, rest)
    press = PRESSES[name]
    if not turn.incoming.is_private:
        if name not in PRESSES_IN_A_GROUP:
            about = rest.partition(":")[0]
            return partial(group.in_private, turn, f"{name}_{about}" if name in START else "")
        press = PRESSES_IN_A_GROUP[name]
    return partial(press.answer, turn, *press.read(rest))


async def meant(turn: Turn, intent: Intent, slots: Slots) -> Outcome:
    """Answer what was meant; in front of others, only what is everybody's."""
    if turn.incoming.is_private:
        return await INTENTS[intent](turn, slots)
    if intent not in IN_A_GROUP:
        return await group.in_private(turn, ENTRANCES.get(intent, ""))
    return await IN_A_GROUP[intent](turn, slots)
