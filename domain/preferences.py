"""Who is told where and when, and why: one pure function with one fixed order."""

from collections.abc import Callable, Iterable, Iterator

from domain.addresses import PASSING, Address, Channel
from domain.escalations import is_of_step, reserved
from domain.notices import NoticeClass
from domain.people import Recipient
from domain.routes import Reason, Route, Verdict
from domain.timing import Occasion, timed
from domain.topics import EVERYTHING
from domain.wishes import NOTHING_SAID

__all__ = [
    "DEFAULT_WAYS",
    "Occasion",
    "Reason",
    "Route",
    "Verdict",
    "climbed",
    "resolve",
    "resolve_all",
]

# When nothing was asked for: the mailbox, and the first of these that is verified.
DEFAULT_WAYS = (Channel.EMAIL, Channel.TELEGRAM, Channel.SLACK, Channel.SMS)
# Each address there is a place of its own; of the others a person needs only one.
EVERY_ADDRESS = frozenset({Channel.INBOX, Channel.CONSOLE, Channel.PUSH, Channel.WEBHOOK})


def resolve(occasion: Occasion, recipient: Recipient) -> tuple[Route, ...]:
    """Decide for every address of a recipient; every one is in the answer once, in their order."""
    routes = [_route(occasion, recipient, address) for address in recipient.addresses]
    return reserved(occasion.policy.ladder(occasion.notice_class), routes)


def resolve_all(occasion: Occasion, recipients: Iterable[Recipient]) -> Iterator[Route]:
    """Decide for many people: the same answers as `resolve`, one person after the other.

    Who has said nothing and holds addresses of the same kinds is told alike: that is decided once.
    """
    alike: dict[tuple[object, ...], tuple[Route, ...]] = {}
    for recipient in recipients:
        kinds = _kinds(recipient)
        known = alike.get(kinds) if kinds else None
        if known:
            for address, like in zip(recipient.addresses, known, strict=True):
                yield Route(address, like.verdict, like.reason, like.due_at)
            continue
        routes = resolve(occasion, recipient)
        if kinds:
            alike[kinds] = routes
        yield from routes


def _kinds(recipient: Recipient) -> tuple[object, ...] | None:
    """Return all that a decision depends on, for who has said nothing; None for everybody else."""
    if recipient.preferences is not NOTHING_SAID or recipient.roles:
        return None
    addresses = recipient.addresses
    channels = [address.channel for address in addresses]
    if len(set(channels)) < len(channels):
        return None  # which of several is the oldest counts as well
    return (
        recipient.told_lately,
        *channels,
        *[address.is_declared for address in addresses],
        *[address.verified_at is None for address in addresses],
        *[address.quarantined_at is None for address in addresses],
    )


def climbed(occasion: Occasion, recipient: Recipient, step: int) -> tuple[Route, ...]:
    """Decide for the addresses whose turn comes on a later step, the earlier having gone unseen."""
    ladder = occasion.policy.ladder(occasion.notice_class)
    return tuple(
        timed(occasion, recipient, route.address, Reason.ESCALATED)
        for route in resolve(occasion, recipient)
        if is_of_step(ladder, step, route)
    )


def _route(occasion: Occasion, recipient: Recipient, address: Address) -> Route:
    for step in ORDER:
        found = step(occasion, recipient, address)
        if found:
            is_used, reason = found
            if is_used:
                return timed(occasion, recipient, address, reason)
            return Route(address, Verdict.SUPPRESSED, reason)
    return Route(address, Verdict.SUPPRESSED, Reason.NOT_CHOSEN)


Decision = tuple[bool, Reason] | None
"""Whether an address is used, and why; None leaves it to the next step."""


def _possible(occasion: Occasion, _: Recipient, address: Address) -> Decision:
    if address.channel not in occasion.carried:
        return False, Reason.NO_CARRIER
    if address.channel in PASSING:
        return False, Reason.NOT_CHOSEN
    if address.is_quarantined:
        return False, Reason.QUARANTINED
    is_owed = occasion.is_statutory and address.is_declared
    if not address.is_verified and not is_owed and address.channel is not Channel.INBOX:
        return False, Reason.UNVERIFIED
    return None


def _opted_out(occasion: Occasion, recipient: Recipient, address: Address) -> Decision:
    if not recipient.preferences.has_stopped(address.channel):
        return None
    return _statutory(occasion, recipient, address) or (False, Reason.OPTED_OUT)


def _statutory(occasion: Occasion, _: Recipient, address: Address) -> Decision:
    """The declared address, verified or not (law 113-14, art. 35), and the mailbox."""
    if not occasion.is_statutory:
        return None
    if address.is_declared:
        return True, Reason.DECLARED
    return (True, Reason.STATUTORY) if address.channel is Channel.INBOX else None


def _emergency(occasion: Occasion, _: Recipient, __: Address) -> Decision:
    is_emergency = occasion.notice_class is NoticeClass.EMERGENCY
    return (True, Reason.EMERGENCY) if is_emergency else None


def _of_several(_: Occasion, recipient: Recipient, address: Address) -> Decision:
    """Of several addresses on one channel, the declared one is told, or else the oldest."""
    if address.channel in EVERY_ADDRESS:
        return None
    usable = [
        one
        for one in recipient.addresses
        if one.channel is address.channel and one.is_verified and not one.is_quarantined
    ]
    if len(usable) < 2:  # noqa: PLR2004 - several
        return None
    told = min(usable, key=lambda one: (not one.is_declared, one.id))
    return None if told is address else (False, Reason.OTHER_ADDRESS)


def _commune(occasion: Occasion, _: Recipient, address: Address) -> Decision:
    if occasion.policy.forces(occasion.topics, address.channel):
        return True, Reason.FORCED
    if occasion.policy.forbids(occasion.topics, address.channel):
        return False, Reason.FORBIDDEN
    return None


def _topic_on_channel(occasion: Occasion, recipient: Recipient, address: Address) -> Decision:
    """Where a notice is about several topics, one no is a no."""
    said = _said(occasion, recipient, address.channel)
    if False in said:
        return False, Reason.TOPIC_DECLINED_HERE
    return (True, Reason.CHOSEN_FOR_TOPIC) if True in said else None


def _topic(occasion: Occasion, recipient: Recipient, _: Address) -> Decision:
    """A no to a topic ends it; a yes is a yes to being told, and the channels say where."""
    return (False, Reason.TOPIC_DECLINED) if False in _said(occasion, recipient, None) else None


def _channel(_: Occasion, recipient: Recipient, address: Address) -> Decision:
    is_wanted = recipient.preferences.wish(EVERYTHING, address.channel).is_wanted
    if is_wanted is None:
        return None
    return (True, Reason.CHOSEN) if is_wanted else (False, Reason.DECLINED)


def _everything(occasion: Occasion, recipient: Recipient, _: Address) -> Decision:
    is_muted = recipient.preferences.wish(EVERYTHING, None).is_wanted is False
    is_followed = True in _said(occasion, recipient, None)
    return (False, Reason.MUTED) if is_muted and not is_followed else None


def _role(occasion: Occasion, recipient: Recipient, address: Address) -> Decision:
    roles = occasion.policy.roles.keys() & recipient.roles
    if not roles or _has_chosen(occasion, recipient) or address.channel is Channel.INBOX:
        return None
    is_theirs = any(address.channel in occasion.policy.roles[role] for role in roles)
    return (True, Reason.ROLE) if is_theirs else (False, Reason.NOT_CHOSEN)


def _default(occasion: Occasion, recipient: Recipient, address: Address) -> Decision:
    if address.channel is Channel.INBOX:
        return True, Reason.DEFAULT
    is_first = address.channel is _default_way(recipient, occasion.carried)
    is_used = is_first and not _has_chosen(occasion, recipient)
    return (True, Reason.DEFAULT) if is_used else None


# The one fixed order: the first that has an answer gives it.
ORDER: tuple[Callable[[Occasion, Recipient, Address], Decision], ...] = (
    _possible,
    _opted_out,
    _statutory,
    _emergency,
    _of_several,
    _commune,
    _topic_on_channel,
    _topic,
    _channel,
    _everything,
    _role,
    _default,
)


def _said(
    occasion: Occasion, recipient: Recipient, channel: Channel | None
) -> tuple[bool | None, ...]:
    """Return what was said of the topics at hand, on a channel or on all."""
    if not recipient.preferences.wishes:
        return ()
    wish = recipient.preferences.wish
    return tuple(wish(topic, channel).is_wanted for topic in occasion.topics)


def _has_chosen(occasion: Occasion, recipient: Recipient) -> bool:
    """Say whether somebody has named a channel on which to be told of this."""
    return any(
        wish.is_wanted and channel is not None and topic in {EVERYTHING, *occasion.topics}
        for (topic, channel), wish in recipient.preferences.wishes.items()
    )


def _default_way(recipient: Recipient, carried: frozenset[Channel]) -> Channel | None:
    open_ways = {
        address.channel
        for address in recipient.addresses
        if address.is_verified and not address.is_quarantined
    }
    wish = recipient.preferences.wish
    return next(
        (
            way
            for way in DEFAULT_WAYS
            if way in open_ways and way in carried and wish(EVERYTHING, way).is_wanted is not False
        ),
        None,
    )
