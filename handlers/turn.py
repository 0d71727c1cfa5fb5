"""One turn of a conversation: what a handler is given, and what it gives back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from domain.access import Viewer
from domain.actors import Actor, Proof
from domain.addresses import Channel
from domain.approvals import PRESETS, Flows
from domain.bodies import Body
from domain.clock import wall_time
from domain.conversation import Conversation
from domain.errors import Refused
from domain.files import Carried
from domain.forms import Fault
from domain.messages import Attachment, Choice, Incoming, Message
from domain.paging import Pager, whole
from domain.people import Person
from domain.phrasebook import Phrasebook
from handlers.understanding import KnownBody
from store.bodies import Tenant
from store.unit import Unit

Slots = Mapping[str, object]
"""What an utterance named; see handlers.understanding.Understood."""

Links = Callable[[str], str | None]


def nowhere(_payload: str) -> str | None:
    """Lead nobody anywhere."""
    return None


CONFIRMING = "confirming"  # the step in which what binds is said back
# The facts that survive a rested conversation: the session, or the petition, last spoken of.
ABOUT, PETITION = "about", "about_petition"


@dataclass(frozen=True, slots=True)
class Commune:
    """What every turn may know: the commune, its wall clock and its bodies by key."""

    tenant: Tenant
    zone: ZoneInfo
    bodies: Mapping[str, Body]
    known: tuple[KnownBody, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a turn came to: what is said, and where the conversation stands.

    `left`: what is said where somebody acted, when the rest goes to their own talk; else None.
    """

    messages: tuple[Message, ...]
    conversation: Conversation

    def on(self, subject: str, settled: int = 0) -> Self:
        """Return this with choices that decide a matter, and the settlement that it tells."""
        *before, last = self.messages
        last = replace(last, subject=subject, settled=settled)
        return replace(self, messages=(*before, last))

    left: tuple[Message, ...] | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing somebody did, with all that is needed to answer it. `now` is an instant.

    `file` is the one they sent for a question that takes files, or why it cannot be taken. `page`
    answers what of a message is shown at once where they are. `link_to` gives the link by which
    others come to us and say a payload, where there is one.
    """

    incoming: Incoming
    person: Person | None
    language: str
    conversation: Conversation
    unit: Unit
    now: datetime
    commune: Commune
    phrases: Phrasebook
    proof: Proof = Proof.LINKED
    flows: Flows = PRESETS
    file: Carried | Fault | None = None
    page: Pager = whole
    link_to: Links = nowhere

    @property
    def viewer(self) -> Viewer:
        return Viewer(self.person, self.commune.bodies)

    @property
    def actor(self) -> Actor:
        """Who acts, and from where."""
        incoming = self.incoming
        return Actor.of(self.person, incoming.channel, incoming.address, proof=self.proof)

    @property
    def pressed(self) -> tuple[Channel, str] | None:
        """The message whose choice was pressed."""
        ref = self.incoming.message_ref
        return (self.incoming.channel, ref) if ref else None

    @property
    def today(self) -> date:
        """The day it is at the commune's."""
        return wall_time(self.now, self.commune.zone).date()

    @property
    def about(self) -> int | None:
        """The session last spoken of, by id."""
        session_id = self.conversation.facts.get(ABOUT)
        return session_id if isinstance(session_id, int) else None

    @property
    def about_petition(self) -> int | None:
        """The petition last spoken of, by id."""
        petition_id = self.conversation.facts.get(PETITION)
        return petition_id if isinstance(petition_id, int) else None

    def known(self) -> Person:
        """Return who speaks, or raise Refused: some things are only for people we know."""
        if self.person is None:
            raise Refused("link.needed")
        return self.person

    def say(self, key: str, /, **facts: object) -> str:
        return self.phrases.say(key, self.language, **facts)

    def choice(self, key: str, value: str, /, **facts: object) -> Choice:
        return Choice(self.say(key, **facts), value)

    def tell(
        self,
        text: str,
        *,
        title: str = "",
        choices: Sequence[Choice] = (),
        attachments: Sequence[Attachment] = (),
        about: int | None = None,
    ) -> Outcome:
        """Answer, with nothing left open; `about` is the session the answer speaks of."""
        message = Message(
            text, self.language, title, choices=tuple(choices), attachments=tuple(attachments)
        )
        return self.told(message, about=about)

    def told(
        self, message: Message, *, about: int | None = None, petition: int | None = None
    ) -> Outcome:
        """Answer with a message; `about` is the session, `petition` the petition it speaks of."""
        spoken_of = self._spoken_of(about, petition)
        rested = replace(self.conversation.rested(), facts=spoken_of, offered=message.choices)
        return Outcome((message,), rested)

    def _spoken_of(self, about: int | None = None, petition: int | None = None) -> dict[str, int]:
        named = {ABOUT: about, PETITION: petition}
        if about is None and petition is None:
            named = {ABOUT: self.about, PETITION: self.about_petition}
        return {name: of for name, of in named.items() if of is not None}

    def beside(self, text: str) -> Outcome:
        """Say something and leave everything as it stands, a question that is open too."""
        message = Message(text, self.language, choices=self.conversation.offered)
        return Outcome((message,), self.conversation)

    def settle(
        self,
        text: str,
        *,
        choices: Sequence[Choice] = (),
        about: int | None = None,
        petition: int | None = None,
    ) -> Outcome:
        """Say what was decided, in place of the message whose choice was pressed."""
        message = Message(
            text,
            self.language,
            choices=tuple(choices),
            replaces=self.incoming.message_ref,
        )
        return self.told(message, about=about, petition=petition)

    def ask(
        self, flow: str, step: str, text: str, *, choices: Sequence[Choice] = (), **facts: Any
    ) -> Outcome:
        """Ask, and wait for the answer; `facts` are what was learnt on the way."""
        waiting = self.conversation.rested()
        facts = {**self._spoken_of(), **facts}
        waiting = replace(waiting.waiting(flow, step, **facts), offered=tuple(choices))
        message = Message(text, self.language, choices=tuple(choices))
        return Outcome((message,), waiting)

    def echo(self, flow: str, text: str, yes: str, **facts: Any) -> Outcome:
        """Say back what would be done; `yes` is the value that does it, and no leaves it."""
        choices = [self.choice("common.yes", yes), self.choice("common.no", "cancel")]
        return self.ask(flow, CONFIRMING, text, choices=choices, **facts)
