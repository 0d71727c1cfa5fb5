"""Who is who on an emulated Telegram, with codes in real letters of a Maildir."""

import re
from datetime import timedelta
from email import message_from_bytes, policy

from sqlalchemy import insert

from domain.addresses import Channel
from domain.bodies import Role
from store.tables.people import addresses
from tests.providers.telegram_town import TelegramTown

CHAT, NEW_CHAT = 41, 42
EMAIL = "salma@elus.example"


def code_in_the_last_letter(chats: TelegramTown) -> str:
    letters = [file for file in chats.program.settings.email.folder.rglob("*") if file.is_file()]
    last = max(letters, key=lambda file: file.stat().st_mtime_ns)
    letter = message_from_bytes(last.read_bytes(), policy=policy.default)
    assert letter["To"] == EMAIL
    body = letter.get_body(("plain",))
    assert body
    found = re.search(r"\b\d{6}\b", body.get_content())
    assert found
    return found[0]


async def test_a_letters_code_links_a_chat_and_later_moves_a_session(chats: TelegramTown) -> None:
    person_id = await chats.knows("Salma", "council", Role.PRESIDENT, chat=CHAT)
    async with chats.program.store.unit() as unit:
        await unit.connection.execute(
            insert(addresses).values(
                person_id=person_id, channel=Channel.EMAIL, value=EMAIL, is_declared=True
            )
        )
    session_id = await chats.town.session(titles=["Voirie"])
    await chats.says(NEW_CHAT, "/link")
    assert "un code vient d’y être envoyé" in await chats.says(NEW_CHAT, EMAIL)
    told = await chats.after(chats.telegram.say(NEW_CHAT, code_in_the_last_letter(chats)))
    assert {one.chat_id for one in told} == {CHAT, NEW_CHAT}  # the older one is warned

    chats.clock.move_by(timedelta(hours=13))
    await chats.says(NEW_CHAT, "reporte la session du conseil du 5 février au 12 février à 18h")
    asked = await chats.after(chats.telegram.press(NEW_CHAT, "Oui"))
    assert "confirmez que c’est bien vous" in asked[-1].text
    await chats.says(NEW_CHAT, code_in_the_last_letter(chats))
    done = await chats.after(chats.telegram.press(NEW_CHAT, "Continuer"))
    assert any("C’est fait" in one.text for one in done)
    async with chats.program.store.reading() as unit:
        (opening,) = await unit.sessions.sittings(session_id)
    assert opening.starts.day == 12

    await chats.after(chats.telegram.press(CHAT, "Ce n’est pas moi : détacher"))
    assert "/link" in await chats.says(NEW_CHAT, "mes rappels")
