"""Timetabling: in which sittings a session is held, and which of them is held now (art. 33)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from actions.agenda.listing import PREPARED, touched
from actions.keeping_holidays import edits
from actions.meetings import meeting, tenant, today
from actions.records.noting import note
from actions.sessions.planning import USUAL_LENGTH
from actions.sessions.rolling import HELD
from actions.wording import Meeting
from domain import law
from domain.actors import Actor
from domain.bodies import BodyKind
from domain.errors import Refused
from domain.phrasebook import phrasebook
from domain.rights import Act, require
from domain.sessions import SessionKind, Sitting, SittingState, sitting_moved
from store.unit import Unit

LONGEST = "ordinary_longest_end"
SITS = frozenset({SittingState.HELD, SittingState.CLOSED_TO_PUBLIC})


@dataclass(frozen=True, slots=True)
class Added:
    """A sitting that was planned; `warnings` say what the law would have otherwise."""

    sitting: Sitting
    warnings: tuple[str, ...]


async def changeable(unit: Unit, actor: Actor, session_id: int) -> Meeting:
    """Return a session that may have one more sitting, to whoever may plan it; raises Refused."""
    called = await meeting(unit, session_id, to_change=True)
    require(actor, Act.FILL_AGENDA, called.body)
    if called.session.state not in PREPARED | HELD:
        raise Refused("listing.fixed", session=str(session_id))
    return called


async def add(
    unit: Unit,
    actor: Actor,
    session_id: int,
    *,
    starts: datetime,
    place: str = "",
    language: str = "fr",
) -> Added:
    """Plan one more sitting, at a wall time after the last; members who were called hear of it.

    It is held where the last one is unless `place` says otherwise. Raises Refused.
    """
    called = await changeable(unit, actor, session_id)
    last = called.sittings[-1]
    if starts <= last.starts:
        raise Refused("timetable.before_the_last", starts=last.starts)
    await unit.sessions.add_sitting(
        session_id,
        number=last.number + 1,
        starts=starts,
        ends=starts + USUAL_LENGTH,
        zone_name=last.zone,
        place=place.strip() or last.place,
        is_public=last.is_public,
    )
    await touched(unit, called)
    number = last.number + 1
    about = f"session:{session_id}"
    await note(unit, actor, "add_sitting", about, number=number, starts=starts.isoformat())
    *_, sitting = await unit.sessions.sittings(session_id)
    return Added(sitting, tuple(await _warnings(unit, called, starts, language)))


async def hold(unit: Unit, actor: Actor, session_id: int, number: int) -> Sitting:
    """Note that a later sitting of an open session is held now, and the one before it over.

    The quorum was counted at the opening (law 113-14, art. 42). Raises Refused before its day.
    """
    called = await meeting(unit, session_id, to_change=True)
    require(actor, Act.HOLD, called.body)
    sitting = next((one for one in called.sittings if one.number == number), None)
    if called.session.state not in HELD or sitting is None:
        raise Refused("sitting.not_opened", session=str(session_id))
    if sitting.starts.date() > today(unit.clock, await tenant(unit)):
        raise Refused("sitting.before_the_day", starts=sitting.starts)
    to = SittingState.HELD if sitting.is_public else SittingState.CLOSED_TO_PUBLIC
    held = replace(sitting, state=sitting_moved(sitting.state, to))
    for earlier in _before(called.sittings, number):
        over = sitting_moved(earlier.state, SittingState.ADJOURNED)
        await unit.sessions.change_sitting(replace(earlier, state=over))
    await unit.sessions.change_sitting(held)
    await note(unit, actor, "hold_sitting", f"session:{session_id}", number=number)
    return held


def _before(sittings: Sequence[Sitting], number: int) -> list[Sitting]:
    return [one for one in sittings if one.number < number and one.state in SITS]


async def _warnings(unit: Unit, called: Meeting, starts: datetime, language: str) -> list[str]:
    """Say so where an ordinary session of the council would last too long (art. 34)."""
    commune = await tenant(unit)
    is_limited = (
        called.session.kind is SessionKind.ORDINARY and called.body.kind is BodyKind.COUNCIL
    )
    rule = f"{commune.rule_pack}.{LONGEST}"
    if not is_limited or rule not in law.pack(commune.rule_pack).deadlines:
        return []
    longest = law.deadline(
        rule,
        {"session_date": called.opening.starts.date()},
        language=language,
        holidays=await edits(unit, commune),
    )
    if starts.date() <= longest.date:
        return []
    return [phrasebook().say("planning.missed", language, sentence=longest.sentence)]
