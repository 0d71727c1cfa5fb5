"""Looking for a file, and for its history, on an emulated Telegram, in French and in Arabic."""

from actions.agenda.listing import reword
from domain.actors import OPERATOR
from domain.bodies import Role
from tests.providers.telegram_town import TelegramTown

CITIZEN, CLERK = 51, 52


async def test_a_file_is_found_in_two_languages_and_its_history_read_by_its_clerk(
    chats: TelegramTown,
) -> None:
    await chats.knows("Youssef", "council", Role.CLERK, chat=CLERK)
    session_id = await chats.town.session(titles=["Éclairage", "Propreté des plages", "Propreté"])
    async with chats.program.store.unit() as unit:
        await reword(unit, session_id, "1", "Éclairage public", actor=OPERATOR)

    said = await chats.says(CITIZEN, "أين وصل ملف الإنارة العمومية؟", language_code="ar")
    assert "Éclairage public" in said
    assert "مدرجة في جدول الأعمال" in said
    told = await chats.after(chats.telegram.press(CITIZEN, "السجل"))
    assert "Éclairage public" in told[-1].text
    assert "تعديل" not in told[-1].text  # its wording is its writers' affair

    assert "Propreté des plages" in await chats.says(CLERK, "où en est le dossier de la propreté ?")
    told = await chats.after(chats.telegram.press(CLERK, "N° 3. Propreté"))
    assert "inscrit à l’ordre du jour" in told[-1].text
    said = await chats.says(CLERK, "l’historique du point 1")
    assert "Intitulé modifié (Éclairage → Éclairage public)" in said
