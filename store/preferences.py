"""What people have asked for: kept whole, with what stood before; and what STOP takes back."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.deliveries import State
from domain.notices import NoticeClass
from domain.topics import EVERYTHING
from domain.wishes import NOTHING_SAID, Preferences, Wish
from store.tables.outbox import chunks, deliveries, notices
from store.tables.people import channel_wishes, followings, people, preferences
from store.upserts import insert_for


@dataclass(frozen=True, slots=True)
class Kept:
    """Somebody's preferences, which change it was, and what stood before that."""

    now: Preferences
    version: int = 0
    before: Preferences = NOTHING_SAID


class PreferenceRecords:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, person_id: int, *, to_change: bool = False) -> Kept:
        """Return a person's preferences; `to_change` keeps others from changing them meanwhile."""
        if to_change:
            one = select(people.c.id).where(people.c.id == person_id).with_for_update()
            await self._connection.execute(one)
        found = await self._connection.execute(
            select(preferences).where(preferences.c.person_id == person_id)
        )
        row = found.one_or_none()
        wished = await self._connection.execute(
            select(channel_wishes).where(channel_wishes.c.person_id == person_id)
        )
        channels = {one.channel: one.is_wanted for one in wished}
        if row is None:
            return Kept(with_channels(None, channels))
        now = with_channels(row.said, channels)
        return Kept(now, row.version, Preferences.from_json(row.before))

    async def keep(self, person_id: int, changed: Preferences, *, earlier: Kept) -> int:
        """Keep changed preferences in place of the earlier, and return the change's number."""
        version = earlier.version + 1
        statement = insert_for(self._connection, preferences).values(
            person_id=person_id,
            version=version,
            said=_without_channels(changed).to_json(),
            before=earlier.now.to_json(),
        )
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["person_id"],
                set_={name: statement.excluded[name] for name in ("version", "said", "before")},
            )
        )
        await self._keep_channels(person_id, changed)
        await self._keep_followed(person_id, changed)
        return version

    async def withdraw(self, person_id: int, channel: Channel | None) -> int:
        """Keep back what informs and has not left, on a channel or on all; say how many.

        What a dispatcher holds may be on its way: it is left alone.
        """
        informing = select(notices.c.id).where(notices.c.notice_class == NoticeClass.INFORMATIONAL)
        theirs: list[ColumnElement[bool]] = [
            deliveries.c.person_id == person_id,
            deliveries.c.state.in_((State.QUEUED, State.GATHERED)),
            or_(deliveries.c.notice_id.in_(informing), deliveries.c.reason == "summary"),
        ]
        if channel:
            theirs.append(deliveries.c.channel == channel)
        held = select(chunks.c.id).where(chunks.c.leased_until.is_not(None))
        gone = await self._connection.execute(
            update(deliveries)
            .where(*theirs)
            .where(or_(deliveries.c.chunk_id.is_(None), deliveries.c.chunk_id.not_in(held)))
            .values(state=State.CANCELLED, code="opted_out")
        )
        return gone.rowcount

    async def _keep_channels(self, person_id: int, changed: Preferences) -> None:
        await self._connection.execute(
            delete(channel_wishes).where(channel_wishes.c.person_id == person_id)
        )
        rows = [
            {"person_id": person_id, "channel": channel, "is_wanted": wish.is_wanted}
            for (topic, channel), wish in changed.wishes.items()
            if topic == EVERYTHING and channel and wish.is_wanted is not None
        ]
        if rows:
            await self._connection.execute(insert(channel_wishes), rows)

    async def _keep_followed(self, person_id: int, changed: Preferences) -> None:
        await self._connection.execute(
            delete(followings).where(followings.c.person_id == person_id)
        )
        rows = [{"topic": topic, "person_id": person_id} for topic in changed.followed]
        if rows:
            await self._connection.execute(insert(followings), rows)


def with_channels(said: Any, channels: dict[Channel, bool]) -> Preferences:
    """Return preferences from their document (or None) and the channels chosen."""
    whole = Preferences.from_json(said) if said else NOTHING_SAID
    if not channels:
        return whole
    wishes = dict(whole.wishes)
    for channel, is_wanted in channels.items():
        scope = (EVERYTHING, channel)
        wishes[scope] = Wish(is_wanted, whole.wish(*scope).rhythm)
    return replace(whole, wishes=wishes)


def _without_channels(whole: Preferences) -> Preferences:
    """Return preferences without the channels chosen, which have a table of their own."""
    chosen = [channel for topic, channel in whole.wishes if topic == EVERYTHING and channel]
    for channel in chosen:
        whole = whole.wanting(EVERYTHING, channel, is_wanted=None)
    return whole
