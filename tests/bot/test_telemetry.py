"""What a collector is shown: turns, pages, sends and receipts, and nothing of anybody's."""

import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode
from pydantic import SecretStr

from actions.notices.announcing import announce
from bot.machine_settings import Telemetry
from bot.settings import Email, Settings
from bot.telemetry import OpenTelemetry
from bot.wiring import wired
from domain.actors import OPERATOR
from domain.addresses import Channel
from domain.clock import HandClock
from domain.messages import Heard, Incoming, Receipt
from domain.phrasebook import LANGUAGES
from tests.emulators.receiver import Receiver, answered, receiver
from tests.scheduler.town import EVERYONE, address_of, commune, settle

SECRET = "Le maire est souffrant"


@pytest.fixture
async def collector() -> AsyncIterator[Receiver]:
    async with receiver() as collector:
        collector.answer_next(answered(200), 20)
        yield collector


async def day(settings: Settings, clock: HandClock) -> None:
    """Let one person speak, one notice go out, and one receipt come back."""
    async with wired(settings, clock) as program:
        await settle(program.store, await commune(program.store), 1, Channel.EMAIL)
        said = Incoming(
            channel=Channel.EMAIL,
            address=address_of(1, Channel.EMAIL),
            update_ref="1",
            kind=Heard.TEXT,
            text=SECRET,
            at=clock.now(),
        )
        await program.engine.hear(said)
        async with program.store.unit() as unit:
            words = dict.fromkeys(LANGUAGES, (SECRET, SECRET))
            await announce(unit, EVERYONE, words, actor=OPERATOR)
        await program.drain()
        await program.engine.hear(Receipt(Channel.EMAIL, "nobody-knows", "delivered", clock.now()))


async def test_a_collector_is_shown_what_was_done_and_no_persons_words_or_address(
    collector: Receiver, tmp_path: Path, clock: HandClock
) -> None:
    settings = Settings(
        database_url=SecretStr(f"sqlite:///{tmp_path}/beffroi.db"),
        email=Email(folder=tmp_path / "mail"),
        telemetry=Telemetry(endpoint=collector.url.removesuffix("/hook")),
    )
    await day(settings, clock)
    assert {one.path for one in collector.posted} == {"/v1/traces"}
    spans = [
        span
        for one in collector.posted
        for resource in ExportTraceServiceRequest.FromString(one.body).resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
    ]
    assert {span.name for span in spans} == {"turn", "fan_out", "send", "receipt"}
    sent = {
        one.key: one.value.string_value or one.value.int_value
        for span in spans
        if span.name == "send"
        for one in span.attributes
    }
    assert (sent["beffroi.channel"], sent["beffroi.state"]) == ("email", "accepted")
    for one in collector.posted:
        assert SECRET.encode() not in one.body
        assert b"example.ma" not in one.body


def test_an_error_is_shown_by_its_kind_and_without_its_words() -> None:
    seen = InMemorySpanExporter()
    tracing = OpenTelemetry(SimpleSpanProcessor(seen))
    with (
        pytest.raises(ValueError, match=SECRET),
        tracing.span("turn", channel="email", notice=None),
    ):
        raise ValueError(SECRET)
    [span] = seen.get_finished_spans()
    assert span.status.status_code is StatusCode.ERROR
    assert span.status.description == "ValueError"
    assert not span.events
    assert dict(span.attributes or {}) == {"beffroi.channel": "email"}


BARE = """
import sys
sys.modules["opentelemetry"] = None  # as where the extra is not installed
from bot import wiring
from domain.errors import Misconfigured
try:
    from bot import telemetry
except Misconfigured as said:
    print(said)
"""


def test_without_the_extra_all_works_but_a_collector_which_says_what_to_install() -> None:
    said = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", BARE], capture_output=True, text=True, check=True
    )
    assert "beffroi[telemetry]" in said.stdout
