import pytest
from hypothesis import given, strategies as st

from domain.errors import Refused
from domain.votes import Count, Majority, Result, Voice, result

COUNCIL = 147


@pytest.mark.parametrize(
    ("count", "majority", "is_second", "wanted"),
    [
        (Count(40, 39), Majority.CAST, False, Result.ADOPTED),
        (Count(39, 40), Majority.CAST, False, Result.REJECTED),
        (Count(1, 0, 100), Majority.CAST, False, Result.ADOPTED),
        (Count(74, 30), Majority.IN_OFFICE, False, Result.ADOPTED),
        (Count(73, 30), Majority.IN_OFFICE, False, Result.TO_BE_REPEATED),
        (Count(73, 30), Majority.IN_OFFICE, True, Result.ADOPTED),
        (Count(30, 73), Majority.IN_OFFICE, False, Result.REJECTED),
    ],
)
def test_the_majority_is_that_of_article_43(
    *, count: Count, majority: Majority, is_second: bool, wanted: Result
) -> None:
    found = result(count, majority=majority, in_office=COUNCIL, is_second_sitting=is_second)
    assert found is wanted


def test_a_tie_goes_to_the_presidents_side_and_needs_one() -> None:
    tie = Count(20, 20, 3)
    assert result(tie, in_office=COUNCIL, president=Voice.FOR) is Result.ADOPTED
    assert result(tie, in_office=COUNCIL, president=Voice.AGAINST) is Result.REJECTED
    for president in (None, Voice.ABSTAINED):
        with pytest.raises(Refused):
            result(tie, in_office=COUNCIL, president=president)


@pytest.mark.parametrize("count", [Count(0, 0), Count(0, 0, 9), Count(100, 40, 8), Count(-1, 3)])
def test_a_count_that_cannot_be_is_refused(count: Count) -> None:
    with pytest.raises(Refused):
        result(count, in_office=COUNCIL)


voices = st.integers(0, 70)


@given(voices, voices, voices)
def test_one_voice_more_in_favour_never_turns_it_against(
    in_favour: int, against: int, abstained: int
) -> None:
    order = [Result.REJECTED, Result.TO_BE_REPEATED, Result.ADOPTED]
    found = [
        result(
            Count(in_favour + more, against, abstained),
            majority=Majority.IN_OFFICE,
            in_office=3 * 71,
            president=Voice.FOR,
        )
        for more in (0, 1)
        if in_favour + more or against
    ]
    assert sorted(found, key=order.index) == found
