"""Opening a session: the quorum is counted, once; without one the next meeting is prepared."""

from dataclasses import dataclass, replace

from actions.agenda.proposing import Refusal, refused_proposals
from actions.keeping_holidays import edits
from actions.meetings import meeting, tenant, today
from actions.records.noting import note
from actions.sessions.rolling import AWAITED, Roll, refuse_unready, roll
from actions.sitting_words import prepared_told
from actions.tasking import give
from actions.wording import Meeting
from domain.actors import Actor
from domain.bodies import Role
from domain.errors import Refused
from domain.law.meetings import Failed, NextMeeting, next_meeting
from domain.phrasebook import phrasebook
from domain.rights import Act, require
from domain.rolls import Presence, RollCall
from domain.session_facts import SessionFact
from domain.sessions import SessionState, SittingState, moved, sitting_moved
from store.unit import Unit

FAILED = {1: SessionFact.FIRST_FAILED, 2: SessionFact.SECOND_FAILED}
SEES_TO_IT = frozenset({Role.PRESIDENT, Role.COMMISSION_CHAIR, Role.COUNCIL_SECRETARIAT})


@dataclass(frozen=True, slots=True)
class Opened:
    """What was counted; `following` is the meeting prepared where it was not enough.

    `refused` are the proposals that the council is told of now, without debate (art. 40).
    """

    roll: Roll
    counted: RollCall
    following: NextMeeting | None = None
    warnings: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()


async def open_session(
    unit: Unit, actor: Actor, session_id: int, *, language: str = "fr"
) -> Opened:
    """Count who is there, and open the session if they are enough (law 113-14, arts 37, 42).

    Without a quorum the next meeting is prepared, with its days, for who convenes it. Raises
    Refused before the day, while nobody was marked, and when nobody is there.
    """
    called = await meeting(unit, session_id, to_change=True)
    require(actor, Act.HOLD, called.body)
    await refuse_unready(unit, called)
    known = await roll(unit, called)
    _refuse_unopenable(known)
    counted = RollCall(
        session_id,
        known.meeting,
        today(unit.clock, await tenant(unit)),
        known.present,
        known.in_office,
        known.needed,
        known.has_quorum,
    )
    await unit.rolls.mark(session_id, known.meeting, _as_marked(known))
    await unit.rolls.keep(counted)
    await _move(unit, called, counted)
    facts: dict[str, object] = {
        "present": counted.present,
        "in_office": counted.in_office,
        "needed": counted.needed,
    }
    act = "open" if counted.has_quorum else "fail_quorum"
    refused = await refused_proposals(unit, called) if counted.has_quorum else ()
    facts |= {"refused": [one.number for one in refused]} if refused else {}
    await note(unit, actor, act, f"session:{session_id}", meeting=counted.meeting, **facts)
    opened = Opened(known, counted, warnings=_warnings(known, language), refused=refused)
    if counted.has_quorum:
        return opened
    following = await following_meeting(unit, called, counted, language=language)
    key = f"meeting:{session_id}:{following.number}"
    content = prepared_told(called, counted, following)
    await give(unit, SEES_TO_IT, called.body, content, actor=actor, key=key)
    return replace(opened, following=following)


async def following_meeting(
    unit: Unit, called: Meeting, counted: RollCall, *, language: str
) -> NextMeeting:
    """Return the meeting to call after one without a quorum, if it is sent for today."""
    commune = await tenant(unit)
    return next_meeting(
        Failed(
            commune.rule_pack,
            counted.meeting,
            called.opening.starts.date(),
            today(unit.clock, commune),
            called.session.kind,
            await edits(unit, commune),
            language,
        )
    )


def _refuse_unopenable(known: Roll) -> None:
    session = known.called.session
    if session.state not in AWAITED:
        raise Refused("sitting.open_already", session=str(session.id))
    if session.state is SessionState.NO_QUORUM and not known.is_quorum_free:
        raise Refused("sitting.convene_first", session=str(session.id))
    if not any(seat.is_marked for seat in known.seats):
        raise Refused("sitting.nobody_marked")
    if known.is_quorum_free and not known.present:
        raise Refused("sitting.nobody_there")


def _as_marked(known: Roll) -> dict[int, Presence]:
    return {seat.person_id: seat.presence for seat in known.seats}


async def _move(unit: Unit, called: Meeting, counted: RollCall) -> None:
    session, opening = called.session, called.opening
    if counted.has_quorum:
        state, sitting = SessionState.OPEN, SittingState.HELD
        if not opening.is_public:
            sitting = SittingState.CLOSED_TO_PUBLIC
        fact = SessionFact.OPENED
    else:
        state, sitting = SessionState.NO_QUORUM, SittingState.NO_QUORUM
        fact = FAILED[counted.meeting]
    await unit.sessions.change(replace(session, state=moved(session.state, state)))
    if opening.state is SittingState.NO_QUORUM and counted.has_quorum:  # as it is (art. 37)
        opening = replace(opening, state=SittingState.PLANNED)
    await unit.sessions.change_sitting(
        replace(opening, state=sitting_moved(opening.state, sitting))
    )
    await unit.session_facts.note(session.id, fact, counted.on)


def _warnings(known: Roll, language: str) -> tuple[str, ...]:
    """Say so where the register and the seats filled are not the same number."""
    seats = known.called.body.seats
    if seats in {0, known.in_office}:
        return ()
    say = phrasebook().say
    return (say("sitting.seats_differ", language, seats=seats, named=known.in_office),)
