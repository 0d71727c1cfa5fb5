"""Shifting deadlines: a holiday comes or goes, and whoever is in charge hears what moved."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from actions import keeping_holidays
from actions.duties.due import Owed, everything
from actions.meetings import tenant, today
from actions.tasking import holders, tell
from actions.wording import Meeting
from domain.actors import Actor
from domain.bodies import Role
from domain.messages import Choice, Message
from domain.phrasebook import LANGUAGES, phrasebook
from domain.sessions import SessionState
from store.unit import Unit

SETTLED_AFTER = timedelta(days=30)  # what is longer ago is for the archives
# What is awaited of the governor, the secretariat waits for.
AWAITING = frozenset({Role.COUNCIL_SECRETARIAT})
CALLS = frozenset({Role.PRESIDENT, Role.COMMISSION_CHAIR, Role.COUNCIL_SECRETARIAT})
TO_COME = frozenset(SessionState) - {
    SessionState.CLOSED,
    SessionState.CANCELLED,
    SessionState.POSTPONED,
}


@dataclass(frozen=True, slots=True)
class Shift:
    """A duty whose day is another now than `before`; `owed` is in the language asked for."""

    owed: Owed
    before: date


@dataclass(frozen=True, slots=True)
class Announced:
    """What a holiday changed; `sittings` are those planned for a day that is one now."""

    is_changed: bool
    shifts: tuple[Shift, ...] = ()
    sittings: tuple[Meeting, ...] = ()


async def announce(
    unit: Unit, day: date, name: str, *, actor: Actor, language: str = "fr"
) -> Announced:
    """Count a day as a public holiday, and tell who is in charge what moves with it.

    Deadlines in working days move; so may a sitting planned for that day have to.
    """
    before = await _days(unit)
    if not await keeping_holidays.add(unit, day, name, actor=actor):
        return Announced(is_changed=False)
    return await _told(unit, day, before, actor=actor, language=language, is_holiday=True)


async def take_back(unit: Unit, day: date, *, actor: Actor, language: str = "fr") -> Announced:
    """Count a day as any other, and tell who is in charge what moves; Refused for no holiday."""
    before = await _days(unit)
    await keeping_holidays.remove(unit, day, actor=actor, language=language)
    return await _told(unit, day, before, actor=actor, language=language, is_holiday=False)


Day = tuple[str, str]
"""What a duty is about, and which it is."""


async def _days(unit: Unit) -> dict[Day, date]:
    return {
        (one.subject, one.duty.name): one.duty.deadline.date
        for one in await everything(unit, language=LANGUAGES[0])
    }


async def _told(
    unit: Unit,
    day: date,
    before: Mapping[Day, date],
    *,
    actor: Actor,
    language: str,
    is_holiday: bool,
) -> Announced:
    shifts = {one: await _shifts(unit, before, one) for one in LANGUAGES}
    sittings = await _sittings(unit, day) if is_holiday else []
    places = await _in_charge(unit, shifts[LANGUAGES[0]])
    for person_id in sorted({*places, *(whose := await _callers(unit, sittings))}):
        content = {
            spoken: _message(
                day,
                [shifts[spoken][at] for at in places.get(person_id, ())],
                whose.get(person_id, ()),
                spoken,
                is_holiday=is_holiday,
            )
            for spoken in LANGUAGES
        }
        await tell(unit, person_id, content, actor=actor)
    told = tuple(shifts.get(language, ()))
    return Announced(is_changed=True, shifts=told, sittings=tuple(sittings))


async def _shifts(unit: Unit, before: Mapping[Day, date], language: str) -> list[Shift]:
    """Return what is another day now: of what is open, and of what was done in time but is late."""
    since = today(unit.clock, await tenant(unit)) - SETTLED_AFTER
    found = [
        Shift(one, before[one.subject, one.duty.name])
        for one in await everything(unit, language=language)
        if (one.subject, one.duty.name) in before
    ]
    return [one for one in found if _is_news(one, since)]


def _is_news(shift: Shift, since: date) -> bool:
    duty, now = shift.owed.duty, shift.owed.duty.deadline.date
    if now == shift.before or max(now, shift.before) < since:
        return False
    return duty.done_on is None or now < duty.done_on <= shift.before


async def _sittings(unit: Unit, day: date) -> list[Meeting]:
    bodies = {body.key: body for body in await unit.bodies.all()}
    midnight = datetime.combine(day, time.min)
    found = await unit.sessions.between(midnight, midnight + timedelta(days=1))
    return [
        Meeting(session, bodies[session.body_key], [sitting])
        for session, sitting in found
        if session.state in TO_COME and sitting.starts.date() == day
    ]


async def _in_charge(unit: Unit, shifts: Collection[Shift]) -> dict[int, list[int]]:
    """Return whose each deadline is, by person: its places in the list."""
    found: dict[int, list[int]] = defaultdict(list)
    for at, shift in enumerate(shifts):
        owner = shift.owed.duty.owner
        for person_id in await holders(unit, {owner} if owner else AWAITING, shift.owed.body):
            found[person_id].append(at)
    return found


async def _callers(unit: Unit, sittings: Iterable[Meeting]) -> dict[int, list[Meeting]]:
    found: dict[int, list[Meeting]] = defaultdict(list)
    for called in sittings:
        for person_id in await holders(unit, CALLS, called.body):
            found[person_id].append(called)
    return found


def _message(
    day: date,
    shifts: Collection[Shift],
    sittings: Collection[Meeting],
    language: str,
    *,
    is_holiday: bool,
) -> Message:
    say = phrasebook().say
    lines = [line(one, language) for one in shifts]
    lines += [sitting_line(one, language) for one in sittings]
    title = say("holiday.announced" if is_holiday else "holiday.taken_back", language, day=day)
    duties = Choice(say("duty.see", language), "duties")
    return Message("\n".join(lines), language, title=title, choices=(duties,))


def line(shift: Shift, language: str) -> str:
    """Say from which day to which a deadline moves, or that what was done is too late now."""
    duty = shift.owed.duty
    return phrasebook().say(
        "holiday.shifted" if duty.is_open else "holiday.late_now",
        language,
        body=shift.owed.body.name(language),
        before=shift.before,
        after=duty.deadline.date,
        sentence=duty.deadline.sentence,
    )


def sitting_line(called: Meeting, language: str) -> str:
    session, starts = called.name(language), called.opening.starts
    return phrasebook().say("holiday.sitting", language, session=session, starts=starts)
