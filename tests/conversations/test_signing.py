"""Signing a petition: in a minute, once a hand, and nobody learns who else did."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from actions.petitions.settling import settle
from actions.petitions.signing import forget
from domain.actors import OPERATOR
from domain.addresses import Channel
from domain.petitions import Petition, PetitionKind, PetitionState, Threshold
from store.tables.petitions import signatures
from store.tables.requests import drafts
from tests.town import Talker, Town

WANTED = Threshold(2, "123", "with_arrondissements")
MAIL = "salma@exemple.ma"


@pytest.fixture
async def petition_id(town: Town) -> int:
    mandatary = await town.resident("Omar")
    async with town.store.unit() as unit:
        petition = Petition(
            0,
            "",
            PetitionKind.CITIZENS,
            PetitionState.COLLECTING,
            "council",
            "Un passage piéton",
            "On y tombe.",
            "Un passage.",
            "fr",
            mandatary.person_id,
            unit.clock.now(),
            threshold=WANTED,
        )
        return await unit.petitions.add(town.tenant_id, 1, petition, year=2026)


def code_in(town: Town, address: str) -> str:
    told = town.networks[Channel.EMAIL].told(address)[-1]
    found = re.search(r"\d{6}", told.text)
    assert found
    return found[0]


async def sign(town: Town, talker: Talker, petition_id: int, mail: str) -> str:
    await talker.returns(f"sign:{petition_id}")
    await talker.says("Salma Idrissi")
    await talker.presses("J’y habite")
    await talker.says(mail)
    await talker.presses("Oui")
    await talker.presses("Envoyer")
    return await talker.says(code_in(town, mail))


async def count(town: Town, petition_id: int) -> int:
    async with town.store.reading() as unit:
        return await unit.signatures.count(petition_id)


async def test_a_citizen_signs_with_a_code_and_the_threshold_is_reached(
    town: Town, petition_id: int
) -> None:
    citizen = town.stranger("salma")
    assert "1 signature sur 2" in await sign(town, citizen, petition_id, MAIL)
    assert "2 signatures sur 2" in await sign(
        town, town.stranger("karim"), petition_id, "karim@exemple.ma"
    )
    async with town.store.reading() as unit:
        petition = await unit.petitions.by_id(petition_id)
    assert petition
    assert petition.state is PetitionState.THRESHOLD_REACHED


async def test_a_hand_counts_once_and_only_it_learns_so(town: Town, petition_id: int) -> None:
    first = await sign(town, town.stranger("salma"), petition_id, MAIL)
    again = await sign(town, town.stranger("other"), petition_id, "salma+deux@exemple.ma")
    assert again == first
    assert await count(town, petition_id) == 1
    assert "déjà signé" in town.networks[Channel.EMAIL].told("salma+deux@exemple.ma")[-1].text


async def test_a_signature_is_taken_back_whether_there_was_one_or_not(
    town: Town, petition_id: int
) -> None:
    citizen = town.stranger("salma")
    await sign(town, citizen, petition_id, MAIL)
    said = []
    for mail in (MAIL, "nobody@exemple.ma"):
        await citizen.returns(f"unsign:{petition_id}")
        await citizen.says(mail)
        await citizen.presses("Envoyer")
        said.append(await citizen.says(code_in(town, mail)))
    assert said[0] == said[1]
    assert await count(town, petition_id) == 0


async def test_the_petition_meant_is_found_by_its_number_and_by_its_words(
    town: Town, petition_id: int
) -> None:
    citizen = town.stranger()
    for saying in ("je veux signer la pétition 2026-1", "signer la pétition sur le passage piéton"):
        assert "PET-2026-0001" in await citizen.says(saying)
        await citizen.says("annuler")
    assert petition_id == 1


@pytest.fixture
async def may_ask(town: Town) -> None:
    """Let the commune ask for national ids, by the decision of who may let it."""
    async with town.store.unit() as unit:
        await settle(unit, OPERATOR, id_authorisation="D-GC-12/2026")


@pytest.mark.usefixtures("may_ask")
async def test_where_the_commune_may_ask_one_card_signs_once_and_is_kept_nowhere(
    town: Town, petition_id: int
) -> None:
    first, other = town.stranger("salma"), town.stranger("other")
    assert "D-GC-12/2026" in await sign(town, first, petition_id, MAIL)
    assert "pas un numéro" in await first.says("je ne sais pas")
    assert "1 signature sur 2" in await first.says("bk 123456")
    await sign(town, other, petition_id, "another@exemple.ma")
    assert "1 signature sur 2" in await other.says("BK123456")
    assert "déjà signé" in town.networks[Channel.EMAIL].told("another@exemple.ma")[-1].text
    async with town.store.unit() as unit:
        kept = (await unit.connection.execute(select(signatures))).all()
        assert [row.id_ending for row in kept] == ["456", "456"]
        drafts_kept = (await unit.connection.execute(select(drafts))).all()
        assert "123456" not in f"{kept}{drafts_kept}"
        assert await forget(unit, OPERATOR, "BK 123456") == 2
        assert await unit.signatures.count(petition_id) == 1
        kept = (await unit.connection.execute(select(signatures))).all()
        assert {(row.name, row.id_ending) for row in kept} == {("", "")}


async def test_whoever_is_known_finds_the_petitions_they_signed_and_no_others(
    town: Town, petition_id: int
) -> None:
    salma = await town.resident("Salma")
    assert "aucune pétition" in await salma.says("mes pétitions")
    await sign(town, salma, petition_id, MAIL)
    async with town.store.unit() as unit:
        await unit.people.verify(salma.person_id, Channel.EMAIL, MAIL, at=town.clock.now())
    told = await salma.says("quelles pétitions j'ai signées ?")
    assert "Vous les avez signées" in told
    assert "passage piéton" in told
    assert "aucune pétition" in await (await town.resident("Nour")).says("mes pétitions")


async def test_the_petition_just_shown_is_the_one_that_is_meant(
    town: Town, petition_id: int
) -> None:
    async with town.store.unit() as unit:
        shown = await unit.petitions.by_id(petition_id)
        assert shown
        other = replace(shown, id=0, ref="", subject="Une fontaine")
        await unit.petitions.add(town.tenant_id, 1, other, year=2026)
    citizen = town.stranger()
    assert "quelle pétition" in await citizen.says("je veux signer la pétition")
    await citizen.returns(f"petition:{petition_id}")
    assert "passage piéton" in await citizen.says("je veux signer la pétition")
    await citizen.says("annuler")
    await citizen.returns(f"petition:{petition_id}")
    assert "passage piéton" in await citizen.says("où en est la pétition ?")
    await citizen.says("quelles sont les conditions d'une pétition ?")
    assert "averti ici de chaque étape" in await citizen.says("je veux la suivre")
    newcomer = town.stranger()
    assert "qui vous êtes" in await newcomer.says("mes pétitions")
    assert "Me relier" in newcomer.offered()
