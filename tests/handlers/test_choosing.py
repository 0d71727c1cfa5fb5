import pytest

from domain.messages import Choice
from handlers.choosing import chosen, lone_number

MENU = (
    Choice("Ordre du jour", "do:agenda.query"),
    Choice("Prochaine session", "do:session.next"),
    Choice("جدول الأعمال", "agenda:1"),
)
ECHO = (Choice("Oui", "attend:12:yes"), Choice("Non", "cancel"))
ITEMS = tuple(Choice(f"N° {number}", f"item:1:{100 + number}") for number in (11, 12, 2))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", "do:agenda.query"),
        ("2.", "do:session.next"),
        ("٢", "do:session.next"),
        ("3)", "agenda:1"),
        ("0", None),
        ("4", None),
        ("ORDRE DU JOUR", "do:agenda.query"),
        ("prochaine sesion", "do:session.next"),
        ("جدول الاعمال", "agenda:1"),
        ("prochaine", None),
        ("jour", None),
        ("", None),
        ("x" * 10_000, None),
    ],
)
def test_a_digit_or_a_label_is_its_choice_and_anything_else_is_none(
    text: str, value: str | None
) -> None:
    choice = chosen(text, MENU)
    assert (choice.value if choice else None) == value


@pytest.mark.parametrize("text", ["oui", "Oui !", "ok", "yes", "نعم", "واخا", "d'accord"])
def test_yes_is_understood_in_every_language(text: str) -> None:
    choice = chosen(text, ECHO)
    assert choice is not None
    assert choice.value == "attend:12:yes"


@pytest.mark.parametrize("text", ["non", "no", "لا", "annuler"])
def test_no_is_understood_in_every_language(text: str) -> None:
    choice = chosen(text, ECHO)
    assert choice is not None
    assert choice.value == "cancel"


@pytest.mark.parametrize("text", ["oui mais pas jeudi", "je ne sais pas", "non merci, plus tard"])
def test_what_is_more_than_yes_or_no_is_neither(text: str) -> None:
    assert chosen(text, ECHO) is None


def test_yes_means_nothing_where_nothing_was_asked() -> None:
    assert chosen("oui", MENU) is None


def test_an_items_own_number_comes_before_its_place_in_the_list() -> None:
    choice = chosen("2", ITEMS)
    assert choice is not None
    assert choice.value == "item:1:102"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("la 12", "12"),
        ("le ١٢", "12"),
        ("12", "12"),
        ("12 et 13", None),
        ("au 4 rue de la paix", None),
    ],
)
def test_a_lone_number_is_one_in_a_short_saying(text: str, number: str | None) -> None:
    assert lone_number(text) == number
