import pytest

from domain.agenda import ItemState
from domain.bodies import BodyKind, Role
from domain.errors import Refused
from domain.importing.terms import language, result, role, session_kind, written_language
from domain.phrasebook import LANGUAGES, phrasebook
from domain.sessions import SessionKind

COUNCIL = BodyKind.COUNCIL


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", Role.MEMBER),
        ("Présidente", Role.PRESIDENT),
        ("1er Vice-Président", Role.VICE_PRESIDENT),
        ("نائبة الرئيس", Role.VICE_PRESIDENT),
        ("نائب الرئيس الأول", Role.VICE_PRESIDENT),
        ("Conseillère municipale", Role.MEMBER),
        ("مستشار", Role.MEMBER),
        ("councillor", Role.MEMBER),
        ("Secrétaire du conseil", Role.SECRETARY),
        ("كاتب المجلس", Role.SECRETARY),
        ("clerk", Role.CLERK),
    ],
)
def test_a_role_is_known_in_every_language(text: str, named: Role) -> None:
    assert role(text, COUNCIL) is named


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("one", list(Role))
def test_what_we_call_a_role_is_understood_as_that_role(one: Role, spoken: str) -> None:
    said = phrasebook().say(f"council.role_{one}", spoken)
    assert role(said.partition(",")[0], COUNCIL) is one


def test_the_president_of_a_commission_is_its_chair() -> None:
    assert role("Présidente", BodyKind.COMMISSION_PERMANENT) is Role.COMMISSION_CHAIR


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", None),
        ("En cours de signature", None),
        ("DELIBERATION EXECUTOIRE", ItemState.ADOPTED),
        ("Adopté à l'unanimité", ItemState.ADOPTED),
        ("Adopté avec amendement", ItemState.ADOPTED_AMENDED),
        ("مصادق عليها", ItemState.ADOPTED),
        ("Non adoptée", ItemState.REJECTED),
        ("Le conseil prend acte", ItemState.NOTED),
        ("مؤجلة", ItemState.DEFERRED),
        ("Retirée de l'ordre du jour", ItemState.WITHDRAWN),
    ],
)
def test_a_result_says_what_became_of_an_item(text: str, state: ItemState | None) -> None:
    assert result(text) is state


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", SessionKind.ORDINARY),
        ("Session ordinaire", SessionKind.ORDINARY),
        ("دورة استثنائية", SessionKind.EXTRAORDINARY_PRESIDENT),
        ("extraordinary_third", SessionKind.EXTRAORDINARY_THIRD),
    ],
)
def test_a_kind_of_session_is_known_in_every_language(text: str, kind: SessionKind) -> None:
    assert session_kind(text) is kind


@pytest.mark.parametrize(
    ("text", "code"), [("", None), ("Français", "fr"), ("العربية", "ar"), ("EN-gb", "en")]
)
def test_a_language_is_known_by_name_and_code(text: str, code: str | None) -> None:
    assert language(text) == code


@pytest.mark.parametrize("read", [language, session_kind])
def test_a_word_that_is_no_term_is_refused(read: object) -> None:
    assert callable(read)
    with pytest.raises(Refused, match=r"import\.unknown"):
        read("klingon")


def test_a_title_is_in_the_language_of_most_of_its_letters() -> None:
    assert written_language("برنامج PAC للنظافة") == "ar"
    assert written_language("Marché « السوق » central") == "fr"
