"""What a token opens: its scopes, its owner's rights, and nothing that is not everybody's."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from litestar.testing import AsyncTestClient

from actions.systems.entrusting import revoke
from domain.actors import OPERATOR
from domain.bodies import Role
from domain.documents import Visibility
from domain.sessions import AgendaState, SessionState
from domain.tokens import Scope, TokenKind
from store.tables.people import memberships
from tests.town import Town
from tests.web.api.calling import NOTICE, System, system_of
from web.watching import Watched

Client = AsyncTestClient[Watched]
PERSON = {"name": "Nadia"}
TOPIC = {"topic": "sessions", "is_wanted": True}
HOOK = {"name": "gis", "url": "https://gis.commune.ma/in"}
COUNCIL = "/sessions /sessions/1 /sessions/1/agenda /documents /documents/1 /documents/1/content"
NEEDED = {
    Scope.COUNCIL_READ: [*COUNCIL.split(), "/bodies", "/decisions", "/petitions"],
    Scope.NOTICES_READ: ["/notices", "/notices/1", "/notices/1/deliveries"],
    Scope.PEOPLE_READ: ["/people", "/people/1"],
    Scope.SUBSCRIPTIONS_READ: ["/people/1/subscriptions"],
    Scope.WEBHOOKS_WRITE: ["/webhooks"],
}
WRITES: dict[Scope, list[tuple[str, Any]]] = {
    Scope.NOTICES_WRITE: [("/notices", NOTICE), ("/notices/dry-run", NOTICE)],
    Scope.PEOPLE_WRITE: [("/people", PERSON)],
    Scope.WEBHOOKS_WRITE: [("/webhooks", HOOK), ("/webhooks/gis/secret", None)],
}


@pytest.fixture
async def powerful(town: Town) -> int:
    """Somebody who may do everything that any scope is for."""
    person = await town.resident("Driss", seats=["council"], role=Role.DIRECTOR_GENERAL)
    async with town.store.unit() as unit:
        await unit.connection.execute(
            memberships.insert().values(
                person_id=person.person_id, body_id=town.bodies["council"], role=Role.ADMIN
            )
        )
    return person.person_id


@pytest.mark.parametrize("scope", sorted(Scope))
async def test_a_token_of_one_scope_reaches_nothing_else(
    town: Town, client: Client, powerful: int, scope: Scope
) -> None:
    system = await system_of(town, client, powerful, scope)
    for needed, paths in NEEDED.items():
        for path in paths:
            assert (await system.get(path)).status_code == (200 if needed is scope else 403), path
    for needed, calls in WRITES.items():
        for path, said in calls:
            answer = await system.post(path, said, **{"Idempotency-Key": "one"})
            assert (answer.status_code < 300) is (needed is scope), path
    refused = await system.put("/people/1/subscriptions", TOPIC)
    assert refused.status_code == 403  # it takes two


async def test_a_token_can_do_no_more_than_its_owner(town: Town, client: Client) -> None:
    citizen = await town.resident("Nadia")
    system = await system_of(town, client, citizen.person_id)
    for path in ("/people", "/people/1", "/people/1/subscriptions", "/webhooks"):
        assert (await system.get(path)).status_code == 403, path
    for path, said in (("/people", PERSON), ("/webhooks", HOOK), ("/notices", NOTICE)):
        refused = await system.post(path, said, **{"Idempotency-Key": "one"})
        assert (refused.status_code, refused.json()["code"]) == (403, "access.not_allowed"), path
    assert (await system.get("/notices")).json()["items"] == []
    own = await system.put(f"/people/{citizen.person_id}/subscriptions", TOPIC)
    assert own.status_code == 403


async def test_drafts_closed_items_and_papers_come_out_with_the_scope_alone(
    town: Town, client: Client, powerful: int
) -> None:
    draft = await town.session(state=SessionState.DRAFT, titles=["Secret"])
    written = await town.session(titles=["Unready"], agenda=AgendaState.DRAFTED)
    item = await town.item(1, "1")
    await town.document(1, "Staff", visibility=Visibility.STAFF)
    await town.document(1, "Closed", item=item)
    async with town.store.unit() as unit:
        await unit.agenda.change(replace(item, is_public=False))
    public = await system_of(town, client, powerful, Scope.COUNCIL_READ, name="site")
    internal = await system_of(
        town, client, powerful, Scope.COUNCIL_READ, Scope.COUNCIL_INTERNAL, name="desk"
    )
    for system, is_seen in ((public, False), (internal, True)):
        papers = (await system.get("/documents")).json()["items"]
        named = {one["title"]: one["id"] for one in papers}
        assert {"Staff", "Closed"} <= named.keys() or not is_seen
        assert (await system.get(f"/sessions/{draft}")).status_code == (200 if is_seen else 404)
        assert (await system.get(f"/sessions/{draft}/agenda")).status_code == (
            200 if is_seen else 404
        )
        agendas = [
            (await system.get(f"/sessions/{session}/agenda")).json()["items"]
            for session in (1, written)
        ]
        assert [len(one) for one in agendas] == ([1, 1] if is_seen else [0, 0])
        if not is_seen:
            assert not {"Staff", "Closed"} & named.keys()
            for hidden in (4, 5):
                for path in (f"/documents/{hidden}", f"/documents/{hidden}/content"):
                    assert (await system.get(path)).status_code == 404


@pytest.mark.parametrize("ending", ["revoked", "expired", "none", "another scheme", "unknown"])
async def test_without_a_living_token_nothing_opens(
    town: Town, system: System, ending: str
) -> None:
    headers = system.headers
    if ending == "revoked":
        async with town.store.unit() as unit:
            await revoke(unit, "site", actor=OPERATOR)
    elif ending == "expired":
        town.clock.move_by(timedelta(days=366))
    else:
        said = {"none": "", "another scheme": f"Basic {system.secret}"}
        headers = {"Authorization": said.get(ending, "Bearer bft_" + "x" * 43)}
    for path in ("/bodies", "/people/1", "/notices/1/deliveries"):
        refused = await system.client.get(f"/api/v1{path}", headers=headers)
        assert refused.status_code == 401
        assert refused.headers["WWW-Authenticate"].startswith("Bearer")


async def test_a_test_token_changes_nothing_but_its_notices(
    town: Town, client: Client, powerful: int
) -> None:
    system = await system_of(town, client, powerful, kind=TokenKind.TEST)
    for path, said in (("/people", PERSON), ("/webhooks", HOOK)):
        assert (await system.post(path, said)).status_code == 403
    assert (await system.put("/people/1/subscriptions", TOPIC)).status_code == 403
    assert (await system.publishes("one")).json()["reach"] == "nobody"


async def test_when_a_token_was_last_used_is_kept_to_the_minute(town: Town, system: System) -> None:
    async def used() -> list[object]:
        async with town.store.reading() as unit:
            return [one.used_at for one in await unit.tokens.all()]

    assert await used() == [None]
    began = town.clock.now()
    await system.get("/bodies")
    town.clock.move_by(timedelta(seconds=59))
    await system.get("/bodies")
    assert await used() == [began]
    town.clock.move_by(timedelta(seconds=1))
    await system.get("/bodies")
    assert await used() == [began + timedelta(minutes=1)]
