"""Recording: what happened to a session on paper, and on which day."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from actions.meetings import meeting, tenant, today
from actions.papers import minutes_papers
from actions.records.noting import note
from actions.wording import Meeting
from domain.actors import Actor
from domain.errors import Refused
from domain.phrasebook import Named
from domain.rights import Act, require
from domain.session_facts import AFTER, PAPERS, SessionFact
from domain.sessions import SessionState
from store.unit import Unit


async def record(
    unit: Unit, actor: Actor, session_id: int, fact: SessionFact, on: date | None = None
) -> date:
    """Note the local day something happened on, today where none is given, and return it.

    A draft whose agenda went to the governor is no draft any more (law 113-14, art. 38).
    Minutes that were signed are kept as papers. Raises Refused for a day to come, for what comes
    after something that has not happened, and for what is noted by whoever does it, such as the
    opening.
    """
    called = await meeting(unit, session_id, to_change=True)
    require(actor, Act.RECORD, called.body)
    day = on or today(unit.clock, await tenant(unit))
    known = await unit.session_facts.of(session_id)
    _refuse_senseless(fact, day, known, today(unit.clock, await tenant(unit)))
    if fact is SessionFact.MINUTES_SIGNED:
        await _keep_signed(unit, called)
    await minutes_papers.show_to(unit, session_id, fact)
    await unit.session_facts.note(session_id, fact, day)
    if fact is SessionFact.AGENDA_SENT and called.session.state is SessionState.DRAFT:
        await unit.sessions.change(replace(called.session, state=SessionState.AGENDA_SENT))
    await note(
        unit,
        actor,
        "record",
        f"session:{session_id}",
        fact=fact,
        on=day.isoformat(),
        before=known[fact].isoformat() if fact in known else None,
    )
    return day


async def strike(unit: Unit, actor: Actor, session_id: int, fact: SessionFact) -> None:
    """Take a fact off the record that was noted by mistake; raises Refused when it is not there."""
    called = await meeting(unit, session_id, to_change=True)
    require(actor, Act.RECORD, called.body)
    known = await unit.session_facts.of(session_id)
    if fact is SessionFact.MINUTES_SIGNED and SessionFact.MINUTES_CORRECTED in known:
        raise Refused("minutes.corrected_since")
    if fact not in PAPERS or not await unit.session_facts.strike(session_id, fact):
        raise Refused("record.not_there", fact=Named(f"record.fact_{fact}"))
    await minutes_papers.show_to(unit, session_id, fact, is_struck=True)
    await note(unit, actor, "strike", f"session:{session_id}", fact=fact)


async def _keep_signed(unit: Unit, called: Meeting) -> None:
    """Keep the minutes that were signed, where they were written here and not on paper alone."""
    minutes = await unit.minutes.of_session(called.session.id)
    if minutes:
        await minutes_papers.refuse_unagreed(unit, minutes)
        await minutes_papers.keep_paper(unit, called, minutes)


def _refuse_senseless(
    fact: SessionFact, day: date, known: Mapping[SessionFact, date], now: date
) -> None:
    named = Named(f"record.fact_{fact}")
    if fact not in PAPERS:
        raise Refused("record.not_by_hand", fact=named)
    if day > now:
        raise Refused("record.to_come", fact=named, day=day)
    before = AFTER.get(fact)
    if before and before not in known:
        raise Refused("record.not_yet", fact=named, before=Named(f"record.fact_{before}"))
    if before and day < known[before]:
        raise Refused("record.too_early", fact=named, before=Named(f"record.fact_{before}"))
