from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given, strategies as st

from domain.errors import Refused
from domain.petitions import PetitionState, Signature, SignatureState, counted, moved, settled
from domain.petitions.signatures import FORWARD as SIGNATURE_FORWARD, moved as signature_moved
from domain.petitions.states import COLOURS, FORWARD, ICONS, SIGNABLE

NOW = datetime(2026, 11, 21, tzinfo=UTC)
FINAL = {
    PetitionState.INADMISSIBLE,
    PetitionState.CLOSED,
    PetitionState.WITHDRAWN,
    PetitionState.EXPIRED,
    PetitionState.BLOCKED,
}


def test_every_state_but_the_final_ones_has_a_way_on_and_a_look_of_its_own() -> None:
    assert {state for state, ways in FORWARD.items() if not ways} == FINAL
    assert FORWARD.keys() == COLOURS.keys() == ICONS.keys() == set(PetitionState)
    assert len(set(ICONS.values())) == len(PetitionState)
    assert frozenset().union(*FORWARD.values()) == set(PetitionState) - {PetitionState.DRAFT}


def test_only_the_bureau_answers_and_there_is_one_round_of_corrections() -> None:
    answered = {PetitionState.ADMISSIBLE, PetitionState.INADMISSIBLE}
    assert {state for state, ways in FORWARD.items() if ways & answered} == {
        PetitionState.AT_BUREAU
    }
    assert {state for state, ways in FORWARD.items() if PetitionState.TO_COMPLETE in ways} == {
        PetitionState.FILED
    }
    assert PetitionState.FILED not in FORWARD[PetitionState.TO_COMPLETE]


@pytest.mark.parametrize(("state", "to"), list(product(PetitionState, PetitionState)))
def test_a_petition_moves_only_where_its_table_leads(
    state: PetitionState, to: PetitionState
) -> None:
    if to is state or to in FORWARD[state]:
        assert moved(state, to) is to
    else:
        with pytest.raises(Refused):
            moved(state, to)


def test_a_signature_withdrawn_stays_so() -> None:
    assert not SIGNATURE_FORWARD[SignatureState.WITHDRAWN]
    with pytest.raises(Refused):
        signature_moved(SignatureState.WITHDRAWN, SignatureState.VALID)


keys = st.frozensets(st.sampled_from("abcdef"), min_size=1, max_size=3)


@given(st.lists(keys, max_size=30))
def test_of_one_hand_one_signature_counts(signers: list[frozenset[str]]) -> None:
    valid: list[Signature] = []
    states = []
    for number, signer in enumerate(signers):
        state = settled(signer, valid)
        states.append(state)
        if state is SignatureState.VALID:
            valid.append(Signature(number, 1, state, signer, NOW))
    assert counted(states) == len(valid)
    assert all(one.keys.isdisjoint(other.keys) for one in valid for other in valid if one != other)
    assert {PetitionState.COLLECTING, PetitionState.THRESHOLD_REACHED} == SIGNABLE
