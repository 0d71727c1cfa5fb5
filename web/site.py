"""What every page is given: the records, the engine's ear, and how browsers are told apart."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from actions.notices.rehearsing import Means
from domain.approvals import PRESETS, Flows
from domain.clock import Clock
from domain.messages import Event, Message
from domain.trials import Trial
from domain.trust import Trust
from store.connecting import Store
from web.chatrooms import Chatrooms
from web.mailrooms import Mailrooms
from web.openid import OpenId
from web.pace import Pace

Hear = Callable[[Event], Awaitable[None]]
ChatShown = Callable[[int, Message], dict[str, Any]]
"""Returns a message, with its id, as the script of a page reads it."""

Lead = Callable[[str], str | None]


def nowhere(_payload: str) -> str | None:
    """Lead nobody anywhere."""
    return None


HOUR = timedelta(hours=1)
MOST_ASKED = 20  # codes that may be asked for from one network address within an hour
MOST_BEGUN = 60  # chats that may be begun from one within an hour: a town hall is one place
MOST_TRIED = 60  # codes and links that may be tried from one within an hour
EVENLY = timedelta(milliseconds=300)  # what an answer takes, whether an address is known or not


@dataclass(frozen=True, slots=True)
class Site:
    """`is_secure`: the pages are reached by HTTPS, hence their cookies are sent by nothing else.

    `trial`: who alone is really told; None where everybody is. `public_url`: where people's
    browsers find them, if the settings say it. `lead` gives the link by which somebody says a
    payload to our bot on Telegram, where there is one. `push_key` is what browsers know us by when
    they ask for notifications; empty where none are sent.
    `flows`: who agrees to which text. `notices_over`: for how
    many people news waits until others have agreed to it; None for no number.
    """

    store: Store
    hear: Hear
    clock: Clock
    mailrooms: Mailrooms
    chat_shown: ChatShown
    means: Means
    is_secure: bool = False
    trust: Trust = field(default_factory=Trust)
    trial: Trial | None = None
    public_url: str = ""
    lead: Lead = nowhere
    push_key: str = ""
    openid: OpenId | None = None
    flows: Flows = PRESETS
    notices_over: int | None = None
    evenly: timedelta = EVENLY
    asked: Pace = field(init=False)
    tried: Pace = field(init=False)
    begun: Pace = field(init=False)
    chatrooms: Chatrooms = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "asked", Pace(self.clock, most=MOST_ASKED, within=HOUR))
        object.__setattr__(self, "tried", Pace(self.clock, most=MOST_TRIED, within=HOUR))
        object.__setattr__(self, "begun", Pace(self.clock, most=MOST_BEGUN, within=HOUR))
        object.__setattr__(self, "chatrooms", Chatrooms(self.store))
