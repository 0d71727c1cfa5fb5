"""The entrance of the room: an utterance in, what it means out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from handlers.understanding import details, wishes
from handlers.understanding.commands import commanded
from handlers.understanding.leanings import is_clear, is_worth_offering, weighed
from handlers.understanding.likeness import concepts, gallery, likeness
from handlers.understanding.meaning import Intent, KnownBody, Understood
from handlers.understanding.tongues import Vocabulary, tongue, vocabulary
from handlers.understanding.utterance import Utterance, uttered
from handlers.understanding.wanted import filled
from handlers.understanding.wording import cleaned

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
    utterance = uttered(command[1] if command else said, now, zone, bodies)
    words = utterance.words
    tongue_spoken = tongue(words, language, _vocabulary())
    if command:
        return _of_command(command[0], utterance, tongue_spoken)
    if opts := wishes.opted(words):
        return Understood(opts, 1.0, {"scope": "all"}, language or tongue_spoken)
    ideas, masked = concepts(words), utterance.masked
    named = {*ideas, *utterance.slots, *(word for word in masked if word.isupper())}
    ranked = _ranked(weighed(likeness(masked, ideas), named))
    is_sure = bool(ranked) and is_clear(*ranked[0], named)
    intent = ranked[0][0] if is_sure else Intent.OTHER
    others = [one for one, score in ranked if one != intent and is_worth_offering(one, score)]
    return Understood(
        intent=intent,
        confidence=min(1.0, ranked[0][1]) if ranked else 0.0,
        slots=filled(intent, utterance),
        language=tongue_spoken,
        alternatives=tuple(others[:ALTERNATIVES]),
    )


def _of_command(intent: Intent | None, utterance: Utterance, language: str) -> Understood:
    """Return what a command asks; what its slots cannot say is taken from the rest as it stands."""
    if intent is None:
        return Understood(Intent.OTHER, 0.0, {}, language, (Intent.HELP,))
    slots, rest = filled(intent, utterance), utterance.text
    if intent is Intent.UNSUBSCRIBE and not rest:
        slots["scope"] = "all"
    if intent is Intent.ATTENDANCE_EXCUSE and rest:
        slots.setdefault("reason", rest[: details.LONGEST_REASON])
    if intent is Intent.LINK and rest:
        slots["token"] = rest.split(maxsplit=1)[0]
    if intent in {Intent.AGENDA_ITEM, Intent.DOCUMENT_GET} and rest.isdecimal():
        slots["item_number"] = str(int(rest[:9]))
    return Understood(intent, 1.0, slots, language)


def _ranked(scores: Mapping[Intent, float]) -> list[tuple[Intent, float]]:
    return sorted(scores.items(), key=lambda one: -one[1])


@lru_cache(maxsize=1)
def _vocabulary() -> Vocabulary:
    by_language: dict[str, list[tuple[str, ...]]] = {}
    for example in gallery().examples:
        by_language.setdefault(example.language, []).append(example.words)
    return vocabulary(by_language)
