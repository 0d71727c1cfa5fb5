"""Letters in a person's mailbox here: in which drawer they lie, and until when they are put off."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.clock import instant, wall_time

PROVE = "prove"  # pressed in the talk on a page: it leads to where one proves anew who one is
TALK = "talk:"  # before the owner of a mailbox: where its page is answered, apart from letters


def mailbox(person_id: int) -> str:
    """Return the address of somebody's mailbox."""
    return str(person_id)


def talk_at(person_id: int) -> str:
    """Return where somebody is answered who speaks from the page of their mailbox."""
    return f"{TALK}{person_id}"


def owner_of(address: str) -> int | None:
    """Return whose mailbox, or whose talk at its page, an address is."""
    number = address.removeprefix(TALK)
    return int(number) if number.isdecimal() else None


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
