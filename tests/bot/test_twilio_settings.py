"""Twilio's settings, and what a rehearsed notice would cost by SMS."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from bot.configuring import found_settings
from domain.addresses import Channel
from domain.errors import Misconfigured
from store.connecting import Store
from tests.bot.conftest import Command, in_store

ACCOUNT = {
    "BEFFROI_TWILIO_ACCOUNT": "AC" + "0" * 32,
    "BEFFROI_TWILIO_TOKEN": "secret",
    "BEFFROI_SMS_SENDER": "CASABLANCA",
    "BEFFROI_SMS_PRICE": "0.06",
}
TEMPLATE = "HX" + "1" * 32
LONG = "La séance du conseil est publique. " * 6  # 210 letters of GSM-7


@pytest.fixture
def account(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in ACCOUNT.items():
        monkeypatch.setenv(name, value)
    return folder


@pytest.mark.usefixtures("account")
def test_templates_are_named_by_kind_and_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEFFROI_WHATSAPP_TEMPLATES", json.dumps({"reminder.fr": TEMPLATE}))
    settings = found_settings()
    assert settings.whatsapp.templates == {"reminder.fr": TEMPLATE}
    assert settings.sms.price == Decimal("0.06")


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("sender", ["12", "+", "TOO LONG A NAME", "12345678901", "é"])
def test_a_sender_that_cannot_be_one_is_refused(
    monkeypatch: pytest.MonkeyPatch, sender: str
) -> None:
    monkeypatch.setenv("BEFFROI_SMS_SENDER", sender)
    with pytest.raises(Misconfigured, match="BEFFROI_SMS_SENDER"):
        found_settings()


@pytest.mark.usefixtures("account")
def test_an_account_needs_its_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BEFFROI_TWILIO_TOKEN")
    with pytest.raises(Misconfigured, match="BEFFROI_TWILIO_TOKEN is missing"):
        found_settings()


@pytest.mark.usefixtures("council")
def test_a_rehearsal_counts_the_segments_and_what_they_cost(
    beffroi: Command, account: Path
) -> None:
    async def join(store: Store) -> None:
        async with store.unit() as unit:
            [person_id] = await unit.people.named("Karim Tazi")
            now = unit.clock.now()
            await unit.people.verify(person_id, Channel.SMS, "+212661000001", at=now)
            await unit.people.speak(person_id, "fr")

    in_store(join)
    file = account / "notice.toml"
    file.write_text(
        "".join(f'[{one}]\ntitle = "T"\ntext = "{LONG}"\n' for one in ("fr", "ar", "en")), "utf-8"
    )
    said = json.loads(beffroi("notice", "dry-run", "council", "--text", file, "--json").out)
    [cost] = said["costs"]
    assert (cost["messages"], cost["parts"], cost["total"]) == (1, 2, "0.12")
    assert (
        "sms: messages 1, parts 2, cost 0.12 USD"
        in beffroi("notice", "dry-run", "council", "--text", file).out
    )


@pytest.mark.usefixtures("council")
def test_a_check_says_which_sender_is_missing(beffroi: Command) -> None:
    said = json.loads(beffroi("check", "--json").out)
    absent = {one["thing"]: one["says"] for one in said}
    assert absent["sms"] == "set BEFFROI_TWILIO_ACCOUNT and BEFFROI_SMS_SENDER"
