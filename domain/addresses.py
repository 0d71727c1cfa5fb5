"""Where a person can be reached: channels and the addresses on them."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import phonenumbers

from domain.errors import Refused


class Channel(StrEnum):
    """A kind of address. Who carries messages there is a provider, another thing."""

    INBOX = "inbox"
    CONSOLE = "console"
    EMAIL = "email"
    TELEGRAM = "telegram"
    SLACK = "slack"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    PUSH = "push"
    WEBHOOK = "webhook"
    WEB = "web"


# A chat there is gone after a day: people are answered in it, and no notice is sent to it.
PASSING = frozenset({Channel.WEB})


@dataclass(frozen=True, slots=True)
class Address:
    """One address of one person.

    `is_declared`: the one given to the council for convocations (law 113-14, art. 35).
    `verified_at`: when its owner proved to hold it. `quarantined_at`: when a provider said never.
    """

    id: int
    person_id: int
    channel: Channel
    value: str
    is_declared: bool = False
    verified_at: datetime | None = None
    quarantined_at: datetime | None = None

    @property
    def is_verified(self) -> bool:
        return self.verified_at is not None

    @property
    def is_quarantined(self) -> bool:
        return self.quarantined_at is not None


# Deliberately loose: only a letter that arrives proves an address (RFC 5321, 4.5.3.1 for lengths).
EMAIL_SHAPE = re.compile(
    r"[^\s@<>(),;:\\\"\[\]]{1,64}@[^\s@<>(),;:\\\"\[\]]+\.[^\s@.<>(),;:\\\"\[\]]{2,63}"
)
EMAIL_LENGTH = 254  # RFC 5321 erratum 1690
SHOWN_DIGITS = 3


def canonical(channel: Channel, value: str, *, region: str = "MA") -> str:
    """Return `value` as it is stored and compared, or raise Refused when it cannot exist.

    `region` is the country of a telephone number written without one (ISO 3166-1).
    """
    value = value.strip()
    match channel:
        case Channel.EMAIL:
            return _canonical_email(value)
        case Channel.SMS | Channel.WHATSAPP:
            return _canonical_phone(value, region)
        case _:
            if not value or any(not character.isprintable() for character in value):
                raise Refused("address.unreadable", channel=channel.value, value=value)
            return value


def _canonical_email(value: str) -> str:
    value = value.removeprefix("mailto:").lower()
    if len(value) > EMAIL_LENGTH or not EMAIL_SHAPE.fullmatch(value) or ".." in value:
        raise Refused("address.not_email", value=value)
    return value


def _canonical_phone(value: str, region: str) -> str:
    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException as error:
        raise Refused("address.not_phone", value=value) from error
    if not phonenumbers.is_valid_number(number):
        raise Refused("address.not_phone", value=value)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def masked(channel: Channel, value: str) -> str:
    """Return an address that its owner recognises and a stranger cannot use."""
    if channel is Channel.EMAIL and "@" in value:
        name, _, host = value.partition("@")
        return f"{name[:1]}…@{host}"
    if channel is Channel.WEBHOOK:
        return value  # a system's name here; where it listens is kept elsewhere
    return f"…{value[-SHOWN_DIGITS:]}" if len(value) > SHOWN_DIGITS else "…"
