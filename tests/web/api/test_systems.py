"""Webhooks over the API: a system is registered, gets another secret, goes on, and is removed."""

import pytest
from litestar.testing import AsyncTestClient

from actions.systems.registering_webhooks import note_failure
from domain.bodies import Role
from domain.errors import Undeliverable
from domain.tokens import Scope
from tests.town import Town
from tests.web.api.calling import System, system_of
from web.watching import Watched

HOOK = {"name": "gis", "url": "https://gis.commune.ma/in", "kinds": ["session_moved"]}


@pytest.fixture
async def system(town: Town, client: AsyncTestClient[Watched]) -> System:
    admin = await town.resident("Adil", seats=["council"], role=Role.ADMIN)
    return await system_of(town, client, admin.person_id, Scope.WEBHOOKS_WRITE)


async def test_a_system_is_registered_changed_and_removed(town: Town, system: System) -> None:
    first = (await system.post("/webhooks", HOOK)).json()["secret"]
    assert (await system.post("/webhooks", HOOK)).json()["code"] == "webhook.taken"
    second = (await system.post("/webhooks/gis/secret")).json()
    assert second["secret"] != first
    assert second["both_until"] == "2026-01-29T09:00:00Z"
    async with town.store.unit() as unit:
        await note_failure(unit, "gis", Undeliverable("http_410", is_address_dead=True))
    listed = await system.get("/webhooks")
    assert first not in listed.text
    assert second["secret"] not in listed.text
    assert listed.json()["items"][0]["state"] == "suspended"
    assert (await system.post("/webhooks/gis/resume")).status_code == 204
    assert (await system.get("/webhooks")).json()["items"][0]["state"] == "live"
    assert (await system.delete("/webhooks/gis")).status_code == 204
    assert (await system.delete("/webhooks/gis")).json()["code"] == "webhook.unknown"


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"url": "http://gis.commune.ma/in"}, 400),
        ({"kinds": ["reminder"]}, 400),
        ({"bodies": ["com:nothing"]}, 422),
        ({"name": "GIS"}, 400),
    ],
)
async def test_what_cannot_be_called_is_refused(
    system: System, wrong: dict[str, object], status: int
) -> None:
    assert (await system.post("/webhooks", HOOK | wrong)).status_code == status
