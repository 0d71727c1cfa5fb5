"""The invented commune of the demonstration, the same people for the same seed.

    async with store.unit() as unit:
        town = await found_town(unit, seed=7)
        session_id = await plan(unit, "council", …)
        await fill_agenda(unit, session_id)

`Town` has the commune (`tenant`), the ids by body key (`body_ids`), and the people by what they
are: `councillor_ids` (147, the president first), `elected_ids` (441, the councillors among them),
`clerk_id`, `citizen_ids`; `chats` holds the Telegram chat of whoever has one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random

from bot.demonstration.agenda import fill_agenda
from bot.demonstration.bodies import COUNCIL, bodies
from bot.demonstration.names import Name, names
from bot.demonstration.seating import places
from domain.addresses import Channel
from domain.bodies import Role
from domain.register import Newcomer, Place, Seat
from store.bodies import Tenant
from store.unit import Unit

__all__ = ["Town", "fill_agenda", "found_town"]

ZONE = "Africa/Casablanca"
POPULATION = 3_200_000  # about what the censuses of 2014 and 2024 counted
NAMES = {"fr": "Casablanca", "ar": "الدار البيضاء", "en": "Casablanca"}
DOMAIN = "elus.casablanca.example"  # RFC 2606: nobody's
CLERK = (Role.CLERK, Role.COUNCIL_SECRETARIAT, Role.ADMIN)  # one person does it all here
STAFF_DOMAIN = "casablanca.example"
# Telegram's chats have at most 52 bits and are given out from below: these are nobody's yet.
FIRST_CHAT = 4_000_000_000_000_000
LANGUAGES = ("fr", "fr", "fr", "fr", "ar", "ar", "ar", "ar", "ar", "en")
CITIZENS = ("fr", "ar", "ary", "en", "fr", "ar")
ON_TELEGRAM = 0.7
VERIFIED = 0.9
PRIVATE_LETTERS = 0.15
# What people with Telegram wish: (share, their wishes); the rest has wished nothing.
WISHES: tuple[tuple[float, Mapping[Channel, bool]], ...] = (
    (0.45, {Channel.TELEGRAM: True, Channel.EMAIL: True}),
    (0.25, {Channel.TELEGRAM: True}),
    (0.10, {Channel.TELEGRAM: False}),
)


@dataclass(frozen=True, slots=True)
class Town:
    """See the module. Ids are the store's."""

    tenant: Tenant
    body_ids: Mapping[str, int]
    councillor_ids: tuple[int, ...]
    elected_ids: tuple[int, ...]
    clerk_id: int
    citizen_ids: tuple[int, ...]
    chats: Mapping[int, str]

    @property
    def councillors(self) -> int:
        return len(self.councillor_ids)

    @property
    def elected(self) -> int:
        return len(self.elected_ids)

    @property
    def people(self) -> int:
        return self.elected + 1 + len(self.citizen_ids)


async def found_town(unit: Unit, *, seed: int) -> Town:
    """Set up the commune, its bodies and its people in an empty store."""
    tenant_id = await unit.bodies.found(
        slug="casablanca", names=NAMES, rule_pack="ma", zone=ZONE, population=POPULATION
    )
    body_ids = await _found_bodies(unit, tenant_id)
    newcomers = list(_newcomers(Random(seed), unit.clock.now()))  # noqa: S311 - a story, no secret
    ids = await unit.register.add(tenant_id, newcomers)
    elected = len(places())
    return Town(
        tenant=Tenant(tenant_id, "casablanca", NAMES, "ma", ZONE, POPULATION),
        body_ids=body_ids,
        councillor_ids=tuple(ids[: COUNCIL.seats]),
        elected_ids=tuple(ids[:elected]),
        clerk_id=ids[elected],
        citizen_ids=tuple(ids[elected + 1 :]),
        chats={
            person_id: place.value
            for person_id, one in zip(ids, newcomers, strict=True)
            for place in one.places
            if place.channel is Channel.TELEGRAM
        },
    )


async def _found_bodies(unit: Unit, tenant_id: int) -> dict[str, int]:
    ids: dict[str, int] = {}
    for body in bodies():
        ids[body.key] = await unit.bodies.add(
            tenant_id,
            key=body.key,
            kind=body.kind,
            names=body.names,
            seats=body.seats,
            parent_id=ids.get(COUNCIL.key),
            aliases=body.aliases,
        )
    return ids


def _newcomers(chance: Random, now: datetime) -> Iterator[Newcomer]:
    """Return all the people: the elected, councillors first, then the clerk, then citizens."""
    people = names(chance)
    chats = iter(range(FIRST_CHAT, FIRST_CHAT + 10_000))
    for place, name in zip(places(), people, strict=False):
        chat = str(next(chats)) if chance.random() < ON_TELEGRAM else None
        yield _elected(name, place.seats, chat, chance, now)
    clerk = tuple((COUNCIL.key, role) for role in CLERK)
    yield _person(next(people), "fr", clerk, str(next(chats)), now, STAFF_DOMAIN)
    for language in CITIZENS:
        yield _person(next(people), language, (), str(next(chats)), now, domain=None)


def _elected(
    name: Name, seats: tuple[Seat, ...], chat: str | None, chance: Random, now: datetime
) -> Newcomer:
    language = chance.choice(LANGUAGES)
    verified_at = now if chance.random() < VERIFIED else None
    found = [
        Place(Channel.EMAIL, f"{name.mailbox}@{DOMAIN}", is_declared=True, verified_at=verified_at)
    ]
    if chance.random() < PRIVATE_LETTERS:
        found.append(Place(Channel.EMAIL, f"{name.mailbox}@courrier.example"))
    if chat:
        found.append(Place(Channel.TELEGRAM, chat, verified_at=now))
    wishes = _wishes(chance) if chat else {}
    return Newcomer(name.written(language), language, seats, tuple(found), wishes)


def _wishes(chance: Random) -> Mapping[Channel, bool]:
    rest = chance.random()
    for share, wishes in WISHES:
        if rest < share:
            return wishes
        rest -= share
    return {}


def _person(
    name: Name,
    language: str,
    seats: tuple[Seat, ...],
    chat: str,
    now: datetime,
    domain: str | None,
) -> Newcomer:
    found = [Place(Channel.TELEGRAM, chat, verified_at=now)]
    if domain:
        letters = f"{name.mailbox}@{domain}"
        found.append(Place(Channel.EMAIL, letters, is_declared=True, verified_at=now))
    return Newcomer(name.written(language), language, seats, tuple(found))
