"""STOP and START, where a network knows them as such."""

import pytest

from domain.addresses import Channel
from domain.messages import Heard, Incoming
from tests.town import Town


async def does(town: Town, address: str, kind: Heard, *, is_answered: bool = False) -> list[str]:
    """Do something on Telegram, and return what is answered."""
    network = town.networks[Channel.TELEGRAM]
    before = len(network.told(address))
    incoming = Incoming(
        Channel.TELEGRAM,
        address,
        town.update_ref(),
        kind,
        town.clock.now(),
        is_answered=is_answered,
    )
    await town.engine.hear(incoming)
    await town.carry()
    return [message.text for message in network.told(address)[before:]]


@pytest.mark.parametrize(("seats", "owed"), [(["council"], True), ([], False)])
async def test_a_stop_says_what_the_law_still_owes_to_a_member(
    town: Town, seats: list[str], *, owed: bool
) -> None:
    amina = await town.resident("Amina", seats=seats)
    [answer] = await does(town, amina.address, Heard.STOP)
    assert ("convocations que la loi impose" in answer) is owed
    assert "START" in answer


async def test_a_stop_binds_and_a_start_frees_whether_answered_or_not(town: Town) -> None:
    amina = await town.resident("Amina")

    async def has_stopped() -> bool:
        async with town.store.unit() as unit:
            preferences = await unit.preferences.of(amina.person_id)
        return preferences.now.has_stopped(Channel.TELEGRAM)

    assert await does(town, amina.address, Heard.STOP, is_answered=True) == []
    assert await has_stopped()
    assert "STOP" in (await does(town, amina.address, Heard.START))[0]
    assert not await has_stopped()


async def test_a_stranger_is_answered_too(town: Town) -> None:
    assert len(await does(town, "somebody", Heard.STOP)) == 1
