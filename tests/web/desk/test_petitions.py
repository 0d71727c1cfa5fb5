"""Petitions at the desk: the queue, the review, paper, what is struck out, and the answer."""

from datetime import timedelta

import pytest

from domain.bodies import Role
from domain.petitions import Petition, PetitionState
from tests.town import Town
from tests.web.desk.conftest import At
from tests.web.public.test_petitions import kept_petition

SHEET = "1,Salma Idrissi,Anfa,salma@exemple.ma\n2,Mohammed El Idrissi\n3,Mohamed Elidrissi\n"


@pytest.fixture
async def filed(town: Town) -> Petition:
    return await kept_petition(town, PetitionState.FILED, "Un passage piéton")


async def state_of(town: Town, petition: Petition) -> PetitionState:
    async with town.store.reading() as unit:
        found = await unit.petitions.by_id(petition.id)
    assert found
    return found.state


async def test_a_petition_is_completed_once_passed_on_and_answered_with_reasons(
    town: Town, at_desk: At, filed: Petition
) -> None:
    president = await at_desk(Role.PRESIDENT)
    clerk = await at_desk(Role.CLERK)
    here = f"/desk/petitions/{filed.ref}"
    await clerk.opens("/desk/petitions")
    assert filed.subject in clerk.html
    await clerk.opens(here)
    before = clerk.value("mark")
    await clerk.sends(here, act="lacks", words="La liste.", mark=before)
    assert await state_of(town, filed) is PetitionState.TO_COMPLETE
    stale = await clerk.sends(here, act="pass", mark=before)
    assert stale.status_code == 422
    await clerk.sends(here, act="pass", mark=clerk.value("mark"))
    assert await state_of(town, filed) is PetitionState.AT_BUREAU
    unreasoned = {"act": "answer", "answer": "refuse", "code": "outside_powers", "words": " "}
    await president.opens(here)
    refused = await president.sends(here, **unreasoned, mark=president.value("mark"))
    assert refused.status_code == 422
    assert await state_of(town, filed) is PetitionState.AT_BUREAU
    reasoned = {**unreasoned, "words": "La voie relève de l’État."}
    await clerk.opens(here)
    await clerk.sends(here, **reasoned, mark=clerk.value("mark"))
    assert "APP-1" in clerk.html


async def test_paper_is_entered_looked_over_and_struck_out_with_a_reason(
    town: Town, at_desk: At
) -> None:
    petition = await kept_petition(town, PetitionState.COLLECTING, "Un passage piéton")
    clerk = await at_desk(Role.CLERK)
    here = f"/desk/petitions/{petition.ref}"
    await clerk.opens(f"{here}/signatures")
    nonce = clerk.nonce
    await clerk.sends(f"{here}/sheets", sheet="A1", lines=SHEET, nonce=nonce)
    assert "3 signatures inscrites, 0 en double" in clerk.html
    await clerk.sends(f"{here}/sheets", sheet="A1", lines=SHEET, nonce=nonce)  # pressed twice
    assert "en double" not in clerk.html
    await clerk.opens(f"{here}/signatures")
    assert "comme n° 2" in clerk.html
    wrong = await clerk.sends(f"{here}/sheets", sheet="A2", lines="1,=SUM(A1)\n")
    assert wrong.status_code == 422
    assert "=SUM(A1)" in clerk.html
    since = (town.clock.now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    fits = {"name": "moham", "of_sheet": "A1", "since": since, "reason": "une seule main"}
    await clerk.sends(f"{here}/strike", **fits)
    assert "2 signatures seraient écartées" in clerk.html
    await clerk.sends(f"{here}/strike", **fits, count="2")
    assert "2 signatures écartées" in clerk.html
    assert "1 signature valable" in clerk.html


async def test_who_neither_reviews_nor_answers_enters_not(at_desk: At, filed: Petition) -> None:
    treasurer = await at_desk(Role.RAPPORTEUR_BUDGET)
    assert (await treasurer.opens(f"/desk/petitions/{filed.ref}")).status_code == 403
