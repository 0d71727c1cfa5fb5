"""Referring an item to the commission that studies it first (law 113-14, art. 28)."""

from dataclasses import replace

from actions.agenda.listing import kept, named, opened
from actions.tasking import give
from domain.access import COMMISSIONS
from domain.actors import Actor
from domain.agenda import AgendaItem, ItemState, moved
from domain.bodies import Role
from domain.errors import Refused
from domain.messages import Choice, Message
from domain.phrasebook import LANGUAGES, phrasebook
from store.unit import Unit

CHAIRING = frozenset({Role.COMMISSION_CHAIR, Role.COMMISSION_VICE_CHAIR, Role.PRESIDENT})


async def refer(
    unit: Unit, session_id: int, number: str, commission: str, *, actor: Actor
) -> AgendaItem:
    """Refer an item to a commission, and tell its chair; raises Refused."""
    called = await opened(unit, session_id, actor)
    before = named(called, number)
    bodies = {body.key: body for body in await unit.bodies.all() if body.kind in COMMISSIONS}
    if commission not in bodies:
        raise Refused("listing.no_commission", body=commission)
    state = moved(before.state, ItemState.IN_COMMISSION)
    after = replace(before, state=state, commission_key=commission)
    item = await kept(unit, actor, "refer", called, before, after)
    if item != before:
        say = phrasebook().say
        content = {
            language: Message(
                say(
                    "listing.referred_text",
                    language,
                    number=item.number,
                    title=item.title,
                    session=called.name(language),
                    starts=called.opening.starts,
                ),
                language,
                title=say(
                    "listing.referred_title", language, body=bodies[commission].name(language)
                ),
                choices=(
                    Choice(say("notice.see_agenda", language), f"agenda:{session_id}"),
                    Choice(say("session.see_documents", language), f"docs:{session_id}"),
                ),
            )
            for language in LANGUAGES
        }
        await give(unit, CHAIRING, bodies[commission], content, actor=actor)
    return item
