"""The API answers nothing that its description does not say, whatever it is asked."""

import asyncio
from itertools import product
from typing import Any

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from litestar.testing import AsyncTestClient
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from domain.bodies import Role
from domain.tokens import Scope, TokenKind
from tests.town import Town
from tests.web.api.calling import System, system_of
from web.watching import Watched

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
AnyCase = schemathesis.Case[Any]
HERE = "http://testserver.local/api/v1"
A_FEW = settings(
    max_examples=4,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


async def test_nothing_it_is_asked_is_answered_otherwise(system: System) -> None:
    described = (await system.get("/openapi.json")).json()
    schema = schemathesis.openapi.from_dict(described)
    loop = asyncio.get_running_loop()

    def answered(case: AnyCase) -> httpx.Response:
        asked: dict[str, Any] = case.as_transport_kwargs(base_url=HERE, headers=system.headers)
        asked.pop("cookies", None)
        if isinstance(asked.get("data"), bytes | str):
            asked["content"] = asked.pop("data")
        calling = asyncio.run_coroutine_threadsafe(system.client.request(**asked), loop)
        return calling.result(10)

    def explore() -> None:
        for found, mode in product(schema.get_all_operations(), GenerationMode):
            assert isinstance(found, Ok)

            @A_FEW
            @given(case=found.ok().as_strategy(generation_mode=mode))
            def ask(case: AnyCase) -> None:
                case.validate_response(answered(case), checks=CHECKS)

            ask()

    await asyncio.to_thread(explore)


async def test_each_example_is_taken_as_it_stands(
    system: System, town: Town, client: AsyncTestClient[Watched]
) -> None:
    described = (await system.get("/openapi.json")).json()
    shown = {
        (path, method): operation["requestBody"]["content"]["application/json"]["example"]
        for path, operations in described["paths"].items()
        for method, operation in operations.items()
        if "requestBody" in operation
    }
    admin = (await town.resident("Adil", seats=["council"], role=Role.ADMIN)).person_id
    connecting = await system_of(town, client, admin, name="connecting")
    for (path, method), example in shown.items():
        bearer = connecting if path.startswith("/webhooks") else system
        answer = await client.request(
            method,
            f"/api/v1{path.format(person_id=admin)}",
            json=example,
            headers=bearer.headers | {"Idempotency-Key": "example"},
        )
        assert answer.is_success, answer.text


async def test_every_call_has_a_name_of_its_own(system: System) -> None:
    described = (await system.get("/openapi.json")).json()
    names = [one["operationId"] for of in described["paths"].values() for one in of.values()]
    assert len(set(names)) == len(names)
    assert {"publish_notice", "sessions", "add_webhook"} <= set(names)


async def test_a_token_says_what_it_is(
    town: Town, client: AsyncTestClient[Watched], director: int
) -> None:
    trying = await system_of(
        town, client, director, Scope.NOTICES_READ, kind=TokenKind.TEST, name="trying"
    )
    said = (await trying.get("/token")).json()
    assert (said["name"], said["kind"], said["scopes"]) == ("trying", "test", ["notices:read"])
    assert trying.secret not in str(said)
