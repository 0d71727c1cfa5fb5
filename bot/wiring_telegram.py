"""Telegram's share of the wiring, opened only with a token: its library is slow to load."""

from collections.abc import Awaitable, Callable

from bot.listening import Introduction
from bot.settings import Mode, Telegram
from channels.telegram.door import TelegramDoor
from channels.telegram.polling import Hear, Poller
from channels.telegram.provider import TelegramProvider
from domain.addresses import Channel
from domain.channel import Door, Files, Provider
from domain.clock import Clock
from store.connecting import Store


def provider(telegram: Telegram, token: str, files: Files, store: Store) -> Provider:
    return TelegramProvider(
        token,
        files=files,
        base_url=telegram.base_url,
        base_file_url=telegram.base_file_url,
        migrated=_followed(store),
        username=telegram.bot,
    )


def doors(telegram: Telegram, clock: Clock) -> tuple[Door, ...]:
    if telegram.mode is Mode.WEBHOOK and telegram.secret:
        secret = telegram.secret.get_secret_value()
        return (TelegramDoor(secret, clock, username=telegram.bot),)
    return ()


def listeners(
    telegram: Telegram, token: str, clock: Clock, hear: Hear
) -> dict[str, Poller | Introduction]:
    """Return who asks Telegram what is new, or tells it where to call."""
    base_url = telegram.base_url
    if telegram.webhook_url and telegram.secret and telegram.mode is Mode.WEBHOOK:
        webhook = (telegram.webhook_url, telegram.secret.get_secret_value())
        return {"telegram": Introduction(token, base_url=base_url, webhook=webhook)}
    return {
        "telegram": Poller(token, hear, clock, base_url=base_url),
        "telegram_menu": Introduction(token, base_url=base_url),
    }


def _followed(store: Store) -> Callable[[str, str], Awaitable[None]]:
    async def follow(old: str, new: str) -> None:
        async with store.unit() as unit:
            await unit.people.rename_address(Channel.TELEGRAM, old, new)
            await unit.places.move(Channel.TELEGRAM, old, new)

    return follow
