"""Requests to the town hall: filed under a number, and followed to their end."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.clock import Clock
from domain.requests import OPEN, Filed, Request, RequestKind, RequestState
from domain.sessions import SessionState
from store.rows import AnyRow
from store.tables.council import agenda_items, sessions
from store.tables.people import bodies
from store.tables.requests import brought_files, question_items, requests
from store.upserts import insert_for

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

    async def unlisted_questions(self) -> list[Request]:
        """Return the open written questions on no agenda, but one called off, the first first."""
        found = await self._connection.execute(
            REQUEST.where(
                requests.c.kind == RequestKind.QUESTION,
                requests.c.state.in_(OPEN),
                requests.c.id.not_in(_on_an_agenda(sessions.c.state != SessionState.CANCELLED)),
            ).order_by(requests.c.id)
        )
        return [_request(row) for row in found]

    async def list_question(self, request_id: int, item_id: int) -> None:
        """Note on which agenda a written question stands now."""
        statement = insert_for(self._connection, question_items).values(
            request_id=request_id, item_id=item_id
        )
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["request_id"], set_={"item_id": statement.excluded.item_id}
            )
        )

    async def unlist_question(self, request_id: int) -> bool:
        """Let a written question wait for an agenda again, once the session it was for is over.

        Return whether it was for one that is.
        """
        gone = await self._connection.execute(
            delete(question_items).where(
                question_items.c.request_id == request_id,
                question_items.c.request_id.in_(
                    _on_an_agenda(sessions.c.state == SessionState.CLOSED)
                ),
            )
        )
        return gone.rowcount == 1

    async def question_of(self, item_id: int) -> Request | None:
        """Return the written question that an item is."""
        found = await self._connection.execute(
            REQUEST.where(
                requests.c.id
                == select(question_items.c.request_id)
                .where(question_items.c.item_id == item_id)
                .scalar_subquery()
            ).with_for_update(of=requests)
        )
        row = found.one_or_none()
        return _request(row) if row else None

    async def files(self, request_id: int) -> list[str]:
        """Return the sha256 of the files a request came with."""
        found = await self._connection.execute(
            select(brought_files.c.sha256).where(brought_files.c.request_id == request_id)
        )
        return list(found.scalars())


def _on_an_agenda(of_session: ColumnElement[bool]) -> Select[tuple[int]]:
    """Return which questions stand on the agenda of such a session."""
    return (
        select(question_items.c.request_id)
        .join(agenda_items, agenda_items.c.id == question_items.c.item_id)
        .join(sessions, sessions.c.id == agenda_items.c.session_id)
        .where(of_session)
    )


def _request(row: AnyRow) -> Request:
    plain = {name: getattr(row, name) for name in PLAIN}
    ref = f"{row.series}-{row.year}-{row.number}"
    return Request(ref=ref, body_key=row.body_key, **plain)
