"""From an empty folder to a commune with bodies, people and its own holidays."""

import json
from pathlib import Path

import pytest

from tests.bot.conftest import Command

BODIES = "key;name_fr;name_ar\narr:anfa;Conseil d’Anfa;مجلس مقاطعة أنفا\ncom:budget;Budget;\n"
PEOPLE = "Nom;Instance;Adresse déclarée\nLayla Ouazzani;Conseil d’Anfa;layla@elus.example\n"


@pytest.fixture
def commune(beffroi: Command) -> None:
    assert beffroi("commune", "found", "Casablanca", "--name-ar", "الدار البيضاء").code == 0


def test_a_clerk_sets_up_a_commune_from_nothing(beffroi: Command, folder: Path) -> None:
    (folder / "bodies.csv").write_text(BODIES, "utf-8")
    (folder / "people.csv").write_text(PEOPLE, "utf-8")

    refused = beffroi("import", "people", "people.csv")
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert "beffroi commune found" in refused.err

    for command in (
        ("commune", "found", "Casablanca"),
        ("import", "bodies", "bodies.csv"),
        ("body", "add", "bureau", "Bureau du conseil", "--seats", "11"),
        ("import", "people", "people.csv"),
        ("session", "add", "arr:anfa", "--starts", "2099-02-05T10:00"),
    ):
        done = beffroi(*command)
        assert (done.code, done.err) == (0, "")
    listed = json.loads(beffroi("body", "list", "--json").out)
    assert [body["key"] for body in listed] == ["council", "arr:anfa", "com:budget", "bureau"]
    assert listed[-1]["seats"] == 11


def test_a_name_in_arabic_letters_is_the_arabic_name(beffroi: Command) -> None:
    told = json.loads(beffroi("commune", "found", "طنجة", "--json").out)
    assert told["names"] == {"ar": "طنجة"}


@pytest.mark.usefixtures("commune")
def test_a_commune_is_shown_and_founded_once(beffroi: Command) -> None:
    shown = json.loads(beffroi("commune", "show", "--json").out)
    assert (shown["zone"], shown["bodies"]) == ("Africa/Casablanca", ["council"])
    assert "الدار البيضاء" in beffroi("commune", "show").out
    again = beffroi("commune", "found", "Rabat")
    assert again.code == 1
    assert "Casablanca" in again.err


@pytest.mark.parametrize("command", [("commune", "show"), ("body", "list"), ("holiday", "list")])
def test_an_empty_database_says_what_to_do_first(beffroi: Command, command: list[str]) -> None:
    said = beffroi(*command)
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "beffroi commune found" in said.err


@pytest.mark.parametrize(
    "command",
    [
        ("commune", "found", "Abidjan", "--pack", "ci"),
        ("commune", "found", "Agadir", "--zone", "Mars/Olympus"),
        ("commune", "found", ""),
        ("body", "add", "Comité", "Comité"),
        ("body", "add", "com:x", "X", "--kind", "bureau"),
        ("body", "add", "com:x", "X", "--seats", "many"),
        ("body", "add", "com:x", "X", "--parent", "com:y"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    beffroi: Command, command: tuple[str, ...]
) -> None:
    said = beffroi(*command)
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)


def test_every_bad_line_of_a_file_of_bodies_is_named(beffroi: Command, folder: Path) -> None:
    beffroi("commune", "found", "Casablanca")
    (folder / "bodies.csv").write_text(BODIES + "Anfa;A;\ncom:vide;;\n", "utf-8")
    said = beffroi("import", "bodies", "bodies.csv")
    assert said.code == 1
    assert "Line 4" in said.err
    assert "Line 5" in said.err
    assert len(json.loads(beffroi("body", "list", "--json").out)) == 1


@pytest.mark.usefixtures("commune")
def test_a_holiday_of_the_town_moves_the_deadlines_of_the_commune_alone(beffroi: Command) -> None:
    question = ("deadline", "ma.minutes_to_governor_latest", "close_date=2026-03-09", "--json")

    def due(*options: str) -> str:
        answer: str = json.loads(beffroi(*question, *options).out)["date"]
        return answer

    before = due()
    assert due("--commune") == before
    assert beffroi("holiday", "add", "2026-03-23", "Aïd al-Fitr").code == 0
    assert due("--commune") > before
    assert due() == before


@pytest.mark.usefixtures("commune")
def test_holidays_are_listed_with_where_they_come_from(beffroi: Command) -> None:
    beffroi("holiday", "add", "2026-03-23", "Aïd al-Fitr")
    beffroi("holiday", "remove", "2026-03-20")
    listed = {
        one["day"]: one
        for one in json.loads(beffroi("holiday", "list", "--year", "2026", "--json").out)
    }
    assert listed["2026-03-23"]["is_own"]
    assert not listed["2026-03-20"]["is_counted"]
    assert "taken away by the town" in beffroi("holiday", "list", "--year", "2026").out
    assert beffroi("holiday", "remove", "2026-03-24").code == 1
    assert beffroi("holiday", "list", "--year", "99999").code == 2


@pytest.mark.usefixtures("commune")
def test_what_was_set_up_is_in_the_audit_log(beffroi: Command) -> None:
    beffroi("body", "add", "com:budget", "Budget")
    beffroi("holiday", "add", "2026-03-23", "Aïd al-Fitr")
    entries = json.loads(beffroi("audit", "list", "--json").out)
    assert [(one["actor"].split(":")[0], one["act"]) for one in entries] == [
        ("operator", "commune.founded"),
        ("operator", "body.added"),
        ("operator", "holiday.added"),
    ]
    [found] = json.loads(beffroi("audit", "list", "--said", "body.added", "--json").out)
    assert found["act"] == "body.added"
