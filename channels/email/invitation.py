"""A session as a calendar reads it."""

from datetime import date, datetime
from functools import lru_cache

from icalendar import Calendar, Event, Timezone, vCalAddress

from domain.clock import zone
from domain.messages import CalendarEvent, EventStatus

PRODUCT = "-//Beffroi//Beffroi//EN"
METHODS = {EventStatus.CONFIRMED: "REQUEST", EventStatus.CANCELLED: "CANCEL"}


def method(event: CalendarEvent) -> str:
    """Return what the calendar is asked to do (RFC 5546, 3.2)."""
    return METHODS[event.status]


def invitation(event: CalendarEvent, *, organizer: str, at: datetime) -> bytes:
    """Return the event as an iCalendar object made at the instant `at` (RFC 5545).

    `organizer` is a bare address. Raises Misconfigured for a zone that does not exist.
    """
    place = zone(event.zone)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method(event))
    calendar.add_component(_description(event.zone, event.starts.year))
    meeting = Event()
    meeting.add("uid", event.uid)
    meeting.add("sequence", event.sequence)
    meeting.add("dtstamp", at)
    meeting.add("status", event.status.value)
    meeting.add("summary", event.summary)
    meeting.add("dtstart", event.starts.replace(tzinfo=place))
    meeting.add("dtend", event.ends.replace(tzinfo=place))
    meeting.add("organizer", vCalAddress(f"mailto:{organizer}"))
    meeting.add("attendee", _everyone(organizer))
    if event.place:
        meeting.add("location", event.place)
    calendar.add_component(meeting)
    described: bytes = calendar.to_ical()
    return described


@lru_cache(maxsize=64)  # 15 ms each, and councils meet in few zones
def _description(zone_name: str, year: int) -> Timezone:
    # The years around it will do: a session that moves comes with a new description.
    return Timezone.from_tzid(
        zone_name, first_date=date(year - 1, 1, 1), last_date=date(year + 2, 1, 1)
    )


def _everyone(organizer: str) -> vCalAddress:
    # REQUEST and CANCEL need an attendee (RFC 5546, 3.2.2 and 3.2.5). The council as a group is
    # one for all letters alike; who comes is told to the bot, not to the calendar.
    group = vCalAddress(f"mailto:{organizer}")
    group.params["CUTYPE"] = "GROUP"
    group.params["RSVP"] = "FALSE"
    return group
