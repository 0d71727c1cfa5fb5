"""Slack's share of the wiring, by what the settings name."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr

from bot.configuring import found_settings
from bot.settings import Settings
from bot.slack_settings import Slack, SlackMode
from bot.wiring import wired
from channels.slack.provider import SlackProvider
from channels.slack.socket import SocketListener
from domain.addresses import Channel
from domain.clock import HandClock
from domain.errors import Misconfigured


def settings(folder: Path, slack: Slack) -> Settings:
    return Settings(database_url=SecretStr(f"sqlite:///{folder}/beffroi.db"), slack=slack)


async def test_a_token_and_a_secret_open_a_door(tmp_path: Path, clock: HandClock) -> None:
    slack = Slack(token=SecretStr("xoxb-1"), signing_secret=SecretStr("secret"))
    async with wired(settings(tmp_path, slack), clock) as program:
        assert isinstance(program.providers[Channel.SLACK], SlackProvider)
        assert [door.channel for door in program.ways_in.doors] == [Channel.SLACK]
        assert "slack" not in program.ways_in.listeners
        assert program.ways_in.pages == ()


async def test_a_socket_listens_and_needs_no_door(tmp_path: Path, clock: HandClock) -> None:
    slack = Slack(mode=SlackMode.SOCKET, app_token=SecretStr("xapp-1"), token=SecretStr("xoxb-1"))
    async with wired(settings(tmp_path, slack), clock) as program:
        assert isinstance(program.ways_in.listeners["slack"], SocketListener)
        assert program.ways_in.doors == ()


async def test_an_app_brings_the_pages_that_let_it_in(tmp_path: Path, clock: HandClock) -> None:
    slack = Slack(
        client_id="1.2",
        client_secret=SecretStr("secret"),
        signing_secret=SecretStr("secret"),
        keys=SecretStr(Fernet.generate_key().decode()),
        public_url="https://council.ma",
    )
    async with wired(settings(tmp_path, slack), clock) as program:
        paths = [page.path for page in program.ways_in.pages]
        assert paths == ["/slack/install", "/slack/oauth_redirect"]


async def test_a_key_that_is_none_is_told_at_the_start(tmp_path: Path, clock: HandClock) -> None:
    slack = Slack(
        client_id="1.2",
        client_secret=SecretStr("secret"),
        signing_secret=SecretStr("secret"),
        keys=SecretStr("short"),
        public_url="https://council.ma",
    )
    with pytest.raises(Misconfigured, match="BEFFROI_SLACK_KEYS"):
        async with wired(settings(tmp_path, slack), clock):
            pass


@pytest.mark.usefixtures("folder")
def test_what_an_app_needs_besides_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEFFROI_SLACK_CLIENT_ID", "1.2")
    with pytest.raises(Misconfigured) as told:
        found_settings()
    for name in ("CLIENT_SECRET", "SIGNING_SECRET", "KEYS", "PUBLIC_URL"):
        assert f"BEFFROI_SLACK_{name} is missing" in str(told.value)
