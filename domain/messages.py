"""What people say and are told, in words that no platform owns."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self, TypeVar

from domain.addresses import Channel

T = TypeVar("T")

RIGHT_TO_LEFT = frozenset({"ar", "ary"})
CHOICE_BYTES = 64  # the narrowest platform's room for a button's value: Telegram's callback_data
MESSAGE_OF_A_TALKER = 10_000  # characters read of what one person says at once


class Heard(StrEnum):
    """What kind of thing a person did."""

    TEXT = "text"  # said something; a command is a text that opens with a slash
    PRESS = "press"  # pressed a choice; `text` is its value
    OTHER = "other"  # a sticker, a voice note: something without words
    STOP = "stop"  # wants nothing more here but what the law owes
    START = "start"  # wants it again
    LEFT = "left"  # blocked us, or closed the door


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing one person did on one channel. Inert: it knows no platform.

    `address` says who speaks, and is where an answer goes unless `reply_to` names another place of
    theirs. `update_ref` is the platform's own name for the update, the same when it repeats itself.
    `message_ref` is the message whose choice was pressed. `is_answered`: the platform has answered
    this itself.
    """

    channel: Channel
    address: str
    update_ref: str
    kind: Heard
    at: datetime
    text: str = ""
    language: str | None = None
    message_ref: str | None = None
    is_private: bool = True
    reply_to: str | None = None
    is_answered: bool = False

    @property
    def place(self) -> str:
        """Where the talk is held: its own question may wait there, beside that of another place."""
        return self.reply_to or self.address


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a provider says became of a message: `state` is a domain.deliveries.State value.

    `delivery_id`: ours, where the provider gives it back; its word may come before its reference
    is on record. `is_address_dead`: nothing else will reach this address either.
    """

    channel: Channel
    provider_ref: str
    state: str
    at: datetime
    code: str | None = None
    delivery_id: int | None = None
    is_address_dead: bool = False


Event = Incoming | Receipt


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer offered: what is shown, and the value that comes back, whatever was pressed."""

    label: str
    value: str

    def __post_init__(self) -> None:
        if len(self.value.encode()) > CHOICE_BYTES:
            raise ValueError(f"a choice's value has at most {CHOICE_BYTES} bytes: {self.value!r}")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message; its bytes are looked up by their sha256 when sent."""

    name: str
    media_type: str
    sha256: str
    size: int


class EventStatus(StrEnum):
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """A meeting as a calendar knows it (RFC 5545): `uid` is kept for life, `sequence` only grows.

    Times are wall times in `zone`.
    """

    uid: str
    sequence: int
    status: EventStatus
    summary: str
    starts: datetime
    ends: datetime
    zone: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """What one person is told, in one language. Plain text: a channel escapes, splits and lays out.

    `replaces`: the provider's reference of a message to edit instead of sending another.
    """

    text: str
    language: str
    title: str = ""
    choices: tuple[Choice, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    event: CalendarEvent | None = None
    replaces: str | None = None

    @property
    def direction(self) -> str:
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    @property
    def sha256(self) -> str:
        """Name the content, so that what was sent can be proved."""
        return hashlib.sha256(json.dumps(self.to_json(), sort_keys=True).encode()).hexdigest()

    def to_json(self) -> dict[str, Any]:
        plain = asdict(self)
        if self.event:
            plain["event"] |= {
                "starts": self.event.starts.isoformat(),
                "ends": self.event.ends.isoformat(),
            }
        return {key: value for key, value in plain.items() if value}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        event = plain.get("event")
        return cls(
            text=plain.get("text", ""),
            language=plain["language"],
            title=plain.get("title", ""),
            choices=_all(Choice, plain.get("choices", ())),
            attachments=_all(Attachment, plain.get("attachments", ())),
            event=_event(event) if event else None,
            replaces=plain.get("replaces"),
        )


def _all(kind: type[T], plain: Sequence[Mapping[str, Any]]) -> tuple[T, ...]:
    return tuple(kind(**one) for one in plain)


def _event(plain: Mapping[str, Any]) -> CalendarEvent:
    return CalendarEvent(
        **{
            **plain,
            "status": EventStatus(plain["status"]),
            "starts": datetime.fromisoformat(plain["starts"]),
            "ends": datetime.fromisoformat(plain["ends"]),
        }
    )
