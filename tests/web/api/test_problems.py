"""What is answered when a call cannot be: a problem, in the caller's language, with its reason."""

from typing import Any

import pytest
from litestar.testing import AsyncTestClient

from domain.errors import Unavailable
from domain.tokens import Scope
from tests.town import Town
from tests.web.api.calling import NOTICE, System, system_of
from tests.web.people import pages_of, site_of
from web.api.application import LARGEST_BODY, MOST_CALLS
from web.watching import Watched

JSON = {"Content-Type": "application/json", "Idempotency-Key": "one"}
NOBODY = {"kind": "person", "ref": "99999"}
PROBLEMS: list[tuple[str, str, dict[str, Any], int]] = [
    ("GET", "/sessions", {"params": {"limit": "many"}}, 400),
    ("GET", "/sessions", {"params": {"cursor": "x"}}, 400),
    ("GET", "/sessions", {"params": {"cursor": "MTotMQ"}}, 400),
    ("GET", "/sessions", {"params": {"modified_since": "2026-01-28T10:00:00"}}, 400),
    ("GET", "/sessions", {"params": {"modified_since": "0001-01-01T00:00:00+23:00"}}, 400),
    ("GET", "/sessions", {"params": {"body": "council\x00"}}, 400),
    ("GET", f"/sessions/{2**70}", {}, 400),
    ("GET", "/sessions/99", {}, 404),
    ("GET", "/nowhere", {}, 404),
    ("GET", "/petitions/PET-2026-0099", {}, 404),
    ("GET", "/decisions/DEL-2026-9", {}, 404),
    ("DELETE", "/sessions", {}, 405),
    ("POST", "/notices", {"json": NOTICE}, 400),
    ("POST", "/notices", {"content": "{", "headers": JSON}, 400),
    ("POST", "/notices", {"content": b'{"audience": "\xff"}', "headers": JSON}, 400),
    ("POST", "/notices", {"content": "[" * 9000, "headers": JSON}, 400),
    ("POST", "/people", {"json": {"name": "A\x00"}}, 400),
    ("POST", "/people", {"json": {"name": "A", "nickname": "B"}}, 400),
    ("POST", "/notices", {"content": "a=b", "headers": JSON | {"Content-Type": "text/plain"}}, 415),
    ("POST", "/notices", {"content": "x" * (LARGEST_BODY + 1), "headers": JSON}, 413),
    ("POST", "/people", {"json": {"name": "A", "declared_address": "nowhere"}}, 422),
    ("POST", "/people", {"json": {"name": "A", "seats": [{"body": "x", "role": "admin"}]}}, 422),
    ("POST", "/notices/dry-run", {"json": NOTICE | {"audience": NOBODY}}, 422),
    ("PUT", "/people/1/subscriptions", {"json": {"topic": "rain", "is_wanted": True}}, 422),
]


@pytest.mark.parametrize(("method", "path", "said", "status"), PROBLEMS)
async def test_every_refusal_is_a_problem(
    system: System, method: str, path: str, said: dict[str, Any], status: int
) -> None:
    headers = system.headers | said.get("headers", {})
    answer = await system.client.request(method, f"/api/v1{path}", **(said | {"headers": headers}))
    assert (answer.status_code, answer.headers["Content-Type"]) == (
        status,
        "application/problem+json",
    )
    problem = answer.json()
    assert (problem["status"], bool(problem["title"]), bool(problem["detail"])) == (
        status,
        True,
        True,
    )


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
async def test_a_problem_speaks_the_caller_s_language(system: System, language: str) -> None:
    headers = system.headers | {"Accept-Language": language}
    answer = await system.client.get("/api/v1/sessions/99", headers=headers)
    assert answer.headers["Content-Language"] == language
    others = {"fr": "jeton", "ar": "رمز", "en": "token"}
    assert [one for one, word in others.items() if word in answer.json()["detail"]] == [language]


async def test_what_is_wrong_is_named_field_by_field(system: System) -> None:
    answer = await system.post("/people", {"name": "A", "declared_address": "nowhere"})
    assert [one["where"] for one in answer.json()["errors"]] == ["declared address"]
    limits = await system.get("/sessions", limit=1000)
    assert [one["where"] for one in limits.json()["errors"]] == ["limit"]


@pytest.mark.parametrize(
    ("path", "said", "where"),
    [
        ("/notices", {"json": NOTICE}, "Idempotency-Key"),
        ("/notices", {"content": "{", "headers": JSON}, "body"),
        ("/notices", {"json": {"audiance": {}}, "headers": JSON}, "body"),
        ("/notices", {"json": NOTICE | {"content": {}}, "headers": JSON}, "content"),
    ],
)
async def test_what_cannot_be_read_is_named_as_its_sender_names_it(
    system: System, path: str, said: dict[str, Any], where: str
) -> None:
    headers = system.headers | said.get("headers", {})
    answer = await system.client.post(f"/api/v1{path}", **(said | {"headers": headers}))
    assert [one["where"] for one in answer.json()["errors"]] == [where]


async def test_a_filter_is_named_as_it_is_written(system: System) -> None:
    notice = (await system.publishes("one")).json()["id"]
    answer = await system.get(f"/notices/{notice}/deliveries", state="lost")
    assert [one["where"] for one in answer.json()["errors"]] == ["state"]


async def test_a_token_has_its_own_pace_and_is_told(
    town: Town, client: AsyncTestClient[Watched], director: int
) -> None:
    system = await system_of(town, client, director, Scope.COUNCIL_READ)
    for left in (MOST_CALLS - 1, MOST_CALLS - 2):
        answer = await system.get("/bodies")
        assert answer.headers["RateLimit"] == f'"calls";r={left};t=60'
        assert answer.headers["RateLimit-Policy"] == f'"calls";q={MOST_CALLS};w=60'
    for _ in range(MOST_CALLS - 2):
        await system.get("/people")
    slowed = await system.get("/bodies")
    assert (slowed.status_code, slowed.headers["Retry-After"]) == (429, "60")
    beside = await system_of(town, client, director, name="other")
    assert (await beside.get("/bodies")).status_code == 200


async def test_while_the_records_are_away_a_caller_is_asked_to_come_again(town: Town) -> None:
    class Away:
        def reading(self) -> Any:
            raise Unavailable("disk full")

    site = site_of(town)
    object.__setattr__(site, "store", Away())
    async with AsyncTestClient(pages_of(site)) as client:
        answer = await System(client, "bft_" + "x" * 43).get("/bodies")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "disk" not in answer.text


async def test_no_other_site_s_script_may_read_what_a_token_opens(system: System) -> None:
    headers = system.headers | {"Origin": "https://elsewhere.example"}
    answer = await system.client.get("/api/v1/bodies", headers=headers)
    assert not [name for name in answer.headers if name.startswith("access-control")]
