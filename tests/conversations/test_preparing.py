"""A session from its first word to its convocation, by those who prepare it and those who sit."""

from datetime import timedelta

import pytest

from domain.agenda import ItemState
from domain.bodies import Role
from domain.session_facts import SessionFact
from domain.sessions import SessionKind, SessionState
from tests.town import Talker, Town


@pytest.fixture
async def nadia(town: Town) -> Talker:
    """Keep the council's secretariat, in French."""
    return await town.resident("Nadia", seats=["council"], role=Role.COUNCIL_SECRETARIAT)


async def planned(nadia: Talker, town: Town) -> int:
    await nadia.says("créer une session ordinaire du conseil communal")
    await nadia.says("le 4 mai 2026 à 10 h")
    await nadia.says("Salle des délibérations")
    await nadia.says("oui")
    async with town.store.reading() as unit:
        return max(session.id for session in await unit.sessions.all())


async def item(nadia: Talker, title: str) -> str:
    await nadia.presses("Ajouter un")
    await nadia.says(title)
    await nadia.presses("La présidence")
    await nadia.presses("En séance publique")
    return await nadia.says("oui")


async def test_a_day_and_an_hour_that_were_said_at_once_are_not_asked_again(nadia: Talker) -> None:
    await nadia.says("créer une session ordinaire du conseil pour le 4 mai 2026 à 10h")
    await nadia.presses("Prévoir")
    asked = await nadia.presses("session ordinaire")
    assert "Ouverture : lundi 4 mai 2026 à 10:00" in asked
    assert "Où ?" in asked


async def test_a_clerk_plans_a_session_and_is_told_of_every_deadline(nadia: Talker) -> None:
    assert "Quel jour" in await nadia.says("créer une session ordinaire du conseil communal")
    await nadia.says("le 4 mai 2026 à 10 h")
    await nadia.says("Salle des délibérations")
    said = await nadia.says("oui")
    assert "14 avril 2026" in said  # the agenda to the governor, art. 38
    assert "24 avril 2026" in said  # the convocations, art. 35
    assert "hors" not in said.casefold()


async def test_a_governors_session_asks_when_he_filed_for_it(town: Town, nadia: Talker) -> None:
    await nadia.returns("plan:extraordinary_governor:council")
    assert "déposée" in nadia.sees()
    await nadia.says("le 27 janvier 2026")
    await nadia.says("le 20 février 2026 à 10 h")
    await nadia.says("passer")
    said = await nadia.says("oui")
    assert "Hors délai" in said  # held within ten days of the filing, art. 37
    async with town.store.reading() as unit:
        [session] = await unit.sessions.all()
        known = await unit.session_facts.of(session.id)
    assert session.kind is SessionKind.EXTRAORDINARY_GOVERNOR
    assert known[SessionFact.REQUEST_FILED].isoformat() == "2026-01-27"


async def test_an_agenda_is_built_sent_to_the_governor_and_convened(
    town: Town, nadia: Talker
) -> None:
    amina = await town.resident("Amina", language="ar", seats=["council"])
    session_id = await planned(nadia, town)
    await item(nadia, "Budget 2027")
    assert "n° 2" in await item(nadia, "Marchés de gros")
    await nadia.presses("toute la préparation")
    await nadia.presses("2")
    assert "1. Marchés" in await nadia.presses("Monter")
    assert "figé" in await nadia.presses("gouverneur")
    assert "Transmis" in await nadia.presses("Oui")
    await nadia.presses("toute la préparation")
    echo = await nadia.presses("Convoquer")
    assert "1 membre" in echo
    assert "24 avril" not in echo  # in time: nothing to warn of
    assert "convocations partent" in await nadia.presses("Oui")
    assert "استدعاء" in amina.messages()[-1].title
    async with town.store.reading() as unit:
        session = await unit.sessions.by_id(session_id)
    assert session
    assert session.state is SessionState.CONVENED


async def test_taking_an_item_off_wants_a_reason_and_a_yes(town: Town, nadia: Talker) -> None:
    session_id = await town.session(titles=["Budget", "Voirie"], state=SessionState.DRAFT)
    taken = await town.item(session_id, "2")
    await nadia.returns(f"point:{session_id}:{taken.id}")
    await nadia.presses("Retirer")
    assert "Motif : dossier incomplet" in await nadia.says("dossier incomplet")
    await nadia.presses("Oui")
    after = await town.item(session_id, "2")
    assert (after.state, after.withdrawn_reason) == (ItemState.WITHDRAWN, "dossier incomplet")


async def test_a_session_is_called_off_with_its_reason(town: Town, nadia: Talker) -> None:
    session_id = await town.session(titles=["Budget"])
    await nadia.returns(f"calloff:{session_id}")
    await nadia.says("Salle inondée")
    assert "Annulée" in await nadia.presses("Oui")
    async with town.store.reading() as unit:
        session = await unit.sessions.by_id(session_id)
    assert session
    assert session.cancelled_reason == "Salle inondée"


@pytest.mark.parametrize(
    "said",
    ["/due", "qu'est-ce qui est dû ?", "ما هي الآجال القانونية", "شنو خاصنا نديرو", "what is due?"],
)
async def test_what_is_due_is_told_with_its_article(town: Town, nadia: Talker, said: str) -> None:
    await town.session(state=SessionState.DRAFT)
    assert "38" in await nadia.says(said)


async def test_what_was_done_is_noted_with_a_press_and_taken_back(
    town: Town, nadia: Talker
) -> None:
    session_id = await town.session(state=SessionState.CLOSED)
    async with town.store.unit() as unit:
        day = town.clock.now().date() - timedelta(days=1)
        for fact in (SessionFact.OPENED, SessionFact.CLOSED):
            await unit.session_facts.note(session_id, fact, day)
    await nadia.says("/due")
    assert "affichées" in await nadia.presses("affichées")
    assert "retiré" in await nadia.presses("Annuler cette")


async def test_a_citizen_is_not_told_what_is_due(town: Town) -> None:
    karim = await town.resident("Karim")
    assert "secrétariat" in await karim.says("/due")


async def test_a_member_proposes_others_join_and_half_of_them_have_it_listed(
    town: Town, nadia: Talker
) -> None:
    session_id = await town.session(titles=["Budget"], state=SessionState.DRAFT)
    members = [await town.resident(f"Membre {number}", seats=["council"]) for number in range(5)]
    amina = members[0]
    await amina.says("je voudrais inscrire un point à la prochaine session")
    await amina.says("Création d’un parc à Sidi Moumen")
    await amina.says("Le quartier n’a aucun espace vert.")
    assert "P1" in await amina.says("oui")
    assert "espace vert" in nadia.messages()[-1].text
    for other in members[1:]:
        await other.returns(f"proposals:{session_id}")
        await other.presses("Je m’y joins")
    assert "d’office" in members[-1].sees()
    assert (await town.item(session_id, "2")).state is ItemState.LISTED
    assert "inscrite" in amina.messages()[-1].text


async def test_a_refusal_is_reasoned_and_its_author_told(town: Town, nadia: Talker) -> None:
    session_id = await town.session(titles=["Budget"], state=SessionState.DRAFT)
    amina = await town.resident("Amina", language="ar", seats=["council"])
    await amina.says("أقترح نقطة")
    await amina.says("إحداث حديقة")
    await amina.says("لا توجد مساحات خضراء")
    await amina.says("نعم")
    proposal = await town.item(session_id, "P1")
    await nadia.returns(f"point:{session_id}:{proposal.id}")
    await nadia.presses("Refuser")
    await nadia.says("Hors des attributions du conseil")
    await nadia.presses("Oui")
    assert "Hors des attributions" in amina.messages()[-1].text
    assert "المادة 40" in amina.messages()[-1].text.replace("\u2068", "").replace("\u2069", "")


async def test_members_see_all_of_their_sessions_at_once(town: Town, councillor: Talker) -> None:
    await town.session(titles=["Budget"])
    said = await councillor.says("tout sur mes sessions")
    assert "1 point" in said
    assert "pas encore répondu" in said
