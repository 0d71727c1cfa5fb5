from dataclasses import replace
from datetime import date

import pytest

from domain.errors import Refused
from domain.petitions import Answers, Level, prechecked, threshold

TODAY = date(2026, 11, 21)
GOOD = Answers(
    lives_or_works_here=True,
    may_register_to_vote=True,
    has_direct_interest=True,
    is_communal=True,
    touches_constants=False,
    is_before_a_court=False,
    is_about_security=False,
)
ASSOCIATION = replace(
    GOOD,
    is_association=True,
    recognised_on=date(2020, 1, 1),
    is_in_good_standing=True,
    has_seat_here=True,
    is_its_field=True,
)


def levels(said: Answers) -> dict[str, Level]:
    return {finding.code: finding.level for finding in prechecked("ma", said, today=TODAY)}


@pytest.mark.parametrize(
    ("population", "has_arrondissements", "wanted"),
    [
        (34_999, False, 100),
        (35_000, False, 200),
        (200_000, False, 200),
        (3_200_000, True, 400),
        (None, True, 400),
    ],
)
def test_the_threshold_goes_by_the_size_of_the_commune(
    *, population: int | None, has_arrondissements: bool, wanted: int
) -> None:
    found = threshold("ma", population=population, has_arrondissements=has_arrondissements)
    assert (found.value, found.article) == (wanted, "123")


def test_a_commune_of_unknown_size_is_told_so_and_a_pack_without_petitions_too() -> None:
    with pytest.raises(Refused) as unknown:
        threshold("ma", population=None, has_arrondissements=False)
    assert unknown.value.key == "petition.population_unknown"
    for pack in ("fr", "ci"):
        with pytest.raises(Refused) as absent:
            threshold(pack, population=1, has_arrondissements=False)
        assert absent.value.key == "petition.no_rules"


@pytest.mark.parametrize("said", [GOOD, ASSOCIATION])
def test_what_meets_every_condition_is_told_so(said: Answers) -> None:
    assert set(levels(said).values()) == {Level.HOLDS}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (replace(GOOD, is_communal=False), "powers"),
        (replace(GOOD, touches_constants=True), "constants"),
        (replace(GOOD, lives_or_works_here=False), "residence"),
        (replace(GOOD, may_register_to_vote=False), "electoral"),
        (replace(GOOD, has_direct_interest=False), "interest"),
        (replace(ASSOCIATION, recognised_on=date(2023, 11, 21)), "age"),
        (replace(ASSOCIATION, is_in_good_standing=False), "standing"),
        (replace(ASSOCIATION, has_seat_here=False), "seat"),
        (replace(ASSOCIATION, is_its_field=False), "field"),
    ],
)
def test_a_condition_that_fails_stops_and_comes_first(said: Answers, code: str) -> None:
    first = prechecked("ma", said, today=TODAY)[0]
    assert (first.code, first.level) == (code, Level.STOPS)


def test_an_association_is_old_enough_the_day_after_its_third_birthday() -> None:
    assert levels(replace(ASSOCIATION, recognised_on=date(2023, 11, 20)))["age"] is Level.HOLDS


def test_what_nobody_knows_and_what_other_laws_exclude_is_a_warning() -> None:
    assert set(levels(Answers()).values()) == {Level.WARNS}
    assert levels(replace(GOOD, is_before_a_court=True))["court"] is Level.WARNS
