"""A provider that only remembers: what a network would have carried, for tests and rehearsals."""

from collections import deque

from domain.addresses import Channel
from domain.channel import Capabilities, Parcel
from domain.errors import Failed, Undeliverable
from domain.messages import Message

EVERYTHING = Capabilities(
    text_length=1_000_000,
    buttons=True,
    edit=True,
    attachments=True,
    is_repeat_harmless=True,
)


class MemoryProvider:
    """Remembers every parcel it was handed, unrendered, and fails when it was told to."""

    def __init__(self, channel: Channel, *, capabilities: Capabilities = EVERYTHING) -> None:
        self.channel = channel
        self.capabilities = capabilities
        self.parcels: list[Parcel] = []
        self.files: dict[str, bytes] = {}
        self._failures: deque[Failed] = deque()

    def fail_next(self, error: Failed, times: int = 1) -> None:
        """Raise `error` for the next `times` parcels, after all that were scripted before."""
        self._failures.extend([error] * times)

    def told(self, address: str) -> list[Message]:
        """Return what was carried to an address, oldest first."""
        return [parcel.message for parcel in self.parcels if parcel.address == address]

    async def deliver(self, parcel: Parcel) -> str:
        """Remember the parcel and return `memory:` and its number, from 1, or what it edits."""
        if self._failures:
            raise self._failures.popleft()
        self.parcels.append(parcel)
        message = parcel.message
        return message.amends or message.replaces or f"memory:{len(self.parcels)}"

    async def fetch(self, ref: str, *, most: int) -> bytes:
        """Return what was put into `files` under this name."""
        if ref not in self.files:
            raise Undeliverable("file_gone")
        if len(self.files[ref]) > most:
            raise Undeliverable("file_too_big")
        return self.files[ref]

    async def answer_for_itself(self) -> str:
        return f"memory remembers {len(self.parcels)} parcels"

    async def close(self) -> None:
        """Keep everything: a test reads on after the end."""
