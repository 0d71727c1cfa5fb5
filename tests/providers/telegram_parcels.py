"""Parcels for the Telegram tests, and a provider that is closed in the end."""

import contextlib
from collections.abc import AsyncIterator
from typing import Any

from channels.telegram.provider import TelegramProvider
from domain.channel import Parcel
from domain.errors import Unreadable
from domain.messages import Attachment, Choice, Message
from tests.emulators.telegram import TOKEN

YES, NO = Choice("Je viens", "come"), Choice("Excuse", "excuse")
HELLO = Message("Séance <demain> & après", "fr", title="Convocation")
FILES = {"ab": b"%PDF agenda", "cd": b"%PDF budget"}
AGENDA = Attachment("Ordre du jour – été.pdf", "application/pdf", "ab", 11)
BUDGET = Attachment("budget.pdf", "application/pdf", "cd", 11)


async def files(sha256: str) -> bytes:
    if sha256 not in FILES:
        raise Unreadable(sha256)
    return FILES[sha256]


@contextlib.asynccontextmanager
async def telegram_at(base_url: str, **settings: Any) -> AsyncIterator[TelegramProvider]:
    provider = TelegramProvider(TOKEN, files=files, base_url=base_url, **settings)
    try:
        yield provider
    finally:
        await provider.close()


def parcel(message: Message, address: str = "7", delivery_id: int = 1) -> Parcel:
    return Parcel(delivery_id, address, message)
