"""What somebody may see, as conditions of a query: domain/access.py says the same of one thing."""

from sqlalchemy import ColumnElement, and_, false, or_
from sqlalchemy.sql import true

from domain.access import Scope
from domain.agenda import NOT_YET_PUBLIC
from domain.documents import Visibility
from domain.sessions import AgendaState, SessionState, is_public
from store.tables.council import agenda_items, documents, sessions
from store.tables.people import bodies

PUBLIC = [state for state in SessionState if is_public(state)]
PUBLIC_ONCE_CONVENED = [state for state in SessionState if is_public(state, was_convened=True)]

Condition = ColumnElement[bool]


def sees_session(scope: Scope) -> Condition:
    return or_(_is_public(), _of(scope.drafts))


def sees_item(scope: Scope) -> Condition:
    """Closed doors, drafts and what is only proposed are for those who may see them."""
    is_out = and_(_is_public(), sessions.c.agenda_state == AgendaState.PUBLISHED)
    return and_(
        or_(is_out, _of(scope.drafts)),
        or_(agenda_items.c.is_public, _of(scope.closed)),
        or_(agenda_items.c.state.not_in(NOT_YET_PUBLIC), _of(scope.drafts)),
    )


def sees_document(scope: Scope) -> Condition:
    """A paper of an item that is hidden is hidden too; `agenda_items` come by an outer join."""
    is_for = {
        Visibility.PUBLIC: true(),
        Visibility.MEMBERS: _of(scope.seats),
        Visibility.COMMISSION: _of(scope.commissions),
        Visibility.STAFF: false(),
    }
    return and_(
        sees_session(scope),
        or_(documents.c.item_id.is_(None), sees_item(scope)),
        or_(
            _of(scope.papers),
            *(and_(documents.c.visibility == who, may) for who, may in is_for.items()),
        ),
    )


def sees_decision(scope: Scope) -> Condition:
    """What was decided behind closed doors is for those who may sit there."""
    return or_(agenda_items.c.is_public, _of(scope.closed))


def _is_public() -> Condition:
    return or_(
        sessions.c.state.in_(PUBLIC),
        and_(sessions.c.state.in_(PUBLIC_ONCE_CONVENED), sessions.c.convened_at.is_not(None)),
    )


def _of(keys: frozenset[str]) -> Condition:
    return bodies.c.key.in_(sorted(keys)) if keys else false()
