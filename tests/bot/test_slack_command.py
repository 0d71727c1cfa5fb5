"""Who is who in Slack, decided from the command line."""

import json

import pytest

from actions.people.recognising import recognise
from domain.addresses import Channel
from domain.clock import SystemClock
from store.connecting import Store
from tests.bot.conftest import Command, in_store

CHAT, EMAIL = "T1:U9", "one@commune.ma"


async def matched(store: Store) -> None:
    async with store.unit() as unit:
        (person_id, *_) = await unit.people.named("Amina Berrada")
        await unit.people.verify(person_id, Channel.EMAIL, EMAIL, at=SystemClock().now())
        assert await recognise(unit, Channel.SLACK, CHAT, EMAIL)


def states(beffroi: Command, *options: str) -> list[tuple[str, str]]:
    said = json.loads(beffroi("slack", "members", "--json", *options).out)
    return [(one["name"], one["state"]) for one in said]


@pytest.mark.usefixtures("council")
def test_a_match_is_listed_until_it_is_decided(beffroi: Command) -> None:
    in_store(matched)
    assert states(beffroi) == [("Amina Berrada", "waiting")]
    assert CHAT in beffroi("slack", "members").out
    assert "is not linked" in beffroi("slack", "refuse", 1).out
    assert states(beffroi) == []
    assert "is linked to person" in beffroi("slack", "confirm", 1).out
    assert states(beffroi, "--all") == [("Amina Berrada", "confirmed")]
    assert beffroi("slack", "refuse", 1).code == 1


@pytest.mark.usefixtures("council")
def test_without_slack_nobody_is_matched(beffroi: Command) -> None:
    said = beffroi("slack", "match")
    assert (said.code, "not set up" in said.err) == (1, True)
