"""OParl 1.1: every object at its own address, linked, in pages, and only what is everybody's."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from litestar.testing import AsyncTestClient

from actions.agenda import listing
from domain.actors import OPERATOR
from domain.bodies import Role
from domain.documents import Visibility
from domain.sessions import SessionState
from tests.town import Town
from web.watching import Watched

Client = AsyncTestClient[Watched]
ENTRANCE = "/oparl/v1.1"
# What the specification wants of each (schema.oparl.org/1.1, "required").
REQUIRED = {
    "System": {"oparlVersion", "body"},
    "Body": {"name", "organization", "person", "meeting", "paper", "legislativeTerm",
             "agendaItem", "consultation", "file", "locationList", "legislativeTermList",
             "membership"},
    "File": {"accessUrl"},
}  # fmt: skip


WORDS = {"name", "role", "classification", "paperType", "result"}  # people read them
CODE = re.compile(r"[a-z]+(_[a-z]+)+")


def addresses(value: Any) -> Iterator[str]:
    """Yield every address of ours in an answer."""
    if isinstance(value, dict):
        for one in value.values():
            yield from addresses(one)
    elif isinstance(value, list):
        for one in value:
            yield from addresses(one)
    elif isinstance(value, str) and ENTRANCE in value:
        yield value


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "type" in value:
            yield value
        for one in value.values():
            yield from objects(one)
    elif isinstance(value, list):
        for one in value:
            yield from objects(one)


async def walked(client: Client) -> dict[str, Any]:
    """Return every answer that can be reached from the entrance, by its address."""
    base = "http://testserver.local"
    open_, seen = [base + ENTRANCE], dict[str, Any]()
    while open_:
        address = open_.pop()
        answer = await client.get(address)
        assert answer.status_code == 200, address
        is_json = answer.headers["Content-Type"] == "application/json"
        seen[address] = answer.json() if is_json else answer.content
        open_ += {one for one in addresses(seen[address]) if one not in {*seen, *open_}}
    return seen


async def test_everything_is_reached_from_the_entrance_and_is_what_it_says(
    town: Town, client: Client
) -> None:
    item = await town.item(1, "1")
    await town.document(1, "Rapport", item=item)
    seen = await walked(client)
    kinds = set()
    for address, answer in seen.items():
        for one in objects(answer) if not isinstance(answer, bytes) else ():
            kind = one["type"].rpartition("/")[2]
            kinds.add(kind)
            assert one["type"] == f"https://schema.oparl.org/1.1/{kind}"
            assert REQUIRED.get(kind, set()) <= one.keys()
            assert None not in one.values()
            assert not [one[word] for word in WORDS & one.keys() if CODE.fullmatch(one[word])]
        if isinstance(answer, dict) and "id" in answer:
            assert answer["id"] == address
    assert kinds == {
        *("System", "Body", "Organization", "Person", "Membership", "Meeting"),
        *("AgendaItem", "Paper", "Consultation", "File", "Location"),
    }


async def test_nothing_but_what_is_public_is_there(town: Town, client: Client) -> None:
    await town.session(state=SessionState.DRAFT, titles=["A draft"])
    await town.resident("A citizen")
    await town.resident("A clerk", seats=["council"], role=Role.CLERK)
    await town.document(1, "For members", visibility=Visibility.MEMBERS)
    item = await town.item(1, "1")
    async with town.store.unit() as unit:
        await unit.agenda.change(replace(item, title="Behind doors", is_public=False))
    told = str(await walked(client))
    for secret in ("A draft", "A citizen", "A clerk", "For members", "Behind doors", "example.ma"):
        assert secret not in told
    assert "Amina" in told


async def test_lists_come_in_pages_and_by_what_changed(town: Town, client: Client) -> None:
    for _ in range(25):
        await town.session(titles=["Voirie"])
    first = (await client.get(f"{ENTRANCE}/meetings?organization=council")).json()
    second = (await client.get(first["links"]["next"])).json()
    ids = [one["id"] for page in (first, second) for one in page["data"]]
    assert (len(first["data"]), len(set(ids)), "next" in second["links"]) == (20, 26, False)
    town.clock.move_by(timedelta(hours=1))
    since = {"modified_since": town.clock.now().isoformat()}
    async with town.store.unit() as unit:
        await listing.reword(unit, 1, "1", "Trottoirs", actor=OPERATOR)
    changed = (await client.get(f"{ENTRANCE}/meetings", params=since)).json()["data"]
    assert [one["id"].rpartition("/")[2] for one in changed if "modified" in one] == ["1"]


async def test_open_data_is_for_scripts_of_every_site_and_others_are_no_object(
    client: Client,
) -> None:
    answer = await client.get(f"{ENTRANCE}/meetings")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    for path in ("/meeting/99", "/organization/none", "/membership/1-council-admin", "/nothing"):
        refused = await client.get(ENTRANCE + path)
        assert (refused.status_code, refused.json()["status"]) == (404, 404)
