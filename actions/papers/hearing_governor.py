"""Hearing the governor on an agenda, who may add to it and object (law 113-14, arts 38 to 41)."""

from dataclasses import dataclass
from datetime import date

from actions import wording
from actions.agenda.listing import add, object_to
from actions.agenda.papers import write_agenda
from actions.duties.due import of_session
from actions.meetings import meeting, tenant, today
from actions.papers.recording import record
from actions.records.noting import note
from domain.actors import Actor
from domain.agenda import AgendaItem, ItemSource
from domain.errors import Refused
from domain.law import Deadline
from domain.rights import Act, require
from domain.session_facts import SessionFact
from store.unit import Unit

SENDING, HEARING = "send_agenda_to_governor", "hear_from_governor"


@dataclass(frozen=True, slots=True)
class Sent:
    """The day the agenda went, its sha256 by language; the deadline, where that was too late."""

    on: date
    sha256: dict[str, str]
    missed: Deadline | None


async def send_agenda(
    unit: Unit, session_id: int, *, actor: Actor, on: date | None = None, language: str = "fr"
) -> Sent:
    """Freeze the agenda as it goes to the governor, and note the day; raises Refused when empty."""
    called = await meeting(unit, session_id, to_change=True)
    require(actor, Act.FILL_AGENDA, called.body)
    if not wording.said(called.items):
        raise Refused("governor.empty", session=str(session_id))
    sha256 = await write_agenda(unit, called)
    day = await record(unit, actor, session_id, SessionFact.AGENDA_SENT, on)
    subject = f"session:{session_id}"
    await note(unit, actor, "send_agenda", subject, on=day.isoformat(), sha256=sha256)
    return Sent(day, sha256, await _missed(unit, session_id, SENDING, day, language))


async def governor_adds(
    unit: Unit, session_id: int, title: str, *, language: str, actor: Actor
) -> tuple[AgendaItem, Deadline | None]:
    """Put on the agenda what the governor adds, by right (art. 39); it is listed whenever it came.

    Returns his deadline, too, where it is over.
    """
    item = await add(
        unit, session_id, title, language=language, actor=actor, source=ItemSource.GOVERNOR
    )
    return item, await _heard(unit, session_id, actor, language)


async def governor_objects(
    unit: Unit, session_id: int, number: str, reason: str, *, actor: Actor, language: str = "fr"
) -> tuple[AgendaItem, Deadline | None]:
    """Note the governor's objection to an item (art. 41), and his deadline where it is over."""
    item = await object_to(unit, session_id, number, reason, actor=actor)
    return item, await _heard(unit, session_id, actor, language)


async def _heard(unit: Unit, session_id: int, actor: Actor, language: str) -> Deadline | None:
    """Note that the governor has answered, where he is known to have the agenda."""
    day = today(unit.clock, await tenant(unit))
    missed = await _missed(unit, session_id, HEARING, day, language)
    known = await unit.session_facts.of(session_id)
    if SessionFact.AGENDA_RECEIVED in known and SessionFact.GOVERNOR_ANSWERED not in known:
        await record(unit, actor, session_id, SessionFact.GOVERNOR_ANSWERED)
    return missed


async def _missed(
    unit: Unit, session_id: int, name: str, day: date, language: str
) -> Deadline | None:
    owed = await of_session(unit, session_id, language=language)
    deadlines = (one.duty.deadline for one in owed if one.duty.name == name)
    return next((deadline for deadline in deadlines if day > deadline.date), None)
