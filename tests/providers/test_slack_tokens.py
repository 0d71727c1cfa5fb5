"""Tokens of workspaces: sealed, changed in time, by one worker at a time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet

from bot.wiring_slack import KeptRecords
from channels.slack.oauth import OAuth
from channels.slack.sealing import Seal
from channels.slack.tokens import InstalledTokens
from channels.slack.web_api import WebApi
from domain.clock import HandClock
from domain.errors import Misconfigured, Undeliverable, Unreachable
from domain.workspaces import Installation
from store.connecting import Store
from tests.emulators.slack import CLIENT_ID, CLIENT_SECRET, SlackEmulator, slack_emulator

KEY = Fernet.generate_key().decode()
NEXT = {
    "ok": True,
    "team": {"id": "T1", "name": "Casablanca"},
    "access_token": "xoxe.xoxb-next",
    "refresh_token": "xoxe-next",
    "expires_in": 43_200,
}


@pytest.fixture
async def slack() -> AsyncIterator[SlackEmulator]:
    async with slack_emulator() as emulator:
        yield emulator


@asynccontextmanager
async def worker(
    slack: SlackEmulator, store: Store, clock: HandClock, *keys: str
) -> AsyncIterator[InstalledTokens]:
    """Run what one process has: a client of its own, over records that all share."""
    api = WebApi(slack.base_url)
    oauth = OAuth(
        api,
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        redirect_url="https://council.test/slack/oauth_redirect",
        authorize_url=slack.authorize_url,
        clock=clock,
    )
    seal = Seal(keys or (KEY,), clock)
    yield InstalledTokens(api, KeptRecords(store), seal, oauth, clock)
    await api.close()


async def installed(store: Store, clock: HandClock, *, lasts: timedelta | None = None) -> None:
    seal = Seal([KEY], clock)
    installation = Installation(
        "T1",
        "Casablanca",
        seal.sealed("xoxb-first"),
        clock.now(),
        seal.sealed("xoxe-first") if lasts is not None else None,
        clock.now() + lasts if lasts is not None else None,
    )
    async with store.unit() as unit:
        await unit.slack_installations.keep(installation)


async def test_a_token_that_does_not_expire_is_used_as_it_is(
    slack: SlackEmulator, store: Store, clock: HandClock
) -> None:
    await installed(store, clock)
    async with worker(slack, store, clock) as tokens:
        assert await tokens.token("T1") == "xoxb-first"
    assert await slack.asked("oauth.v2.access") == []


async def test_of_many_workers_one_changes_the_token_and_none_loses_it(
    slack: SlackEmulator, store: Store, clock: HandClock
) -> None:
    await installed(store, clock, lasts=timedelta(hours=1))
    await slack.fail("oauth.v2.access", answer=NEXT)
    async with worker(slack, store, clock) as one, worker(slack, store, clock) as two:
        used = await asyncio.gather(*(each.token("T1") for each in (one, two, one, two)))
        assert set(used) <= {"xoxb-first", "xoxe.xoxb-next"}
        assert len(await slack.asked("oauth.v2.access")) == 1
        clock.move_by(timedelta(minutes=1))
        assert [await one.token("T1"), await two.token("T1")] == ["xoxe.xoxb-next"] * 2
    async with store.reading() as unit:
        kept = await unit.slack_installations.at("T1")
    assert kept
    assert kept.refresh_token
    assert Seal([KEY], clock).opened(kept.refresh_token) == "xoxe-next"


async def test_while_slack_gives_no_new_token_the_old_one_is_used_as_long_as_it_is_good(
    slack: SlackEmulator, store: Store, clock: HandClock
) -> None:
    await installed(store, clock, lasts=timedelta(hours=1))
    await slack.fail("oauth.v2.access", times=2, status=503, html=True)
    async with worker(slack, store, clock) as tokens:
        assert await tokens.token("T1") == "xoxb-first"
        clock.move_by(timedelta(hours=2))
        with pytest.raises(Unreachable):
            await tokens.token("T1")
        await slack.fail("oauth.v2.access", answer=NEXT)
        assert await tokens.token("T1") == "xoxe.xoxb-next"


async def test_an_expired_token_that_another_worker_is_changing_is_waited_for(
    slack: SlackEmulator, store: Store, clock: HandClock
) -> None:
    await installed(store, clock, lasts=timedelta(0))
    async with store.unit() as unit:
        assert await unit.slack_installations.begin_rotation("T1", lasts=timedelta(minutes=1))
    await slack.fail("oauth.v2.access", answer=NEXT)
    async with worker(slack, store, clock) as tokens:
        with pytest.raises(Unreachable) as told:
            await tokens.token("T1")
        assert told.value.retry_after
        clock.move_by(timedelta(minutes=2))  # it never came back
        assert await tokens.token("T1") == "xoxe.xoxb-next"


async def test_what_a_late_worker_brings_does_not_replace_what_is_newer(
    store: Store, clock: HandClock
) -> None:
    await installed(store, clock, lasts=timedelta(hours=1))
    async with store.unit() as unit:
        before = await unit.slack_installations.begin_rotation("T1", lasts=timedelta(minutes=1))
    assert before
    await installed(store, clock)
    async with store.unit() as unit:
        assert not await unit.slack_installations.end_rotation(before, before)


async def test_a_workspace_that_never_let_us_in_is_not_written_to(
    slack: SlackEmulator, store: Store, clock: HandClock
) -> None:
    async with worker(slack, store, clock) as tokens:
        with pytest.raises(Undeliverable) as told:
            await tokens.token("T9")
        assert told.value.is_address_dead


async def test_a_new_key_seals_and_the_old_one_still_opens(
    slack: SlackEmulator, store: Store, clock: HandClock
) -> None:
    await installed(store, clock)
    new = Fernet.generate_key().decode()
    async with worker(slack, store, clock, new, KEY) as tokens:
        assert await tokens.token("T1") == "xoxb-first"
    async with worker(slack, store, clock, new) as tokens:
        with pytest.raises(Unreachable):
            await tokens.token("T1")


@pytest.mark.parametrize("keys", [[], ["short"], ["é" * 44]])
def test_a_key_that_is_none_is_told_before_anything_starts(
    keys: list[str], clock: HandClock
) -> None:
    with pytest.raises(Misconfigured):
        Seal(keys, clock)
