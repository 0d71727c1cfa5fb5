"""When to remind: a rule in wall time, and what becomes of it after a silence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Self

from domain.clock import instant
from domain.errors import Refused


class ReminderState(StrEnum):
    PLANNED = "planned"
    SENT = "sent"
    CANCELLED = "cancelled"
    DROPPED = "dropped"


class Dropped(StrEnum):
    """Why a reminder was not sent."""

    STARTED = "started"  # the sitting had begun
    SUPERSEDED = "superseded"  # a later reminder of the same sitting is due too


RULE = re.compile(
    r"P(?:(?P<days>\d{1,3})D)?(?:@(?P<at>\d{2}:\d{2})|T(?:(?P<hours>\d{1,4})H)?(?:(?P<minutes>\d{1,4})M)?)?"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """How long before: `P2D@09:30` is two days before at 9:30, `PT2H` two hours before."""

    days: int = 0
    at: time | None = None
    span: timedelta = timedelta(0)

    @classmethod
    def parsed(cls, text: str) -> Self:
        """Read a rule, or raise Refused."""
        found = RULE.fullmatch(text)
        if not found or text in {"P", "PT"}:
            raise Refused("reminder.unreadable_rule", rule=text)
        hours, minutes = int(found["hours"] or 0), int(found["minutes"] or 0)
        try:
            at = time.fromisoformat(found["at"]) if found["at"] else None
        except ValueError as error:
            raise Refused("reminder.unreadable_rule", rule=text) from error
        return cls(int(found["days"] or 0), at, timedelta(hours=hours, minutes=minutes))

    def __str__(self) -> str:
        days = f"{self.days}D" if self.days else ""
        if self.at:
            return f"P{days or '0D'}@{self.at:%H:%M}"
        hours, minutes = divmod(int(self.span.total_seconds()) // 60, 60)
        clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
        return f"P{days}{'T' + clock if clock else ''}" if days or clock else "PT0M"

    def due_at(self, starts: datetime, place: tzinfo) -> datetime:
        """Return the instant for a sitting that starts at this wall time at a place.

        Days are counted on the calendar, hours on the clock that runs.
        """
        day = starts - timedelta(days=self.days)
        if self.at:
            day = datetime.combine(day.date(), self.at)
        return instant(day, place) - self.span


TWO_DAYS_BEFORE = Rule(days=2, at=time(9, 0))
EVENING_BEFORE = Rule(days=1, at=time(18, 0))
TWO_HOURS_BEFORE = Rule(span=timedelta(hours=2))
DEFAULT_RULES = (TWO_DAYS_BEFORE, EVENING_BEFORE, TWO_HOURS_BEFORE)


@dataclass(frozen=True, slots=True)
class Reminder:
    """`person_id` is None for one that goes to every member. `starts_at`: the sitting's."""

    id: int
    session_id: int
    person_id: int | None
    rule: Rule
    due_at: datetime
    starts_at: datetime
    state: ReminderState = ReminderState.PLANNED


def useful(due: Sequence[Reminder], now: datetime) -> dict[int, Dropped | None]:
    """Say of each reminder that is due whether to send it (None), or why to drop it.

    After a silence several of one sitting may be due at once: only the latest is still news.
    """
    latest: dict[tuple[int, int | None], Reminder] = {}
    for reminder in due:
        key = (reminder.session_id, reminder.person_id)
        if key not in latest or latest[key].due_at < reminder.due_at:
            latest[key] = reminder
    return {reminder.id: _dropped(reminder, latest, now) for reminder in due}


def _dropped(
    reminder: Reminder, latest: dict[tuple[int, int | None], Reminder], now: datetime
) -> Dropped | None:
    if now >= reminder.starts_at:
        return Dropped.STARTED
    if latest[reminder.session_id, reminder.person_id].id != reminder.id:
        return Dropped.SUPERSEDED
    return None
