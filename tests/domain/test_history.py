import ast
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import pytest

from domain.approvals.rounds import Verdict
from domain.attendance import Answer
from domain.history import PUBLIC, Happening, told
from domain.petitions.states import PetitionState
from domain.phrasebook import phrasebook
from domain.requests import RequestKind

ROOT = Path(__file__).parents[2]
ACT = 2  # its place among what `note` is given
AT = datetime(2026, 2, 5, 18)
# Acts whose name ends in a word of a table.
FAMILIES: dict[str, type[StrEnum]] = {
    "attend_": Answer,
    "decide_": Verdict,
    "file_": RequestKind,
    "petition_": PetitionState,
}


def _acts() -> Iterator[str]:
    """Yield every act that the actions note."""
    for file in sorted((ROOT / "actions").glob("*.py")):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Name)
                and call.func.id == "note"
                and len(call.args) > ACT
            ):
                yield from _named(call.args[ACT])


def _named(written: ast.expr) -> Iterator[str]:
    if isinstance(written, ast.Constant):
        yield str(written.value)
    elif isinstance(written, ast.IfExp):
        yield from _named(written.body)
        yield from _named(written.orelse)
    elif isinstance(written, ast.JoinedStr):
        opening = written.values[0]
        prefix = str(opening.value) if isinstance(opening, ast.Constant) else ""
        yield from (f"{prefix}{word}" for word in FAMILIES.get(prefix, ()))


def test_every_act_that_is_noted_can_be_told() -> None:
    book = phrasebook()
    said = {key.partition("_")[2] for key in _keys()}
    told_acts = {act.replace(".", "_") for act in _acts()}
    assert told_acts, "no act was found"
    assert not {act for act in told_acts if act not in said}
    assert all(book.has(f"history.{key}") for key in PUBLIC)


def _keys() -> set[str]:
    return {
        key.removeprefix("history.")
        for key in phrasebook().keys("fr")
        if key.startswith("history.")
    }


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", "Amina, Telegram : État du point (inscrit à l’ordre du jour → adopté)"),
        ("en", "Amina, Telegram: State of the item (on the agenda → adopted)"),
    ],
)
def test_a_line_says_who_what_from_where_and_what_it_was_before(language: str, line: str) -> None:
    facts = {"channel": "telegram", "before": "listed", "after": "adopted"}
    one = Happening(AT, "item", "move_item", "Amina", "telegram", facts)
    assert line in told(one, phrasebook(), language)


def test_in_public_nobody_is_named() -> None:
    one = Happening(AT, "session", "cancel", "Amina", "telegram", {"reason": "Pluie"})
    said = told(one, phrasebook(), "fr", publicly=True)
    assert "Session annulée (Pluie)" in said
    assert "Amina" not in said
    assert "Telegram" not in said


def test_only_what_differs_is_told_and_an_act_nobody_wrote_down_stands_as_it_is() -> None:
    changed = {"before": {"title": "A", "number": "1"}, "after": {"title": "B", "number": "1"}}
    one = Happening(AT, "item", "reword", "operator:root", "", changed)
    assert "Intitulé modifié (A → B)" in told(one, phrasebook(), "fr")
    assert "le secrétariat" in told(one, phrasebook(), "fr")
    assert "unheard_of" in told(
        Happening(AT, "item", "unheard_of", "x", "", {}), phrasebook(), "ar"
    )
