"""Explaining: why a notice went where it went, and not elsewhere."""

from dataclasses import dataclass
from datetime import datetime

from actions.notices.belonging import belonging
from domain.addresses import Channel, masked
from domain.deliveries import State
from domain.errors import Refused
from domain.notices import NoticeClass, NoticeKind
from domain.preferences import Reason
from domain.proof import Line
from store.unit import Unit

EXPLAINED = (Channel.INBOX, Channel.EMAIL, Channel.TELEGRAM)


@dataclass(frozen=True, slots=True)
class Way:
    """One channel's part: `state` is None where nothing was to go. `address` is masked.

    `at`: when it got there; `due_at`: when it is, or was, to leave, or its digest.
    """

    channel: Channel
    address: str
    reason: Reason
    state: State | None
    code: str | None
    at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a person was told, what made it theirs, and every way considered.

    `title` is in the person's language, `because` in the one it was asked in.
    """

    notice_id: int
    title: str
    kind: NoticeKind
    notice_class: NoticeClass
    created_at: datetime
    because: str
    ways: tuple[Way, ...]


async def why(
    unit: Unit, person_id: int, notice_id: int | None = None, *, spoken: str = ""
) -> Explanation:
    """Say why a person was told of a notice, or of their last one, where they were.

    `spoken`: the language of whoever asks, if it is not the person's. Raises Refused when there is
    no such notice, or the person was not in its audience.
    """
    notice_id = notice_id or await unit.evidence.last_notice(person_id)
    notice = await unit.notices.by_id(notice_id) if notice_id else None
    lines = (
        await unit.evidence.of_notice(notice.id, person_id=person_id) if notice is not None else []
    )
    if notice is None or not lines:
        raise Refused("announcement.not_told")
    language = await unit.people.language(person_id)
    said = notice.content.get(language) or next(iter(notice.content.values()))
    return Explanation(
        notice_id=notice.id,
        title=said.title,
        kind=notice.kind,
        notice_class=notice.notice_class,
        created_at=notice.created_at,
        because=await belonging(unit, person_id, notice, spoken or language),
        ways=tuple(_ways(lines)),
    )


def _ways(lines: list[Line]) -> list[Way]:
    ways = [
        Way(
            line.channel,
            masked(line.channel, line.address),
            line.reason,
            line.state,
            line.code,
            line.confirmed_at or line.opened_at or line.delivered_at or line.sent_at,
            line.due_at,
        )
        for line in lines
    ]
    known = {line.channel for line in lines}
    absent = [channel for channel in EXPLAINED if channel not in known]
    return ways + [
        Way(channel, "", Reason.NO_ADDRESS, None, None, None, None) for channel in absent
    ]
