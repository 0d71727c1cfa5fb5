"""`beffroi webhook`: systems registered, tried, and taken up again."""

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.systems.registering_webhooks import note_failure
from domain.errors import Undeliverable
from store.connecting import Store
from tests.bot.conftest import Command, in_store
from tests.emulators.receiver import Receiver, answered, receiver

URL = "https://gis.commune.ma/hook"
pytestmark = pytest.mark.usefixtures("council")


@pytest.fixture
def system() -> Iterator[Receiver]:
    """Run a receiver beside a command, which has a loop of its own."""
    there = asyncio.new_event_loop()
    found: list[Receiver] = []
    is_open, is_over = threading.Event(), asyncio.Event()

    async def run() -> None:
        async with receiver() as heard:
            found.append(heard)
            is_open.set()
            await is_over.wait()

    thread = threading.Thread(target=there.run_until_complete, args=[run()])
    thread.start()
    assert is_open.wait(10)
    yield found[0]
    there.call_soon_threadsafe(is_over.set)
    thread.join()
    there.close()


def test_a_system_is_registered_shown_and_removed(beffroi: Command) -> None:
    added = json.loads(
        beffroi(
            "webhook", "add", "gis", URL, "--kind", "session_moved", "--body", "council", "--json"
        ).out
    )
    assert (added["name"], len(added["secret"])) == ("gis", 43)
    (listed,) = json.loads(beffroi("webhook", "list", "--json").out)
    assert (listed["url"], listed["kinds"], listed["bodies"], listed["state"]) == (
        URL,
        ["session_moved"],
        ["council"],
        "live",
    )
    assert "secret" not in listed
    assert URL in beffroi("webhook", "list").out
    assert beffroi("webhook", "remove", "gis").code == 0
    assert json.loads(beffroi("webhook", "list", "--json").out) == []


def test_a_system_gets_another_secret(beffroi: Command) -> None:
    first = json.loads(beffroi("webhook", "add", "gis", URL, "--json").out)["secret"]
    second = json.loads(beffroi("webhook", "rotate", "gis", "--json").out)["secret"]
    assert len({first, second}) == 2
    assert "both signatures for 2 hours" in beffroi("webhook", "rotate", "gis", "--hours", "2").out
    listed = beffroi("webhook", "list", "--json").out
    assert first not in listed
    assert second not in listed


@pytest.mark.parametrize(
    "command",
    [
        ("webhook", "add", "gis", "http://gis.commune.ma/"),
        ("webhook", "add", "GIS", URL),
        ("webhook", "add", "gis", URL, "--kind", "reminder"),
        ("webhook", "add", "gis", URL, "--body", "com:nothing"),
        ("webhook", "remove", "gis"),
        ("webhook", "resume", "gis"),
        ("webhook", "rotate", "gis"),
        ("webhook", "test", "gis"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    beffroi: Command, command: tuple[str, ...]
) -> None:
    said = beffroi(*command)
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)


def test_a_trial_says_what_the_system_answered(
    beffroi: Command, folder: Path, system: Receiver
) -> None:
    (folder / ".env").write_text("BEFFROI_WEBHOOK_NETWORKS=127.0.0.1/32\n", "utf-8")
    assert beffroi("webhook", "add", "gis", system.url).code == 0
    tried = beffroi("webhook", "test", "gis")
    assert (tried.code, tried.out) == (0, "gis has it.\n")
    trial = json.loads(system.posted[0].body)
    assert (trial["kind"], set(trial["content"])) == ("test", {"fr", "ar", "en"})
    system.answer_next(answered(500))
    tried = beffroi("webhook", "test", "gis")
    assert (tried.code, tried.out) == (1, "gis failed: http_500.\n")


def test_a_trial_into_our_own_network_is_refused(beffroi: Command, system: Receiver) -> None:
    assert beffroi("webhook", "add", "gis", system.url).code == 0
    tried = beffroi("webhook", "test", "gis")
    assert (tried.code, tried.out) == (1, "gis failed: private_address.\n")
    assert not system.connections


def test_a_suspended_system_is_seen_by_check_and_taken_up_again(beffroi: Command) -> None:
    beffroi("webhook", "add", "gis", URL)

    async def gone(store: Store) -> None:
        async with store.unit() as unit:
            await note_failure(unit, "gis", Undeliverable("http_410", is_address_dead=True))

    in_store(gone)
    checked = beffroi("check")
    assert checked.code == 1
    assert "beffroi webhook test gis" in checked.out
    assert "told again" in beffroi("webhook", "resume", "gis").out
    assert "was not suspended" in beffroi("webhook", "resume", "gis").out
    assert beffroi("check").code == 0
