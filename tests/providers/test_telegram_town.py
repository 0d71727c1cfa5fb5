"""Conversations on an emulated Telegram: links, menus, groups, and what is no plain question."""

import asyncio
from datetime import datetime
from typing import Any

import pytest

from actions.people import linking
from domain.actors import OPERATOR
from domain.bodies import Role
from domain.sessions import SessionState
from handlers.menus import Standing, commands
from tests.emulators.telegram import TelegramEmulator
from tests.providers.telegram_town import TelegramTown

GROUP, SALMA, NADIA, STRANGER = -100500, 41, 42, 43
LATER = datetime(2026, 3, 5, 18, 0)
PHOTO = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]


def menu(emulator: TelegramEmulator, chat: int) -> dict[str, str]:
    return emulator.profile.commands(chat, "fr")


async def test_a_link_makes_somebody_known_and_their_menu_theirs(chats: TelegramTown) -> None:
    person_id = await chats.knows("Salma", "com:budget", Role.MEMBER)
    async with chats.program.store.unit() as unit:
        code = linking.normalised(await linking.offer(unit, person_id, actor=OPERATOR))
    assert "Bienvenue Salma" in await chats.says(SALMA, f"/start {code}")
    assert menu(chats.telegram, SALMA) == commands(Standing.MEMBER, "fr")
    await chats.says(SALMA, "/unlink")
    await chats.after(chats.telegram.press(SALMA, "Oui"))
    assert menu(chats.telegram, SALMA) == {}


@pytest.mark.parametrize(
    ("payload", "answer"),
    [
        ("s_1", "5 février 2026"),
        ("agenda_1", "1. Voirie"),
        ("s_999", "ne trouve pas"),
        ("s_x", "Ce lien ne mène plus nulle part"),
        ("sondage_2019", "Ce lien ne mène plus nulle part"),
        ("inbox", "qui vous êtes"),
        ("AAAA-BBBB-CCCC", "pas valable"),
    ],
)
async def test_a_deep_link_opens_what_it_names_and_an_old_one_says_so(
    chats: TelegramTown, payload: str, answer: str
) -> None:
    await chats.town.session(titles=["Voirie"])
    assert answer in await chats.says(STRANGER, f"/start {payload}")


async def test_a_commissions_group_follows_it_until_we_are_thrown_out(chats: TelegramTown) -> None:
    await chats.knows("Salma", "com:budget", Role.COMMISSION_CHAIR, chat=SALMA)
    (hello,) = await chats.after(chats.telegram.join(GROUP, by=SALMA))
    assert (hello.chat_id, len(hello.text.splitlines())) == (GROUP, 3)
    assert "Seul le bureau" in await chats.says(GROUP, "/follow com:budget", by=STRANGER)
    assert "Ce groupe suit" in await chats.says(GROUP, "/follow com:budget", by=SALMA)
    told = await news_of_a_session(chats)
    assert [one.chat_id for one in told if one.text] == [GROUP, SALMA]
    assert "Ordre du jour" in await pressed_by(chats, STRANGER, told[0].labels[0])
    await chats.after(chats.telegram.leave(GROUP))
    assert {one.chat_id for one in await news_of_a_session(chats)} == {SALMA}


async def test_a_group_that_becomes_a_supergroup_keeps_what_it_follows(
    chats: TelegramTown,
) -> None:
    await chats.knows("Salma", "com:budget", Role.COMMISSION_CHAIR, chat=SALMA)
    await chats.says(GROUP, "/follow com:budget", by=SALMA)
    chats.telegram.fault("sendMessage", 400, migrate_to_chat_id=GROUP * 10)
    assert GROUP * 10 in [one.chat_id for one in await news_of_a_session(chats)]
    assert GROUP * 10 in [one.chat_id for one in await news_of_a_session(chats)]


async def test_what_is_personal_is_a_button_away_from_the_group(chats: TelegramTown) -> None:
    await chats.knows("Nadia", "council", Role.MEMBER, chat=NADIA)
    assert "en privé" in await chats.says(GROUP, "/inbox", by=NADIA)
    told = await chats.after(chats.telegram.follow(NADIA, "Ouvrir en privé"))
    assert [one.chat_id for one in told] == [NADIA]
    assert "boîte de réception" in told[0].text


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        (
            {"sticker": {**PHOTO[0], "type": "regular", "is_animated": False, "is_video": False}},
            "Joli",
        ),
        ({"voice": {"file_id": "f", "file_unique_id": "u", "duration": 1}}, "messages vocaux"),
        ({"photo": PHOTO}, "une image"),
        ({"location": {"latitude": 33.6, "longitude": -7.6}}, "où vous êtes"),
        ({"contact": {"phone_number": "+212600000000", "first_name": "A"}}, "numéros"),
        (
            {"document": {"file_id": "f", "file_unique_id": "u", "file_size": 10_000_000}},
            "un fichier",
        ),
    ],
    ids=lambda one: next(iter(one)) if isinstance(one, dict) else "",
)
async def test_what_has_no_words_is_answered_and_no_question_is_lost(
    chats: TelegramTown, fields: dict[str, Any], answer: str
) -> None:
    (told,) = await chats.after(chats.telegram.post(STRANGER, language_code="fr", **fields))
    assert answer in told.text
    assert told.labels
    await chats.says(STRANGER, "/link")
    (told,) = await chats.after(chats.telegram.post(STRANGER, language_code="fr", **fields))
    assert "attend toujours" in told.text
    assert told.labels == ["Annuler"]


async def test_an_edit_is_a_new_question_until_anything_else_was_said(chats: TelegramTown) -> None:
    await chats.town.session(titles=["Voirie"])
    await chats.says(STRANGER, "/help")
    (told,) = await chats.after(chats.telegram.edit(STRANGER, "/agenda"))
    assert "1. Voirie" in told.text
    await chats.after(chats.telegram.press(STRANGER, told.labels[-1]))
    (told,) = await chats.after(chats.telegram.edit(STRANGER, "/help"))
    assert "le modifier n’y change rien" in told.text


async def test_neither_an_edit_nor_anothers_words_answer_what_binds(chats: TelegramTown) -> None:
    session_id = await chats.town.session()
    await chats.knows("Nadia", "council", Role.MEMBER, chat=NADIA)
    origin = {"type": "hidden_user", "sender_user_name": "A", "date": 1}
    await chats.says(NADIA, "/excuse")
    assert "quelqu’un d’autre" in await chats.says(NADIA, "grippe", forward_origin=origin)
    await chats.says(NADIA, "en mission")
    assert "quelqu’un d’autre" in await chats.says(NADIA, "oui", forward_origin=origin)
    assert "Excuse transmise" in await chats.says(NADIA, "oui")
    (told,) = await chats.after(chats.telegram.edit(NADIA, "non"))
    assert "le modifier n’y change rien" in told.text
    async with chats.program.store.reading() as unit:
        (attendance,) = await unit.attendances.of(session_id)
    assert attendance.reason == "en mission"


async def test_two_presses_at_once_are_one_answer_each_and_one_record(chats: TelegramTown) -> None:
    session_id = await chats.town.session()
    await chats.knows("Nadia", "council", Role.MEMBER, chat=NADIA)
    await chats.says(NADIA, "/come")
    await asyncio.gather(*(chats.telegram.press(NADIA, "Oui") for _ in range(2)))
    await chats.says(NADIA, "/help")
    async with chats.program.store.reading() as unit:
        assert len(await unit.attendances.of(session_id)) == 1
    assert [one.text for one in chats.telegram.sent(NADIA) if "confirmée" in one.text]


async def test_an_agenda_of_three_hundred_items_comes_by_the_page(chats: TelegramTown) -> None:
    await chats.town.session(titles=[f"Point {number} " + "é" * 300 for number in range(300)])
    told = await chats.after(chats.telegram.say(STRANGER, "/agenda", language_code="fr"))
    assert len(told) <= 2
    assert "La suite" in told[-1].labels or any(
        "suite" in label.lower() for label in told[-1].labels
    )


async def test_who_writes_too_fast_is_told_so_once_and_others_are_answered(
    chats: TelegramTown,
) -> None:
    for number in range(70):
        await chats.telegram.say(STRANGER, f"/help {number}", language_code="fr")
    assert "session" in await chats.says(NADIA, "/help")
    told = [one.text for one in chats.telegram.history(STRANGER)]
    assert (len(told), sum("plus vite" in text for text in told)) == (61, 1)


async def news_of_a_session(chats: TelegramTown) -> list[Any]:
    """Convene the budget committee; return what was told for it, by chat."""
    session_id = await chats.town.session("com:budget", starts=LATER, state=SessionState.DRAFT)
    before = len(chats.telegram.everything())
    await chats.town.convene(session_id)
    return sorted(chats.telegram.everything()[before:], key=lambda one: one.chat_id)


async def pressed_by(chats: TelegramTown, person: int, label: str) -> str:
    (told,) = await chats.after(chats.telegram.press(GROUP, label, by=person))
    assert told.chat_id == GROUP
    return told.text
