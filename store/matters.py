"""Matters: how they were settled, and the messages on other people's screens that still ask."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, case, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.clock import Clock
from domain.matters import Content, Settlement, decider_of
from domain.messages import Message
from domain.phrasebook import FALLBACK
from store.rows import AnyRow
from store.tables.matters import matters, open_copies
from store.tables.outbox import deliveries, notices
from store.upserts import insert_for

KEPT_SETTLED = timedelta(days=90)  # a screen that old is not read again
KEPT_OPEN = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Copy:
    """A message that stands on a screen: where, what it asks, and the settlement it tells of."""

    channel: Channel
    provider_ref: str
    subject: str
    delivery_id: int
    shown: int = 0


@dataclass(frozen=True, slots=True)
class Behind:
    """A message on a screen that does not tell how its matter was settled. `first`: as it began."""

    channel: Channel
    provider_ref: str
    address: str
    person_id: int | None
    first: Message
    settlement: Settlement


class Matters:
    """`readers`: those who read otherwise now what only they decide."""

    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self.readers: set[int] = set()
        self.has_settled_for_all = False

    async def standing(self, subject: str) -> Settlement | None:
        """Return how a matter was settled, or None."""
        found = await self._connection.execute(
            select(matters).where(matters.c.subject == subject, matters.c.number > 0)
        )
        row = found.one_or_none()
        return _settlement(row) if row else None

    async def hold(self, subject: str) -> Settlement | None:
        """Return the same, and keep others from settling it until the unit ends."""
        await self._lock([subject])
        return await self.standing(subject)

    async def settle(self, subject: str, content: Content, *, by: int | None) -> Settlement:
        """Note how a matter is settled, in place of an earlier settlement."""
        before = await self.hold(subject)
        settlement = Settlement(
            (before.number if before else 0) + 1, content, by, self._clock.now()
        )
        await self._connection.execute(
            update(matters)
            .where(matters.c.subject == subject)
            .values(
                number=settlement.number,
                content={language: said.to_json() for language, said in content.items()},
                settled_by=by,
                settled_at=settlement.at,
            )
        )
        decider = decider_of(subject)
        if decider is None:
            self.has_settled_for_all = True
        else:
            self.readers.add(decider)
        return settlement

    async def note(self, copies: Sequence[Copy]) -> None:
        """Note messages that stand on screens now; whoever settles their matters waits.

        One that tells an older settlement than was seen there before has come late: it is asked
        again.
        """
        await self._lock({copy.subject for copy in copies})
        statement = insert_for(self._connection, open_copies)
        new = statement.excluded
        asked = case(
            (new.shown < open_copies.c.shown, new.shown),
            (new.shown > open_copies.c.asked, new.shown),
            else_=open_copies.c.asked,
        )
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["channel", "provider_ref"],
                set_={"subject": new.subject, "shown": new.shown, "asked": asked},
            ),
            [{**asdict(copy), "asked": copy.shown} for copy in copies],
        )

    async def take_up(
        self, subjects: Collection[str], but: tuple[Channel, str] | None = None
    ) -> list[Behind]:
        """Return the messages that are to tell a later settlement, each once for each.

        `but` names one that is told it otherwise.
        """
        behind = _is_behind(subjects)
        if but:
            await self._connection.execute(
                update(open_copies)
                .where(
                    behind, open_copies.c.channel == but[0], open_copies.c.provider_ref == but[1]
                )
                .values(asked=_number())
            )
        found = await self._connection.execute(
            select(
                open_copies.c.channel,
                open_copies.c.provider_ref,
                deliveries.c.address,
                deliveries.c.language,
                deliveries.c.person_id,
                deliveries.c.message,
                notices.c.content.label("notice"),
                matters,
            )
            .join(matters, matters.c.subject == open_copies.c.subject)
            .join(deliveries, deliveries.c.id == open_copies.c.delivery_id)
            .outerjoin(notices, notices.c.id == deliveries.c.notice_id)
            .where(behind)
            .order_by(open_copies.c.delivery_id)
        )
        copies = [_behind(row) for row in found]
        if copies:
            await self._connection.execute(
                update(open_copies).where(behind).values(asked=_number())
            )
        return copies

    async def forget_old(self) -> int:
        """Let go of messages on screens that will be edited no more, and say how many.

        Those are the copies of matters settled for KEPT_SETTLED, told of it or not, and of those
        that nobody settled while they stood for KEPT_OPEN.
        """
        now = self._clock.now()
        settled = select(matters.c.subject).where(matters.c.settled_at < now - KEPT_SETTLED)
        old = select(deliveries.c.id).where(deliveries.c.queued_at < now - KEPT_OPEN)
        unsettled = select(matters.c.subject).where(matters.c.settled_at.is_(None))
        found = await self._connection.execute(
            delete(open_copies).where(
                open_copies.c.subject.in_(settled)
                | (open_copies.c.subject.in_(unsettled) & open_copies.c.delivery_id.in_(old))
            )
        )
        return found.rowcount

    async def _lock(self, subjects: Collection[str]) -> None:
        """Let nobody else settle these, nor add to their copies, until the unit ends."""
        ordered = sorted(subjects)  # so that two who want the same do not wait in a ring
        await self._connection.execute(
            insert_for(self._connection, matters).on_conflict_do_nothing(),
            [{"subject": subject} for subject in ordered],
        )
        await self._connection.execute(
            select(matters.c.subject)
            .where(matters.c.subject.in_(ordered))
            .order_by(matters.c.subject)
            .with_for_update()
        )


def _number() -> ColumnElement[int]:
    """Return how often the matter of a copy was settled."""
    of = matters.alias()
    found = select(of.c.number).where(of.c.subject == open_copies.c.subject)
    return found.correlate(open_copies).scalar_subquery()


def _is_behind(subjects: Collection[str]) -> ColumnElement[bool]:
    return open_copies.c.subject.in_(sorted(subjects)) & (open_copies.c.asked < _number())


def _settlement(row: AnyRow) -> Settlement:
    content = {language: Message.from_json(said) for language, said in row.content.items()}
    return Settlement(row.number, content, row.settled_by, row.settled_at)


def _behind(row: AnyRow) -> Behind:
    said = row.message
    if said is None:
        said = row.notice[FALLBACK.get(row.language, row.language)]
    return Behind(
        row.channel,
        row.provider_ref,
        row.address,
        row.person_id,
        Message.from_json(said),
        _settlement(row),
    )
