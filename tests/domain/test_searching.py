import pytest

from domain.searching import is_about, stems, wanted


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Éclairage public à Aïn Chock", "eclairage AIN CHOCK"),
        ("Éclairage public à Aïn Chock", "l’éclairage"),
        ("Éclairage public", "إنارة عمومية"),
        ("اتفاقية تتعلق بالنظافة", "propreté"),
        ("المُساحات الخضراء", "espaces verts"),
        ("Approbation des budgets", "الميزانية"),
        ("Assainissement liquide", "assainissements"),
        ("Réfection des rues", "road"),
        ("النفايات المنزلية", "نفايات"),
    ],
)
def test_a_thing_is_found_by_the_words_of_whoever_asks(title: str, words: str) -> None:
    assert is_about(wanted(words), title)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Voirie", "éclairage"),
        ("Éclairage public", "éclairage du stade"),
        ("Busan", "bus"),
        ("Voirie", "le de la"),
        ("Voirie", ""),
    ],
)
def test_a_thing_is_not_found_by_other_words(title: str, words: str) -> None:
    assert not is_about(wanted(words), title)


def test_words_that_say_nothing_are_left_out_and_articles_fall_away() -> None:
    assert stems("le projet de la piscine") == stems("Piscines") == ("piscin",)
    assert stems("والإنارة") == stems("انارة")
