"""Who is recognised by the e-mail address that others vouch for."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from actions.linking import untie
from actions.recognising import recognise
from domain.actors import OPERATOR
from domain.addresses import Channel
from domain.clock import HandClock
from store.connecting import Store
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


async def test_whoever_has_verified_the_address_is_recognised_however_it_is_written(
    unit: Unit, clock: HandClock
) -> None:
    salma = await holder(unit, clock)
    assert await recognise(unit, Channel.SLACK, CHAT, " Salma@Commune.MA ") == salma
    assert await unit.people.with_address(CHAT) == [salma]


async def test_a_networks_word_is_as_old_as_the_proof_of_the_address(
    unit: Unit, clock: HandClock
) -> None:
    salma, proved_at = await holder(unit, clock), clock.now()
    clock.move_by(timedelta(days=30))
    await recognise(unit, Channel.SLACK, CHAT, EMAIL)
    held = await unit.people.addresses(salma)
    assert [one.verified_at for one in held if one.value == CHAT] == [proved_at]


async def test_what_was_unlinked_from_elsewhere_is_not_recognised_again(
    unit: Unit, clock: HandClock
) -> None:
    salma = await holder(unit, clock)
    await recognise(unit, Channel.SLACK, CHAT, EMAIL)
    held = await unit.people.addresses(salma)
    await untie(unit, next(one.id for one in held if one.value == CHAT), actor=OPERATOR)
    assert await recognise(unit, Channel.SLACK, CHAT, EMAIL) is None


async def test_an_address_that_nobody_verified_makes_nobody_known(unit: Unit) -> None:
    await person(unit)
    assert await recognise(unit, Channel.SLACK, CHAT, EMAIL) is None
    assert await recognise(unit, Channel.SLACK, CHAT, "no address") is None


async def test_an_address_that_two_share_is_neithers(unit: Unit, clock: HandClock) -> None:
    await holder(unit, clock)
    await holder(unit, clock, "Secrétariat")
    assert await recognise(unit, Channel.SLACK, CHAT, EMAIL) is None


async def test_a_chat_that_is_somebodys_stays_theirs(unit: Unit, clock: HandClock) -> None:
    await holder(unit, clock)
    other = await person(unit, "Karim")
    await unit.people.verify(other, Channel.SLACK, CHAT, at=clock.now())
    assert await recognise(unit, Channel.SLACK, CHAT, EMAIL) is None
    assert await unit.people.with_address(CHAT) == [other]
