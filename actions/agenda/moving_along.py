"""Petitions and written questions go where their item goes: into a commission, and to an answer."""

from actions.meetings import meeting
from actions.moving_petitions import move
from actions.requests.requesting import answered_so
from actions.tasking import tell
from domain.actors import Actor
from domain.agenda import AgendaItem, ItemSource, ItemState
from domain.messages import Message
from domain.petitions import PetitionState
from domain.phrasebook import LANGUAGES, phrasebook
from domain.requests import OPEN
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
    """Move what an item comes from along with it; called wherever items change."""
    if item.source is ItemSource.WRITTEN_QUESTION:
        await _question_moved(unit, actor, item)
    petition = await unit.petitions.of_item(item.id)
    if petition is None:
        return
    if item.state is ItemState.IN_COMMISSION and petition.state is PetitionState.LISTED:
        await move(unit, actor, petition, PetitionState.IN_COMMISSION)
    if item.state in DEBATED and petition.state in BEFORE:
        await move(unit, actor, petition, PetitionState.DEBATED, result=item.state)


async def _question_moved(unit: Unit, actor: Actor, item: AgendaItem) -> None:
    """What the council took note of was answered there; what is taken off, its author is told."""
    question = await unit.requests.question_of(item.id)
    if question is None or question.state not in OPEN or question.person_id is None:
        return
    say = phrasebook().say
    if item.state is ItemState.NOTED:
        called = await meeting(unit, item.session_id)
        spoken = question.language
        facts = {"session": called.name(spoken), "starts": called.opening.starts}
        text = say("question.answered_there", spoken, **facts)
        await answered_so(unit, actor, question, text)
    if item.state is ItemState.WITHDRAWN:
        facts = {"ref": question.ref, "reason": item.withdrawn_reason or ""}
        content = {
            language: Message(
                say("question.withdrawn", language, **facts),
                language,
                title=say("question.about", language, ref=question.ref),
            )
            for language in LANGUAGES
        }
        await tell(unit, question.person_id, content, actor=actor)
