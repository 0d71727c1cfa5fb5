"""Sessions, sittings and who may see them; bodies, roles and documents beside them."""

from datetime import UTC, datetime
from itertools import pairwise, product

import pytest

from domain.bodies import ELECTED, STAFF, Body, BodyKind, Role, has_vote
from domain.documents import DocumentKind, Visibility, visible_to
from domain.errors import Refused
from domain.lifecycles import Colour
from domain.phrasebook import LANGUAGES, Named, phrasebook
from domain.sessions import (
    SESSION_COLOURS,
    SESSION_FORWARD,
    SESSION_ICONS,
    SITTING_COLOURS,
    SITTING_FORWARD,
    SITTING_ICONS,
    AgendaState,
    Session,
    SessionKind,
    SessionState,
    SittingState,
    is_public,
    moved,
    sitting_moved,
)

FINAL_SESSIONS = {SessionState.CLOSED, SessionState.CANCELLED}
FINAL_SITTINGS = {SittingState.ADJOURNED, SittingState.CANCELLED}


def session(state: SessionState, *, was_convened: bool = False) -> Session:
    convened_at = datetime(2026, 1, 26, 9, tzinfo=UTC) if was_convened else None
    return Session(1, "council", SessionKind.ORDINARY, state, convened_at=convened_at)


def test_every_state_but_the_final_ones_has_a_way_on() -> None:
    assert SESSION_FORWARD.keys() == set(SessionState)
    assert {state for state, ways in SESSION_FORWARD.items() if not ways} == FINAL_SESSIONS
    assert SITTING_FORWARD.keys() == set(SittingState)
    assert {state for state, ways in SITTING_FORWARD.items() if not ways} == FINAL_SITTINGS


def test_every_state_can_be_reached() -> None:
    assert frozenset().union(*SESSION_FORWARD.values()) == set(SessionState) - {SessionState.DRAFT}
    assert frozenset().union(*SITTING_FORWARD.values()) == set(SittingState)


def test_every_state_has_a_colour_and_never_the_colour_alone() -> None:
    assert SESSION_COLOURS.keys() == SESSION_ICONS.keys() == set(SessionState)
    assert SITTING_COLOURS.keys() == SITTING_ICONS.keys() == set(SittingState)
    assert len(set(SESSION_ICONS.values())) == len(SessionState)
    assert len(set(SITTING_ICONS.values())) == len(SittingState)
    assert set(SESSION_COLOURS.values()) <= set(Colour)


NAMED = {
    "session": SessionState,
    "sitting": SittingState,
    "agenda": AgendaState,
    "kind": SessionKind,
    "body": BodyKind,
    "role": Role,
    "document": DocumentKind,
    "visibility": Visibility,
}


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_every_state_kind_and_role_has_a_name_in_three_languages(language: str) -> None:
    own = phrasebook().keys(language)
    assert {f"council.{prefix}_{one}" for prefix, kind in NAMED.items() for one in kind} <= own


@pytest.mark.parametrize(("state", "to"), list(product(SessionState, SessionState)))
def test_a_session_moves_only_where_its_table_leads(state: SessionState, to: SessionState) -> None:
    if to in SESSION_FORWARD[state] or to is state:
        assert moved(state, to) is to
    else:
        with pytest.raises(Refused) as refused:
            moved(state, to)
        assert refused.value.facts == {
            "state": Named(f"council.session_{state}"),
            "to": Named(f"council.session_{to}"),
        }
        assert phrasebook().say(refused.value.key, "ar", **refused.value.facts)


def test_the_law_s_road_from_draft_to_closing_is_open() -> None:
    road = (
        "draft agenda_sent convened no_quorum reconvened no_quorum third_meeting open extended"
        " closed"
    )
    states = [SessionState(name) for name in road.split()]
    for state, to in pairwise(states):
        assert moved(state, to) is to


def test_a_governors_session_opens_after_one_failed_quorum() -> None:
    assert moved(SessionState.NO_QUORUM, SessionState.OPEN) is SessionState.OPEN


def test_a_sitting_that_was_held_is_not_cancelled() -> None:
    assert sitting_moved(SittingState.PLANNED, SittingState.HELD) is SittingState.HELD
    with pytest.raises(Refused):
        sitting_moved(SittingState.HELD, SittingState.CANCELLED)


def test_drafts_never_reach_a_citizen() -> None:
    for was_convened in (False, True):
        assert not is_public(SessionState.DRAFT, was_convened=was_convened)
        assert not is_public(SessionState.AGENDA_SENT, was_convened=was_convened)


def test_a_session_is_public_from_its_convocation_on() -> None:
    hidden = {SessionState.DRAFT, SessionState.AGENDA_SENT}
    once_convened = {SessionState.POSTPONED, SessionState.CANCELLED}
    for state in set(SessionState) - hidden - once_convened:
        assert is_public(state)


@pytest.mark.parametrize("state", [SessionState.CANCELLED, SessionState.POSTPONED])
def test_a_cancelled_session_stays_visible_to_those_who_could_have_heard_of_it(
    state: SessionState,
) -> None:
    assert session(state, was_convened=True).is_public
    assert not session(state).is_public


def test_only_the_elected_vote() -> None:
    assert set(Role) == ELECTED | STAFF
    assert not ELECTED & STAFF
    assert has_vote(Role.PRESIDENT)
    assert has_vote(Role.MEMBER)
    assert not has_vote(Role.CLERK)
    assert not has_vote(Role.ADMIN)


def test_a_body_without_a_name_in_a_language_is_called_by_another() -> None:
    body = Body(1, "com:budget", BodyKind.COMMISSION_PERMANENT, {"ar": "لجنة الميزانية"}, 11)
    assert body.name("en") == "لجنة الميزانية"
    assert Body(1, "com:budget", BodyKind.COMMISSION_PERMANENT, {}, 11).name("fr") == "com:budget"


@pytest.mark.parametrize(
    ("visibility", "seen_by"),
    [
        (Visibility.PUBLIC, {"citizen", "member", "commission", "staff"}),
        (Visibility.MEMBERS, {"member", "commission", "staff"}),
        (Visibility.COMMISSION, {"commission", "staff"}),
        (Visibility.STAFF, {"staff"}),
    ],
)
def test_a_document_is_seen_by_those_it_is_for(visibility: Visibility, seen_by: set[str]) -> None:
    someone = {
        "citizen": visible_to(visibility, is_member=False, is_staff=False),
        "member": visible_to(visibility, is_member=True, is_staff=False),
        "commission": visible_to(visibility, is_member=True, is_staff=False, is_in_commission=True),
        "staff": visible_to(visibility, is_member=False, is_staff=True),
    }
    assert {who for who, sees in someone.items() if sees} == seen_by


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_names_the_states_in_the_readers_language(language: str) -> None:
    with pytest.raises(Refused) as refused:
        moved(SessionState.CLOSED, SessionState.DRAFT)
    said = phrasebook().say(refused.value.key, language, **refused.value.facts)
    for state in ("closed", "draft"):
        assert phrasebook().say(f"council.session_{state}", language) in said
