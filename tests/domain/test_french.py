"""French as it is written: what is joined, and what no line may break apart."""

import pytest

from domain.french import joined, unbroken


@pytest.mark.parametrize(
    ("apart", "together"),
    [
        ("Conseil communal de Agadir", "Conseil communal d’Agadir"),
        ("Conseil communal de Le Mans", "Conseil communal du Mans"),
        ("Conseil communal de Hay Hassani", "Conseil communal de Hay Hassani"),
    ],
)
def test_a_name_is_joined_to_what_stands_before_it(apart: str, together: str) -> None:
    assert joined(apart) == together


def test_a_sign_stays_on_the_line_of_its_word() -> None:
    said = unbroken("Signer « un banc » ? Oui : demain ; merci !")
    assert said.replace("\u00a0", "_") == "Signer «_un banc_»_? Oui_: demain_; merci_!"
