"""Petitions on pages: read by everybody, signed with a code, presented with the pre-check first."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from actions.petitions.settling import settle
from domain.actors import OPERATOR
from domain.addresses import Channel
from domain.agenda import ItemSource
from domain.petitions import Petition, PetitionKind, PetitionState, Threshold
from tests.town import Town
from tests.web.people import Browser, with_email

SALMA = "salma@exemple.ma"
SIGNED = {"name": "Salma Idrissi", "tie": "lives", "contact": SALMA, "news": "yes"}
CHECKS = {
    "subject": "Un passage piéton rue Tarfaya",
    "is_communal": "yes",
    "touches_constants": "no",
    "is_before_a_court": "no",
    "is_about_security": "no",
    "lives_or_works_here": "yes",
    "may_register_to_vote": "yes",
    "has_direct_interest": "yes",
}
WORDS = {
    "subject": CHECKS["subject"],
    "reasons": "On y tombe.",
    "goals": "Peindre un passage.",
    "name": "Salma Idrissi",
    "contact": SALMA,
}


async def kept_petition(town: Town, state: PetitionState, subject: str) -> Petition:
    async with town.store.unit() as unit:
        mandatary = await unit.people.add(town.tenant_id, name="Omar", language="fr")
        petition = Petition(
            0,
            "",
            PetitionKind.CITIZENS,
            state,
            "council",
            subject,
            "On y tombe.",
            "Un passage.",
            "fr",
            mandatary,
            unit.clock.now(),
            threshold=Threshold(2, "123", "other"),
            closes_at=unit.clock.now() + timedelta(days=90),
        )
        added = await unit.petitions.add(town.tenant_id, 1, petition, year=2026)
        found = await unit.petitions.by_id(added)
    assert found
    return found


@pytest.fixture
async def petition(town: Town) -> Petition:
    return await kept_petition(town, PetitionState.COLLECTING, "Un passage piéton")


async def sends_parts(browser: Browser, path: str, filled: dict[str, str]) -> str:
    """Send a form that may bring a file."""
    parts = {name: (None, value) for name, value in {"seal": browser.seal, **filled}.items()}
    browser.shown = await browser.client.post(path, files=parts, headers={"Accept": "text/html"})
    return browser.html


async def signs(citizen: Browser, petition: Petition, mail: str = SALMA, **more: str) -> str:
    await citizen.opens(f"/petitions/{petition.ref}/sign")
    await citizen.sends(f"/petitions/{petition.ref}/sign", **{**SIGNED, "contact": mail})
    path = f"/petitions/{petition.ref}/sign/code"
    await citizen.sends(path, code=await citizen.code(mail), **more)
    return citizen.html


async def count(town: Town, petition: Petition) -> int:
    async with town.store.reading() as unit:
        return await unit.signatures.count(petition.id)


async def test_everybody_reads_what_is_asked_and_nobody_who_signed(
    town: Town, citizen: Browser, petition: Petition
) -> None:
    held = await kept_petition(town, PetitionState.HELD, "Le maire est un salaud")
    await signs(citizen, petition)
    await citizen.opens("/petitions")
    assert "1 signature valable sur 2" in citizen.html
    assert held.subject not in citizen.html
    await citizen.opens(f"/petitions/{petition.ref}")
    assert "On y tombe." in citizen.html
    assert "Salma" not in citizen.html
    assert (await citizen.opens(f"/petitions/{held.ref}")).status_code == 404
    assert (await citizen.opens("/petitions/PET-2026-9999")).status_code == 404
    square = await citizen.client.get(f"/petitions/{petition.ref}/square.png")
    assert square.content.startswith(b"\x89PNG")


async def test_a_citizen_signs_with_a_code_hears_of_it_and_takes_it_back_by_the_link(
    town: Town, citizen: Browser, petition: Petition
) -> None:
    said = await signs(citizen, petition)
    assert "Votre signature compte une fois" in said
    assert await count(town, petition) == 1
    await town.carry()
    letter = town.networks[Channel.EMAIL].told(SALMA)[-1].text
    link = re.search(rf"/petitions/{petition.ref}/signature/[\w.-]+", letter)
    assert link
    async with town.store.reading() as unit:
        [person] = await unit.people.with_address(SALMA)
        assert petition.topic in (await unit.preferences.of(person)).now.followed
    await citizen.opens(link[0])
    assert await count(town, petition) == 1  # a scanner of mail opens links as well
    for _ in range(2):  # pressed twice, it says the same
        await citizen.opens(link[0])
        await citizen.sends(link[0])
        assert "Votre signature est retirée" in citizen.html
        assert await count(town, petition) == 0


async def test_a_code_that_is_sent_twice_says_that_it_was_heard(
    town: Town, citizen: Browser, petition: Petition
) -> None:
    await signs(citizen, petition)
    path = f"/petitions/{petition.ref}"
    for again in (f"{path}/sign/code", f"{path}/unsign/code", "/petitions/new/citizens/code"):
        await citizen.opens(f"{path}/sign")
        await citizen.sends(again, code="123456")
        assert "Si vous veniez de confirmer, c’est enregistré" in citizen.html, again
    assert await count(town, petition) == 1


async def test_a_poster_s_link_says_that_signing_is_over_and_leads_to_the_petition(
    town: Town, citizen: Browser
) -> None:
    over = await kept_petition(town, PetitionState.AT_BUREAU, "Un banc")
    for page in ("sign", "sign/code", "poster", "unsign"):
        await citizen.opens(f"/petitions/{over.ref}/{page}")
        assert f"Les signatures de {over.ref} sont closes" in citizen.html, page
    await citizen.opens(f"/petitions/{over.ref}/sign")
    assert f'href="/petitions/{over.ref}"' in citizen.html


async def test_a_link_that_is_torn_leads_to_taking_back_by_the_contact(
    citizen: Browser, petition: Petition
) -> None:
    path = f"/petitions/{petition.ref}"
    await citizen.opens(f"{path}/signature/torn")
    answer = await citizen.sends(f"{path}/signature/torn")
    assert answer.status_code == 404
    assert f'href="{path}/unsign"' in citizen.html


async def test_an_item_leads_to_the_petition_it_comes_from(
    town: Town, citizen: Browser, petition: Petition
) -> None:
    session_id = await town.session(titles=["Un passage piéton"])
    item = await town.item(session_id, "1")
    await town.change_item(replace(item, source=ItemSource.PETITION, reference=petition.ref))
    await citizen.opens(f"/items/{item.id}")
    assert f'href="/petitions/{petition.ref}"' in citizen.html


async def test_a_lost_link_is_no_hindrance_to_taking_a_signature_back(
    town: Town, citizen: Browser, petition: Petition
) -> None:
    await signs(citizen, petition)
    path = f"/petitions/{petition.ref}/unsign"
    said = []
    for mail in (SALMA, "nobody@exemple.ma"):
        await citizen.opens(path)
        await citizen.sends(path, contact=mail)
        await citizen.sends(f"{path}/code", code=await citizen.code(mail))
        said.append("Si une signature portait ce contact" in citizen.html)
    assert said == [True, True]
    assert await count(town, petition) == 0


async def test_a_second_signature_of_one_hand_is_answered_alike_and_counts_once(
    town: Town, citizen: Browser, petition: Petition
) -> None:
    first = await signs(citizen, petition)
    again = await signs(citizen, petition, "salma+deux@exemple.ma")
    assert re.sub(r"[\w-]{20,}", "…", first) == re.sub(r"[\w-]{20,}", "…", again)
    assert await count(town, petition) == 1


async def test_what_is_wrong_is_said_beside_its_question_and_a_wrong_code_signs_nothing(
    town: Town, citizen: Browser, petition: Petition
) -> None:
    path = f"/petitions/{petition.ref}/sign"
    await citizen.opens(path)
    shown = await citizen.sends(path, **{**SIGNED, "name": "http://win.ma", "contact": SALMA})
    assert shown.status_code == 422
    assert SALMA in citizen.html
    await citizen.sends(path, **SIGNED)
    right = await citizen.code(SALMA)
    wrong = "000000" if right != "000000" else "111111"
    assert (await citizen.sends(f"{path}/code", code=wrong)).status_code == 422
    assert await count(town, petition) == 0


async def test_where_the_commune_may_ask_the_id_is_asked_with_the_code(
    town: Town, citizen: Browser, petition: Petition
) -> None:
    async with town.store.unit() as unit:
        await settle(unit, OPERATOR, id_authorisation="D-GC-12/2026")
    await citizen.opens(f"/petitions/{petition.ref}/sign")
    await citizen.sends(f"/petitions/{petition.ref}/sign", **SIGNED)
    assert "D-GC-12/2026" in citizen.html
    path, code = f"/petitions/{petition.ref}/sign/code", await citizen.code(SALMA)
    assert (await citizen.sends(path, code=code, national_id="?")).status_code == 422
    await citizen.sends(path, code=code, national_id="BK 123456")
    assert await count(town, petition) == 1


async def test_a_petition_is_checked_written_proved_and_published(citizen: Browser) -> None:
    await citizen.opens("/petitions/new")
    assert "400 signatures" in citizen.html
    await citizen.opens("/petitions/new/citizens")
    stopped = await citizen.sends(
        "/petitions/new/citizens", **{**CHECKS, "touches_constants": "yes"}
    )
    assert stopped.status_code == 422
    assert "art. 121" in citizen.html
    await citizen.sends("/petitions/new/citizens", **CHECKS)
    assert CHECKS["subject"] in citizen.html
    await sends_parts(citizen, "/petitions/new/citizens/text", {**WORDS, "reasons": ""})
    assert "Peindre un passage." in citizen.html
    await sends_parts(citizen, "/petitions/new/citizens/text", WORDS)
    await citizen.sends("/petitions/new/citizens/code", code=await citizen.code(SALMA))
    assert "les signatures sont ouvertes" in citizen.html
    assert "PET-2026-0001" in citizen.html
    await citizen.sends("/petitions/PET-2026-0001/end")
    assert "retirée" in citizen.html


async def test_only_its_mandatary_ends_completes_and_has_the_receipt(
    town: Town, citizen: Browser, petition: Petition
) -> None:
    karim = await town.resident("Karim")
    await with_email(town, karim.person_id, "karim@example.ma")
    await citizen.signs_in("karim@example.ma")
    await citizen.opens(f"/petitions/{petition.ref}")
    assert f"/petitions/{petition.ref}/end" not in citizen.html
    assert (await citizen.sends(f"/petitions/{petition.ref}/end")).status_code == 403
    await citizen.opens(f"/petitions/{petition.ref}")
    path = f"/petitions/{petition.ref}"
    await citizen.sends("/follow", topic=petition.topic, wanted="yes", back=path)
    assert "Ne plus suivre" in citizen.html
    assert (await citizen.opens(f"/petitions/{petition.ref}/receipt.pdf")).status_code == 403
