"""Letters: what lies in a person's mailbox here, and what was offered with the last notice."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.clock import Clock
from domain.deliveries import REACHED, State, origins
from domain.messages import Choice, Message
from store.rows import AnyRow
from store.tables.outbox import deliveries, delivery_events, notices


@dataclass(frozen=True, slots=True)
class Letter:
    """One message in a mailbox; `id` is its delivery's."""

    id: int
    message: Message
    state: State
    at: datetime


LETTER = (
    select(
        deliveries.c.id,
        deliveries.c.language,
        deliveries.c.message,
        deliveries.c.state,
        deliveries.c.queued_at,
        notices.c.content,
    )
    .select_from(deliveries.outerjoin(notices, notices.c.id == deliveries.c.notice_id))
    .where(deliveries.c.state.in_(REACHED))
    .order_by(deliveries.c.id.desc())
)
IN_A_MAILBOX = deliveries.c.channel == Channel.INBOX


class Letters:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def of_person(self, person_id: int, *, offset: int = 0, most: int) -> list[Letter]:
        """Return a person's letters, newest first."""
        found = await self._connection.execute(
            LETTER.where(deliveries.c.person_id == person_id, IN_A_MAILBOX)
            .offset(offset)
            .limit(most)
        )
        return [_letter(row) for row in found]

    async def by_id(self, letter_id: int, *, person_id: int) -> Letter | None:
        """Return a letter, if it is this person's."""
        found = await self._connection.execute(
            LETTER.where(deliveries.c.person_id == person_id, IN_A_MAILBOX).where(
                deliveries.c.id == letter_id
            )
        )
        row = found.one_or_none()
        return _letter(row) if row else None

    async def open(self, letter_id: int) -> bool:
        """Note that a letter was read, and say whether it was for the first time."""
        found = await self._connection.execute(
            update(deliveries)
            .where(deliveries.c.id == letter_id, deliveries.c.state.in_(origins(State.OPENED)))
            .values(state=State.OPENED)
        )
        if found.rowcount:
            await self._connection.execute(
                insert(delivery_events).values(
                    delivery_id=letter_id, state=State.OPENED, at=self._clock.now()
                )
            )
        return found.rowcount == 1

    async def offered(self, person_id: int, channel: Channel, address: str) -> tuple[Choice, ...]:
        """Return the choices of the last notice a person was told of at an address."""
        found = await self._connection.execute(
            LETTER.where(
                deliveries.c.person_id == person_id,
                deliveries.c.channel == channel,
                deliveries.c.address == address,
                deliveries.c.notice_id.is_not(None),
            ).limit(1)
        )
        row = found.one_or_none()
        return _letter(row).message.choices if row else ()


def _letter(row: AnyRow) -> Letter:
    said = row.message
    if said is None:
        said = row.content.get(row.language) or next(iter(row.content.values()))
    return Letter(row.id, Message.from_json(said), row.state, row.queued_at)
