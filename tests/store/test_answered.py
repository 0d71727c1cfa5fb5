"""When somebody was last answered, hence had just spoken."""

from datetime import timedelta

import pytest

from domain.addresses import Channel
from domain.clock import HandClock
from domain.messages import Message
from store.connecting import Store
from tests.scheduler.town import commune

AMINA = "+212661000001"
SALAM = Message("Salam", "ar")


@pytest.mark.parametrize("channel", [Channel.WHATSAPP, Channel.SMS])
async def test_an_answer_tells_when_somebody_spoke_on_a_channel(
    store: Store, clock: HandClock, channel: Channel
) -> None:
    tenant_id = await commune(store)
    async with store.unit() as unit:
        person_id = await unit.people.add(tenant_id, name="Amina", language="ar")
        await unit.people.verify(person_id, Channel.WHATSAPP, AMINA, at=clock.now())
        assert await unit.deliveries.answered_at(Channel.WHATSAPP, AMINA) is None
        await unit.outbox.put(channel, AMINA, [SALAM], person_id=person_id)
    clock.move_by(timedelta(hours=1))
    async with store.reading() as unit:
        spoke_at = await unit.deliveries.answered_at(Channel.WHATSAPP, AMINA)
    spoke_here = channel is Channel.WHATSAPP
    assert spoke_at == (clock.now() - timedelta(hours=1) if spoke_here else None)
