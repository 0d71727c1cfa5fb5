from dataclasses import replace

import pytest

from domain.access import Viewer
from domain.agenda import AgendaItem, ItemState
from domain.bodies import Body, BodyKind, Role
from domain.documents import Document, DocumentKind, Visibility
from domain.people import Membership, Person
from domain.sessions import AgendaState, Session, SessionKind, SessionState

COUNCIL = Body(1, "council", BodyKind.COUNCIL, {"fr": "Conseil"}, 10)
BUDGET = Body(2, "com:budget", BodyKind.COMMISSION_PERMANENT, {"fr": "Budget"}, 5)
ITEM = AgendaItem(1, 1, "1", 1, "Voirie", "fr")
PAPER = Document(1, 1, None, DocumentKind.REPORT, "t", "fr", 1, "0" * 64, "t.pdf", "x/y", 1)


def _viewer(role: Role | None = None, body: str = "council") -> Viewer:
    held = (Membership(body, role),) if role else ()
    return Viewer(Person(1, "P", "fr", held)) if role else Viewer()


def _session(state: SessionState = SessionState.CONVENED, body: Body = COUNCIL) -> Session:
    return Session(1, body.key, SessionKind.ORDINARY, state, agenda_state=AgendaState.PUBLISHED)


CITIZEN, MEMBER, CLERK = _viewer(), _viewer(Role.MEMBER), _viewer(Role.CLERK)
ELSEWHERE = _viewer(Role.MEMBER, "com:budget")


@pytest.mark.parametrize("state", list(SessionState))
def test_whoever_is_not_staff_sees_a_session_only_when_it_is_public(state: SessionState) -> None:
    session = _session(state)
    assert CLERK.sees(session)
    assert CITIZEN.sees(session) is MEMBER.sees(session) is session.is_public


@pytest.mark.parametrize("agenda", list(AgendaState))
def test_an_agenda_is_seen_when_it_is_published_and_by_staff_before(agenda: AgendaState) -> None:
    session = replace(_session(), agenda_state=agenda)
    assert CLERK.sees_item(session, ITEM)
    is_published = agenda is AgendaState.PUBLISHED
    assert CITIZEN.sees_item(session, ITEM) is MEMBER.sees_item(session, ITEM) is is_published


@pytest.mark.parametrize("state", list(ItemState))
def test_a_closed_item_is_to_its_members_what_an_open_one_is_to_everybody(state: ItemState) -> None:
    item = replace(ITEM, state=state)
    closed = replace(item, is_public=False)
    assert not CITIZEN.sees_item(_session(), closed)
    assert not ELSEWHERE.sees_item(_session(), closed)
    assert MEMBER.sees_item(_session(), closed) is CITIZEN.sees_item(_session(), item)


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [
        (Visibility.PUBLIC, {CITIZEN, MEMBER, CLERK}),
        (Visibility.MEMBERS, {MEMBER, CLERK}),
        (Visibility.COMMISSION, {CLERK}),
        (Visibility.STAFF, {CLERK}),
    ],
)
def test_a_paper_is_read_by_those_it_is_for(visibility: Visibility, readers: set[Viewer]) -> None:
    paper = replace(PAPER, visibility=visibility)
    seen_by = {
        viewer
        for viewer in (CITIZEN, MEMBER, CLERK)
        if viewer.sees_document(_session(), COUNCIL, paper, [])
    }
    assert seen_by == readers


def test_a_commissions_paper_is_read_by_its_commission() -> None:
    paper = replace(PAPER, visibility=Visibility.COMMISSION)
    session = _session(body=BUDGET)
    assert ELSEWHERE.sees_document(session, BUDGET, paper, [])
    assert not MEMBER.sees_document(session, BUDGET, paper, [])


def test_a_paper_of_a_hidden_item_is_hidden_however_it_is_marked() -> None:
    paper = replace(PAPER, item_id=ITEM.id, visibility=Visibility.PUBLIC)
    assert CITIZEN.sees_document(_session(), COUNCIL, paper, [ITEM])
    assert not CITIZEN.sees_document(_session(), COUNCIL, paper, [])
