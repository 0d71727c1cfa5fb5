from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.addresses import Address, Channel
from domain.errors import Misconfigured
from domain.escalations import Step
from domain.notices import NoticeClass
from domain.people import Recipient
from domain.policies import Policy, policy
from domain.preferences import Occasion, Reason, Verdict, climbed, resolve
from domain.quiet_hours import every_day
from domain.topics import EVERYTHING
from domain.wishes import NOTHING_SAID, Preferences
from tests.domain.preferring import THEN

NOW = datetime(2026, 1, 28, 9, 0, tzinfo=UTC)
LADDER = (
    Step(timedelta(0), frozenset({Channel.INBOX, Channel.PUSH})),
    Step(timedelta(minutes=10), frozenset({Channel.TELEGRAM, Channel.SLACK})),
    Step(timedelta(minutes=30), frozenset({Channel.SMS})),
)


def occasion(notice_class: NoticeClass = NoticeClass.EMERGENCY) -> Occasion:
    every_class = Policy(ladders=dict.fromkeys(NoticeClass, LADDER))
    return Occasion(notice_class, ("sessions",), NOW, UTC, frozenset(Channel), every_class)


def person(*channels: Channel, asked: Preferences = NOTHING_SAID) -> Recipient:
    places = tuple(Address(n, 1, one, "x", verified_at=THEN) for n, one in enumerate(channels))
    return Recipient(1, "fr", places, asked)


def now(about: Occasion, who: Recipient) -> set[Channel]:
    routes = resolve(about, who)
    return {route.address.channel for route in routes if route.verdict is Verdict.SENT}


def later(about: Occasion, who: Recipient, step: int) -> set[Channel]:
    return {route.address.channel for route in climbed(about, who, step)}


def test_inbox_and_push_now_chat_next_and_sms_last() -> None:
    who = person(Channel.INBOX, Channel.PUSH, Channel.TELEGRAM, Channel.SMS)
    about = occasion()
    assert now(about, who) == {Channel.INBOX, Channel.PUSH}
    assert [later(about, who, step) for step in (1, 2)] == [{Channel.TELEGRAM}, {Channel.SMS}]
    reserve = [route.reason for route in resolve(about, who)][2:]
    assert reserve == [Reason.IN_RESERVE] * 2


def test_who_has_nothing_loud_on_a_step_is_told_by_the_next_at_once() -> None:
    who = person(Channel.INBOX, Channel.TELEGRAM, Channel.SMS)
    assert now(occasion(), who) == {Channel.INBOX, Channel.TELEGRAM}
    assert later(occasion(), who, 1) == set()
    assert later(occasion(), who, 2) == {Channel.SMS}
    assert now(occasion(), person(Channel.INBOX, Channel.SMS)) == {Channel.INBOX, Channel.SMS}


def test_what_a_person_chose_does_not_wait_and_what_they_refused_is_never_tried() -> None:
    asked = NOTHING_SAID.wanting(EVERYTHING, Channel.SMS, is_wanted=True).wanting(
        EVERYTHING, Channel.TELEGRAM, is_wanted=False
    )
    who = person(Channel.PUSH, Channel.TELEGRAM, Channel.SMS, asked=asked)
    about = occasion(NoticeClass.STATUTORY)
    assert now(about, who) == {Channel.SMS}
    assert [later(about, who, step) for step in (1, 2)] == [set(), set()]


def test_a_later_step_keeps_quiet_hours_unless_it_is_an_emergency() -> None:
    night = Preferences(quiet=every_day(datetime.min.time(), datetime.min.time().replace(hour=23)))
    who = person(Channel.EMAIL, Channel.SMS, asked=night)
    (held,) = climbed(occasion(NoticeClass.STATUTORY), who, 2)
    assert (held.verdict, held.reason) == (Verdict.HELD, Reason.QUIET_HOURS)
    who = person(Channel.PUSH, Channel.SMS, asked=night)
    (sent,) = climbed(occasion(), who, 2)
    assert (sent.verdict, sent.reason) == (Verdict.SENT, Reason.ESCALATED)


def test_the_policy_of_the_house_escalates_what_is_statutory_alone() -> None:
    house = policy()
    assert set(house.ladders) == {NoticeClass.STATUTORY}
    assert [step.after for step in house.ladder(NoticeClass.STATUTORY)] == [
        timedelta(0),
        timedelta(hours=12),
        timedelta(hours=24),
    ]


def test_a_policy_says_what_it_means(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(
        'most_an_hour = 3\n[forced]\nsessions = ["email"]\n[forbidden]\nall = ["whatsapp"]\n'
        '"body:arr:anfa" = ["sms"]\n[roles]\nclerk = ["slack"]\n[ladders]\n'
        'emergency = [{after = "PT0M", channels = ["push"]}, {after = "PT1H30M", channels = []}]\n',
        "utf-8",
    )
    found = policy(file)
    assert found.most_an_hour == 3
    assert found.forces(("sessions",), Channel.EMAIL)
    assert found.forbids(("reminders",), Channel.WHATSAPP)
    assert not found.forbids(("sessions",), Channel.SMS)
    assert found.ladder(NoticeClass.EMERGENCY)[1].after == timedelta(minutes=90)
    assert found.ladder(NoticeClass.STATUTORY) == ()


@pytest.mark.parametrize(
    "text",
    [
        "most = 3",
        "most_an_hour = 0",
        'most_an_hour = "many"',
        '[forced]\nweather = ["email"]',
        '[forced]\nsessions = "email"',
        '[forced]\nsessions = ["pigeon"]',
        '[roles]\nking = ["email"]',
        '[ladders]\nstatutory = [{after = "soon", channels = []}]',
        '[ladders]\nstatutory = [{after = "PT5M", channels = []}]',
        '[ladders]\nstatutory = [{after = "PT", channels = []}]',
        "[ladders]\nstatutory = []",
        "ladders = 3",
        "[ladders",
    ],
)
def test_a_policy_that_cannot_be_meant_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(Misconfigured, match=r"policy\.toml"):
        policy(file)
