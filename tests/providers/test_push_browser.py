"""Web Push on the whole way: from a button of our page to what a real Firefox shows."""

from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest
from pydantic import SecretStr

from actions.notices.announcing import announce
from actions.people.signing_in import offer_link
from bot.machine_settings import Push
from bot.settings import Email, Settings
from bot.wiring import Program, wired
from channels.push.vapid import new_keys
from domain.actors import OPERATOR
from domain.addresses import Channel
from domain.clock import SystemClock
from domain.deliveries import State
from domain.notices import NoticeClass
from tests.emulators.autopush import autopush
from tests.emulators.firefox import firefox
from tests.scheduler.town import EVERYONE, commune
from tests.town import HURRIED
from tests.web.browsers.holding import served
from tests.web.people import site_for

WORDS = {
    "fr": ("Crue de l’oued", "Évitez la corniche."),
    "ar": ("فيضان الوادي", "تجنبوا الكورنيش."),
    "en": ("The river floods", "Keep away from the shore."),
}
READY = "navigator.serviceWorker.ready.then(() => true)"
PRESSED = """(async () => {
    document.querySelector("#push [data-move=%s]").click();
    const part = document.querySelector("#push [data-state=%s]");
    while (part.hidden) await new Promise((go) => setTimeout(go, 20));
    return true;
})()"""
SHOWN = """(async () => {
    const worker = await navigator.serviceWorker.ready;
    for (;;) {
        const all = await worker.getNotifications();
        if (all.length) return all.map((one) => [one.title, one.body, one.data]);
        await new Promise((go) => setTimeout(go, 20));
    }
})()"""
UNSUBSCRIBE = """navigator.serviceWorker.ready
    .then((worker) => worker.pushManager.getSubscription()).then((made) => made.unsubscribe())"""
SIGN_IN = """fetch(location, {
    method: "POST", body: new URLSearchParams(new FormData(document.querySelector("main form"))),
}).then((answer) => answer.ok)"""
HEADING = """document.querySelector("h1").textContent"""


@pytest.fixture
async def keys() -> tuple[str, str]:
    return new_keys()


@pytest.fixture
async def program(tmp_path: Path, keys: tuple[str, str]) -> AsyncIterator[Program]:
    settings = Settings(
        database_url=SecretStr(f"sqlite:///{tmp_path}/beffroi.db"),
        email=Email(folder=tmp_path / "mail"),
        push=Push(
            private_key=SecretStr(keys[0]), contact="mailto:a@commune.ma", networks="127.0.0.1/32"
        ),
    )
    async with wired(settings, SystemClock(), chance=Random(7), tempo=HURRIED) as program:
        yield program


async def warn(program: Program) -> tuple[State, str | None]:
    """Warn everybody, and return what became of the one push."""
    async with program.store.unit() as unit:
        await announce(unit, EVERYONE, WORDS, notice_class=NoticeClass.EMERGENCY, actor=OPERATOR)
    await program.drain()
    async with program.store.reading() as unit:
        [newest] = await unit.overview.deliveries(channel=Channel.PUSH, most=1)
    return newest.state, newest.code


async def test_a_real_browser_subscribes_shows_what_it_is_told_and_is_forgotten_when_it_leaves(
    program: Program, keys: tuple[str, str], tmp_path: Path
) -> None:
    tenant_id = await commune(program.store)
    async with program.store.unit() as unit:
        person_id = await unit.people.add(tenant_id, name="Nadia", language="ar")
        link = await offer_link(unit, person_id, actor=OPERATOR)
    profile = tmp_path / "firefox"
    profile.mkdir()
    async with (
        autopush() as service,
        served(site_for(program, push_key=keys[1])) as home,
        firefox(profile, service.line) as browser,
    ):
        await browser.open(f"{home}/sign-in/link/{link}")
        assert await browser.evaluate(SIGN_IN)
        await browser.open(f"{home}/account")
        await browser.evaluate(READY)
        assert await browser.evaluate(PRESSED % ("begin", "on"))

        assert await warn(program) == (State.ACCEPTED, None)
        [(title, text, path)] = await browser.evaluate(SHOWN)
        assert (title, text) == WORDS["ar"]
        await browser.open(f"{home}{path}")
        assert await browser.evaluate(HEADING) == title

        assert await browser.evaluate(UNSUBSCRIBE) is True
        assert await warn(program) == (State.FAILED, "http_410")
        async with program.store.reading() as unit:
            [left] = await unit.overview.deliveries(channel=Channel.PUSH, state=State.FAILED)
            assert await unit.subscriptions.by_name(left.address) is None
