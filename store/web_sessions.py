"""Who is signed in on the pages: sessions and one-time links, known by their hash alone."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import Clock
from store.lists import among
from store.rows import value_of
from store.tables.web import sign_in_links, web_sessions


@dataclass(frozen=True, slots=True)
class WebSession:
    """A browser where somebody has been signed in since `made_at`; `device`: what it says it is.

    `proved_anew_at`: when they last proved again, there, that it is they.
    """

    id: int
    person_id: int
    device: str
    made_at: datetime
    seen_at: datetime
    expires_at: datetime
    proved_anew_at: datetime | None = None

    @property
    def proved_at(self) -> datetime:
        """When it was last sure that it is they: signing in is a proof."""
        return self.proved_anew_at or self.made_at


SESSION = select(*(web_sessions.c[name] for name in WebSession.__slots__))
OPENED = SESSION.where(
    web_sessions.c.sha256 == bindparam("brought"), web_sessions.c.expires_at > bindparam("now")
)


class WebSessions:
    """`readers`: whose pages are to look again, since a session of theirs has ended."""

    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self.readers: set[int] = set()

    async def open(self, person_id: int, token: str, *, device: str, lasts: timedelta) -> None:
        """Let whoever brings `token` be this person; what has run out is forgotten."""
        now = self._clock.now()
        for table in (web_sessions, sign_in_links):
            await self._connection.execute(delete(table).where(table.c.expires_at <= now))
        await self._connection.execute(
            insert(web_sessions).values(
                sha256=_digest(token),
                person_id=person_id,
                device=device,
                made_at=now,
                seen_at=now,
                expires_at=now + lasts,
            )
        )

    async def by_token(self, token: str) -> WebSession | None:
        """Return the session that a browser's secret opens, while it lasts."""
        found = await self._connection.execute(
            OPENED, {"brought": _digest(token), "now": self._clock.now()}
        )
        row = found.one_or_none()
        return value_of(WebSession, row) if row else None

    async def of_person(self, person_id: int) -> list[WebSession]:
        """Return where a person is signed in, the last used first."""
        found = await self._connection.execute(
            SESSION.where(
                web_sessions.c.person_id == person_id,
                web_sessions.c.expires_at > self._clock.now(),
            ).order_by(web_sessions.c.seen_at.desc(), web_sessions.c.id.desc())
        )
        return [value_of(WebSession, row) for row in found]

    async def living(self, session_ids: Sequence[int]) -> frozenset[int]:
        """Return which of some sessions last."""
        found = await self._connection.execute(
            select(web_sessions.c.id)
            .where(among(self._connection, web_sessions.c.id, session_ids))
            .where(web_sessions.c.expires_at > self._clock.now())
        )
        return frozenset(found.scalars())

    async def see(self, session_id: int) -> None:
        """Note that a session was used."""
        await self._connection.execute(
            update(web_sessions)
            .where(web_sessions.c.id == session_id)
            .values(seen_at=self._clock.now())
        )

    async def prove(self, session_id: int) -> None:
        """Note that whoever uses a session has just proved again that it is they."""
        await self._connection.execute(
            update(web_sessions)
            .where(web_sessions.c.id == session_id)
            .values(proved_anew_at=self._clock.now())
        )

    async def end(self, person_id: int, session_id: int | None = None) -> int:
        """End one session of a person, or all of them; return how many there were."""
        ended = delete(web_sessions).where(web_sessions.c.person_id == person_id)
        if session_id is not None:
            ended = ended.where(web_sessions.c.id == session_id)
        self.readers.add(person_id)
        return (await self._connection.execute(ended)).rowcount

    async def offer(self, person_id: int, token: str, *, lasts: timedelta) -> None:
        """Let a link sign a person in, once and soon; an earlier one ends."""
        await self._connection.execute(
            delete(sign_in_links).where(sign_in_links.c.person_id == person_id)
        )
        await self._connection.execute(
            insert(sign_in_links).values(
                sha256=_digest(token),
                person_id=person_id,
                expires_at=self._clock.now() + lasts,
            )
        )

    async def redeem(self, token: str) -> int | None:
        """Use a link up, and return whom it signs in; None when it is unknown, used or too old."""
        found = await self._connection.execute(
            delete(sign_in_links)
            .where(
                sign_in_links.c.sha256 == _digest(token),
                sign_in_links.c.expires_at > self._clock.now(),
            )
            .returning(sign_in_links.c.person_id)
        )
        person_id: int | None = found.scalar_one_or_none()
        return person_id


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
