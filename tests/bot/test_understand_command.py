"""`beffroi understand`: one utterance a line, with a commune and without one."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app

AT = "2026-01-28T10:00"


def told(said: bytes | str, *options: str) -> Result:
    return CliRunner().invoke(app, ["understand", *options], input=said)


def heard(said: bytes | str, *options: str) -> list[dict[str, Any]]:
    result = told(said, "--json", *options)
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.usefixtures("folder")
def test_every_line_is_answered_in_order_with_its_own_text() -> None:
    lines = ["prochaine session d'Anfa", "", "غدا", "salam"]
    answers = heard("\n".join(lines) + "\n", "--at", AT)
    assert [answer["text"] for answer in answers] == lines
    assert answers[0]["intent"] == "session.next"
    assert answers[0]["slots"] == {"body": "arr:anfa"}
    assert set(answers[0]) == {"text", "intent", "confidence", "slots"}


@pytest.mark.usefixtures("folder")
def test_a_line_may_be_json_and_name_its_language() -> None:
    answers = heard('{"text": "agenda demain", "lang": "ary-Latn"}\n{ "text": "12"}\n', "--at", AT)
    assert [answer["text"] for answer in answers] == ["agenda demain", "12"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "at", ["2026-01-28T23:30:00+00:00", "2026-01-29T00:30", "2026-01-29T00:30:00+01:00"]
)
def test_today_is_that_of_the_commune_at_the_instant_given(at: str) -> None:
    assert heard("agenda aujourd'hui", "--at", at)[0]["slots"]["date"] == "2026-01-29"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"a\xffb", "Line 2 is not UTF-8: byte 2 cannot be read."),
        (b'{"text": 4}', 'Line 2 is JSON without a "text".'),
        (b'{"text": "a", "lang": "tlh"}', "Line 2 names the language 'tlh'"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_answered(line: bytes, why: str) -> None:
    result = told(b"salam\n" + line + b"\nmerci\n", "--json")
    assert result.exit_code == 1
    assert result.stderr.startswith(why)
    answers = [json.loads(one) for one in result.stdout.splitlines()]
    assert [answer["text"] for answer in answers] == ["salam", None, "merci"]
    assert answers[1]["error"].startswith(why)


@pytest.mark.usefixtures("folder")
def test_a_line_of_a_megabyte_is_one_line() -> None:
    assert heard("a" * 1_000_000)[0]["text"] == "a" * 1_000_000


@pytest.mark.usefixtures("folder")
def test_people_see_what_was_named() -> None:
    shown = told("agenda d'Anfa demain\n", "--at", AT).stdout
    assert "agenda.query" in shown
    assert "date = 2026-01-29" in shown


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("options", [("--at", "soon"), ("--lang", "tlh")])
def test_what_cannot_be_meant_is_misspelt(options: tuple[str, str]) -> None:
    assert told("salam", *options).exit_code == 2


def test_nothing_is_made_where_nothing_is_kept(folder: Path) -> None:
    told("salam", "--json")
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("council")
def test_a_commune_is_understood_by_its_own_names() -> None:
    agendas = heard("l'agenda du conseil\nl'agenda d'Anfa\nl'agenda de Sbata\n", "--at", AT)
    assert [one["slots"].get("body") for one in agendas] == ["council", "arr:anfa", None]
