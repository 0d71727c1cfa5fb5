"""The time: instants in UTC inside, wall time and zone where something is planned."""

import importlib.metadata
import zoneinfo
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.errors import Misconfigured

PROBE_ZONE = "Africa/Casablanca"
# Morocco left UTC+1 for good on 2026-09-20 (IANA 2026c); older zone files still say +01:00 here.
PROBE_WALL_TIME = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - a wall time has no offset
PROBE_OFFSET = timedelta(0)


class Clock(Protocol):
    def now(self) -> datetime:
        """Return this instant, in UTC."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - the one place that asks


class HandClock:
    """A clock that stands still until it is moved: for the demonstration and the tests."""

    def __init__(self, now: datetime) -> None:
        self._now = now.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def move_to(self, instant: datetime) -> None:
        """Move to `instant`; never backwards."""
        self._now = max(self._now, instant.astimezone(UTC))

    def move_by(self, span: timedelta) -> None:
        self.move_to(self._now + span)


def zone(name: str) -> ZoneInfo:
    """Return the zone of this IANA name, or raise Misconfigured."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        # OSError: the name of a folder of zones ("Africa"), or one no file could bear.
        raise Misconfigured(f"There is no time zone {name[:80]!r}: give an IANA name.") from error


def instant(wall_time: datetime, place: tzinfo) -> datetime:
    """Return the UTC instant of a wall time at a place.

    A wall time that the clocks skip is read with the offset from before the jump; one that
    happens twice is read as its first.
    """
    return wall_time.replace(tzinfo=place, fold=0).astimezone(UTC)


def wall_time(at: datetime, place: tzinfo) -> datetime:
    """Return what clocks at a place show at an instant, without an offset."""
    return at.astimezone(place).replace(tzinfo=None)


def tzdata_version() -> str:
    """Return the version of the zone data in force, such as `2026.6`."""
    return importlib.metadata.version("tzdata")


def require_true_zones() -> None:
    """Read zones from the tzdata package alone, and refuse to start when they are stale.

    Python prefers the system's zone files, which are often older than the law.
    """
    zoneinfo.reset_tzpath(to=())
    ZoneInfo.clear_cache()
    check_true_zones()


def check_true_zones() -> None:
    """Raise Misconfigured when the zone data in force is from before Morocco's change."""
    offset = PROBE_WALL_TIME.replace(tzinfo=zone(PROBE_ZONE)).utcoffset()
    if offset != PROBE_OFFSET:
        raise Misconfigured(
            f"The time zone data is out of date: {PROBE_ZONE} shows UTC{offset} on 2026-11-23. "
            "Install tzdata 2026.3 or newer (pip install --upgrade tzdata) and start again."
        )
