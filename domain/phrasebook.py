"""The sentences people read, kept as data: one file a flow, one folder a language."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any, cast
from unicodedata import bidirectional

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal

from domain import local_time
from domain.messages import RIGHT_TO_LEFT

LANGUAGES = ("fr", "ar", "en")  # those in which everything is said
FALLBACK = {"ary": "ar"}  # a language that may say less, and who speaks where it is silent
ELSEWHERE = "fr"
PLURAL_CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})  # CLDR
PHRASES = Path(__file__).parent / "phrases"

FIRST_STRONG_ISOLATE = "\u2068"  # Unicode bidirectional algorithm (UAX 9), 2.4
POP_DIRECTIONAL_ISOLATE = "\u2069"
LINK = re.compile(r"https?://\S+")
ISOLATE = re.compile("\u2068[^\u2066-\u2069]*\u2069")  # one that holds no other
DIRECTED = frozenset({"L", "R", "AL", "EN", "AN"})

Phrase = str | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Named:
    """A fact that is itself a phrase, such as the name of a state: said in the language at hand."""

    key: str


class Phrasebook:
    """All phrases of a folder, each flow's file read when it is first needed."""

    def __init__(self, folder: Path = PHRASES) -> None:
        self._folder = folder
        self._flows: dict[tuple[str, str], dict[str, Phrase]] = {}
        self._known: dict[tuple[str, str], tuple[Phrase, str]] = {}

    def say(self, key: str, language: str, /, **facts: object) -> str:
        """Return the phrase with its facts filled in, each written as the language writes it.

        A phrase in plural forms is chosen by the fact `count`. Datetimes are wall times. Raises
        KeyError, with the name, for a phrase or a fact that is missing (or None).
        """
        phrase, spoken = self._found(key, language)
        if not isinstance(phrase, str):
            phrase = phrase[_plural_category(key, facts, spoken)]
        return "".join(_pieces(phrase, key, spoken, facts))

    def has(self, key: str) -> bool:
        flow, _, what = key.partition(".")
        return what in self._flow(ELSEWHERE, flow)

    def keys(self, language: str = ELSEWHERE) -> frozenset[str]:
        """Return every key this language has itself."""
        flows = [file.stem for file in (self._folder / language).glob("*.toml")]
        return frozenset(f"{flow}.{what}" for flow in flows for what in self._flow(language, flow))

    def phrase(self, key: str, language: str) -> Phrase:
        """Return the phrase as it is written, or raise KeyError."""
        return self._found(key, language)[0]

    def _found(self, key: str, language: str) -> tuple[Phrase, str]:
        """Return a phrase and the language it is in, or raise KeyError."""
        known = self._known.get((key, language))
        if known is None:
            known = self._known[key, language] = self._looked_up(key, language)
        return known

    def _looked_up(self, key: str, language: str) -> tuple[Phrase, str]:
        flow, _, what = key.partition(".")
        for candidate in _speakers(language):
            phrase = self._flow(candidate, flow).get(what)
            if phrase is not None:
                return phrase, candidate
        raise KeyError(key)

    def _flow(self, language: str, flow: str) -> dict[str, Phrase]:
        known = self._flows.get((language, flow))
        if known is None:
            file = self._folder / language / f"{flow}.toml"
            plain = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
            known = self._flows[language, flow] = dict(_flattened(plain))
        return known


@lru_cache(maxsize=1)
def phrasebook() -> Phrasebook:
    """Return the book of the house."""
    return Phrasebook()


def placeholders(phrase: Phrase) -> frozenset[str]:
    """Return the names of the facts a phrase needs, `count` among them for plural forms."""
    forms = [phrase] if isinstance(phrase, str) else list(phrase.values())
    names = {name for form in forms for _, name, _, _ in Formatter().parse(form) if name}
    return frozenset(names if isinstance(phrase, str) else names | {"count"})


def isolated(text: str) -> str:
    """Return `text` so that neither it nor what surrounds it changes the other's direction.

    An isolate ends with its line (UAX 9, X8), so each line gets its own. A link gets none: what
    makes it one to be pressed would take the isolate's end for a part of it.
    """
    if LINK.fullmatch(text):
        return text
    return "\n".join(
        f"{FIRST_STRONG_ISOLATE}{line}{POP_DIRECTIONAL_ISOLATE}" if line else line
        for line in text.split("\n")
    )


def _speakers(language: str) -> Iterator[str]:
    if language in FALLBACK:
        yield language
        language = FALLBACK[language]
    yield language if language in LANGUAGES else ELSEWHERE


def _flattened(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Phrase]]:
    for name, value in table.items():
        if isinstance(value, dict) and not value.keys() <= PLURAL_CATEGORIES:
            yield from _flattened(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def _fact(key: str, name: str, facts: Mapping[str, object]) -> object:
    fact = facts.get(name)
    if fact is None:
        raise KeyError(f"{key} needs the fact {name!r}")
    return fact


def _plural_category(key: str, facts: Mapping[str, object], language: str) -> str:
    count = _fact(key, "count", facts)
    if not isinstance(count, int | float | Decimal):
        raise TypeError(f"{key}: the fact 'count' is not a number: {count!r}")
    return Locale.parse(local_time.locale(language)).plural_form(count)


def _pieces(phrase: str, key: str, language: str, facts: Mapping[str, object]) -> Iterator[str]:
    for literal, name in _parsed(phrase):
        yield literal
        if name:
            written = _written(_fact(key, name, facts), language)
            yield isolated(written) if _needs_isolating(written, language) else written


@lru_cache(maxsize=4096)
def _parsed(phrase: str) -> tuple[tuple[str, str | None], ...]:
    return tuple((literal, name) for literal, name, _, _ in Formatter().parse(phrase))


def _needs_isolating(text: str, language: str) -> bool:
    if language in RIGHT_TO_LEFT:
        return not _is_made_of_isolates(text)
    return not text.isascii() and any(bidirectional(letter) in {"R", "AL"} for letter in text)


def _is_made_of_isolates(text: str) -> bool:
    """Say whether nothing but isolates gives a sentence a direction: it takes that around it.

    Isolated as a whole it would be taken for one from left to right (UAX 9, P2).
    """
    rest, isolates = text, 1
    while isolates:
        rest, isolates = ISOLATE.subn("", rest)
    return rest != text and not any(bidirectional(one) in DIRECTED for one in rest)


def _list(items: object, language: str) -> str:
    written = [_written(item, language) for item in cast("list[object]", items)]
    return format_list(written, locale=local_time.locale(language))


# The first kind that fits: a datetime is a date as well.
WRITERS: tuple[tuple[type | tuple[type, ...], Callable[[Any, str], str]], ...] = (
    (str, lambda text, _: str(text)),
    (Named, lambda named, language: phrasebook().say(named.key, language)),
    (datetime, local_time.moment),
    (date, local_time.day),
    (time, lambda of, _: local_time.hour(of)),
    (timedelta, local_time.lasting),
    (
        (int, float, Decimal),
        lambda number, language: format_decimal(number, locale=local_time.locale(language)),
    ),
    ((list, tuple), _list),
)


def _written(fact: object, language: str) -> str:
    for kind, write in WRITERS:
        if isinstance(fact, kind):
            return write(fact, language)
    raise TypeError(f"no language can write a {type(fact).__name__}: {fact!r}")
