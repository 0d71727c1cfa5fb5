"""Calendars as programs read them (RFC 5545): what a calendar that others subscribe to holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from icalendar import Calendar, Event, Timezone

from domain.clock import zone
from domain.messages import CalendarEvent

PRODUCT = "-//Beffroi//Beffroi//EN"
ASKED_EVERY = timedelta(hours=1)  # RFC 7986, 5.7: how often it is looked at again


@dataclass(frozen=True, slots=True)
class Entry:
    """An event in a calendar. `changed_at` is an instant; `url` is where more is said of it."""

    event: CalendarEvent
    changed_at: datetime
    url: str


def published(name: str, entries: Sequence[Entry], *, zone_name: str, year: int) -> bytes:
    """Return a calendar of this name. The same entries are the same bytes.

    `year` is the one around which they lie. Without METHOD, DTSTAMP says when an entry was last
    changed (3.8.7.2).
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", ASKED_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", ASKED_EVERY)
    calendar.add_component(described(zone_name, year))
    for entry in entries:
        meeting = shown(entry.event)
        meeting.add("dtstamp", entry.changed_at)
        meeting.add("last-modified", entry.changed_at)
        meeting.add("url", entry.url)
        calendar.add_component(meeting)
    written: bytes = calendar.to_ical()
    return written


def shown(event: CalendarEvent) -> Event:
    """Return an event's own lines; raises Misconfigured for a zone that does not exist."""
    place = zone(event.zone)
    meeting = Event()
    meeting.add("uid", event.uid)
    meeting.add("sequence", event.sequence)
    meeting.add("status", event.status.value)
    meeting.add("summary", event.summary)
    meeting.add("dtstart", event.starts.replace(tzinfo=place))
    meeting.add("dtend", event.ends.replace(tzinfo=place))
    if event.place:
        meeting.add("location", event.place)
    return meeting


@lru_cache(maxsize=64)  # 15 ms each, and councils meet in few zones
def described(zone_name: str, year: int) -> Timezone:
    """Return what a calendar says of a zone: its clock changes from the year before to two after.

    A meeting that moves further comes with a new description.
    """
    return Timezone.from_tzid(
        zone_name, first_date=date(year - 1, 1, 1), last_date=date(year + 2, 1, 1)
    )
