"""What somebody wishes that cannot all be: found, so that it can be explained."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from domain.addresses import Channel
from domain.clock import wall_time
from domain.digests import next_digest
from domain.prospects import Prospect, Row, Said
from domain.quiet_hours import quiet_until
from domain.routes import Reason, Verdict
from domain.topics import EVERYTHING
from domain.wishes import Preferences, Rhythm

WANTED = frozenset({Said.YES, Said.AT_ONCE, Said.DAILY, Said.WEEKLY})


class Clash(StrEnum):
    """Each has a phrase `wishes.clash_<value>`."""

    STOPPED = "stopped"  # something is wanted, and all is stopped
    UNKEPT = "unkept"  # wanted on a channel that cannot carry it, or was stopped
    ONLY_HERE = "only_here"  # not followed, but wanted on a channel: there it comes
    NOWHERE = "nowhere"  # followed, and no channel is left but the mailbox
    DIGEST = "digest"  # the digest's hour is quiet: it waits


@dataclass(frozen=True, slots=True)
class Contradiction:
    """`until`: the wall time at which a digest comes instead."""

    clash: Clash
    topic: str = EVERYTHING
    channel: Channel | None = None
    reason: Reason | None = None
    until: datetime | None = None


def contradictions(
    asked: Preferences, seen: Prospect, now: datetime, zone: tzinfo
) -> Iterator[Contradiction]:
    """Yield what in somebody's wishes contradicts itself, or what is possible."""
    if None in asked.stopped:
        if any(wish.is_wanted for wish in asked.wishes.values()):
            yield Contradiction(Clash.STOPPED)
        return
    for row in seen.rows:
        yield from _of_row(row)
    yield from _of_digest(asked, now, zone)


def _of_row(row: Row) -> Iterator[Contradiction]:
    wanted = [cell for cell in row.cells if cell.said in WANTED]
    for cell in wanted:
        if cell.verdict is Verdict.SUPPRESSED:
            yield Contradiction(Clash.UNKEPT, row.topic, cell.channel, cell.reason)
        elif row.said is Said.NO and row.topic != EVERYTHING:
            yield Contradiction(Clash.ONLY_HERE, row.topic, cell.channel)
    is_followed = row.said in WANTED and row.topic != EVERYTHING
    if is_followed and not wanted and not row.is_told:
        yield Contradiction(Clash.NOWHERE, row.topic)


def _of_digest(asked: Preferences, now: datetime, zone: tzinfo) -> Iterator[Contradiction]:
    rhythms = {wish.rhythm for wish in asked.wishes.values()}
    gathered = next((one for one in (Rhythm.DAILY, Rhythm.WEEKLY) if one in rhythms), None)
    if gathered is None:
        return
    until = quiet_until(next_digest(gathered, now, asked, zone), asked.quiet, zone)
    if until:
        yield Contradiction(Clash.DIGEST, until=wall_time(until, zone))
