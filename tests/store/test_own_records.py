"""All that is kept of one person, on both databases: read, and forgotten."""

from datetime import timedelta

from domain.addresses import Channel
from domain.clock import HandClock
from domain.passkeys import NewKey
from store.connecting import Store
from tests.town import town_in
from tests.web.people import announced, with_email

KEY = NewKey("credential", b"public", 3)


async def test_what_was_told_is_counted_on_and_nobody_is_found_in_it(
    store: Store, clock: HandClock
) -> None:
    async with town_in(store, clock) as town:
        await town.founded()
        amina = await town.resident("Amina", seats=["council"])
        omar = await town.resident("Omar", seats=["council"])
        await with_email(town, amina.person_id, "amina@example.ma")
        await announced(town, "Travaux", "La rue est fermée.")
        async with store.unit() as unit:
            held = await unit.people.addresses(amina.person_id)
            before = await unit.own_records.of(amina.person_id, held, [])
            assert {"addresses", "deliveries", "notices"} <= before.keys()
            await unit.own_records.forget(amina.person_id, held)
            after = await unit.own_records.of(amina.person_id, [], [])
            assert len(after["deliveries"]) == len(before["deliveries"])
            assert all(one["address"].startswith("erased-") for one in after["deliveries"])
            assert [one["name"] for one in after["people"]] == ["Amina"]  # who held a seat
            assert await unit.people.addresses(omar.person_id)


async def test_a_challenge_is_answered_once_where_it_was_asked_and_soon(
    store: Store, clock: HandClock
) -> None:
    async with store.unit() as unit:
        for challenge in (b"one", b"two"):
            await unit.passkeys.ask(challenge, "here", lasts=timedelta(minutes=5))
        assert not await unit.passkeys.answer(b"one", "elsewhere")
        assert await unit.passkeys.answer(b"one", "here")
        assert not await unit.passkeys.answer(b"one", "here")
        clock.move_by(timedelta(minutes=5))
        assert not await unit.passkeys.answer(b"two", "here")


async def test_a_key_is_kept_once_and_is_its_owners(store: Store, clock: HandClock) -> None:
    async with town_in(store, clock) as town:
        await town.founded()
        amina, omar = await town.resident("Amina"), await town.resident("Omar")
        async with store.unit() as unit:
            assert await unit.passkeys.add(amina.person_id, KEY, name="Téléphone")
            assert not await unit.passkeys.add(omar.person_id, KEY, name="Téléphone")
            found = await unit.passkeys.by_credential(KEY.credential)
            assert found
            assert (found.person_id, found.public_key, found.uses) == (
                amina.person_id,
                b"public",
                3,
            )
            await unit.passkeys.use(found, uses=4)
            (kept,) = await unit.passkeys.of_person(amina.person_id)
            assert (kept.uses, kept.used_at) == (4, clock.now())
            assert not await unit.passkeys.remove(omar.person_id, found.id)
            assert await unit.passkeys.remove(amina.person_id, found.id)


async def test_one_address_is_declared(store: Store, clock: HandClock) -> None:
    async with town_in(store, clock) as town:
        await town.founded()
        amina = await town.resident("Amina")
        for name in ("one", "two"):
            await with_email(town, amina.person_id, f"{name}@example.ma")
        async with store.unit() as unit:
            for name in ("one", "two"):
                held = await unit.people.addresses(amina.person_id)
                await unit.people.declare(next(one for one in held if one.value[:3] == name))
            held = await unit.people.addresses(amina.person_id)
            declared = [(one.channel, one.value) for one in held if one.is_declared]
            assert declared == [(Channel.EMAIL, "two@example.ma")]
