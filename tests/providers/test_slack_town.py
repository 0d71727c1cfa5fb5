"""A council in Slack, from letting the app in to letting it go."""

import json
from datetime import timedelta

import pytest

from domain.addresses import Channel
from tests.emulators.slack import command, event, signed
from tests.providers.slack_town import SlackTown, buttons, slack_town, words


async def test_a_token_is_on_the_disk_in_a_form_that_opens_nothing(casa: SlackTown) -> None:
    async with casa.program.store.reading() as unit:
        kept = await unit.slack_installations.at(casa.slack.team)
    tokens = {one["token"] for one in await casa.slack.kept("tokens")}
    assert kept
    assert kept.token not in tokens
    assert not any("xoxb" in str(field) for field in (kept.token, kept.refresh_token))


async def test_whoever_was_not_sent_by_us_lets_nobody_in(casa: SlackTown) -> None:
    ours = f"{casa.url}/slack/oauth_redirect"
    for asked in ({}, {"code": "x"}, {"code": "x", "state": "forged"}):
        async with casa.slack.session.get(ours, params=asked) as answer:
            assert answer.status == 403


async def test_a_workspace_that_is_not_the_councils_is_not_let_in(sqlite_url: str) -> None:
    async with slack_town(sqlite_url, teams="T0OTHER") as town:
        status, page = await town.install(**{"Accept-Language": "fr-MA,fr;q=0.9"})
        assert (status, "Rien n’a été installé" in page) == (403, True)
        async with town.program.store.reading() as unit:
            assert await unit.slack_installations.teams() == []


async def test_a_member_is_known_by_their_email_and_answered_in_three_languages(
    casa: SlackTown,
) -> None:
    await casa.session()
    person_id = await casa.councillor("Salma Idrissi", "clerk@casablanca.test", "fr")
    assert "Éclairage public" in words(await casa.hears("clerk", "ordre du jour ?"))
    assert "Budget" in words(await casa.hears("clerk", "what is on the agenda?"))
    assert "دورة عادية" in words(await casa.hears("clerk", "متى الدورة القادمة؟"))
    async with casa.program.store.reading() as unit:
        held = {one.value: one for one in await unit.people.addresses(person_id)}
    assert held[casa.slack.address("clerk")].is_verified


async def test_a_name_makes_nobody_known(casa: SlackTown) -> None:
    person_id = await casa.councillor("Salma Idrissi", "clerk@casablanca.test", "fr")
    assert await casa.hears("visitor", "ordre du jour ?")
    async with casa.program.store.reading() as unit:
        assert await unit.people.with_address(casa.slack.address("visitor")) == []
        kinds = [one.channel for one in await unit.people.addresses(person_id)]
    assert Channel.SLACK not in kinds


async def test_whoever_unlinks_is_not_recognised_again(casa: SlackTown) -> None:
    await casa.councillor("Salma Idrissi", "clerk@casablanca.test", "fr")
    await casa.hears("clerk", "bonjour")
    asked = await casa.hears("clerk", "/unlink")
    await casa.presses("clerk", asked[-1], "unlink:yes")
    await casa.hears("clerk", "bonjour")
    async with casa.program.store.reading() as unit:
        assert await unit.people.with_address(casa.slack.address("clerk")) == []


async def test_a_button_is_pressed_and_its_message_says_what_was_decided(casa: SlackTown) -> None:
    await casa.session()
    await casa.councillor("Salma Idrissi", "clerk@casablanca.test", "fr")
    told = await casa.hears("clerk", "je viens")
    yes = next(value for value in buttons(told).values() if value.startswith("attend:"))
    await casa.presses("clerk", told[-1], yes)
    message = next(one for one in await casa.told("clerk") if one["ts"] == told[-1]["ts"])
    assert message["text"] != told[-1]["text"]
    assert yes not in words([message])
    assert len(await casa.told("clerk")) == len(told)


async def test_a_command_in_a_channel_is_answered_to_whoever_typed_it_alone(
    casa: SlackTown,
) -> None:
    await casa.session()
    council = next(one for one in await casa.slack.kept("channels") if one["name"] == "council")
    body = command(
        casa.slack.team, casa.slack.people["clerk"], "agenda", channel=council["channel_id"]
    )
    assert await casa.called(body) == 200
    await casa.program.drain()
    (shown,) = await casa.slack.kept("ephemeralMessages")
    assert shown["target_user"] == casa.slack.people["clerk"]
    assert "Budget" in words([shown])
    assert await casa.told("clerk") == []


async def test_a_command_where_our_app_is_not_is_answered_in_direct_talk(casa: SlackTown) -> None:
    body = command(casa.slack.team, casa.slack.people["clerk"], "agenda", channel="C0ELSEWHERE")
    assert await casa.called(body) == 200
    await casa.program.drain()
    assert len(await casa.told("clerk")) == 1


async def test_an_event_that_is_told_again_is_answered_once(casa: SlackTown) -> None:
    said = event(
        casa.slack.team, type="message", channel="D1", user=casa.slack.people["clerk"], text="aide"
    )
    body = json.dumps(said)
    retried = {**signed(body), "X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
    assert [await casa.called(body), await casa.called(body, retried)] == [200, 200]
    await casa.program.drain()
    assert len(await casa.told("clerk")) == 1


@pytest.mark.parametrize("age", [301, 3600])
async def test_what_is_old_or_not_signed_by_slack_is_refused(casa: SlackTown, age: int) -> None:
    clerk = casa.slack.people["clerk"]
    said = json.dumps(event(casa.slack.team, type="message", channel="D1", user=clerk, text="aide"))
    assert await casa.called(said, signed(said, age=age)) == 403
    assert await casa.called(said, signed(said, secret="another")) == 403
    await casa.program.drain()
    assert await casa.told("clerk") == []


async def test_a_workspace_that_lets_us_go_is_written_to_no_more_until_it_lets_us_in(
    casa: SlackTown,
) -> None:
    person_id = await casa.councillor("Salma Idrissi", "clerk@casablanca.test", "fr")
    await casa.hears("clerk", "bonjour")

    async def is_quarantined() -> bool:
        async with casa.program.store.reading() as unit:
            held = await unit.people.addresses(person_id)
        return next(one for one in held if one.channel is Channel.SLACK).is_quarantined

    gone = json.dumps(event(casa.slack.team, type="app_uninstalled"))
    assert await casa.called(gone) == 200
    assert await is_quarantined()
    async with casa.program.store.reading() as unit:
        assert await unit.slack_installations.at(casa.slack.team) is None
    casa.clock.move_by(timedelta(minutes=1))
    assert (await casa.install())[0] == 200
    assert not await is_quarantined()
    assert await casa.called(gone) == 200  # told again, late
    assert not await is_quarantined()
