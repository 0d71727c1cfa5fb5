"""National ids: asked for only where the commune may, and kept as a seal and three characters."""

from dataclasses import dataclass

from actions.meetings import tenant
from actions.records.sealing import sealing_key
from domain.petitions import canonical_id, keys_of
from store.unit import Unit

ENDING = 3  # characters of an id that the staff see, to tell two papers apart


@dataclass(frozen=True, slots=True)
class Identified:
    """What is kept of a national id: `key`, by which it is known again, and its last characters."""

    key: str = ""
    ending: str = ""

    @property
    def keys(self) -> frozenset[str]:
        return frozenset({self.key} if self.key else ())


async def authorisation(unit: Unit) -> str:
    """Return the number under which the commune may ask for national ids; empty: it may not."""
    return (await tenant(unit)).id_authorisation


async def identified(unit: Unit, national_id: str) -> Identified:
    """Return what is kept of an id: nothing where the commune may not ask (law 09-08, art. 12).

    Raises Refused where it asks and this cannot be one.
    """
    if not await authorisation(unit):
        return Identified()
    number = canonical_id(national_id)
    [key] = keys_of(await sealing_key(unit), national_id=number)
    return Identified(key, number[-ENDING:])
