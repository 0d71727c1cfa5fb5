"""What an editor of texts sent: read, checked, and shown as every channel would show it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from actions.notices.rehearsing import Foretold, foretell
from actions.publishing import contents
from domain.addresses import PASSING, Channel
from domain.approval_forms import AUDIENCES, audience_of
from domain.channel import Metered, Provider, Worded
from domain.clock import instant, wall_time
from domain.errors import Refused
from domain.folding import folded
from domain.markup import unturned
from domain.messages import Message
from domain.notices import Audience, NoticeClass
from domain.phrasebook import LANGUAGES
from domain.publications import TOLD, PublicationKind, Text, Texts, plain_texts
from store.unit import Unit
from web.visiting import Visit

# Nobody reads news there: a terminal, a chat that is gone tomorrow, another system.
UNSEEN = PASSING | {Channel.CONSOLE, Channel.WEBHOOK}
MINUTE = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed: `typed` as it came, `texts` the languages in which there is something."""

    kind: PublicationKind
    body: str
    audience: str
    release: str
    texts: Texts
    typed: Mapping[str, str]

    @property
    def told_to(self) -> Audience | None:
        return audience_of(self.audience, self.body) if self.kind in TOLD else None

    def release_at(self, found: Visit, kept: datetime | None = None) -> datetime | None:
        """Return the instant before which nothing goes out; raises Refused for what is none.

        One that was `kept` and is left as it was may have passed.
        """
        if not self.release:
            return None
        if self.release == moment_typed(found, kept):
            return kept
        try:
            typed = datetime.strptime(self.release, MINUTE)  # noqa: DTZ007 - a wall time
        except ValueError as error:
            raise Refused("desk_publications.no_moment") from error
        at = instant(typed, found.zone)
        if at <= found.site.clock.now():
            raise Refused("desk_publications.past")
        return at


@dataclass(frozen=True, slots=True)
class Shown:
    """How a channel shows a text in a language: `title` is empty where all is one text.

    `parts` where it is paid by the part; `length` counts characters. `is_cut`: some is left out.
    """

    channel: Channel
    language: str
    title: str
    text: str
    parts: int = 0
    is_cut: bool = False

    @property
    def length(self) -> int:
        return len(self.title) + len(self.text)


def drafted(said: Mapping[str, str], kind: PublicationKind, body: str) -> Draft:
    """Return what was typed, each language with a title and a text, or with neither."""
    typed = {
        f"{part}_{language}": unturned(said.get(f"{part}_{language}", ""))
        .replace("\r\n", "\n")
        .strip()
        for part in ("title", "text")
        for language in LANGUAGES
    }
    audience = said.get("audience", "")
    audience = audience if audience in AUDIENCES else "everyone"
    return Draft(kind, body, audience, said.get("release", "").strip(), texts_of(typed), typed)


def typed_of(texts: Texts) -> dict[str, str]:
    """Return a text as its editor holds it."""
    typed = {f"{part}_{one}": "" for part in ("title", "text") for one in LANGUAGES}
    for language, text in texts.items():
        typed |= {f"title_{language}": text.title, f"text_{language}": text.body}
    return typed


def texts_of(typed: Mapping[str, str]) -> Texts:
    """Return what an editor holds, in the languages in which there is something."""
    return {
        language: Text(typed[f"title_{language}"], typed[f"text_{language}"])
        for language in LANGUAGES
        if typed[f"title_{language}"] or typed[f"text_{language}"]
    }


def merged(
    seen: Mapping[str, str], typed: Mapping[str, str], now: Mapping[str, str]
) -> dict[str, str]:
    """Return what was typed where it was changed, and what another has changed where it was not."""
    return {name: now[name] if said == seen[name] else said for name, said in typed.items()}


def moment_typed(found: Visit, at: datetime | None) -> str:
    """Return an instant as its field holds it."""
    return wall_time(at, found.zone).strftime(MINUTE) if at else ""


def audience_typed(audience: Audience | None) -> str:
    """Return the choice that an audience is; nothing where it is none of them."""
    kind = audience.kind if audience else None
    return next((choice for choice, of in AUDIENCES.items() if of is kind), "")


def previews(found: Visit, kind: PublicationKind, texts: Texts) -> list[Shown]:
    """Return how each channel that carries news here would show a text, by language."""
    messages = [
        Message(text.body, language, title=text.title)
        for language, text in plain_texts(kind, texts).items()
    ]
    providers = found.site.means.providers
    return [
        _shown(provider, message)
        for channel, provider in providers.items()
        if channel not in UNSEEN
        for message in messages
    ]


def _shown(provider: Provider, message: Message) -> Shown:
    parts = provider.parts(message) if isinstance(provider, Metered) else 0
    if not isinstance(provider, Worded):
        return Shown(provider.channel, message.language, message.title, message.text, parts)
    words = provider.words(message)
    is_cut = _letters(message.text) not in _letters(words)
    return Shown(provider.channel, message.language, "", words, parts, is_cut)


def _letters(text: str) -> str:
    """Return what stays the same of a text, whatever a network makes of its marks and spaces."""
    return re.sub(r"\W+", "", folded(text))


async def reckoned(
    unit: Unit, found: Visit, kind: PublicationKind, texts: Texts, audience: Audience
) -> Foretold:
    """Return how many would be told, by which channels, and at what price."""
    content, news = contents(plain_texts(kind, texts)), NoticeClass.INFORMATIONAL
    return await foretell(unit, audience, news, content, found.site.means)
