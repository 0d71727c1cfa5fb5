"""The roll at the desk: who is there, the opening or the quorum that lacks, and excuses after."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions.sessions import closing, opening, rolling
from actions.sessions.rolling import Roll
from actions.wording import Meeting
from domain.attendance import Answer
from domain.errors import Refused
from domain.messages import Attachment
from domain.rights import Act, require
from domain.rolls import Presence, Seat
from store.unit import Unit
from web.desk.refusals import AGAIN, refuse_stale, told
from web.desk.session import desk_meeting
from web.desk.visiting import desk_visit
from web.forms import SMALL, form
from web.mistakes import Mistaken
from web.papers import handed_over
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit, number, see_other

MOST_MARKED = 1000  # fields of a roll: a council, twice over
SEAT = "seat-"


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [*_roll(site), _opening(site), *_excuses(site), _register(site)]


def _roll(site: Site) -> list[HTTPRouteHandler]:
    @get("/desk/sessions/{session_id:int}/roll")
    async def shown(session_id: FromPath[int], request: AnyRequest) -> Page:
        found, _ = await desk_visit(site, request, Act.HOLD)
        return await _called(found, session_id)

    @post("/desk/sessions/{session_id:int}/roll", request_max_body_size=SMALL)
    async def mark(session_id: FromPath[int], request: AnyRequest) -> Response[Any]:
        """Mark what was changed on this page, and leave what others marked meanwhile as it is."""
        found, _ = await desk_visit(site, request, Act.HOLD)
        said = await form(found, most=MOST_MARKED)
        try:
            async with site.store.unit() as unit:
                called = await _held(unit, found, session_id)
                known = await rolling.roll(unit, called)
                marked = await _marked(unit, known, said)
                await rolling.mark(unit, found.actor, session_id, marked)
        except Refused as refused:
            return await _called(found, session_id, wrong=told(found, refused))
        return see_other(found, f"/desk/sessions/{session_id}/roll?done=marked")

    return [shown, mark]


def _opening(site: Site) -> HTTPRouteHandler:
    @post("/desk/sessions/{session_id:int}/open", request_max_body_size=SMALL)
    async def open_it(session_id: FromPath[int], request: AnyRequest) -> Response[Any]:
        """Open the session on the count that was shown, or note that it had no quorum."""
        found, _ = await desk_visit(site, request, Act.HOLD)
        said = await form(found)
        try:
            async with site.store.unit() as unit:
                called = await _held(unit, found, session_id)
                refuse_stale(said.get("mark", ""), _count(await rolling.roll(unit, called)))
                done = await opening.open_session(
                    unit, found.actor, session_id, language=found.language
                )
        except Refused as refused:
            return await _called(found, session_id, wrong=told(found, refused))
        became = "opened" if done.following is None else "failed"
        return see_other(found, f"/desk/sessions/{session_id}?done={became}")

    return open_it


def _excuses(site: Site) -> list[HTTPRouteHandler]:
    @get("/desk/sessions/{session_id:int}/excuses")
    async def shown(session_id: FromPath[int], request: AnyRequest) -> Page:
        found, _ = await desk_visit(site, request, Act.HOLD)
        async with site.store.reading() as unit:
            called = await desk_meeting(unit, found, session_id)
            require(found.actor, Act.HOLD, called.body)
            known = await rolling.roll(unit, called)
            answers = await unit.attendances.of(session_id)
        return page(
            found,
            "desk/excuses.html",
            called=called,
            away=[one for one in known.seats if one.presence is not Presence.PRESENT],
            is_counted=known.counted is not None,
            reasons={one.person_id: one.reason for one in answers},
        )

    @post("/desk/sessions/{session_id:int}/excuses", request_max_body_size=SMALL)
    async def judge(session_id: FromPath[int], request: AnyRequest) -> Response[Any]:
        found, _ = await desk_visit(site, request, Act.HOLD)
        person_id, _, answer = (await form(found)).get("judge", "").partition(":")
        if answer not in {"yes", "no"}:
            raise Mistaken(HTTPStatus.BAD_REQUEST)
        async with site.store.unit() as unit:
            await _held(unit, found, session_id)
            await rolling.judge(
                unit, found.actor, session_id, number(person_id), is_accepted=answer == "yes"
            )
        return see_other(found, f"/desk/sessions/{session_id}/excuses#{SEAT}{number(person_id)}")

    return [shown, judge]


def _register(site: Site) -> HTTPRouteHandler:
    @get("/desk/sessions/{session_id:int}/register.csv")
    async def register(session_id: FromPath[int], request: AnyRequest) -> Response[bytes]:
        """Hand over the attendance register; spreadsheets want its encoding said by a mark."""
        found, _ = await desk_visit(site, request, Act.HOLD)
        async with site.store.reading() as unit:
            await desk_meeting(unit, found, session_id)
            text = await closing.register(unit, session_id, language=found.language)
        content = text.encode("utf-8-sig")
        name = f"register-{session_id}.csv"
        return handed_over(Attachment(name, "text/csv", "", len(content)), content)

    return register


async def _held(unit: Unit, found: Visit, session_id: int) -> Meeting:
    called = await desk_meeting(unit, found, session_id, to_change=True)
    require(found.actor, Act.HOLD, called.body)
    return called


async def _called(found: Visit, session_id: int, *, wrong: str = "") -> Page:
    """Show the roll; who has to prove who they are does so before marking anybody."""
    async with found.site.store.reading() as unit:
        called = await desk_meeting(unit, found, session_id)
        require(found.actor, Act.HOLD, called.body)
        known = await rolling.roll(unit, called)
        answers = {one.person_id: one.answer for one in await unit.attendances.of(session_id)}
        unready = ""
        try:
            await rolling.refuse_unready(unit, called)
        except Refused as refused:
            unready = told(found, refused)
    return page(
        found,
        "desk/roll.html",
        status=AGAIN if wrong else HTTPStatus.OK,
        called=called,
        known=known,
        answers=answers,
        presences=list(Presence),
        before=_written(known.seats),
        mark=_count(known),
        is_free=known.is_quorum_free and known.counted is None,
        unready=unready,
        done="marked" if found.request.query_params.get("done") == "marked" else "",
        wrong=wrong,
    )


async def _marked(unit: Unit, known: Roll, said: Mapping[str, str]) -> dict[int, Presence]:
    """Return whom a form marks otherwise than it was shown; or all at once, as was pressed."""
    members = {seat.person_id for seat in known.seats}
    if said.get("act") == "all":
        return dict.fromkeys(members, Presence.PRESENT)
    if said.get("act") == "confirmed":
        answers = await unit.attendances.of(known.called.session.id)
        coming = {one.person_id for one in answers if one.answer is Answer.CONFIRMED}
        return dict.fromkeys(coming & members, Presence.PRESENT)
    shown = {
        number(name.removeprefix(SEAT)): Presence(presence)
        for name, presence in said.items()
        if name.startswith(SEAT) and presence in set(Presence)
    }
    before = said.get("before", "").split()
    changed = {one: there for one, there in shown.items() if f"{one}:{there}" not in before}
    is_first = not any(seat.is_marked for seat in known.seats)  # somebody has looked: all away
    return changed or (shown if is_first else {})


def _written(seats: Sequence[Seat]) -> str:
    """Return a roll as its form keeps it, to tell what was changed on it."""
    return " ".join(f"{one.person_id}:{one.presence}" for one in seats)


def _count(known: Roll) -> str:
    return f"{known.meeting}:{known.present}:{known.in_office}"
