from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from domain.addresses import Address, Channel
from domain.bodies import Role
from domain.notices import NoticeClass
from domain.people import Recipient
from domain.policies import Policy
from domain.preferences import DEFAULT_WAYS, Occasion, Reason, Route, Verdict, resolve, resolve_all
from domain.topics import EVERYTHING
from domain.wishes import NOTHING_SAID, Preferences, Rhythm, Wish
from tests.domain.preferring import THEN, naive, some_occasion, some_recipient

EVERY_CHANNEL = frozenset(Channel)
CASABLANCA = ZoneInfo("Africa/Casablanca")
NOON = datetime(2026, 1, 28, 11, 0, tzinfo=UTC)  # 12:00 in Casablanca
CASES = 20_000


def test_resolve_agrees_with_the_rules_told_aloud() -> None:
    chance = Random(113_14)
    verdicts = set()
    for _ in range(CASES):
        occasion, recipient = some_occasion(chance), some_recipient(chance)
        routes = resolve(occasion, recipient)
        found = [(route.verdict, route.reason, route.due_at) for route in routes]
        assert found == naive(occasion, recipient), (occasion, recipient)
        assert [route.address for route in routes] == list(recipient.addresses)
        verdicts |= {(route.verdict, route.reason) for route in routes}
    never_decided_here = {
        Reason.REPLY, Reason.SUMMARY, Reason.NO_ADDRESS, Reason.ESCALATED, Reason.IN_RESERVE,
        Reason.TRIAL,
    }  # fmt: skip
    assert {reason for _, reason in verdicts} == set(Reason) - never_decided_here
    assert {verdict for verdict, _ in verdicts} == set(Verdict)


def test_a_crowd_is_told_as_each_of_them_would_be() -> None:
    chance = Random(57)
    for _ in range(200):
        occasion = some_occasion(chance)
        crowd = [some_recipient(chance) for _ in range(5)]
        crowd += [replace(one, preferences=NOTHING_SAID, roles=frozenset()) for one in crowd] * 2
        one_by_one = [route for one in crowd for route in resolve(occasion, one)]
        assert list(resolve_all(occasion, crowd)) == one_by_one


def told(
    notice_class: NoticeClass,
    *places: Address,
    asked: Preferences = NOTHING_SAID,
    topics: tuple[str, ...] = ("announcements",),
    carried: frozenset[Channel] = EVERY_CHANNEL,
    policy: Policy | None = None,
    now: datetime = NOON,
    expires_at: datetime | None = None,
    roles: frozenset[Role] = frozenset(),
    told_lately: int = 0,
) -> list[tuple[Verdict, Reason]]:
    occasion = Occasion(
        notice_class, topics, now, CASABLANCA, carried, policy or Policy(), expires_at
    )
    recipient = Recipient(1, "fr", places, asked, roles, told_lately)
    return [(route.verdict, route.reason) for route in resolve(occasion, recipient)]


def at(
    channel: Channel, number: int = 1, *, declared: bool = False, verified: bool = True
) -> Address:
    return Address(
        number, 1, channel, "x", is_declared=declared, verified_at=THEN if verified else None
    )


def wanting(topic: str, channel: Channel | None, *, is_wanted: bool) -> Preferences:
    return NOTHING_SAID.wanting(topic, channel, is_wanted=is_wanted)


INFORMATIONAL = NoticeClass.INFORMATIONAL


def test_a_statutory_notice_goes_to_the_declared_address_whatever_was_wished() -> None:
    declared = at(Channel.EMAIL, declared=True, verified=False)
    refused = wanting(EVERYTHING, Channel.EMAIL, is_wanted=False).stopping(None)
    assert told(NoticeClass.STATUTORY, declared, asked=refused) == [(Verdict.SENT, Reason.DECLARED)]


def test_stop_ends_all_that_informs_and_the_copies_of_what_is_statutory() -> None:
    places = (at(Channel.EMAIL, declared=True), at(Channel.SMS, 2), at(Channel.INBOX, 3))
    stopped = wanting(EVERYTHING, Channel.SMS, is_wanted=True).stopping(None)
    out = (Verdict.SUPPRESSED, Reason.OPTED_OUT)
    assert told(INFORMATIONAL, *places, asked=stopped) == [out] * 3
    assert told(NoticeClass.EMERGENCY, *places, asked=stopped) == [out] * 3
    assert told(NoticeClass.STATUTORY, *places, asked=stopped) == [
        (Verdict.SENT, Reason.DECLARED),
        out,
        (Verdict.SENT, Reason.STATUTORY),
    ]


def test_stop_on_one_channel_leaves_the_others() -> None:
    stopped = NOTHING_SAID.stopping(Channel.SMS)
    assert told(INFORMATIONAL, at(Channel.SMS), at(Channel.EMAIL, 2), asked=stopped) == [
        (Verdict.SUPPRESSED, Reason.OPTED_OUT),
        (Verdict.SENT, Reason.DEFAULT),
    ]


def test_an_unverified_address_gets_nothing_that_the_law_does_not_want() -> None:
    declared = at(Channel.EMAIL, declared=True, verified=False)
    for notice_class in (INFORMATIONAL, NoticeClass.EMERGENCY):
        assert told(notice_class, declared) == [(Verdict.SUPPRESSED, Reason.UNVERIFIED)]


def test_who_has_asked_for_nothing_is_told_by_the_first_way_and_the_mailbox() -> None:
    places = (
        at(Channel.TELEGRAM),
        at(Channel.EMAIL, 2),
        at(Channel.INBOX, 3, verified=False),
    )
    assert told(INFORMATIONAL, *places) == [
        (Verdict.SUPPRESSED, Reason.NOT_CHOSEN),
        (Verdict.SENT, Reason.DEFAULT),
        (Verdict.SENT, Reason.DEFAULT),
    ]
    assert DEFAULT_WAYS[0] is Channel.EMAIL


def test_of_several_addresses_of_one_channel_the_declared_one_is_told_or_the_oldest() -> None:
    first, second = at(Channel.EMAIL, 1), at(Channel.EMAIL, 2, declared=True)
    assert told(INFORMATIONAL, first, second) == [
        (Verdict.SUPPRESSED, Reason.OTHER_ADDRESS),
        (Verdict.SENT, Reason.DEFAULT),
    ]
    assert told(INFORMATIONAL, at(Channel.SMS, 5), at(Channel.SMS, 4)) == [
        (Verdict.SUPPRESSED, Reason.OTHER_ADDRESS),
        (Verdict.SENT, Reason.DEFAULT),
    ]


def test_every_browser_of_a_person_is_told() -> None:
    wanted = wanting(EVERYTHING, Channel.PUSH, is_wanted=True)
    places = (at(Channel.PUSH, 1), at(Channel.PUSH, 2))
    assert told(INFORMATIONAL, *places, asked=wanted) == [(Verdict.SENT, Reason.CHOSEN)] * 2


def test_the_nearer_wish_wins() -> None:
    sms = at(Channel.SMS)
    asked = wanting(EVERYTHING, Channel.SMS, is_wanted=False)
    assert told(INFORMATIONAL, sms, asked=asked) == [(Verdict.SUPPRESSED, Reason.DECLINED)]
    asked = asked.wanting("announcements", Channel.SMS, is_wanted=True)
    assert told(INFORMATIONAL, sms, asked=asked) == [(Verdict.SENT, Reason.CHOSEN_FOR_TOPIC)]
    asked = asked.wanting("announcements", None, is_wanted=False)
    assert told(INFORMATIONAL, sms, asked=asked) == [(Verdict.SENT, Reason.CHOSEN_FOR_TOPIC)]
    asked = asked.wanting("announcements", Channel.SMS, is_wanted=None)
    assert told(INFORMATIONAL, sms, asked=asked) == [(Verdict.SUPPRESSED, Reason.TOPIC_DECLINED)]


def test_who_wants_only_what_they_follow_gets_only_that() -> None:
    asked = wanting(EVERYTHING, None, is_wanted=False).wanting(
        "body:arr:anfa", None, is_wanted=True
    )
    email = at(Channel.EMAIL)
    assert told(INFORMATIONAL, email, asked=asked) == [(Verdict.SUPPRESSED, Reason.MUTED)]
    about_anfa = ("announcements", "body:arr:anfa")
    assert told(INFORMATIONAL, email, asked=asked, topics=about_anfa) == [
        (Verdict.SENT, Reason.DEFAULT)
    ]


def test_a_no_to_one_topic_of_a_notice_is_a_no() -> None:
    asked = wanting("body:arr:anfa", None, is_wanted=False).wanting(
        "announcements", None, is_wanted=True
    )
    about_anfa = ("announcements", "body:arr:anfa")
    assert told(INFORMATIONAL, at(Channel.EMAIL), asked=asked, topics=about_anfa) == [
        (Verdict.SUPPRESSED, Reason.TOPIC_DECLINED)
    ]


def test_what_the_commune_settled_stands_above_wishes_and_below_stop() -> None:
    policy = Policy(
        forced={"announcements": frozenset({Channel.SMS})},
        forbidden={"all": frozenset({Channel.WHATSAPP})},
    )
    places = (at(Channel.SMS), at(Channel.WHATSAPP, 2))
    refused = wanting(EVERYTHING, Channel.SMS, is_wanted=False).wanting(
        EVERYTHING, Channel.WHATSAPP, is_wanted=True
    )
    assert told(INFORMATIONAL, *places, asked=refused, policy=policy) == [
        (Verdict.SENT, Reason.FORCED),
        (Verdict.SUPPRESSED, Reason.FORBIDDEN),
    ]
    stopped = refused.stopping(Channel.SMS)
    assert told(INFORMATIONAL, places[0], asked=stopped, policy=policy) == [
        (Verdict.SUPPRESSED, Reason.OPTED_OUT)
    ]


def test_a_role_has_its_own_default_until_its_holder_chooses() -> None:
    policy = Policy(roles={Role.CLERK: frozenset({Channel.SLACK})})
    places = (at(Channel.EMAIL), at(Channel.SLACK, 2))
    clerk = frozenset({Role.CLERK})
    assert told(INFORMATIONAL, *places, policy=policy, roles=clerk) == [
        (Verdict.SUPPRESSED, Reason.NOT_CHOSEN),
        (Verdict.SENT, Reason.ROLE),
    ]
    chosen = wanting(EVERYTHING, Channel.EMAIL, is_wanted=True)
    assert told(INFORMATIONAL, *places, policy=policy, roles=clerk, asked=chosen) == [
        (Verdict.SENT, Reason.CHOSEN),
        (Verdict.SUPPRESSED, Reason.NOT_CHOSEN),
    ]


def routed(asked: Preferences, **more: object) -> Route:
    occasion = Occasion(
        INFORMATIONAL,
        ("announcements",),
        NOON,
        CASABLANCA,
        EVERY_CHANNEL,
        Policy(),
        **more,  # type: ignore[arg-type]  # expires_at alone
    )
    return resolve(occasion, Recipient(1, "fr", (at(Channel.EMAIL),), asked))[0]


def test_a_digest_takes_what_can_wait_and_leaves_what_would_come_too_late() -> None:
    weekly = NOTHING_SAID.at_rhythm(Rhythm.WEEKLY)
    monday = datetime(2026, 2, 2, 7, 0, tzinfo=UTC)  # 8:00 in Casablanca, an hour ahead then
    assert (routed(weekly).verdict, routed(weekly).due_at) == (Verdict.DIGESTED, monday)
    assert routed(weekly, expires_at=monday).reason is Reason.CANNOT_WAIT
    assert routed(weekly, expires_at=monday + timedelta(seconds=1)).reason is Reason.DIGEST


@pytest.mark.parametrize(("told_lately", "reason"), [(9, Reason.DEFAULT), (10, Reason.THROTTLED)])
def test_a_topic_with_too_much_to_say_is_gathered(told_lately: int, reason: Reason) -> None:
    email, inbox = at(Channel.EMAIL), at(Channel.INBOX, 2)
    found = told(INFORMATIONAL, email, inbox, told_lately=told_lately)
    assert [one[1] for one in found] == [reason, Reason.DEFAULT]


def test_the_rhythm_of_a_topic_is_nearer_than_the_rhythm_of_all() -> None:
    asked = NOTHING_SAID.at_rhythm(Rhythm.WEEKLY).at_rhythm(Rhythm.AT_ONCE, "announcements")
    assert routed(asked).verdict is Verdict.SENT
    assert routed(asked.at_rhythm(Rhythm.DAILY, "announcements", Channel.EMAIL)).reason is (
        Reason.DIGEST
    )


def test_a_channel_nobody_carries_is_named_as_such() -> None:
    assert told(NoticeClass.EMERGENCY, at(Channel.SMS), carried=frozenset({Channel.EMAIL})) == [
        (Verdict.SUPPRESSED, Reason.NO_CARRIER)
    ]


def test_preferences_survive_their_document() -> None:
    chance = Random(7)
    for _ in range(300):
        asked = some_recipient(chance).preferences
        assert Preferences.from_json(asked.to_json()) == asked
    assert Preferences.from_json({}) == NOTHING_SAID
    assert NOTHING_SAID.wanting("sessions", None, is_wanted=None) == NOTHING_SAID
    assert NOTHING_SAID.wish("sessions", None) == Wish()
