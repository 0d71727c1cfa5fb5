"""What the town hall puts out in its name, and what is kept of it while it is being agreed to."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain import markup
from domain.addresses import Channel
from domain.approvals import ApprovalState
from domain.approvals.states import ICONS
from domain.differences import Difference, differences, told
from domain.notices import Audience, AudienceKind


class PublicationKind(StrEnum):
    PRESS_RELEASE = "press_release"
    POST = "post"
    NEWSLETTER = "newsletter"
    SPEECH = "speech"
    NOTICE = "notice"
    AGENDA = "agenda"
    MINUTES = "minutes"
    PETITION_ANSWER = "petition_answer"  # of the bureau: carried out when the last has agreed


# Of a session: its text is made from what is on record.
OF_A_SESSION = frozenset({PublicationKind.AGENDA, PublicationKind.MINUTES})
# Their words are those of the records: nobody rewrites them, the records are put right.
AS_RECORDED = frozenset({PublicationKind.AGENDA, PublicationKind.PETITION_ANSWER})
# Told to an audience when the last has agreed.
TOLD = frozenset(
    {
        PublicationKind.PRESS_RELEASE,
        PublicationKind.POST,
        PublicationKind.NEWSLETTER,
        PublicationKind.NOTICE,
    }
)
# Told to everybody, or to whoever asked to be told: once it is out, it may be read by all.
READ_BY_ALL = frozenset({AudienceKind.EVERYONE, AudienceKind.FOLLOWERS})
# Agreed to, it is kept: a speech until it is given, minutes until they are signed.
HELD = frozenset({PublicationKind.SPEECH, PublicationKind.MINUTES})
# Written by hand, in the small Markdown of domain.markup; all else is plain words.
MARKED = TOLD | {PublicationKind.SPEECH}
TITLE_LENGTH = 200  # characters
TEXT_LENGTH = 20_000
# With the names of all who voted, item by item (law 113-14, art. 43).
LONGER = {PublicationKind.MINUTES: 200_000}
MARK_LENGTH = 8  # letters of a text's sha256 that a button has room for

# Characters that are surely shown whole with what stands around them, where a text would be cut:
# one body of 1600 (channels/sms/capabilities.py).
SHOWN_WHOLE = {Channel.SMS: 900, Channel.WHATSAPP: 900}


@dataclass(frozen=True, slots=True)
class Text:
    """What it says in one language."""

    title: str
    body: str


Texts = Mapping[str, Text]
"""What it says, by language."""

REF = re.compile(r"APP-([0-9]{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A text of the town hall that is out, since `at`: everybody may read it."""

    id: int
    kind: PublicationKind
    body_key: str
    texts: Texts
    at: datetime

    @property
    def ref(self) -> str:
        return ref_of(self.id)

    def text(self, language: str) -> tuple[str, Text]:
        """Return what it says to a reader, and in which language: in theirs, where it can."""
        return in_order(self.texts, language)[0]


@dataclass(frozen=True, slots=True)
class Publication:
    """One thing to be agreed to. `ref` is what people call it: APP-61.

    `content` is the sha256 of the text that is before the steps, `round` counts the submissions.
    `flow` is the key of its steps. `release_at`: not before this instant, which is an embargo's
    end or a planned hour. `author_id` wrote it first. `terms` are what a text stands for where it
    is not told but carried out.
    """

    id: int
    kind: PublicationKind
    state: ApprovalState
    flow: str
    body_key: str
    author_id: int
    content: str
    round: int
    created_at: datetime
    submitted_at: datetime | None = None
    audience: Audience | None = None
    session_id: int | None = None
    release_at: datetime | None = None
    notice_id: int | None = None
    ended_reason: str = ""
    terms: Mapping[str, str] | None = None

    @property
    def ref(self) -> str:
        return ref_of(self.id)

    @property
    def icon(self) -> str:
        return ICONS[self.state]

    @property
    def is_for_all(self) -> bool:
        """Whether it has a page for everybody once it is out."""
        told_to = self.audience.kind if self.audience else None
        return self.kind in TOLD and told_to in READ_BY_ALL

    @property
    def can_be_withdrawn(self) -> bool:
        """Whether more of it may still leave, so that it can be held back."""
        return self.kind in TOLD and self.state is ApprovalState.PUBLISHED

    @property
    def mark(self) -> str:
        """Name the text in few letters: with the round it is enough to tell it from the others."""
        return self.content[:MARK_LENGTH]


def ref_of(publication_id: int) -> str:
    return f"APP-{publication_id}"


def numbered(ref: str) -> int | None:
    """Return which text is called so, or None."""
    found = REF.fullmatch(ref.strip())
    return int(found[1]) if found else None


def content_of(texts: Texts) -> str:
    """Name a text by its sha256, so that nobody approves another than was shown."""
    plain = {language: [text.title, text.body] for language, text in sorted(texts.items())}
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()


def longest(kind: PublicationKind) -> int:
    """Return how many characters a text of a kind may have."""
    return LONGER.get(kind, TEXT_LENGTH)


def is_shown_whole(texts: Texts, channel: Channel | None) -> bool:
    """Say whether a channel shows all of a text at once, so that it can be agreed to there."""
    most = SHOWN_WHOLE.get(channel) if channel else None
    return most is None or sum(len(one.title) + len(one.body) for one in texts.values()) <= most


def plain_text(kind: PublicationKind, text: Text) -> Text:
    """Return a text as messages carry it: without its marks (docs/decisions/0033)."""
    return replace(text, body=markup.plain(text.body)) if kind in MARKED else text


def plain_texts(kind: PublicationKind, texts: Texts) -> Texts:
    return {language: plain_text(kind, text) for language, text in texts.items()}


def in_order(texts: Texts, language: str) -> list[tuple[str, Text]]:
    """Return the texts by language, the reader's own first."""
    read = "ar" if language == "ary" else language
    return sorted(texts.items(), key=lambda one: (one[0] != read, one[0] != "fr", one[0]))


def changed(before: Texts, now: Texts, language: str) -> list[tuple[str, tuple[Difference, ...]]]:
    """Return what is otherwise than before, by the language it is written in."""
    return [
        (written, differences(_written_in(before, written), _written_in(now, written)))
        for written, _ in in_order({**before, **now}, language)
        if before.get(written) != now.get(written)
    ]


def changes_between(seen: Texts, now: Texts, language: str) -> list[str]:
    """Return what changed since a version that was seen, language by language."""
    return [told(found) for _, found in changed(seen, now, language)]


def _written_in(texts: Texts, language: str) -> str:
    return written_text(texts[language]) if language in texts else ""


def read_text(written: str) -> Text | None:
    """Read a text as people write it, its title on the first line; None without a title."""
    title, _, body = markup.unturned(written).strip().partition("\n")
    return Text(title.strip(), body.strip()) if title.strip() and body.strip() else None


def written_text(text: Text) -> str:
    return f"{text.title}\n{text.body}"
