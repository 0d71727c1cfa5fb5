"""Signatures: who signed, kept so that one hand counts once and nobody can look it up."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.clock import Clock
from domain.petitions import Origin, Signature, SignatureState
from store.lists import among
from store.rows import value_of
from store.tables.petitions import signature_keys, signatures


@dataclass(frozen=True, slots=True)
class Entry:
    """A signature as the staff see it; `sheet` and `line` are those of a paper."""

    id: int
    name: str
    place: str
    state: SignatureState
    origin: Origin
    sheet: str
    line: int | None
    at: datetime
    id_ending: str = ""


class Signatures:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def add(
        self,
        petition_id: int,
        keys: Collection[str],
        *,
        name: str,
        origin: Origin,
        place: str = "",
        id_ending: str = "",
        channel: Channel | None = None,
        person_id: int | None = None,
        sheet: str = "",
        line: int | None = None,
        wants_news: bool = False,
    ) -> int:
        """Keep a signature that is not settled yet, and return its id."""
        made = await self._connection.execute(
            insert(signatures)
            .values(
                petition_id=petition_id,
                state=SignatureState.PENDING,
                name=name,
                place=place,
                id_ending=id_ending,
                origin=origin,
                channel=channel,
                person_id=person_id,
                sheet=sheet,
                line=line,
                wants_news=wants_news,
                at=self._clock.now(),
            )
            .returning(signatures.c.id)
        )
        signature_id = int(made.scalar_one())
        await self._connection.execute(
            insert(signature_keys),
            [
                {"petition_id": petition_id, "signature_id": signature_id, "key": key}
                for key in sorted(keys)
            ],
        )
        return signature_id

    async def settle(self, signature_id: int) -> SignatureState:
        """Count a signature whose signer is known, or note that the same hand had signed.

        Of two at one instant the database lets one count: its index holds one key once a petition.
        """
        claimed = await self._claimed(signature_id)
        state = SignatureState.VALID if claimed else SignatureState.DUPLICATE
        await self.become([signature_id], state)
        return state

    async def become(
        self, ids: Collection[int], state: SignatureState, *, reason: str = ""
    ) -> None:
        """Note what signatures have become; those that no longer count free their keys."""
        await self._connection.execute(
            update(signatures)
            .where(among(self._connection, signatures.c.id, list(ids)))
            .values(state=state, settled_at=self._clock.now(), invalid_reason=reason)
        )
        if state is not SignatureState.VALID:
            await self._connection.execute(
                update(signature_keys)
                .where(among(self._connection, signature_keys.c.signature_id, list(ids)))
                .values(counts=False)
            )

    async def count(self, petition_id: int) -> int:
        """Return how many count, which is all that is ever shown."""
        found = await self._connection.execute(
            select(func.count())
            .select_from(signatures)
            .where(
                signatures.c.petition_id == petition_id,
                signatures.c.state == SignatureState.VALID,
            )
        )
        return int(found.scalar_one())

    async def counts(self, petition_ids: Collection[int]) -> dict[int, int]:
        """Return how many count, by petition; one that nobody signed is not there."""
        found = await self._connection.execute(
            select(signatures.c.petition_id, func.count())
            .where(
                signatures.c.petition_id.in_(petition_ids),
                signatures.c.state == SignatureState.VALID,
            )
            .group_by(signatures.c.petition_id)
        )
        return {row[0]: row[1] for row in found}

    async def of_hand(self, petition_id: int, keys: Collection[str]) -> list[Signature]:
        """Return the signatures of one hand on a petition, whatever became of them."""
        found = await self._connection.execute(
            select(signatures.c.id, signatures.c.state, signatures.c.at)
            .join(signature_keys, signature_keys.c.signature_id == signatures.c.id)
            .where(signatures.c.petition_id == petition_id, signature_keys.c.key.in_(keys))
            .distinct()
            .order_by(signatures.c.id)
        )
        return [Signature(row.id, petition_id, row.state, frozenset(keys), row.at) for row in found]

    async def since(self, petition_id: int, at: datetime) -> int:
        """Return how many came since an instant, to see a burst."""
        found = await self._connection.execute(
            select(func.count())
            .select_from(signatures)
            .where(signatures.c.petition_id == petition_id, signatures.c.at >= at)
        )
        return int(found.scalar_one())

    async def names(self, petition_id: int) -> list[Entry]:
        """Return the signatures that are not erased, for the staff alone."""
        found = await self._connection.execute(
            select(*(signatures.c[column] for column in Entry.__slots__))
            .where(signatures.c.petition_id == petition_id, signatures.c.erased_at.is_(None))
            .order_by(signatures.c.id)
        )
        return [value_of(Entry, row) for row in found]

    async def with_keys(self, keys: Collection[str]) -> list[int]:
        """Return the signatures of one hand on every petition, by id."""
        found = await self._connection.execute(
            select(signature_keys.c.signature_id).where(signature_keys.c.key.in_(keys)).distinct()
        )
        return list(found.scalars())

    async def erase(self, ids: Collection[int]) -> None:
        """Forget who signed; that they did still counts."""
        await self._connection.execute(
            update(signatures)
            .where(signatures.c.id.in_(ids))
            .values(name="", place="", id_ending="", person_id=None, erased_at=self._clock.now())
        )

    async def _claimed(self, signature_id: int) -> bool:
        """Claim a signature's keys, and say whether nobody had: the index decides, not a look."""
        try:
            async with self._connection.begin_nested():
                await self._connection.execute(
                    update(signature_keys)
                    .where(signature_keys.c.signature_id == signature_id)
                    .values(counts=True)
                )
        except IntegrityError:
            return False
        return True
