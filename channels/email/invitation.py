"""A session as a calendar reads it."""

from datetime import datetime

from icalendar import Calendar, vCalAddress

from domain.calendars import PRODUCT, described, shown
from domain.messages import CalendarEvent, EventStatus

METHODS = {EventStatus.CONFIRMED: "REQUEST", EventStatus.CANCELLED: "CANCEL"}


def method(event: CalendarEvent) -> str:
    """Return what the calendar is asked to do (RFC 5546, 3.2)."""
    return METHODS[event.status]


def invitation(event: CalendarEvent, *, organizer: str, at: datetime) -> bytes:
    """Return the event as an iCalendar object made at the instant `at` (RFC 5545).

    `organizer` is a bare address. Raises Misconfigured for a zone that does not exist.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method(event))
    meeting = shown(event)
    calendar.add_component(described(event.zone, event.starts.year))
    meeting.add("dtstamp", at)
    meeting.add("organizer", vCalAddress(f"mailto:{organizer}"))
    meeting.add("attendee", _everyone(organizer))
    calendar.add_component(meeting)
    written: bytes = calendar.to_ical()
    return written


def _everyone(organizer: str) -> vCalAddress:
    # REQUEST and CANCEL need an attendee (RFC 5546, 3.2.2 and 3.2.5). The council as a group is
    # one for all letters alike; who comes is told to the bot, not to the calendar.
    group = vCalAddress(f"mailto:{organizer}")
    group.params["CUTYPE"] = "GROUP"
    group.params["RSVP"] = "FALSE"
    return group
