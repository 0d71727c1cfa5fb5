"""`beffroi push` and the settings it prints."""

import json
from pathlib import Path

import pytest

from tests.bot.conftest import CLERK, Command
from tests.browsers import GOOD


def test_a_key_is_printed_as_settings_that_work(beffroi: Command, folder: Path) -> None:
    said = beffroi("push", "keys")
    assert said.code == 0
    (folder / ".env").write_text(said.out, "utf-8")
    public = said.out.partition("subscribes: ")[2].partition("\n")[0]
    checked = json.loads(beffroi("check", "--json").out)
    (push,) = [one for one in checked if one["thing"] == "push"]
    assert push["verdict"] == "answers"
    assert public in push["says"]


def test_no_two_keys_are_alike(beffroi: Command) -> None:
    first, second = (json.loads(beffroi("push", "keys", "--json").out) for _ in range(2))
    assert first["private_key"] != second["private_key"]
    assert len(first["public_key"]) == 87


def test_without_a_key_it_is_said_how_to_get_one(beffroi: Command) -> None:
    checked = json.loads(beffroi("check", "--json").out)
    (push,) = [one for one in checked if one["thing"] == "push"]
    assert (push["verdict"], "beffroi push keys" in push["says"]) == ("not set up", True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PRIVATE_KEY", "short"),
        ("CONTACT", "council@commune.ma"),
        ("PAGE", "http://council.ma"),
        ("NETWORKS", "10.0.0.0/99"),
    ],
)
def test_a_wrong_setting_is_named_and_a_key_never_shown(
    beffroi: Command, folder: Path, name: str, value: str
) -> None:
    (folder / ".env").write_text(f"BEFFROI_PUSH_{name}={value}\n", "utf-8")
    said = beffroi("check")
    assert said.code == 1
    assert f"BEFFROI_PUSH_{name}" in said.err
    assert "short" not in said.err


def test_a_number_that_is_no_key_is_refused_in_one_sentence(beffroi: Command, folder: Path) -> None:
    lines = f"BEFFROI_PUSH_PRIVATE_KEY={'A' * 43}\nBEFFROI_PUSH_CONTACT=mailto:a@b.ma\n"
    (folder / ".env").write_text(lines, "utf-8")
    assert "make one with beffroi push keys" in beffroi("check").out


@pytest.mark.usefixtures("council")
def test_a_person_is_told_by_their_browser(beffroi: Command, folder: Path) -> None:
    (folder / "browser.json").write_text(json.dumps(GOOD), "utf-8")
    assert beffroi("push", "subscribe", CLERK, "browser.json").code == 0
    dry = json.loads(beffroi("notice", "dry-run", "everyone", "--json").out)
    assert "push" in {way["channel"] for way in dry["ways"]}


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize("text", ["{}", "[]", '{"endpoint": "http://a.ma/"}'])
def test_what_is_no_subscription_is_refused_in_one_sentence(
    beffroi: Command, folder: Path, text: str
) -> None:
    (folder / "browser.json").write_text(text, "utf-8")
    said = beffroi("push", "subscribe", CLERK, "browser.json")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)


@pytest.mark.usefixtures("council")
def test_what_is_no_json_is_a_misspelling(beffroi: Command, folder: Path) -> None:
    (folder / "browser.json").write_text("endpoint", "utf-8")
    said = beffroi("push", "subscribe", CLERK, "browser.json")
    assert (said.code, "cannot be read as JSON" in said.err) == (2, True)
