from hypothesis import given, strategies as st

from domain.differences import Change, differences, told

BEFORE = "Le budget est de 3 millions. Le vote aura lieu jeudi.\nLa séance est publique."
AFTER = (
    "Le budget est de 4 millions. Le vote aura lieu jeudi.\nLa séance est publique. Entrée libre."
)


def test_what_changed_is_said_with_signs_and_what_stayed_is_passed_over() -> None:
    assert told(differences(BEFORE, AFTER)) == (
        "➖ Le budget est de 3 millions.\n➕ Le budget est de 4 millions.\n…\n➕ Entrée libre."
    )


def test_arabic_sentences_are_sentences() -> None:
    changed = differences("هل توافقون؟ شكرا.", "هل توافقون؟ شكرا لكم.")
    assert [one.change for one in changed] == [Change.KEPT, Change.REMOVED, Change.ADDED]


@given(st.text(alphabet="ab. \n", max_size=60), st.text(alphabet="ab. \n", max_size=60))
def test_both_versions_can_be_read_from_their_differences(before: str, after: str) -> None:
    found = differences(before, after)
    kept_or = {
        Change.REMOVED: [one.text for one in found if one.change is not Change.ADDED],
        Change.ADDED: [one.text for one in found if one.change is not Change.REMOVED],
    }
    assert kept_or[Change.REMOVED] == [one.text for one in differences(before, before)]
    assert kept_or[Change.ADDED] == [one.text for one in differences(after, after)]
