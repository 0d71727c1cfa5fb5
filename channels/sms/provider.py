"""Twilio as the carrier of parcels: to telephones by SMS, and to WhatsApp."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from channels.sms.account import Sent, TwilioAccount
from channels.sms.capabilities import NAME_SHAPE, OPEN_WINDOW, sms, whatsapp
from channels.sms.render import Manner, is_one, is_short, page, template_variables, text
from channels.sms.segments import segments
from domain.addresses import Channel
from domain.channel import Parcel
from domain.clock import Clock
from domain.errors import Undeliverable
from domain.messages import Message
from domain.paging import Page

WHATSAPP = "whatsapp:"
LONGEST_VALIDITY = timedelta(hours=10)  # Twilio, "ValidityPeriod": 36000 seconds
ANSWER_PARAMETER = "delivery"

Templates = Mapping[tuple[str, str], str]
"""The ContentSid of the template for a kind of notice and a language."""

LastHeard = Callable[[Channel, str], Awaitable[datetime | None]]


class SmsProvider:
    """Carries parcels to telephones; a provider's reference is Twilio's SID.

    `callback` is where Twilio tells what became of a message; None where it cannot reach us.
    """

    channel = Channel.SMS

    def __init__(
        self,
        account: TwilioAccount,
        sender: str,
        *,
        clock: Clock,
        callback: str | None = None,
        is_plain: bool = False,
    ) -> None:
        self.capabilities = sms(sender)
        self._account = account
        self._sender = sender
        self._clock = clock
        self._callback = callback
        # Nobody can answer a name.
        is_name = NAME_SHAPE.fullmatch(sender) is not None
        self._manner = Manner(is_answerable=not is_name, is_plain=is_plain)

    async def deliver(self, parcel: Parcel) -> str:
        validity = _validity(parcel, self._clock.now())
        return await self._account.create(
            parcel.address,
            self._sender,
            body=self.words(parcel.message),
            **validity,
            **_told_at(self._callback, parcel),
        )

    async def trace(self, parcel: Parcel) -> str | None:
        """Return the SID of this parcel's text, if it went to this number since it was put."""
        sent = await _sent(self._account, parcel.address, parcel)
        body = self.words(parcel.message).strip()
        return next((one.ref for one in sent if one.body.strip() == body), None)

    def page(self, message: Message) -> Page:
        return page(message, self._manner, is_short)

    def parts(self, message: Message) -> int:
        """Return how many SMS a message takes: its first page, where one can ask for the next."""
        return segments(self.words(message))

    async def answer_for_itself(self) -> str:
        return await _standing(self._account)

    async def close(self) -> None:
        await self._account.close()

    def words(self, message: Message) -> str:
        return text(self.page(message).shown, self._manner)


class WhatsAppProvider:
    """Carries parcels to WhatsApp: as free text while a talk is open, else by a template.

    `last_heard` tells when somebody last wrote to us from an address.
    """

    channel = Channel.WHATSAPP

    def __init__(
        self,
        account: TwilioAccount,
        sender: str,
        *,
        clock: Clock,
        templates: Templates,
        last_heard: LastHeard,
        callback: str | None = None,
    ) -> None:
        self.capabilities = whatsapp()
        self._account = account
        self._sender = sender
        self._clock = clock
        self._templates = templates
        self._last_heard = last_heard
        self._callback = callback

    async def deliver(self, parcel: Parcel) -> str:
        fields = await self._content(parcel)
        return await self._account.create(
            WHATSAPP + parcel.address,
            WHATSAPP + self._sender,
            **fields,
            **_told_at(self._callback, parcel),
        )

    async def trace(self, parcel: Parcel) -> str | None:
        """Return the SID of this parcel's words, as free text or filled into a template."""
        sent = await _sent(self._account, WHATSAPP + parcel.address, parcel)
        body, filled = self.words(parcel.message), template_variables(parcel.message)["2"]
        return next((one.ref for one in sent if body == one.body or filled in one.body), None)

    async def answer_for_itself(self) -> str:
        return await _standing(self._account)

    async def close(self) -> None:
        await self._account.close()

    def page(self, message: Message) -> Page:
        return page(message, Manner(), is_one)

    def words(self, message: Message) -> str:
        return text(self.page(message).shown, Manner())

    async def _content(self, parcel: Parcel) -> dict[str, Any]:
        if await self._is_open(parcel):
            return {"body": self.words(parcel.message)}
        template = self._templates.get((parcel.notice_kind or "", parcel.message.language))
        if template is None:
            raise Undeliverable("no_template")
        variables = json.dumps(template_variables(parcel.message), ensure_ascii=False)
        return {"content_sid": template, "content_variables": variables}

    async def _is_open(self, parcel: Parcel) -> bool:
        """Say whether free text is taken; an answer is, since somebody has just spoken."""
        if parcel.notice_kind is None:
            return True
        heard_at = await self._last_heard(self.channel, parcel.address)
        return heard_at is not None and self._clock.now() - heard_at < OPEN_WINDOW


def _told_at(callback: str | None, parcel: Parcel) -> dict[str, str]:
    """Have our own id brought back: what becomes of a message may be told before its name is."""
    if callback is None:
        return {}
    return {"status_callback": f"{callback}?{ANSWER_PARAMETER}={parcel.delivery_id}"}


def _validity(parcel: Parcel, now: datetime) -> dict[str, int]:
    """Keep what waits at Twilio from arriving when it is of no use any more."""
    if parcel.expires_at is None or parcel.expires_at - now >= LONGEST_VALIDITY:
        return {}
    return {"validity_period": max(1, int((parcel.expires_at - now).total_seconds()))}


async def _sent(account: TwilioAccount, to: str, parcel: Parcel) -> list[Sent]:
    return await account.sent_to(to, parcel.queued_at) if parcel.queued_at else []


async def _standing(account: TwilioAccount) -> str:
    standing = await account.status()
    return f"Twilio answers for {standing['name']}, {standing['state']}."
