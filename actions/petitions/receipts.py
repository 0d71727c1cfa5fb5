"""The receipt of a filed petition, as its words and its page want it (law 113-14, art. 125)."""

from actions.meetings import tenant
from actions.moving_petitions import body_of
from actions.petitions.petitioning import ANSWERED_BY
from domain import law
from domain.clock import wall_time, zone
from domain.errors import Refused
from domain.petitions import Petition
from domain.petitions.receipt import Stamp
from store.unit import Unit


async def stamp(unit: Unit, petition: Petition) -> Stamp:
    """Return who received it, for whom, when; raises Refused for one that is not filed."""
    if petition.received_at is None:
        raise Refused("petition.unknown")
    commune, body = await tenant(unit), await body_of(unit, petition)
    rule_pack = commune.rule_pack
    answered_by = law.pack(rule_pack).deadlines[f"{rule_pack}.{ANSWERED_BY}"]
    return Stamp(
        commune.names,
        body.names,
        wall_time(petition.received_at, zone(commune.zone)),
        answered_by.reckoning.authority.article,
    )
