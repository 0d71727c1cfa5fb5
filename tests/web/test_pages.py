"""The pages of the program: its health, its figures, and the door that platforms call."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from litestar.testing import AsyncTestClient

from domain.addresses import Channel
from domain.channel import Call
from domain.errors import BadUpdate, Stranger, Unavailable
from domain.messages import Event, Heard, Incoming
from web.app import application
from web.health import Vitals
from web.watching import Watched
from web.webhooks import LARGEST_BODY

AT = datetime(2026, 1, 28, tzinfo=UTC)
WELL = Vitals(
    store_answers=True,
    parts={"clock": True, "lane:email": True},
    tick_age=timedelta(seconds=2),
    waiting={"email": 3},
)


class PlainDoor:
    """A platform whose updates are JSON lists of texts, and whose secret is `open`."""

    channel = Channel.TELEGRAM

    def events(self, call: Call) -> Sequence[Event]:
        if call.headers.get("x-secret") != "open":
            raise Stranger("the secret is wrong")
        try:
            texts = json.loads(call.body)
        except ValueError as error:
            raise BadUpdate("not JSON") from error
        return [
            Incoming(self.channel, "7", str(number), Heard.TEXT, AT, text)
            for number, text in enumerate(texts)
        ]

    def courtesy(self, call: Call) -> Mapping[str, Any] | None:
        return {"heard": len(json.loads(call.body))}


class Town:
    """What stands behind the pages."""

    def __init__(self) -> None:
        self.vitals = WELL
        self.heard: list[Event] = []
        self.trouble: Exception | None = None
        self.key = "of-prometheus"

    async def hear(self, event: Event) -> None:
        if self.trouble:
            raise self.trouble
        self.heard.append(event)

    async def vital_signs(self) -> Vitals:
        return self.vitals

    def pages(self) -> Watched:
        return application(
            doors=[PlainDoor()],
            hear=self.hear,
            vital_signs=self.vital_signs,
            metrics_key=self.key,
        )


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
async def client(town: Town) -> AsyncIterator[AsyncTestClient[Watched]]:
    async with AsyncTestClient(town.pages()) as client:
        yield client


Client = AsyncTestClient[Watched]
OPEN = {"x-secret": "open"}


async def test_a_living_program_is_ready(client: Client) -> None:
    answer = await client.get("/health")
    assert answer.status_code == 200
    assert answer.json()["ready"] is True


@pytest.mark.parametrize(
    "ill",
    [
        Vitals(store_answers=False, tick_age=timedelta(0)),
        Vitals(store_answers=True, tick_age=None),
        Vitals(store_answers=True, tick_age=timedelta(minutes=2)),
        Vitals(store_answers=True, tick_age=timedelta(0), parts={"lane:email": False}),
    ],
)
async def test_a_program_with_a_dead_part_lives_and_is_not_ready(
    client: Client, town: Town, ill: Vitals
) -> None:
    town.vitals = ill
    assert (await client.get("/health")).status_code == 503
    assert (await client.get("/health/live")).status_code == 200


async def test_the_figures_are_what_prometheus_reads(client: Client) -> None:
    await client.get("/health")
    answer = await client.get("/metrics", headers={"Authorization": "Bearer of-prometheus"})
    assert answer.headers["Content-Type"].count("charset") == 1
    text = answer.text
    assert "beffroi_ready 1.0" in text
    assert 'beffroi_deliveries_waiting{channel="email"} 3.0' in text
    assert 'beffroi_http_answers_total{page="/health",status="200"} 1.0' in text


@pytest.mark.parametrize(
    ("key", "caller", "brought", "status"),
    [
        ("", "127.0.0.1", "", 200),
        ("", "::1", "", 200),
        ("", "203.0.113.7", "", 404),
        ("", "testclient", "", 404),
        ("of-prometheus", "127.0.0.1", "", 404),
        ("of-prometheus", "203.0.113.7", "Bearer guessed", 404),
        ("of-prometheus", "203.0.113.7", "Bearer of-prometheus", 200),
    ],
)
async def test_the_figures_are_for_this_machine_or_whoever_brings_the_key(
    town: Town, key: str, caller: str, brought: str, status: int
) -> None:
    town.key = key
    pages: Any = town.pages()
    transport = httpx.ASGITransport(pages, client=(caller, 40_000))
    async with httpx.AsyncClient(transport=transport, base_url="http://council") as client:
        answer = await client.get("/metrics", headers={"Authorization": brought})
    assert answer.status_code == status


async def test_the_head_of_a_page_is_answered_as_the_page_is(client: Client) -> None:
    assert (await client.head("/health/live")).status_code == 200
    assert (await client.head("/nowhere")).status_code == 404


async def test_what_a_platform_tells_is_heard_and_answered(client: Client, town: Town) -> None:
    answer = await client.post("/webhooks/telegram", headers=OPEN, content='["salam", "bonjour"]')
    assert (answer.status_code, answer.json()) == (200, {"heard": 2})
    assert [event.text for event in town.heard if isinstance(event, Incoming)] == [
        "salam",
        "bonjour",
    ]


@pytest.mark.parametrize(
    ("path", "headers", "body", "status"),
    [
        ("/webhooks/telegram", {"x-secret": "wrong"}, "[]", 403),
        ("/webhooks/telegram", OPEN, "{", 400),
        ("/webhooks/telegram", OPEN, '"' + "x" * LARGEST_BODY + '"', 413),
        ("/webhooks/pigeon", OPEN, "[]", 404),
    ],
)
async def test_what_is_no_update_is_refused_without_saying_why(
    client: Client, town: Town, path: str, headers: dict[str, str], body: str, status: int
) -> None:
    answer = await client.post(path, headers=headers, content=body)
    assert answer.status_code == status
    assert "secret" not in answer.text
    assert "JSON" not in answer.text
    assert not town.heard


async def test_a_platform_is_asked_to_repeat_while_the_store_is_away(
    client: Client, town: Town
) -> None:
    town.trouble = Unavailable("disk full")
    answer = await client.post("/webhooks/telegram", headers=OPEN, content='["salam"]')
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers
    assert "disk" not in answer.text


async def test_a_bug_shows_nobody_its_inside(client: Client, town: Town) -> None:
    town.trouble = RuntimeError("a name and a telephone number")
    answer = await client.post("/webhooks/telegram", headers=OPEN, content='["salam"]')
    assert answer.status_code == 500
    assert "telephone" not in answer.text


@pytest.mark.parametrize("path", ["/health", "/nowhere", "/schema", "/metrics"])
async def test_every_answer_forbids_what_a_browser_might_do(client: Client, path: str) -> None:
    answer = await client.get(path)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/schema", "/docs", "/openapi.json"])
async def test_no_page_describes_the_others(client: Client, path: str) -> None:
    assert (await client.get(path)).status_code == 404
