"""Deciding of petitions: the bureau's answer, and the way of an admissible one through the council.

The president or a vice-president gives the answer on the bureau's behalf, and is named in the log.
"""

from dataclasses import dataclass

from actions.agenda.listing import next_number, next_position
from actions.moving_petitions import body_of, known, move
from actions.petitions.closing import close_old
from actions.petitions.reviewing import checked, worded
from domain.actors import PROGRAM, Actor
from domain.agenda import AgendaItem, ItemSource
from domain.petitions import Petition, PetitionState
from domain.rights import Act, require
from domain.sessions import Session, SessionKind, SessionState, Sitting
from store.unit import Unit

# Of these the agenda can still be added to.
OPEN_AGENDA = frozenset({SessionState.DRAFT, SessionState.AGENDA_SENT})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a petition would come: the next ordinary session whose agenda is open."""

    session: Session
    sitting: Sitting


async def check(unit: Unit, actor: Actor, petition_id: int) -> Petition:
    """Return the petition to who answers it for the bureau, or raise Refused."""
    petition = await known(unit, petition_id)
    require(actor, Act.DECIDE_PETITIONS, await body_of(unit, petition))
    return petition


async def admit(unit: Unit, actor: Actor, petition_id: int) -> Petition:
    """Find a petition admissible: it goes on the next ordinary session's agenda (arts 38, 125).

    Where none is planned yet it waits for one. Raises Refused.
    """
    petition = await check(unit, actor, petition_id)
    admitted = await move(unit, actor, petition, PetitionState.ADMISSIBLE)
    return await list_next(unit, actor, admitted)


async def refuse(unit: Unit, actor: Actor, petition_id: int, code: str, reason: str) -> Petition:
    """Find a petition inadmissible, with the reason of this code and the bureau's own words.

    Its mandatary is told by a notice that the law owes them (art. 125). Raises Refused.
    """
    petition = await check(unit, actor, petition_id)
    return await move(
        unit,
        actor,
        petition,
        PetitionState.INADMISSIBLE,
        refusal_code=checked(code),
        refusal_reason=worded(reason),
    )


async def list_next(unit: Unit, actor: Actor, petition: Petition) -> Petition:
    """Put an admissible petition on the next ordinary session's agenda, if one is planned."""
    place = await place_for(unit, petition)
    if place is None:
        return petition
    items = await unit.agenda.of(place.session.id)
    number = next_number(items)
    listed = AgendaItem(
        0,
        place.session.id,
        number,
        next_position(items),
        petition.subject,
        petition.language,
        source=ItemSource.PETITION,
        reference=petition.ref,
    )
    await unit.agenda.add([listed])
    held = await unit.agenda.of(place.session.id)
    item = next(one for one in held if one.number == number)
    return await move(
        unit,
        actor,
        petition,
        PetitionState.LISTED,
        day=place.sitting.starts.date(),
        item_id=item.id,
    )


async def mind_petitions(unit: Unit) -> int:
    """Do what time asks of petitions: close those that collected too long, list those that wait."""
    return await close_old(unit) + await list_waiting(unit)


async def list_waiting(unit: Unit) -> int:
    """Put the admissible petitions that wait for a session on one that was planned since."""
    waiting = await unit.petitions.in_states({PetitionState.ADMISSIBLE})
    listed = [await list_next(unit, PROGRAM, one) for one in waiting]
    return sum(one.state is PetitionState.LISTED for one in listed)


async def place_for(unit: Unit, petition: Petition) -> Place | None:
    """Return where a petition would come on an agenda; None while no such session is planned."""
    coming = await unit.sessions.upcoming(unit.clock.now(), body_keys=[petition.body_key], most=50)
    return next(
        (
            Place(session, sitting)
            for session, sitting in coming
            if session.kind is SessionKind.ORDINARY and session.state in OPEN_AGENDA
        ),
        None,
    )
