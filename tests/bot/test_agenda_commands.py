"""An agenda built from the command line, frozen for the governor, and told of when it changes."""

import json
from pathlib import Path

from tests.bot.conftest import Command


def test_an_agenda_is_built_item_by_item(beffroi: Command, council: int, folder: Path) -> None:
    for title in ("Budget", "Jumelage", "Voirie"):
        assert beffroi("agenda", "add", council, title).code == 0
    assert "2. Voirie" in beffroi("agenda", "shift", council, 3, "--up").out
    assert "Voirie urbaine" in beffroi("agenda", "reword", council, 2, "Voirie urbaine").out
    assert "1." in beffroi("agenda", "assign", council, 1, 1).out
    assert beffroi("agenda", "assign", council, 1, 9).code == 1
    assert "in_commission" in beffroi("agenda", "refer", council, 1, "com:budget").out
    assert beffroi("agenda", "withdraw", council, 3, "--reason", " ").code == 1
    assert "withdrawn" in beffroi("agenda", "withdraw", council, 3, "--reason", "Reporté").out
    governor = beffroi("agenda", "add", council, "Sécurité", "--by-governor", "--json")
    assert json.loads(governor.out)["source"] == "governor"
    assert "opposed" in beffroi("agenda", "object", council, 2, "--reason", "Hors sujet").out
    assert "listed" in beffroi("agenda", "lift", council, 2).out
    (folder / "rapport.pdf").write_bytes(b"%PDF-1.4")
    assert "sha256" in beffroi("agenda", "attach", council, "rapport.pdf", "--item", 1).out


def test_what_leaves_is_frozen_and_a_change_after_the_convocation_is_told_when_asked(
    beffroi: Command, council: int
) -> None:
    beffroi("agenda", "add", council, "Budget")
    assert "sha256" in beffroi("agenda", "to-governor", council).out
    assert beffroi("agenda", "tell", council).code == 1  # nobody was convened
    assert beffroi("session", "convene", council).code == 0
    assert beffroi("agenda", "tell", council).code == 1  # nothing has changed
    beffroi("agenda", "add", council, "Jumelage")
    assert "is told" in beffroi("agenda", "tell", council).out
