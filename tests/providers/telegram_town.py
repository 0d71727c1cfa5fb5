"""A commune whose program is wired to an emulated Telegram, and listens to it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from pydantic import SecretStr

from bot.settings import Email, Settings, Telegram
from bot.wiring import Program, wired
from channels.telegram.polling import Poller
from domain.addresses import Channel
from domain.bodies import Role
from domain.clock import HandClock
from domain.messages import Event
from store.tables.people import memberships
from tests.emulators.telegram import TOKEN, USERNAME, TelegramEmulator, telegram_emulator
from tests.emulators.telegram_chats import Sent
from tests.town import HURRIED, Town

PATIENCE = 60  # seconds


@dataclass
class TelegramTown:
    """The town, its program, and the Telegram it talks to."""

    town: Town
    program: Program
    telegram: TelegramEmulator
    clock: HandClock
    heard: int = 0
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def hear(self, event: Event) -> None:
        await self.program.ways_in.hear(event)
        async with self.news:
            self.heard += 1
            self.news.notify_all()

    async def after(self, act: Awaitable[int]) -> list[Sent]:
        """Wait until what somebody did was heard and answered; return all that was told for it."""
        before, told = self.heard, len(self.telegram.everything())
        await act
        async with asyncio.timeout(PATIENCE), self.news:
            await self.news.wait_for(lambda: self.heard > before)
        await self.program.drain()
        return self.telegram.everything()[told:]

    async def says(self, chat: int, text: str, **fields: object) -> str:
        """Write in a chat, in French unless told otherwise; return what came there."""
        language = {"language_code": "fr", **fields}
        told = await self.after(self.telegram.say(chat, text, **language))  # type: ignore[arg-type]  # the Bot API's fields
        return "\n".join(one.text for one in told if one.chat_id == chat)

    async def knows(self, name: str, body: str, role: Role, *, chat: int | None = None) -> int:
        """Have somebody sit in a body; their chat, if given, is linked to them."""
        async with self.program.store.unit() as unit:
            person_id = await unit.people.add(self.town.tenant_id, name=name, language="fr")
            await unit.connection.execute(
                memberships.insert().values(
                    person_id=person_id, body_id=self.town.bodies[body], role=role
                )
            )
            if chat is not None:
                at = self.clock.now()
                await unit.people.verify(person_id, Channel.TELEGRAM, str(chat), at=at)
        return person_id


@asynccontextmanager
async def telegram_town(
    database_url: str, clock: HandClock, folder: Path
) -> AsyncIterator[TelegramTown]:
    """Build the town on the program's own wires, and listen."""
    async with telegram_emulator() as emulator:
        settings = Settings(
            database_url=SecretStr(database_url),
            email=Email(folder=folder),
            telegram=settings_of(emulator),
        )
        async with wired(settings, clock, chance=Random(7), tempo=HURRIED) as program:
            town = await Town(program, {}, clock).founded()
            async with listening(TelegramTown(town, program, emulator, clock)) as casa:
                yield casa


def settings_of(emulator: TelegramEmulator) -> Telegram:
    return Telegram(
        token=SecretStr(TOKEN),
        base_url=emulator.base_url,
        base_file_url=emulator.base_file_url,
        bot=USERNAME,
    )


@asynccontextmanager
async def listening(casa: TelegramTown) -> AsyncIterator[TelegramTown]:
    """Listen to what people do in a town's Telegram."""
    poller = Poller(TOKEN, casa.hear, casa.clock, base_url=casa.telegram.base_url)
    async with asyncio.TaskGroup() as group:
        running = group.create_task(poller.run())
        yield casa
        running.cancel()
