"""The chat that a page asks for itself: a delivery's own row is the answer."""

from channels.web.capabilities import CAPABILITIES
from domain.addresses import Channel
from domain.channel import Parcel
from domain.chats import reference


class WebProvider:
    channel = Channel.WEB
    capabilities = CAPABILITIES

    async def deliver(self, parcel: Parcel) -> str:
        return reference(parcel.delivery_id)

    async def answer_for_itself(self) -> str:
        return "web chat keeps its answers in our own store"

    async def close(self) -> None:
        """There is nothing to close."""
