"""The API answers nothing that its description does not say, whatever it is asked."""

import asyncio
from itertools import product
from typing import Any

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.web.api.calling import System

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
