"""When somebody is told: now, with a digest, or when their quiet hours end."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from domain.addresses import Address, Channel
from domain.digests import next_digest
from domain.escalations import SILENT
from domain.notices import NoticeClass
from domain.people import Recipient
from domain.policies import Policy
from domain.quiet_hours import quiet_until
from domain.routes import Reason, Route, Verdict
from domain.topics import EVERYTHING
from domain.wishes import Rhythm

# The law's own ways and an emergency wait for nobody.
NEVER_LATER = frozenset({Reason.DECLARED, Reason.STATUTORY, Reason.EMERGENCY})
SOONEST_FIRST = tuple(Rhythm)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is to be told, when, and what is possible here.

    `topics` are what it is about (domain.topics); `carried` the channels that have a provider;
    `zone` the commune's; after `expires_at` it is of no use.
    """

    notice_class: NoticeClass
    topics: tuple[str, ...]
    now: datetime
    zone: tzinfo
    carried: frozenset[Channel]
    policy: Policy
    expires_at: datetime | None = None

    @property
    def is_statutory(self) -> bool:
        return self.notice_class is NoticeClass.STATUTORY


def timed(occasion: Occasion, recipient: Recipient, address: Address, reason: Reason) -> Route:
    """Decide when: now, with the digest, or when the quiet hours end; never too late to be of use.

    The mailbox disturbs nobody, and takes everything at once.
    """
    if reason in NEVER_LATER or address.channel in SILENT:
        return Route(address, Verdict.SENT, reason)
    if occasion.notice_class is NoticeClass.EMERGENCY:
        return Route(address, Verdict.SENT, reason)
    gathered = _gathered(occasion, recipient, address)
    if gathered and _is_in_time(occasion, gathered.due_at):
        return gathered
    zone = _zone(occasion, recipient)
    until = quiet_until(occasion.now, recipient.preferences.quiet, zone)
    if until and _is_in_time(occasion, until):
        return Route(address, Verdict.HELD, Reason.QUIET_HOURS, until)
    return Route(address, Verdict.SENT, Reason.CANNOT_WAIT if gathered or until else reason)


def _gathered(occasion: Occasion, recipient: Recipient, address: Address) -> Route | None:
    if occasion.is_statutory:
        return None
    preferences = recipient.preferences
    rhythm = _rhythm(occasion, recipient, address.channel)
    is_throttled = recipient.told_lately >= occasion.policy.most_an_hour
    if rhythm is Rhythm.AT_ONCE and not is_throttled:
        return None
    reason = Reason.THROTTLED if rhythm is Rhythm.AT_ONCE else Reason.DIGEST
    calm = Rhythm.DAILY if rhythm is Rhythm.AT_ONCE else rhythm
    zone = _zone(occasion, recipient)
    due_at = next_digest(calm, occasion.now, preferences, zone)
    due_at = quiet_until(due_at, preferences.quiet, zone) or due_at
    return Route(address, Verdict.DIGESTED, reason, due_at)


def _rhythm(occasion: Occasion, recipient: Recipient, channel: Channel) -> Rhythm:
    """The nearest wish that has one; where topics differ, the soonest."""
    preferences = recipient.preferences
    if not preferences.wishes:
        return Rhythm.AT_ONCE
    for topics, where in (
        (occasion.topics, channel),
        (occasion.topics, None),
        ((EVERYTHING,), channel),
        ((EVERYTHING,), None),
    ):
        said = {preferences.wish(topic, where).rhythm for topic in topics}
        found = [rhythm for rhythm in SOONEST_FIRST if rhythm in said]
        if found:
            return found[0]
    return Rhythm.AT_ONCE


def _is_in_time(occasion: Occasion, at: datetime | None) -> bool:
    return occasion.expires_at is None or (at is not None and at < occasion.expires_at)


def _zone(occasion: Occasion, recipient: Recipient) -> tzinfo:
    name = recipient.preferences.zone
    return ZoneInfo(name) if name else occasion.zone
