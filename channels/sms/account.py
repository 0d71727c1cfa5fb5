"""Our account at Twilio: what is sent by it, and what it has sent already."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from twilio.base.exceptions import TwilioException
from twilio.rest import Client

from channels.sms.capabilities import SERVICE_SHAPE
from channels.sms.failures import translated
from channels.sms.request import ANSWERING, API, AiohttpTwilio
from domain.errors import Misconfigured

CLOCKS_APART = timedelta(minutes=5)  # how far Twilio's clock and ours may be from each other
MOST_LOOKED_AT = 100  # messages to one number, newest first
LOST = frozenset({"failed", "undelivered", "canceled"})


@dataclass(frozen=True, slots=True)
class Sent:
    """A message as Twilio's books have it."""

    ref: str
    body: str


class TwilioAccount:
    """Its methods raise domain.errors.Failed when Twilio does not do as asked."""

    def __init__(
        self,
        account: str,
        token: str,
        *,
        base_url: str = API,
        answering: timedelta = ANSWERING,
    ) -> None:
        self._name = account
        self._http = AiohttpTwilio(base_url, answering=answering)
        try:
            self._client = Client(account, token, http_client=self._http, environment={})
        except TwilioException:
            raise Misconfigured("Twilio's account and token must both be set.") from None

    async def create(self, to: str, sender: str, **fields: Any) -> str:
        """Hand a message over and return its reference.

        Letters are sent as they are written: a messaging service would replace some (Smart
        Encoding) unless it is told not to.
        """
        source = "messaging_service_sid" if SERVICE_SHAPE.fullmatch(sender) else "from_"
        with translated():
            message = await self._client.messages.create_async(
                to=to, smart_encoded=False, **{source: sender}, **fields
            )
            return _named(message.sid)

    async def sent_to(self, to: str, since: datetime) -> list[Sent]:
        """Return what was sent to an address since then and is not known to be lost."""
        earliest = since - CLOCKS_APART
        with translated():
            found = await self._client.messages.list_async(
                to=to, date_sent_after=earliest, limit=MOST_LOOKED_AT
            )
            return [
                Sent(_named(message.sid), message.body or "")
                for message in found
                if str(message.direction).startswith("outbound")
                and str(message.status) not in LOST
                and (message.date_created or earliest) >= earliest
            ]

    async def status(self) -> Mapping[str, str]:
        """Return the account's name and state."""
        with translated():
            account = await self._client.api.accounts(self._name).fetch_async()
            return {"name": str(account.friendly_name), "state": str(account.status)}

    async def close(self) -> None:
        await self._http.close()


def _named(ref: str | None) -> str:
    if not ref:
        raise ValueError("a message without a name")
    return ref
