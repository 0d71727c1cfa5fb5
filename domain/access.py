"""Who may see what: one place decides, whoever asks and on whatever channel.

What somebody may not see is answered as if it did not exist.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from domain.agenda import AgendaItem
from domain.bodies import Body, BodyKind
from domain.documents import Document, visible_to
from domain.people import Person
from domain.rights import Sight, sees
from domain.sessions import AgendaState, Session

COMMISSIONS = frozenset(
    {BodyKind.COMMISSION_PERMANENT, BodyKind.COMMISSION_TEMPORARY, BodyKind.INQUIRY_COMMISSION}
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The bodies, by key, of which somebody sees what is not everybody's: for what is looked for.

    `commissions` are those of their `seats` that are such.
    """

    drafts: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()
    seats: frozenset[str] = frozenset()
    commissions: frozenset[str] = frozenset()

    @classmethod
    def whole(cls, keys: Iterable[str]) -> Self:
        """Return the scope of who sees everything of these bodies."""
        every = frozenset(keys)
        return cls(every, every, every, every, every)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who asks. Nobody we know is a citizen; memberships are those in force.

    `bodies` are the commune's, by key: a role may reach from one to those that come from it.
    """

    person: Person | None = None
    bodies: Mapping[str, Body] = field(default_factory=dict, compare=False)

    def is_member(self, body_key: str) -> bool:
        """Say whether they sit in a body."""
        return self.person is not None and body_key in self.person.seats

    def sees(self, session: Session) -> bool:
        """Drafts, and agendas that are still at the governor's, are for who works on them."""
        return session.is_public or self._has(Sight.DRAFTS, session.body_key)

    def sees_agenda(self, session: Session) -> bool:
        """An agenda that is still being written is for its writers; its readers wait for it."""
        return self._has(Sight.DRAFTS, session.body_key) or (
            session.is_public and session.agenda_state is AgendaState.PUBLISHED
        )

    def sees_item(self, session: Session, item: AgendaItem) -> bool:
        return bool(self.items(session, [item]))

    def items(self, session: Session, items: Iterable[AgendaItem]) -> tuple[AgendaItem, ...]:
        """Return those they may see, in order.

        What is debated in a closed sitting is for those who sit there (law 113-14, art. 48).
        """
        if not self.sees_agenda(session):
            return ()
        sees_closed = self._has(Sight.CLOSED_ITEMS, session.body_key)
        sees_drafts = self._has(Sight.DRAFTS, session.body_key)
        return tuple(
            item
            for item in items
            if (item.is_public or sees_closed) and (item.is_on_agenda or sees_drafts)
        )

    def sees_document(
        self, session: Session, body: Body, document: Document, seen: Iterable[AgendaItem]
    ) -> bool:
        """Say whether they may read a document; `seen` are the items they see of its session.

        A paper of an item that is hidden is hidden too, however it is marked.
        """
        if not self.sees(session):
            return False
        if document.item_id is not None and all(item.id != document.item_id for item in seen):
            return False
        is_member = self.is_member(body.key)
        return visible_to(
            document.visibility,
            is_member=is_member,
            is_staff=sees(self.person, Sight.STAFF_PAPERS, body),
            is_in_commission=is_member and body.kind in COMMISSIONS,
        )

    @property
    def scope(self) -> Scope:
        """What of all this they see, as lists of bodies: the store's queries ask it."""
        seats = frozenset(key for key in self.bodies if self.is_member(key))
        return Scope(
            drafts=self._of(Sight.DRAFTS),
            closed=self._of(Sight.CLOSED_ITEMS),
            papers=self._of(Sight.STAFF_PAPERS),
            seats=seats,
            commissions=frozenset(key for key in seats if self.bodies[key].kind in COMMISSIONS),
        )

    def _of(self, sight: Sight) -> frozenset[str]:
        return frozenset(key for key in self.bodies if self._has(sight, key))

    def _has(self, sight: Sight, body_key: str) -> bool:
        """Say whether they have a sight; of a body that nobody knows, nobody has."""
        body = self.bodies.get(body_key)
        return body is not None and sees(self.person, sight, body)
