import io
import json

import pytest

from tests.bot.conftest import Command


@pytest.mark.usefixtures("council")
def test_a_message_left_in_the_console_is_answered_from_the_command_line(
    beffroi: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "/human\nParc\nIl ferme trop tôt.\npasser\noui\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(said))
    assert "REQ-" in beffroi("console").out
    [listed] = json.loads(beffroi("requests", "list", "--json").out)
    ref = listed["ref"]
    assert (listed["kind"], listed["state"], listed["about"]) == ("message", "received", "Parc")
    assert "Parc" in beffroi("requests", "list").out
    assert "Nadia" in beffroi("requests", "assign", ref, "Nadia").out
    assert "answered" in beffroi("requests", "answer", ref, "À 20 h.").out
    shown = json.loads(beffroi("requests", "show", ref, "--json").out)
    assert shown["fields"]["text"] == "Il ferme trop tôt."
    assert (shown["state"], shown["answer"], shown["assignee"]) == ("answered", "À 20 h.", "Nadia")
    assert "closed" in beffroi("requests", "close", ref).out
    assert json.loads(beffroi("requests", "list", "--json").out) == []
    assert "Il ferme" in beffroi("requests", "show", ref).out


@pytest.mark.usefixtures("council")
def test_a_request_that_is_none_is_told_in_a_sentence(beffroi: Command) -> None:
    said = beffroi("requests", "close", "REQ-1-1")
    assert (said.code, said.err) == (1, "There is no request REQ-1-1.\n")
