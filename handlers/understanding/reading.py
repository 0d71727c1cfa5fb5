"""The entrance of the room: an utterance in, what it means out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from handlers.understanding import details, wishes
from handlers.understanding.commands import commanded
from handlers.understanding.leanings import is_clear, is_worth_offering, weighed
from handlers.understanding.likeness import concepts, gallery, likeness
from handlers.understanding.marks import Mark, marked
from handlers.understanding.meaning import Intent, KnownBody, Understood
from handlers.understanding.named_bodies import named_body
from handlers.understanding.spoken_time import spoken_time
from handlers.understanding.tongues import Vocabulary, tongue, vocabulary
from handlers.understanding.wording import Word, cleaned, worded

ALTERNATIVES = 3


def understood(
    text: str,
    *,
    now: datetime,
    zone: ZoneInfo,
    language: str | None,
    bodies: Sequence[KnownBody],
) -> Understood:
    """Return what was meant. Never raises, whatever the text.

    `now` is in UTC; dates are seen from the wall time in `zone`. `language` is the one the person
    usually speaks, if known. Below the floor the intent is OTHER, with the likeliest alternatives.
    """
    said = cleaned(text)
    command = commanded(said)
    spoken_text = command[1] if command else said
    words = worded(spoken_text)
    slots, masked = _slots(words, spoken_text, now, zone, bodies)
    tongue_spoken = tongue(words, language, _vocabulary())
    if command:
        return _of_command(command[0], spoken_text, slots, tongue_spoken)
    if opts := wishes.opted(words):
        return Understood(opts, 1.0, {"scope": "all"}, language or tongue_spoken)
    ideas = concepts(words)
    named = {*ideas, *slots, *(word for word in masked if word.isupper())}
    ranked = _ranked(weighed(likeness(masked, ideas), named))
    is_sure = bool(ranked) and is_clear(*ranked[0], named)
    intent = ranked[0][0] if is_sure else Intent.OTHER
    others = [one for one, score in ranked if one != intent and is_worth_offering(one, score)]
    return Understood(
        intent=intent,
        confidence=min(1.0, ranked[0][1]) if ranked else 0.0,
        slots=_completed({**slots, **wishes.wished(intent, words)}, intent, spoken_text),
        language=tongue_spoken,
        alternatives=tuple(others[:ALTERNATIVES]),
    )


def _of_command(
    intent: Intent | None, rest: str, slots: dict[str, object], language: str
) -> Understood:
    if intent is None:
        return Understood(Intent.OTHER, 0.0, {}, language, (Intent.HELP,))
    slots = {**slots, **wishes.wished(intent, worded(rest))}
    if intent is Intent.UNSUBSCRIBE and not rest:
        slots["scope"] = "all"
    completed = _completed(slots, intent, rest)
    if intent is Intent.ATTENDANCE_EXCUSE and rest:
        completed.setdefault("reason", rest[: details.LONGEST_REASON])
    if intent is Intent.LINK and rest:
        completed["token"] = rest.split(maxsplit=1)[0]
    if intent in {Intent.AGENDA_ITEM, Intent.DOCUMENT_GET} and rest.isdecimal():
        completed["item_number"] = str(int(rest[:9]))
    return Understood(intent, 1.0, completed, language)


def _slots(
    words: Sequence[Word], text: str, now: datetime, zone: ZoneInfo, bodies: Sequence[KnownBody]
) -> tuple[dict[str, object], tuple[str, ...]]:
    """Return what was named, and the words with what was named masked, as examples are."""
    marks = marked(words)
    time = spoken_time(words, marks, text, now, zone)
    body = named_body(words, bodies)
    slots = {**time.slots, **body.slots, **details.named(words)}
    item = details.item_number(marks)
    if item:
        slots["item_number"] = item
    masks = {**_numbers(marks), **dict.fromkeys(body.said, "BODY"), **time.masks}
    return slots, _masked(words, masks)


def _numbers(marks: Sequence[Mark]) -> dict[int, str]:
    return {
        at: "NUMBER"
        for mark in marks
        if mark.letter in "NOFY"
        for at in range(mark.first, mark.last + 1)
    }


def _masked(words: Sequence[Word], masks: Mapping[int, str]) -> tuple[str, ...]:
    shown = [masks.get(at, word.norm) for at, word in enumerate(words)]
    return tuple(
        word
        for at, word in enumerate(shown)
        if not (word.isupper() and shown[at - 1 : at] == [word])
    )


def _ranked(scores: Mapping[Intent, float]) -> list[tuple[Intent, float]]:
    return sorted(scores.items(), key=lambda one: -one[1])


def _completed(slots: Mapping[str, object], intent: Intent, text: str) -> dict[str, object]:
    completed = details.wanted(slots, intent)
    extra = {
        Intent.ATTENDANCE_EXCUSE: ("reason", details.reason),
        Intent.LINK: ("token", details.token),
    }.get(intent)
    if extra:
        slot, found_in = extra
        found = found_in(text)
        if found:
            completed[slot] = found
    return completed


@lru_cache(maxsize=1)
def _vocabulary() -> Vocabulary:
    by_language: dict[str, list[tuple[str, ...]]] = {}
    for example in gallery().examples:
        by_language.setdefault(example.language, []).append(example.words)
    return vocabulary(by_language)
