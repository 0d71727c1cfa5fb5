from datetime import UTC, datetime
from random import Random

from domain.addresses import Address, Channel
from domain.notices import NoticeClass
from domain.people import Recipient
from domain.preferences import DEFAULT_WAYS, Reason, Route, Verdict, resolve

THEN = datetime(2026, 1, 1, tzinfo=UTC)
EVERYTHING = frozenset(Channel)

CASES = 20_000


def some_recipient(chance: Random) -> Recipient:
    """Invent a recipient: any addresses in any state, any wishes, contradictions welcome."""
    places = tuple(
        Address(
            id=number,
            person_id=1,
            channel=chance.choice(list(Channel)),
            value="x",
            is_declared=chance.random() < 0.3,
            verified_at=chance.choice([None, THEN]),
            quarantined_at=chance.choice([None, None, THEN]),
        )
        for number in range(chance.randrange(6))
    )
    wished = chance.sample(list(Channel), chance.randrange(4))
    return Recipient(1, "fr", places, {channel: chance.random() < 0.5 for channel in wished})


def naive(notice_class: NoticeClass, recipient: Recipient, carried: frozenset[Channel]) -> set[int]:
    """Return the positions that get the notice, by the rules as one would tell them aloud."""
    usable = [
        n
        for n, one in enumerate(recipient.addresses)
        if one.channel in carried and one.quarantined_at is None
    ]
    proved = {
        n
        for n in usable
        if recipient.addresses[n].verified_at or recipient.addresses[n].channel == "inbox"
    }
    if notice_class == "emergency":
        return proved
    asked_for = {c for c, wanted in recipient.wishes.items() if wanted}
    refused = {c for c, wanted in recipient.wishes.items() if not wanted}
    ways = [
        c
        for c in DEFAULT_WAYS
        if c in carried
        and c not in refused
        and any(
            one.channel == c and one.verified_at and not one.quarantined_at
            for one in recipient.addresses
        )
    ]
    told = set()
    for n in usable:
        one = recipient.addresses[n]
        if notice_class == "statutory" and (one.is_declared or one.channel == "inbox"):
            told.add(n)
        elif n in proved and one.channel not in refused:
            first_way = not asked_for and ways[:1] == [one.channel]
            if one.channel in asked_for or one.channel == "inbox" or first_way:
                told.add(n)
    return told


def test_resolve_agrees_with_the_rules_told_aloud() -> None:
    chance = Random(113_14)
    for _ in range(CASES):
        notice_class = chance.choice(list(NoticeClass))
        recipient = some_recipient(chance)
        carried = frozenset(chance.sample(list(Channel), chance.randrange(len(Channel))))
        routes = resolve(notice_class, recipient, carried)
        sent = {n for n, route in enumerate(routes) if route.verdict is Verdict.SENT}
        assert sent == naive(notice_class, recipient, carried), (notice_class, recipient, carried)
        assert [route.address for route in routes] == list(recipient.addresses)


def person(*places: Address, **wishes: bool) -> Recipient:
    return Recipient(1, "fr", places, {Channel(name): wanted for name, wanted in wishes.items()})


def at(channel: Channel, *, declared: bool = False, verified: bool = True) -> Address:
    return Address(1, 1, channel, "x", is_declared=declared, verified_at=THEN if verified else None)


def told(routes: tuple[Route, ...]) -> list[tuple[Verdict, Reason]]:
    return [(route.verdict, route.reason) for route in routes]


def test_a_statutory_notice_goes_to_the_declared_address_whatever_was_wished() -> None:
    routes = resolve(
        NoticeClass.STATUTORY,
        person(at(Channel.EMAIL, declared=True, verified=False), email=False),
        EVERYTHING,
    )
    assert told(routes) == [(Verdict.SENT, Reason.DECLARED)]


def test_an_unverified_address_gets_nothing_that_the_law_does_not_want() -> None:
    declared = at(Channel.EMAIL, declared=True, verified=False)
    for notice_class in (NoticeClass.INFORMATIONAL, NoticeClass.EMERGENCY):
        routes = resolve(notice_class, person(declared), EVERYTHING)
        assert told(routes) == [(Verdict.SUPPRESSED, Reason.UNVERIFIED)]


def test_who_has_asked_for_nothing_is_told_by_the_first_way_and_the_mailbox() -> None:
    routes = resolve(
        NoticeClass.INFORMATIONAL,
        person(at(Channel.TELEGRAM), at(Channel.EMAIL), at(Channel.INBOX, verified=False)),
        EVERYTHING,
    )
    assert told(routes) == [
        (Verdict.SUPPRESSED, Reason.NOT_CHOSEN),
        (Verdict.SENT, Reason.DEFAULT),
        (Verdict.SENT, Reason.DEFAULT),
    ]


def test_a_channel_that_was_declined_is_left_alone_and_says_so() -> None:
    routes = resolve(
        NoticeClass.INFORMATIONAL, person(at(Channel.TELEGRAM), telegram=False), EVERYTHING
    )
    assert told(routes) == [(Verdict.SUPPRESSED, Reason.DECLINED)]


def test_a_channel_nobody_carries_is_named_as_such() -> None:
    routes = resolve(NoticeClass.EMERGENCY, person(at(Channel.SMS)), frozenset({Channel.EMAIL}))
    assert told(routes) == [(Verdict.SUPPRESSED, Reason.NO_CARRIER)]
