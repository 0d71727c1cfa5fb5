"""Reminding: planning it, being asked for it, and doing it when it is time."""

from datetime import datetime

from actions import wording
from actions.meetings import meeting, tenant
from actions.wording import Meeting
from domain.clock import zone
from domain.errors import Refused
from domain.notices import Audience, AudienceKind, NoticeClass, NoticeKind
from domain.people import Person
from domain.reminders import DEFAULT_RULES, Reminder, ReminderState, Rule, useful
from domain.sessions import SessionState
from store.unit import Unit

REMINDED = frozenset({SessionState.CONVENED, SessionState.RECONVENED, SessionState.THIRD_MEETING})


async def plan_defaults(unit: Unit, called: Meeting) -> None:
    """Plan what every member is reminded of: two days, an evening and two hours before."""
    for rule in DEFAULT_RULES:
        await _plan(unit, called, None, rule)


async def remind_me(unit: Unit, person: Person, session_id: int, rule: Rule) -> Reminder:
    """Plan a reminder of one's own; raises Refused when its time has passed."""
    called = await meeting(unit, session_id)
    due_at = rule.due_at(called.opening.starts, zone(called.opening.zone))
    if due_at <= unit.clock.now():
        raise Refused("reminder.too_late", starts=called.opening.starts)
    if called.session.state not in REMINDED:
        raise Refused("reminder.no_meeting")
    await unit.reminders.plan(session_id, person.id, rule, due_at=due_at)
    planned = await unit.reminders.of(session_id)
    return next(one for one in planned if one.person_id == person.id and one.rule == rule)


async def forget(unit: Unit, person: Person, session_id: int | None) -> int:
    """Cancel a person's own reminders, of one session or of all, and say how many."""
    own = await unit.reminders.of_person(person.id)
    sessions = {one.session_id for one in own if session_id in {None, one.session_id}}
    counts = [await unit.reminders.cancel(one, person_ids=[person.id]) for one in sessions]
    return sum(counts)


async def replan(unit: Unit, called: Meeting) -> None:
    """Move every reminder of a session to its new hour; what has been sent is due again."""
    for reminder in await unit.reminders.of(called.session.id):
        if reminder.state is not ReminderState.CANCELLED:
            await unit.reminders.settle(reminder.id, ReminderState.CANCELLED)
            await _plan(unit, called, reminder.person_id, reminder.rule)


async def remind(unit: Unit, now: datetime) -> int:
    """Send what is due, drop with a reason what is of no use any more; return how many were sent.

    Safe to repeat, and in many processes at once: a reminder is settled by one of them.
    """
    due = await unit.reminders.due(now)
    if not due:
        return 0
    commune = await tenant(unit)
    verdicts = useful(due, now)
    sent = 0
    for reminder in due:
        dropped = verdicts[reminder.id]
        state = ReminderState.DROPPED if dropped else ReminderState.SENT
        if await unit.reminders.settle(reminder.id, state, dropped=dropped) and not dropped:
            await _tell(unit, commune.id, reminder)
            sent += 1
    return sent


async def _plan(unit: Unit, called: Meeting, person_id: int | None, rule: Rule) -> None:
    due_at = rule.due_at(called.opening.starts, zone(called.opening.zone))
    if due_at > unit.clock.now():
        await unit.reminders.plan(called.session.id, person_id, rule, due_at=due_at)


async def _tell(unit: Unit, tenant_id: int, reminder: Reminder) -> None:
    called = await meeting(unit, reminder.session_id)
    audience = (
        Audience(AudienceKind.PERSON, str(reminder.person_id))
        if reminder.person_id
        else Audience(AudienceKind.BODY, called.body.key)
    )
    await unit.notices.publish(
        tenant_id,
        notice_class=NoticeClass.INFORMATIONAL,
        kind=NoticeKind.REMINDER,
        audience=audience,
        content=wording.reminder(called),
        created_by="clock",
        session_id=reminder.session_id,
        expires_at=reminder.starts_at,
        idempotency_key=f"reminder:{reminder.id}:{reminder.due_at:%Y%m%d%H%M}",
    )
