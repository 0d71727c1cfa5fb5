"""Proof of a convocation: who was told, where, with which papers; and who is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

from domain.addresses import Channel
from domain.clock import wall_time
from domain.deliveries import REACHED, State
from domain.notices import NoticeKind
from domain.preferences import Reason


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one delivery of one notice to one member. Times are instants, or None.

    `papers` are the hashes of the documents that went with it.
    """

    notice_id: int
    kind: NoticeKind
    person_id: int
    channel: Channel
    address: str
    reason: Reason
    state: State
    code: str | None
    papers: tuple[str, ...]
    queued_at: datetime
    sent_at: datetime | None = None
    delivered_at: datetime | None = None
    opened_at: datetime | None = None
    confirmed_at: datetime | None = None


class Lack(StrEnum):
    """Why a member's convocation does not count. Each has a phrase `proof.missing_<value>`."""

    NO_DECLARED_ADDRESS = "no_declared_address"
    NOT_SENT = "not_sent"
    FAILED = "failed"
    LATE = "late"
    NO_AGENDA = "no_agenda"


@dataclass(frozen=True, slots=True)
class Member:
    """A member in office, and the address they declared, if any."""

    person_id: int
    name: str
    declared: tuple[Channel, str] | None


@dataclass(frozen=True, slots=True)
class Missing:
    member: Member
    lack: Lack


def missing(
    members: Sequence[Member],
    lines: Sequence[Line],
    *,
    agenda_papers: frozenset[str],
    latest: date | None,
    place: tzinfo,
) -> list[Missing]:
    """Return the members whose convocation does not count (law 113-14, art. 35), and why.

    Each needs one to the declared address, with the agenda, sent on `latest` (a local day) at the
    latest; and word there, as early, of every change since.
    """
    by_person: dict[int, list[Line]] = {}
    for line in lines:
        by_person.setdefault(line.person_id, []).append(line)
    found = []
    for member in members:
        lack = _lack(member, by_person.get(member.person_id, ()), agenda_papers, latest, place)
        if lack:
            found.append(Missing(member, lack))
    return found


def _lack(
    member: Member,
    lines: Sequence[Line],
    agenda_papers: frozenset[str],
    latest: date | None,
    place: tzinfo,
) -> Lack | None:
    if member.declared is None:
        return Lack.NO_DECLARED_ADDRESS
    there = [line for line in lines if (line.channel, line.address) == member.declared]
    calls = [line for line in there if line.kind is NoticeKind.CONVOCATION]
    if not calls:
        return Lack.NOT_SENT
    for line in there:
        lack = _lack_of(line, latest, place)
        if lack:
            return lack
    if not any(agenda_papers & set(line.papers) for line in calls):
        return Lack.NO_AGENDA
    return None


def _lack_of(line: Line, latest: date | None, place: tzinfo) -> Lack | None:
    if line.state not in REACHED or line.sent_at is None:
        return Lack.NOT_SENT if line.state in {State.QUEUED, State.SENDING} else Lack.FAILED
    if latest and wall_time(line.sent_at, place).date() > latest:
        return Lack.LATE
    return None
