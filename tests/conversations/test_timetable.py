"""A session in two sittings: planned, each with its items, held one after the other (art. 33)."""

from datetime import UTC, datetime

import pytest

from domain.bodies import Role
from domain.sessions import SessionState, SittingState
from tests.town import Talker, Town

OPENS = datetime(2026, 2, 5, 10)


@pytest.fixture
async def nadia(town: Town) -> Talker:
    return await town.resident("Nadia", seats=["council"], role=Role.COUNCIL_SECRETARIAT)


async def sittings(town: Town, session_id: int) -> list[SittingState]:
    async with town.store.reading() as unit:
        return [one.state for one in await unit.sessions.sittings(session_id)]


async def adds(nadia: Talker, session_id: int, day: str) -> str:
    await nadia.returns(f"addsitting:{session_id}")
    for said in (day, "passer"):
        await nadia.says(said)
    return await nadia.presses("Envoyer")


async def comes(nadia: Talker, day: datetime) -> None:
    town = nadia.town
    town.clock.move_to(day.replace(tzinfo=UTC))
    async with town.store.unit() as unit:
        whose = (nadia.person_id, nadia.channel, nadia.address)
        await unit.people.verify(*whose, at=town.clock.now())


async def test_an_item_comes_before_the_sitting_it_was_given(town: Town, nadia: Talker) -> None:
    session_id = await town.session(
        starts=OPENS, titles=["Budget", "Voirie"], state=SessionState.DRAFT
    )
    assert "Séance n° 2 ajoutée : jeudi 12 février" in await adds(
        nadia, session_id, "12 février 2026 à 10h"
    )
    item = await town.item(session_id, "2")
    await nadia.returns(f"point:{session_id}:{item.id}")
    await nadia.presses("Choisir sa séance")
    assert "2. Voirie · séance n° 2" in await nadia.presses("Séance n° 2")
    await town.convene(session_id)
    stranger = town.stranger()
    await stranger.returns(f"agenda:{session_id}")
    assert "Séance n° 2 : jeudi 12 février 2026" in await stranger.presses("N° 2")


async def test_sittings_are_held_one_after_the_other_and_the_session_closes_them_all(
    town: Town, nadia: Talker
) -> None:
    session_id = await town.session(starts=OPENS, titles=["Budget"])
    await adds(nadia, session_id, "12 février 2026 à 10h")
    await town.resident("Badr", seats=["council"])
    await comes(nadia, OPENS)
    await nadia.returns(f"roll:{session_id}")
    await nadia.says("1")
    await nadia.presses("Ouvrir la séance")
    await nadia.presses("Oui")
    assert "ce jour-là" in await nadia.returns(f"holdsitting:{session_id}:2")
    await comes(nadia, OPENS.replace(day=12))
    await nadia.returns(f"session:{session_id}")
    assert "Séance n° 2 ouverte" in await nadia.presses("Ouvrir la séance n° 2")
    assert await sittings(town, session_id) == [SittingState.ADJOURNED, SittingState.HELD]
    await nadia.returns(f"close:{session_id}:yes")
    assert await sittings(town, session_id) == [SittingState.ADJOURNED] * 2


async def test_one_more_sitting_is_after_the_last_and_within_the_laws_days(
    town: Town, nadia: Talker
) -> None:
    session_id = await town.session(starts=OPENS)
    assert "vient après elle" in await adds(nadia, session_id, "4 février 2026 à 10h")
    await nadia.returns("form:sitting_more:cancel")
    assert "19 février 2026" in await adds(nadia, session_id, "20 février 2026 à 10h")
    member = await town.resident("Badr", seats=["council"])
    assert "pas qualité" in await member.returns(f"addsitting:{session_id}")
