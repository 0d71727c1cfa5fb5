"""The ports: how the house speaks to a network, and how a network speaks to the house."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

from domain.addresses import Channel
from domain.messages import Event, Message
from domain.notices import NoticeClass, NoticeKind
from domain.paging import Page, Pager

Files = Callable[[str], Awaitable[bytes]]
"""Answers the bytes with this sha256, or raises domain.errors.Unreadable."""


class Scope(StrEnum):
    """Whose messages a limit counts."""

    PROVIDER = "provider"  # everybody's together
    ADDRESS = "address"  # one private address's
    GROUP = "group"  # one group's


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` messages in any span of `per`, counted for each `scope`.

    Of a `Metered` network, everybody's together are counted in parts.
    """

    scope: Scope
    count: int
    per: timedelta


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can do, as data.

    `text_length` is in the channel's own units. `is_repeat_harmless`: whether a person notices
    nothing when the same delivery arrives twice. `in_flight`: sends under way at once.
    `group_prefix`: how the addresses of groups begin, where the network has groups.
    `is_scattered`: whether addresses are at servers of their own, of which none speaks for another.
    """

    text_length: int
    buttons: bool = False
    edit: bool = False
    attachments: bool = False
    receipts: bool = False
    is_repeat_harmless: bool = False
    in_flight: int = 32
    limits: tuple[Limit, ...] = ()
    group_prefix: str | None = None
    is_scattered: bool = False

    def is_group(self, address: str) -> bool:
        return self.group_prefix is not None and address.startswith(self.group_prefix)


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message on its way to one address.

    `content_key` is the same for all parcels of one content: what is built from it can be kept.
    `queued_at` is when it was put in the outbox; after `expires_at` it is of no use any more.
    """

    delivery_id: int
    address: str
    message: Message
    notice_class: NoticeClass | None = None
    content_key: str | None = None
    notice_kind: NoticeKind | None = None
    queued_at: datetime | None = None
    expires_at: datetime | None = None
    person_id: int | None = None


class Provider(Protocol):
    """Who carries messages on a channel."""

    channel: Channel
    capabilities: Capabilities

    async def deliver(self, parcel: Parcel) -> str:
        """Hand the parcel over and return the provider's reference.

        Raises Unreachable, Undeliverable or Uncertain, and nothing else of the provider's.
        """
        ...

    async def answer_for_itself(self) -> str:
        """Return one line that says the provider answers, or raise Failed."""
        ...

    async def close(self) -> None: ...


@runtime_checkable
class Retraceable(Protocol):
    """A provider that can be asked whether it has a parcel already."""

    async def trace(self, parcel: Parcel) -> str | None:
        """Return the provider's reference of a parcel handed over before, or None.

        Raises Failed when it cannot be known now.
        """
        ...


@runtime_checkable
class Fetching(Protocol):
    """A provider that can bring what people sent as files."""

    async def fetch(self, ref: str, *, most: int) -> bytes:
        """Return the bytes of the file the platform knows as `ref`, of `most` bytes at most.

        Raises Unreachable when not now, Undeliverable when it is gone or bigger.
        """
        ...


@runtime_checkable
class Brief(Protocol):
    """A provider whose messages are short: it shows the first page of each, and no more."""

    def page(self, message: Message) -> Page:
        """Return what is shown of a message, and the rest."""
        ...


def pagers(providers: Mapping[Channel, Provider]) -> dict[Channel, Pager]:
    """Return how messages are cut on the channels whose messages are short."""
    return {
        channel: provider.page
        for channel, provider in providers.items()
        if isinstance(provider, Brief)
    }


@runtime_checkable
class Worded(Protocol):
    """A provider whose network shows one text, not a title and a text of any length."""

    def words(self, message: Message) -> str:
        """Return the very words that leave for a message."""
        ...


@runtime_checkable
class Metered(Protocol):
    """A provider that is paid by the part of a message."""

    def parts(self, message: Message) -> int:
        """Return how many parts a message takes."""
        ...


@dataclass(frozen=True, slots=True)
class Call:
    """An HTTP request as it reached a door."""

    headers: Mapping[str, str]
    body: bytes
    query: Mapping[str, str] = field(default_factory=dict)


class Door(Protocol):
    """Where a platform calls us."""

    channel: Channel

    def events(self, call: Call) -> Sequence[Event]:
        """Verify the call and translate it, changing nothing; raise BadUpdate or Stranger."""
        ...

    def courtesy(self, call: Call) -> Mapping[str, Any] | None:
        """Return the JSON to answer a heard call with, or None for an empty answer."""
        ...
