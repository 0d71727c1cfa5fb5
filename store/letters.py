"""Letters: what lies in a person's mailbox here, and what was offered with the last notice."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, case, func, insert, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.clock import Clock
from domain.deliveries import REACHED, State, origins
from domain.letters import Drawer, mailbox
from domain.messages import Message
from store.rows import AnyRow, value_of
from store.tables.letters import letter_marks
from store.tables.outbox import deliveries, delivery_events, notices
from store.upserts import insert_for


@dataclass(frozen=True, slots=True)
class Letter:
    """One message in a mailbox; `id` is its delivery's. `is_seen`: its title was shown before."""

    id: int
    message: Message
    state: State
    at: datetime
    is_seen: bool = False
    is_read: bool = False
    is_archived: bool = False
    snoozed_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A notice somebody was told of. `is_newest`: nothing else was told there since."""

    message: Message
    is_newest: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many letters a mailbox holds; `unread` are those in sight that wait to be read."""

    unread: int
    snoozed: int
    archived: int


LETTER = (
    select(
        deliveries.c.id,
        deliveries.c.language,
        deliveries.c.message,
        deliveries.c.state,
        deliveries.c.queued_at,
        notices.c.content,
        letter_marks.c.seen_at,
        letter_marks.c.read_at,
        letter_marks.c.archived_at,
        letter_marks.c.snoozed_until,
    )
    .select_from(
        deliveries.outerjoin(notices, notices.c.id == deliveries.c.notice_id).outerjoin(
            letter_marks, letter_marks.c.delivery_id == deliveries.c.id
        )
    )
    .where(deliveries.c.state.in_(REACHED))
)
# A letter that comes back lies on top, as if it had just arrived.
NEWEST_FIRST = (
    func.coalesce(letter_marks.c.snoozed_until, deliveries.c.queued_at).desc(),
    deliveries.c.id.desc(),
)

NOW = bindparam("now", type_=deliveries.c.queued_at.type)
# A letter to a person, and no answer of a talk at their page.
THEIRS = and_(
    deliveries.c.person_id == bindparam("reader"),
    deliveries.c.channel == Channel.INBOX,
    deliveries.c.address == bindparam("mailbox"),
)
AWAY = letter_marks.c.snoozed_until > NOW
KEPT = letter_marks.c.archived_at.is_(None)
LIES_IN = {
    Drawer.OPEN: and_(KEPT, or_(letter_marks.c.snoozed_until.is_(None), not_(AWAY))),
    Drawer.SNOOZED: and_(KEPT, AWAY),
    Drawer.ARCHIVED: letter_marks.c.archived_at.is_not(None),
}
LETTERS = {
    drawer: LETTER.where(THEIRS, lies_in)
    .order_by(*NEWEST_FIRST)
    .offset(bindparam("offset"))
    .limit(bindparam("most"))
    for drawer, lies_in in LIES_IN.items()
}
UNREAD = and_(LIES_IN[Drawer.OPEN], letter_marks.c.read_at.is_(None))
COUNTS = (
    select(
        func.count(case((UNREAD, 1))).label("unread"),
        func.count(case((LIES_IN[Drawer.SNOOZED], 1))).label("snoozed"),
        func.count(case((LIES_IN[Drawer.ARCHIVED], 1))).label("archived"),
    )
    .select_from(deliveries.outerjoin(letter_marks, letter_marks.c.delivery_id == deliveries.c.id))
    .where(THEIRS, deliveries.c.state.in_(REACHED))
)


class Letters:
    """`readers`: the people whose letters were moved or opened."""

    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self.readers: set[int] = set()

    async def of_person(
        self, person_id: int, *, drawer: Drawer = Drawer.OPEN, offset: int = 0, most: int
    ) -> list[Letter]:
        """Return the letters in one drawer of a person's mailbox, newest first."""
        found = await self._connection.execute(
            LETTERS[drawer],
            {**_of(person_id), "now": self._clock.now(), "offset": offset, "most": most},
        )
        return [_letter(row) for row in found]

    async def counts(self, person_id: int) -> Counts:
        found = await self._connection.execute(COUNTS, {**_of(person_id), "now": self._clock.now()})
        return value_of(Counts, found.one())

    async def by_id(self, letter_id: int, *, person_id: int) -> Letter | None:
        """Return a letter, if it is this person's."""
        found = await self._connection.execute(
            LETTER.where(THEIRS, deliveries.c.id == letter_id), _of(person_id)
        )
        row = found.one_or_none()
        return _letter(row) if row else None

    async def about(self, delivery_id: int, *, person_id: int) -> int | None:
        """Return the letter that says what a delivery on any channel told this person of."""
        told = (
            select(deliveries.c.notice_id)
            .where(deliveries.c.id == delivery_id, deliveries.c.person_id == person_id)
            .scalar_subquery()
        )
        found = await self._connection.execute(
            LETTER.where(THEIRS, deliveries.c.notice_id == told)
            .order_by(deliveries.c.id.desc())
            .limit(1),
            _of(person_id),
        )
        row = found.one_or_none()
        return row.id if row else None

    async def notice_of(self, letter_id: int, *, person_id: int) -> int | None:
        """Return the notice that a letter of this person tells; None for what is told them alone.

        Raises LookupError when there is no such letter of theirs.
        """
        found = await self._connection.execute(
            select(deliveries.c.notice_id).where(THEIRS, deliveries.c.id == letter_id),
            _of(person_id),
        )
        row = found.one_or_none()
        if row is None:
            raise LookupError(letter_id)
        notice_id: int | None = row.notice_id
        return notice_id

    async def see(self, letter_ids: Collection[int]) -> None:
        """Note that the titles of letters were shown."""
        await self._mark(letter_ids, seen_at=self._clock.now())

    async def open(self, letter_id: int) -> bool:
        """Note that a letter was read, and say whether it was for the first time."""
        now = self._clock.now()
        await self._move(letter_id, seen_at=now, read_at=now)
        found = await self._connection.execute(
            update(deliveries)
            .where(deliveries.c.id == letter_id, deliveries.c.state.in_(origins(State.OPENED)))
            .values(state=State.OPENED)
        )
        if found.rowcount:
            await self._connection.execute(
                insert(delivery_events).values(delivery_id=letter_id, state=State.OPENED, at=now)
            )
        return found.rowcount == 1

    async def keep_unread(self, letter_id: int) -> None:
        """Let a letter wait to be read again; that its delivery was opened stays on record."""
        await self._move(letter_id, read_at=None)

    async def archive(self, letter_id: int) -> None:
        await self._move(letter_id, archived_at=self._clock.now(), snoozed_until=None)

    async def snooze(self, letter_id: int, until: datetime) -> None:
        """Put a letter out of sight until an instant, at which it is unread again."""
        await self._move(letter_id, snoozed_until=until, archived_at=None, read_at=None)

    async def bring_back(self, letter_id: int) -> None:
        """Put a letter in sight again, where it lay by its date."""
        await self._move(letter_id, snoozed_until=None, archived_at=None)

    async def told(self, person_id: int, channel: Channel, address: str) -> Told | None:
        """Return the last notice a person was told of at an address."""
        of_theirs = (
            deliveries.c.person_id == person_id,
            deliveries.c.channel == channel,
            deliveries.c.address == address,
        )
        found = await self._connection.execute(
            LETTER.where(*of_theirs, deliveries.c.notice_id.is_not(None))
            .order_by(deliveries.c.id.desc())
            .limit(1)
        )
        row = found.one_or_none()
        if row is None:
            return None
        later = await self._connection.execute(
            select(deliveries.c.id).where(*of_theirs, deliveries.c.id > row.id).limit(1)
        )
        return Told(_letter(row).message, is_newest=later.first() is None)

    async def _move(self, letter_id: int, **marks: datetime | None) -> None:
        """Mark a letter as its reader moved it, for every page that shows it."""
        await self._mark([letter_id], **marks)
        found = await self._connection.execute(
            select(deliveries.c.person_id).where(deliveries.c.id == letter_id)
        )
        self.readers |= {owner for owner in found.scalars() if owner is not None}

    async def _mark(self, letter_ids: Collection[int], **marks: datetime | None) -> None:
        if not letter_ids:
            return
        statement = insert_for(self._connection, letter_marks)
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["delivery_id"],
                set_={name: statement.excluded[name] for name in marks},
            ),
            [{"delivery_id": letter_id, **marks} for letter_id in letter_ids],
        )


def _of(person_id: int) -> dict[str, object]:
    return {"reader": person_id, "mailbox": mailbox(person_id)}


def _letter(row: AnyRow) -> Letter:
    said = row.message
    if said is None:
        said = row.content.get(row.language) or next(iter(row.content.values()))
    return Letter(
        row.id,
        Message.from_json(said),
        row.state,
        row.queued_at,
        is_seen=row.seen_at is not None,
        is_read=row.read_at is not None,
        is_archived=row.archived_at is not None,
        snoozed_until=row.snoozed_until,
    )
