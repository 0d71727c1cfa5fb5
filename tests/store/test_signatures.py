"""Signatures on their shelf: one hand counts once, however many come at one instant."""

import asyncio

from domain.petitions import (
    Origin,
    Petition,
    PetitionKind,
    PetitionState,
    SignatureState,
    Threshold,
)
from store.connecting import Store
from tests.communes import founded


async def petition(store: Store) -> int:
    await founded(store)
    async with store.unit() as unit:
        mandatary = await unit.people.add(1, name="Salma", language="fr")
        wanted = Petition(
            0,
            "",
            PetitionKind.CITIZENS,
            PetitionState.COLLECTING,
            "council",
            "Un passage piéton",
            "On y tombe.",
            "Un passage.",
            "fr",
            mandatary,
            unit.clock.now(),
            threshold=Threshold(400, "123", "with_arrondissements"),
        )
        return await unit.petitions.add(1, 1, wanted, year=2026)


async def sign(store: Store, petition_id: int, *keys: str) -> SignatureState:
    async with store.unit() as unit:
        added = await unit.signatures.add(
            petition_id, keys, name="Karim Tazi", origin=Origin.ONLINE
        )
        return await unit.signatures.settle(added)


async def count(store: Store, petition_id: int) -> int:
    async with store.reading() as unit:
        return await unit.signatures.count(petition_id)


async def test_petitions_are_numbered_by_year_and_kept_whole(store: Store) -> None:
    petition_id = await petition(store)
    async with store.reading() as unit:
        kept = await unit.petitions.by_id(petition_id)
        assert kept is not None
        assert kept.ref == "PET-2026-0001"
        assert kept.threshold == Threshold(400, "123", "with_arrondissements")
        assert kept == await unit.petitions.called("PET-2026-0001")


async def test_of_many_signatures_of_one_hand_at_once_one_counts(store: Store) -> None:
    petition_id = await petition(store)
    states = await asyncio.gather(
        *(sign(store, petition_id, "phone", f"mailbox-{number}") for number in range(8))
    )
    assert sorted(states).count(SignatureState.VALID) == 1
    assert await count(store, petition_id) == 1


async def test_any_one_key_tells_a_hand_and_another_hand_counts(store: Store) -> None:
    petition_id = await petition(store)
    assert await sign(store, petition_id, "phone", "mailbox") is SignatureState.VALID
    assert await sign(store, petition_id, "mailbox") is SignatureState.DUPLICATE
    assert await sign(store, petition_id, "other") is SignatureState.VALID
    assert await count(store, petition_id) == 2


async def test_who_withdraws_may_sign_again(store: Store) -> None:
    petition_id = await petition(store)
    await sign(store, petition_id, "phone")
    async with store.unit() as unit:
        (own,) = await unit.signatures.of_hand(petition_id, ["phone"])
        await unit.signatures.become([own.id], SignatureState.WITHDRAWN)
    assert await count(store, petition_id) == 0
    assert await sign(store, petition_id, "phone") is SignatureState.VALID


async def test_what_is_erased_still_counts_and_names_nobody(store: Store) -> None:
    petition_id = await petition(store)
    await sign(store, petition_id, "phone")
    async with store.unit() as unit:
        (own,) = await unit.signatures.of_hand(petition_id, ["phone"])
        await unit.signatures.erase([own.id])
        assert await unit.signatures.names(petition_id) == []
    assert await count(store, petition_id) == 1
    assert await sign(store, petition_id, "phone") is SignatureState.DUPLICATE


async def test_a_hand_finds_what_it_signed_and_no_more_what_it_took_back(store: Store) -> None:
    petition_id = await petition(store)
    await sign(store, petition_id, "phone", "mailbox")
    async with store.unit() as unit:
        [signed] = await unit.petitions.signed_by({"phone", "never seen"})
        assert signed.id == petition_id
        assert await unit.petitions.signed_by(frozenset()) == []
        [mine] = await unit.signatures.of_hand(petition_id, {"phone"})
        await unit.signatures.become([mine.id], SignatureState.WITHDRAWN)
        assert await unit.petitions.signed_by({"phone"}) == []
