"""The entrance of the room: an utterance in, what it means out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from handlers.understanding import details, wishes
from handlers.understanding.commands import commanded
from handlers.understanding.floors import is_sure, is_worth_offering
from handlers.understanding.gallery import examples, spoken_words
from handlers.understanding.ideas import ideas
from handlers.understanding.lexicon import lexicon
from handlers.understanding.meaning import Intent, KnownBody, Understood
from handlers.understanding.model import likelihoods
from handlers.understanding.tongues import Vocabulary, tongue, vocabulary
from handlers.understanding.utterance import Utterance, uttered
from handlers.understanding.wanted import filled
from handlers.understanding.wording import cleaned

ALTERNATIVES = 3
NUMBERED = {"petition": "petition.", "approval": "approval."}  # what a reference speaks of
# What a reference alone asks: `PET-2026-0012`, and no more.
ALONE = {
    "petition": Intent.PETITION_STATUS,
    "decision": Intent.DECISION_QUERY,
    "approval": Intent.APPROVAL_STATUS,
}
SHORTEST = 3  # letters of a word that says something
ENOUGH = 0.1  # the likelihood of all such intents together from which a reference settles it

Ranked = Sequence[tuple[Intent, float]]


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
    guess, utterance = _guessed(text, now, zone, language, bodies)
    named = {*ideas(utterance.words), *utterance.slots, *filter(str.isupper, utterance.masked)}
    if guess.intent is Intent.OTHER or is_sure(
        guess.intent, guess.confidence, named, _said(utterance)
    ):
        return guess
    return replace(
        guess,
        intent=Intent.OTHER,
        confidence=0.0,  # what is unsure is not surely none of our business
        slots=filled(Intent.OTHER, utterance),
        alternatives=(guess.intent, *guess.alternatives)[:ALTERNATIVES],
    )


def _said(utterance: Utterance) -> int:
    """Return how many words name nothing, and are no mere yes or no."""
    hits = lexicon("concepts", "concept").found(utterance.words)
    answers = {
        utterance.words[at].norm
        for hit in hits
        if hit.value in {"YES", "NOT"}
        for at in range(hit.first, hit.last + 1)
    }
    spelled = {word for word in utterance.masked if not word.isupper()}
    return sum(len(word) >= SHORTEST for word in spelled - answers)


def guessed(
    text: str,
    *,
    now: datetime,
    zone: ZoneInfo,
    language: str | None,
    bodies: Sequence[KnownBody],
) -> Understood:
    """Return what was likeliest meant, however unsure that is: to look at, not to act on."""
    return _guessed(text, now, zone, language, bodies)[0]


def _guessed(
    text: str, now: datetime, zone: ZoneInfo, usual: str | None, bodies: Sequence[KnownBody]
) -> tuple[Understood, Utterance]:
    said = cleaned(text)
    command = commanded(said)
    utterance = uttered(command[1] if command else said, now, zone, bodies)
    words = utterance.words
    language = tongue(words, usual, _vocabulary())
    if command:
        return _of_command(command[0], utterance, language), utterance
    if opts := wishes.opted(words):
        return Understood(opts, 1.0, {"scope": "all"}, usual or language), utterance
    if not words:
        return Understood(Intent.OTHER, 0.0, {}, language), utterance
    if alone := _alone(utterance):
        own = usual if usual and said.isascii() else language  # PET-2026-0012 is of no tongue
        return Understood(alone, 1.0, filled(alone, utterance), own), utterance
    ranked = likelihoods(utterance.masked, ideas(words))
    (intent, likelihood), *others = _narrowed(ranked, utterance)
    alternatives = tuple(one for one, share in others if is_worth_offering(one, share))
    if intent is Intent.OTHER and all(map(str.isupper, utterance.masked)):
        likelihood = 0.0  # a day or a body alone is ours; what is wanted of it is not said
    slots = filled(intent, utterance)
    guess = Understood(intent, likelihood, slots, language, alternatives[:ALTERNATIVES])
    return guess, utterance


def _alone(utterance: Utterance) -> Intent | None:
    """Return what is asked by whoever says a reference and nothing else."""
    kinds = {one.kind for one in utterance.references}
    spelled = [word for word in utterance.masked if not word.isupper()]
    return ALONE.get(next(iter(kinds))) if len(kinds) == len(spelled) == 1 else None


def _narrowed(ranked: Ranked, utterance: Utterance) -> Ranked:
    """Return what can be meant of a petition or an approval, where one is named by its number."""
    families = tuple(NUMBERED[one.kind] for one in utterance.references if one.kind in NUMBERED)
    ours = [(intent, share) for intent, share in ranked if intent.startswith(families)]
    total = sum(share for _, share in ours)
    if not families or total < ENOUGH:
        return ranked
    return [(intent, share / total) for intent, share in ours]


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


@lru_cache(maxsize=1)
def _vocabulary() -> Vocabulary:
    by_language: dict[str, list[tuple[str, ...]]] = {}
    for example in examples():
        by_language.setdefault(example.language, []).append(spoken_words(example))
    return vocabulary(by_language)
