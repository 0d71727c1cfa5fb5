"""The pages of passkeys: made, listed and taken away; and used, to sign in or to prove anew."""

from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect

from actions.people import keeping_passkeys
from domain.actors import Proof
from domain.clock import wall_time
from domain.errors import Refused
from domain.ownership import Own, require_sure
from domain.passkeys import NewKey, Passkey
from domain.people import Person
from store.unit import Unit
from web import ceremonies
from web.entering import device, signed_in
from web.forms import SMALL, form
from web.mistakes import Mistaken, beside
from web.personal.signing_in import spare
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit, known_visit, own_page, see_other, visit

WRONG = HTTPStatus.UNPROCESSABLE_ENTITY
DONE = frozenset({"added", "removed"})


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [_challenging(site), *_keeping(site), *_using(site)]


def _challenging(site: Site) -> HTTPRouteHandler:
    @post("/passkeys/challenge", request_max_body_size=SMALL, status_code=HTTPStatus.OK)
    async def challenge(request: AnyRequest) -> Response[dict[str, Any]]:
        """Return what the browser is to ask its device, to make a key or to use one."""
        found = await visit(site, request)
        how = (await form(found)).get("for", "")
        spare(site, found)
        async with site.store.unit() as unit:
            made = await keeping_passkeys.challenge(unit, found.place)
            if how == "get":
                return Response(ceremonies.asked_for_a_key(found.origin, made))
            require_sure(found.actor, Own.ADD_PASSKEY)
            return Response(await _for_a_new_key(unit, found, made))

    return challenge


def _keeping(site: Site) -> list[HTTPRouteHandler]:
    @get("/passkeys")
    async def passkeys(request: AnyRequest) -> Page:
        found, person, _ = await known_visit(site, request)
        done = request.query_params.get("done", "")
        return await _shown(found, person, done=done if done in DONE else "")

    @post("/passkeys/new", request_max_body_size=SMALL)
    async def add(request: AnyRequest) -> Page | Redirect:
        found, person, _ = await known_visit(site, request)
        said = await form(found)
        spare(site, found)
        try:
            async with site.store.unit() as unit:
                made = await _made(unit, found, said.get("answer", ""))
                name = said.get("name", "") or device(request)
                await keeping_passkeys.add(unit, found.actor, made, name=name)
        except Refused as refused:
            return await _shown(found, person, wrong=beside(refused))
        return see_other(found, "/passkeys?done=added")

    @post("/passkeys", request_max_body_size=SMALL)
    async def remove(request: AnyRequest) -> Redirect:
        found, person, _ = await known_visit(site, request)
        which = (await form(found)).get("remove", "")
        async with site.store.unit() as unit:
            is_gone = which.isdecimal() and await keeping_passkeys.remove(unit, person, int(which))
        if not is_gone:
            raise Mistaken(HTTPStatus.NOT_FOUND)
        return see_other(found, "/passkeys?done=removed")

    return [passkeys, add, remove]


def _using(site: Site) -> list[HTTPRouteHandler]:
    @post("/sign-in/passkey", request_max_body_size=SMALL)
    async def sign_in(request: AnyRequest) -> Page | Redirect:
        found = await visit(site, request)
        said = await form(found)
        spare(site, found)
        then, answer = own_page(said.get("then", "")), said.get("answer", "")
        async with site.store.unit() as unit:
            proved = await _proved(unit, found, answer)
            token = await keeping_passkeys.sign_in(
                unit, ceremonies.credential_in(answer), proved, device=device(request)
            )
        if token:
            return signed_in(site, token, then)
        return page(
            found, "personal/sign_in.html", then=then, wrong="passkey.not_good", status=WRONG
        )

    @post("/prove/passkey", request_max_body_size=SMALL)
    async def prove(request: AnyRequest) -> Redirect:
        found, person, session = await known_visit(site, request)
        said = await form(found)
        spare(site, found)
        answer = said.get("answer", "")
        async with site.store.unit() as unit:
            proved = await _proved(unit, found, answer)
            is_proved = await keeping_passkeys.prove(
                unit, ceremonies.credential_in(answer), proved, person=person, session=session
            )
        if not is_proved:
            raise Refused("passkey.not_good")
        return see_other(found, own_page(said.get("then", "")))

    return [sign_in, prove]


async def _for_a_new_key(unit: Unit, found: Visit, challenge: bytes) -> dict[str, Any]:
    if found.person is None:
        raise Mistaken(HTTPStatus.UNAUTHORIZED)
    return ceremonies.asked_for_a_new_key(
        found.origin,
        challenge,
        name=found.person.name,
        handle=await keeping_passkeys.handle(unit, found.person),
        held=await unit.passkeys.of_person(found.person.id),
    )


async def _made(unit: Unit, found: Visit, answer: str) -> NewKey | None:
    challenge = ceremonies.challenge_in(answer)
    if not await unit.passkeys.answer(challenge, found.place):
        return None
    return ceremonies.new_key(answer, origin=found.origin, challenge=challenge)


async def _proved(unit: Unit, found: Visit, answer: str) -> keeping_passkeys.Proved:
    """Return who checks an answer against a key: nobody, once its challenge was used or is old."""
    challenge = ceremonies.challenge_in(answer)
    is_asked = await unit.passkeys.answer(challenge, found.place)

    def proved(passkey: Passkey) -> int | None:
        if not is_asked:
            return None
        return ceremonies.uses_proved(answer, passkey, origin=found.origin, challenge=challenge)

    return proved


async def _shown(
    found: Visit, person: Person, *, wrong: Refused | None = None, done: str = ""
) -> Page:
    async with found.site.store.reading() as unit:
        held = await unit.passkeys.of_person(person.id)
    return page(
        found,
        "personal/passkeys.html",
        status=WRONG if wrong else HTTPStatus.OK,
        passkeys=held,
        at=lambda instant: wall_time(instant, found.zone),
        is_sure=found.actor.proof is Proof.FRESH,
        wrong=wrong,
        done=done,
    )
