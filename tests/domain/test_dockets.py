from datetime import date

import pytest

from domain.dockets import docket


@pytest.mark.parametrize(
    ("received", "first_day"),
    [
        (date(2026, 1, 5), date(2026, 2, 5)),  # DOMAIN: questions for 5 February by 5 January
        (date(2026, 1, 6), date(2026, 2, 6)),
        (date(2026, 1, 28), date(2026, 2, 28)),
        (date(2026, 1, 29), date(2026, 3, 1)),  # 28 February less a month is 28 January
        (date(2026, 5, 30), date(2026, 6, 30)),
    ],
)
def test_a_written_question_is_for_the_first_session_a_month_away(
    received: date, first_day: date
) -> None:
    where = docket("ma", received)
    assert where
    assert where.article == "46"
    assert where.first_day == first_day


@pytest.mark.parametrize("pack", ["fr", "ci", "nowhere"])
def test_a_law_without_such_a_clock_sets_none(pack: str) -> None:
    assert docket(pack, date(2026, 1, 5)) is None
