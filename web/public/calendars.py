"""Calendars that other programs subscribe to: what a body does in public."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions.wording import Meeting, event
from domain.calendars import Entry, published
from domain.clock import wall_time
from domain.history import SESSION_STEPS
from domain.messages import EventStatus
from domain.phrasebook import ELSEWHERE, LANGUAGES
from web.conditional import answered
from web.mistakes import Mistaken
from web.public.looking import Look, is_called_off
from web.site import Site
from web.visiting import AnyRequest, visit

PAST, AHEAD = timedelta(days=183), timedelta(days=366)
ICS = ".ics"
CALENDAR = "text/calendar"  # the charset is added to what is text


def pages(site: Site) -> list[HTTPRouteHandler]:
    @get("/calendars/{name:str}")
    async def of_body(name: FromPath[str], request: AnyRequest) -> Response[bytes]:
        """Give what a body does in public, whoever asks: no browser's cookie is looked at."""
        found = replace(await visit(site, request), person=None, session=None)
        async with site.store.reading() as unit:
            look = await Look.of(replace(found, language=language_of(request)), unit)
            body = look.bodies.get(name.removesuffix(ICS))
            if body is None or not name.endswith(ICS):
                raise Mistaken(HTTPStatus.NOT_FOUND)
            return await given(look, body.name(look.visit.language), [body.key])

    return [of_body]


async def given(
    look: Look, name: str, keys: Sequence[str], *, is_public: bool = True
) -> Response[bytes]:
    """Return the sittings of these bodies that may be seen, as a calendar of this name."""
    today = wall_time(look.unit.clock.now(), look.visit.zone)
    held = await look.unit.sessions.between(today - PAST, today + AHEAD, body_keys=keys)
    # A day that is still being planned is none to keep free.
    meetings = [one for one in look.seen(held) if one.session.convened_at]
    changed = await changes(look, meetings)
    entries = [_entry(look, meeting, changed) for meeting in meetings]
    zone_name = look.visit.commune.zone
    return answered(
        look.visit.request,
        published(name, entries, zone_name=zone_name, year=today.year),
        media_type=CALENDAR,
        changed_at=max((entry.changed_at for entry in entries), default=None),
        is_public=is_public,
    )


async def changes(look: Look, meetings: Sequence[Meeting]) -> dict[int, datetime]:
    """Return when something last happened in public to each of these sessions."""
    names = {f"session:{one.session.id}": one.session for one in meetings}
    latest = await look.unit.audit.latest(list(names), acts=SESSION_STEPS)
    return {
        session.id: latest.get(name) or session.convened_at or look.unit.clock.now()
        for name, session in names.items()
    }


def _entry(look: Look, meeting: Meeting, changed: dict[int, datetime]) -> Entry:
    """Return a sitting as an event; the opening has the name it was convened by."""
    session_id, sitting = meeting.session.id, meeting.opening
    status = EventStatus.CANCELLED if is_called_off(meeting) else EventStatus.CONFIRMED
    of_session = event(meeting, look.visit.language, status=status)
    uid = of_session.uid.replace("@", f"-{sitting.number}@") if sitting.number > 1 else ""
    return Entry(
        replace(of_session, uid=uid or of_session.uid),
        changed[session_id],
        f"{look.visit.origin}/sessions/{session_id}",
    )


def language_of(request: AnyRequest) -> str:
    """Return the language that a link asks for: who fetches a feed speaks none."""
    asked = request.query_params.get("lang", "")
    return asked if asked in LANGUAGES else ELSEWHERE
