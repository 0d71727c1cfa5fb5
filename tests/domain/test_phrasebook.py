import ast
import re
import time as stopwatch
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path

import pytest
from babel import Locale

from domain import local_time
from domain.addresses import Channel
from domain.agenda import ItemState
from domain.bodies import BodyKind, Role
from domain.deliveries import State
from domain.documents import DocumentKind
from domain.notices import NoticeClass, NoticeKind
from domain.petitions.states import PetitionState
from domain.phrasebook import (
    FIRST_STRONG_ISOLATE,
    LANGUAGES,
    PHRASES,
    POP_DIRECTIONAL_ISOLATE,
    Phrasebook,
    isolated,
    phrasebook,
    placeholders,
)
from domain.publications import PublicationKind
from domain.rights import Act
from domain.sessions import SessionKind

ROOT = Path(__file__).parents[2]
PACKAGES = ("actions", "bot", "channels", "domain", "handlers", "scheduler", "store", "web")
SAYING = {"say", "Refused"}  # what is called with a phrase's key in front
KEY = re.compile(r"[a-z_]+(\.[a-z_0-9]+)+")
ARABIC = re.compile(r"[\u0600-\u06ff]")
LATIN = re.compile(r"[A-Za-z]{2,}")
FILLED = re.compile(r"\{[^{}]*\}")

Written = Mapping[str, str]


@pytest.fixture
def book(tmp_path: Path) -> Phrasebook:
    written = {
        "fr": 'told = "{who} vient {when}."\nplain = "Bonjour"\n'
        '[points]\none = "{count} point"\nmany = "{count} de points"\nother = "{count} points"\n'
        '[state]\nopen = "ouverte"\n',
        "ar": 'told = "{who} يحضر {when}."\nplain = "مرحبا"\n'
        '[points]\nzero = "بدون نقط"\none = "نقطة"\ntwo = "نقطتان"\n'
        'few = "{count} نقط"\nmany = "{count} نقطة"\nother = "{count} نقطة"\n',
        "ary": 'plain = "السلام"\n',
    }
    for language, text in written.items():
        (tmp_path / language).mkdir()
        (tmp_path / language / "flow.toml").write_text(text, "utf-8")
    return Phrasebook(tmp_path)


def test_facts_are_written_in_the_language(book: Phrasebook) -> None:
    opening = date(2026, 7, 5)
    assert book.say("flow.told", "fr", who="Mme Alami", when=opening) == (
        "Mme Alami vient dimanche 5 juillet 2026."
    )
    assert "يوليوز" in book.say("flow.told", "ar", who="Mme Alami", when=opening)


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (time(9, 30), "09:30"),
        (datetime(2026, 2, 5, 18, 0), "jeudi 5 février 2026 à 18:00"),
        (timedelta(days=2), "2 jours"),
        (["Anfa", "Sbata", 3], "Anfa, Sbata et 3"),
        (12345, "12\u202f345"),
    ],
)
def test_a_fact_of_every_kind_is_localised(book: Phrasebook, fact: object, words: str) -> None:
    assert book.say("flow.told", "fr", who="", when=fact) == f" vient {words}."


def test_a_fact_no_language_can_write_is_refused(book: Phrasebook) -> None:
    with pytest.raises(TypeError, match="object"):
        book.say("flow.told", "fr", who=object(), when="demain")


@pytest.mark.parametrize(
    ("count", "words"), [(0, "بدون نقط"), (1, "نقطة"), (2, "نقطتان"), (3, "3"), (11, "11")]
)
def test_a_plural_is_chosen_as_the_language_counts(
    book: Phrasebook, count: int, words: str
) -> None:
    assert words in book.say("flow.points", "ar", count=count)


def test_every_fact_of_an_arabic_sentence_is_isolated(book: Phrasebook) -> None:
    said = book.say("flow.told", "ar", who="Anfa (2)", when="18:00")
    assert said.count(FIRST_STRONG_ISOLATE) == said.count(POP_DIRECTIONAL_ISOLATE) == 2


def test_only_arabic_facts_of_a_french_sentence_are_isolated(book: Phrasebook) -> None:
    said = book.say("flow.told", "fr", who="السيدة العلمي", when="demain")
    assert said == f"{isolated('السيدة العلمي')} vient demain."


def test_a_sentence_made_of_isolates_keeps_the_direction_of_the_one_around_it(
    book: Phrasebook,
) -> None:
    inner = f"{isolated('قبل')}: {isolated('توجيه')} ({isolated('المادة 35')})."
    assert isolated(inner) not in book.say("flow.told", "ar", who=inner, when="غدا")
    assert isolated("10:00") in book.say("flow.told", "ar", who="10:00", when="غدا")


def test_each_line_of_a_fact_is_isolated_by_itself() -> None:
    assert isolated("a\n\nb") == "\u2068a\u2069\n\n\u2068b\u2069"


def test_a_link_can_be_pressed_whole_in_an_arabic_sentence() -> None:
    link = "https://casablanca.example/petitions/PET-2026-0001"
    assert isolated(link) == link


def test_darija_says_what_it_can_and_arabic_the_rest(book: Phrasebook) -> None:
    assert book.say("flow.plain", "ary") == "السلام"
    assert "نقط" in book.say("flow.points", "ary", count=3)


def test_a_language_that_is_not_ours_is_answered_in_french(book: Phrasebook) -> None:
    assert book.say("flow.plain", "tlh") == "Bonjour"


def test_a_table_that_is_no_plural_groups_its_phrases(book: Phrasebook) -> None:
    assert book.say("flow.state.open", "fr") == "ouverte"


@pytest.mark.parametrize("key", ["flow.unknown", "nowhere.plain", "plain"])
def test_a_missing_phrase_raises_with_its_name(book: Phrasebook, key: str) -> None:
    assert not book.has(key)
    with pytest.raises(KeyError, match=re.escape(key)):
        book.say(key, "fr")


@pytest.mark.parametrize("facts", [{}, {"when": "demain"}, {"who": None, "when": "demain"}])
def test_a_missing_fact_raises_with_its_name(book: Phrasebook, facts: dict[str, object]) -> None:
    with pytest.raises(KeyError, match="who"):
        book.say("flow.told", "fr", **facts)


def test_a_plural_without_its_count_raises(book: Phrasebook) -> None:
    with pytest.raises(KeyError, match="count"):
        book.say("flow.points", "fr")


def reading() -> float:
    """Read the whole book anew; return the processor's seconds that took."""
    started = stopwatch.process_time()
    book = Phrasebook()
    assert all(book.keys(language) for language in LANGUAGES)
    return stopwatch.process_time() - started


def test_the_whole_book_is_read_in_a_blink() -> None:
    """The best of some readings, since others may want the processor's caches meanwhile."""
    assert min(reading() for _ in range(4)) < 0.4  # four times what it takes alone


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_there_in_every_language(language: str) -> None:
    book = phrasebook()
    everything = frozenset().union(*(book.keys(one) for one in LANGUAGES))
    assert sorted(everything - book.keys(language)) == []


def test_darija_says_nothing_that_arabic_does_not() -> None:
    assert sorted(phrasebook().keys("ary") - phrasebook().keys("ar")) == []


def test_every_file_belongs_to_a_language_of_ours() -> None:
    assert {folder.name for folder in PHRASES.iterdir()} <= {*LANGUAGES, "ary"}


@pytest.mark.parametrize("language", [*LANGUAGES, "ary"])
def test_a_phrase_needs_the_same_facts_in_every_language(language: str) -> None:
    book = phrasebook()
    differing = {
        key
        for key in book.keys(language)
        if placeholders(book.phrase(key, language)) != placeholders(book.phrase(key, "fr"))
    }
    assert sorted(differing) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plural_has_every_form_its_language_needs(language: str) -> None:
    needed = {*Locale.parse(local_time.locale(language)).plural_form.tags, "other"}
    lacking = {key: needed - forms.keys() for key, forms in _plurals(language)}
    assert {key: lack for key, lack in lacking.items() if lack} == {}


@pytest.mark.parametrize("language", [*LANGUAGES, "ary"])
def test_no_phrase_is_empty(language: str) -> None:
    assert [key for key, form in _forms(language) if not form.strip()] == []


@pytest.mark.parametrize("language", ["ar", "ary"])
def test_arabic_phrases_are_in_arabic(language: str) -> None:
    untranslated = [
        key
        for key, form in _forms(language)
        if LATIN.search(FILLED.sub("", form)) and not ARABIC.search(form)
    ]
    assert untranslated == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_french_and_english_phrases_have_no_arabic(language: str) -> None:
    # A language is offered under its own name.
    shown = [key for key, form in _forms(language) if ARABIC.search(form)]
    assert [key for key in shown if not key.startswith("language.")] == []


def test_every_phrase_the_program_says_is_written() -> None:
    book = phrasebook()
    assert [f"{place}: {key}" for place, key in _said() if not book.has(key)] == []


@pytest.mark.parametrize(
    ("named", "kinds"),
    [
        ("access.act", Act),
        ("council.body", BodyKind),
        ("council.document", DocumentKind),
        ("council.item", ItemState),
        ("council.kind", SessionKind),
        ("council.petition", PetitionState),
        ("council.role", Role),
        ("delivery.channel", Channel),
        ("delivery.class", NoticeClass),
        ("delivery.kind", NoticeKind),
        ("delivery.state", State),
        ("publication.kind", PublicationKind),
    ],
)
def test_every_kind_of_thing_has_a_name(named: str, kinds: type[StrEnum]) -> None:
    book = phrasebook()
    assert [one for one in kinds if not book.has(f"{named}_{one}")] == []


def _plurals(language: str) -> Iterator[tuple[str, Written]]:
    book = phrasebook()
    for key in book.keys(language):
        phrase = book.phrase(key, language)
        if not isinstance(phrase, str):
            yield key, phrase


def _forms(language: str) -> Iterator[tuple[str, str]]:
    book = phrasebook()
    for key in book.keys(language):
        phrase = book.phrase(key, language)
        yield from (
            [(key, phrase)]
            if isinstance(phrase, str)
            else [(key, form) for form in phrase.values()]
        )


def _said() -> Iterator[tuple[str, str]]:
    """Every key given literally to what says phrases, and the file that says it."""
    for package in PACKAGES:
        for file in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call) and _name(node.func) in SAYING:
                    yield from ((file.name, key) for key in _literal_keys(node))


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _literal_keys(call: ast.Call) -> Iterator[str]:
    literals = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
    yield from (one for one in literals if isinstance(one, str) and KEY.fullmatch(one))
