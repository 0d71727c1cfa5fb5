"""`beffroi token`: tokens of other systems made, listed and revoked."""

import json

import pytest

from tests.bot.conftest import Command

pytestmark = pytest.mark.usefixtures("council")
MAKE = ("token", "make", "site", "--owner", "1", "--scope", "council:read")


def test_a_token_is_made_shown_without_its_secret_and_revoked(beffroi: Command) -> None:
    made = json.loads(beffroi(*MAKE, "--kind", "test", "--days", "30", "--json").out)
    assert made["secret"].startswith("bft_")
    (listed,) = json.loads(beffroi("token", "list", "--json").out)
    assert (listed["name"], listed["kind"], listed["scopes"]) == ("site", "test", ["council:read"])
    assert made["secret"] not in beffroi("token", "list").out
    assert "opens nothing" in beffroi("token", "revoke", "site").out
    assert "did not open" in beffroi("token", "revoke", "site").out


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("token", "make", "Site", "--owner", "1", "--scope", "council:read"), 1),
        (("token", "make", "site", "--owner", "99", "--scope", "council:read"), 2),
        (("token", "make", "site", "--owner", "1", "--scope", "everything"), 2),
        (("token", "make", "site", "--owner", "1"), 2),
        (("token", "revoke", "site"), 1),
    ],
)
def test_what_cannot_be_is_refused(beffroi: Command, command: tuple[str, ...], code: int) -> None:
    said = beffroi(*command)
    assert (said.code, said.out) == (code, "")
