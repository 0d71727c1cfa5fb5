"""Overseeing: what was sent and what became of it, for those who may read the records."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from actions.meetings import tenant, today
from actions.notices.estimating import Providers, estimate_everything, estimate_notice
from actions.notices.explaining import Explanation, why
from actions.records.recounting import subject_of
from domain.actors import Actor
from domain.addresses import Channel, masked
from domain.audit import Entry
from domain.deliveries import FATES, UNFINISHED, Fate, State
from domain.errors import Refused
from domain.estimates import Estimate
from domain.notices import Notice, NoticeState
from domain.people import Person
from domain.preferences import Reason
from domain.rights import Act, require
from domain.steering import Hold
from store.overview import Moment, Sent, Tally
from store.unit import Unit

Counts = Mapping[Fate, int]


@dataclass(frozen=True, slots=True)
class Campaign:
    """A notice, and how many deliveries of it came to what."""

    notice: Notice
    counts: Counts
    is_paused: bool

    @property
    def is_done(self) -> bool:
        """Whether everyone's part is stored and nothing waits to leave."""
        return self.notice.state is NoticeState.EXPANDED and not self.counts.get(Fate.WAITING)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one notice has come. `holds` are of the channels it goes by.

    `people` are counted by the best that became of it for each; `unreached`, whom nothing reached,
    by each way that was not theirs, and why.
    """

    notice: Notice
    tally: Sequence[Tally]
    people: Counts
    unreached: Mapping[tuple[Channel, Reason], int]
    estimates: Sequence[Estimate]
    holds: Sequence[Hold]
    is_paused: bool
    at: datetime

    @property
    def counts(self) -> Counts:
        return _counted((one.state, one.count) for one in self.tally)

    @property
    def is_done(self) -> bool:
        """Whether everyone's part is stored and nothing waits to leave."""
        is_waiting = any(one.state in UNFINISHED for one in self.tally)
        return self.notice.state is NoticeState.EXPANDED and not is_waiting


@dataclass(frozen=True, slots=True)
class Story:
    """What one person was told of a notice, every way considered, and all that happened."""

    person: Person
    told: Explanation
    moments: Sequence[Moment]


@dataclass(frozen=True, slots=True)
class Line:
    """A channel as it stands. `last_at`: when something last left on it, lately."""

    channel: Channel
    is_carried: bool
    holds: Sequence[Hold]
    waiting: int
    last_at: datetime | None
    estimate: Estimate | None


async def campaigns(
    unit: Unit,
    actor: Actor,
    *,
    before: int | None = None,
    most: int = 20,
    is_personal: bool | None = None,
) -> list[Campaign]:
    """Return notices, the newest first; `before` an id, to read on.

    `is_personal`: only those for one person, or only those for more.
    """
    require(actor, Act.READ_RECORDS)
    notices = await unit.notices.recent(most=most, before=before, is_personal=is_personal)
    counted = await unit.overview.states([notice.id for notice in notices])
    paused = await unit.steering.paused_notices()
    return [
        Campaign(notice, _counted(counted[notice.id].items()), notice.id in paused)
        for notice in notices
    ]


async def progress(unit: Unit, actor: Actor, providers: Providers, notice_id: int) -> Progress:
    """Return how far a notice has come; raises Refused when there is none."""
    require(actor, Act.READ_RECORDS)
    notice = await known(unit, notice_id)
    tally = await unit.overview.tally(notice_id)
    channels = {one.channel for one in tally}
    return Progress(
        notice,
        tally,
        await unit.overview.people(notice_id),
        await unit.overview.unreached(notice_id),
        await estimate_notice(unit, providers, notice),
        [hold for hold in await unit.steering.holds() if hold.channel in channels],
        notice_id in await unit.steering.paused_notices(),
        unit.clock.now(),
    )


async def deliveries(
    unit: Unit,
    actor: Actor,
    *,
    notice_id: int | None = None,
    person_id: int | None = None,
    state: State | None = None,
    channel: Channel | None = None,
    before: int | None = None,
    most: int = 50,
    is_masked: bool = True,
) -> list[Sent]:
    """Return the newest deliveries that fit everything asked for; whole addresses are a right."""
    require(actor, Act.READ_RECORDS)
    if not is_masked:
        require(actor, Act.READ_ADDRESSES)
    found = await unit.overview.deliveries(
        notice_id=notice_id,
        person_id=person_id,
        state=state,
        channel=channel,
        before=before,
        most=most,
    )
    if not is_masked:
        return found
    return [replace(one, address=masked(one.channel, one.address)) for one in found]


async def story(unit: Unit, actor: Actor, notice_id: int, person_id: int, *, spoken: str) -> Story:
    """Return what became of a notice for one person; raises Refused when they were not told."""
    require(actor, Act.READ_RECORDS)
    person = await unit.people.by_id(person_id, on=today(unit.clock, await tenant(unit)))
    if person is None:
        raise Refused("announcement.not_told")
    told = await why(unit, person_id, notice_id, spoken=spoken)
    return Story(person, told, await unit.overview.moments(notice_id, person_id))


async def channels(unit: Unit, actor: Actor, providers: Providers) -> list[Line]:
    """Return how every channel stands that is carried here, held back, or waited for."""
    require(actor, Act.READ_RECORDS)
    holds = await unit.steering.holds()
    waiting = await unit.overview.waiting()
    left = await unit.backlog.left_at()
    ends = {one.load.channel: one for one in await estimate_everything(unit, providers)}
    named = {*providers, *waiting, *(hold.channel for hold in holds)}
    return [
        Line(
            channel,
            channel in providers,
            [hold for hold in holds if hold.channel is channel],
            waiting.get(channel, 0),
            max(left.get(channel, ()), default=None),
            ends.get(channel),
        )
        for channel in sorted(named)
    ]


async def entries(
    unit: Unit,
    actor: Actor,
    *,
    said: str = "",
    before: int | None = None,
    most: int = 50,
) -> list[Entry]:
    """Return entries of the audit log, the newest first.

    `said`: only those of an act, a thing by its reference, or somebody by their whole name.
    """
    require(actor, Act.READ_RECORDS)
    wanted = await _named(unit, said.strip()) if said.strip() else ""
    return await unit.audit.newest(said=wanted, before=before, most=most)


async def chain(unit: Unit, actor: Actor, *, after: int = 0, most: int = 1000) -> list[Entry]:
    """Return entries of the audit log in the order in which they were written, to follow it."""
    require(actor, Act.READ_RECORDS)
    return await unit.audit.entries(after=after, most=most)


async def known(unit: Unit, notice_id: int) -> Notice:
    """Return a notice, or raise Refused when there is none."""
    notice = await unit.notices.by_id(notice_id)
    if notice is None:
        raise Refused("steering.no_notice", notice=notice_id)
    return notice


async def _named(unit: Unit, said: str) -> str:
    """Return what the audit log calls a person, or a thing; else what was said."""
    if found := await unit.people.named(said):
        return f"person:{found[0]}"
    try:
        return await subject_of(unit, said)
    except Refused:
        return said


def _counted(states: Iterable[tuple[State, int]]) -> Counts:
    counts: dict[Fate, int] = {}
    for state, count in states:
        counts[FATES[state]] = counts.get(FATES[state], 0) + count
    return counts
