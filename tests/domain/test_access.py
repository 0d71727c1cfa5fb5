from dataclasses import replace

import pytest

from domain.access import Viewer
from domain.agenda import AgendaItem, ItemState
from domain.bodies import ELECTED, Body, BodyKind, Role
from domain.documents import Document, DocumentKind, Visibility
from domain.people import Membership, Person
from domain.sessions import AgendaState, Session, SessionKind, SessionState

COUNCIL = Body(1, "council", BodyKind.COUNCIL, {"fr": "Conseil"}, 10)
BUDGET = Body(2, "com:budget", BodyKind.COMMISSION_PERMANENT, {"fr": "Budget"}, 5)
BODIES = {body.key: body for body in (COUNCIL, BUDGET)}
ITEM = AgendaItem(1, 1, "1", 1, "Voirie", "fr")
PAPER = Document(1, 1, None, DocumentKind.REPORT, "t", "fr", 1, "0" * 64, "t.pdf", "x/y", 1)


def _viewer(role: Role | None = None, body: str = "council") -> Viewer:
    held = (Membership(body, role),) if role else ()
    return Viewer(Person(1, "P", "fr", held) if role else None, BODIES)


def _session(state: SessionState = SessionState.CONVENED, body: Body = COUNCIL) -> Session:
    return Session(1, body.key, SessionKind.ORDINARY, state, agenda_state=AgendaState.PUBLISHED)


CITIZEN, MEMBER, CLERK = _viewer(), _viewer(Role.MEMBER), _viewer(Role.CLERK)
ELSEWHERE = _viewer(Role.MEMBER, "com:budget")


@pytest.mark.parametrize("state", list(SessionState))
def test_who_does_not_work_on_a_session_sees_it_only_when_it_is_public(state: SessionState) -> None:
    session = _session(state)
    assert CLERK.sees(session)
    assert CITIZEN.sees(session) is MEMBER.sees(session) is session.is_public


@pytest.mark.parametrize("agenda", list(AgendaState))
def test_an_agenda_is_seen_when_it_is_published_and_by_its_writers_before(
    agenda: AgendaState,
) -> None:
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


WRITERS = {
    Role.PRESIDENT,
    Role.VICE_PRESIDENT,
    Role.SECRETARY,
    Role.DEPUTY_SECRETARY,
    Role.RAPPORTEUR_BUDGET,
    Role.COMMISSION_CHAIR,
    Role.COMMISSION_VICE_CHAIR,
    Role.COUNCIL_SECRETARIAT,
    Role.DIRECTOR_GENERAL,
    Role.CLERK,
    Role.CABINET,
}
BEHIND_DOORS = ELECTED | {
    Role.COUNCIL_SECRETARIAT,
    Role.DIRECTOR_GENERAL,
    Role.CLERK,
    Role.CABINET,
    Role.ARCHIVIST,
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_sees_what_its_work_needs(role: Role) -> None:
    viewer, closed = _viewer(role), replace(ITEM, is_public=False)
    assert viewer.sees(_session(SessionState.DRAFT)) is (role in WRITERS)
    assert viewer.sees_agenda(replace(_session(), agenda_state=AgendaState.DRAFTED)) is (
        role in WRITERS
    )
    assert viewer.sees_item(_session(), closed) is (role in BEHIND_DOORS)


@pytest.mark.parametrize("role", list(Role))
def test_only_staff_reach_from_the_council_to_its_commissions(role: Role) -> None:
    above, draft = _viewer(role), _session(SessionState.DRAFT, BUDGET)
    assert above.sees(draft) is (role in WRITERS - ELECTED)
    assert not _viewer(role, "com:budget").sees(_session(SessionState.DRAFT))


def test_of_a_body_nobody_knows_nothing_hidden_is_seen() -> None:
    assert not replace(CLERK, bodies={}).sees(_session(SessionState.DRAFT))
