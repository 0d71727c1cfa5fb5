"""`beffroi deadline`: one question, a list, or a stream of questions in JSON lines."""

import json
from typing import Any

import typer
from typer.testing import CliRunner

from bot.commands.deadline import deadline

app = typer.Typer()
app.command()(deadline)


def asked(*arguments: str, lines: str | bytes = "") -> tuple[int, str]:
    result = CliRunner().invoke(app, list(arguments), input=lines)
    return result.exit_code, result.output


def answers(*lines: str, language: str = "en") -> tuple[int, list[dict[str, Any]]]:
    code, output = asked("--json", "--language", language, lines="\n".join(lines))
    return code, [json.loads(line) for line in output.splitlines()]


def test_a_question_on_the_command_line_is_answered_for_a_reader() -> None:
    code, output = asked("ma.convocation_latest_sending", "session_date=2026-02-05")

    assert code == 0
    assert output.startswith("2026-01-26  10 days before Thursday 5 February 2026: send")
    assert "art. 35" in output


def test_a_line_of_json_gets_a_line_of_json() -> None:
    code, [answer] = answers(
        '{"rule": "ma.third_meeting", "inputs": {"second_meeting_date": "2024-02-12"}}'
    )

    assert code == 0
    assert answer.keys() == {"rule", "date", "article", "sentence", "reading"}
    assert answer["date"] == "2024-02-15"
    assert answer["reading"] == "third_meeting_on_third_working_day"


def test_a_bad_line_is_answered_in_its_place_and_the_others_go_on() -> None:
    code, lines = answers(
        '{"rule": "ma.visa_latest", "inputs": {"received": "2026-02-30"}}',
        "not json",
        "[" * 100_000,
        "[]",
        '{"rule": "ma.visa_latest", "inputs": []}',
        '{"rule": "ma.visa_latest"}',
        '{"rule": "ma.nothing", "inputs": {}}',
        '{"rule": "\\ud800", "inputs": {}}',
        "",
        '{"rule": "ma.visa_latest", "inputs": {"received": "2026-02-28"}}',
    )

    assert code == 1
    assert [("error" in line) for line in lines] == [True] * 8 + [False]
    assert lines[0]["rule"] == "ma.visa_latest"
    assert "2026-02-30" in lines[0]["error"]
    assert lines[-1]["date"] == "2026-03-20"


def test_bytes_that_are_no_text_are_a_bad_line() -> None:
    code, output = asked("--json", lines=b"\xff\xfe\n")

    assert code == 1
    assert json.loads(output)["error"]


def test_the_sentence_is_said_in_the_language_asked_for() -> None:
    question = '{"rule": "ma.visa_latest", "inputs": {"received": "2026-07-01"}}'

    _, [french] = answers(question, language="fr")
    _, [arabic] = answers(question, language="ar")

    assert "mardi 21 juillet 2026" in french["sentence"]
    assert "21 يوليوز 2026" in arabic["sentence"]


def test_a_refusal_is_one_sentence_without_a_trace() -> None:
    code, output = asked("fr.convocation_latest_sending", "session_date=2026-02-05")

    assert code == 1
    assert output == "fr.convocation_latest_sending needs population: give it.\n"


def test_a_word_that_is_no_pair_is_named() -> None:
    code, output = asked("ma.visa_latest", "2026-02-28")

    assert code == 2
    assert "2026-02-28" in output


def test_every_deadline_is_listed_with_what_it_is_reckoned_from() -> None:
    code, output = asked("--list")
    json_code, json_output = asked("--list", "--json")

    assert (code, json_code) == (0, 0)
    assert "ma.decisions_posted_latest" in output
    listed = {line["rule"]: line for line in map(json.loads, json_output.splitlines())}
    assert listed["fr.convocation_latest_sending"]["inputs"] == [
        "session_date",
        "emergency",
        "population",
    ]


def test_nothing_asked_says_how_to_ask() -> None:
    code, output = asked()

    assert code == 2
    assert "--list" in output
