from domain.phrasebook import LANGUAGES, phrasebook
from handlers.menus import Standing, commands
from handlers.routes import (
    ENTRANCES,
    IN_A_GROUP,
    INTENTS,
    OF_A_SESSION,
    PRESSES,
    PRESSES_IN_A_GROUP,
    START,
)
from handlers.tokens import MEANING
from handlers.understanding import Intent
from handlers.understanding.commands import commanded


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


def test_what_is_answered_in_a_group_or_by_a_link_is_also_answered_alone() -> None:
    assert set(IN_A_GROUP) <= set(INTENTS)
    assert set(PRESSES_IN_A_GROUP) <= set(PRESSES)
    assert set(ENTRANCES.values()) <= set(START)


def test_a_link_says_no_more_than_which_session() -> None:
    """Whoever opens a link did not write it: none may carry an answer."""
    assert all(len(press.parts) <= 1 for press in START.values())


def test_every_menu_has_words_and_only_known_commands() -> None:
    for standing in Standing:
        for language in LANGUAGES:
            shown = commands(standing, language)
            assert all(shown.values())
            assert all(commanded(f"/{name}") != (None, "") for name in shown)
