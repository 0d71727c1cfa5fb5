"""The commune and its bodies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.bodies import Body, BodyKind
from store.rows import value_of
from store.tables.people import bodies, holidays, tenants
from store.upserts import insert_for


@dataclass(frozen=True, slots=True)
class Tenant:
    """A commune. `zone` is an IANA name; `names` are by language.

    `collecting_days`: how long a petition collects signatures. `id_authorisation`: the number under
    which it may ask petitioners for their national id (in Morocco the CNDP's); empty, it may not.
    """

    id: int
    slug: str
    names: Mapping[str, str]
    rule_pack: str
    zone: str
    population: int | None = None
    collecting_days: int = 183
    id_authorisation: str = ""


PARENT = bodies.alias("parent")
BODIES = (
    select(
        bodies.c.id,
        bodies.c.key,
        bodies.c.kind,
        bodies.c.names,
        bodies.c.seats,
        bodies.c.aliases,
        PARENT.c.key.label("parent_key"),
    )
    .select_from(bodies.outerjoin(PARENT, bodies.c.parent_id == PARENT.c.id))
    .order_by(bodies.c.id)
)
TENANT = select(tenants).order_by(tenants.c.id).limit(1)


class Bodies:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def tenant(self) -> Tenant | None:
        """Return the commune this store belongs to, if it has been set up."""
        found = await self._connection.execute(TENANT)
        row = found.one_or_none()
        return value_of(Tenant, row) if row else None

    async def found(
        self,
        *,
        slug: str,
        names: Mapping[str, str],
        rule_pack: str,
        zone: str,
        population: int | None,
    ) -> int:
        """Set up a commune, and return its id."""
        made = await self._connection.execute(
            insert(tenants)
            .values(
                slug=slug,
                names=dict(names),
                rule_pack=rule_pack,
                zone=zone,
                population=population,
            )
            .returning(tenants.c.id)
        )
        return int(made.scalar_one())

    async def settle_petitions(self, *, collecting_days: int, id_authorisation: str) -> None:
        """Keep how the commune takes petitions."""
        await self._connection.execute(
            update(tenants).values(
                collecting_days=collecting_days, id_authorisation=id_authorisation
            )
        )

    async def all(self) -> list[Body]:
        """Return every body, in the order they were added."""
        found = await self._connection.execute(BODIES)
        return [
            value_of(Body, row, aliases=tuple(row.aliases), seats=row.seats or 0) for row in found
        ]

    async def ids(self) -> dict[str, int]:
        found = await self._connection.execute(select(bodies.c.key, bodies.c.id))
        return {row.key: row.id for row in found}

    async def add(
        self,
        tenant_id: int,
        *,
        key: str,
        kind: BodyKind,
        names: Mapping[str, str],
        seats: int | None = None,
        parent_id: int | None = None,
        aliases: Sequence[str] = (),
    ) -> int:
        made = await self._connection.execute(
            insert(bodies)
            .values(
                tenant_id=tenant_id,
                key=key,
                kind=kind,
                names=dict(names),
                seats=seats,
                parent_id=parent_id,
                aliases=list(aliases),
            )
            .returning(bodies.c.id)
        )
        return int(made.scalar_one())

    async def change(self, body: Body) -> None:
        """Keep what a body has become; its id and key stay."""
        parent_id = (await self.ids()).get(body.parent_key) if body.parent_key else None
        await self._connection.execute(
            update(bodies)
            .where(bodies.c.id == body.id)
            .values(
                kind=body.kind,
                names=dict(body.names),
                seats=body.seats or None,
                parent_id=parent_id,
                aliases=list(body.aliases),
            )
        )

    async def holidays(self, tenant_id: int) -> dict[date, bool]:
        """Return the days the commune has added (True) to the calendar, or taken away (False)."""
        found = await self._connection.execute(
            select(holidays.c.day, holidays.c.is_holiday).where(holidays.c.tenant_id == tenant_id)
        )
        return {row.day: row.is_holiday for row in found}

    async def keep_holiday(self, tenant_id: int, day: date, name: str, *, is_holiday: bool) -> None:
        statement = insert_for(self._connection, holidays).values(
            tenant_id=tenant_id, day=day, name=name, is_holiday=is_holiday
        )
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["tenant_id", "day"],
                set_={
                    "name": statement.excluded.name,
                    "is_holiday": statement.excluded.is_holiday,
                },
            )
        )

    async def holiday_names(self, tenant_id: int) -> dict[date, str]:
        """Return what the commune calls the days it has added or taken away."""
        found = await self._connection.execute(
            select(holidays.c.day, holidays.c.name).where(holidays.c.tenant_id == tenant_id)
        )
        return {row.day: row.name for row in found}

    async def forget_holiday(self, tenant_id: int, day: date) -> None:
        """Leave a day as the library has it."""
        await self._connection.execute(
            delete(holidays).where(holidays.c.tenant_id == tenant_id, holidays.c.day == day)
        )
