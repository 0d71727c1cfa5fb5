"""Everything that is due now, worked to the end: for rehearsals and tests, on a clock by hand."""

from scheduler.dispatcher import Dispatcher
from scheduler.fan_out import FanOut
from scheduler.measures import Measures
from scheduler.stalled import give_back
from scheduler.timetable import Remind
from store.connecting import Store


async def drain(
    store: Store,
    *,
    fan_out: FanOut,
    dispatcher: Dispatcher,
    remind: Remind | None = None,
    measures: Measures | None = None,
) -> None:
    """Remind, expand and send what is due at this instant; what is due later stays for later."""
    if remind:
        async with store.unit() as unit:
            await remind(unit, unit.clock.now())
    await give_back(store, measures or Measures())
    await fan_out.expand_all()
    await dispatcher.drain()
