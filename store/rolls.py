"""Who was there: the presences of each meeting, and what was counted at its opening."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.bodies import ELECTED, Role
from domain.clock import Clock
from domain.rolls import Presence, RollCall, Seat
from store.rows import AnyRow
from store.tables.council import sessions
from store.tables.people import bodies, memberships, people
from store.tables.proceedings import presences, roll_calls
from store.upserts import insert_for


class Rolls:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def seats(self, session_id: int, meeting: int, *, on: date) -> list[Seat]:
        """Return the members in office on a day, by name, with where they are marked to be."""
        body = select(sessions.c.body_id).where(sessions.c.id == session_id).scalar_subquery()
        held = memberships.c
        found = await self._connection.execute(
            select(people.c.id, people.c.name, held.role)
            .join(people, people.c.id == held.person_id)
            .where(held.body_id == body, held.role.in_(ELECTED))
            .where(held.started_on.is_(None) | (held.started_on <= on))
            .where(held.ended_on.is_(None) | (held.ended_on >= on))
            .order_by(people.c.name, people.c.id)
        )
        marked = await self._marked(session_id, meeting)
        names: dict[int, str] = {}
        roles: dict[int, set[Role]] = {}
        for row in found:
            names[row.id] = row.name
            roles.setdefault(row.id, set()).add(row.role)
        return [
            _seat(person_id, name, frozenset(roles[person_id]), marked.get(person_id))
            for person_id, name in names.items()
        ]

    async def mark(
        self,
        session_id: int,
        meeting: int,
        presence_of: Mapping[int, Presence],
    ) -> None:
        """Keep where these people are, in place of what was marked before."""
        if not presence_of:
            return
        statement = insert_for(self._connection, presences)
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["session_id", "meeting", "person_id"],
                set_={name: statement.excluded[name] for name in ("presence", "noted_at")},
            ),
            [
                {
                    "session_id": session_id,
                    "meeting": meeting,
                    "person_id": person_id,
                    "presence": presence,
                    "noted_at": self._clock.now(),
                }
                for person_id, presence in presence_of.items()
            ],
        )

    async def judge(
        self, session_id: int, meeting: int, person_id: int, *, is_accepted: bool
    ) -> None:
        """Keep whether a member's excuse was accepted: whoever had one was excused."""
        await self.mark(session_id, meeting, {person_id: Presence.EXCUSED})
        await self._connection.execute(
            update(presences)
            .where(presences.c.session_id == session_id, presences.c.meeting == meeting)
            .where(presences.c.person_id == person_id)
            .values(is_excuse_accepted=is_accepted)
        )

    async def keep(self, counted: RollCall) -> None:
        """Keep what was counted at an opening; it is counted once."""
        await self._connection.execute(
            insert(roll_calls).values(
                session_id=counted.session_id,
                meeting=counted.meeting,
                on_day=counted.on,
                present=counted.present,
                in_office=counted.in_office,
                needed=counted.needed,
                has_quorum=counted.has_quorum,
                counted_at=self._clock.now(),
            )
        )

    async def of(self, session_id: int) -> list[RollCall]:
        """Return what was counted at each meeting called for a session, in order."""
        found = await self._connection.execute(
            select(roll_calls)
            .where(roll_calls.c.session_id == session_id)
            .order_by(roll_calls.c.meeting)
        )
        return [_roll_call(row) for row in found]

    async def earlier(self, body_key: str, *, but: int, most: int = 10) -> list[RollCall]:
        """Return the latest roll calls of a body's other sessions, the newest first."""
        found = await self._connection.execute(
            select(roll_calls)
            .join(sessions, sessions.c.id == roll_calls.c.session_id)
            .join(bodies, bodies.c.id == sessions.c.body_id)
            .where(bodies.c.key == body_key, sessions.c.id != but)
            .order_by(roll_calls.c.counted_at.desc())
            .limit(most)
        )
        return [_roll_call(row) for row in found]

    async def held(self, body_key: str) -> list[RollCall]:
        """Return the roll call by which each session of a body was opened, the oldest first."""
        found = await self._connection.execute(
            select(roll_calls)
            .join(sessions, sessions.c.id == roll_calls.c.session_id)
            .join(bodies, bodies.c.id == sessions.c.body_id)
            .where(bodies.c.key == body_key, roll_calls.c.has_quorum)
            .order_by(roll_calls.c.counted_at)
        )
        return [_roll_call(row) for row in found]

    async def missed(self, opened: Sequence[RollCall]) -> dict[tuple[int, int], bool]:
        """Return who missed which of these sessions without an accepted excuse.

        The keys are session and person; True where they missed it.
        """
        found = await self._connection.execute(
            select(presences).where(presences.c.session_id.in_([one.session_id for one in opened]))
        )
        meeting_of = {one.session_id: one.meeting for one in opened}
        return {
            (row.session_id, row.person_id): row.presence is not Presence.PRESENT
            and not row.is_excuse_accepted
            for row in found
            if row.meeting == meeting_of[row.session_id]
        }

    async def _marked(self, session_id: int, meeting: int) -> dict[int, AnyRow]:
        found = await self._connection.execute(
            select(presences).where(
                presences.c.session_id == session_id, presences.c.meeting == meeting
            )
        )
        return {row.person_id: row for row in found}


def _seat(person_id: int, name: str, roles: frozenset[Role], row: AnyRow | None) -> Seat:
    if row is None:
        return Seat(person_id, name, roles)
    return Seat(person_id, name, roles, row.presence, True, row.is_excuse_accepted)  # noqa: FBT003 - it is marked


def _roll_call(row: AnyRow) -> RollCall:
    return RollCall(
        row.session_id,
        row.meeting,
        row.on_day,
        row.present,
        row.in_office,
        row.needed,
        row.has_quorum,
    )
