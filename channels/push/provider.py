"""Messages handed to the push services of people's browsers."""

from collections.abc import Awaitable, Callable

from channels.outgoing import Answer, Outgoing
from channels.push.capabilities import CAPABILITIES, LONGEST_TTL
from channels.push.encryption import encrypted
from channels.push.failures import ABOUT_US, ACCEPTED, GONE, refusal
from channels.push.render import render, topic, urgency, words
from channels.push.services import Services
from channels.push.vapid import Signer
from domain.addresses import Channel
from domain.channel import Parcel
from domain.clock import Clock
from domain.errors import Undeliverable
from domain.messages import Message
from domain.subscriptions import Subscription

Lookup = Callable[[str], Awaitable[Subscription | None]]
"""Answers the subscription of this name; None when it has ended."""
Forget = Callable[[str], Awaitable[None]]
"""Forgets the keys of a subscription that has ended."""

REF_LENGTH = 200


class PushProvider:
    """Encrypts for one browser and posts to its push service, whichever that is."""

    channel = Channel.PUSH
    capabilities = CAPABILITIES

    def __init__(
        self,
        signer: Signer,
        outgoing: Outgoing,
        *,
        lookup: Lookup,
        forget: Forget,
        clock: Clock,
    ) -> None:
        self._signer = signer
        self._outgoing = outgoing
        self._lookup = lookup
        self._forget = forget
        self._clock = clock
        self._services = Services(clock)

    async def deliver(self, parcel: Parcel) -> str:
        """Post a message and return where the push service keeps it."""
        to = await self._lookup(parcel.address)
        if to is None:
            raise Undeliverable("unsubscribed", is_address_dead=True)
        body = encrypted(render(parcel), to)
        headers = self._headers(parcel, to)
        with self._services.asked(to.endpoint):
            answer = await self._outgoing.post(to.endpoint, headers=headers, body=body)
            if answer.status in ACCEPTED:
                return _reference(answer, parcel)
            if answer.status in GONE:
                await self._forget(parcel.address)
            if answer.status in ABOUT_US:
                self._signer.forget(to.endpoint)
            raise refusal(answer, self._clock.now())

    def words(self, message: Message) -> str:
        return words(message)

    async def answer_for_itself(self) -> str:
        return f"signs as {self._signer.public_key}; each browser has its own push service"

    async def close(self) -> None:
        await self._outgoing.close()

    def _headers(self, parcel: Parcel, to: Subscription) -> dict[str, str]:
        return {
            "Authorization": self._signer.authorization(to.endpoint),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(self._seconds_left(parcel)),
            "Topic": topic(parcel),
            "Urgency": urgency(parcel),
        }

    def _seconds_left(self, parcel: Parcel) -> int:
        """Return for how long a message is worth keeping (RFC 8030, 5.2), in seconds."""
        longest = int(LONGEST_TTL.total_seconds())
        if parcel.expires_at is None:
            return longest
        left = (parcel.expires_at - self._clock.now()).total_seconds()
        return min(max(int(left), 0), longest)


def _reference(answer: Answer, parcel: Parcel) -> str:
    """Return the address that RFC 8030, 5 gives a message; some services give none."""
    location = answer.headers.get("Location", "")[:REF_LENGTH]
    return location if location.isprintable() and location else f"push:{parcel.delivery_id}"
