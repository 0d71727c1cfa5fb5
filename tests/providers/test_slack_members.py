"""Who is who in Slack, by an e-mail address that both sides have proved: on the wire."""

import json
from typing import Any

from actions.people.recognising import confirm, refuse
from domain.actors import OPERATOR
from domain.addresses import Channel
from domain.bodies import Role
from domain.matches import Match, MatchState
from tests.emulators.slack import event
from tests.providers.slack_town import SlackTown, slack_town, words

EMAIL = "clerk@casablanca.test"


async def known(casa: SlackTown, name: str = "clerk") -> list[int]:
    async with casa.program.store.reading() as unit:
        return await unit.people.with_address(casa.slack.address(name))


async def match(casa: SlackTown) -> Match:
    async with casa.program.store.reading() as unit:
        (found,) = await unit.matches.all(Channel.SLACK)
    return found


async def altered(casa: SlackTown, **user: Any) -> None:
    """Have Slack know the clerk otherwise than before, and tell us."""
    plain = {
        "id": casa.slack.people["clerk"],
        "team_id": casa.slack.team,
        "profile": {"email": EMAIL},
        **user,
    }
    await casa.slack.fail("users.info", answer={"ok": True, "user": plain})
    told = event(casa.slack.team, type="user_change", user=plain)
    assert await casa.called(json.dumps(told)) == 200
    await casa.program.drain()


async def test_a_member_waits_for_the_staff_and_is_told_when_they_have_decided(
    sqlite_url: str,
) -> None:
    async with slack_town(sqlite_url, trusted_domains="") as casa:
        await casa.install()
        person_id = await casa.councillor("Salma Idrissi", EMAIL, "en")
        first = await casa.hears("clerk", "my inbox")
        assert "has to confirm that this account is yours" in words(first)
        assert await known(casa) == []
        assert "has to confirm" not in words(await casa.hears("clerk", "my reminders"))
        async with casa.program.store.unit() as unit:
            await confirm(unit, (await match(casa)).id, actor=OPERATOR)
        await casa.program.drain()
        assert "Welcome Salma Idrissi" in words((await casa.told("clerk"))[-1:])
        assert await known(casa) == [person_id]
        assert "inbox is empty" in words(await casa.hears("clerk", "my inbox"))


async def test_a_member_whom_the_staff_refuse_is_told_where_to_turn(sqlite_url: str) -> None:
    async with slack_town(sqlite_url, trusted_domains="") as casa:
        await casa.install()
        await casa.councillor("Salma Idrissi", EMAIL, "fr")
        await casa.hears("clerk", "bonjour")
        async with casa.program.store.unit() as unit:
            await refuse(unit, (await match(casa)).id, actor=OPERATOR)
        await casa.program.drain()
        assert "/link" in words((await casa.told("clerk"))[-1:])
        await casa.hears("clerk", "bonjour")
        assert await known(casa) == []


async def test_a_guest_waits_whatever_the_domain(casa: SlackTown) -> None:
    await casa.councillor("Salma Idrissi", EMAIL, "fr")
    user = {"id": casa.slack.people["clerk"], "is_restricted": True, "profile": {"email": EMAIL}}
    await casa.slack.fail("users.info", answer={"ok": True, "user": user})
    await casa.hears("clerk", "bonjour")
    assert (await match(casa)).state is MatchState.WAITING
    assert await known(casa) == []


async def test_the_whole_workspace_is_matched_at_once_page_by_page(casa: SlackTown) -> None:
    person_id = await casa.councillor("Salma Idrissi", EMAIL, "fr")
    other = {"id": "UOTHER1", "team_id": casa.slack.team, "profile": {"email": "x@casablanca.test"}}
    page = {"ok": True, "members": [other], "response_metadata": {"next_cursor": "dGVhbTpD"}}
    await casa.slack.fail("users.list", answer=page)
    looked_at = await casa.greeter().match_everybody()
    assert looked_at == 1 + len(casa.slack.people)
    assert await known(casa) == [person_id]
    assert await known(casa, "visitor") == []


async def test_a_member_with_another_e_mail_is_linked_no_more(casa: SlackTown) -> None:
    await casa.councillor("Salma Idrissi", EMAIL, "fr")
    await casa.hears("clerk", "bonjour")
    await altered(casa, profile={"email": EMAIL}, real_name="Another Name")
    assert await known(casa) != []
    await altered(casa, profile={"email": "another@casablanca.test"})
    assert await known(casa) == []


async def test_whoever_leaves_the_workspace_is_linked_no_more(casa: SlackTown) -> None:
    await casa.councillor("Salma Idrissi", EMAIL, "fr")
    await casa.hears("clerk", "bonjour")
    await altered(casa, deleted=True)
    assert await known(casa) == []


async def test_when_slack_does_not_say_who_a_member_is_nothing_is_undone(casa: SlackTown) -> None:
    await casa.councillor("Salma Idrissi", EMAIL, "fr")
    await casa.hears("clerk", "bonjour")
    await casa.slack.fail("users.info", error="internal_error")
    told = event(casa.slack.team, type="user_change", user={"id": casa.slack.people["clerk"]})
    assert await casa.called(json.dumps(told)) == 503  # Slack tells again
    assert await known(casa) != []


async def test_the_secretariat_decides_at_its_desk_once_it_has_proved_who_it_is(
    sqlite_url: str,
) -> None:
    async with slack_town(sqlite_url, trusted_domains="") as casa:
        await casa.install()
        await casa.councillor("Salma Idrissi", EMAIL, "fr")
        await casa.hears("clerk", "bonjour")
        staff = await casa.councillor("Amina", "x@casablanca.test", "fr", Role.DIRECTOR_GENERAL)
        address = casa.slack.address("mayor")
        async with casa.program.store.unit() as unit:
            await unit.people.verify(staff, Channel.SLACK, address, at=casa.clock.now())
        view = await casa.opens_home("mayor")
        assert "Salma Idrissi : un compte Slack" in words([view])
        await casa.presses_at_home("mayor", view, "C’est bien son compte")
        assert await known(casa) != []
        assert "match:" not in words([await casa.home_of("mayor")])
