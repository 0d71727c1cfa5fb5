"""What a sitting owes the minutes: votes by name, excuses judged, refused proposals told."""

from datetime import UTC, datetime

import pytest

from domain.agenda import ItemState
from domain.bodies import Role
from domain.rolls import Seat
from domain.sessions import SessionState
from domain.votes import Voice
from tests.town import Talker, Town

OPENS = datetime(2026, 2, 5, 10)
NAMES = ("Amine", "Badr", "Chama", "Driss", "Esther")


@pytest.fixture
async def secretary(town: Town) -> Talker:
    return await town.resident("Khadija", seats=["council"], role=Role.COUNCIL_SECRETARIAT)


@pytest.fixture
async def members(town: Town) -> dict[str, Talker]:
    return {
        name: await town.resident(
            name, seats=["council"], role=Role.PRESIDENT if name == "Amine" else Role.MEMBER
        )
        for name in NAMES
    }


async def opens(town: Town, secretary: Talker, session_id: int, present: str = "1-5") -> str:
    """Let it be the day, and open the session with those of the roll who are there."""
    town.clock.move_to(OPENS.replace(tzinfo=UTC))
    async with town.store.unit() as unit:
        whose = (secretary.person_id, secretary.channel, secretary.address)
        await unit.people.verify(*whose, at=town.clock.now())
    await secretary.returns(f"roll:{session_id}")
    await secretary.says(present)
    await secretary.presses("Ouvrir la séance")
    return await secretary.presses("Oui")


async def test_a_vote_by_name_keeps_who_was_for_against_and_abstained(
    town: Town, secretary: Talker, members: dict[str, Talker]
) -> None:
    session_id = await town.session(starts=OPENS, titles=["Budget"])
    await opens(town, secretary, session_id, "1-4")
    item = await town.item(session_id, "1")
    await secretary.returns(f"vote:{session_id}:{item.id}")
    assert "4. ✅ Driss — pour" in await secretary.presses("Vote nominatif")
    assert "Esther" not in secretary.sees()
    await secretary.presses("Badr")
    assert "2. ❌ Badr — contre" in secretary.sees()
    await secretary.says("٤ 4")
    assert "4. ❌ Driss" in secretary.sees()
    await secretary.says("4")
    echoed = await secretary.presses("Compter les voix")
    assert "2 pour, 1 contre, 1 abstention" in echoed
    assert "contre : Badr" in echoed
    assert "abstention : Driss" in echoed
    assert "DEL-2026-1" in await secretary.presses("majorité des voix")
    assert "n’est plus à voter" in await secretary.returns(f"byname:{session_id}:{item.id}")
    assert "n’est plus à voter" in await secretary.returns(f"vote:{session_id}:{item.id}")
    async with town.store.reading() as unit:
        [vote] = await unit.votes.of(item.id)
    told = await members["Esther"].says("qui a voté contre le point 1 ?")
    assert "contre : Badr" in told
    assert "pour : Amine, Chama" in told
    assert "contre : Badr" in await members["Esther"].says("qui a voté contre le budget ?")
    ids = {name: members[name].person_id for name in NAMES}
    assert vote.named == {
        ids["Amine"]: Voice.FOR,
        ids["Badr"]: Voice.AGAINST,
        ids["Chama"]: Voice.FOR,
        ids["Driss"]: Voice.ABSTAINED,
    }


async def test_voices_that_were_forgotten_meanwhile_are_not_counted_as_for(
    town: Town, secretary: Talker, members: dict[str, Talker]
) -> None:
    assert members
    session_id = await town.session(starts=OPENS, titles=["Budget"])
    await opens(town, secretary, session_id)
    item = await town.item(session_id, "1")
    await secretary.returns(f"byname:{session_id}:{item.id}")
    await secretary.presses("Badr")
    await secretary.says("/agenda")
    assert "Vote nominatif" in await secretary.returns(f"countup:{session_id}:{item.id}:cast")
    async with town.store.reading() as unit:
        assert await unit.votes.of(item.id) == []


async def seat(town: Town, session_id: int, person_id: int) -> Seat:
    async with town.store.reading() as unit:
        found = await unit.rolls.seats(session_id, 1, on=OPENS.date())
    return next(one for one in found if one.person_id == person_id)


async def test_the_council_judges_an_excuse_and_the_member_hears_what_it_said(
    town: Town, secretary: Talker, members: dict[str, Talker]
) -> None:
    session_id = await town.session(starts=OPENS)
    await members["Esther"].says("je m'excuse pour la séance du 5 février")
    await members["Esther"].says("Mission à Rabat")
    await members["Esther"].presses("Oui")
    await opens(town, secretary, session_id, "1-4")
    shown = await secretary.returns(f"excuses:{session_id}")
    assert "1. Esther : Mission à Rabat [à juger]" in shown
    assert "[excuse non acceptée]" in await secretary.presses("Ne pas accepter : Esther")
    assert "n’a pas accepté votre excuse" in members["Esther"].messages()[-1].text
    assert "[excuse acceptée]" in await secretary.presses("Accepter : Esther")
    assert (await seat(town, session_id, members["Esther"].person_id)).is_excuse_accepted
    assert "pas qualité" in await members["Badr"].returns(f"excuses:{session_id}")


async def test_refused_proposals_are_named_as_the_session_opens(
    town: Town, secretary: Talker, members: dict[str, Talker]
) -> None:
    session_id = await town.session(starts=OPENS, titles=["Budget"], state=SessionState.DRAFT)
    for title in ("Jardin de Sidi Moumen", "Gratuité des bus"):
        await members["Badr"].returns(f"newitem:{session_id}")
        for said in (title, "Demandé par les habitants"):
            await members["Badr"].says(said)
        await members["Badr"].presses("Envoyer")
    item = await town.item(session_id, "P1")
    await secretary.returns(f"ask:{session_id}:{item.id}:refuse")
    await secretary.says("Relève de l’arrondissement")
    await secretary.presses("Oui")
    await town.convene(session_id)
    told = await opens(town, secretary, session_id)
    assert "sans débat (art. 40)" in told
    assert "P1. « Jardin de Sidi Moumen », proposé par Badr. Motif du refus : Relève" in told
    assert "P2. « Gratuité des bus », proposé par Badr, est resté sans réponse" in told


async def test_an_item_that_the_governor_objects_to_is_not_debated(
    town: Town, secretary: Talker, members: dict[str, Talker]
) -> None:
    assert members
    session_id = await town.session(starts=OPENS, titles=["Dissolution du club"])
    item = await town.item(session_id, "1")
    await secretary.returns(f"ask:{session_id}:{item.id}:object")
    await secretary.says("Hors des attributions du conseil")
    await secretary.presses("Oui")
    await opens(town, secretary, session_id)
    for value in (
        f"moveitem:{session_id}:{item.id}:{ItemState.DEBATED}:yes",
        f"counted:{session_id}:{item.id}:5-0-0:cast",
    ):
        assert "délibérer serait nul" in await secretary.returns(value)
    assert "Hors des attributions" in await secretary.returns(f"item:{session_id}:{item.id}")
    assert {"Voter", "Mettre en délibération"}.isdisjoint(secretary.offered())
    assert "Retirer" in secretary.offered()
    await secretary.presses("Opposition levée")
    await secretary.returns(f"item:{session_id}:{item.id}")
    assert "Voter" in secretary.offered()
