"""Talking with the bot from a page: the same words and presses, heard by the same engine."""

import secrets
from http import HTTPStatus
from urllib.parse import urlencode

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect

from domain.addresses import Channel
from domain.letters import PROVE, mailbox, talk_at
from domain.messages import CHOICE_BYTES, MESSAGE_OF_A_TALKER, Heard, Incoming
from domain.people import Person
from store.web_sessions import WebSession
from web.forms import SMALL, form
from web.mistakes import Mistaken
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, known_visit, number, own_page, see_other

ANSWERS = 10  # of the bot's, shown at once
NONCE_LENGTH = 64


def pages(site: Site) -> list[HTTPRouteHandler]:
    @get("/talk")
    async def talk(request: AnyRequest) -> Page:
        found, person, _ = await known_visit(site, request)
        async with site.store.reading() as unit:
            said = await unit.mailboxes.talk(person.id, most=ANSWERS)
            counts = await unit.letters.counts(person.id)
        since = number(request.query_params.get("since", ""))
        return page(found, "personal/talk.html", said=said, unread=counts.unread, since=since)

    @post("/talk", request_max_body_size=SMALL)
    async def say(request: AnyRequest) -> Redirect:
        """Hear what was said or pressed, once however often the form comes, and show the answer."""
        found, person, session = await known_visit(site, request)
        said = await form(found)
        if said.get("press") == PROVE:
            return see_other(found, f"/prove?{urlencode({'then': '/talk'})}")
        async with site.store.reading() as unit:
            last = await unit.mailboxes.talk(person.id, most=1)
        await site.hear(heard(site, person, session, said, found.language))
        back = own_page(said.get("back", ""), "/talk")
        return see_other(found, f"{back}?since={last[0].id if last else 1}#new")

    return [talk, say]


def heard(
    site: Site, person: Person, session: WebSession, said: dict[str, str], language: str
) -> Incoming:
    """Translate a form: a press has a value of `press`, and words are in `text`."""
    pressed, text = said.get("press"), said.get("text", "").strip()
    words = pressed or text[:MESSAGE_OF_A_TALKER]
    if not words or len((pressed or "").encode()) > CHOICE_BYTES:
        raise Mistaken(HTTPStatus.BAD_REQUEST)
    nonce = said.get("nonce", "")[:NONCE_LENGTH] or secrets.token_urlsafe(16)
    return Incoming(
        channel=Channel.INBOX,
        address=mailbox(person.id),
        reply_to=talk_at(person.id),
        update_ref=f"{session.id}:{nonce}",
        kind=Heard.PRESS if pressed else Heard.TEXT,
        at=site.clock.now(),
        text=words,
        language=language,
        proved_at=session.proved_at,
    )
