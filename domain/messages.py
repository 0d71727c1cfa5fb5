"""What people say and are told, in words that no platform owns."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Self, TypeVar

from domain.addresses import Channel
from domain.sheets import Sheet

T = TypeVar("T")

RIGHT_TO_LEFT = frozenset({"ar", "ary"})
CHOICE_BYTES = 64  # the narrowest platform's room for a button's value: Telegram's callback_data
MESSAGE_OF_A_TALKER = 10_000  # characters read of what one person says at once


class Heard(StrEnum):
    """What kind of thing a person did."""

    TEXT = "text"  # said something; a command is a text that opens with a slash
    PRESS = "press"  # pressed a choice; `text` is its value
    FORM = "form"  # filled in a form that was shown whole; `text` is its name
    EDITED = "edited"  # changed what they had said; `text` is how it reads now
    OTHER = "other"  # a sticker, a voice note: something without words
    STOP = "stop"  # wants nothing more here but what the law owes
    START = "start"  # wants it again
    LEFT = "left"  # blocked us, or closed the door
    ALTERED = "altered"  # is known otherwise to the network than before: another e-mail, or gone
    JOINED = "joined"  # let us into a group
    MOVED = "moved"  # the group has a new address, which is `text`


class Thing(StrEnum):
    """What comes without words, or beside them. Each has a phrase `wordless.<value>`."""

    STICKER = "sticker"
    VOICE = "voice"
    PHOTO = "photo"
    VIDEO = "video"
    FILE = "file"
    LOCATION = "location"
    CONTACT = "contact"
    POLL = "poll"


class Surface(StrEnum):
    """What kind of place somebody acted in."""

    TALK = "talk"  # words are said there, and answered
    ASIDE = "aside"  # seen by them alone in the midst of others, and not for writing
    DESK = "desk"  # shows one page: what is told takes the place of what stood there


@dataclass(frozen=True, slots=True)
class Brought:
    """A file somebody sent, still at the platform's, which knows it as `ref`.

    `name`, `media_type` and `size` (in bytes; 0 when not told) are what the platform says.
    """

    ref: str
    name: str = ""
    media_type: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing one person did on one channel. Inert: it knows no platform.

    `address` says who speaks, and is where an answer goes unless `reply_to` names another place of
    theirs. `update_ref` is the platform's own name for the update, the same when it repeats itself.
    `message_ref` is the message whose choice was pressed. `is_answered`: the platform has answered
    this itself. Where others read along, `address` is the place's own; `speaker` is then whoever
    spoke, and `aside` where they alone are answered: without it, they have to come by themselves.
    `own_ref` names what was said, the same when it is edited. `is_forwarded`: in another's words.
    `opens` is the platform's short-lived leave to open a window for this person. `answers` are
    those of a form, by field; None when its window was closed without sending. `files` came along.
    `proved_at`: when the owner of the mailbox `address` last proved, on the page this comes from,
    that it is they.
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
    surface: Surface = Surface.TALK
    speaker: str | None = None
    aside: str | None = None
    thing: Thing | None = None
    own_ref: str | None = None
    is_forwarded: bool = False
    opens: str | None = None
    answers: Mapping[str, str] | None = None
    files: tuple[Brought, ...] = ()
    proved_at: datetime | None = None

    @property
    def place(self) -> str:
        """Where the talk is held: its own question may wait there, beside that of another place."""
        return self.reply_to or self.address

    def taken_aside(self) -> Self | None:
        """Return this as said by its speaker where nobody else reads; None when they are."""
        if self.speaker is None or self.aside is None:
            return None
        return replace(
            self,
            address=self.speaker,
            reply_to=self.aside,
            surface=Surface.ASIDE,
            is_private=True,
            message_ref=None,
            speaker=None,
            aside=None,
        )


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


OPENS = "start:"  # how the value of a choice begins that leads to a private talk


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
class Section:
    """A part of a page, with its own choices under it."""

    text: str
    title: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """What one person is told, in one language. Plain text: a channel escapes, splits and lays out.

    `replaces`: the provider's reference of a message to edit instead of sending another.
    `amends`: of one to edit where it still stands; where it does not, nothing is told.
    `subject`: the matter its choices decide. `settled`: which settlement of it this tells.
    `form`: what is asked here, whole; `text` is its first question, for where it cannot be shown,
    or not any more. `opens`: the leave to show it in a window, from the Incoming that is answered.
    `sections`: the same text and choices, part by part, for where there is a page to lay out.
    `menu`: the commands, without their slash, shown from now on; none for those of everybody.
    """

    text: str
    language: str
    title: str = ""
    choices: tuple[Choice, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    event: CalendarEvent | None = None
    replaces: str | None = None
    form: Sheet | None = None
    opens: str | None = None
    sections: tuple[Section, ...] = ()
    menu: tuple[Choice, ...] | None = None
    amends: str | None = None
    subject: str = ""
    settled: int = 0

    @classmethod
    def of_sections(cls, sections: Sequence[Section], language: str, **more: Any) -> Self:
        """Return a page; where there are no pages, it is one text with all the choices."""
        texts = (f"{one.title}\n{one.text}".strip() for one in sections)
        choices = tuple(choice for one in sections for choice in one.choices)
        text = "\n\n".join(text for text in texts if text)
        return cls(text, language, choices=choices, sections=tuple(sections), **more)

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
        told = {key: value for key, value in plain.items() if value}
        return told if self.menu is None else {**told, "menu": plain["menu"]}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        event, form = plain.get("event"), plain.get("form")
        return cls(
            text=plain.get("text", ""),
            language=plain["language"],
            title=plain.get("title", ""),
            choices=_all(Choice, plain.get("choices", ())),
            attachments=_all(Attachment, plain.get("attachments", ())),
            event=_event(event) if event else None,
            replaces=plain.get("replaces"),
            amends=plain.get("amends"),
            subject=plain.get("subject", ""),
            settled=plain.get("settled", 0),
            form=Sheet.from_json(form) if form else None,
            opens=plain.get("opens"),
            sections=tuple(_section(one) for one in plain.get("sections", ())),
            menu=_all(Choice, plain["menu"]) if "menu" in plain else None,
        )


def _all(kind: type[T], plain: Sequence[Mapping[str, Any]]) -> tuple[T, ...]:
    return tuple(kind(**one) for one in plain)


def _section(plain: Mapping[str, Any]) -> Section:
    return Section(**{**plain, "choices": _all(Choice, plain["choices"])})


def _event(plain: Mapping[str, Any]) -> CalendarEvent:
    return CalendarEvent(
        **{
            **plain,
            "status": EventStatus(plain["status"]),
            "starts": datetime.fromisoformat(plain["starts"]),
            "ends": datetime.fromisoformat(plain["ends"]),
        }
    )
