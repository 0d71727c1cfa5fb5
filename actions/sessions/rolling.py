"""Calling the roll: marking who is there before a meeting is opened, and excuses after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from actions.meetings import meeting, tenant, today
from actions.records.noting import note
from actions.tasking import tell
from actions.wording import Meeting
from domain.actors import Actor
from domain.attendance import Answer
from domain.errors import Refused
from domain.law import quorum, quorum_free_meeting
from domain.messages import Message
from domain.phrasebook import LANGUAGES, phrasebook
from domain.rights import Act, require
from domain.rolls import Presence, RollCall, Seat, present
from domain.sessions import SessionState
from store.unit import Unit

# Where somebody may be waiting for the meeting to be opened.
AWAITED = frozenset(
    {
        SessionState.CONVENED,
        SessionState.NO_QUORUM,
        SessionState.RECONVENED,
        SessionState.THIRD_MEETING,
    }
)
HELD = frozenset({SessionState.OPEN, SessionState.EXTENDED})


@dataclass(frozen=True, slots=True)
class Roll:
    """The roll of one meeting. `counted` once it was opened, or failed for want of a quorum.

    `is_quorum_free`: it is valid whatever the number. `seats` by name.
    """

    called: Meeting
    meeting: int
    seats: Sequence[Seat]
    needed: int
    is_quorum_free: bool
    counted: RollCall | None = None

    @property
    def present(self) -> int:
        return present(self.seats)

    @property
    def in_office(self) -> int:
        return len(self.seats)

    @property
    def has_quorum(self) -> bool:
        if self.is_quorum_free:
            return self.present > 0
        return self.present >= self.needed


async def roll(unit: Unit, called: Meeting) -> Roll:
    """Return the roll of the meeting that was opened, else of the one to be opened next."""
    commune = await tenant(unit)
    counted = await unit.rolls.of(called.session.id)
    opened = next((one for one in counted if one.has_quorum), None)
    number = opened.meeting if opened else len(counted) + 1
    on = opened.on if opened else today(unit.clock, commune)
    seats = await _seats(unit, called.session.id, number, on)
    kind = called.session.kind
    return Roll(
        called,
        number,
        seats,
        needed=opened.needed if opened else quorum(len(seats)),
        is_quorum_free=number >= quorum_free_meeting(commune.rule_pack, kind),
        counted=opened,
    )


async def mark(
    unit: Unit, actor: Actor, session_id: int, presence_of: Mapping[int, Presence]
) -> Roll:
    """Mark where members are. What the opening counted stays (law 113-14, art. 42).

    Raises Refused for who is no member, and before the day and after the closing.
    """
    called = await meeting(unit, session_id, to_change=True)
    require(actor, Act.HOLD, called.body)
    known = await roll(unit, called)
    await refuse_unready(unit, called)
    members = {seat.person_id for seat in known.seats}
    for person_id in presence_of:
        if person_id not in members:
            raise Refused("sitting.no_member", person=str(person_id))
    await unit.rolls.mark(session_id, known.meeting, presence_of)
    seats = [
        replace(seat, presence=presence_of[seat.person_id], is_marked=True)
        if seat.person_id in presence_of
        else seat
        for seat in known.seats
    ]
    if known.counted:
        await note(unit, actor, "mark", f"session:{session_id}", people=len(presence_of))
    return replace(known, seats=seats)


async def judge(
    unit: Unit, actor: Actor, session_id: int, person_id: int, *, is_accepted: bool
) -> None:
    """Note that the council accepted a member's excuse, or did not (art. 67)."""
    called = await meeting(unit, session_id, to_change=True)
    require(actor, Act.HOLD, called.body)
    known = await roll(unit, called)
    seat = next((seat for seat in known.seats if seat.person_id == person_id), None)
    if seat is None or known.counted is None:
        raise Refused("sitting.no_member", person=str(person_id))
    if seat.presence is Presence.PRESENT:
        raise Refused("sitting.was_there", name=seat.name)
    await unit.rolls.judge(session_id, known.meeting, person_id, is_accepted=is_accepted)
    act = "accept_excuse" if is_accepted else "reject_excuse"
    await note(unit, actor, act, f"session:{session_id}", person=person_id)
    say = phrasebook().say
    content = {
        language: Message(
            say(f"sitting.{act}", language),
            language,
            title=say("sitting.excuse_told", language, session=called.name(language)),
        )
        for language in LANGUAGES
    }
    await tell(unit, person_id, content, actor=actor)


async def refuse_unready(unit: Unit, called: Meeting) -> None:
    """Raise Refused where no roll can be called: before the day, or when all is over."""
    if called.session.state not in AWAITED | HELD:
        raise Refused("sitting.not_now", session=str(called.session.id))
    if called.opening.starts.date() > today(unit.clock, await tenant(unit)):
        raise Refused("sitting.before_the_day", starts=called.opening.starts)


async def _seats(unit: Unit, session_id: int, number: int, on: date) -> list[Seat]:
    """Return the members; who has sent an excuse is excused until somebody sees otherwise."""
    answers = {one.person_id: one.answer for one in await unit.attendances.of(session_id)}
    return [
        replace(seat, presence=Presence.EXCUSED)
        if not seat.is_marked and answers.get(seat.person_id) is Answer.EXCUSED
        else seat
        for seat in await unit.rolls.seats(session_id, number, on=on)
    ]
