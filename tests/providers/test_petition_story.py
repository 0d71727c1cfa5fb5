"""A petition from its first word in Darija on Telegram, through Slack, to the council's vote."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from actions.agenda.moving_along import item_moved
from bot.settings import Email
from domain.actors import OPERATOR
from domain.addresses import Channel
from domain.agenda import ItemState
from domain.bodies import Role
from domain.petitions import Threshold
from domain.sessions import AgendaState, SessionState
from tests.emulators.telegram import telegram_emulator
from tests.providers.slack_town import SlackTown, buttons, slack_town, words
from tests.providers.telegram_town import TelegramTown, listening, settings_of
from tests.providers.test_petition_wire import ANSWERS

SALMA, KARIM, OMAR = 77, 78, 79  # a citizen who petitions, and two who sign
NABILA = 103  # the president
WORDS = ("كيطيحو فيه الناس.", "المجلس يصبغ الممر.", "سلمى بناني", "salma@exemple.ma", "بلا")


@dataclass(frozen=True)
class Town:
    """One commune, spoken to in two networks."""

    slack: SlackTown
    chats: TelegramTown
    session_id: int

    async def says(self, chat: int, text: str, language: str = "fr") -> str:
        return await self.chats.says(chat, text, language_code=language)

    async def presses(self, chat: int, label: str, language: str = "fr") -> str:
        """Press the latest button of a chat whose label has these words."""
        shown = [one for sent in self.chats.telegram.sent(chat) for one in sent.labels]
        whole = next(one for one in reversed(shown) if label in one)
        pressing = self.chats.telegram.press(chat, whole, language_code=language)
        told = await self.chats.after(pressing)
        return "\n".join(one.text for one in told if one.chat_id == chat)

    async def clerk_presses(self, label: str) -> str:
        last = (await self.slack.told("clerk"))[-1]
        value = next(value for name, value in buttons([last]).items() if label in name)
        await self.slack.presses("clerk", last, value)
        return words((await self.slack.told("clerk"))[-1:])

    def seen(self, chat: int) -> str:
        return "\n".join(one.text for one in self.chats.telegram.sent(chat))

    def code(self, address: str) -> str:
        """Return the code in the last letter to an address."""
        folder = self.chats.program.settings.email.folder
        files = sorted(
            (file for file in folder.rglob("*") if file.is_file()),
            key=lambda file: file.stat().st_mtime_ns,
        )
        letters = [message_from_bytes(one.read_bytes(), policy=policy.default) for one in files]
        body = [one for one in letters if one["To"] == address][-1].get_body(("plain",))
        assert body
        found = re.search(r"\b\d{6}\b", body.get_content())
        assert found
        return found[0]


@pytest.fixture
async def town(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    async with (
        telegram_emulator() as telegram,
        slack_town(
            sqlite_url, telegram=settings_of(telegram), email=Email(folder=tmp_path)
        ) as slack,
        listening(TelegramTown(slack.town, slack.program, telegram, slack.clock)) as chats,
    ):
        await slack.install()
        await chats.knows("Nabila", "council", Role.PRESIDENT, chat=NABILA)
        hind = await slack.councillor("Hind", "clerk@casablanca.test", "fr", role=Role.CLERK)
        await slack.hears("clerk", "bonjour")
        async with slack.program.store.unit() as unit:
            await unit.people.wish(hind, Channel.SLACK, is_wanted=True)
        starts = datetime.combine(
            (slack.clock.now() + timedelta(days=60)).date(), datetime.min.time().replace(hour=10)
        )
        session_id = await slack.town.session(
            starts=starts, state=SessionState.DRAFT, agenda=AgendaState.MISSING
        )
        yield Town(slack, chats, session_id)


async def petitions(town: Town) -> None:
    """Have Salma petition in Darija, and the threshold be two."""
    await town.says(SALMA, "بغيت ندير عريضة", "ar")
    await town.presses(SALMA, "مواطنين", "ar")
    for said in ("ممر الراجلين فزنقة طرفاية", *ANSWERS):
        await town.says(SALMA, said, "ar")
    await town.presses(SALMA, "صيفط", "ar")
    await town.presses(SALMA, "كتب العريضة", "ar")
    for said in WORDS:
        await town.says(SALMA, said, "ar")
    await town.presses(SALMA, "صيفط", "ar")
    assert "تنشرات" in await town.says(SALMA, town.code("salma@exemple.ma"), "ar")
    async with town.slack.program.store.unit() as unit:
        petition = await unit.petitions.called("PET-2026-1") or await unit.petitions.by_id(1)
        assert petition
        await unit.petitions.change(replace(petition, threshold=Threshold(2, "123", "other")))


async def signs(town: Town, chat: int, name: str) -> str:
    """Have somebody come by the link, sign with a code, and follow."""
    mail = f"{chat}@exemple.ma"
    await town.says(chat, "/start sign_1")
    for said in (name, "J’y habite", mail, "Oui"):
        await town.says(chat, said)
    await town.presses(chat, "Envoyer")
    done = await town.says(chat, town.code(mail))
    await town.presses(chat, "Suivre")
    return done


async def completes(town: Town) -> None:
    """Have the clerk ask for what is lacking, in Slack, and Salma bring it."""
    await town.clerk_presses("Voir la pétition")
    await town.clerk_presses("complément")
    await town.slack.hears("clerk", "Le plan de la rue.")
    await town.clerk_presses("Oui")
    assert "Le plan de la rue." in town.seen(SALMA)
    await town.presses(SALMA, "شوف العريضة", "ar")
    await town.presses(SALMA, "كمل الملف", "ar")
    await town.says(SALMA, "ها هو.", "ar")
    await town.says(SALMA, "بلا", "ar")
    await town.presses(SALMA, "صيفط", "ar")


async def agrees(town: Town) -> None:
    """Have the clerk pass it on and propose an answer, and the president agree to it."""
    await town.clerk_presses("Voir la pétition")
    await town.clerk_presses("au bureau")
    await town.clerk_presses("Oui")
    await town.clerk_presses("Recevable")
    assert "APP-1" in await town.clerk_presses("Oui")
    assert "recevable" in await town.presses(NABILA, "J’approuve")
    await town.presses(NABILA, "Oui")


async def test_a_petition_goes_from_a_citizens_phone_to_the_councils_vote(town: Town) -> None:
    await petitions(town)
    assert "1 signature sur 2" in await signs(town, KARIM, "Karim Tazi")
    assert "2 signatures sur 2" in await signs(town, OMAR, "Omar El Fassi")
    await town.presses(SALMA, "شوف العريضة", "ar")
    await town.presses(SALMA, "حط العريضة", "ar")
    await town.presses(SALMA, "إيه", "ar")
    assert "déposée" in words(await town.slack.told("clerk"))
    await completes(town)
    await agrees(town)
    for follower in (KARIM, OMAR):
        assert "session ordinaire du" in town.seen(follower)
    async with town.slack.program.store.unit() as unit:
        [item] = await unit.agenda.of(town.session_id)
        await item_moved(unit, OPERATOR, replace(item, state=ItemState.ADOPTED))
    await town.slack.program.drain()
    assert "Résultat au conseil : adopté" in town.seen(KARIM)
    assert "salma@exemple.ma" not in town.seen(KARIM)
