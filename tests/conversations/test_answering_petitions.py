"""What the bureau answers to a petition is proposed by one and agreed to by another."""

from dataclasses import replace

import pytest

from domain.bodies import Role
from domain.petitions import Petition, PetitionKind, PetitionState
from tests.town import Talker, Town


@pytest.fixture
async def mandatary(town: Town) -> Talker:
    return await town.resident("Salma")


@pytest.fixture
async def petition_id(town: Town, mandatary: Talker) -> int:
    """A petition of Salma's that the clerk has passed on to the bureau."""
    petition = Petition(
        id=0,
        ref="",
        kind=PetitionKind.CITIZENS,
        state=PetitionState.AT_BUREAU,
        body_key="council",
        subject="Un passage piéton",
        reasons="Les enfants traversent.",
        goals="Peindre un passage.",
        language="fr",
        mandatary_id=mandatary.person_id,
        created_at=town.clock.now(),
    )
    async with town.store.unit() as unit:
        return await unit.petitions.add(town.tenant_id, town.bodies["council"], petition, year=2026)


async def state_of(town: Town, petition_id: int) -> Petition:
    async with town.store.reading() as unit:
        found = await unit.petitions.by_id(petition_id)
    assert found
    return found


async def refuses(talker: Talker, petition_id: int) -> str:
    await talker.returns(f"petition:{petition_id}")
    await talker.presses("Irrecevable")
    await talker.presses("hors des pouvoirs")
    await talker.says("Cette voie relève de l’État.")
    return await talker.presses("Oui")


async def test_a_refusal_binds_when_another_of_the_bureau_has_agreed_to_its_reasons(
    town: Town, mandatary: Talker, petition_id: int
) -> None:
    clerk = await town.resident("Hind", seats=["council"], role=Role.CLERK)
    president = await town.resident("Nabila", "en", seats=["council"], role=Role.PRESIDENT)
    assert "Réponse proposée au bureau : APP-1" in await refuses(clerk, petition_id)
    assert (await state_of(town, petition_id)).state is PetitionState.AT_BUREAU
    card = president.messages()[-1]
    assert "Cette voie relève de l’État." in card.text
    assert "takes effect" in await president.returns(card.choices[0].value)
    await president.presses("Yes")
    refused = await state_of(town, petition_id)
    assert (refused.state, refused.refusal_code) == (PetitionState.INADMISSIBLE, "outside_powers")
    assert "Cette voie relève de l’État." in mandatary.messages()[-1].text
    assert "APP-1" in await clerk.says(f"historique petition:{petition_id}")


async def test_who_proposed_an_answer_does_not_agree_to_it_and_another_waits_its_turn(
    town: Town, petition_id: int
) -> None:
    president = await town.resident("Nabila", seats=["council"], role=Role.PRESIDENT)
    deputy = await town.resident("Karim", seats=["council"], role=Role.VICE_PRESIDENT)
    await refuses(president, petition_id)
    assert "Réponse proposée, APP-1" in president.offered()
    assert "attend déjà" in await deputy.returns(f"petwork:admit:{petition_id}:yes")
    async with town.store.reading() as unit:
        text = await unit.publications.by_id(1)
    assert text
    yes = f"approve:1:1:{text.mark}:yes"
    assert "Vous avez écrit ce texte" in await president.returns(yes)
    await deputy.returns(yes)
    assert (await state_of(town, petition_id)).state is PetitionState.INADMISSIBLE


async def test_an_answer_to_a_petition_that_was_withdrawn_is_not_carried_out(
    town: Town, petition_id: int
) -> None:
    clerk = await town.resident("Hind", seats=["council"], role=Role.CLERK)
    president = await town.resident("Nabila", seats=["council"], role=Role.PRESIDENT)
    await refuses(clerk, petition_id)
    async with town.store.unit() as unit:
        petition = await state_of(town, petition_id)
        await unit.petitions.change(replace(petition, state=PetitionState.WITHDRAWN))
    await president.returns(president.messages()[-1].choices[0].value)
    assert "n’attend plus la réponse" in await president.presses("Oui")
    assert (await state_of(town, petition_id)).state is PetitionState.WITHDRAWN
