"""Telegram's side of listening: where it calls us, and what its app shows of us."""

import asyncio
from datetime import timedelta

import structlog

from channels.telegram.account import TelegramAccount
from channels.telegram.menus import EVERYWHERE, GROUPS, PRIVATE_CHATS
from domain.errors import Failed
from domain.phrasebook import ELSEWHERE, LANGUAGES, phrasebook
from handlers.menus import Standing, commands

NEXT_TRY = timedelta(seconds=30)
SCOPES = {
    Standing.STRANGER: (EVERYWHERE, PRIVATE_CHATS),
    Standing.GROUP: (GROUPS,),
}
# A language without a two-letter code, such as `ary`, cannot have a menu of its own at Telegram.
TONGUES = (*((language, language) for language in LANGUAGES), (None, ELSEWHERE))

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
        for spoken, language in TONGUES:
            for standing, scopes in SCOPES.items():
                shown = commands(standing, language)
                for scope in scopes:
                    await self._account.show_commands(shown, scope, language=spoken)
            await self._account.say_what_for(what_for(language), language=spoken)


def what_for(language: str) -> dict[str, str]:
    """Return what the bot is for, in full and in short, by Telegram's names of the two."""
    say = phrasebook().say
    return {
        "description": say("start.description", language),
        "short_description": say("start.about", language),
    }
