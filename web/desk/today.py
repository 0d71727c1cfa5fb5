"""The first page of the desk: what the law asks next, and what waits for whoever works here."""

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect

from actions import approving
from actions.duties import waiting
from actions.meetings import today
from actions.papers import recording
from actions.petitions.queuing import queue
from domain.actors import Actor
from domain.session_facts import SessionFact
from store.unit import Unit
from web.desk.visiting import desk_visit
from web.forms import SMALL, form
from web.mistakes import Mistaken
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, see_other

Note = Callable[[Unit, Actor, int, SessionFact], Awaitable[object]]
NOTED: Mapping[str, Note] = {"did": recording.record, "undid": recording.strike}

SESSION = "session"  # the page to come back to, where it is not this one
MOST = 5  # of a kind; the rest is in its room


def pages(site: Site) -> list[HTTPRouteHandler]:
    @get("/desk")
    async def shown(request: AnyRequest) -> Page:
        found, _ = await desk_visit(site, request)
        asked = request.query_params
        async with site.store.reading() as unit:
            tasks = await waiting.tasks(unit, found.actor, language=found.language)
            day = today(site.clock, found.commune)
            texts = await approving.waiting_for(unit, found.actor)
            petitions = await queue(unit, found.actor)
            matches = await waiting.unmatched(unit, found.actor)
        done, session_id, fact = asked.get("done", ""), asked.get("session", ""), asked.get("fact")
        return page(
            found,
            "desk/today.html",
            tasks=tasks,
            texts=texts,
            petitions=petitions,
            matches=matches,
            most=MOST,
            day=day,
            done=done if done in NOTED and fact in set(SessionFact) else "",
            fact=fact,
            session_id=session_id,
        )

    @post("/desk", request_max_body_size=SMALL)
    async def note(request: AnyRequest) -> Redirect:
        """Note that a duty was done today, or take that back."""
        found, _ = await desk_visit(site, request)
        said = await form(found)
        how, _, what = said.get("note", "").partition(":")
        session_id, _, fact = what.partition(":")
        if how not in NOTED or fact not in set(SessionFact) or not session_id.isdecimal():
            raise Mistaken(HTTPStatus.BAD_REQUEST)
        async with site.store.unit() as unit:
            await NOTED[how](unit, found.actor, int(session_id), SessionFact(fact))
        if said.get("back") == SESSION:
            return see_other(found, f"/desk/sessions/{session_id}?done={how}#record")
        return see_other(found, f"/desk?done={how}&session={session_id}&fact={fact}")

    return [shown, note]
