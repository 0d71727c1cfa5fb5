"""Founding the commune: the tenant with its council, then the other bodies, one at a time."""

from collections.abc import Mapping
from difflib import get_close_matches
from zoneinfo import available_timezones

from actions.meetings import tenant
from actions.records.noting import note
from domain import clock, law
from domain.actors import Actor
from domain.bodies import COUNCIL, Body
from domain.errors import Misconfigured, Refused
from domain.folding import folded, visible
from domain.french import joined
from domain.importing import body_drafts
from domain.importing.body_drafts import Draft
from domain.importing.cells import shown
from domain.phrasebook import LANGUAGES, phrasebook
from domain.rights import Act, require
from store.bodies import Tenant
from store.unit import Unit

# Where the clocks of a pack's communes stand, unless one says otherwise.
ZONES = {"ma": "Africa/Casablanca", "fr": "Europe/Paris"}
MOST_PEOPLE = 100_000_000  # more than any commune has
SLUG_LENGTH = 64


async def found(
    unit: Unit,
    names: Mapping[str, str | None],
    *,
    pack: str = "ma",
    zone: str | None = None,
    population: int | None = None,
    actor: Actor,
) -> Tenant:
    """Set up the commune, by its names in each language, and its council; return the commune.

    `zone` is an IANA name. Raises Refused when there is a commune already, for a pack that is not
    there or not enabled, an unknown zone, or a population its law reckons with and nobody gives.
    """
    require(actor, Act.FOUND)
    standing = await unit.bodies.tenant()
    if standing is not None:
        raise Refused("founding.already", name=_any(standing.names), pack=standing.rule_pack)
    said = body_drafts.names(names)
    if not (slug := folded(_any(said)).replace(" ", "-")[:SLUG_LENGTH].strip("-")):
        raise Refused("founding.no_name")
    law_of = _pack(pack)
    zone = _zone(zone or ZONES[pack])
    tenant_id = await unit.bodies.found(
        slug=slug,
        names=said,
        rule_pack=pack,
        zone=zone,
        population=_population(population, law_of),
    )
    await unit.bodies.add(
        tenant_id, key=COUNCIL, kind=Draft(COUNCIL).made().kind, names=_council_names(said, pack)
    )
    await note(
        unit,
        actor,
        "commune.founded",
        f"tenant:{slug}",
        pack=pack,
        zone=zone,
        population=population,
    )
    return Tenant(tenant_id, slug, said, pack, zone, population)


async def add_body(unit: Unit, draft: Draft, *, actor: Actor) -> int:
    """Add a body to the commune, and return its id.

    Raises Refused without a commune, without a name, for a key that is taken, or a parent that
    is not there.
    """
    require(actor, Act.FOUND)
    commune = await tenant(unit)
    bodies = {body.key: body for body in await unit.bodies.all()}
    if draft.key in bodies:
        standing = list(bodies[draft.key].names.values())
        raise Refused("founding.body_taken", body=draft.key, names=standing)
    body = draft.made()
    check(body, bodies)
    body_id = await keep(unit, commune, body)
    await note(unit, actor, "body.added", f"body:{body.key}")
    return body_id


async def correct_body(unit: Unit, draft: Draft, *, actor: Actor) -> None:
    """Change what is said of a body that stands, such as how many of its seats are filled.

    What was not said stays. Raises Refused when there is no such body.
    """
    require(actor, Act.FOUND)
    bodies = {body.key: body for body in await unit.bodies.all()}
    if draft.key not in bodies:
        raise Refused("announcement.unknown_body", body=draft.key, known=sorted(bodies))
    before = bodies[draft.key]
    body = draft.corrected(before)
    check(body, bodies)
    if body == before:
        return
    await unit.bodies.change(body)
    await note(unit, actor, "body.changed", f"body:{body.key}", seats=body.seats)


def check(body: Body, bodies: Mapping[str, Body]) -> None:
    """Raise Refused for a body without a name, or from one that is not among these."""
    if not body.names:
        raise Refused("founding.body_without_name", body=body.key)
    if body.parent_key and body.parent_key not in bodies:
        raise Refused("founding.unknown_parent", parent=body.parent_key, known=sorted(bodies))


async def keep(unit: Unit, commune: Tenant, body: Body) -> int:
    """Write a new body, and return its id; the one it comes from is there already."""
    ids = await unit.bodies.ids()
    return await unit.bodies.add(
        commune.id,
        key=body.key,
        kind=body.kind,
        names=body.names,
        seats=body.seats or None,
        parent_id=ids[body.parent_key] if body.parent_key else None,
        aliases=body.aliases,
    )


def _any(names: Mapping[str, str]) -> str:
    return next((names[language] for language in LANGUAGES if names.get(language)), "")


def _pack(key: str) -> law.RulePack:
    found_pack = law.pack(key)
    if not found_pack.is_enabled:
        raise Refused("law.pack_disabled", pack=key)
    return found_pack


def _zone(name: str) -> str:
    try:
        return clock.zone(name).key
    except Misconfigured as error:
        near = get_close_matches(name, available_timezones(), n=3) or sorted(set(ZONES.values()))
        raise Refused("founding.unknown_zone", zone=shown(name), near=near) from error


def _population(number: int | None, pack: law.RulePack) -> int | None:
    wanted = pack.inputs.get("population")
    if number is None and wanted and wanted.default is None:
        raise Refused("founding.population_needed", pack=pack.key)
    if number is not None and not 0 < number <= MOST_PEOPLE:
        raise Refused("founding.bad_number", value=str(number), most=MOST_PEOPLE)
    return number


def _council_names(commune: Mapping[str, str], pack: str) -> dict[str, str]:
    """Name the council after its commune, in every language."""
    say = phrasebook().say
    named = {
        language: say(
            f"founding.council.{pack}", language, name=commune.get(language) or _any(commune)
        )
        for language in LANGUAGES
    }
    named["fr"] = joined(named["fr"])
    return {language: visible(name) for language, name in named.items()}
