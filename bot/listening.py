"""Telegram's side of listening: where it calls us, and the menu its app shows."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import structlog

from channels.telegram.account import TelegramAccount
from domain.errors import Failed
from domain.phrasebook import LANGUAGES, phrasebook
from handlers.understanding.commands import COMMANDS
from handlers.understanding.meaning import Intent

NEXT_TRY = timedelta(seconds=30)
MENU = (
    Intent.AGENDA_QUERY,
    Intent.SESSION_NEXT,
    Intent.DOCUMENT_GET,
    Intent.REMINDER_SET,
    Intent.INBOX,
    Intent.NOTIFICATION_WHY,
    Intent.PREFS_LANGUAGE,
    Intent.LINK,
    Intent.HELP,
)

logger = structlog.get_logger()


class Introduction:
    """Tells Telegram our menu and, with a `webhook`, where to call and with which secret."""

    def __init__(
        self, token: str, *, base_url: str, webhook: tuple[str, str] | None = None
    ) -> None:
        self._account = TelegramAccount(token, base_url=base_url)
        self._webhook = webhook

    async def run(self) -> None:
        """Go on until Telegram has understood; then only wait."""
        try:
            while True:
                try:
                    await self._introduce()
                except Failed as failure:
                    logger.warning("telegram_does_not_know_us", code=failure.code)
                    await asyncio.sleep(NEXT_TRY.total_seconds())
                else:
                    await asyncio.Event().wait()
        finally:
            await self._account.close()

    async def _introduce(self) -> None:
        if self._webhook:
            url, secret = self._webhook
            await self._account.send_updates_to(url, secret)
        await self._account.publish_commands(menu())


def menu() -> Mapping[str, Mapping[str, str]]:
    """Return the commands that are offered, and what each does, by language."""
    return {
        language: {COMMANDS[intent].split()[0]: _said(intent, language) for intent in MENU}
        for language in LANGUAGES
    }


def _said(intent: Intent, language: str) -> str:
    return phrasebook().say(f"menu.{intent.value.replace('.', '_')}", language)
