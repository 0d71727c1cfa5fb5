"""A town whose pages are open: the program's own pages and engine, read by a browser of ours."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from html import unescape

import httpx
from litestar.testing import AsyncTestClient

from actions.notices.announcing import announce
from bot.reckoning import means
from bot.wiring import Program
from channels.web.render import render
from domain.actors import OPERATOR
from domain.addresses import Channel
from domain.notices import Audience, AudienceKind
from domain.phrasebook import LANGUAGES
from tests.town import Town
from web.app import application
from web.health import Vitals
from web.mailrooms import Mailrooms
from web.site import Site
from web.watching import Watched

AMINA = "amina@example.ma"
A_PHONE = "Mozilla/5.0 (Android 14; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0"
A_BROWSER = {"Accept": "text/html", "User-Agent": A_PHONE}
SEAL = re.compile(r'name="seal" value="([^"]+)"')
NONCE = re.compile(r'name="nonce" value="([^"]+)"')
CODE = re.compile(r"\d{6}")


def site_of(town: Town, *, is_secure: bool = False, push_key: str = "") -> Site:
    return site_for(town.program, is_secure=is_secure, push_key=push_key)


def site_for(program: Program, *, is_secure: bool = False, push_key: str = "") -> Site:
    mailrooms = Mailrooms(program.store)
    program.store.listeners.append(mailrooms.hear)
    site = Site(
        program.store,
        program.ways_in.hear,
        program.clock,
        mailrooms,
        render,
        means(program),
        is_secure=is_secure,
        push_key=push_key,
        evenly=timedelta(0),
    )
    program.store.listeners.append(site.chatrooms.hear)
    return site


def pages_of(site: Site) -> Watched:
    async def vital_signs() -> Vitals:
        return Vitals(store_answers=True)

    return application(doors=(), hear=site.hear, vital_signs=vital_signs, site=site)


@dataclass(slots=True)
class Browser:
    """Somebody's browser, which keeps cookies and sends the forms of the page it shows."""

    town: Town
    client: AsyncTestClient[Watched]
    shown: httpx.Response | None = None

    async def opens(self, path: str, **headers: str) -> httpx.Response:
        self.shown = await self.client.get(path, headers={**A_BROWSER, **headers})
        return self.shown

    async def sends(self, path: str, **filled: str) -> httpx.Response:
        """Send a form of the page that is shown, and follow where it leads."""
        self.shown = await self.client.post(
            path, data={"seal": self.seal, **filled}, headers=A_BROWSER
        )
        return self.shown

    @property
    def html(self) -> str:
        """The page as it is read: spaces that break no line are spaces."""
        assert self.shown is not None
        return unescape(self.shown.text).replace("\u00a0", " ")

    @property
    def seal(self) -> str:
        found = SEAL.search(self.html)
        return found[1] if found else ""

    @property
    def nonce(self) -> str:
        return str(NONCE.findall(self.html)[0])

    def value(self, name: str) -> str:
        """Return the value of the first field or button of this name."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.html)
        assert found, name
        return found[1]

    def pressable(self, label: str) -> str:
        """Return the value of the button, or of the box, that is called so."""
        found = re.search(rf'value="([^"]*)"[^>]*>\s*{re.escape(label)}', self.html)
        assert found, label
        return found[1]

    async def signs_in(self, address: str) -> httpx.Response:
        await self.opens("/sign-in")
        await self.sends("/sign-in", address=address)
        return await self.sends("/sign-in/code", code=await self.code(address))

    async def goes_on(self) -> httpx.Response:
        """Send the form that waited (personal/continuing.html), just as it is shown."""
        found = re.search(r'<form method="post" action="([^"]+)" class="row"', self.html)
        assert found
        hidden = re.findall(
            r'type="hidden" name="([^"]+)" value="([^"]*)"', self.html.split("<h1>")[1]
        )
        return await self.sends(found[1], **dict(hidden))

    async def code(self, address: str) -> str:
        return await code_sent(self.town, address)


@asynccontextmanager
async def browser_in(town: Town, site: Site | None = None) -> AsyncIterator[Browser]:
    pages = pages_of(site or site_of(town))
    secure = site is not None and site.is_secure
    base_url = "https://testserver.local" if secure else "http://testserver.local"
    async with AsyncTestClient(pages, base_url=base_url) as client:
        client.follow_redirects = True
        yield Browser(town, client)


async def with_email(town: Town, person_id: int, address: str) -> None:
    """Let somebody be reached by e-mail as well."""
    async with town.store.unit() as unit:
        await unit.people.verify(person_id, Channel.EMAIL, address, at=town.clock.now())


async def code_sent(town: Town, address: str) -> str:
    """Return the code that was sent to an address last."""
    await town.carry()
    told = town.networks[Channel.EMAIL].told(address)
    codes: list[str] = [code for one in told for code in CODE.findall(one.text)]
    return codes[-1]


async def announced(town: Town, title: str, text: str) -> None:
    """Announce something to the council, and carry it."""
    async with town.store.unit() as unit:
        await announce(
            unit,
            Audience(AudienceKind.BODY, "council"),
            dict.fromkeys(LANGUAGES, (title, text)),
            actor=OPERATOR,
        )
    await town.carry()
