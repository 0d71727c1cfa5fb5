import pytest

from domain.errors import Refused
from domain.petitions import canonical_id, canonical_mailbox, is_name, keys_of, nearest, spelled

SECRET = b"a secret of the town"


@pytest.mark.parametrize(
    "value",
    ["fatima.zahra@gmail.com", "Fatima.Zahra+petition@Gmail.com", "fatimazahra@googlemail.com"],
)
def test_one_mailbox_has_one_name(value: str) -> None:
    assert canonical_mailbox(value) == "fatimazahra@gmail.com"


def test_a_dot_means_something_elsewhere() -> None:
    assert canonical_mailbox("a.b@casablanca.ma") != canonical_mailbox("ab@casablanca.ma")


def test_keys_are_the_same_for_one_person_and_tell_nothing() -> None:
    one = keys_of(SECRET, mailbox="a@b.ma", phone="+212600000001")
    other = keys_of(SECRET, phone="+212600000001", national_id=canonical_id("BK 123 456"))
    assert len(one & other) == 1
    assert keys_of(SECRET, national_id=canonical_id("bk123456")) < other
    assert not any("212" in key or "a@b" in key for key in one)
    assert keys_of(b"another town", mailbox="a@b.ma").isdisjoint(one)


def test_nobody_signs_without_something_that_tells_who() -> None:
    with pytest.raises(Refused):
        keys_of(SECRET)


@pytest.mark.parametrize("name", ["Fatima-Zahra Benchekroun", "محمد الإدريسي", "O’Brien", "Ng"])
def test_a_name_is_a_name(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "name",
    ["", "x", "=SUM(A1)", "+212", "-x", "@me", "www.win.com now", "buy at win.ma", "A1 B2", "…"],
)
def test_what_does_harm_is_not_a_name(name: str) -> None:
    assert not is_name(name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Mohammed El Idrissi", "Mohamed Elidrissi"),
        ("محمد الإدريسي", "مُحمد الادريسى"),
        ("Youssef Alaoui", "Yusef El Alaoui"),
        ("BENCHEKROUN Fatima Zahra", "Fatima-Zahra Ben Chekroune"),
    ],
)
def test_spellings_of_one_name_are_near(name: str, other: str) -> None:
    assert nearest(spelled(name), [spelled("Karim Tazi"), spelled(other)]) == 1


def test_two_names_are_far_and_nobody_is_near_nothing() -> None:
    others = [spelled(one) for one in ("Hanane Bennis", "Omar El Fassi", "Karima Tazi Alami")]
    assert nearest(spelled("Karim Tazi"), others) is None
    assert nearest(spelled("Karim Tazi"), []) is None
