"""What people ask of the town hall, from their first sentence to the answer they get."""

import json
from datetime import timedelta

import pytest

from actions.requests import requesting
from domain.actors import OPERATOR, Actor
from domain.addresses import Channel
from domain.bodies import Role
from domain.errors import Refused
from domain.requests import Request, RequestKind, RequestState
from tests.town import Talker, Town


async def filed(town: Town) -> list[Request]:
    async with town.store.reading() as unit:
        found: list[Request] = await unit.requests.listed(states=frozenset(RequestState))
    return found


async def writes(talker: Talker, subject: str) -> str:
    for said in ("/human", subject, "Merci de me rappeler.", "passer"):
        await talker.says(said)
    return await talker.says("oui")


async def test_a_written_question_says_which_session_takes_it(town: Town) -> None:
    amina = await town.resident("Amina", seats=["council"])
    secretary = await town.resident("Nadia", seats=["council"], role=Role.COUNCIL_SECRETARIAT)
    said = await amina.says("سؤال كتابي حول تدبير المرائب العمومية موجه إلى رئيسة المجلس")
    assert "تدبير المرائب العمومية" in said
    assert "(3/4)" in said
    await amina.says("متى تفتح؟")
    await amina.says("تجاوز")
    receipt = await amina.says("نعم")
    assert "REQ-2026-1" in receipt
    assert "المادة 46" in receipt
    [request] = await filed(town)
    assert (request.kind, request.body_key) == (RequestKind.QUESTION, "council")
    assert "REQ-2026-1" in secretary.messages()[-1].title
    assert "Amina" in secretary.messages()[-1].text


async def test_who_sits_in_two_councils_is_asked_which_one_and_what_was_said_is_kept(
    town: Town,
) -> None:
    amina = await town.resident("Amina", seats=["council", "arr:anfa"])
    assert "Quelle instance" in await amina.says("question écrite sur le parking de la gare")
    assert "Objet : " in await amina.presses("Anfa")
    await finishes(amina)
    [request] = await filed(town)
    assert request.body_key == "arr:anfa"


@pytest.mark.parametrize("words", ["/question", "/media", "/mail"])
async def test_what_is_not_theirs_to_file_is_refused_before_it_is_asked(
    town: Town, words: str
) -> None:
    citizen = await town.resident("Samir")
    assert "qualité pour" in await citizen.says(words)
    assert "/link" in await town.stranger().says(words)
    assert await filed(town) == []


async def test_an_audience_is_asked_for_with_what_was_said_at_once(town: Town) -> None:
    samir = await town.resident("Samir")
    said = await samir.says(
        "J'aimerais un rendez-vous avec Mme la présidente au sujet du marché de gros"
    )
    assert "Avec : La présidence" in said
    assert "Nom : Samir" in said
    assert "(4/5)" in said
    await samir.says("vendredi prochain")


async def test_a_journalists_question_is_due_and_a_letter_has_a_number_of_its_book(
    town: Town,
) -> None:
    writer = await town.resident("Hind", seats=["council"], role=Role.COMMUNICATION_WRITER)
    agent = await town.resident("Ali", seats=["council"], role=Role.REGISTRY_AGENT)
    await writer.says(
        "Une journaliste de 2M demande une réaction sur la collecte des déchets, réponse avant 18h"
    )
    await finishes(writer)
    await agent.says("enregistre un courrier arrivée de la Wilaya, imputé à la division urbanisme")
    await finishes(agent)
    letter, enquiry = sorted(await filed(town), key=lambda one: one.ref)
    assert (letter.ref, letter.state) == ("ARR-2026-1", RequestState.ASSIGNED)
    assert letter.assignee == "division urbanisme"
    assert enquiry.fields["outlet"] == "2M"
    assert enquiry.due_at
    assert enquiry.is_overdue(enquiry.due_at)
    assert not enquiry.is_overdue(enquiry.due_at - timedelta(minutes=1))


async def finishes(talker: Talker) -> None:
    """Answer what is still asked, skipping what may be, and send it."""
    for _ in range(6):
        if "J’envoie" in talker.sees():
            break
        is_optional = "Facultatif" in talker.sees()
        is_choice = "À qui s’adresse" in talker.sees()
        await talker.says("passer" if is_optional else "1" if is_choice else "Objet du jour")
    await talker.says("oui")


async def test_a_stranger_files_three_a_day_and_not_a_fourth(town: Town) -> None:
    stranger = town.stranger()
    for number in range(3):
        assert f"REQ-2026-{number + 1}" in await writes(stranger, f"Parc {number}")
    assert "3 demandes" in await stranger.says("/human")
    town.clock.move_by(timedelta(days=1))
    assert "(1/3)" in await stranger.says("/human")


async def test_the_answer_reaches_people_where_they_wrote(town: Town) -> None:
    stranger = town.stranger(on=Channel.SLACK)
    await writes(stranger, "Parc")
    async with town.store.unit() as unit:
        await requesting.assign(unit, OPERATOR, "REQ-2026-1", "Nadia")
        answered = await requesting.answer(unit, OPERATOR, "req-2026-1", "Il ferme à 20 h.")
    await town.carry()
    assert answered.state is RequestState.ANSWERED
    assert "REQ-2026-1 (Parc) :\nIl ferme à 20 h." in stranger.messages()[-1].text
    async with town.store.unit() as unit:
        await requesting.close(unit, OPERATOR, "REQ-2026-1")
        with pytest.raises(Refused, match="request_cannot"):
            await requesting.answer(unit, OPERATOR, "REQ-2026-1", "Encore.")


@pytest.mark.parametrize("ref", ["", "REQ", "REQ-2026", "REQ-2026-9", "REQ-x-1", "ARR-2026-1"])
async def test_a_reference_that_is_none_is_refused(town: Town, ref: str) -> None:
    async with town.store.unit() as unit:
        with pytest.raises(Refused, match=r"request\.unknown"):
            await requesting.close(unit, OPERATOR, ref)


async def test_only_the_staff_answers_requests(town: Town) -> None:
    amina = await town.resident("Amina", seats=["council"])
    await writes(amina, "Parc")
    async with town.store.unit() as unit:
        person = await unit.people.by_id(amina.person_id, on=town.clock.now().date())
        with pytest.raises(Refused, match=r"access\.not_allowed"):
            await requesting.answer(unit, Actor.of(person), "REQ-2026-1", "Oui.")


async def test_the_audit_log_names_the_request_and_quotes_nobody(town: Town) -> None:
    await writes(town.stranger(), "Parc")
    async with town.store.reading() as unit:
        entries = await unit.audit.entries()
    entry = entries[-1]
    assert (entry.act, entry.subject) == ("file_message", "request:REQ-2026-1")
    assert "Parc" not in json.dumps(dict(entry.facts))
