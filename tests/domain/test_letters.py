from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from domain.letters import Later, back_at

PLACE = ZoneInfo("Africa/Casablanca")


@pytest.mark.parametrize(
    ("later", "now", "back"),
    [
        (Later.HOURS, "2026-01-28T10:00", "2026-01-28T13:00"),
        (Later.TOMORROW, "2026-01-28T10:00", "2026-01-29T09:00"),
        (Later.TOMORROW, "2026-01-31T23:59", "2026-02-01T09:00"),
        (Later.WEEK, "2026-01-28T10:00", "2026-02-02T09:00"),
        (Later.WEEK, "2026-02-02T08:00", "2026-02-09T09:00"),
        (Later.WEEK, "2026-02-01T08:00", "2026-02-02T09:00"),
        (Later.TOMORROW, "2026-02-14T10:00", "2026-02-15T09:00"),  # the clocks go back that night
    ],
)
def test_what_is_put_off_comes_back_when_it_was_said(later: Later, now: str, back: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=PLACE)
    assert back_at(later, at, PLACE) == datetime.fromisoformat(back).replace(tzinfo=PLACE)
