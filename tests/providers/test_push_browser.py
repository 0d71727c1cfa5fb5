"""Web Push on the whole way: from a council's notice to what a real Firefox shows."""

from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest
from pydantic import SecretStr

from actions.announcing import announce
from actions.subscribing_push import subscribe
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

WORDS = {
    "fr": ("Crue de l’oued", "Évitez la corniche."),
    "ar": ("فيضان الوادي", "تجنبوا الكورنيش."),
    "en": ("The river floods", "Keep away from the shore."),
}
SUBSCRIBE = (
    "worker.then((one) => one.pushManager.subscribe({userVisibleOnly: true, "
    "applicationServerKey: '%s'})).then((made) => made.toJSON())"
)
SHOWN = (
    "worker.then((one) => one.getNotifications())"
    ".then((all) => all.map((one) => [one.title, one.body]))"
)
UNSUBSCRIBE = (
    "worker.then((one) => one.pushManager.getSubscription()).then((made) => made.unsubscribe())"
)


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
    profile = tmp_path / "firefox"
    profile.mkdir()
    async with autopush() as service, firefox(profile, service.line) as browser:
        await browser.open(service.page)
        subscription = await browser.evaluate(SUBSCRIBE % keys[1])
        async with program.store.unit() as unit:
            await subscribe(unit, person_id, subscription, actor=OPERATOR)

        assert await warn(program) == (State.ACCEPTED, None)
        [said] = await browser.evaluate("arrived(1)")
        assert (said["title"], said["body"]) == WORDS["ar"]
        assert await browser.evaluate(SHOWN) == [list(WORDS["ar"])]

        assert await browser.evaluate(UNSUBSCRIBE) is True
        assert await warn(program) == (State.FAILED, "http_410")
        async with program.store.reading() as unit:
            [left] = await unit.overview.deliveries(channel=Channel.PUSH, state=State.FAILED)
            assert await unit.subscriptions.by_name(left.address) is None
