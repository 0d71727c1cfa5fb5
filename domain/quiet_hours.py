"""Quiet hours: when a person is not to be disturbed, and when that ends."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from domain.clock import wall_time
from domain.errors import Refused

A_DAY = timedelta(days=1)
WEEKDAYS = range(7)  # Monday is 0
WEEK = timedelta(days=7)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class QuietSpan:
    """Quiet from `starts` on a weekday (Monday is 0) until `ends`: the next day, when not later.

    Wall times of the person's zone.
    """

    weekday: int
    starts: time
    ends: time

    @property
    def length(self) -> timedelta:
        span = _since_midnight(self.ends) - _since_midnight(self.starts)
        return span if span > timedelta(0) else span + A_DAY


Quiet = Sequence[QuietSpan]


def every_day(starts: time, ends: time) -> tuple[QuietSpan, ...]:
    return tuple(QuietSpan(weekday, starts, ends) for weekday in WEEKDAYS)


def checked(spans: Iterable[QuietSpan]) -> tuple[QuietSpan, ...]:
    """Return the spans in order, or raise Refused when they leave no minute of the week."""
    ordered = tuple(sorted(set(spans), key=lambda span: (_start(span), span.length)))
    first = reached = _start(ordered[0]) if ordered else timedelta(0)
    for span in ordered:
        if _start(span) <= reached:
            reached = max(reached, _start(span) + span.length)
    if reached - first >= WEEK:
        raise Refused("preferences.always_quiet")
    return ordered


def quiet_until(at: datetime, spans: Quiet, zone: tzinfo) -> datetime | None:
    """Return the first instant after `at` that is not quiet, or None when it is not quiet then.

    When the clocks change meanwhile, what they show counts: an end that they skip comes with the
    jump, and an hour that comes twice is quiet twice.
    """
    moment = at
    while (left := _left(wall_time(moment, zone), spans)) is not None:
        end = moment + left
        moment = _first_change(moment, end, zone) or end
        if moment - at > WEEK + A_DAY:
            return None  # nothing else is left of the week: a silence for ever would be a loss
    return None if moment == at else moment


def to_json(spans: Quiet) -> list[list[object]]:
    return [[span.weekday, f"{span.starts:%H:%M}", f"{span.ends:%H:%M}"] for span in spans]


def from_json(plain: Iterable[Sequence[object]]) -> tuple[QuietSpan, ...]:
    return tuple(
        QuietSpan(int(str(day)), time.fromisoformat(str(starts)), time.fromisoformat(str(ends)))
        for day, starts, ends in plain
    )


def by_hours(spans: Quiet) -> Mapping[tuple[time, time], tuple[int, ...]]:
    """Return the weekdays on which the same hours are quiet."""
    found: dict[tuple[time, time], tuple[int, ...]] = {}
    for span in spans:
        hours = (span.starts, span.ends)
        found[hours] = (*found.get(hours, ()), span.weekday)
    return found


def _left(wall: datetime, spans: Quiet) -> timedelta | None:
    """Return how long it is still quiet, as the clocks at this wall time show; None when not."""
    longest: timedelta | None = None
    for span in spans:
        begun = (wall.weekday() - span.weekday) % 7 * A_DAY + _since_midnight(wall.time())
        since = begun - _since_midnight(span.starts)
        if since < timedelta(0):
            since += WEEK
        if since < span.length and (longest is None or span.length - since > longest):
            longest = span.length - since
    return longest


def _first_change(start: datetime, end: datetime, zone: tzinfo) -> datetime | None:
    """Return the first instant after `start`, up to `end`, that has another offset."""
    before = start.astimezone(zone).utcoffset()
    if end.astimezone(zone).utcoffset() == before:
        return None
    low, high = start.replace(microsecond=0), end
    while high - low > SECOND:
        middle = low + ((high - low) / 2 // SECOND or 1) * SECOND
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return (low + SECOND).replace(microsecond=0)


def _since_midnight(of: time) -> timedelta:
    return timedelta(
        hours=of.hour, minutes=of.minute, seconds=of.second, microseconds=of.microsecond
    )


def _start(span: QuietSpan) -> timedelta:
    return span.weekday * A_DAY + _since_midnight(span.starts)
