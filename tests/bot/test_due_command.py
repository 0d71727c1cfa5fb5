"""`beffroi due` and `beffroi session record`, as a clerk types them."""

import json

from tests.bot.conftest import Command


def test_a_clerk_asks_what_is_due_and_notes_what_is_done(beffroi: Command, council: int) -> None:
    """The council of these tests is convened for a day to come."""
    owed = json.loads(beffroi("due", "--json").out)
    agenda = next(one for one in owed if one["duty"] == "send_agenda_to_governor")
    assert agenda["about"] == f"session:{council}"
    assert agenda["owner"] == "council_secretariat"
    assert agenda["article"] == "38"
    assert beffroi("session", "record", council, "agenda_sent").code == 0
    owed = json.loads(beffroi("due", "--json").out)
    assert "send_agenda_to_governor" not in {one["duty"] for one in owed}
    assert "38" in beffroi("due", "--session", council).out
    assert beffroi("session", "strike", council, "agenda_sent").code == 0
    assert (
        "send_agenda_to_governor" in beffroi("due", "--owner", "council_secretariat", "--json").out
    )


def test_a_word_that_is_no_fact_is_refused_with_those_there_are(
    beffroi: Command, council: int
) -> None:
    said = beffroi("session", "record", council, "agenda_lost")
    assert said.code == 2
    assert "agenda_sent" in said.err
