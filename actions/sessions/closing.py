"""Ending a session: extended once, closed, and the absences that the law counts."""

from dataclasses import dataclass, replace

from actions.agenda.listing_questions import tell_unanswered
from actions.keeping_holidays import edits
from actions.meetings import meeting, tenant, today
from actions.records.noting import note
from actions.sessions.rolling import HELD, roll
from actions.wording import Meeting
from domain import law
from domain.absences import Absences, absences
from domain.actors import Actor
from domain.agenda import ItemState
from domain.errors import Refused
from domain.phrasebook import phrasebook
from domain.rights import Act, require
from domain.rolls import Seat
from domain.session_facts import SessionFact
from domain.sessions import SessionKind, SessionState, SittingState, moved, sitting_moved
from domain.spreadsheets import csv_text, delimiter_in
from store.unit import Unit

EXTENDED = "ordinary_longest_end_extended"
UNSETTLED = frozenset({ItemState.LISTED, ItemState.IN_COMMISSION, ItemState.DEBATED})


@dataclass(frozen=True, slots=True)
class Closed:
    """`unsettled`: the numbers of items left undecided; `warned`: who has missed too much."""

    unsettled: tuple[str, ...]
    warned: tuple[Absences, ...]


async def extend(
    unit: Unit, actor: Actor, session_id: int, *, language: str = "fr"
) -> law.Deadline | None:
    """Extend an ordinary session, once, and return the last day it may now last to.

    None where the commune's law has no such day. The governor is to be told at once (law 113-14,
    art. 34). Raises Refused for an extraordinary session (art. 36).
    """
    called = await _open(unit, actor, session_id)
    session = called.session
    if session.kind is not SessionKind.ORDINARY:
        raise Refused("sitting.no_extension")
    if session.state is SessionState.EXTENDED:
        raise Refused("sitting.extended_once")
    commune = await tenant(unit)
    day = today(unit.clock, commune)
    await unit.sessions.change(replace(session, state=moved(session.state, SessionState.EXTENDED)))
    await unit.session_facts.note(session_id, SessionFact.EXTENDED, day)
    await note(unit, actor, "extend", f"session:{session_id}")
    rule = f"{commune.rule_pack}.{EXTENDED}"
    if rule not in law.pack(commune.rule_pack).deadlines:
        return None
    opened = (await unit.session_facts.of(session_id))[SessionFact.OPENED]
    return law.deadline(
        rule, {"session_date": opened}, language=language, holidays=await edits(unit, commune)
    )


async def close(unit: Unit, actor: Actor, session_id: int) -> Closed:
    """Close a session; what the law asks next runs from today.

    Returns what was left undecided, and which members have now missed as many sessions as the law
    allows (art. 67).
    """
    called = await _open(unit, actor, session_id)
    session = called.session
    await unit.sessions.change(replace(session, state=moved(session.state, SessionState.CLOSED)))
    for sitting in called.sittings:
        state = (
            SittingState.CANCELLED
            if sitting.state is SittingState.PLANNED
            else SittingState.ADJOURNED
        )
        await unit.sessions.change_sitting(
            replace(sitting, state=sitting_moved(sitting.state, state))
        )
    day = today(unit.clock, await tenant(unit))
    await unit.session_facts.note(session_id, SessionFact.CLOSED, day)
    await tell_unanswered(unit, actor, called)
    unsettled = tuple(item.number for item in called.items if item.state in UNSETTLED)
    await note(unit, actor, "close", f"session:{session_id}", unsettled=list(unsettled))
    return Closed(unsettled, tuple(await warned(unit, called)))


async def warned(unit: Unit, called: Meeting) -> list[Absences]:
    """Return who has missed three sessions in a row, or five, without an accepted excuse.

    Sessions are counted, not sittings, and only those whose members were marked at the opening.
    """
    commune = await tenant(unit)
    rules = law.pack(commune.rule_pack).rules
    if "absences_before_removal" not in rules:
        return []
    most = rules["absences_before_removal"].value
    opened = await unit.rolls.held(called.body.key)
    missed = await unit.rolls.missed(opened)
    members = (await roll(unit, called)).seats
    found = [
        absences(
            seat.person_id,
            seat.name,
            [
                missed[one.session_id, seat.person_id]
                for one in opened
                if (one.session_id, seat.person_id) in missed
            ],
        )
        for seat in members
    ]
    return [
        one
        for one in found
        if one.is_reached(consecutive=most["consecutive"], scattered=most["scattered"])
    ]


async def register(unit: Unit, session_id: int, *, language: str) -> str:
    """Return the attendance register as CSV: every member, and whether they were there."""
    known = await roll(unit, await meeting(unit, session_id))
    if known.counted is None:
        raise Refused("sitting.not_opened", session=str(session_id))
    columns = ("name", "role", "presence", "excuse")
    header = [phrasebook().say(f"sitting.column_{column}", language) for column in columns]
    rows = (_registered(seat, language) for seat in known.seats)
    return csv_text(header, rows, delimiter=delimiter_in(language))


def _registered(seat: Seat, language: str) -> list[str]:
    say = phrasebook().say
    accepted = {None: "", True: "sitting.accepted", False: "sitting.rejected"}
    excuse = accepted[seat.is_excuse_accepted]
    return [
        seat.name,
        ", ".join(say(f"council.role_{role}", language) for role in sorted(seat.roles)),
        say(f"sitting.presence_{seat.presence}", language),
        say(excuse, language) if excuse else "",
    ]


async def _open(unit: Unit, actor: Actor, session_id: int) -> Meeting:
    called = await meeting(unit, session_id, to_change=True)
    require(actor, Act.HOLD, called.body)
    if called.session.state not in HELD:
        raise Refused("sitting.not_opened", session=str(session_id))
    return called
