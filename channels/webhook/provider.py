"""Notices posted to other municipal systems, signed."""

from collections.abc import Awaitable, Callable

from channels.outgoing import Outgoing
from channels.webhook.capabilities import CAPABILITIES
from channels.webhook.failures import ACCEPTED, refusal
from channels.webhook.render import render
from channels.webhook.signing import DELIVERY, KIND, SIGNATURE, signature
from domain.addresses import Channel
from domain.channel import Parcel
from domain.clock import Clock
from domain.errors import Failed, Undeliverable
from domain.webhooks import Bulletin, Webhook

Lookup = Callable[[str], Awaitable[Webhook | None]]
"""Answers the system of this name; None when it is not registered any more."""
Read = Callable[[Parcel], Awaitable[Bulletin]]
"""Answers what a delivery's notice says, in every language."""
Note = Callable[[Webhook, Failed | None], Awaitable[None]]
"""Notes that a system has failed, or, with None, that it answers again."""


class WebhookProvider:
    """Posts JSON to registered systems, and keeps count of those that do not answer."""

    channel = Channel.WEBHOOK
    capabilities = CAPABILITIES

    def __init__(
        self, outgoing: Outgoing, *, lookup: Lookup, read: Read, note: Note, clock: Clock
    ) -> None:
        self._outgoing = outgoing
        self._lookup = lookup
        self._read = read
        self._note = note
        self._clock = clock

    async def deliver(self, parcel: Parcel) -> str:
        """Post what the delivery's notice says; its own id is the reference on both sides."""
        to = await self._lookup(parcel.address)
        if to is None:
            raise Undeliverable("not_registered", is_address_dead=True)
        if not to.is_live:
            raise Undeliverable("suspended")
        try:
            await self.post(to, await self._read(parcel), parcel.delivery_id)
        except Failed as failure:
            await self._note(to, failure)
            raise
        if to.failures:
            await self._note(to, None)
        return f"webhook:{parcel.delivery_id}"

    async def post(self, to: Webhook, bulletin: Bulletin, delivery_id: int) -> None:
        """Sign and post one bulletin; raise Failed unless the system says that it has it."""
        body, now = render(bulletin, delivery_id), self._clock.now()
        headers = {
            "Content-Type": "application/json",
            DELIVERY: str(delivery_id),
            KIND: bulletin.kind,
            SIGNATURE: signature(to.secrets(now), now, body),
        }
        answer = await self._outgoing.post(to.url, headers=headers, body=body)
        if answer.status not in ACCEPTED:
            raise refusal(answer, self._clock.now())

    async def answer_for_itself(self) -> str:
        return "posts to registered systems; beffroi webhook list shows them"

    async def close(self) -> None:
        await self._outgoing.close()
