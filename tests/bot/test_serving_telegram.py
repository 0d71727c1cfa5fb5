"""The whole program and Telegram: a person writes, and is answered, by polling and by webhook."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.emulators.telegram import TOKEN, TelegramEmulator, telegram_emulator
from tests.ports import free_port

PATIENCE = 90  # seconds, on a machine that does much else
BEFFROI = Path(sys.executable).parent / "beffroi"
SECRET = "a-secret_of-this-test"


def settings(emulator: TelegramEmulator, mode: str) -> dict[str, str]:
    port = free_port()
    return {
        **os.environ,  # noqa: TID251 - what a process needs besides
        "BEFFROI_WEB_PORT": str(port),
        "BEFFROI_TELEGRAM_TOKEN": TOKEN,
        "BEFFROI_TELEGRAM_BASE_URL": f"{emulator.url}/bot",
        "BEFFROI_TELEGRAM_MODE": mode,
        "BEFFROI_TELEGRAM_SECRET": SECRET,
        "BEFFROI_TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}/webhooks/telegram",
    }


@asynccontextmanager
async def serving(folder: Path, environment: Mapping[str, str]) -> AsyncIterator[None]:
    process = await asyncio.create_subprocess_exec(
        BEFFROI, "serve", cwd=folder, env=environment, stdout=subprocess.PIPE
    )
    assert process.stdout
    await process.stdout.readline()
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE):
            assert await process.wait() == 0


@pytest.mark.parametrize("mode", ["polling", "webhook"])
@pytest.mark.usefixtures("council")
async def test_a_person_who_writes_on_telegram_is_answered(folder: Path, mode: str) -> None:
    async with telegram_emulator() as emulator:
        environment = settings(emulator, mode)
        async with serving(folder, environment):
            await emulator.say(7, "/help", language_code="fr")
            assert "Casablanca" in (await emulator.answer(7)).text
            checked = await asyncio.create_subprocess_exec(
                BEFFROI, "check", "--json", cwd=folder, env=environment, stdout=subprocess.PIPE
            )
            told, _ = await checked.communicate()
        verdicts = {one["thing"]: one["verdict"] for one in json.loads(told)}
    assert set(verdicts.values()) <= {"answers", "not set up"}
    assert ("telegram webhook" in verdicts) is (mode == "webhook")
    assert "setMyCommands" in [method for method, _ in emulator.calls]
