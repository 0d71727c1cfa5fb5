"""Eight hundred ways to name a day, an hour or a length of time (dated.toml)."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from handlers.understanding.utterance import uttered
from handlers.understanding.wording import cleaned

DATED = tomllib.loads((Path(__file__).parent / "dated.toml").read_text("utf-8"))
CASABLANCA = ZoneInfo("Africa/Casablanca")
WEDNESDAY = datetime(2026, 1, 28, 9, 0, tzinfo=UTC)  # 10:00 there


def read(text: str) -> str:
    """Return what a text says of time, as dated.toml writes it."""
    said = uttered(cleaned(text), WEDNESDAY, CASABLANCA, ()).time.slots
    if "date_bad" in said:
        return "!"
    if "date_alt" in said:
        return f"{said['date']}|{said['date_alt']}"
    if "date_from" in said:
        return f"{said['date_from']}..{said['date_to']}"
    hour = f"T{said['time']}" if "time" in said else ""
    return str(said.get("offset") or said.get("datetime") or said.get("date") or hour)


@pytest.mark.parametrize("language", DATED)
def test_days_and_hours_are_read_as_they_are_said(language: str) -> None:
    wrong = {said: read(said) for said, meant in DATED[language].items() if read(said) != meant}
    assert wrong == {}
