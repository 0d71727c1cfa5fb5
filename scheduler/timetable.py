"""What runs when: a table. Every line may run twice, late, or in many processes at once."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from domain.drafts import DRAFTS_KEPT, DROPPED_FOR
from scheduler.digests import Digests
from scheduler.dispatcher import Dispatcher
from scheduler.escalation import Escalation
from scheduler.fan_out import FanOut
from scheduler.measures import Measures
from scheduler.sessions import chores
from scheduler.stalled import give_back
from store.connecting import Store
from store.unit import Unit

Remind = Callable[[Unit, datetime], Awaitable[int]]
"""Does what has fallen due, such as publishing the notices of reminders, and says how much."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody's work comes to at a time: how often it is looked for, and who does it."""

    name: str
    every: timedelta
    act: Remind


FAN_OUT = "fan_out"  # the line that is brought forward when a notice is published


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    every: timedelta
    what: Callable[[], Awaitable[object]]


def timetable(
    store: Store,
    *,
    fan_out: FanOut,
    dispatcher: Dispatcher,
    digests: Digests,
    escalation: Escalation,
    remind: Remind,
    measures: Measures,
    deeds: Sequence[Deed] = (),
    drafts_kept: timedelta = DRAFTS_KEPT,
) -> tuple[Line, ...]:
    """Return what the clock does. `drafts_kept`: how long a form may be left half filled in."""

    async def reminders() -> int:
        async with store.unit() as unit:
            return await remind(unit, unit.clock.now())

    async def stalled_leases() -> None:
        dispatcher.nudge(await give_back(store, measures))

    async def stalled_jobs() -> int:
        return await store.shared.jobs.retry_stalled() if store.shared else 0

    return (
        Line("reminders", timedelta(seconds=0.5), reminders),
        Line(FAN_OUT, timedelta(seconds=1), fan_out.expand_all),
        Line("escalation", timedelta(seconds=1), escalation.climb_all),
        Line("digests", timedelta(seconds=1), digests.make_all),
        Line("stalled_leases", timedelta(seconds=5), stalled_leases),
        Line("stalled_jobs", timedelta(seconds=30), stalled_jobs),
        *(Line(*chore) for chore in chores(store)),
        *(Line(deed.name, deed.every, partial(_done, store, deed)) for deed in deeds),
        *_forgetting(store, drafts_kept),
    )


async def _done(store: Store, deed: Deed) -> int:
    async with store.unit() as unit:
        return await deed.act(unit, unit.clock.now())


def _forgetting(store: Store, drafts_kept: timedelta) -> tuple[Line, ...]:
    """Return what drops what nobody will ask for any more."""

    async def old_updates() -> int:
        async with store.unit() as unit:
            return await unit.updates.forget_old()

    async def old_permits() -> int:
        async with store.unit() as unit:
            return await unit.permits.forget_old()

    async def old_drafts() -> int:
        async with store.unit() as unit:
            now = unit.clock.now()
            return await unit.drafts.forget(
                untouched_since=now - drafts_kept, dropped_before=now - DROPPED_FOR
            )

    async def old_copies() -> int:
        async with store.unit() as unit:
            return await unit.matters.forget_old()

    async def old_chats() -> int:
        async with store.unit() as unit:
            return await unit.chats.forget_old()

    return (
        Line("old_chats", timedelta(hours=1), old_chats),
        Line("old_updates", timedelta(hours=1), old_updates),
        Line("old_permits", timedelta(hours=1), old_permits),
        Line("old_drafts", timedelta(hours=1), old_drafts),
        Line("old_copies", timedelta(hours=1), old_copies),
    )
