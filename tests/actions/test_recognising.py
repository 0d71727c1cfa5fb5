"""Who is recognised by the e-mail address that others vouch for."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.people.linking import untie
from actions.people.recognising import confirm, lapse, recognise, refuse
from domain.actors import OPERATOR, Actor
from domain.addresses import Channel
from domain.clock import HandClock
from domain.errors import Refused
from domain.matches import Match, MatchState
from store.connecting import Store
from store.tables.outbox import deliveries
from store.unit import Unit
from tests.communes import founded

EMAIL = "salma@commune.ma"
CHAT = "T1:U9"


@pytest.fixture
async def unit(store: Store) -> AsyncIterator[Unit]:
    await founded(store)
    async with store.unit() as unit:
        yield unit


async def person(unit: Unit, name: str = "Salma") -> int:
    tenant = await unit.bodies.tenant()
    assert tenant
    return await unit.people.add(tenant.id, name=name, language="fr")


async def holder(unit: Unit, clock: HandClock, name: str = "Salma") -> int:
    person_id = await person(unit, name)
    await unit.people.verify(person_id, Channel.EMAIL, EMAIL, at=clock.now())
    return person_id


async def matched(unit: Unit, email: str | None = EMAIL, *, is_enough: bool = True) -> Match | None:
    return await recognise(unit, Channel.SLACK, CHAT, email, is_enough=is_enough)


async def told(unit: Unit) -> list[str]:
    query = select(deliveries.c.message).where(deliveries.c.address == CHAT)
    return [row.message["text"] for row in await unit.connection.execute(query)]


async def test_whoever_has_verified_the_address_is_recognised_however_it_is_written(
    unit: Unit, clock: HandClock
) -> None:
    salma = await holder(unit, clock)
    assert await matched(unit, " Salma@Commune.MA ")
    assert await unit.people.with_address(CHAT) == [salma]


async def test_a_networks_word_is_as_old_as_the_proof_of_the_address(
    unit: Unit, clock: HandClock
) -> None:
    salma, proved_at = await holder(unit, clock), clock.now()
    clock.move_by(timedelta(days=30))
    await matched(unit)
    held = await unit.people.addresses(salma)
    assert [one.verified_at for one in held if one.value == CHAT] == [proved_at]


async def test_what_was_unlinked_from_elsewhere_is_not_recognised_again(
    unit: Unit, clock: HandClock
) -> None:
    salma = await holder(unit, clock)
    await matched(unit)
    held = await unit.people.addresses(salma)
    await untie(unit, next(one.id for one in held if one.value == CHAT), actor=OPERATOR)
    assert await matched(unit) is None


async def test_a_match_waits_until_the_staff_confirm_it(unit: Unit, clock: HandClock) -> None:
    salma = await holder(unit, clock)
    match = await matched(unit, is_enough=False)
    assert match
    assert await matched(unit, is_enough=False) == match
    assert await unit.people.with_address(CHAT) == []
    await confirm(unit, match.id, actor=OPERATOR)
    assert await unit.people.with_address(CHAT) == [salma]
    waiting, done = await told(unit)
    assert "secrétariat doit confirmer" in waiting
    assert "Bienvenue Salma" in done
    acts = {entry.act: entry.actor for entry in await unit.audit.entries()}
    assert (acts["match"], acts["recognise"]) == ("beffroi", "operator")


async def test_a_match_that_was_refused_stays_so_until_the_staff_think_again(
    unit: Unit, clock: HandClock
) -> None:
    await holder(unit, clock)
    match = await matched(unit, is_enough=False)
    assert match
    await refuse(unit, match.id, actor=OPERATOR)
    again = await matched(unit, is_enough=False)
    assert again
    assert again.state is MatchState.REFUSED
    assert await unit.people.with_address(CHAT) == []
    await confirm(unit, match.id, actor=OPERATOR)
    with pytest.raises(Refused, match="unknown"):
        await refuse(unit, match.id, actor=OPERATOR)


async def test_only_those_who_may_decide_a_match(unit: Unit, clock: HandClock) -> None:
    await holder(unit, clock)
    match = await matched(unit, is_enough=False)
    assert match
    for decide in (confirm, refuse):
        with pytest.raises(Refused, match="access"):
            await decide(unit, match.id, actor=Actor.of(None, Channel.SLACK, CHAT))


async def test_an_address_that_nobody_verified_makes_nobody_known(unit: Unit) -> None:
    await person(unit)
    assert await matched(unit) is None
    assert await matched(unit, "no address") is None
    assert await matched(unit, None) is None


async def test_an_address_that_two_share_is_neithers(unit: Unit, clock: HandClock) -> None:
    await holder(unit, clock)
    await holder(unit, clock, "Secrétariat")
    assert await matched(unit) is None


async def test_a_chat_that_is_somebodys_stays_theirs(unit: Unit, clock: HandClock) -> None:
    await holder(unit, clock)
    other = await person(unit, "Karim")
    await unit.people.verify(other, Channel.SLACK, CHAT, at=clock.now())
    assert await matched(unit) is None
    assert await unit.people.with_address(CHAT) == [other]


async def test_a_link_ends_when_its_network_vouches_for_it_no_more(
    unit: Unit, clock: HandClock
) -> None:
    salma = await holder(unit, clock)
    await matched(unit)
    assert not await lapse(unit, Channel.SLACK, CHAT, EMAIL, is_gone=False)
    assert await unit.people.with_address(CHAT) == [salma]
    assert await lapse(unit, Channel.SLACK, CHAT, "other@commune.ma", is_gone=False)
    assert await unit.people.with_address(CHAT) == []


async def test_a_link_by_code_outlives_its_e_mail_and_rests_when_its_owner_goes(
    unit: Unit, clock: HandClock
) -> None:
    salma = await holder(unit, clock)
    await unit.people.verify(salma, Channel.SLACK, CHAT, at=clock.now())
    assert not await lapse(unit, Channel.SLACK, CHAT, None, is_gone=False)
    assert await lapse(unit, Channel.SLACK, CHAT, None, is_gone=True)
    (chat,) = [one for one in await unit.people.addresses(salma) if one.value == CHAT]
    assert chat.is_quarantined
