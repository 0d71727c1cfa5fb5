"""Proof of a convocation: who was told, where, with which papers; and who is missing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

from domain.addresses import Channel
from domain.clock import wall_time
from domain.deliveries import REACHED, UNFINISHED, State
from domain.notices import NoticeKind
from domain.preferences import Reason


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one delivery of one notice to one member. Times are instants, or None.

    `papers` are the hashes of the documents that went with it. `due_at`: when it is to leave,
    alone or in a digest, while it waits.
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
    due_at: datetime
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


@dataclass(frozen=True, slots=True)
class Owed:
    """What the law wants each member to have had (law 113-14, art. 35).

    `notice_ids` are the convocation and every change since; `agenda` the hashes of the agenda, one
    a language; `latest` the last local day for sending, None where the law has none.
    """

    notice_ids: frozenset[int]
    agenda: frozenset[str]
    latest: date | None
    place: tzinfo


def missing(members: Sequence[Member], lines: Sequence[Line], owed: Owed) -> list[Missing]:
    """Return the members whose convocation does not count, and why."""
    by_person: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        by_person[line.person_id].append(line)
    lacks = [(member, _lack(member, by_person[member.person_id], owed)) for member in members]
    return [Missing(member, lack) for member, lack in lacks if lack]


def _lack(member: Member, lines: Sequence[Line], owed: Owed) -> Lack | None:
    if member.declared is None:
        return Lack.NO_DECLARED_ADDRESS
    there = [line for line in lines if (line.channel, line.address) == member.declared]
    if owed.notice_ids - {line.notice_id for line in there}:
        return Lack.NOT_SENT
    lacks = [lack for line in there if (lack := _lack_of(line, owed))]
    if lacks:
        return lacks[0]
    calls = [line for line in there if line.kind is NoticeKind.CONVOCATION]
    return None if any(owed.agenda & set(line.papers) for line in calls) else Lack.NO_AGENDA


def _lack_of(line: Line, owed: Owed) -> Lack | None:
    if line.state not in REACHED or line.sent_at is None:
        return Lack.NOT_SENT if line.state in UNFINISHED else Lack.FAILED
    if owed.latest and wall_time(line.sent_at, owed.place).date() > owed.latest:
        return Lack.LATE
    return None
