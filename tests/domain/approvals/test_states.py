from itertools import product

import pytest

from domain.approvals import ApprovalState, moved
from domain.approvals.states import COLOURS, FORWARD, ICONS
from domain.errors import Refused

FINAL = {ApprovalState.REJECTED, ApprovalState.WITHDRAWN}


def test_every_state_but_the_final_ones_has_a_way_on_and_a_look_of_its_own() -> None:
    assert {state for state, ways in FORWARD.items() if not ways} == FINAL
    assert FORWARD.keys() == COLOURS.keys() == ICONS.keys() == set(ApprovalState)
    assert len(set(ICONS.values())) == len(ApprovalState)


def test_nothing_is_published_but_by_way_of_an_approval() -> None:
    before = {state for state, ways in FORWARD.items() if ApprovalState.PUBLISHED in ways}
    assert before == {ApprovalState.APPROVED, ApprovalState.SCHEDULED}
    assert {state for state, ways in FORWARD.items() if ApprovalState.APPROVED in ways} == {
        ApprovalState.WAITING
    }


@pytest.mark.parametrize(("state", "to"), list(product(ApprovalState, ApprovalState)))
def test_an_approval_moves_only_where_its_table_leads(
    state: ApprovalState, to: ApprovalState
) -> None:
    if to is state or to in FORWARD[state]:
        assert moved(state, to) is to
    else:
        with pytest.raises(Refused):
            moved(state, to)
