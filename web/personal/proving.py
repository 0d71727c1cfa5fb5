"""The pages by which somebody signed in proves anew who they are, and goes on where they were."""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlencode

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect

from actions.people import confirming, signing_in
from domain.addresses import Address, Channel, masked
from domain.errors import Refused
from domain.people import Person
from store.unit import Unit
from web.forms import SMALL, form, is_new
from web.mistakes import Mistaken
from web.personal.signing_in import spare
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit, known_visit, own_page, see_other

WRONG = HTTPStatus.UNPROCESSABLE_ENTITY


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [*_asking(site), *_by_code(site)]


def _asking(site: Site) -> list[HTTPRouteHandler]:
    @get("/prove")
    async def ask(request: AnyRequest) -> Page:
        found, person, _ = await known_visit(site, request)
        return await _asked(site, found, person, _then(request))

    @post("/prove", request_max_body_size=SMALL)
    async def send(request: AnyRequest) -> Page | Redirect:
        """Send a code to an address of theirs, and lead to where it is typed."""
        found, person, _ = await known_visit(site, request)
        said = await form(found)
        if not site.asked.allows(found.network):
            raise Mistaken(HTTPStatus.TOO_MANY_REQUESTS, wait=site.asked.within)
        then = own_page(said.get("then", ""))
        try:
            async with site.store.unit() as unit:
                to = await _sent(unit, found, person, said)
        except Refused as refused:
            raise Mistaken(HTTPStatus.TOO_MANY_REQUESTS, **refused.facts) from refused
        if to is None:
            raise Mistaken(HTTPStatus.NOT_FOUND)
        return see_other(found, f"/prove/code?{urlencode({'then': then, 'to': to.id})}")

    return [ask, send]


def _by_code(site: Site) -> list[HTTPRouteHandler]:
    @get("/prove/code")
    async def ask_code(request: AnyRequest) -> Page:
        found, person, _ = await known_visit(site, request)
        to = request.query_params.get("to", "")
        return await _code_asked(site, found, person, _then(request), to)

    @post("/prove/code", request_max_body_size=SMALL)
    async def try_code(request: AnyRequest) -> Page | Redirect:
        found, person, session = await known_visit(site, request)
        said = await form(found)
        spare(site, found)
        then = own_page(said.get("then", ""))
        async with site.store.unit() as unit:
            is_right = await signing_in.prove_by_code(
                unit, found.place, said.get("code", ""), person=person, session=session
            )
        if is_right:
            return see_other(found, then)
        return await _code_asked(site, found, person, then, said.get("to", ""), is_wrong=True)

    return [ask_code, try_code]


async def _sent(
    unit: Unit, found: Visit, person: Person, said: Mapping[str, str]
) -> Address | None:
    """Send a code, once for one showing of the form, and return where it is to be read."""
    chosen = _id(said.get("to", ""))
    if await is_new(unit, found, said):
        return await confirming.send_elsewhere(
            unit, Channel.INBOX, found.place, person.id, address_id=chosen
        )
    known = await confirming.elsewhere(unit, Channel.INBOX, found.place, person.id)
    return next((one for one in known if one.id == chosen), None)


async def _asked(site: Site, found: Visit, person: Person, then: str) -> Page:
    async with site.store.reading() as unit:
        addresses = await confirming.elsewhere(unit, Channel.INBOX, found.place, person.id)
        has_passkey = bool(await unit.passkeys.of_person(person.id))
    return page(
        found,
        "personal/prove.html",
        then=then,
        addresses=addresses,
        masked=masked,
        has_passkey=has_passkey,
    )


async def _code_asked(
    site: Site, found: Visit, person: Person, then: str, to: str, *, is_wrong: bool = False
) -> Page:
    sent_to = next((one for one in await _places(site, found, person) if one.id == _id(to)), None)
    if sent_to is None:
        raise Mistaken(HTTPStatus.NOT_FOUND)
    return page(
        found,
        "personal/prove_code.html",
        then=then,
        to=sent_to,
        masked=masked,
        lasts=confirming.LASTS,
        is_wrong=is_wrong,
        status=WRONG if is_wrong else HTTPStatus.OK,
    )


async def _places(site: Site, found: Visit, person: Person) -> list[Address]:
    async with site.store.reading() as unit:
        return await confirming.elsewhere(unit, Channel.INBOX, found.place, person.id)


def _then(request: AnyRequest) -> str:
    return own_page(request.query_params.get("then", ""))


def _id(typed: str) -> int | None:
    return int(typed) if typed.isdecimal() and len(typed) < 16 else None  # noqa: PLR2004 - digits
