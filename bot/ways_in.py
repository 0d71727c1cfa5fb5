"""The ways in: where platforms may call us, who asks them what is new, and who hears it all."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from domain.channel import Door
from domain.messages import Event
from domain.pages import Page

Hear = Callable[[Event], Awaitable[None]]


class Listener(Protocol):
    """Hears a platform, or keeps it calling us, until cancelled."""

    async def run(self) -> None: ...


@dataclass(frozen=True, slots=True)
class WaysIn:
    """`hear` takes what comes by any of them; `pages` are those that channels bring along."""

    hear: Hear
    doors: tuple[Door, ...] = ()
    listeners: Mapping[str, Listener] = field(default_factory=dict)
    pages: tuple[Page, ...] = ()
