"""Four hundred utterances that nothing was fitted to: never add one of them to the examples.

They were written apart from the examples, as people type, for every intent in every tongue, seen
from Wednesday 28 January 2026, 10:00. `understanding_set.jsonl` only measures.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from handlers.understanding import Intent, understood
from handlers.understanding.utterance import uttered
from handlers.understanding.wanted import filled
from handlers.understanding.wording import cleaned
from tests.handlers.town_bodies import BODIES

FILE = Path(__file__).parent / "understanding_set.jsonl"
SET: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
LANGUAGES = ("fr", "ar", "ary-Arab", "ary-Latn", "en")
CASABLANCA = ZoneInfo("Africa/Casablanca")
WEDNESDAY = datetime(2026, 1, 28, 9, 0, tzinfo=UTC)

UNCOUNTED = {"date_text", "upcoming", "mine", "only", "body_kind", "time"}
WRITTEN = {"annex": "annexe"}
INTENTS_FLOOR = {"fr": 0.96, "ar": 0.95, "ary-Arab": 0.93, "ary-Latn": 0.88, "en": 0.93}
SLOTS_FLOOR = 0.94  # of the utterances of a language, every slot right, their intent being known


def heard(text: str) -> Intent:
    meant = understood(text, now=WEDNESDAY, zone=CASABLANCA, language=None, bodies=BODIES)
    return meant.intent


def shown(slots: Mapping[str, object]) -> dict[str, object]:
    return {
        name: WRITTEN.get(value, value) if isinstance(value, str) else value
        for name, value in slots.items()
        if name not in UNCOUNTED or (name == "time" and "datetime" not in slots)
    }


def test_the_set_holds_every_intent_of_the_domain() -> None:
    unasked = {Intent.REMINDER_LIST, Intent.NOTIFICATION_WHY, Intent.PREFS_SHOW, Intent.INBOX}
    unasked |= {Intent.SESSION_PLAN, Intent.SESSION_PREPARE, Intent.SESSION_CONVENE}
    unasked |= {Intent.SESSION_CANCEL, Intent.SESSION_MINE, Intent.ITEM_PROPOSE, Intent.DUTY_LIST}
    assert {one["intent"] for one in SET} == set(Intent) - unasked - {Intent.LINK, Intent.UNLINK}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_meant_is_understood_in_words_never_seen(language: str) -> None:
    said = [one for one in SET if one["lang"] == language]
    wrong = {one["text"]: meant for one in said if (meant := heard(one["text"])) != one["intent"]}
    assert len(wrong) <= (1 - INTENTS_FLOOR[language]) * len(said), wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_named_is_found_in_words_never_seen(language: str) -> None:
    said = [one for one in SET if one["lang"] == language and one["intent"] != Intent.OTHER]
    wrong = {}
    for one in said:
        utterance = uttered(cleaned(one["text"]), WEDNESDAY, CASABLANCA, BODIES)
        slots = shown(filled(Intent(one["intent"]), utterance))
        if slots != one["slots"]:
            wrong[one["text"]] = slots
    assert len(wrong) <= (1 - SLOTS_FLOOR) * len(said), wrong
