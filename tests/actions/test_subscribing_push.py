from collections.abc import AsyncIterator

import pytest

from actions.people.subscribing_push import subscribe, unsubscribe
from domain.actors import OPERATOR
from domain.addresses import Channel
from domain.errors import Refused
from domain.subscriptions import Subscription
from store.connecting import Store
from store.unit import Unit
from tests.browsers import GOOD, KEYS
from tests.communes import founded


@pytest.fixture
async def unit(store: Store) -> AsyncIterator[Unit]:
    await founded(store)
    async with store.unit() as unit:
        yield unit


async def browsers_of(unit: Unit, person_id: int) -> list[str]:
    held = await unit.people.addresses(person_id)
    return [one.value for one in held if one.channel is Channel.PUSH and one.is_verified]


async def test_a_browser_is_kept_by_a_short_name_and_its_keys_apart(unit: Unit) -> None:
    nadia = await unit.people.add(1, name="Nadia", language="fr")
    name = await subscribe(unit, nadia, GOOD, actor=OPERATOR)
    assert await browsers_of(unit, nadia) == [name]
    assert await unit.subscriptions.by_name(name) == Subscription.from_json(GOOD)


async def test_a_browser_that_comes_again_brings_new_keys(unit: Unit) -> None:
    nadia = await unit.people.add(1, name="Nadia", language="fr")
    again = {**GOOD, "keys": {**KEYS, "auth": "AAAAAAAAAAAAAAAAAAAAAA"}}
    for plain in (GOOD, again):
        await subscribe(unit, nadia, plain, actor=OPERATOR)
    (name,) = await browsers_of(unit, nadia)
    assert await unit.subscriptions.by_name(name) == Subscription.from_json(again)


async def test_a_browser_is_told_for_whoever_uses_it_now(unit: Unit) -> None:
    nadia = await unit.people.add(1, name="Nadia", language="fr")
    omar = await unit.people.add(1, name="Omar", language="ar")
    for person_id in (nadia, omar):
        await subscribe(unit, person_id, GOOD, actor=OPERATOR)
    assert await browsers_of(unit, nadia) == []
    assert len(await browsers_of(unit, omar)) == 1


async def test_a_dead_browser_that_subscribes_again_is_told_again(unit: Unit) -> None:
    nadia = await unit.people.add(1, name="Nadia", language="fr")
    name = await subscribe(unit, nadia, GOOD, actor=OPERATOR)
    await unit.subscriptions.forget(name)
    await unit.people.quarantine(Channel.PUSH, [name], code="http_410", at=unit.clock.now())
    await subscribe(unit, nadia, GOOD, actor=OPERATOR)
    held = await unit.people.addresses(nadia)
    assert not any(one.is_quarantined for one in held)
    assert await unit.subscriptions.by_name(name)


@pytest.mark.parametrize(("person_id", "plain"), [(999, GOOD), (1, {}), (1, None)])
async def test_what_cannot_be_is_refused(unit: Unit, person_id: int, plain: object) -> None:
    await unit.people.add(1, name="Nadia", language="fr")
    with pytest.raises(Refused):
        await subscribe(unit, person_id, plain, actor=OPERATOR)


async def test_a_browser_tells_nobody_any_more_when_its_reader_says_so(unit: Unit) -> None:
    nadia = await unit.people.add(1, name="Nadia", language="fr")
    omar = await unit.people.add(1, name="Omar", language="ar")
    name = await subscribe(unit, nadia, GOOD, actor=OPERATOR)
    await unsubscribe(unit, omar, GOOD, actor=OPERATOR)
    assert await browsers_of(unit, nadia) == [name], "it is not Omar's to end"
    await unsubscribe(unit, nadia, GOOD, actor=OPERATOR)
    assert await browsers_of(unit, nadia) == []
    assert await unit.subscriptions.by_name(name) is None
