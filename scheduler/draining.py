"""Everything that is due now, worked to the end: for rehearsals and tests, on a clock by hand."""

from collections.abc import Sequence

from scheduler.digests import Digests
from scheduler.dispatcher import Dispatcher
from scheduler.escalation import Escalation
from scheduler.fan_out import FanOut
from scheduler.measures import Measures
from scheduler.stalled import give_back
from scheduler.timetable import Deed, Remind
from store.connecting import Store


async def drain(
    store: Store,
    *,
    fan_out: FanOut,
    dispatcher: Dispatcher,
    remind: Remind | None = None,
    deeds: Sequence[Deed] = (),
    digests: Digests | None = None,
    escalation: Escalation | None = None,
    measures: Measures | None = None,
) -> None:
    """Do all that is due at this instant: remind, expand, escalate, gather into digests, send.

    What is due later stays for later.
    """
    for act in (*([remind] if remind else []), *(deed.act for deed in deeds)):
        async with store.unit() as unit:
            await act(unit, unit.clock.now())
    await give_back(store, measures or Measures())
    await fan_out.expand_all()
    if escalation:
        await escalation.climb_all()
    if digests:
        await digests.make_all()
    await dispatcher.drain()
