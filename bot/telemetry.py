"""Spans given to a collector by OTLP over HTTP, and OpenTelemetry's only home.

It is an extra, `beffroi[telemetry]`; what the collector wants besides its address, such as headers,
is said by OpenTelemetry's own variables.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from bot.machine_settings import Telemetry
from domain.errors import Misconfigured
from domain.tracing import Fact, Span

try:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource
    from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor
    from opentelemetry.trace import Span as TheirSpan, Status, StatusCode
except ImportError as missing:
    raise Misconfigured(
        "BEFFROI_TELEMETRY_ENDPOINT needs an extra: install beffroi[telemetry], or leave it empty."
    ) from missing

PATIENCE = 5  # seconds for one export; what the collector does not take is dropped
PREFIX = "beffroi."


class OpenTelemetry:
    """Makes spans with a tracer of our own: nothing global is touched."""

    def __init__(self, processor: SpanProcessor) -> None:
        resource = Resource.create({SERVICE_NAME: "beffroi"})
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        self._provider.add_span_processor(processor)
        self._tracer = self._provider.get_tracer("beffroi")

    @contextmanager
    def span(self, name: str, **facts: Fact | None) -> Iterator[Span]:
        with self._tracer.start_as_current_span(
            name, record_exception=False, set_status_on_exception=False
        ) as theirs:
            ours = _Span(theirs)
            ours.note(**facts)
            try:
                yield ours
            except Exception as error:
                # Its words may quote a person.
                theirs.set_status(Status(StatusCode.ERROR, type(error).__name__))
                raise

    async def close(self) -> None:
        """Give the collector what it has not got yet, within a bound."""
        await asyncio.to_thread(self._provider.shutdown)


class _Span:
    def __init__(self, theirs: TheirSpan) -> None:
        self._theirs = theirs

    def note(self, **facts: Fact | None) -> None:
        for name, fact in facts.items():
            if fact is not None:
                self._theirs.set_attribute(PREFIX + name, fact)


def exported(telemetry: Telemetry) -> OpenTelemetry:
    """Return what gives spans to the collector of the settings, in the background."""
    exporter = OTLPSpanExporter(endpoint=f"{telemetry.endpoint}/v1/traces", timeout=PATIENCE)
    return OpenTelemetry(BatchSpanProcessor(exporter))
