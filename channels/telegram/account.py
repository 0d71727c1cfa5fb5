"""Our bot's own account at Telegram: its name, its commands, where its updates go."""

from collections.abc import Mapping
from typing import Any

from channels.telegram.failures import translated
from channels.telegram.inbound import HEARD_UPDATES
from channels.telegram.raw_bot import BASE_URL, RawBot

LANGUAGE_LETTERS = 2  # Telegram takes ISO 639-1 codes only (tdlib, validate_bot_language_code)
NAME_LENGTH = 32  # telegram.constants.BotCommandLimit
DESCRIPTION_LENGTH = 256

Commands = Mapping[str, str]  # a command without its slash, and what it does


class TelegramAccount:
    """All its methods raise domain.errors.Failed when Telegram does not do as asked."""

    def __init__(self, token: str, *, base_url: str = BASE_URL) -> None:
        self._bot = RawBot(token, base_url)

    async def username(self) -> str:
        """Return the bot's name, for deep links: `https://t.me/NAME?start=TOKEN`."""
        return str((await self._ask("getMe"))["username"])

    async def send_updates_to(self, url: str, secret: str) -> None:
        """Have updates sent to `url` (https), each with `secret` in its header."""
        await self._ask(
            "setWebhook", url=url, secret_token=secret, allowed_updates=list(HEARD_UPDATES)
        )

    async def called_at(self) -> tuple[str, str]:
        """Return where updates are sent, and Telegram's last trouble there; empty for none."""
        told = await self._ask("getWebhookInfo")
        return str(told.get("url", "")), str(told.get("last_error_message", ""))

    async def keep_updates(self) -> None:
        """Have updates kept for who asks; Telegram keeps them for a day."""
        await self._ask("deleteWebhook", drop_pending_updates=False)

    async def publish_commands(
        self, commands: Mapping[str, Commands], *, fallback: str = "fr"
    ) -> None:
        """Show each language's commands in the app's menu; `fallback` is shown to all others.

        A language without a two-letter code, such as `ary`, cannot have a menu of its own.
        """
        for language, table in commands.items():
            if len(language) == LANGUAGE_LETTERS:
                await self._ask("setMyCommands", commands=_menu(table), language_code=language)
        if fallback in commands:
            await self._ask("setMyCommands", commands=_menu(commands[fallback]))

    async def close(self) -> None:
        await self._bot.hang_up()

    async def _ask(self, method: str, **fields: Any) -> Any:
        with translated():
            return await self._bot.ask(method, **fields)


def _menu(commands: Commands) -> list[dict[str, str]]:
    return [
        {"command": name[:NAME_LENGTH], "description": description[:DESCRIPTION_LENGTH]}
        for name, description in commands.items()
    ]
