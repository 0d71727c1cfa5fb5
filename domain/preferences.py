"""Who is told where, and why: one pure function with one fixed order."""

from dataclasses import dataclass
from enum import StrEnum

from domain.addresses import Address, Channel
from domain.notices import NoticeClass
from domain.people import Recipient


class Verdict(StrEnum):
    SENT = "sent"
    SUPPRESSED = "suppressed"


class Reason(StrEnum):
    """Why a channel is used, or is not. Each has a phrase `reason.<value>`."""

    DECLARED = "declared"  # the address declared to the council (art. 35)
    STATUTORY = "statutory"  # the law wants it there
    EMERGENCY = "emergency"  # every verified way
    CHOSEN = "chosen"  # the person asked for this channel
    DEFAULT = "default"  # nothing was asked for: the first ways we have
    REPLY = "reply"  # the person spoke here
    UNVERIFIED = "unverified"  # nobody has proved to hold this address
    QUARANTINED = "quarantined"  # the provider said never
    DECLINED = "declined"  # the person said no to this channel
    NOT_CHOSEN = "not_chosen"  # the person chose others, or the defaults come first
    NO_CARRIER = "no_carrier"  # this installation does not carry the channel
    NO_ADDRESS = "no_address"  # there is no address there


@dataclass(frozen=True, slots=True)
class Route:
    """The decision for one address."""

    address: Address
    verdict: Verdict
    reason: Reason


# When nothing was asked for: the mailbox, and the first of these that is verified.
DEFAULT_WAYS = (Channel.EMAIL, Channel.TELEGRAM, Channel.SLACK, Channel.SMS)


def resolve(
    notice_class: NoticeClass, recipient: Recipient, carried: frozenset[Channel]
) -> tuple[Route, ...]:
    """Decide for every address of a recipient. `carried`: the channels that have a provider.

    Statutory notices also go to the declared address, verified or not (law 113-14, art. 35), and
    to the mailbox, whatever was wished. Total: every address is in the answer once.
    """
    return tuple(
        _route(address, *_decision(notice_class, address, recipient, carried))
        for address in recipient.addresses
    )


def _route(address: Address, verdict: Verdict, reason: Reason) -> Route:
    return Route(address, verdict, reason)


def _decision(
    notice_class: NoticeClass,
    address: Address,
    recipient: Recipient,
    carried: frozenset[Channel],
) -> tuple[Verdict, Reason]:
    obstacle = _obstacle(notice_class, address, carried)
    if obstacle:
        return Verdict.SUPPRESSED, obstacle
    if notice_class is NoticeClass.STATUTORY and address.is_declared:
        return Verdict.SENT, Reason.DECLARED
    if notice_class is NoticeClass.STATUTORY and address.channel is Channel.INBOX:
        return Verdict.SENT, Reason.STATUTORY
    if notice_class is NoticeClass.EMERGENCY:
        return Verdict.SENT, Reason.EMERGENCY
    return _wished(address, recipient, carried)


def _obstacle(
    notice_class: NoticeClass, address: Address, carried: frozenset[Channel]
) -> Reason | None:
    if address.channel not in carried:
        return Reason.NO_CARRIER
    if address.is_quarantined:
        return Reason.QUARANTINED
    is_owed = notice_class is NoticeClass.STATUTORY and address.is_declared
    if not address.is_verified and not is_owed and address.channel is not Channel.INBOX:
        return Reason.UNVERIFIED
    return None


def _wished(
    address: Address, recipient: Recipient, carried: frozenset[Channel]
) -> tuple[Verdict, Reason]:
    wish = recipient.wishes.get(address.channel)
    if wish is not None:
        return (Verdict.SENT, Reason.CHOSEN) if wish else (Verdict.SUPPRESSED, Reason.DECLINED)
    if address.channel is Channel.INBOX:
        return Verdict.SENT, Reason.DEFAULT
    if not any(recipient.wishes.values()) and address.channel is _default_way(recipient, carried):
        return Verdict.SENT, Reason.DEFAULT
    return Verdict.SUPPRESSED, Reason.NOT_CHOSEN


def _default_way(recipient: Recipient, carried: frozenset[Channel]) -> Channel | None:
    open_ways = {
        address.channel
        for address in recipient.addresses
        if address.is_verified and not address.is_quarantined
    }
    return next(
        (
            way
            for way in DEFAULT_WAYS
            if way in open_ways and way in carried and recipient.wishes.get(way, True)
        ),
        None,
    )
