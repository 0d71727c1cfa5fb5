"""Settling how a commune takes petitions: how long they collect, and whether it may ask for ids."""

from actions.meetings import tenant
from actions.records.noting import note
from domain.actors import Actor
from domain.errors import Refused
from domain.rights import Act, require
from store.bodies import Tenant
from store.unit import Unit

SHORTEST, LONGEST = 7, 730  # days of collecting
LONGEST_NUMBER = 64  # characters of an authorisation


async def settle(
    unit: Unit,
    actor: Actor,
    *,
    collecting_days: int | None = None,
    id_authorisation: str | None = None,
) -> Tenant:
    """Change what is given, and return the commune; what collects already keeps its last day.

    `id_authorisation`: the number of the decision that lets the commune keep a trace of national
    ids (in Morocco the CNDP's, law 09-08, art. 12); empty, none is asked for. Raises Refused.
    """
    require(actor, Act.FOUND)
    commune = await tenant(unit)
    days = commune.collecting_days if collecting_days is None else collecting_days
    number = commune.id_authorisation if id_authorisation is None else id_authorisation.strip()
    if not SHORTEST <= days <= LONGEST:
        raise Refused("founding.collecting_days", least=SHORTEST, most=LONGEST)
    if len(number) > LONGEST_NUMBER:
        raise Refused("form.too_long", count=LONGEST_NUMBER)
    await unit.bodies.settle_petitions(collecting_days=days, id_authorisation=number)
    await note(
        unit,
        actor,
        "commune.petitions",
        f"tenant:{commune.slug}",
        collecting_days=days,
        id_authorisation=number,
    )
    return await tenant(unit)
