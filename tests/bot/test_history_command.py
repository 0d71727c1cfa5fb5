"""`beffroi history` and `beffroi search`, as a clerk types them."""

import json

from tests.bot.conftest import Command


def test_a_clerk_reads_who_did_what_to_a_session(beffroi: Command, council: int) -> None:
    assert beffroi("session", "record", council, "agenda_sent").code == 0
    lines = json.loads(beffroi("history", f"session:{council}", "--json").out)
    assert lines[-1]["act"] == "record"
    assert lines[-1]["who"].startswith("operator")
    assert lines[-1]["facts"]["fact"] == "agenda_sent"
    assert beffroi("history", f"session:{council}").out.count("•") == len(lines)


def test_a_thing_nobody_knows_is_refused_with_how_to_name_one(
    beffroi: Command, council: int
) -> None:
    assert council
    said = beffroi("history", "nonsense")
    assert said.code == 1
    assert "APP-61" in said.err


def test_words_that_find_nothing_find_nothing_and_words_that_say_nothing_are_refused(
    beffroi: Command, council: int
) -> None:
    assert council
    assert json.loads(beffroi("search", "tramway", "--json").out) == []
    assert beffroi("search", "de", "la").code == 2
