"""Replaying: what failed is sent again, because somebody has mended what was wrong."""

from actions.records.noting import note
from domain.actors import Actor
from domain.deliveries import State
from domain.errors import Refused
from domain.rights import Act, require
from store.replays import Chosen
from store.unit import Unit

# What a person may choose. What was accepted is never among it.
REPLAYABLE = frozenset({State.FAILED, State.UNCERTAIN, State.EXPIRED})


async def replay(unit: Unit, chosen: Chosen, *, actor: Actor) -> int:
    """Queue deliveries again that did not arrive, and return how many; repeating it adds none.

    Raises Refused when what was chosen is everything, or a state that is no bad end.
    """
    require(actor, Act.STEER)
    if chosen.notice_id is None and chosen.delivery_id is None and chosen.channel is None:
        raise Refused("steering.nothing_chosen")
    if not chosen.states or chosen.states - REPLAYABLE:
        raise Refused("steering.not_replayable")
    count = await unit.replays.replay(chosen)
    if count:
        await note(
            unit, actor, "replay", _subject(chosen), deliveries=count, states=sorted(chosen.states)
        )
    return count


def _subject(chosen: Chosen) -> str:
    if chosen.delivery_id is not None:
        return f"delivery:{chosen.delivery_id}"
    if chosen.notice_id is not None:
        return f"notice:{chosen.notice_id}"
    return f"channel:{chosen.channel}"
