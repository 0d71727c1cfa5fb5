"""Proving a convocation: per member, where they were told, with which papers, and when."""

from dataclasses import dataclass
from datetime import date

from actions.convening import sending_deadline
from actions.keeping_holidays import edits
from actions.meetings import meeting, tenant, today
from domain import law
from domain.actors import Actor
from domain.clock import zone
from domain.documents import Document, DocumentKind
from domain.errors import Refused
from domain.notices import TELLING
from domain.proof import Line, Member, Missing, Owed, missing
from domain.rights import Act, require
from domain.sessions import Session
from store.unit import Unit


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that can be said of a session's convocation.

    `deadline` is the last day for sending, None where the law's pack has none; `today` is the
    commune's day, so that a reader knows whether there is still time. `audit_head` is the hash of
    the audit log's last entry when this was made.
    """

    session: Session
    name: str
    opens: date
    members: tuple[Member, ...]
    lines: tuple[Line, ...]
    missing: tuple[Missing, ...]
    documents: tuple[Document, ...]
    deadline: law.Deadline | None
    today: date
    audit_head: str

    @property
    def is_valid(self) -> bool:
        return not self.missing

    @property
    def is_mendable(self) -> bool:
        """Whether a convocation sent today would still be in time."""
        return self.deadline is None or self.today <= self.deadline.date


async def proof(unit: Unit, session_id: int, *, actor: Actor, language: str = "fr") -> Proof:
    """Reckon who of the members in office has been convened as the law wants it.

    Raises Refused when there is no such session, or it was never convened.
    """
    commune = await tenant(unit)
    called = await meeting(unit, session_id)
    require(actor, Act.READ_PROOF, called.body)
    if called.session.convened_at is None:
        raise Refused("proof.not_convened", session=str(session_id))
    opens = called.opening.starts.date()
    holidays = await edits(unit, commune)
    deadline = sending_deadline(
        commune, called.session, opens, language=language, holidays=holidays
    )
    members = await unit.evidence.members(called.body.key, on=today(unit.clock, commune))
    lines = await unit.evidence.of_session(session_id)
    documents = await unit.documents.of(session_id)
    notices = await unit.notices.of_session(session_id)
    owed = Owed(
        notice_ids=frozenset(one.id for one in notices if one.kind in TELLING),
        agenda=frozenset(one.sha256 for one in documents if one.kind is DocumentKind.AGENDA),
        latest=deadline.date if deadline else None,
        place=zone(commune.zone),
    )
    return Proof(
        session=called.session,
        name=called.name(language),
        opens=opens,
        members=tuple(members),
        lines=tuple(lines),
        missing=tuple(missing(members, lines, owed)),
        documents=tuple(documents),
        deadline=deadline,
        today=today(unit.clock, commune),
        audit_head=await unit.audit.head(),
    )
