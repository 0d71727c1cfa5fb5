import json

import pytest

from tests.bot.conftest import Command


@pytest.mark.usefixtures("council")
def test_petitions_are_listed_and_one_that_is_none_is_told_in_a_sentence(beffroi: Command) -> None:
    assert json.loads(beffroi("petitions", "list", "--all", "--json").out) == []
    said = beffroi("petitions", "admit", "PET-2026-0001")
    assert (said.code, said.err) == (1, "There is no such petition, or it is not public.\n")
