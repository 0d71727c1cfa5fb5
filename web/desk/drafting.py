"""What an editor of texts sent: read, checked, and shown as every channel would show it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from actions.publishing import contents
from actions.rehearsing import Foretold, foretell
from domain.addresses import Channel
from domain.approval_forms import AUDIENCES, audience_of
from domain.channel import Brief, Metered
from domain.clock import instant
from domain.errors import Refused
from domain.messages import Message
from domain.notices import Audience, NoticeClass
from domain.phrasebook import LANGUAGES
from domain.publications import TOLD, PublicationKind, Text, Texts
from store.unit import Unit
from web.visiting import Visit

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

    def release_at(self, found: Visit) -> datetime | None:
        """Return the instant before which nothing goes out; raises Refused for what is none."""
        if not self.release:
            return None
        try:
            wall_time = datetime.strptime(self.release, MINUTE)  # noqa: DTZ007 - a wall time
        except ValueError as error:
            raise Refused("desk_publications.no_moment") from error
        at = instant(wall_time, found.zone)
        if at <= found.site.clock.now():
            raise Refused("desk_publications.past")
        return at


@dataclass(frozen=True, slots=True)
class Shown:
    """How a channel shows a text in a language; `parts` where it is paid by the part."""

    channel: Channel
    language: str
    message: Message
    parts: int = 0
    is_cut: bool = False


def drafted(said: Mapping[str, str], kind: PublicationKind, body: str) -> Draft:
    """Return what was typed, each language with a title and a text, or with neither."""
    typed = {
        f"{part}_{language}": said.get(f"{part}_{language}", "").replace("\r\n", "\n").strip()
        for part in ("title", "text")
        for language in LANGUAGES
    }
    texts = {
        language: Text(typed[f"title_{language}"], typed[f"text_{language}"])
        for language in LANGUAGES
        if typed[f"title_{language}"] or typed[f"text_{language}"]
    }
    audience = said.get("audience", "")
    audience = audience if audience in AUDIENCES else "everyone"
    return Draft(kind, body, audience, said.get("release", "").strip(), texts, typed)


def typed_of(texts: Texts) -> dict[str, str]:
    """Return a text as its editor holds it."""
    typed = {f"{part}_{one}": "" for part in ("title", "text") for one in LANGUAGES}
    for language, text in texts.items():
        typed |= {f"title_{language}": text.title, f"text_{language}": text.body}
    return typed


def previews(found: Visit, texts: Texts) -> list[Shown]:
    """Return how each channel that carries messages here would show a text, by language."""
    return list(_previews(found, texts))


def _previews(found: Visit, texts: Texts) -> Iterator[Shown]:
    for channel, provider in found.site.means.providers.items():
        if channel is Channel.CONSOLE:
            continue
        for language, text in texts.items():
            whole = Message(text.body, language, title=text.title)
            shown = provider.page(whole).shown if isinstance(provider, Brief) else whole
            parts = provider.parts(whole) if isinstance(provider, Metered) else 0
            length = len(whole.title) + len(whole.text)
            is_cut = shown.text != whole.text or length > provider.capabilities.text_length
            yield Shown(channel, language, shown, parts, is_cut)


async def reckoned(unit: Unit, found: Visit, texts: Texts, audience: Audience) -> Foretold:
    """Return how many would be told, by which channels, and at what price."""
    content, news = contents(texts), NoticeClass.INFORMATIONAL
    return await foretell(unit, audience, news, content, found.site.means)
