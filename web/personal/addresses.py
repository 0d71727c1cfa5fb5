"""The page of one's addresses: each with its state, and how another is added, by a code."""

from http import HTTPStatus
from urllib.parse import urlencode

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect

from actions.people import confirming, keeping_addresses
from actions.people.keeping_addresses import DECLARABLE
from domain.actors import Proof
from domain.addresses import Channel
from domain.errors import Refused
from domain.people import Person
from web.forms import SMALL, form, is_new
from web.mistakes import Mistaken, beside
from web.personal.signing_in import spare
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit, known_visit, see_other

WRONG = HTTPStatus.UNPROCESSABLE_ENTITY
DONE = frozenset({"added", "declare", "remove"})
ACTS = {"declare": keeping_addresses.declare, "remove": keeping_addresses.remove}
LONGEST = 254  # characters of an address


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [*_list(site), _offering(site), *_adding(site)]


def _list(site: Site) -> list[HTTPRouteHandler]:
    @get("/addresses")
    async def addresses(request: AnyRequest) -> Page:
        found, person, _ = await known_visit(site, request)
        done = request.query_params.get("done", "")
        return await _shown(found, person, done=done if done in DONE else "")

    @post("/addresses", request_max_body_size=SMALL)
    async def change(request: AnyRequest) -> Page | Redirect:
        """Declare one of them to the council, or take it away."""
        found, person, _ = await known_visit(site, request)
        how, _, which = (await form(found)).get("do", "").partition(":")
        if how not in ACTS or not (which.isdecimal() and len(which) < 16):  # noqa: PLR2004 - digits
            raise Mistaken(HTTPStatus.BAD_REQUEST)
        try:
            async with site.store.unit() as unit:
                await ACTS[how](unit, found.actor, int(which))
        except Refused as refused:
            return await _shown(found, person, wrong=beside(refused))
        return see_other(found, f"/addresses?done={how}")

    return [addresses, change]


def _offering(site: Site) -> HTTPRouteHandler:
    @post("/addresses/new", request_max_body_size=SMALL)
    async def offer(request: AnyRequest) -> Page | Redirect:
        """Send a code to an address, and lead to where it is typed: whoever holds it elsewhere."""
        found, person, _ = await known_visit(site, request)
        said = await form(found)
        contact = said.get("contact", "").strip()[:LONGEST]
        if not site.asked.allows(found.network):
            raise Mistaken(HTTPStatus.TOO_MANY_REQUESTS, wait=site.asked.within)
        try:
            async with site.store.unit() as unit:
                if await is_new(unit, found, said):
                    await keeping_addresses.offer(unit, found.actor, found.place, contact)
        except Refused as refused:
            return await _shown(found, person, wrong=beside(refused), typed=contact)
        return see_other(found, f"/addresses/code?{urlencode({'contact': contact})}")

    return offer


def _adding(site: Site) -> list[HTTPRouteHandler]:
    @get("/addresses/code")
    async def ask_code(request: AnyRequest) -> Page:
        found, _, _ = await known_visit(site, request)
        return _code_asked(found, request.query_params.get("contact", ""))

    @post("/addresses/code", request_max_body_size=SMALL)
    async def try_code(request: AnyRequest) -> Page | Redirect:
        found, person, _ = await known_visit(site, request)
        said = await form(found)
        spare(site, found)
        contact = said.get("contact", "")
        try:
            async with site.store.unit() as unit:
                is_theirs = await keeping_addresses.add(
                    unit, found.actor, found.place, contact, said.get("code", "")
                )
        except Refused as refused:
            return await _shown(found, person, wrong=beside(refused), typed=contact)
        if is_theirs:
            return see_other(found, "/addresses?done=added")
        return _code_asked(found, contact, is_wrong=True)

    return [ask_code, try_code]


def _code_asked(found: Visit, contact: str, *, is_wrong: bool = False) -> Page:
    return page(
        found,
        "personal/address_code.html",
        contact=contact[:LONGEST],
        lasts=confirming.LASTS,
        is_wrong=is_wrong,
        status=WRONG if is_wrong else HTTPStatus.OK,
    )


async def _shown(
    found: Visit, person: Person, *, wrong: Refused | None = None, typed: str = "", done: str = ""
) -> Page:
    async with found.site.store.reading() as unit:
        held = await unit.people.addresses(person.id)
    return page(
        found,
        "personal/addresses.html",
        status=WRONG if wrong else HTTPStatus.OK,
        addresses=[one for one in held if one.channel is not Channel.INBOX],
        declarable=DECLARABLE,
        is_sure=found.actor.proof is Proof.FRESH,
        wrong=wrong,
        typed=typed,
        done=done,
    )
