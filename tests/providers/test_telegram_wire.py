"""Parcels carried to an emulated Telegram over a socket."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from channels.telegram.account import TelegramAccount
from channels.telegram.menus import GROUPS, PRIVATE_CHATS
from channels.telegram.provider import TelegramProvider
from channels.telegram.request import AiohttpRequest
from domain.errors import Undeliverable, Unreachable
from domain.messages import Attachment, Message
from tests.emulators.telegram import TOKEN, USERNAME, TelegramEmulator, telegram_emulator
from tests.emulators.telegram_chats import Document
from tests.providers.telegram_parcels import AGENDA, BUDGET, HELLO, NO, YES, parcel, telegram_at

LONG = "\n\n".join(f"Article {number} <{number} & suite>" * 20 for number in range(20))


@pytest.fixture
async def emulator() -> AsyncIterator[TelegramEmulator]:
    async with telegram_emulator() as running:
        yield running


@pytest.fixture
async def telegram(emulator: TelegramEmulator) -> AsyncIterator[TelegramProvider]:
    async with telegram_at(emulator.base_url) as provider:
        yield provider


async def test_a_message_arrives_as_it_was_written(
    emulator: TelegramEmulator, telegram: TelegramProvider
) -> None:
    reference = await telegram.deliver(parcel(HELLO))
    (sent,) = emulator.sent(7)
    assert sent.text == "Convocation\n\nSéance <demain> & après"
    assert sent.html.startswith("<b>Convocation</b>")
    assert reference == f"7:{sent.message_id}"


async def test_choices_arrive_as_buttons_in_rows(
    emulator: TelegramEmulator, telegram: TelegramProvider
) -> None:
    await telegram.deliver(parcel(replace(HELLO, choices=(YES, NO))))
    (sent,) = emulator.sent(7)
    assert [(button.label, button.value) for button in sent.buttons] == [
        ("Je viens", "come"),
        ("Excuse", "excuse"),
    ]
    assert len(sent.rows) == 1


async def test_what_was_decided_is_edited_into_the_message_and_its_buttons_go(
    emulator: TelegramEmulator, telegram: TelegramProvider
) -> None:
    asked = await telegram.deliver(parcel(replace(HELLO, choices=(YES, NO))))
    edited = await telegram.deliver(parcel(Message("Vous venez.", "fr", replaces=asked)))
    (sent,) = emulator.sent(7)
    assert edited == asked
    assert (sent.text, sent.buttons, sent.is_edited) == ("Vous venez.", (), True)


async def test_an_edit_that_changes_nothing_has_succeeded(
    emulator: TelegramEmulator, telegram: TelegramProvider
) -> None:
    reference = await telegram.deliver(parcel(HELLO))
    assert await telegram.deliver(parcel(replace(HELLO, replaces=reference))) == reference
    assert len(emulator.sent(7)) == 1


@pytest.mark.parametrize("lost", ["7:999", "not ours", ""])
async def test_an_edit_that_is_refused_is_sent_anew(
    lost: str, emulator: TelegramEmulator, telegram: TelegramProvider
) -> None:
    await telegram.deliver(parcel(replace(HELLO, replaces=lost)))
    assert [sent.is_edited for sent in emulator.sent(7)] == [False]


async def test_what_is_gone_is_not_amended_and_nothing_is_sent_in_its_place(
    emulator: TelegramEmulator, telegram: TelegramProvider
) -> None:
    assert await telegram.deliver(parcel(replace(HELLO, amends="7:999"))) == "7:999"
    assert emulator.sent(7) == []


async def test_a_long_text_arrives_whole_with_the_buttons_under_its_end(
    emulator: TelegramEmulator, telegram: TelegramProvider
) -> None:
    reference = await telegram.deliver(parcel(Message(LONG, "fr", choices=(YES,))))
    sent = emulator.sent(7)
    assert "\n\n".join(message.text for message in sent) == LONG
    assert [message.labels for message in sent[:-1]] == [[]] * (len(sent) - 1)
    assert sent[-1].labels == ["Je viens"]
    assert reference == f"7:{sent[-1].message_id}"


async def test_documents_arrive_as_files_with_their_names(
    emulator: TelegramEmulator, telegram: TelegramProvider
) -> None:
    message = replace(HELLO, choices=(YES,), attachments=(AGENDA, BUDGET))
    reference = await telegram.deliver(parcel(message))
    text, *documents = emulator.sent(7)
    assert [sent.document for sent in documents] == [
        Document("Ordre du jour – été.pdf", b"%PDF agenda"),
        Document("budget.pdf", b"%PDF budget"),
    ]
    assert reference == f"7:{text.message_id}"


async def test_one_document_with_few_words_is_one_message(
    emulator: TelegramEmulator, telegram: TelegramProvider
) -> None:
    await telegram.deliver(parcel(replace(HELLO, attachments=(AGENDA,))))
    (sent,) = emulator.sent(7)
    assert sent.text == "Convocation\n\nSéance <demain> & après"
    assert sent.document


async def test_a_file_for_many_is_uploaded_once(
    emulator: TelegramEmulator, telegram: TelegramProvider
) -> None:
    async with asyncio.TaskGroup() as group:
        for chat in range(1, 31):
            message = replace(HELLO, attachments=(AGENDA,))
            group.create_task(telegram.deliver(parcel(message, str(chat), chat)))
    assert {sent.document for chat in range(1, 31) for sent in emulator.sent(chat)} == {
        Document("Ordre du jour – été.pdf", b"%PDF agenda")
    }
    assert len(emulator.assets) == 1


async def test_a_file_that_telegram_has_forgotten_is_uploaded_again(
    emulator: TelegramEmulator, telegram: TelegramProvider
) -> None:
    await telegram.deliver(parcel(replace(HELLO, attachments=(AGENDA,))))
    emulator.assets.clear()
    await telegram.deliver(parcel(replace(HELLO, attachments=(AGENDA,))))
    assert len(emulator.sent(7)) == 2


@pytest.mark.parametrize(
    ("attachment", "code"),
    [
        (replace(AGENDA, size=50 * 1024 * 1024 + 1), "file_too_big"),
        (replace(AGENDA, sha256="gone"), "file_unreadable"),
    ],
)
async def test_a_file_that_cannot_be_sent_is_undeliverable(
    attachment: Attachment, code: str, telegram: TelegramProvider
) -> None:
    with pytest.raises(Undeliverable) as failure:
        await telegram.deliver(parcel(replace(HELLO, attachments=(attachment,))))
    assert (failure.value.code, failure.value.is_address_dead) == (code, False)


async def test_the_provider_answers_for_itself(
    emulator: TelegramEmulator, telegram: TelegramProvider
) -> None:
    assert USERNAME in await telegram.answer_for_itself()
    emulator.fault("getMe", 401)
    with pytest.raises(Unreachable, match="token_refused"):
        await telegram.answer_for_itself()


async def test_what_the_app_shows_of_us_is_told_once(emulator: TelegramEmulator) -> None:
    account = TelegramAccount(TOKEN, base_url=emulator.base_url)
    assert await account.username() == USERNAME
    for _ in range(2):
        await account.show_commands({"agenda": "L’ordre du jour"}, PRIVATE_CHATS)
        await account.show_commands({"agenda": "جدول الأعمال"}, PRIVATE_CHATS, language="ar")
        await account.show_commands({"follow": "Suivre"}, GROUPS)
        await account.say_what_for({"description": "…", "short_description": "."}, language="ar")
    await account.close()
    shown = emulator.profile.commands
    assert (shown(7), shown(7, "ar")) == ({"agenda": "L’ordre du jour"}, {"agenda": "جدول الأعمال"})
    assert shown(-7, "ar") == {"follow": "Suivre"}
    changes = [method for method, _ in emulator.calls if method.startswith("setMy")]
    assert changes == [*["setMyCommands"] * 3, "setMyDescription", "setMyShortDescription"]


async def test_a_request_opens_by_itself_and_closes_twice() -> None:
    request = AiohttpRequest()
    await request.initialize()
    await request.shutdown()
    await request.shutdown()
