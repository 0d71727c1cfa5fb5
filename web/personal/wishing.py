"""What the forms of preferences say, read back into what is to be changed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from actions.notices.foreseeing import Foreseen
from actions.people.consenting import Changing
from domain.addresses import Channel
from domain.errors import Refused
from domain.prospects import Said, saying
from domain.quiet_hours import WEEKDAYS, QuietSpan, checked
from domain.topics import EVERYTHING
from domain.wishes import Preferences, Rhythm, Scope

Filled = Mapping[str, str]
Read = Callable[[Filled, Foreseen], Changing]

EVERYWHERE = "all"  # where a field's name has no channel
EVERY_DAY = "every"  # where a field's name has no weekday
MOST_SPANS = 3  # quiet hours of one weekday


def name_of(topic: str, channel: Channel | None) -> str:
    """Return the name of the field that says what is wished of a topic on a channel, or on all."""
    return f"wish:{channel or EVERYWHERE}:{topic}"


def of_table(filled: Filled, foreseen: Foreseen) -> Changing:
    """Read the table: what stands as it was shown is left alone, even where no option says it."""
    asked: dict[Scope, Said] = {}
    for row in foreseen.prospect.rows:
        shown: dict[Channel | None, Said] = {None: row.said}
        shown |= {cell.channel: cell.said for cell in row.cells}
        for channel, stood in shown.items():
            word = filled.get(name_of(row.topic, channel), stood)
            if word != stood and word in set(Said):
                asked[row.topic, channel] = Said(word)

    def changing(now: Preferences) -> Preferences:
        for scope, said in asked.items():
            now = saying(now, scope, said)
        return now

    return changing


def of_rhythm(filled: Filled, _: Foreseen) -> Changing:
    """Read how often, at which hour and in which zone; raise Refused for what is none."""
    rhythm, zone = filled.get("rhythm", ""), filled.get("zone", "").strip()
    day = filled.get("digest_on", "")
    if rhythm not in set(Rhythm) or day not in {str(one) for one in WEEKDAYS}:
        raise Refused("wishes.unreadable")
    at = _hour(filled.get("digest_at", ""))
    if at is None:
        raise Refused("wishes.no_hour")
    is_muted = "only_followed" in filled
    return lambda now: replace(
        now.at_rhythm(Rhythm(rhythm)).wanting(
            EVERYTHING, None, is_wanted=False if is_muted else None
        ),
        digest_at=at,
        digest_on=int(day),
        zone=_zone(zone),
    )


def of_quiet(filled: Filled, _: Foreseen) -> Changing:
    """Read the quiet hours of a week; raise Refused when one has no end, or all is quiet.

    A weekday that names none has those of every day.
    """
    usual = _hours(filled, EVERY_DAY)
    quiet = checked(
        QuietSpan(day, *hours) for day in WEEKDAYS for hours in _hours(filled, str(day)) or usual
    )
    return lambda now: replace(now, quiet=quiet)


def _hours(filled: Filled, day: str) -> list[tuple[time, time]]:
    found = []
    for number in range(MOST_SPANS):
        starts, ends = (
            filled.get(f"quiet:{day}:{number}:{edge}", "").strip() for edge in ("from", "to")
        )
        if starts or ends:
            first, last = _hour(starts), _hour(ends)
            if first is None or last is None:
                raise Refused("wishes.half_quiet")
            found.append((first, last))
    return found


READ: Mapping[str, Read] = {"table": of_table, "rhythm": of_rhythm, "quiet": of_quiet}


def _hour(typed: str) -> time | None:
    try:
        return time.fromisoformat(typed.strip()).replace(tzinfo=None, second=0, microsecond=0)
    except ValueError:
        return None


def _zone(name: str) -> str | None:
    if not name:
        return None
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Refused("preferences.unknown_zone", zone=name) from error
    return name
