"""Which language was spoken, told by the words the examples of each language use."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from handlers.understanding.wording import ARABIC_LETTER, Word

LATIN_LETTER = re.compile(r"[a-z]")
DIGIT_AS_LETTER = re.compile(r"[a-z]+[23579]+[a-z]*|[23579]+[a-z]{2,}")
NOT_ARABIZI = re.compile(r"\d+(?:h|er|e|eme|nd|st|rd|th|am|pm|j|min|mn)\d*|covid\d+")
ARABIC, LATIN = ("ar", "ary"), ("fr", "en", "ary-Latn")
DARIJA_NEGATION = {
    ARABIC: ("ary", re.compile(r"ما?[ا-ي]{2,}ش")),
    LATIN: ("ary-Latn", re.compile(r"ma[a-z0-9]{3,}ch")),
}
SMOOTHING = 0.3
HABIT = 1.5  # how much the language a person usually speaks weighs, in words
PLAIN = {"ar": 1.2, "fr": 0.5}  # what is spoken when nothing tells
IN_LATIN = {"ary": "ary-Latn"}  # how it is written in Latin letters
STRONG = 4.0  # how much a sure sign weighs
ELSEWHERE = "fr"

Vocabulary = Mapping[str, Mapping[str, float]]


def vocabulary(examples: Mapping[str, Sequence[Sequence[str]]]) -> Vocabulary:
    """Return, for each word of the examples, how strongly it speaks for each language."""
    counts = {
        language: Counter(word for one in said for word in one)
        for language, said in examples.items()
    }
    words = {word for counter in counts.values() for word in counter}
    return {
        word: {language: _weight(counter, word) for language, counter in counts.items()}
        for word in words
    }


def _weight(counter: Counter[str], word: str) -> float:
    return math.log(counter[word] + SMOOTHING) - math.log(counter.total() + 1)


def tongue(words: Sequence[Word], usual: str | None, known: Vocabulary) -> str:
    """Return the language of an utterance; `usual`, the person's own, breaks a tie."""
    norms = [word.norm for word in words]
    in_arabic = sum(bool(ARABIC_LETTER.search(norm)) for norm in norms)
    in_latin = sum(bool(LATIN_LETTER.search(norm)) for norm in norms)
    if not in_arabic and not in_latin:
        return usual or ELSEWHERE
    among = ARABIC if in_arabic >= in_latin else LATIN
    told = [evidence for norm in norms if (evidence := _evidence(norm, among, known))]
    if usual and not told:  # a name, an address: of no tongue
        return usual
    scores = {language: PLAIN.get(language, 0.0) for language in among}
    habit = IN_LATIN.get(usual or "", usual) if among is LATIN else usual
    if habit in scores:
        scores[habit] += HABIT
    for evidence in told:
        for language, weight in evidence.items():
            scores[language] += weight
    return max(among, key=lambda language: scores[language])


def _evidence(norm: str, among: tuple[str, ...], known: Vocabulary) -> Mapping[str, float]:
    if among is LATIN and DIGIT_AS_LETTER.fullmatch(norm) and not NOT_ARABIZI.fullmatch(norm):
        return {"ary-Latn": STRONG}
    weights = known.get(norm)
    if weights:
        floor = min(weights[language] for language in among)
        return {language: weights[language] - floor for language in among}
    darija, negation = DARIJA_NEGATION[among]
    return {darija: STRONG} if negation.fullmatch(norm) else {}
