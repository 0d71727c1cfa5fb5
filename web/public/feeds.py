"""Atom feeds (RFC 4287): a body's sessions, the council's decisions, the town hall's texts."""

import unicodedata
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from http import HTTPStatus

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions.wording import Meeting
from domain.access import Scope
from domain.clock import instant, wall_time
from domain.decisions import ICONS, Decision
from domain.phrasebook import Named, phrasebook
from domain.publications import Bulletin, plain_text
from domain.sessions import SESSION_ICONS
from web.conditional import answered
from web.mistakes import Mistaken
from web.public.calendars import changes, language_of
from web.public.looking import Look
from web.rendering import written
from web.site import Site
from web.visiting import AnyRequest, visit

ATOM = "application/atom+xml; charset=utf-8"
ENDING = ".atom"
MOST = 50
PAST, AHEAD = timedelta(days=92), timedelta(days=366)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class News:
    """One entry of a feed. `path` is of its page, and its name for life; `at` is an instant."""

    path: str
    title: str
    text: str
    at: datetime


def pages(site: Site) -> list[HTTPRouteHandler]:
    @get("/feeds/{name:str}")
    async def feed(name: FromPath[str], request: AnyRequest) -> Response[bytes]:
        """Give what is public, whoever asks: `news.atom`, or a body's `council.atom`."""
        found = replace(await visit(site, request), person=None, session=None)
        async with site.store.reading() as unit:
            look = await Look.of(replace(found, language=language_of(request)), unit)
            if feed_of := FEEDS.get(name):
                title = phrasebook().say(feed_of.key, look.visit.language)
                return _given(look, title, feed_of.path, await feed_of.news(look))
            body = look.bodies.get(name.removesuffix(ENDING))
            if body is None or not name.endswith(ENDING):
                raise Mistaken(HTTPStatus.NOT_FOUND)
            title = body.name(look.visit.language)
            return _given(
                look, title, f"/sessions?body={body.key}", await _sessions(look, body.key)
            )

    return [feed]


async def _decisions(look: Look) -> list[News]:
    found = await look.unit.decisions.seen(Scope(), most=MOST)
    return [_decided(look, decision) for decision in found]


def _decided(look: Look, decision: Decision) -> News:
    latest = max((decision.adopted_on, *decision.days.values()))
    text = phrasebook().say(
        "decision.card",
        look.visit.language,
        icon=ICONS[decision.state],
        state=Named(f"council.decision_{decision.state}"),
        on=decision.adopted_on,
        body=look.bodies[decision.body_key].name(look.visit.language),
        text=decision.text,
    )
    title = f"{decision.ref} – {decision.title}"
    return News(f"/decisions/{decision.ref}", title, text, _morning(look, latest))


async def _texts(look: Look) -> list[News]:
    return [_told(look, bulletin) for bulletin in await look.unit.bulletins.latest(most=MOST)]


def _told(look: Look, bulletin: Bulletin) -> News:
    _, text = bulletin.text(look.visit.language)
    told = plain_text(bulletin.kind, text)
    return News(f"/news/{bulletin.ref}", told.title, told.body, bulletin.at)


async def _sessions(look: Look, body_key: str) -> list[News]:
    """Return the sessions of lately and to come, what changed last first."""
    today = wall_time(look.unit.clock.now(), look.visit.zone)
    held = await look.unit.sessions.between(today - PAST, today + AHEAD, body_keys=[body_key])
    openings = [one for one in look.seen(held) if one.opening.number == 1]
    changed = await changes(look, openings)
    news = [_called(look, meeting, changed[meeting.session.id]) for meeting in openings]
    return sorted(news, key=lambda one: one.at, reverse=True)[:MOST]


def _called(look: Look, meeting: Meeting, at: datetime) -> News:
    say, language = phrasebook().say, look.visit.language
    state, opening = meeting.session.state, meeting.opening
    lines = [
        say(
            "session.state",
            language,
            icon=SESSION_ICONS[state],
            state=Named(f"council.session_{state}"),
        ),
        say("session.when", language, starts=opening.starts),
        say("session.where", language, place=opening.place) if opening.place else "",
    ]
    path = f"/sessions/{meeting.session.id}"
    return News(path, meeting.name(language), "\n".join(filter(None, lines)), at)


def _given(look: Look, title: str, path: str, news: Sequence[News]) -> Response[bytes]:
    at = max((one.at for one in news), default=LONG_AGO)
    xml = written(
        "public/feed.xml",
        look.visit.language,
        commune=look.visit.commune,
        visit=look.visit,
        title=title,
        path=path,
        news=news,
        at=at,
        plain=plain,
    )
    request = look.visit.request
    return answered(request, xml.encode(), media_type=ATOM, changed_at=at if news else None)


def plain(text: str) -> str:
    """Return a text without what XML cannot say (XML 1.0, 2.2)."""
    return "".join(
        letter
        for letter in text
        if letter in "\t\n" or unicodedata.category(letter) not in {"Cc", "Cs", "Cn"}
    )


def _morning(look: Look, day: date) -> datetime:
    return instant(datetime.combine(day, time.min), look.visit.zone)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is of no body. `key` is the phrase of its title, `path` the page it is of."""

    key: str
    path: str
    news: Callable[[Look], Awaitable[list[News]]]


FEEDS = {
    f"decisions{ENDING}": Feed("public.decisions", "/decisions", _decisions),
    f"news{ENDING}": Feed("news.title", "/news", _texts),
}
