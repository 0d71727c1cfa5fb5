"""Matters: what is decided once, however many messages on however many channels ask for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from domain.messages import Message
from domain.phrasebook import FALLBACK

# What each reader decides for themselves; any other matter is decided for all its readers.
PERSONAL = frozenset({"attend"})
OF_A_PERSON = ":person:"

Content = Mapping[str, Message]


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a matter was decided. `number` counts: a matter that is decided anew has the next.

    `content` says it, in every language, with what may still be pressed. All who read a matter's
    messages read it: who decided is named there only when all of them may know. `by` is the person.
    """

    number: int
    content: Content
    by: int | None
    at: datetime

    def told(self, language: str) -> Message:
        return self.content[FALLBACK.get(language, language)]


def matter_of(message: Message, person_id: int | None) -> str | None:
    """Return the matter that a message's buttons decide, when this person reads it."""
    if message.subject.partition(":")[0] not in PERSONAL:
        return message.subject or None
    return personal(message.subject, person_id) if person_id is not None else None


def personal(subject: str, person_id: int) -> str:
    """Return the name of one person's part in a matter that each decides for themselves."""
    return f"{subject}{OF_A_PERSON}{person_id}"


def decider_of(subject: str) -> int | None:
    """Return whose part in a matter this is; None when it is decided for all."""
    _, _, person_id = subject.partition(OF_A_PERSON)
    return int(person_id) if person_id else None


def amended(shown: Message, settlement: Settlement) -> Message:
    """Return a message that asked, as it reads once the answer is known.

    Its words are kept with the outcome below them; what told of an earlier outcome is replaced.
    """
    outcome = settlement.told(shown.language)
    kept = "" if shown.settled else shown.text
    return replace(
        shown,
        text=f"{kept}\n\n{outcome.text}".strip(),
        choices=outcome.choices,
        attachments=(),
        event=None,
        settled=settlement.number,
    )
