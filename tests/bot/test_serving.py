"""The whole program as one process: up soon, answering, and down without a loss."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.bot.conftest import Command

PATIENCE = 90  # seconds, on a machine that does much else


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run `beffroi serve` in a folder; answer the process and where its pages are."""
    environment = {**os.environ, "BEFFROI_WEB_PORT": "0", "PYTHONUNBUFFERED": "1", **settings}  # noqa: TID251 - a child process inherits it
    with (
        (folder / "log").open("w", encoding="utf-8") as log,
        subprocess.Popen(  # noqa: S603 - our own command
            [Path(sys.executable).parent / "beffroi", "serve"],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):
        assert process.stdout
        line = process.stdout.readline()
        try:
            yield process, line.rpartition(" ")[2].removesuffix("/health\n")
        finally:
            if process.poll() is None:
                process.kill()


def fetched(url: str) -> str:
    with urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310 - our own page
        text: str = answer.read().decode()
        return text


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_program_is_ready_when_it_says_so_and_ends_when_asked(
    folder: Path, how: signal.Signals
) -> None:
    with serving(folder) as (process, pages):
        health = json.loads(fetched(f"{pages}/health"))
        assert health["ready"]
        parts = {"dispatcher", "clock", "mailrooms", "chatrooms", "pages"}
        assert set(health["parts"]) == parts
        assert "beffroi_deliveries_total" in fetched(f"{pages}/metrics")
        process.send_signal(how)
        assert process.wait(PATIENCE) == 0
    assert "Traceback" not in (folder / "log").read_text("utf-8")


def test_a_convocation_reaches_its_members(folder: Path, council: int, beffroi: Command) -> None:
    notice = json.loads(beffroi("session", "convene", council, "--json").out)["notice"]
    with serving(folder):
        deadline = time.monotonic() + PATIENCE
        letters: list[Path] = []
        while not letters and time.monotonic() < deadline:
            time.sleep(0.05)  # the program needs the processor more than we
            letters = list((folder / "var" / "mail" / "new").glob("*"))
        assert len(letters) == 1
    shown = json.loads(beffroi("notice", "show", notice, "--json").out)
    reached = {one["channel"]: one["count"] for one in shown["deliveries"]}
    assert reached == {"email": 1, "inbox": 2}


def test_a_port_that_is_taken_is_said_in_one_sentence(folder: Path, beffroi: Command) -> None:
    with serving(folder) as (_, pages), pytest.MonkeyPatch.context() as patch:
        patch.setenv("BEFFROI_WEB_PORT", pages.rpartition(":")[2])
        said = beffroi("serve")
    assert said.code == 1
    assert "BEFFROI_WEB_PORT" in said.err
