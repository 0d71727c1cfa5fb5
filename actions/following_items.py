"""A petition goes where its item goes: into a commission, and through the debate."""

from actions.moving_petitions import move
from domain.actors import Actor
from domain.agenda import AgendaItem, ItemState
from domain.petitions import PetitionState
from store.unit import Unit

DEBATED = frozenset(
    {
        ItemState.DEBATED,
        ItemState.ADOPTED,
        ItemState.ADOPTED_AMENDED,
        ItemState.REJECTED,
        ItemState.NOTED,
    }
)
BEFORE = frozenset({PetitionState.LISTED, PetitionState.IN_COMMISSION})


async def item_moved(unit: Unit, actor: Actor, item: AgendaItem) -> None:
    """Move the petition that an item comes from along with it; called wherever items change."""
    petition = await unit.petitions.of_item(item.id)
    if petition is None:
        return
    if item.state is ItemState.IN_COMMISSION and petition.state is PetitionState.LISTED:
        await move(unit, actor, petition, PetitionState.IN_COMMISSION)
    if item.state in DEBATED and petition.state in BEFORE:
        await move(unit, actor, petition, PetitionState.DEBATED, result=item.state)
