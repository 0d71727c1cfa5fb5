"""The mailbox that is already full: a delivery's own row is the letter."""

from channels.inbox.capabilities import CAPABILITIES
from domain.addresses import Channel
from domain.channel import Parcel


class InboxProvider:
    channel = Channel.INBOX
    capabilities = CAPABILITIES

    async def deliver(self, parcel: Parcel) -> str:
        return f"inbox:{parcel.delivery_id}"

    async def answer_for_itself(self) -> str:
        return "inbox keeps its letters in our own store"

    async def close(self) -> None:
        """There is nothing to close."""
