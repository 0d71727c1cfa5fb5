"""Petitions at the desk: the queue, the review, paper, what is struck out, and the answer."""

from datetime import timedelta

import pytest

from domain.bodies import Role
from domain.files import Kept
from domain.petitions import Petition, PetitionState
from tests.town import Town
from tests.web.desk.conftest import At
from tests.web.people import Browser
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


async def test_a_paper_of_a_petition_is_read_by_whoever_answers_it_and_by_nobody_else(
    town: Town, at_desk: At, reader: Browser, filed: Petition
) -> None:
    clerk = await at_desk(Role.CLERK)
    async with town.store.unit() as unit:
        sha256 = await unit.documents.keep(b"%PDF-1.7")
        await unit.petitions.hold(
            filed.id, Kept(sha256, 8, "application/pdf", "Liste d’attache.pdf")
        )
    await clerk.opens(f"/desk/petitions/{filed.ref}")
    path = f"/desk/petitions/{filed.ref}/papers/{sha256}"
    assert f'href="{path}"' in clerk.html
    paper = await clerk.opens(path)
    assert (paper.content, paper.headers["content-type"]) == (b"%PDF-1.7", "application/pdf")
    assert paper.headers["content-disposition"].startswith("attachment")
    for nowhere in (
        f"/desk/petitions/{filed.ref}/papers/{'0' * 64}",
        f"/desk/petitions/PET-2026-9999/papers/{sha256}",
    ):
        assert (await clerk.opens(nowhere)).status_code == 404
    assert (await reader.opens(path)).status_code == 404


@pytest.mark.parametrize(
    ("state", "drawer"),
    [
        (PetitionState.AT_BUREAU, "waiting"),
        (PetitionState.COLLECTING, "signing"),
        (PetitionState.DEBATED, "followed"),
        (PetitionState.INADMISSIBLE, "over"),
    ],
)
async def test_a_petition_is_found_at_the_desk_at_every_stage(
    town: Town, at_desk: At, state: PetitionState, drawer: str
) -> None:
    petition = await kept_petition(town, state, "Un passage piéton")
    clerk = await at_desk(Role.CLERK)
    for shown in ("waiting", "signing", "followed", "over"):
        await clerk.opens(f"/desk/petitions?show={shown}")
        assert (petition.ref in clerk.html) == (shown == drawer)
