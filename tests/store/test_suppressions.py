from actions.consenting import stop
from domain.addresses import Channel
from domain.preferences import Reason
from store.connecting import Store
from tests.communes import founded


async def test_what_is_dead_and_what_was_left_or_declined_are_all_told(store: Store) -> None:
    await founded(store)
    async with store.unit() as unit:
        now = unit.clock.now()
        for name in ("Youssef", "Amina", "Karim"):
            value = f"{name.lower()}@council.ma"
            person_id = await unit.people.add(1, name=name, language="fr")
            await unit.people.verify(person_id, Channel.EMAIL, value, at=now)
            if name != "Karim":
                await stop(unit, person_id, Channel.EMAIL)
        await unit.people.quarantine(Channel.EMAIL, ["amina@council.ma"], code="dsn_5.1.1", at=now)
        await unit.people.wish(person_id, Channel.EMAIL, is_wanted=False)
        await unit.people.wish(person_id, Channel.SMS, is_wanted=False)
        found = await unit.suppressions.all()
        assert await unit.suppressions.all(Channel.SMS) == []
    assert [(one.address, one.reason, one.code, one.since) for one in found] == [
        ("youssef@council.ma", Reason.OPTED_OUT, None, None),
        ("amina@council.ma", Reason.QUARANTINED, "dsn_5.1.1", now),
        ("karim@council.ma", Reason.DECLINED, None, None),
    ]
