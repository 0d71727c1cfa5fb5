"""Letters in a person's mailbox here: in which drawer they lie, and until when they are put off."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.clock import instant, wall_time


class Drawer(StrEnum):
    """Where a letter lies."""

    OPEN = "open"  # in sight
    SNOOZED = "snoozed"  # out of sight, until an instant
    ARCHIVED = "archived"  # out of sight, for good


class Later(StrEnum):
    """When a letter that was put off comes back."""

    HOURS = "hours"  # in three hours
    TOMORROW = "tomorrow"  # in the morning
    WEEK = "week"  # on Monday morning


SOME_HOURS = timedelta(hours=3)
MORNING = time(9)
WEEK = 7  # days
DAYS: Mapping[Later, Callable[[datetime], int]] = {
    Later.TOMORROW: lambda _: 1,
    Later.WEEK: lambda today: WEEK - today.weekday(),
}


def back_at(later: Later, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant at which a letter put off at `now` comes back; mornings are of `zone`."""
    if later is Later.HOURS:
        return now + SOME_HOURS
    today = wall_time(now, zone)
    day = today.date() + timedelta(days=DAYS[later](today))
    return instant(datetime.combine(day, MORNING), zone)
