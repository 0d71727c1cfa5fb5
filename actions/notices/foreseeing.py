"""Foreseeing what somebody would be told now, where, when and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from actions.meetings import tenant, today
from domain.addresses import Channel
from domain.clock import zone
from domain.contradictions import Contradiction, contradictions
from domain.notices import Audience, AudienceKind, NoticeClass
from domain.people import Person, Recipient
from domain.policies import Policy
from domain.prospects import Prospect, prospect
from domain.timing import Occasion
from store.preferences import Kept
from store.unit import Unit


@dataclass(frozen=True, slots=True)
class Foreseen:
    """`kept` is what they asked for, `recipient` where they can be told."""

    kept: Kept
    recipient: Recipient
    prospect: Prospect
    contradictions: tuple[Contradiction, ...]


async def foresee(
    unit: Unit, person: Person, carried: Iterable[Channel], policy: Policy
) -> Foreseen:
    """Return what would become of notices for a person, as they would be sent at this moment."""
    commune = await tenant(unit)
    (recipient,) = await unit.audiences.page(
        Audience(AudienceKind.PERSON, str(person.id)),
        on=today(unit.clock, commune),
        after=0,
        most=1,
        with_roles=True,
    )
    now, here = unit.clock.now(), zone(commune.zone)
    occasion = Occasion(NoticeClass.INFORMATIONAL, (), now, here, frozenset(carried), policy)
    seen = prospect(occasion, recipient)
    kept = await unit.preferences.of(person.id)
    theirs = ZoneInfo(kept.now.zone) if kept.now.zone else here
    doubts = contradictions(kept.now, seen, now, theirs)
    return Foreseen(kept, recipient, seen, tuple(doubts))
