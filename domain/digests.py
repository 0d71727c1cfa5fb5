"""Digests: when the next one comes, and one message of all it gathers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from domain.clock import instant, wall_time
from domain.messages import Choice, Message
from domain.phrasebook import phrasebook
from domain.wishes import Preferences, Rhythm

MOST_SHOWN = 40  # notices; the rest is in the mailbox
TITLE_LENGTH = 120  # characters shown of what has no title
DAYS_LOOKED_AT = 9  # a week, a day that has begun, and a day that clocks moved


@dataclass(frozen=True, slots=True)
class Item:
    """One notice as a digest tells it: its topic, its message in the reader's language, its time.

    `at` is the instant it was published.
    """

    topic: str
    message: Message
    at: datetime


def next_digest(
    rhythm: Rhythm, after: datetime, preferences: Preferences, zone: tzinfo
) -> datetime:
    """Return the first instant after `after`, never at it, at which a person's digest comes.

    What arrives at the very minute of a digest is in the next one: none is both sent and open.
    """
    today = wall_time(after, zone).date()
    days = (today + timedelta(days=n) for n in range(DAYS_LOOKED_AT))
    moments = (
        instant(datetime.combine(day, preferences.digest_at), zone)
        for day in days
        if rhythm is not Rhythm.WEEKLY or day.weekday() == preferences.digest_on
    )
    return next(moment for moment in moments if moment > after)


def digest(
    items: Sequence[Item], language: str, *, count: int, at: datetime, zone: tzinfo
) -> Message:
    """Return one message of what was gathered: by topic, the newest first.

    `count`: how many notices there were in all, of which `items` are the newest.
    """
    say = phrasebook().say
    by_topic: dict[str, list[Item]] = defaultdict(list)
    for item in sorted(items, key=lambda item: item.at, reverse=True)[:MOST_SHOWN]:
        by_topic[item.topic].append(item)
    parts = [_part(topic, told, language, zone) for topic, told in by_topic.items()]
    if count > MOST_SHOWN:
        parts.append(say("digest.more", language, count=count - MOST_SHOWN))
    return Message(
        language=language,
        title=say("digest.title", language, day=wall_time(at, zone).date(), count=count),
        text="\n\n".join(parts),
        choices=(
            Choice(say("digest.open_inbox", language), "inbox"),
            Choice(say("digest.change", language), "prefs"),
        ),
    )


def _part(topic: str, told: Sequence[Item], language: str, zone: tzinfo) -> str:
    say = phrasebook().say
    heading = say(f"preferences.topic_{topic}", language)
    lines = [
        say("digest.item", language, title=_title(item.message), at=wall_time(item.at, zone))
        for item in told
    ]
    return "\n".join([say("digest.heading", language, topic=heading), *lines])


def _title(message: Message) -> str:
    said = message.title or message.text.partition("\n")[0]
    return said if len(said) <= TITLE_LENGTH else said[: TITLE_LENGTH - 1] + "…"
