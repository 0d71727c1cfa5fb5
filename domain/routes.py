"""What was decided for one address, and the reason, in a code."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.addresses import Address


class Verdict(StrEnum):
    SENT = "sent"
    HELD = "held"  # it leaves when the quiet hours end
    DIGESTED = "digested"  # it goes with others, in one message
    SUPPRESSED = "suppressed"


class Reason(StrEnum):
    """Why a way is used, or is not. Each has a phrase `reason.<value>`."""

    DECLARED = "declared"  # the address declared to the council (art. 35)
    STATUTORY = "statutory"  # the law wants it there
    EMERGENCY = "emergency"  # every verified way
    FORCED = "forced"  # the commune sends this there, whatever is wished
    CHOSEN = "chosen"  # the person asked for this channel
    CHOSEN_FOR_TOPIC = "chosen_for_topic"  # the person asked for this topic there
    ROLE = "role"  # nothing was asked for: what the commune set for this role
    DEFAULT = "default"  # nothing was asked for: the first ways we have
    ESCALATED = "escalated"  # the earlier ways went unseen
    CANNOT_WAIT = "cannot_wait"  # after the silence, or in the digest, it would come too late
    REPLY = "reply"  # the person spoke here
    SUMMARY = "summary"  # a digest, at the hour the person chose
    QUIET_HOURS = "quiet_hours"  # held while the person is not to be disturbed
    DIGEST = "digest"  # the person asked for digests
    THROTTLED = "throttled"  # one topic had too much to say within an hour
    OPTED_OUT = "opted_out"  # the person said STOP
    UNVERIFIED = "unverified"  # nobody has proved to hold this address
    QUARANTINED = "quarantined"  # the provider said never
    OTHER_ADDRESS = "other_address"  # another address of this channel gets it
    FORBIDDEN = "forbidden"  # the commune does not send this there
    TOPIC_DECLINED_HERE = "topic_declined_here"  # the person does not want this topic there
    TOPIC_DECLINED = "topic_declined"  # the person does not follow this topic
    DECLINED = "declined"  # the person said no to this channel
    MUTED = "muted"  # the person wants nothing that they did not ask for
    IN_RESERVE = "in_reserve"  # tried only when the other ways go unseen
    NOT_CHOSEN = "not_chosen"  # the person chose others, or the defaults come first
    NO_CARRIER = "no_carrier"  # this installation does not carry the channel
    TRIAL = "trial"  # it would have been sent, were this no trial
    NO_ADDRESS = "no_address"  # there is no address there


@dataclass(frozen=True, slots=True)
class Route:
    """The decision for one address. `due_at`: until when it is held, or which digest takes it."""

    address: Address
    verdict: Verdict
    reason: Reason
    due_at: datetime | None = None
