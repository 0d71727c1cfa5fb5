"""A message as one text, to the letter."""

import re

import pytest
from hypothesis import given, strategies as st

from channels.sms.capabilities import BODY_UNITS, TEMPLATE_UNITS, sms
from channels.sms.render import Manner, template_variables, text
from channels.sms.segments import is_gsm_7, segments, units
from domain.messages import Attachment, Choice, Message
from domain.phrasebook import LANGUAGES, phrasebook

TWO_WAY, ONE_WAY, PLAIN = Manner(), Manner(is_answerable=False), Manner(is_plain=True)
COME = (Choice("Je viens", "attend:1:yes"), Choice("Je m’excuse", "excuse:1"))
FILE = Attachment("Ordre du jour.pdf", "application/pdf", "a" * 64, 9)
CALLED = Message("La séance commence à 18:00.", "fr", title="Convocation", choices=COME)
ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=3000)


def test_a_message_is_its_title_its_text_and_its_choices_by_number() -> None:
    assert text(CALLED, TWO_WAY) == (
        "Convocation\nLa séance commence à 18:00.\n\n1. Je viens\n2. Je m’excuse"
    )


def test_a_choice_that_the_text_numbers_already_is_not_listed_again() -> None:
    items = tuple(Choice(f"N° {one}", f"item:{one}") for one in (1, 2, 3))
    message = Message(
        "1. Voirie\n\u20682\u2069. Budget", "fr", choices=(*items, Choice("Lot 9", "docs:1"))
    )
    assert text(message, TWO_WAY) == "1. Voirie\n2. Budget\n\n3. N° 3\n4. Lot 9"


def test_where_nobody_can_answer_nothing_is_offered() -> None:
    assert text(CALLED, ONE_WAY) == "Convocation\nLa séance commence à 18:00."


def test_a_file_is_named_with_where_to_ask_for_it() -> None:
    said = text(Message("Voici.", "fr", attachments=(FILE,)), TWO_WAY)
    assert said == "Voici.\n\nDocument à demander au secrétariat - Ordre du jour.pdf"


def test_the_words_of_the_council_stay_as_they_are() -> None:
    council = "L’« hôtel » — à 18\u00a0h…"
    assert text(Message(council, "fr"), TWO_WAY) == council


def test_marks_are_plain_where_the_operator_asked_and_it_makes_gsm_7() -> None:
    written = text(
        Message("L’ordre du jour\u00a0: «\u00a0budget\u00a0» – à 18\u00a0h", "fr"), PLAIN
    )
    assert written == 'L\'ordre du jour : "budget" - à 18 h'
    assert text(Message("L’hôtel reçoit", "fr"), PLAIN) == "L'hotel recoit"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_too_long_ends_with_where_the_rest_is_and_keeps_its_choices(language: str) -> None:
    said = text(Message("Un point de plus. " * 200, language, choices=COME), TWO_WAY)
    assert units(said) <= BODY_UNITS
    assert phrasebook().say("sms.more", language) in said
    assert said.endswith("1. Je viens\n2. Je m’excuse")


@pytest.mark.parametrize(
    "key", ["sms.more", "sms.more_elsewhere", "stop.undone", "stop.done_member"]
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_said_by_sms_alone_is_in_gsm_7(key: str, language: str) -> None:
    phrase = phrasebook().phrase(key, language)
    assert isinstance(phrase, str)
    assert is_gsm_7(phrase)


@given(ANY_TEXT, ANY_TEXT, st.sampled_from(["fr", "ar", "en", "ary"]))
def test_whatever_is_said_fits_and_can_be_seen(title: str, said: str, language: str) -> None:
    message = Message(said, language, title, choices=COME, attachments=(FILE,) * 4)
    for manner in (TWO_WAY, ONE_WAY, PLAIN):
        written = text(message, manner)
        assert 0 < units(written) <= BODY_UNITS
        assert segments(written) <= 24


@given(ANY_TEXT, ANY_TEXT, st.sampled_from(LANGUAGES))
def test_what_fills_a_template_is_one_line_that_meta_takes(
    title: str, said: str, language: str
) -> None:
    variables = template_variables(Message(said, language, title))
    assert variables.keys() == {"1", "2"}
    assert sum(units(value) for value in variables.values()) <= TEMPLATE_UNITS
    assert all(value and not re.search(r"[\n\t]| {2}", value) for value in variables.values())


@pytest.mark.parametrize(
    ("sender", "a_second"),
    [("+212520000000", 1), ("20404", 100), ("CASABLANCA", 10), ("MG" + "0" * 32, 10)],
)
def test_a_sender_speaks_as_fast_as_its_kind_may(sender: str, a_second: int) -> None:
    assert [limit.count for limit in sms(sender).limits] == [a_second]
