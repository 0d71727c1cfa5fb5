"""Agenda items: where they may go, how they look, who sees them."""

from itertools import product

import pytest

from domain.agenda import COLOURS, FORWARD, ICONS, AgendaItem, ItemSource, ItemState, moved
from domain.errors import Refused
from domain.phrasebook import phrasebook

FINAL = {ItemState.REFUSED, ItemState.REJECTED, ItemState.WITHDRAWN, ItemState.NOTED}


def item(state: ItemState, *, is_public: bool = True) -> AgendaItem:
    return AgendaItem(1, 1, "7", 7, "Budget", "fr", is_public=is_public, state=state)


def test_every_state_but_the_final_ones_has_a_way_on() -> None:
    assert FORWARD.keys() == set(ItemState)
    assert {state for state, ways in FORWARD.items() if not ways} == FINAL


def test_every_state_can_be_reached() -> None:
    assert frozenset().union(*FORWARD.values()) == set(ItemState) - {ItemState.PROPOSED}


def test_every_state_has_a_colour_and_an_icon_of_its_own() -> None:
    assert COLOURS.keys() == ICONS.keys() == set(ItemState)
    assert len(set(ICONS.values())) == len(ItemState)


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_every_state_and_source_has_a_name_in_three_languages(language: str) -> None:
    own = phrasebook().keys(language)
    assert {f"council.item_{state}" for state in ItemState} <= own
    assert {f"council.source_{source}" for source in ItemSource} <= own


@pytest.mark.parametrize(("state", "to"), list(product(ItemState, ItemState)))
def test_an_item_moves_only_where_its_table_leads(state: ItemState, to: ItemState) -> None:
    if to in FORWARD[state] or to is state:
        assert moved(state, to) is to
    else:
        with pytest.raises(Refused) as refused:
            moved(state, to)
        assert phrasebook().say(refused.value.key, "fr", **refused.value.facts)


def test_what_the_governor_opposes_is_debated_anew() -> None:
    assert moved(ItemState.ADOPTED, ItemState.OPPOSED) is ItemState.OPPOSED
    assert moved(ItemState.OPPOSED, ItemState.DEBATED) is ItemState.DEBATED


def test_a_proposal_and_a_closed_item_never_reach_a_citizen() -> None:
    assert not item(ItemState.PROPOSED).is_shown_to_citizens
    assert not item(ItemState.REFUSED).is_shown_to_citizens
    for state in ItemState:
        assert not item(state, is_public=False).is_shown_to_citizens


def test_an_item_that_was_withdrawn_stays_to_be_seen() -> None:
    assert item(ItemState.WITHDRAWN).is_shown_to_citizens
