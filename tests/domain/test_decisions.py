from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from domain.decisions import (
    COLOURS,
    FORWARD,
    ICONS,
    Decision,
    DecisionFact,
    DecisionState,
    numbered,
)
from domain.errors import Refused
from domain.phrasebook import LANGUAGES, phrasebook
from domain.votes import Majority

ADOPTED = date(2026, 2, 5)
FINAL = {DecisionState.CARRIED_OUT, DecisionState.ANNULLED}
F = DecisionFact


def decision(*, needs_visa: bool = False) -> Decision:
    return Decision(
        1,
        1,
        2026,
        12,
        40,
        7,
        "council",
        "Budget",
        "Budget",
        "fr",
        ADOPTED,
        Majority.CAST,
        needs_visa=needs_visa,
    )


def after(*facts: DecisionFact, needs_visa: bool = False) -> Decision:
    found = decision(needs_visa=needs_visa)
    for days, fact in enumerate(facts):
        found = found.noted(fact, ADOPTED + timedelta(days=days))
    return found


def test_every_state_has_a_look_a_name_and_but_for_the_last_ones_a_way_on() -> None:
    assert FORWARD.keys() == COLOURS.keys() == ICONS.keys() == set(DecisionState)
    assert {state for state, ways in FORWARD.items() if not ways} == FINAL
    for language in LANGUAGES:
        own = phrasebook().keys(language)
        assert {f"council.decision_{state}" for state in DecisionState} <= own
        assert {f"decision.fact_{fact}" for fact in DecisionFact} <= own


def test_what_the_governor_received_is_opposed_or_executory() -> None:
    received = after(F.SIGNED, F.SENT, F.RECEIVED)
    assert received.state is DecisionState.SENT
    assert received.noted(F.EXECUTORY, date(2026, 2, 12)).state is DecisionState.EXECUTORY
    assert received.noted(F.OPPOSED, date(2026, 2, 12)).state is DecisionState.OPPOSED


def test_what_needs_a_visa_awaits_it_from_its_receipt() -> None:
    received = after(F.SIGNED, F.SENT, F.RECEIVED, needs_visa=True)
    assert received.state is DecisionState.VISA_AWAITED
    assert received.days[F.VISA_ASKED] == received.days[F.RECEIVED]
    with pytest.raises(Refused):
        received.noted(F.EXECUTORY, date(2026, 2, 12))
    given = received.noted(F.VISA_GIVEN, date(2026, 2, 12))
    assert given.state is DecisionState.EXECUTORY


def test_posting_waits_for_neither_signature_nor_governor() -> None:
    assert after(F.POSTED).state is DecisionState.ADOPTED
    assert F.SIGNED in after(F.POSTED).next_facts


@pytest.mark.parametrize("facts", [(F.SENT,), (F.RECEIVED,), (F.SIGNED, F.SENT, F.OPPOSED)])
def test_nothing_is_noted_before_what_it_follows(facts: Iterable[DecisionFact]) -> None:
    with pytest.raises(Refused):
        after(*facts)


@given(facts=st.lists(st.sampled_from(DecisionFact), max_size=12), needs_visa=st.booleans())
def test_no_order_of_events_leads_where_the_table_does_not(
    *, facts: list[DecisionFact], needs_visa: bool
) -> None:
    found = decision(needs_visa=needs_visa)
    for days, fact in enumerate(facts):
        try:
            moved = found.noted(fact, ADOPTED + timedelta(days=days))
        except Refused:
            continue
        steps = {found.state, *FORWARD[found.state]}
        beyond = {to for state in steps for to in FORWARD[state]} if needs_visa else set()
        assert moved.state in steps | beyond
        found = moved
    assert found.next_facts or found.state in FINAL


@pytest.mark.parametrize(
    ("said", "number"),
    [("DEL-2026-12", (2026, 12)), ("del-2026-3", (2026, 3)), ("2026-3", (2026, 3)), ("12", None)],
)
def test_a_number_is_read_however_it_is_written(said: str, number: tuple[int, int] | None) -> None:
    assert numbered(said) == number
