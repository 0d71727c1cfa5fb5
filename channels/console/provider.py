"""Messages written to a terminal, or to whatever stands for one."""

from typing import TextIO

from channels.console.capabilities import CAPABILITIES
from channels.console.render import render
from domain.addresses import Channel
from domain.channel import Parcel
from domain.errors import Unreachable


class ConsoleProvider:
    channel = Channel.CONSOLE
    capabilities = CAPABILITIES

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    async def deliver(self, parcel: Parcel) -> str:
        """Write the message and an empty line, and return `console:` and the delivery's id."""
        try:
            self._stream.write(_writable(render(parcel.message), self._stream) + "\n\n")
            self._stream.flush()
        except (OSError, ValueError):  # ValueError: the stream was closed
            raise Unreachable("console_closed") from None
        return f"console:{parcel.delivery_id}"

    async def answer_for_itself(self) -> str:
        if self._stream.closed:
            raise Unreachable("console_closed")
        return "console is open"

    async def close(self) -> None:
        """Leave the stream to whoever gave it."""


def _writable(text: str, stream: TextIO) -> str:
    """Return `text` with what the stream's encoding lacks replaced by question marks."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)
