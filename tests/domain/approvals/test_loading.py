from pathlib import Path

import pytest

from domain.approvals import Flows, preset_keys, read_flow, written
from domain.errors import Misconfigured, Refused

GOOD = """
names = { fr = "a", ar = "b", en = "c" }
[[steps]]
key = "one"
names = { fr = "a", ar = "b", en = "c" }
roles = ["president"]
"""


def test_the_presets_are_whole() -> None:
    flows = {key: len(read_flow(key, written(key)).stages) for key in preset_keys()}
    assert flows == {
        "ca.ministry": 3,
        "ci.mairie": 3,
        "council.minutes": 2,
        "council.petitions": 1,
        "ma.commune": 3,
    }


def test_minutes_and_answers_have_hands_of_their_own_until_a_commune_chooses() -> None:
    assert Flows(chosen={"any": "ci.mairie"}).for_kind("minutes", "ma")[0] == "council.minutes"
    chosen = Flows(chosen={"petition_answer": "ma.commune"})
    assert chosen.for_kind("petition_answer", "ma")[0] == "ma.commune"


def test_a_commune_writes_its_own_flow(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(GOOD, "utf-8")
    key, text = Flows(tmp_path, {"speech": "ours"}).for_kind("speech", "ma")
    assert read_flow(key, text).names["en"] == "c"
    assert Flows(tmp_path).for_kind("speech", "ci")[0] == "ci.mairie"


def test_a_flow_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        written("../ours", tmp_path)


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("president", "presidente", "none of president"),
        ('key = "one"', 'key = "one"\nneeded = 0', "needed = 0"),
        ('key = "one"', 'key = "one"\nwithin = "2 days"', "not a length"),
        ('roles = ["president"]', "", "nobody who decides"),
        ('ar = "b", en', "en", "no name in ar"),
        ("[[steps]]", "wat = 1\n[[steps]]", "wat"),
        ("[[steps]]", "[steps", "not TOML"),
    ],
)
def test_a_mistake_is_named(was: str, becomes: str, said: str) -> None:
    with pytest.raises(Misconfigured, match=said):
        read_flow("ours", GOOD.replace(was, becomes))
