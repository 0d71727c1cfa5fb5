"""Requests to the town hall: filed under a number, and followed to their end."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.clock import Clock
from domain.requests import OPEN, Filed, Request, RequestKind, RequestState
from store.rows import AnyRow
from store.tables.people import bodies
from store.tables.requests import brought_files, requests

NUMBERING_LOCK = (
    0x52455153  # any fixed number: whoever takes a number on PostgreSQL takes this lock
)
PLAIN = tuple(name for name in Request.__slots__ if name not in {"ref", "body_key"})
REQUEST = select(
    *(requests.c[name] for name in PLAIN),
    requests.c.series,
    requests.c.year,
    requests.c.number,
    bodies.c.key.label("body_key"),
).select_from(requests.outerjoin(bodies, bodies.c.id == requests.c.body_id))


class Requests:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def file(
        self, tenant_id: int, filed: Filed, *, year: int, body_id: int | None = None
    ) -> int:
        """File a request under the next number of its book, and return its id."""
        if self._connection.dialect.name == "postgresql":
            await self._connection.execute(text(f"SELECT pg_advisory_xact_lock({NUMBERING_LOCK})"))
        last = await self._connection.execute(
            select(func.max(requests.c.number)).where(
                requests.c.series == filed.series, requests.c.year == year
            )
        )
        made = await self._connection.execute(
            insert(requests)
            .values(
                tenant_id=tenant_id,
                series=filed.series,
                year=year,
                number=(last.scalar_one() or 0) + 1,
                kind=filed.kind,
                person_id=filed.person_id,
                body_id=body_id,
                fields=dict(filed.fields),
                state=filed.state,
                at=self._clock.now(),
                due_at=filed.due_at,
                channel=filed.channel,
                address=filed.address,
                language=filed.language,
                assignee=filed.fields.get("assignee", ""),
            )
            .returning(requests.c.id)
        )
        return int(made.scalar_one())

    async def by_id(self, request_id: int) -> Request | None:
        found = await self._connection.execute(REQUEST.where(requests.c.id == request_id))
        row = found.one_or_none()
        return _request(row) if row else None

    async def called(self, ref: str) -> Request | None:
        """Return the request people call so; nobody else changes it until this unit ends."""
        series, _, rest = ref.upper().partition("-")
        year, _, number = rest.partition("-")
        if not (year.isdecimal() and number.isdecimal() and len(year + number) <= 12):  # noqa: PLR2004 - no number is longer
            return None
        found = await self._connection.execute(
            REQUEST.where(
                requests.c.series == series,
                requests.c.year == int(year),
                requests.c.number == int(number),
            ).with_for_update(of=requests)
        )
        row = found.one_or_none()
        return _request(row) if row else None

    async def listed(
        self,
        *,
        kinds: Collection[RequestKind] = (),
        states: Collection[RequestState] = OPEN,
        most: int = 50,
    ) -> list[Request]:
        """Return requests, those that are due first at the head, then the newest."""
        query = REQUEST.where(requests.c.state.in_(states)).limit(most)
        if kinds:
            query = query.where(requests.c.kind.in_(kinds))
        order = (requests.c.due_at.is_(None), requests.c.due_at, requests.c.id.desc())
        found = await self._connection.execute(query.order_by(*order))
        return [_request(row) for row in found]

    async def filed_since(
        self, since: datetime, *, person_id: int | None, channel: Channel, address: str
    ) -> int:
        """Return how many requests somebody has filed, or, unknown, were filed from a place."""
        query = select(func.count()).select_from(requests).where(requests.c.at > since)
        if person_id is None:
            query = query.where(requests.c.channel == channel, requests.c.address == address)
        else:
            query = query.where(requests.c.person_id == person_id)
        return int((await self._connection.execute(query)).scalar_one())

    async def change(self, request: Request) -> None:
        """Keep how far a request has come."""
        await self._connection.execute(
            update(requests)
            .where(requests.c.id == request.id)
            .values(state=request.state, assignee=request.assignee, answer=request.answer)
        )

    async def files(self, request_id: int) -> list[str]:
        """Return the sha256 of the files a request came with."""
        found = await self._connection.execute(
            select(brought_files.c.sha256).where(brought_files.c.request_id == request_id)
        )
        return list(found.scalars())


def _request(row: AnyRow) -> Request:
    plain = {name: row._mapping[name] for name in PLAIN}  # noqa: SLF001 - public, in spite of its name
    ref = f"{row.series}-{row.year}-{row.number}"
    return Request(ref=ref, body_key=row.body_key, **plain)
