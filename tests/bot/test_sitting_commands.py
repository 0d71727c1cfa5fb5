"""A sitting run from the command line: the roll, the opening, votes, excuses, the closing."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.bot.conftest import CLERK, DEAF, Command, in_days


@pytest.fixture
def called(beffroi: Command, council: int) -> int:
    """Have the council called for today, with two items."""
    assert council
    told = beffroi(
        "session", "add", "council", "--starts", in_days(0).replace("T10", "T23"), "--json"
    )
    session_id = int(json.loads(told.out)["session"])
    for title in ("Budget", "Jumelage"):
        assert beffroi("agenda", "add", session_id, title).code == 0
    assert "Warning" in beffroi("session", "convene", session_id).out
    return session_id


def test_a_sitting_goes_from_its_roll_to_its_register(
    beffroi: Command, called: int, folder: Path
) -> None:
    assert beffroi("session", "open", called).code == 1  # nobody was marked
    (folder / "roll.csv").write_text(f"{CLERK},present\n{DEAF},excused\n")
    assert "1 of 2" in beffroi("session", "present", called, "--file", "roll.csv").out
    assert "2 of 2" in beffroi("session", "present", called, DEAF).out
    assert beffroi("session", "present", called, "Nobody").code == 1
    assert f"Session {called} is open" in beffroi("session", "open", called).out
    assert "debated" in beffroi("session", "take-up", called, 1, "debated").out
    (folder / "voices.csv").write_text(f"{CLERK},for\n{DEAF},abstained\n")
    voted = beffroi("session", "result", called, 1, "--file", "voices.csv", "--json")
    assert json.loads(voted.out)["result"] == "adopted"
    tie = beffroi("session", "result", called, 2, "--for", 1, "--against", 1)
    assert (tie.code, "president" in tie.err) == (1, True)
    later = beffroi("session", "add-sitting", called, "--starts", in_days(3))
    assert "Sitting 2" in later.out
    assert beffroi("session", "hold", called, 2).code == 1  # its day is to come
    told = beffroi("session", "take-up", called, 2, "deferred", "--reason", "Étude")
    assert "deferred" in told.out
    assert "extended" in beffroi("session", "extend", called).out
    assert beffroi("session", "extend", called).code == 1
    assert json.loads(beffroi("session", "close", called, "--json").out)["unsettled"] == []
    sheet = list(csv.reader(io.StringIO(beffroi("session", "register", called).out)))
    assert [row[0] for row in sheet[1:]] == [CLERK, DEAF]


def test_an_excuse_is_judged_and_stands_in_the_register(beffroi: Command, called: int) -> None:
    for member, as_state in ((CLERK, "present"), (DEAF, "present")):
        beffroi("session", "present", called, member, "--as", as_state)
    beffroi("session", "open", called)
    beffroi("session", "present", called, DEAF, "--as", "absent")
    assert "not accepted" in beffroi("session", "excuse", called, DEAF, "--rejected").out
    assert "excuse not accepted" in beffroi("session", "register", called).out
    assert beffroi("session", "excuse", called, DEAF).code == 0
    assert "excuse accepted" in beffroi("session", "register", called).out
    assert beffroi("session", "excuse", called, CLERK).code == 1  # was there


def test_without_a_quorum_the_next_meeting_is_prepared_and_sent_for(
    beffroi: Command, called: int
) -> None:
    beffroi("session", "present", called, CLERK)
    told = beffroi("session", "open", called).out
    assert "Meeting 2 is prepared" in told
    assert f"beffroi session reconvene {called}" in told
    sent = json.loads(beffroi("session", "reconvene", called, "--json").out)
    assert sent["meeting"] == 2
    assert [one["code"] for one in sent["warnings"]] == ["early"]
    assert beffroi("session", "reconvene", called).code == 1
