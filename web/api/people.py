"""People and where they are reached; addresses are masked but for tokens that read them."""

from http import HTTPStatus
from typing import Annotated

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody, QueryParameter
from msgspec import Meta, Struct

from actions.people import looking_up
from actions.people.importing_people import PeopleImported
from domain.addresses import Address, Channel, masked
from domain.bodies import Role
from domain.people import Person
from domain.phrasebook import phrasebook
from domain.rights import Act, may
from domain.tokens import Scope
from store.inventory import Dated, Part
from web.api.bearers import AnyRequest, Gate, bearer_of
from web.api.council_shapes import ModifiedAt
from web.api.cursors import USUAL, CursorSaid, LimitSaid, Page, SinceSaid, page, part
from web.api.named import Number
from web.api.problems import Fault, Mistaken
from web.visiting import accepted_language

Written = Annotated[str, Meta(max_length=320, pattern=r"^[^\x00-\x1f;]*$")]


class Seat(Struct, frozen=True, forbid_unknown_fields=True):
    """A place in a body, now."""

    body: Annotated[str, Meta(pattern=r"^[A-Za-z0-9:._-]{1,64}$", description="Its key.")]
    role: Role


class AddressShown(Struct, frozen=True):
    channel: Channel
    value: Annotated[str, Meta(description="Masked, unless the token reads addresses.")]
    is_declared: Annotated[bool, Meta(description="Given to the council for convocations.")]
    is_verified: bool
    is_quarantined: Annotated[bool, Meta(description="A provider said never.")]


class PersonShown(Struct, frozen=True):
    id: int
    name: str
    language: str
    seats: list[Seat]
    addresses: list[AddressShown]
    modified_at: ModifiedAt


class NewPerson(Struct, frozen=True, forbid_unknown_fields=True):
    """A person as your system knows them; whom the register knows by this name is changed."""

    name: Annotated[
        str, Meta(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f;]*\S[^\x00-\x1f;]*$")
    ]
    language: Annotated[str, Meta(pattern=r"^(fr|ar|en|ary)$")] = "fr"
    seats: Annotated[list[Seat], Meta(max_length=20)] = []
    declared_address: Written = ""
    other_addresses: Annotated[
        list[Written], Meta(max_length=20, description="As tel:+212…, mailto:… or telegram:….")
    ] = []
    is_verified: Annotated[
        bool, Meta(description="You have proof that the addresses are theirs.")
    ] = False


class Taken(Struct, frozen=True):
    """What became, or in a dry run would have become, of a person who was sent."""

    added: int
    changed: int
    same: int


def routes(gate: Gate) -> list[HTTPRouteHandler]:
    return [_listing(gate), _showing(gate), _taking(gate)]


def _listing(gate: Gate) -> HTTPRouteHandler:
    @get("/people", tags=["People"], summary="List people", **gate.reading(Scope.PEOPLE_READ))
    async def people(
        request: AnyRequest,
        *,
        modified_since: SinceSaid = None,
        cursor: CursorSaid = None,
        limit: LimitSaid = USUAL,
    ) -> Page[PersonShown]:
        actor = bearer_of(request).actor
        asked = part(cursor, limit, modified_since)
        async with gate.site.store.reading() as unit:
            found = await looking_up.people(unit, asked, actor=actor)
        is_masked = not may(actor, Act.READ_ADDRESSES)
        return page(
            found,
            limit,
            lambda one: one[0].value.id,
            lambda one: _person(*one, is_masked=is_masked),
        )

    return people


def _showing(gate: Gate) -> HTTPRouteHandler:
    @get(
        "/people/{person_id:int}",
        tags=["People"],
        summary="Show a person",
        **gate.reading(Scope.PEOPLE_READ),
    )
    async def person(request: AnyRequest, person_id: Number) -> PersonShown:
        actor = bearer_of(request).actor
        async with gate.site.store.reading() as unit:
            found = await looking_up.people(unit, Part(only=person_id), actor=actor)
        if not found:
            raise Mistaken(HTTPStatus.NOT_FOUND)
        return _person(*found[0], is_masked=not may(actor, Act.READ_ADDRESSES))

    return person


def _taking(gate: Gate) -> HTTPRouteHandler:
    @post(
        "/people",
        tags=["People"],
        summary="Add a person, or change whom the register knows by this name",
        status_code=int(HTTPStatus.OK),
        **gate.writing(Scope.PEOPLE_WRITE),
    )
    async def take_person(
        request: AnyRequest,
        data: JSONBody[NewPerson],
        *,
        dry_run: Annotated[bool, QueryParameter(description="Change nothing.")] = False,
    ) -> Taken:
        entry = looking_up.Entry(
            data.name,
            data.language,
            [(one.role.value, one.body) for one in data.seats],
            data.declared_address,
            data.other_addresses,
            data.is_verified,
        )
        actor = bearer_of(request).actor
        async with gate.site.store.unit() as unit:
            became = await looking_up.take(unit, entry, actor=actor, is_dry_run=dry_run)
        if became.bad:
            language = accepted_language(request.headers.get("accept-language", ""))
            faults = _faults(became, language)
            raise Mistaken(HTTPStatus.UNPROCESSABLE_ENTITY, "api.no_person", faults=faults)
        return Taken(became.added, became.changed, became.same)

    return take_person


def _faults(became: PeopleImported, language: str) -> tuple[Fault, ...]:
    say = phrasebook().say
    return tuple(
        Fault(cell.column, say(cell.reason.key, language, **cell.reason.facts))
        for cell in became.bad
    )


def _person(dated: Dated[Person], addresses: list[Address], *, is_masked: bool) -> PersonShown:
    person = dated.value
    return PersonShown(
        person.id,
        person.name,
        person.language,
        [Seat(one.body_key, one.role) for one in person.memberships],
        [_address(one, is_masked=is_masked) for one in addresses],
        dated.changed_at,
    )


def _address(address: Address, *, is_masked: bool) -> AddressShown:
    return AddressShown(
        address.channel,
        masked(address.channel, address.value) if is_masked else address.value,
        address.is_declared,
        address.is_verified,
        address.is_quarantined,
    )
