"""One commune, spoken to on Slack and on Telegram: both networks emulated, on their own wires."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from domain.addresses import Channel
from domain.bodies import Role
from tests.emulators.telegram import telegram_emulator
from tests.providers.slack_town import SlackTown, slack_town
from tests.providers.telegram_town import TelegramTown, listening, settings_of


@dataclass(frozen=True)
class Both:
    """One commune, spoken to in two networks."""

    slack: SlackTown
    chats: TelegramTown

    async def presses(self, chat: int, label: str, message_id: int | None = None) -> str:
        pressing = self.chats.telegram.press(chat, label, message_id=message_id, language_code="fr")
        told = await self.chats.after(pressing)
        return "\n".join(one.text for one in told if one.chat_id == chat)

    async def card(self, name: str) -> dict[str, Any]:
        return (await self.slack.told(name))[-1]

    def seen(self, chat: int) -> str:
        return "\n".join(one.text for one in self.chats.telegram.sent(chat))


@asynccontextmanager
async def two_networks(
    url: str, chats: dict[str, tuple[int, Role]], clerk: tuple[str, Role]
) -> AsyncIterator[Both]:
    """Seat people of the council at their chats on Telegram, and one on Slack, who reads Arabic."""
    async with (
        telegram_emulator() as telegram,
        slack_town(url, telegram=settings_of(telegram)) as slack,
        listening(TelegramTown(slack.town, slack.program, telegram, slack.clock)) as talks,
    ):
        await slack.install()
        for name, (chat, role) in chats.items():
            await talks.knows(name, "council", role, chat=chat)
        name, role = clerk
        there = await slack.councillor(name, "clerk@casablanca.test", "ar", role=role)
        await slack.hears("clerk", "مرحبا")
        async with slack.program.store.unit() as unit:
            await unit.people.wish(there, Channel.SLACK, is_wanted=True)
        yield Both(slack, talks)
