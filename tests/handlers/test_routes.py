from domain.phrasebook import LANGUAGES, phrasebook
from handlers.routes import INTENTS, OF_A_SESSION, PRESSES
from handlers.tokens import MEANING
from handlers.understanding import Intent


def test_every_intent_has_somebody_who_answers() -> None:
    assert set(INTENTS) == set(Intent)
    assert set(INTENTS) >= OF_A_SESSION


def test_every_intent_can_be_offered_by_name() -> None:
    keys = {f"menu.{intent.replace('.', '_')}" for intent in Intent}
    assert all(keys <= phrasebook().keys(language) for language in LANGUAGES)


def test_no_button_hides_what_a_meaning_says() -> None:
    assert MEANING not in PRESSES


def test_a_button_needs_no_more_parts_than_it_reads() -> None:
    assert all(press.needed <= len(press.parts) for press in PRESSES.values())
