from datetime import UTC, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from domain.digests import MOST_SHOWN, Item, digest, next_digest
from domain.messages import Message
from domain.phrasebook import LANGUAGES
from domain.wishes import NOTHING_SAID, Preferences, Rhythm
from tests.domain.preferring import next_hour, some_preferences

CASABLANCA = ZoneInfo("Africa/Casablanca")
MORNING = datetime(2026, 1, 28, 9, 0, tzinfo=UTC)


def test_the_next_digest_is_the_one_a_walk_day_by_day_finds() -> None:
    chance = Random(8)
    for _ in range(2000):
        asked = some_preferences(chance)
        after = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(500_000))
        zone = ZoneInfo(chance.choice(["Africa/Casablanca", "Europe/Paris", "Asia/Tokyo"]))
        for rhythm in (Rhythm.DAILY, Rhythm.WEEKLY):
            found = next_digest(rhythm, after, asked, zone)
            assert found == next_hour(after, asked, zone, weekly=rhythm is Rhythm.WEEKLY)


def test_what_comes_at_the_minute_of_a_digest_is_in_the_next() -> None:
    at_eight = datetime(2026, 1, 28, 7, 0, tzinfo=UTC)  # 8:00 in Casablanca
    just_before = at_eight - timedelta(microseconds=1)
    assert next_digest(Rhythm.DAILY, just_before, NOTHING_SAID, CASABLANCA) == at_eight
    assert next_digest(Rhythm.DAILY, at_eight, NOTHING_SAID, CASABLANCA) == at_eight + timedelta(1)


def test_a_digest_keeps_its_hour_when_the_clocks_change() -> None:
    asked = Preferences(digest_at=time(8))
    before = datetime(2026, 2, 14, 12, tzinfo=UTC)
    assert next_digest(Rhythm.DAILY, before, asked, CASABLANCA) == datetime(
        2026, 2, 15, 8, tzinfo=UTC
    )


def some_items(count: int, topics: tuple[str, ...] = ("announcements",)) -> list[Item]:
    return [
        Item(
            topics[n % len(topics)],
            Message(f"Texte {n}", "fr", title=f"Avis {n}"),
            MORNING + timedelta(seconds=n),
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_digest_is_grouped_by_topic_the_newest_first(language: str) -> None:
    items = some_items(6, ("announcements", "sessions"))
    text = digest(items, language, count=6, at=MORNING, zone=CASABLANCA).text
    places = [text.index(f"Avis {n}") for n in (5, 3, 1, 4, 2, 0)]
    assert places == sorted(places)


def test_what_a_digest_has_no_room_for_is_counted() -> None:
    message = digest(some_items(MOST_SHOWN), "fr", count=1000, at=MORNING, zone=CASABLANCA)
    shown = message.text.replace("\u202f", " ")
    assert "1 000 avis" in message.title.replace("\u202f", " ")
    assert shown.count("• ") == MOST_SHOWN
    assert "960 autres avis" in shown


def test_a_notice_without_a_title_is_named_by_its_first_line() -> None:
    item = Item("sessions", Message("Première ligne\nsuite" + "x" * 200, "fr"), MORNING)
    text = digest([item], "fr", count=1, at=MORNING, zone=CASABLANCA).text
    assert "Première ligne" in text
    assert "suite" not in text
