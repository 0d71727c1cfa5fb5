import json
from pathlib import Path

import pytest

from tests.bot.conftest import Command

PEOPLE = "Nom;Instance;Adresse déclarée\nLayla Ouazzani;council;layla@elus.example\n"


@pytest.fixture
def layla(beffroi: Command, folder: Path) -> str:
    assert beffroi("commune", "found", "Casablanca").code == 0
    (folder / "people.csv").write_text(PEOPLE, "utf-8")
    assert beffroi("import", "people", "people.csv").code == 0
    return "Layla Ouazzani"


def test_preferences_are_set_on_somebodys_word_and_shown(beffroi: Command, layla: str) -> None:
    done = beffroi(
        *("preferences", "set", layla, "--channel", "sms=off", "--channel", "email=on"),
        *("--follow", "body:council", "--unfollow", "announcements"),
        *("--digest", "weekly:friday@18:30", "--quiet", "21:00-07:00"),
        *("--zone", "Europe/Paris", "--stop", "telegram"),
    )
    assert (done.code, done.err) == (0, "")
    shown = beffroi("preferences", "show", layla).out
    for words in (
        "Channels: e-mail",
        "Without: SMS",
        "Friday at 18:30",
        "from 21:00 to 07:00",
        "Europe/Paris",
        "STOP on: Telegram",
        "Not following: Announcements",
    ):
        assert words in shown.replace("\u2068", "").replace("\u2069", "")
    plain = json.loads(beffroi("preferences", "show", layla, "--json").out)
    assert (plain["digest_on"], plain["stopped"]) == (4, ["telegram"])


def test_preferences_are_taken_back(beffroi: Command, layla: str) -> None:
    beffroi("preferences", "set", layla, "--stop", "all", "--quiet", "21:00-07:00")
    beffroi(
        *("preferences", "set", layla, "--start", "all", "--quiet", "none"),
        *("--zone", "commune", "--channel", "sms=default"),
    )
    plain = json.loads(beffroi("preferences", "show", layla, "--json").out)
    assert (plain["stopped"], plain["quiet"], plain["zone"]) == ([], [], None)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--channel", "sms"),
        ("--channel", "pigeon=on"),
        ("--follow", "weather"),
        ("--follow", "body:nowhere"),
        ("--digest", "hourly"),
        ("--digest", "weekly:someday"),
        ("--digest", "daily@noon"),
        ("--quiet", "always"),
        ("--quiet", "08:00-08:00"),
        ("--zone", "Atlantis"),
        ("--stop", "pigeon"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence_and_changes_nothing(
    beffroi: Command, layla: str, option: str, value: str
) -> None:
    before = beffroi("preferences", "show", layla, "--json").out
    refused = beffroi("preferences", "set", layla, option, value)
    assert refused.code != 0
    assert refused.err
    assert "Traceback" not in refused.err
    assert beffroi("preferences", "show", layla, "--json").out == before
