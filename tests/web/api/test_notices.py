"""Notices over the API: made once, told as far as the token goes, followed to each address."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from litestar.testing import AsyncTestClient

from domain.bodies import Role
from domain.tokens import Scope, TokenKind
from tests.town import Town
from tests.web.api.calling import HALL, NOTICE, System, system_of
from tests.web.people import pages_of, site_of
from web.watching import Watched


async def test_a_notice_is_made_told_and_followed_to_each_address(
    town: Town, system: System
) -> None:
    made = await system.publishes("closing")
    assert made.status_code == 201
    path = made.headers["Location"].removeprefix("/api/v1")
    assert (await system.get(path)).json()["notice"]["state"] == "expanding"
    await town.carry()
    status = (await system.get(path)).json()
    assert status["notice"]["state"] == "expanded"
    told = {one["channel"]: one["count"] for one in status["deliveries"] if one["code"] is None}
    assert told["telegram"] == 1
    (delivery,) = (await system.get(f"{path}/deliveries", channel="telegram")).json()["items"]
    assert (delivery["state"], delivery["reason"]) == ("accepted", "chosen")
    nobody = await system.get(f"{path}/deliveries", state="failed")
    assert nobody.json() == {"items": [], "next": None}


async def test_a_hundred_identical_calls_at_once_make_one_notice(
    town: Town, system: System
) -> None:
    answers = await asyncio.gather(*(system.publishes("closing") for _ in range(100)))
    assert sorted(one.status_code for one in answers) == [200] * 99 + [201]
    assert len({one.json()["id"] for one in answers}) == 1
    async with town.store.reading() as unit:
        made = [one for one in await unit.notices.recent() if one.created_by == "token:site"]
    assert len(made) == 1


async def test_another_body_under_the_same_key_is_refused(
    town: Town, client: AsyncTestClient[Watched], system: System, director: int
) -> None:
    other: Any = {**NOTICE, "audience": {"kind": "everyone"}}
    assert (await system.publishes("closing", other)).status_code == 201
    assert (await system.publishes("closing")).status_code == 409
    beside = await system_of(town, client, director, name="screens")
    assert (await beside.publishes("closing")).status_code == 201  # a key is the token's own


async def test_what_was_refused_leaves_its_key_free(system: System) -> None:
    nowhere: Any = {**NOTICE, "audience": {"kind": "body", "ref": "com:nothing"}}
    refused = await system.publishes("closing", nowhere)
    assert (refused.status_code, refused.json()["code"]) == (422, "announcement.unknown_body")
    assert (await system.publishes("closing")).status_code == 201


async def test_a_dry_run_says_what_a_notice_would_do_and_does_nothing(
    town: Town, system: System
) -> None:
    foretold = (await system.post("/notices/dry-run", NOTICE)).json()
    assert (foretold["recipients"], foretold["unreached"]) == (1, 0)
    assert {"channel": "telegram", "verdict": "sent", "reason": "chosen", "count": 1} in foretold[
        "ways"
    ]
    async with town.store.reading() as unit:
        assert len(await unit.notices.recent()) == 1  # the convocation


@pytest.mark.parametrize(
    ("kind", "told"), [(TokenKind.LIVE, 2), (TokenKind.TEAM, 1), (TokenKind.TEST, 0)]
)
async def test_a_token_s_notices_go_as_far_as_its_kind(
    town: Town, client: AsyncTestClient[Watched], director: int, kind: TokenKind, told: int
) -> None:
    nadia = await town.resident("Nadia")
    samir = await town.resident("Samir", seats=["council"], role=Role.CLERK)
    system = await system_of(town, client, director, kind=kind)
    everyone: Any = {**NOTICE, "audience": {"kind": "everyone"}}
    made = (await system.publishes("closing", everyone)).json()
    await town.carry()
    assert sum(bool(one.messages()) for one in (nadia, samir)) == told
    trials = await system.get(f"/notices/{made['id']}/deliveries", reason="trial")
    assert {one["state"] for one in trials.json()["items"]} <= {"suppressed"}
    assert bool(trials.json()["items"]) is (kind is not TokenKind.LIVE)


async def test_addresses_are_masked_but_for_a_token_that_reads_them(
    town: Town, client: AsyncTestClient[Watched], system: System, director: int
) -> None:
    few = await system_of(
        town, client, director, Scope.NOTICES_READ, Scope.PEOPLE_READ, name="screens"
    )
    for path in ("/notices/1/deliveries", "/people", "/people/1"):
        assert "amina@example.ma" in (await system.get(path)).text
        masked = (await few.get(path)).text
        assert "amina@example.ma" not in masked
        assert "a…@example.ma" in masked


async def test_who_may_not_read_the_records_sees_the_notices_it_made(
    town: Town, client: AsyncTestClient[Watched], system: System
) -> None:
    head = await town.resident("Hind", seats=["council"], role=Role.DIVISION_HEAD)
    theirs = await system_of(town, client, head.person_id, name="works")
    made = (await theirs.publishes("closing")).json()["id"]
    assert [one["id"] for one in (await theirs.get("/notices")).json()["items"]] == [made]
    assert (await theirs.get("/notices/1")).status_code == 404
    assert (await theirs.get("/notices/1/deliveries")).status_code == 404
    every = (await system.get("/notices")).json()["items"]
    assert [(one["id"], one["content"] is None) for one in every] == [(made, False), (1, True)]


async def test_lists_go_on_where_they_ended_whatever_came_between(system: System) -> None:
    for number in range(5):
        await system.publishes(f"closing-{number}")
    first = (await system.get("/notices", limit=2)).json()
    await system.publishes("another")
    second = (await system.get("/notices", limit=2, cursor=first["next"])).json()
    third = (await system.get("/notices", limit=2, cursor=second["next"])).json()
    ids = [one["id"] for page in (first, second, third) for one in page["items"]]
    assert ids == [6, 5, 4, 3, 2, 1]
    assert third["next"] is None


async def test_news_for_a_crowd_waits_for_others_to_agree(town: Town, director: int) -> None:
    site = replace(site_of(town), notices_over=1)
    async with AsyncTestClient(pages_of(site)) as client:
        system = await system_of(town, client, director)
        everyone: Any = {**NOTICE, "audience": {"kind": "everyone"}}
        for answer in (
            await system.publishes("closing", everyone),
            await system.post("/notices/dry-run", everyone),
        ):
            assert answer.json()["code"] == "announcement.needs_approval"


async def test_a_text_in_every_language_or_none(system: System) -> None:
    blank = {"title": " ", "text": "x"}
    said: Any = {**NOTICE, "content": {"fr": HALL, "ar": blank, "en": HALL}}
    refused = await system.publishes("closing", said)
    assert (refused.status_code, refused.json()["code"]) == (422, "announcement.missing_language")
    missing = await system.publishes("closing", {**NOTICE, "content": {"fr": HALL}})
    assert missing.status_code == 400
