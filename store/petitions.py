"""Petitions: what is asked for, and how far it has come."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import Clock
from domain.files import Kept
from domain.petitions import Petition, PetitionState, Threshold, numbers_of
from store.rows import AnyRow, value_of
from store.tables.council import contents
from store.tables.people import bodies
from store.tables.petitions import petition_files, petitions, signature_keys
from store.upserts import insert_for

NUMBERING_LOCK = 0x50455449  # any fixed number: who takes a number on PostgreSQL takes this lock
MADE = frozenset({"ref", "body_key", "threshold"})
PLAIN = tuple(name for name in Petition.__slots__ if name not in MADE)
PETITION = select(
    *(petitions.c[name] for name in PLAIN),
    petitions.c.year,
    petitions.c.number,
    petitions.c.threshold,
    bodies.c.key.label("body_key"),
).join(bodies, bodies.c.id == petitions.c.body_id)


class Petitions:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def add(self, tenant_id: int, body_id: int, petition: Petition, *, year: int) -> int:
        """Keep a new one under the next number of its year, and return its id."""
        if self._connection.dialect.name == "postgresql":
            await self._connection.execute(text(f"SELECT pg_advisory_xact_lock({NUMBERING_LOCK})"))
        last = await self._connection.execute(
            select(func.max(petitions.c.number)).where(
                petitions.c.tenant_id == tenant_id, petitions.c.year == year
            )
        )
        made = await self._connection.execute(
            insert(petitions)
            .values(
                tenant_id=tenant_id,
                body_id=body_id,
                year=year,
                number=(last.scalar_one() or 0) + 1,
                **_columns(petition),
            )
            .returning(petitions.c.id)
        )
        return int(made.scalar_one())

    async def by_id(self, petition_id: int, *, to_change: bool = False) -> Petition | None:
        """Return one; `to_change`: nobody else changes it until this unit ends."""
        query = PETITION.where(petitions.c.id == petition_id)
        found = await self._connection.execute(
            query.with_for_update(of=petitions) if to_change else query
        )
        row = found.one_or_none()
        return petition_of(row) if row else None

    async def called(self, ref: str) -> Petition | None:
        """Return the petition people call `PET-2026-12` or `PET-2026-0012`."""
        named = numbers_of(ref)
        if named is None:
            return None
        year, number = named
        found = await self._connection.execute(
            PETITION.where(petitions.c.year == year, petitions.c.number == number)
        )
        row = found.one_or_none()
        return petition_of(row) if row else None

    async def in_states(
        self,
        states: Collection[PetitionState],
        *,
        of: Collection[str] | None = None,
        most: int = 200,
        offset: int = 0,
    ) -> list[Petition]:
        """Return those in these states, what is due first at the head, then the newest.

        `of`: the keys of the bodies they are put to; None for all.
        """
        wanted = PETITION.where(petitions.c.state.in_(states))
        found = await self._connection.execute(
            (wanted if of is None else wanted.where(bodies.c.key.in_(of)))
            .order_by(petitions.c.due_on.is_(None), petitions.c.due_on, petitions.c.id.desc())
            .limit(most)
            .offset(offset)
        )
        return [petition_of(row) for row in found]

    async def of_mandatary(self, person_id: int) -> list[Petition]:
        """Return those a person follows for the petitioners, the newest first."""
        found = await self._connection.execute(
            PETITION.where(petitions.c.mandatary_id == person_id).order_by(petitions.c.id.desc())
        )
        return [petition_of(row) for row in found]

    async def signed_by(self, keys: Collection[str]) -> list[Petition]:
        """Return those that count a signature of this hand, the newest first."""
        counted = select(signature_keys.c.petition_id).where(
            signature_keys.c.key.in_(keys), signature_keys.c.counts.is_(True)
        )
        found = await self._connection.execute(
            PETITION.where(petitions.c.id.in_(counted)).order_by(petitions.c.id.desc())
        )
        return [petition_of(row) for row in found]

    async def of_id(self, key: str) -> list[Petition]:
        """Return those whose mandatary showed this national id, which is sealed."""
        found = await self._connection.execute(PETITION.where(petitions.c.id_key == key))
        return [petition_of(row) for row in found]

    async def forget_ids(self, keys: Collection[str]) -> None:
        """Forget the national ids of mandataries."""
        await self._connection.execute(
            update(petitions).where(petitions.c.id_key.in_(keys)).values(id_key="", id_ending="")
        )

    async def of_item(self, item_id: int) -> Petition | None:
        """Return the petition that an item of an agenda comes from; nobody else changes it now."""
        found = await self._connection.execute(
            PETITION.where(petitions.c.item_id == item_id).with_for_update(of=petitions)
        )
        row = found.one_or_none()
        return petition_of(row) if row else None

    async def hold(self, petition_id: int, file: Kept) -> None:
        """Keep a paper that came with a petition; its bytes are kept already."""
        await self._connection.execute(
            insert_for(self._connection, petition_files)
            .values(
                petition_id=petition_id,
                sha256=file.sha256,
                name=file.name,
                media_type=file.media_type,
                added_at=self._clock.now(),
            )
            .on_conflict_do_nothing()
        )

    async def papers(self, petition_id: int) -> list[Kept]:
        """Return the papers a petition came with, in the order they came."""
        found = await self._connection.execute(
            select(
                petition_files.c.sha256,
                func.length(contents.c.bytes).label("size"),
                petition_files.c.media_type,
                petition_files.c.name,
            )
            .join(contents, contents.c.sha256 == petition_files.c.sha256)
            .where(petition_files.c.petition_id == petition_id)
            .order_by(petition_files.c.added_at, petition_files.c.name)
        )
        return [value_of(Kept, row) for row in found]

    async def change(self, petition: Petition) -> None:
        await self._connection.execute(
            update(petitions).where(petitions.c.id == petition.id).values(**_columns(petition))
        )


def _columns(petition: Petition) -> dict[str, Any]:
    plain = {name: getattr(petition, name) for name in PLAIN if name != "id"}
    threshold = asdict(petition.threshold) if petition.threshold else None
    return {**plain, "threshold": threshold}


def petition_of(row: AnyRow) -> Petition:
    plain = {name: getattr(row, name) for name in PLAIN}
    return Petition(
        ref=f"PET-{row.year}-{row.number:04d}",
        body_key=row.body_key,
        threshold=Threshold(**row.threshold) if row.threshold else None,
        **plain,
    )
