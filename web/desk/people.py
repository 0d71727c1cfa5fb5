"""Whom the council knows, at the desk: looked for by name, body and office, and one of them."""

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions.meetings import today
from actions.notices import releasing, suppressing
from actions.people import linking
from domain.addresses import Address, Channel, masked
from domain.bodies import Role
from domain.clock import wall_time
from domain.errors import Refused
from domain.rights import Act, may, require
from store.directory import Wanted
from store.unit import Unit
from web.desk.refusals import AGAIN, told
from web.desk.visiting import desk_visit
from web.forms import SMALL, form
from web.mistakes import Mistaken
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit, number, see_other

ON_A_PAGE = 50
LONGEST_WORDS = 100
OURS = frozenset({Channel.INBOX})  # the mailbox here: nobody is to be kept from it


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [_list(site), *_person(site)]


def _list(site: Site) -> HTTPRouteHandler:
    @get("/desk/people")
    async def listed(request: AnyRequest) -> Page:
        found, _ = await desk_visit(site, request)
        require(found.actor, Act.EXPORT)
        asked = request.query_params
        wanted, offset = _wanted(asked), number(asked.get("offset", ""))
        async with site.store.reading() as unit:
            bodies = {one.key: one for one in await unit.bodies.all()}
            day = today(site.clock, found.commune)
            people = await unit.directory.page(wanted, on=day, offset=offset, most=ON_A_PAGE + 1)
        here = _again(asked)
        return page(
            found,
            "desk/people.html",
            people=people[:ON_A_PAGE],
            bodies=bodies,
            roles=list(Role),
            wanted=wanted,
            may_import=may(found.actor, Act.IMPORT_PEOPLE),
            newer=f"{here}{max(0, offset - ON_A_PAGE)}" if offset else None,
            older=f"{here}{offset + ON_A_PAGE}" if len(people) > ON_A_PAGE else None,
        )

    return listed


def _person(site: Site) -> list[HTTPRouteHandler]:
    @get("/desk/people/{person_id:int}")
    async def one(person_id: FromPath[int], request: AnyRequest) -> Page:
        """Show somebody; their addresses unmasked only to whoever asks and may, freshly proved."""
        found, _ = await desk_visit(site, request)
        require(found.actor, Act.EXPORT)
        if is_open := request.query_params.get("addresses") == "open":
            require(found.actor, Act.READ_ADDRESSES)
        return await _shown(found, person_id, is_open=is_open)

    @post("/desk/people/{person_id:int}", request_max_body_size=SMALL)
    async def change(person_id: FromPath[int], request: AnyRequest) -> Response[Any]:
        found, _ = await desk_visit(site, request)
        require(found.actor, Act.EXPORT)
        act, _, which = (await form(found)).get("act", "").partition(":")
        try:
            async with site.store.unit() as unit:
                if act == "code":
                    code = await linking.offer(unit, person_id, actor=found.actor)
                else:
                    await _changed(unit, found, person_id, act, number(which))
                    code = ""
        except Refused as refused:
            return await _shown(found, person_id, wrong=told(found, refused))
        if code:
            return await _shown(found, person_id, code=code)
        return see_other(found, f"/desk/people/{person_id}?done={act}")

    return [one, change]


async def _shown(
    found: Visit, person_id: int, *, is_open: bool = False, code: str = "", wrong: str = ""
) -> Page:
    day = today(found.site.clock, found.commune)
    async with found.site.store.reading() as unit:
        person = await unit.people.by_id(person_id, on=day)
        if person is None:
            raise Mistaken(HTTPStatus.NOT_FOUND)
        addresses = await unit.people.addresses(person_id)
        bodies = {one.key: one for one in await unit.bodies.all()}
        dead = [one for one in await unit.suppressions.all() if one.person_id == person_id]
    done = found.request.query_params.get("done", "")
    return page(
        found,
        "desk/person.html",
        status=AGAIN if wrong else HTTPStatus.OK,
        person=person,
        addresses=[one for one in addresses if one.channel not in OURS],
        bodies=bodies,
        codes={(one.channel, one.address): one.code for one in dead if one.code},
        shown=_value if is_open else _masked,
        is_open=is_open,
        may_open=may(found.actor, Act.READ_ADDRESSES),
        may_mind=may(found.actor, Act.MIND_ADDRESSES),
        may_link=may(found.actor, Act.LINK_OTHERS),
        on=lambda instant: wall_time(instant, found.zone).date(),
        code=code,
        link=found.site.lead(code.replace("-", "")) if code else None,
        lasts=linking.OFFER_LASTS,
        done=done if done in ACTS else "",
        wrong=wrong,
    )


async def _changed(unit: Unit, found: Visit, person_id: int, act: str, address_id: int) -> None:
    """Do what was pressed beside an address of theirs."""
    address = await unit.people.address(address_id)
    if act not in ACTS or address is None or address.person_id != person_id:
        raise Mistaken(HTTPStatus.BAD_REQUEST)
    await ACTS[act](unit, found, address)


async def _release(unit: Unit, found: Visit, address: Address) -> None:
    await releasing.release(unit, address.value, actor=found.actor)


async def _suppress(unit: Unit, found: Visit, address: Address) -> None:
    await suppressing.suppress(unit, address.value, actor=found.actor)


async def _untie(unit: Unit, found: Visit, address: Address) -> None:
    await linking.untie(unit, address.id, actor=found.actor)


Do = Callable[[Unit, Visit, Address], Awaitable[None]]
ACTS: Mapping[str, Do] = {"release": _release, "suppress": _suppress, "untie": _untie}


def _masked(address: Address) -> str:
    return masked(address.channel, address.value)


def _value(address: Address) -> str:
    return address.value


def _wanted(asked: Mapping[str, str]) -> Wanted:
    role = asked.get("role", "")
    return Wanted(
        words=" ".join(asked.get("words", "").split())[:LONGEST_WORDS],
        body_key=asked.get("body", ""),
        role=Role(role) if role in set(Role) else None,
        is_dead=asked.get("dead") == "yes",
    )


def _again(asked: Mapping[str, str]) -> str:
    """Return the same list with another place to begin at, to be written behind."""
    kept = {name: asked[name] for name in ("words", "body", "role", "dead") if asked.get(name)}
    return f"/desk/people?{urlencode({**kept, 'offset': ''})}"
