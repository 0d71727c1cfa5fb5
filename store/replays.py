"""Deliveries that came to a bad end, put in the outbox once more."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import ColumnElement, case, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.clock import Clock
from domain.deliveries import State
from domain.notices import NoticeClass
from domain.wishes import Preferences
from store.lists import among
from store.outbox import CHUNK, CHUNK_SIZE, URGENCIES, Ready, Urgency
from store.rows import AnyRow
from store.tables.outbox import deliveries, delivery_events, notices
from store.tables.people import addresses, channel_wishes, preferences

REPLAYED = "replayed"  # the code of the event
PAGE = 10_000


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which deliveries to send again: all that fit. `since`: queued then, or later."""

    states: frozenset[State]
    notice_id: int | None = None
    delivery_id: int | None = None
    channel: Channel | None = None
    since: datetime | None = None


class Replays:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self.ready: list[Ready] = []

    async def replay(self, chosen: Chosen) -> int:
        """Put deliveries in the outbox again, and return how many.

        Dead addresses, paused notices and whoever said no since are left out; what is too late is,
        unless EXPIRED is among the states. Repeating it finds nothing: what waits again is in none
        of the states.
        """
        count = after = 0
        while found := await self._found(chosen, after):
            after = found[-1].id
            wanted = sorted(await self._still_wanted(found), key=_kind)
            for (channel, urgency), rows in groupby(wanted, key=_kind):
                ids = [row.id for row in rows]
                for start in range(0, len(ids), CHUNK_SIZE):
                    await self._put(ids[start : start + CHUNK_SIZE], channel, urgency)
            count += len(wanted)
        return count

    async def _found(self, chosen: Chosen, after: int) -> Sequence[AnyRow]:
        query = (
            select(
                deliveries.c.id,
                deliveries.c.person_id,
                deliveries.c.channel,
                notices.c.notice_class,
            )
            .select_from(deliveries.outerjoin(notices, notices.c.id == deliveries.c.notice_id))
            .where(deliveries.c.id > after, *_conditions(chosen, self._clock.now()))
            .order_by(deliveries.c.id)
            .limit(PAGE)
            .with_for_update(of=deliveries, skip_locked=True)
        )
        return (await self._connection.execute(query)).all()

    async def _still_wanted(self, found: Sequence[AnyRow]) -> list[AnyRow]:
        """Leave out what only informs where its person has said STOP since."""
        ids = [row.person_id for row in found if row.notice_class is NoticeClass.INFORMATIONAL]
        said = await self._connection.execute(
            select(preferences.c.person_id, preferences.c.said).where(
                among(self._connection, preferences.c.person_id, [one for one in ids if one])
            )
        )
        wishes = {row.person_id: Preferences.from_json(row.said) for row in said}

        def is_stopped(row: AnyRow) -> bool:
            theirs = wishes.get(row.person_id)
            is_bound = row.notice_class is NoticeClass.INFORMATIONAL
            return is_bound and theirs is not None and theirs.has_stopped(row.channel)

        return [row for row in found if not is_stopped(row)]

    async def _put(self, ids: list[int], channel: Channel, urgency: Urgency) -> None:
        now = self._clock.now()
        made = await self._connection.execute(
            CHUNK, {"channel": channel, "urgency": urgency, "due_at": now}
        )
        chunk_id = int(made.scalar_one())
        # What a provider has told us it could not bring is a new matter to it; of anything else
        # it is asked first whether it has it after all (an attempt was made).
        was_told = (deliveries.c.state == State.FAILED) & deliveries.c.provider_ref.is_not(None)
        await self._connection.execute(
            update(deliveries)
            .where(among(self._connection, deliveries.c.id, ids))
            .values(
                state=State.QUEUED,
                chunk_id=chunk_id,
                due_at=now,
                code=None,
                attempts=case((was_told, 0), else_=1),
                provider_ref=None,
                expires_at=case(
                    (deliveries.c.expires_at <= now, None), else_=deliveries.c.expires_at
                ),
            )
        )
        await self._connection.execute(
            insert(delivery_events),
            [
                {"delivery_id": one, "state": State.QUEUED, "at": now, "code": REPLAYED}
                for one in ids
            ],
        )
        self.ready.append(Ready(chunk_id, channel, urgency, now))


def _kind(row: AnyRow) -> tuple[Channel, Urgency]:
    return row.channel, URGENCIES.get(row.notice_class, Urgency.REPLY)


def _conditions(chosen: Chosen, now: datetime) -> list[ColumnElement[bool]]:
    dead = select(addresses.c.id).where(
        addresses.c.channel == deliveries.c.channel,
        addresses.c.value == deliveries.c.address,
        addresses.c.quarantined_at.is_not(None),
    )
    declined = select(channel_wishes.c.person_id).where(
        channel_wishes.c.person_id == deliveries.c.person_id,
        channel_wishes.c.channel == deliveries.c.channel,
        channel_wishes.c.is_wanted.is_(False),
        notices.c.notice_class == NoticeClass.INFORMATIONAL,
    )
    conditions = [
        ~declined.exists(),
        deliveries.c.state.in_(_ended(chosen.states)),
        ~dead.exists(),
        notices.c.paused_at.is_(None),
    ]
    if State.EXPIRED not in chosen.states:
        conditions.append(or_(deliveries.c.expires_at.is_(None), deliveries.c.expires_at > now))
    wanted = {
        deliveries.c.notice_id: chosen.notice_id,
        deliveries.c.id: chosen.delivery_id,
        deliveries.c.channel: chosen.channel,
    }
    conditions += [column == value for column, value in wanted.items() if value is not None]
    if chosen.since is not None:
        conditions.append(deliveries.c.queued_at >= chosen.since)
    return conditions


def _ended(states: Collection[State]) -> list[State]:
    """Return those of some states from which a delivery may be sent again at all."""
    return sorted({State.FAILED, State.UNCERTAIN, State.EXPIRED} & set(states))
