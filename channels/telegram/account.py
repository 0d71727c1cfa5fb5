"""Our bot's own account at Telegram: its name, its commands, where its updates go."""

from collections.abc import Mapping
from typing import Any

from channels.telegram.failures import translated
from channels.telegram.inbound import HEARD_UPDATES
from channels.telegram.menus import Commands, Scope, menu
from channels.telegram.raw_bot import BASE_URL, RawBot


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

    async def show_commands(
        self, commands: Commands, scope: Scope, *, language: str | None = None
    ) -> None:
        """Show these commands in the app's menu, unless they stand there already.

        `language`: only to those whose app speaks it; None is for all who have none of their own.
        """
        listed, where = menu(commands.items()), {"scope": dict(scope), **_in(language)}
        if await self._ask("getMyCommands", **where) != listed:
            await self._ask("setMyCommands", commands=listed, **where)

    async def say_what_for(self, texts: Mapping[str, str], *, language: str | None = None) -> None:
        """Say what the bot is for: to who opens its talk, and in short on its profile."""
        for name, text in texts.items():
            kind = name.title().replace("_", "")
            if (await self._ask(f"getMy{kind}", **_in(language))).get(name) != text:
                await self._ask(f"setMy{kind}", **{name: text}, **_in(language))

    async def close(self) -> None:
        await self._bot.hang_up()

    async def _ask(self, method: str, **fields: Any) -> Any:
        with translated():
            return await self._bot.ask(method, **fields)


def _in(language: str | None) -> dict[str, str]:
    return {"language_code": language} if language else {}
