from actions.people.consenting import stop
from domain.addresses import Channel
from domain.preferences import Reason
from store.connecting import Store
from tests.communes import founded


def address(person_id: int) -> str:
    return f"p{person_id}@council.ma"


async def test_what_is_dead_and_what_was_left_or_declined_are_all_told(store: Store) -> None:
    await founded(store)
    async with store.unit() as unit:
        now = unit.clock.now()
        youssef, amina, karim = [
            await unit.people.add(1, name=name, language="fr")
            for name in ("Youssef", "Amina", "Karim")
        ]
        for number in (youssef, amina, karim):
            await unit.people.verify(number, Channel.EMAIL, address(number), at=now)
        for number in (youssef, amina):
            await stop(unit, number, Channel.EMAIL)
        await unit.people.quarantine(Channel.EMAIL, [address(amina)], code="dsn_5.1.1", at=now)
        for channel in (Channel.EMAIL, Channel.SMS):
            await unit.people.wish(karim, channel, is_wanted=False)
        found = await unit.suppressions.all()
        assert await unit.suppressions.all(Channel.SMS) == []
    assert [(one.address, one.reason, one.code, one.since) for one in found] == [
        (address(youssef), Reason.OPTED_OUT, None, None),
        (address(amina), Reason.QUARANTINED, "dsn_5.1.1", now),
        (address(karim), Reason.DECLINED, None, None),
    ]
