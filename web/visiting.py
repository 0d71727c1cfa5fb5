"""One visit of a page: who it is, in which language, and whether a form is really ours."""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Literal

from litestar import Request
from litestar.datastructures import URL, Cookie
from litestar.response import Redirect

from actions.meetings import tenant, today
from actions.people.signing_in import LASTS, SEEN_EVERY, secret
from domain import outgoing
from domain.actors import Actor
from domain.addresses import Channel
from domain.clock import zone
from domain.errors import Refused
from domain.letters import mailbox
from domain.people import Person
from domain.phrasebook import ELSEWHERE, FALLBACK, LANGUAGES
from store.bodies import Tenant
from store.unit import Unit
from store.web_sessions import WebSession
from web.mistakes import Mistaken
from web.site import Site

SEE_OTHER: Literal[303] = 303  # after a form: what is reloaded is not sent again
AS_IT_CAME: Literal[307] = 307  # a form is sent on, with all that was filled in (RFC 9110, 15.4.8)
LARGEST = 999_999_999  # number of a record in an address: as far as `number` reads
YEAR = 365 * 24 * 3600  # seconds
DAY = timedelta(days=1)
OWN_PAGE = re.compile(r"/(?!/)[A-Za-z0-9/_.?=&%+:~-]*")
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
PREFETCHED = ("sec-purpose", "purpose", "hx-request")  # asked for by a machine, not by a reader

AnyRequest = Request[Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Visit:
    """`browser` is the secret of this browser, signed in or not: its forms are sealed with it."""

    site: Site
    request: AnyRequest
    browser: str
    language: str
    commune: Tenant
    session: WebSession | None = None
    person: Person | None = None

    @property
    def seal(self) -> str:
        """What a form of this browser and session brings back, also when that has just ended."""
        words = f"form:{brought(self.site, self.request, 'session')}"
        return hmac.new(self.browser.encode(), words.encode(), hashlib.sha256).hexdigest()

    @property
    def nonce(self) -> str:
        """A name for one showing of a form: what it says is heard once, however often it comes."""
        return secret()[:16]

    @property
    def place(self) -> str:
        """The address at which a code is asked for and typed before anybody has signed in."""
        return f"browser:{hashlib.sha256(self.browser.encode()).hexdigest()}"

    @property
    def network(self) -> str:
        return self.request.client.host if self.request.client else ""

    @property
    def path(self) -> str:
        """This page as a link of our own, to come back to."""
        return own_page(local(self.request.url))

    @property
    def is_read(self) -> bool:
        """Whether somebody looks at what is answered, or only a machine."""
        return not any(self.request.headers.get(name) for name in PREFETCHED)

    @property
    def origin(self) -> str:
        """Where this site is, for links that are read elsewhere."""
        return origin(self.site, self.request)

    @property
    def zone(self) -> Any:
        return zone(self.commune.zone)

    @property
    def actor(self) -> Actor:
        """Who acts on this page; how sure that is depends on when they last proved it."""
        if self.person is None or self.session is None:
            return Actor.of(None, Channel.INBOX)
        proof = self.site.trust.proof(Channel.INBOX, self.session.proved_at, self.site.clock.now())
        return Actor.of(self.person, Channel.INBOX, mailbox(self.person.id), proof=proof)

    def cookies(self) -> list[Cookie]:
        return [cookie(self.site, "browser", self.browser, YEAR)]


async def visit(site: Site, request: AnyRequest) -> Visit:
    """Return who visits; raise Mistaken while there is no commune."""
    async with site.store.reading() as unit:
        found = await visit_in(unit, site, request)
    await note_seen(site, found)
    return found


async def note_seen(site: Site, found: Visit) -> None:
    """Note that a session is in use, now and then: not at every page."""
    if found.session and site.clock.now() - found.session.seen_at > SEEN_EVERY:
        async with site.store.unit() as unit:
            await unit.web_sessions.see(found.session.id)


async def known_visit(site: Site, request: AnyRequest) -> tuple[Visit, Person, WebSession]:
    """Return who visits, or raise Mistaken, which leads to signing in."""
    found = await visit(site, request)
    if found.person is None or found.session is None:
        raise Mistaken(HTTPStatus.UNAUTHORIZED)
    return found, found.person, found.session


def see_other(found: Visit, path: str) -> Redirect:
    """Lead on to a page after a form, so that reloading it sends nothing twice."""
    return Redirect(path, status_code=SEE_OTHER, cookies=found.cookies())


def origin(site: Site, request: AnyRequest) -> str:
    """Return where this site is: what the settings say, else the address that was called.

    A `Host` is what its sender wrote, and a link made of it could lead anywhere: only the names of
    this very machine are taken from there.
    """
    if site.public_url:
        return site.public_url.rstrip("/")
    host, port = request.scope["server"] or ("", None)
    if not host or request.url.hostname in THIS_MACHINE:
        return outgoing.origin(str(request.base_url))
    named = f"[{host}]" if ":" in host else host
    return outgoing.origin(f"{request.scope['scheme']}://{named}:{port}")


def own_page(path: str, otherwise: str = "/inbox") -> str:
    """Return a path if it is on this site and plain: a link may have been made by anybody."""
    return path if OWN_PAGE.fullmatch(path) else otherwise


def number(text: str) -> int:
    """Read a number out of an address; what is none, or too big to be one of ours, is nought."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0


async def keep_numbers_small(request: AnyRequest) -> None:
    """Raise Mistaken when an address has a number in it that no record can have."""
    if any(isinstance(one, int) and one > LARGEST for one in request.path_params.values()):
        raise Mistaken(HTTPStatus.NOT_FOUND)


def came_from(request: AnyRequest) -> str:
    """Return the page somebody is on: what they asked for, or where they sent a form from."""
    asked = request.url
    if request.method != "GET":
        asked = URL(request.headers.get("referer", ""))
    return own_page(local(asked))


def local(url: URL) -> str:
    """Return an address without the site it is at."""
    return f"{url.path}?{url.query}" if url.query else url.path


def cookie(site: Site, name: str, value: str, seconds: int) -> Cookie:
    """Return a cookie that scripts cannot read and other sites cannot use, nor set for us."""
    return Cookie(
        key=named(site, name),
        value=value,
        max_age=seconds,
        path="/",
        httponly=True,
        secure=site.is_secure,
        samesite="lax",
    )


def session_cookie(site: Site, token: str) -> Cookie:
    """Return a cookie that outlives its session by a day: a form begun in it is still known."""
    return cookie(site, "session", token, int((LASTS + DAY).total_seconds()))


def named(site: Site, name: str) -> str:
    """Return a cookie's name; `__Host-` keeps one from being set by a neighbour (RFC 6265bis)."""
    return f"__Host-{name}" if site.is_secure else name


def accepted_language(accepted: str) -> str:
    """Return the first language a browser asks for that we speak."""
    asked = (one.strip()[:2].lower() for one in accepted.split(","))
    return next((one for one in asked if one in LANGUAGES), ELSEWHERE)


async def visit_in(unit: Unit, site: Site, request: AnyRequest) -> Visit:
    """Return who visits, as `visit`, by a unit that goes on to read the page."""
    try:
        commune = await tenant(unit)
    except Refused as refused:
        raise Mistaken(HTTPStatus.SERVICE_UNAVAILABLE) from refused
    token = brought(site, request, "session")
    session = await unit.web_sessions.by_token(token) if token else None
    person = None
    if session:
        person = await unit.people.by_id(session.person_id, on=today(unit.clock, commune))
    return Visit(
        site,
        request,
        brought(site, request, "browser") or secret(),
        spoken(site, request, person),
        commune,
        session,
        person,
    )


def brought(site: Site, request: AnyRequest, name: str) -> str:
    """Return the secret that a cookie brings; empty where there is none."""
    token = request.cookies.get(named(site, name), "")
    return token if TOKEN.fullmatch(token) else ""


def spoken(site: Site, request: AnyRequest, person: Person | None = None) -> str:
    """Return the language chosen in this browser, else the person's, else the browser's own."""
    chosen = request.cookies.get(named(site, "language"), "")
    if chosen in LANGUAGES:
        return chosen
    if person and (person.language in LANGUAGES or person.language in FALLBACK):
        return person.language
    return accepted_language(request.headers.get("accept-language", ""))
