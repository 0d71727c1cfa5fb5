"""Proving a convocation: per member, where they were told, with which papers, and when."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Self

from actions.keeping_holidays import edits
from actions.meetings import meeting, tenant, today
from actions.sessions.convening import sending_deadline
from domain import law
from domain.actors import Actor
from domain.addresses import masked
from domain.clock import zone
from domain.documents import Document, DocumentKind
from domain.errors import Refused
from domain.notices import TELLING
from domain.proof import Line, Member, Missing, Owed, missing
from domain.rights import Act, require
from domain.sessions import Session
from store.unit import Unit

COLUMNS: tuple[str, ...] = (
    "person_id",
    "name",
    "channel",
    "address",
    "reason",
    "state",
    "code",
    "papers",
)
COLUMNS += ("queued_at", "sent_at", "delivered_at", "opened_at", "confirmed_at")


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
    def masked(self) -> Self:
        """This proof with addresses that can be recognised, and not read."""
        members = [
            replace(one, declared=(one.declared[0], masked(*one.declared))) if one.declared else one
            for one in self.members
        ]
        by_id = {member.person_id: member for member in members}
        return replace(
            self,
            members=tuple(members),
            lines=tuple(
                replace(one, address=masked(one.channel, one.address)) for one in self.lines
            ),
            missing=tuple(replace(one, member=by_id[one.member.person_id]) for one in self.missing),
        )

    def rows(self) -> Iterator[tuple[int, str, Line | None]]:
        """Return who, and what went to them, by person; None for whom nothing went to."""
        names = {member.person_id: member.name for member in self.members}
        lines: dict[int, list[Line | None]] = {}
        for line in self.lines:
            lines.setdefault(line.person_id, []).append(line)
        for person_id in sorted(names.keys() | lines.keys()):
            for one in lines.get(person_id, [None]):
                yield person_id, names.get(person_id, ""), one

    def table(self) -> Iterator[list[object]]:
        """Return `rows` as the cells of a spreadsheet, under COLUMNS."""
        for person_id, name, line in self.rows():
            told = [getattr(line, column) if line else None for column in COLUMNS[2:]]
            yield [person_id, name, *map(_cell, told)]

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


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        return " ".join(value)
    return value.isoformat() if isinstance(value, datetime) else value
