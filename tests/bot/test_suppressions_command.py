import json
import re

import pytest

from tests.bot.conftest import Command

ADDRESS = "amina@council.ma"


def listed(beffroi: Command, *options: str) -> list[tuple[str, str, str]]:
    said = json.loads(beffroi("suppressions", "list", "--json", *options).out)
    return [(one["address"], one["reason"], one["code"]) for one in said]


@pytest.mark.usefixtures("council")
def test_an_address_set_aside_by_hand_is_listed_until_it_is_removed(beffroi: Command) -> None:
    assert listed(beffroi) == []
    assert "1 holders" in beffroi("suppressions", "add", ADDRESS).out
    assert listed(beffroi, "--channel", "email") == [(ADDRESS, "quarantined", "by_hand")]
    assert listed(beffroi, "--channel", "sms") == []
    shown = beffroi("suppressions", "list").out
    assert re.search(rf"{ADDRESS}.*by_hand", shown)
    assert shown.endswith(": 1\n")
    again = beffroi("suppressions", "add", ADDRESS)
    assert (again.code, again.err) == (1, f"No address in use is “{ADDRESS}”.\n")
    assert beffroi("suppressions", "remove", ADDRESS, "--json").code == 0
    assert listed(beffroi) == []


@pytest.mark.usefixtures("council")
def test_a_channel_that_is_none_is_named_with_those_that_are(beffroi: Command) -> None:
    said = beffroi("suppressions", "list", "--channel", "pigeon")
    assert said.code == 2
    assert "email" in said.err
