"""When ordinary sessions are held."""

from datetime import date

import pytest

from domain import law
from domain.bodies import BodyKind


@pytest.mark.parametrize(
    ("kind", "opening", "is_kept"),
    [
        (BodyKind.COUNCIL, "2026-02-05", True),
        (BodyKind.COUNCIL, "2026-02-07", True),
        (BodyKind.COUNCIL, "2026-02-08", False),  # the first week is days 1 to 7
        (BodyKind.COUNCIL, "2026-03-01", False),
        (BodyKind.COUNCIL, "2026-10-01", True),
        (BodyKind.ARRONDISSEMENT_COUNCIL, "2026-09-28", True),  # the text says only the months
        (BodyKind.ARRONDISSEMENT_COUNCIL, "2026-02-05", False),
        (BodyKind.BUREAU, "2026-08-15", True),
    ],
)
def test_moroccan_ordinary_sessions_have_their_months(
    kind: BodyKind, opening: str, *, is_kept: bool
) -> None:
    assert law.is_in_season("ma", kind, date.fromisoformat(opening)) is is_kept


def test_french_councils_meet_when_they_like() -> None:
    assert law.is_in_season("fr", BodyKind.COUNCIL, date(2026, 8, 15))
