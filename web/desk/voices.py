"""A vote by name at the desk: everybody who is there on one page, each with their voice."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions.sessions import deliberating, ways
from actions.sessions.rolling import roll
from actions.sessions.ways import ItemWay
from actions.wording import Meeting
from domain.agenda import AgendaItem
from domain.errors import Refused
from domain.rights import Act, require
from domain.rolls import Presence, Seat
from domain.votes import Majority, Voice, counted
from store.unit import Unit
from web.desk.debating import SIDES, ballot
from web.desk.items import item_of
from web.desk.refusals import AGAIN, mark, refuse_stale, told
from web.desk.rolls import MOST_MARKED
from web.desk.visiting import desk_visit
from web.forms import SMALL, form
from web.mistakes import Mistaken
from web.rendering import page
from web.site import Site
from web.visiting import AnyRequest, Visit, see_other

VOICE = "voice-"
NO_PART = "none"  # there, and not in the vote, as whom the matter concerns
SAID = (*Voice, NO_PART)


def pages(site: Site) -> list[HTTPRouteHandler]:
    path = "/desk/sessions/{session_id:int}/items/{item_id:int}/voices"

    @get(path)
    async def ask(
        session_id: FromPath[int], item_id: FromPath[int], request: AnyRequest
    ) -> Response[Any]:
        """Show who is there; all begin with one voice, for unless another is asked for."""
        found, _ = await desk_visit(site, request, Act.DELIBERATE)
        return await _shown(found, session_id, item_id)

    @post(path, request_max_body_size=SMALL)
    async def record(
        session_id: FromPath[int], item_id: FromPath[int], request: AnyRequest
    ) -> Response[Any]:
        """Record the voices, unless the item or who is there has changed since they were asked."""
        found, _ = await desk_visit(site, request, Act.DELIBERATE)
        said = await form(found, most=MOST_MARKED)
        voices = _voices(said)
        try:
            async with site.store.unit() as unit:
                called, item = await item_of(unit, found, session_id, item_id, to_change=True)
                require(found.actor, Act.DELIBERATE, called.body)
                present = await _present(unit, called)
                refuse_stale(said.get("mark", ""), await _mark(unit, item, present))
                there = {one.person_id for one in present}
                named = {one: Voice(voices[one]) for one in there if voices.get(one) in set(Voice)}
                cast = ballot(said, counted(named), named)
                await deliberating.vote(unit, found.actor, session_id, item_id, cast)
        except Refused as refused:
            wrong = told(found, refused)
            return await _shown(found, session_id, item_id, wrong=wrong, typed=said)
        return see_other(found, f"/desk/sessions/{session_id}/items/{item_id}/debate?done=kept")

    return [ask, record]


async def _shown(
    found: Visit,
    session_id: int,
    item_id: int,
    *,
    wrong: str = "",
    typed: Mapping[str, str] | None = None,
) -> Response[Any]:
    """Show the voices; an item that is not voted on, or not any more, leads to how it stands."""
    async with found.site.store.reading() as unit:
        called, item = await item_of(unit, found, session_id, item_id)
        require(found.actor, Act.DELIBERATE, called.body)
        present = await _present(unit, called)
        stamp = await _mark(unit, item, present)
    if ItemWay.VOTE not in ways.of_debate(found.actor, called.session, called.body, item):
        return see_other(found, f"/desk/sessions/{session_id}/items/{item_id}/debate")
    asked, said = found.request.query_params.get("all", ""), _voices(typed or {})
    begun = asked if asked in set(Voice) else Voice.FOR
    voices = {one.person_id: said.get(one.person_id, begun) for one in present}
    return page(
        found,
        "desk/voices.html",
        status=AGAIN if wrong else HTTPStatus.OK,
        called=called,
        item=item,
        mark=stamp,
        present=present,
        voices=voices,
        said=SAID,
        counts={voice: sum(one == voice for one in voices.values()) for voice in SAID},
        begun=begun,
        majorities=list(Majority),
        sides=SIDES,
        wrong=wrong,
        typed=typed or {},
    )


def _voices(said: Mapping[str, str]) -> dict[int, str]:
    """Return who said what on a form; raise Mistaken for what none of ours says."""
    try:
        voices = {
            int(name.removeprefix(VOICE)): voice
            for name, voice in said.items()
            if name.startswith(VOICE)
        }
    except ValueError as error:
        raise Mistaken(HTTPStatus.BAD_REQUEST) from error
    if not set(voices.values()) <= set(SAID):
        raise Mistaken(HTTPStatus.BAD_REQUEST)
    return voices


async def _present(unit: Unit, called: Meeting) -> list[Seat]:
    known = await roll(unit, called)
    return [seat for seat in known.seats if seat.presence is Presence.PRESENT]


async def _mark(unit: Unit, item: AgendaItem, present: Sequence[Seat]) -> str:
    return mark(item, await unit.votes.of(item.id), [seat.person_id for seat in present])
