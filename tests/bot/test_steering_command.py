"""`beffroi pause`, `resume`, `replay`, a trial, and a notice that is followed to its end."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from domain.addresses import Channel
from domain.clock import SystemClock
from domain.deliveries import State
from domain.steering import HoldKind
from scheduler.fan_out import FanOut
from store.connecting import Store
from store.tables.outbox import deliveries
from tests.bot.conftest import Command, in_store
from tests.scheduler.networks import HARMLESS

pytestmark = pytest.mark.usefixtures("council")

WORDS = "\n".join(f'[{one}]\ntitle = "Titre"\ntext = "Texte"' for one in ("fr", "ar", "en"))


def published(beffroi: Command) -> int:
    text = Path("notice.toml")
    text.write_text(WORDS, "utf-8")
    said = beffroi("notice", "send", "everyone", text, "--json")
    return int(json.loads(said.out)["notice"])


def found(beffroi: Command) -> dict[str, tuple[str, str]]:
    findings = json.loads(beffroi("check", "--json").out)
    return {one["thing"]: (one["verdict"], one["says"]) for one in findings}


def test_a_paused_channel_is_shown_and_goes_on_when_it_is_resumed(beffroi: Command) -> None:
    assert beffroi("pause", "channel:email").code == 0
    verdict, says = found(beffroi)["channel:email"]
    assert (verdict, "resume channel:email" in says) == ("held back", True)
    assert json.loads(beffroi("resume", "channel:email", "--json").out)["was_held"]
    assert not json.loads(beffroi("resume", "channel:email", "--json").out)["was_held"]
    assert "channel:email" not in found(beffroi)


def test_a_paused_notice_says_so_where_it_is_followed(beffroi: Command) -> None:
    notice_id = published(beffroi)
    assert beffroi("pause", f"notice:{notice_id}").code == 0
    shown = json.loads(beffroi("notice", "show", str(notice_id), "--json").out)
    assert f"notice:{notice_id}" in shown["held"]
    assert beffroi("resume", f"notice:{notice_id}").code == 0


def test_a_provider_that_refuses_us_is_shown_with_what_to_do(beffroi: Command) -> None:
    async def bar(store: Store) -> None:
        until = SystemClock().now() + timedelta(minutes=5)
        async with store.unit() as unit:
            await unit.steering.hold(
                Channel.EMAIL, HoldKind.BARRED, code="login_refused", until=until
            )

    in_store(bar)
    _, says = found(beffroi)["channel:email"]
    assert "login_refused" in says
    assert "mend the settings" in says


def test_a_trial_is_shown_loudly(beffroi: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEFFROI_TRIAL", "true")
    monkeypatch.setenv("BEFFROI_TRIAL_ALLOW", "person:1, mayor@commune.ma")
    assert "TRIAL: only 2 " in found(beffroi)["trial"][1]
    assert "TRIAL" in beffroi("notice", "show", str(published(beffroi))).out


def test_what_failed_is_queued_again_by_one_command(beffroi: Command) -> None:
    notice_id = published(beffroi)

    async def fail(store: Store) -> None:
        await FanOut(store, {Channel.INBOX: HARMLESS, Channel.EMAIL: HARMLESS}).expand_all()
        async with store.unit() as unit:
            await unit.connection.execute(
                update(deliveries)
                .where(deliveries.c.state == State.QUEUED)
                .values(state=State.FAILED, code="away")
            )

    in_store(fail)
    failed = json.loads(beffroi("deliveries", "--state", "failed", "--json").out)
    assert failed
    watched = beffroi("notice", "show", str(notice_id), "--watch")
    assert "failed" in watched.out
    replayed = [
        json.loads(beffroi("replay", str(notice_id), "--json").out)["replayed"] for _ in range(2)
    ]
    assert replayed == [len(failed), 0]


@pytest.mark.parametrize(
    "command", [("replay",), ("pause", "notice:999"), ("pause", "email"), ("pause", "channel:fax")]
)
def test_what_cannot_be_steered_is_refused(beffroi: Command, command: tuple[str, ...]) -> None:
    assert beffroi(*command).code in {1, 2}
