"""What a petition's words are read for: what a person should see first, and what is like it."""

from dataclasses import replace

import pytest

from domain.petitions.reading import held_for, similar
from tests.domain.petitions.test_receipt import PETITION


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Le maire est un SALAUD !", "insults"),
        ("هذا الرئيس حمار", "insults"),
        ("Cliquez ici et gagnez", "advertising"),
        ("Mon voisin : 06 12 34 56 78", "personal_data"),
        ("Sa carte est BK123456", "personal_data"),
    ],
)
def test_what_may_harm_is_read_by_a_person_first(text: str, why: str) -> None:
    assert held_for(text) == (why,)


@pytest.mark.parametrize(
    "text",
    ["Réparer l’éclairage rue 12, 20250 Casablanca", "بغينا الضو فالزنقة", "200 habitants en 2026"],
)
def test_what_is_harmless_is_not_held_back(text: str) -> None:
    assert held_for(text) == ()


def test_petitions_are_alike_by_the_words_that_tell_them_apart() -> None:
    lamps = replace(PETITION, id=1, subject="Éclairage de la rue Tarfaya")
    park = replace(PETITION, id=2, subject="Ouvrir le parc de la Ligue arabe le soir")
    assert similar("L’eclairage, rue Tarfaya", [park, lamps]) == [lamps]
    assert similar("Une piscine municipale", [park, lamps]) == []
    assert similar("la rue", [lamps]) == []
