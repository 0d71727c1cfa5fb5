"""What Twilio tells us, in our own words; pure."""

from collections.abc import Mapping
from datetime import datetime

from channels.sms.failures import told
from channels.sms.keywords import keyword
from domain.addresses import Channel, canonical
from domain.deliveries import State
from domain.errors import BadUpdate, Refused
from domain.messages import MESSAGE_OF_A_TALKER, Event, Heard, Incoming, Receipt

SID_LENGTH = 34
ID_DIGITS = 18  # of a delivery's id: as many as every database holds

# Twilio, "Message status values".
STATES = {
    "accepted": State.ACCEPTED,
    "scheduled": State.ACCEPTED,
    "queued": State.ACCEPTED,
    "sending": State.ACCEPTED,
    "sent": State.ACCEPTED,
    "delivered": State.DELIVERED,
    "read": State.OPENED,
    "undelivered": State.FAILED,
    "failed": State.FAILED,
    "canceled": State.FAILED,
}


def translate(
    form: Mapping[str, str], channel: Channel, now: datetime, delivery: str = ""
) -> Event | None:
    """Return what happened, or None when there is nothing to do; raise BadUpdate when unreadable.

    `delivery`: the id of ours that the call brought back. Twilio's calls have no time of their
    own that can be relied on, so events get `now`.
    """
    ref = form.get("MessageSid", "")
    if len(ref) != SID_LENGTH or not ref.isascii() or not ref.isalnum():
        raise BadUpdate("a call without a message's SID")
    if "MessageStatus" in form:
        return _receipt(form, channel, now, delivery)
    return _said(form, channel, now)


def _receipt(
    form: Mapping[str, str], channel: Channel, now: datetime, delivery: str
) -> Receipt | None:
    state = STATES.get(form["MessageStatus"].lower())
    if state is None:  # a status Twilio has invented since
        return None
    code, is_address_dead = told(form["ErrorCode"]) if form.get("ErrorCode") else (None, False)
    if state is State.FAILED and code is None:
        code = form["MessageStatus"].lower()
    is_id = delivery.isascii() and delivery.isdecimal() and len(delivery) <= ID_DIGITS
    return Receipt(
        channel=channel,
        provider_ref=form["MessageSid"],
        state=state,
        at=now,
        code=code,
        delivery_id=int(delivery) if is_id else None,
        is_address_dead=is_address_dead and state is State.FAILED,
    )


def _said(form: Mapping[str, str], channel: Channel, now: datetime) -> Incoming | None:
    address = _address(form.get("From", ""), channel)
    if address is None:
        return None
    text = form.get("Body", "").strip()[:MESSAGE_OF_A_TALKER]
    kind, is_answered = (Heard.TEXT if text else Heard.OTHER), False
    if known := keyword(text, channel, form.get("OptOutType", "")):
        kind, is_answered = known.kind, known.is_answered
        if kind is Heard.OTHER:  # help, which Twilio has given
            return None
    return Incoming(
        channel=channel,
        address=address,
        update_ref=form["MessageSid"],
        kind=kind,
        at=now,
        text=text if kind is Heard.TEXT else "",
        is_answered=is_answered,
    )


def _address(sender: str, channel: Channel) -> str | None:
    """Return a number as we keep it; None for a short code or a name, which nobody can answer."""
    try:
        return canonical(channel, sender.removeprefix("whatsapp:"))
    except Refused:
        return None
