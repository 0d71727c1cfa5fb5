"""Pictures of the main pages for the documentation, taken of a town at work: `make screenshots`."""

import asyncio
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser as Chromium, ViewportSize

from domain.clock import HandClock
from tests.conftest import MORNING
from tests.emulators.chromium import PHONE, chromium
from tests.town import town_at
from tests.web.browsers.holding import held, served
from tests.web.busy_town import ADDRESSES, Busy, peopled
from tests.web.every_page import Seen, Who
from tests.web.people import site_of
from web.site import Site

FOLDER = Path("docs/screenshots")
QUALITY = 50  # percent: some 60 kB at most
DESK: ViewportSize = {"width": 1100, "height": 620}


@dataclass(frozen=True, slots=True)
class Picture:
    """`name` is the file's, without its ending."""

    name: str
    seen: Seen
    language: str
    size: ViewportSize
    light: Literal["light", "dark"] = "light"


PICTURES = (
    Picture("home-ar", Seen("/"), "ar", PHONE),
    Picture("inbox-ar", Seen("/inbox", Who.READER), "ar", PHONE),
    Picture("letter-fr-dark", Seen("/inbox/{letter}", Who.READER), "fr", PHONE, "dark"),
    Picture("petition-ar", Seen("/petitions/{petition}"), "ar", PHONE),
    Picture("preferences-fr", Seen("/preferences", Who.READER), "fr", PHONE),
    Picture("session-fr", Seen("/sessions/{session}"), "fr", DESK),
    Picture("desk-fr", Seen("/desk", Who.STAFF), "fr", DESK),
    Picture("desk-session-ar", Seen("/desk/sessions/{draft}", Who.STAFF), "ar", DESK),
    Picture("deliveries-fr", Seen("/desk/deliveries/1", Who.STAFF), "fr", DESK),
)


async def take_all() -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        async with (
            town_at(f"sqlite:///{folder}/town.db", HandClock(MORNING)) as town,
            chromium() as machine,
        ):
            busy = await peopled(town)
            site = site_of(town, push_key="BKey")
            for picture in PICTURES:
                await _take(busy, site, machine, picture)
    finally:
        shutil.rmtree(folder)


async def _take(busy: Busy, site: Site, machine: Chromium, picture: Picture) -> None:
    """Let somebody open a page, and keep what their screen shows."""
    who = picture.seen.who
    async with (
        served(site) as home,
        held(machine, home, language=picture.language, size=picture.size) as device,
    ):
        if who in ADDRESSES:
            await device.signs_in(busy.town, ADDRESSES[who])
        else:
            await device.page.goto("/sign-in")
        await device.speaks(picture.language)
        await device.page.emulate_media(color_scheme=picture.light)
        await device.page.goto(busy.path(picture.seen))
        path = FOLDER / f"{picture.name}.jpg"
        await device.page.screenshot(path=path, type="jpeg", quality=QUALITY)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    asyncio.run(take_all())
