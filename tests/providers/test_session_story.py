"""A session on the wire: prepared by a clerk in Slack, added to by councillors in Telegram."""

from domain.agenda import ItemState
from domain.bodies import Role
from domain.session_facts import SessionFact
from domain.sessions import SessionState
from tests.providers.slack_town import SlackTown, buttons, words
from tests.providers.telegram_town import TelegramTown

NADIA, SALMA, KARIM = 51, 52, 53


async def pressed(casa: SlackTown, label: str) -> str:
    """Have the clerk press what is labelled so under what they were told last."""
    before = await casa.told("clerk")
    value = next(value for name, value in buttons(before).items() if label in name)
    await casa.presses("clerk", before[-1], value)
    return words((await casa.told("clerk"))[-1:])


async def test_a_clerk_takes_a_session_from_its_first_word_to_its_convocation(
    casa: SlackTown,
) -> None:
    await casa.councillor(
        "Salma Idrissi", "clerk@casablanca.test", "fr", role=Role.COUNCIL_SECRETARIAT
    )
    for said in (
        "créer une session ordinaire du conseil communal",
        "le 4 mai 2027 à 10 h",
        "Salle des délibérations",
    ):
        await casa.hears("clerk", said)
    assert "14 avril 2027" in await pressed(casa, "Envoyer")  # art. 38
    await pressed(casa, "Ajouter un point")
    await casa.hears("clerk", "Budget 2028")
    await pressed(casa, "La présidence")
    await pressed(casa, "En séance publique")
    assert "Budget 2028" in await pressed(casa, "Envoyer")
    await pressed(casa, "toute la préparation")
    assert "figé" in await pressed(casa, "gouverneur")
    assert "Transmis" in await pressed(casa, "Oui")
    await pressed(casa, "toute la préparation")
    assert "Aucun document" in await pressed(casa, "Convoquer")
    assert "convocations partent" in await pressed(casa, "Oui")
    async with casa.program.store.reading() as unit:
        [session] = await unit.sessions.all()
        known = await unit.session_facts.of(session.id)
    assert session.state is SessionState.CONVENED
    assert SessionFact.AGENDA_SENT in known


async def test_a_councillor_proposes_an_item_and_a_colleague_joins(chats: TelegramTown) -> None:
    session_id = await chats.town.session(titles=["الميزانية"], state=SessionState.DRAFT)
    for name, chat in (("Salma", SALMA), ("Karim", KARIM)):
        await chats.knows(name, "council", Role.MEMBER, chat=chat)
    await chats.knows("Nadia", "council", Role.COUNCIL_SECRETARIAT, chat=NADIA)
    for said in ("أقترح نقطة", "إحداث حديقة بسيدي مومن", "لا توجد مساحات خضراء"):
        await chats.says(SALMA, said)
    told = await chats.after(chats.telegram.say(SALMA, "نعم"))
    assert any("P1" in one.text and one.chat_id == SALMA for one in told)
    assert any("حديقة" in one.text and one.chat_id == NADIA for one in told)
    await chats.says(KARIM, f"/start proposals_{session_id}")
    joined = await chats.after(chats.telegram.press(KARIM, "Je m’y joins : P1"))
    assert "Vous êtes 2" in joined[-1].text
    async with chats.program.store.reading() as unit:
        [proposal] = await unit.proposals.of(session_id)
        items = await unit.agenda.of(session_id)
    assert proposal.supporters == 2
    assert items[-1].state is ItemState.PROPOSED
