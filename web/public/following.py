"""Following a body, an item, a petition or one's own words: by a press, or by a code."""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import quote, urlencode

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect

from actions import following
from actions.meetings import today
from actions.people import signing_in
from domain.drafts import Draft
from domain.following import FOLLOWING, TOPIC
from domain.forms import faults, kept
from domain.phrasebook import FALLBACK
from domain.topics import body_of, item_of, of_words, petition_of, words_of
from store.unit import Unit
from web import filling
from web.entering import device, signed_in
from web.forms import SMALL, form
from web.mistakes import Mistaken
from web.public.looking import Look, looking
from web.public.petitions import seen
from web.public.proved_contacts import CONTACT, WRONG, Desk, Proved, kept_draft
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit, own_page, see_other, visit

FOLLOW = "/follow"
CODE = "/follow/code"
SHOWN_AT = "#following"  # where every page says whether it is followed


def pages(site: Site) -> list[HTTPRouteHandler]:
    desk = Desk(site, asks_id=False)
    return [_choosing(site), _following(site, desk), *_by_code(site, desk)]


def _choosing(site: Site) -> HTTPRouteHandler:
    @get(FOLLOW)
    async def choose(request: AnyRequest) -> Page | Redirect:
        """Show what there is to follow; of one thing, what it takes to follow it."""
        async with looking(site, request) as look:
            topic = asked_for(request)
            if not topic:
                return page(look.visit, "public/follow_what.html", bodies=look.bodies.values())
            what = await named(look, topic)
            if look.visit.person:
                return see_other(look.visit, page_of(topic) + SHOWN_AT)
            return _asked(look.visit, topic, what)

    return choose


def _following(site: Site, desk: Desk) -> HTTPRouteHandler:
    @post(FOLLOW, request_max_body_size=SMALL)
    async def follow(request: AnyRequest) -> Page | Redirect:
        """Follow what the page shows, or no more; a stranger is sent a code."""
        visited = await visit(site, request)
        said = await form(visited)
        topic = said.get(TOPIC, "")
        if visited.person is None:
            return await _begun(site, desk, visited, topic, said)
        change = following.unfollow if said.get("wanted") == "no" else following.follow
        async with site.store.unit() as unit:
            await change(unit, visited.person, topic)
        return see_other(visited, own_page(said.get("back", ""), "/") + SHOWN_AT)

    return follow


def _by_code(site: Site, desk: Desk) -> list[HTTPRouteHandler]:
    @get(CODE)
    async def ask_code(request: AnyRequest) -> Page | Redirect:
        topic = asked_for(request)
        async with looking(site, request) as look:
            draft = await _draft(look.unit, look.visit, topic)
            if draft is None:
                return see_other(look.visit, _of(FOLLOW, topic))
            return await desk.asked(look.unit, look.visit, draft, action=_of(CODE, topic))

    @post(CODE, request_max_body_size=SMALL)
    async def try_code(request: AnyRequest) -> Page | Redirect:
        """Follow, and come in: who has just proved to hold a contact is known by it."""
        visited, topic = await visit(site, request), asked_for(request)
        said = await form(visited)
        async with site.store.unit() as unit:
            draft = await _draft(unit, visited, topic)
            if draft is None:
                return see_other(visited, _of(FOLLOW, topic))
            proved = await desk.heard(unit, visited, draft, said, action=_of(CODE, topic))
            if not isinstance(proved, Proved):
                return proved
            contact = draft.answers[CONTACT]
            person = await following.follower_by(unit, contact, language=visited.language)
            await following.follow(unit, person, topic)
            await unit.drafts.end(draft.id)
            token = await signing_in.sign_in(unit, person.id, device=device(request))
        return signed_in(site, token, page_of(topic) + SHOWN_AT)

    return [ask_code, try_code]


async def _begun(
    site: Site, desk: Desk, visited: Visit, topic: str, said: Mapping[str, str]
) -> Page | Redirect:
    """Send a code to the contact of a stranger, or say what is wrong with it."""
    answers, day = filling.filled(FOLLOWING, said), today(site.clock, visited.commune)
    wrong = faults(FOLLOWING, answers, visited.language, today=day)
    async with site.store.unit() as unit:
        what = await named(await Look.of(visited, unit), topic)
        if wrong:
            return _asked(visited, topic, what, answers, wrong)
        given = {**kept(FOLLOWING, answers, day), TOPIC: topic}
        await desk.take(unit, visited, FOLLOWING, given)
    return see_other(visited, _of(CODE, topic))


def _asked(
    visited: Visit,
    topic: str,
    what: str,
    answers: Mapping[str, str] | None = None,
    wrong: Mapping[str, str] | None = None,
) -> Page:
    return page(
        visited,
        "public/follow.html",
        topic=topic,
        what=what,
        back=page_of(topic),
        sheet=filling.asked(visited, FOLLOWING, answers, wrong),
        status=WRONG if wrong else HTTPStatus.OK,
    )


async def _draft(unit: Unit, visited: Visit, topic: str) -> Draft | None:
    """Return what a stranger filled in of this browser's form, whole, to follow this."""
    draft = None if visited.person else await kept_draft(unit, visited, FOLLOWING)
    is_its = draft is not None and draft.answers.get(TOPIC) == topic and CONTACT in draft.answers
    return draft if is_its else None


def asked_for(request: AnyRequest) -> str:
    """Return the topic that a link asks for, or that somebody's own words make."""
    words = request.query_params.get("words", "")
    return of_words(words) if words.strip() else request.query_params.get(TOPIC, "")


async def named(look: Look, topic: str) -> str:
    """Return what people call a topic, or raise Mistaken when it is not theirs to see."""
    if ref := petition_of(topic):
        return (await seen(look, ref)).subject
    if item_id := item_of(topic):
        return (await look.item(item_id))[1].title
    if (body := look.bodies.get(body_of(topic) or "")) is not None:
        return body.name(FALLBACK.get(look.visit.language, look.visit.language))
    if (words := words_of(topic)) and words.isprintable():
        return words
    raise Mistaken(HTTPStatus.NOT_FOUND)


def page_of(topic: str) -> str:
    """Return the page of what is followed."""
    if ref := petition_of(topic):
        return f"/petitions/{quote(ref)}"
    if item_id := item_of(topic):
        return f"/items/{item_id}"
    if key := body_of(topic):
        return f"/sessions?{urlencode({'body': key})}"
    return f"/search?{urlencode({'q': words_of(topic) or ''})}"


def _of(path: str, topic: str) -> str:
    return f"{path}?{urlencode({TOPIC: topic})}"
