"""What everybody's pages are read with: who looks, the bodies of the commune, and one unit."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from http import HTTPStatus
from typing import Any, Self

from actions.meetings import today
from actions.wording import Meeting
from domain.access import Viewer
from domain.agenda import AgendaItem
from domain.bodies import Body
from domain.clock import instant
from domain.documents import Document, DocumentKind
from domain.phrasebook import FALLBACK
from domain.sessions import Session, Sitting, is_off
from store.unit import Unit
from web.mistakes import Mistaken
from web.site import Site
from web.visiting import AnyRequest, Visit, note_seen, visit_in

READ_AHEAD = 60  # sittings, so that those one may not see do not hide the others


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the records, through the eyes of whoever visits. `bodies` are by key."""

    visit: Visit
    unit: Unit
    bodies: Mapping[str, Body]

    @classmethod
    async def of(cls, found: Visit, unit: Unit) -> Self:
        return cls(found, unit, {body.key: body for body in await unit.bodies.all()})

    @property
    def viewer(self) -> Viewer:
        return Viewer(self.visit.person, self.bodies)

    @property
    def today(self) -> date:
        """The day it is at the commune's."""
        return today(self.unit.clock, self.visit.commune)

    def body_key(self, asked: str) -> str | None:
        """Return the key of the body that was asked for, if there is such a one."""
        return asked if asked in self.bodies else None

    async def ahead(self, *, most: int, keys: Sequence[str] | None = None) -> list[Meeting]:
        """Return the sittings of today and after that are to be held, in order."""
        midnight = instant(datetime.combine(self.today, time.min), self.visit.zone)
        found = await self.unit.sessions.upcoming(midnight, body_keys=keys, most=READ_AHEAD)
        return [one for one in self.seen(found) if not is_called_off(one)][:most]

    def seen(self, held: Sequence[tuple[Session, Sitting]]) -> list[Meeting]:
        """Return the sittings that may be seen, each with its session and body."""
        return [
            Meeting(session, self.bodies[session.body_key], [sitting])
            for session, sitting in held
            if self.viewer.sees(session)
        ]

    async def meeting(self, session_id: int) -> Meeting:
        """Return a session with its sittings and the items that may be seen, or raise Mistaken."""
        session = await self.unit.sessions.by_id(session_id)
        if session is None or not self.viewer.sees(session):
            raise Mistaken(HTTPStatus.NOT_FOUND)
        sittings = await self.unit.sessions.sittings(session_id)
        if not sittings:
            raise Mistaken(HTTPStatus.NOT_FOUND)
        is_seen = self.viewer.sees_agenda(session)
        items = await self.unit.agenda.of(session_id) if is_seen else ()
        body = self.bodies[session.body_key]
        return Meeting(session, body, sittings, self.viewer.items(session, items))

    async def item(self, item_id: int) -> tuple[Meeting, AgendaItem]:
        """Return an item with its session, or raise Mistaken when it is not theirs to see."""
        item = await self.unit.agenda.by_id(item_id)
        if item is None:
            raise Mistaken(HTTPStatus.NOT_FOUND)
        meeting = await self.meeting(item.session_id)
        if all(one.id != item_id for one in meeting.items):
            raise Mistaken(HTTPStatus.NOT_FOUND)
        return meeting, item

    async def papers(self, meeting: Meeting) -> list[Document]:
        """Return the papers of a session that may be read; the agenda in the reader's language."""
        readable = [
            paper
            for paper in await self.unit.documents.of(meeting.session.id)
            if self.viewer.sees_document(meeting.session, meeting.body, paper, meeting.items)
        ]
        spoken = FALLBACK.get(self.visit.language, self.visit.language)
        agendas = {paper.language for paper in readable if paper.kind is DocumentKind.AGENDA}
        return [
            paper
            for paper in readable
            if paper.kind is not DocumentKind.AGENDA
            or paper.language == spoken
            or spoken not in agendas
        ]

    async def follows(self, topic: str) -> bool:
        """Say whether whoever looks has asked to hear of a topic."""
        person = self.visit.person
        if person is None:
            return False
        return topic in (await self.unit.preferences.of(person.id)).now.followed


@asynccontextmanager
async def looking(site: Site, request: AnyRequest) -> AsyncIterator[Look]:
    async with site.store.reading() as unit:
        found = await visit_in(unit, site, request)
        yield await Look.of(found, unit)
    await note_seen(site, found)


def ways_on(offset: int, found: Sequence[object], most: int) -> dict[str, Any]:
    """Return where a list goes on, by offset; `found` has one more than `most` where it does.

    From a page there is nothing on, the way leads back to the first.
    """
    newer = max(0, offset - most) if found else 0
    return {
        "newer": newer if offset else None,
        "older": offset + most if len(found) > most else None,
    }


def is_called_off(meeting: Meeting) -> bool:
    return is_off(meeting.session.state, meeting.opening.state)
