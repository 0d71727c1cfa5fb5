"""Letters built once for each content, kept while there is room."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from channels.email.capabilities import LETTER_BYTES
from channels.email.leaving import WaysOut
from channels.email.render import Letter, Sender, render
from domain.channel import Files, Parcel
from domain.clock import Clock
from domain.errors import Misconfigured, Unavailable, Undeliverable, Unreachable, Unreadable
from domain.messages import Message

KEPT_BYTES = 32_000_000

Key = Callable[[], Awaitable[bytes]]
"""Answers the key that our letters are sealed with."""


@dataclass(frozen=True, slots=True)
class Posted:
    """One letter to one address. `reference` is its Message-ID."""

    reference: str
    data: bytes


class Letters:
    """Where both providers of e-mail get what they carry."""

    def __init__(
        self,
        sender: Sender,
        *,
        files: Files,
        clock: Clock,
        key: Key,
        ways_out: WaysOut | None = None,
        bot_link: str | None = None,
        kept_bytes: int = KEPT_BYTES,
    ) -> None:
        _check(sender)
        self.sender = sender
        self._files = files
        self._clock = clock
        self._key = key
        self._ways_out = ways_out
        self._bot_link = bot_link
        self._kept_bytes = kept_bytes
        self._kept: OrderedDict[str, Letter] = OrderedDict()
        self._building = asyncio.Lock()

    async def posted(self, parcel: Parcel, to: str) -> Posted:
        """Return a parcel's letter to an address that channels.email.addressing let through.

        Raises Unreachable or Undeliverable as `letter` does.
        """
        letter = await self.letter(parcel)
        try:
            key = await self._key()
        except Unavailable:
            raise Unreachable("store_away") from None
        reference = letter.reference(parcel.delivery_id, key)
        more = self._ways_out.headers(parcel, key) if self._ways_out else ""
        return Posted(
            reference, letter.addressed(reference, to=to, at=self._clock.now(), more=more)
        )

    async def letter(self, parcel: Parcel) -> Letter:
        """Return the letter for a parcel, building it only the first time its content is met.

        Raises Unreachable when a file cannot be read now, Undeliverable when the letter can never
        be sent.
        """
        key = parcel.content_key
        if key is None:
            return await self._built(parcel.message)
        if key not in self._kept:
            async with self._building:
                if key not in self._kept:
                    self._keep(key, await self._built(parcel.message))
        self._kept.move_to_end(key)
        return self._kept[key]

    def _keep(self, key: str, letter: Letter) -> None:
        self._kept[key] = letter
        while len(self._kept) > 1 and self._size() > self._kept_bytes:
            self._kept.popitem(last=False)

    def _size(self) -> int:
        return sum(len(letter.shared) for letter in self._kept.values())

    async def _built(self, message: Message) -> Letter:
        if sum(attachment.size for attachment in message.attachments) > LETTER_BYTES:
            raise Undeliverable("too_large")
        try:
            files = [(one, await self._files(one.sha256)) for one in message.attachments]
            letter = await asyncio.to_thread(
                render,
                message,
                sender=self.sender,
                files=files,
                bot_link=self._bot_link,
                at=self._clock.now(),
            )
        except Unreadable:
            raise Unreachable("attachment_unreadable", is_only_here=True) from None
        except Misconfigured:
            raise Undeliverable("unknown_zone") from None
        if len(letter.shared) > LETTER_BYTES:
            raise Undeliverable("too_large")
        return letter


def _check(sender: Sender) -> None:
    for value in (sender.name, sender.address, sender.host, sender.list_id):
        if value and not value.isprintable():
            raise Misconfigured(f"The sender of e-mail has a line end or worse in it: {value!r}.")
    for value in (sender.host, sender.list_id, sender.address.rpartition("@")[2]):
        if not value or not value.isascii() or " " in value:
            raise Misconfigured(f"The sender of e-mail needs a host name in ASCII, not {value!r}.")
    if not sender.address.isascii() or sender.address.count("@") != 1 or "<" in sender.address:
        raise Misconfigured(f"The sender of e-mail is no address: {sender.address!r}.")
