"""Preferences in words: what a person is shown of what they asked for."""

from collections.abc import Iterable, Iterator, Mapping

from domain import local_time
from domain.addresses import Channel
from domain.phrasebook import phrasebook
from domain.quiet_hours import WEEKDAYS, by_hours
from domain.topics import EVERYTHING, PETITION, body_of, item_of, words_of
from domain.wishes import Preferences, Rhythm

Names = Mapping[str, str]
"""What bodies are called, by their keys, in the language spoken."""


def told(asked: Preferences, language: str, bodies: Names) -> list[str]:
    """Return what somebody asked for, a line each, and what comes whatever they ask."""
    say = phrasebook().say
    return [
        *_stopped(asked, language),
        *_channels(asked, language),
        *_topics(asked, language, bodies),
        *_rhythms(asked, language, bodies),
        *_quiet(asked, language),
        say("preferences.statutory", language),
    ]


def topic_name(topic: str, language: str, bodies: Names) -> str:
    key = body_of(topic)
    if key is not None:
        return bodies.get(key, key)
    if item_of(topic) is not None:
        # By its number and title where the caller knows them.
        return bodies.get(topic) or phrasebook().say("preferences.topic_item", language)
    if (said := words_of(topic)) is not None:
        return phrasebook().say("preferences.topic_words", language, words=said)
    if topic.startswith(PETITION):
        ref = topic.removeprefix(PETITION)
        return phrasebook().say("preferences.topic_petition", language, ref=ref)
    return phrasebook().say(f"preferences.topic_{topic}", language)


def channel_names(channels: Iterable[Channel], language: str) -> list[str]:
    return [phrasebook().say(f"delivery.channel_{one}", language) for one in sorted(channels)]


def _stopped(asked: Preferences, language: str) -> Iterator[str]:
    if None in asked.stopped:
        yield phrasebook().say("preferences.stopped_all", language)
        return
    channels = channel_names([one for one in asked.stopped if one], language)
    if channels:
        yield phrasebook().say("preferences.stopped", language, channels=channels)


def _channels(asked: Preferences, language: str) -> Iterator[str]:
    say = phrasebook().say
    said = {
        channel: wish.is_wanted
        for (topic, channel), wish in asked.wishes.items()
        if topic == EVERYTHING and channel and wish.is_wanted is not None
    }
    wanted = channel_names([one for one, is_wanted in said.items() if is_wanted], language)
    refused = channel_names([one for one, is_wanted in said.items() if not is_wanted], language)
    if wanted:
        yield say("preferences.channels", language, channels=wanted)
    else:
        yield say("preferences.channels_default", language)
    if refused:
        yield say("preferences.channels_off", language, channels=refused)


def _topics(asked: Preferences, language: str, bodies: Names) -> Iterator[str]:
    say = phrasebook().say
    declined = sorted(
        topic
        for (topic, channel), wish in asked.wishes.items()
        if topic and channel is None and wish.is_wanted is False
    )
    for key, topics in (("followed", asked.followed), ("unfollowed", declined)):
        if topics:
            names = [topic_name(topic, language, bodies) for topic in topics]
            yield say(f"preferences.{key}", language, topics=names)
    if asked.wish(EVERYTHING, None).is_wanted is False:
        yield say("preferences.muted", language)


def _rhythms(asked: Preferences, language: str, bodies: Names) -> Iterator[str]:
    yield _rhythm(asked, asked.wish(EVERYTHING, None).rhythm or Rhythm.AT_ONCE, language)
    for (topic, channel), wish in sorted(asked.wishes.items(), key=str):
        if wish.rhythm and (topic or channel):
            names = [topic_name(topic, language, bodies)] if topic else []
            names += channel_names([channel], language) if channel else []
            rhythm = _rhythm(asked, wish.rhythm, language)
            yield phrasebook().say(
                "preferences.rhythm_on", language, scope=" · ".join(names), rhythm=rhythm
            )


def _rhythm(asked: Preferences, rhythm: Rhythm, language: str) -> str:
    weekday = local_time.weekday(asked.digest_on, language)
    return phrasebook().say(
        f"preferences.rhythm_{rhythm}", language, at=asked.digest_at, weekday=weekday
    )


def _quiet(asked: Preferences, language: str) -> Iterator[str]:
    say = phrasebook().say
    for (starts, ends), days in by_hours(asked.quiet).items():
        if len(days) == len(WEEKDAYS):
            yield say("preferences.quiet", language, starts=starts, ends=ends)
        else:
            names = [local_time.weekday(day, language) for day in sorted(days)]
            yield say("preferences.quiet_on", language, days=names, starts=starts, ends=ends)
    if asked.zone:
        yield say("preferences.zone", language, zone=asked.zone)
