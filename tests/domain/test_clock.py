"""The Casablanca clock, right even where the system's zone files are old."""

import struct
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from domain.clock import (
    HandClock,
    SystemClock,
    check_true_zones,
    instant,
    require_true_zones,
    tzdata_version,
    wall_time,
    zone,
)
from domain.errors import Misconfigured

CASABLANCA = zone("Africa/Casablanca")
NOON = datetime(2026, 2, 5, 12, 0, tzinfo=UTC)
instants = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def zone_file(offset: timedelta, name: str) -> bytes:
    """Return a zone file (RFC 8536, version 2) of a place that never changes its clock."""
    seconds = int(offset.total_seconds())
    abbreviation = name.encode() + b"\0"
    header = b"TZif2" + bytes(15) + struct.pack(">6l", 0, 0, 0, 0, 1, len(abbreviation))
    block = header + struct.pack(">lbb", seconds, 0, 0) + abbreviation
    posix = f"<{name}>{-seconds // 3600}"
    return block + block + f"\n{posix}\n".encode()


@pytest.fixture
def zone_folder(tmp_path: Path) -> Iterator[Path]:
    """Lend a folder that Python prefers for zones, and put everything back."""
    before = zoneinfo.TZPATH
    (tmp_path / "Africa").mkdir()
    zoneinfo.reset_tzpath(to=[tmp_path])
    ZoneInfo.clear_cache()
    yield tmp_path
    zoneinfo.reset_tzpath(to=before)
    ZoneInfo.clear_cache()


@pytest.fixture
def stale_zones(zone_folder: Path) -> Path:
    """Put in force a zone file from before Morocco left UTC+1."""
    (zone_folder / "Africa" / "Casablanca").write_bytes(zone_file(timedelta(hours=1), "+01"))
    return zone_folder


@pytest.mark.usefixtures("stale_zones")
def test_a_stale_system_zone_file_is_noticed() -> None:
    assert ZoneInfo("Africa/Casablanca").utcoffset(at("2026-11-23T09:00")) == timedelta(hours=1)
    with pytest.raises(Misconfigured, match=r"out of date.*Install tzdata 2026\.3 or newer"):
        check_true_zones()


@pytest.mark.usefixtures("stale_zones")
def test_a_stale_system_zone_file_is_passed_over() -> None:
    require_true_zones()
    check_true_zones()
    assert zone("Africa/Casablanca").utcoffset(at("2026-11-23T09:00")) == timedelta(0)


def test_a_zone_file_of_today_is_as_good_as_the_package(zone_folder: Path) -> None:
    (zone_folder / "Africa" / "Casablanca").write_bytes(zone_file(timedelta(0), "+00"))
    check_true_zones()


def test_a_broken_zone_file_is_a_refusal_and_no_trace(zone_folder: Path) -> None:
    (zone_folder / "Africa" / "Casablanca").write_bytes(b"not a zone")
    with pytest.raises(Misconfigured):
        check_true_zones()


def test_the_zone_data_has_a_version() -> None:
    year, number = tzdata_version().split(".")[:2]
    assert (int(year), int(number)) >= (2026, 3)


@pytest.mark.parametrize(
    "name",
    ["Africa/Casablnca", "Africa", "", "../../etc/passwd", "/etc/passwd", "a\0b", "a" * 300],
)
def test_a_zone_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(Misconfigured, match="no time zone"):
        zone(name)


@pytest.mark.parametrize(
    ("utc", "wall"),
    [
        ("2026-01-15T08:00", "2026-01-15T09:00"),  # UTC+1
        ("2026-02-15T01:59", "2026-02-15T02:59"),
        ("2026-02-15T02:00", "2026-02-15T02:00"),  # Ramadan: back an hour
        ("2026-03-01T09:00", "2026-03-01T09:00"),  # UTC+0
        ("2026-03-22T01:59", "2026-03-22T01:59"),
        ("2026-03-22T02:00", "2026-03-22T03:00"),  # on an hour
        ("2026-09-20T00:59", "2026-09-20T01:59"),
        ("2026-09-20T01:00", "2026-09-20T01:00"),  # back an hour, for good
        ("2026-11-23T09:00", "2026-11-23T09:00"),
        ("2027-07-01T09:00", "2027-07-01T09:00"),
    ],
)
def test_both_casablanca_clocks_show_the_lawful_hour(utc: str, wall: str) -> None:
    assert wall_time(at(utc).replace(tzinfo=UTC), CASABLANCA) == at(wall)


@pytest.mark.parametrize(
    ("wall", "utc"),
    [
        ("2026-02-05T09:30", "2026-02-05T08:30"),
        ("2026-02-16T09:30", "2026-02-16T09:30"),
        ("2026-11-23T09:00", "2026-11-23T09:00"),
        ("2026-02-15T02:30", "2026-02-15T01:30"),  # happens twice: the first
        ("2026-09-20T01:30", "2026-09-20T00:30"),  # twice
        ("2026-03-22T02:30", "2026-03-22T02:30"),  # never: the offset from before
    ],
)
def test_a_wall_time_is_one_instant_even_around_the_jumps(wall: str, utc: str) -> None:
    assert instant(at(wall), CASABLANCA) == at(utc).replace(tzinfo=UTC)


def test_the_second_of_two_equal_wall_times_is_read_as_the_first() -> None:
    again = at("2026-02-15T02:30").replace(fold=1)
    assert instant(again, CASABLANCA) == at("2026-02-15T01:30").replace(tzinfo=UTC)


@given(instants)
def test_an_instant_comes_back_from_its_wall_time_or_an_hour_earlier(when: datetime) -> None:
    back = instant(wall_time(when, CASABLANCA), CASABLANCA)
    assert when - back in {timedelta(0), timedelta(hours=1)}


@given(instants, st.timedeltas(timedelta(hours=2), timedelta(days=900)))
def test_instants_more_than_a_jump_apart_keep_their_order(when: datetime, later: timedelta) -> None:
    first = instant(wall_time(when, CASABLANCA), CASABLANCA)
    assert first < instant(wall_time(when + later, CASABLANCA), CASABLANCA)


def test_a_hand_clock_never_goes_back() -> None:
    clock = HandClock(NOON)
    clock.move_by(timedelta(hours=1))
    clock.move_to(NOON)
    clock.move_by(timedelta(hours=-3))
    assert clock.now() == NOON + timedelta(hours=1)


def test_clocks_speak_utc() -> None:
    assert HandClock(NOON.astimezone(CASABLANCA)).now().tzinfo is UTC
    assert SystemClock().now().utcoffset() == timedelta(0)
