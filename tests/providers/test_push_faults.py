"""Web Push when the push service refuses, keeps silent, or is not where it should be."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from channels.push.provider import PushProvider
from channels.push.render import topic
from domain.channel import Parcel
from domain.clock import HandClock
from domain.errors import Barred, Failed, Uncertain, Undeliverable, Unreachable
from domain.notices import NoticeClass
from tests.browsers import GOOD
from tests.channels.email.samples import CONVENED, PLAIN
from tests.channels.push.pushing import Browsers, pushing
from tests.emulators.receiver import Misbehaviour, Receiver, answered, receiver
from tests.emulators.smtp import certificate

SHORT = timedelta(seconds=0.3)
HTML = b"<html><body>Bad gateway</body></html>"


@pytest.fixture
async def service() -> AsyncIterator[Receiver]:
    async with receiver() as service:
        yield service


@pytest.fixture
def browsers(service: Receiver) -> Browsers:
    browsers = Browsers()
    browsers.subscribe({**GOOD, "endpoint": service.url})
    return browsers


@pytest.fixture
async def provider(browsers: Browsers, clock: HandClock) -> AsyncIterator[PushProvider]:
    async with pushing(browsers, clock=clock, reading=SHORT) as provider:
        yield provider


@pytest.fixture
def parcel(browsers: Browsers) -> Parcel:
    return Parcel(7, next(iter(browsers)), PLAIN)


async def failure(provider: PushProvider, parcel: Parcel) -> Failed:
    with pytest.raises(Failed) as raised:
        await provider.deliver(parcel)
    return raised.value


async def test_the_service_hears_how_long_how_urgent_and_about_what(
    provider: PushProvider, service: Receiver, browsers: Browsers, clock: HandClock
) -> None:
    sent = Parcel(
        7,
        next(iter(browsers)),
        CONVENED,
        notice_class=NoticeClass.EMERGENCY,
        expires_at=clock.now() + timedelta(minutes=10),
    )
    await provider.deliver(sent)
    headers = service.posted[0].headers
    assert (headers["ttl"], headers["urgency"]) == ("600", "high")
    assert headers["topic"] == topic(sent)
    assert headers["content-encoding"] == "aes128gcm"
    assert headers["authorization"].startswith("vapid t=")


async def test_without_an_end_a_message_waits_four_weeks(
    provider: PushProvider, service: Receiver, parcel: Parcel
) -> None:
    await provider.deliver(parcel)
    assert service.posted[0].headers["ttl"] == str(28 * 24 * 3600)


async def test_the_reference_is_where_the_service_keeps_the_message(
    provider: PushProvider, service: Receiver, parcel: Parcel
) -> None:
    service.answer_next(answered(201, "Location: https://push.example/message/7"))
    assert await provider.deliver(parcel) == "https://push.example/message/7"
    service.answer_next(answered(202, "Location: https://push.example/" + "a" * 4000))
    assert len(await provider.deliver(parcel)) == 200
    assert await provider.deliver(parcel) == "push:7"


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (answered(413), Undeliverable, "too_large"),
        (answered(404, body=HTML), Undeliverable, "http_404"),
        (answered(403, body=b'{"reason":'), Barred, "vapid_refused"),
        (answered(502, body=HTML), Unreachable, "http_502"),
        (answered(301, "Location: http://127.0.0.1:1/"), Unreachable, "http_301"),
        (answered(500, body=b'{"half', length=500) + b"", Unreachable, "http_500"),
        (b"<html>no http at all</html>\r\n\r\n", Uncertain, "disconnected"),
        (Misbehaviour.DROP, Uncertain, "disconnected"),
        (Misbehaviour.HANG, Uncertain, "no_answer"),
    ],
)
async def test_a_refusal_or_silence_is_told_by_what_to_do_next(
    *,
    provider: PushProvider,
    service: Receiver,
    parcel: Parcel,
    answer: bytes | Misbehaviour,
    kind: type[Failed],
    code: str,
) -> None:
    service.answer_next(answer)
    failed = await failure(provider, parcel)
    assert (type(failed), failed.code) == (kind, code)
    assert failed.__cause__ is None
    assert len(service.posted) == 1


async def test_the_pause_a_service_asks_for_is_told(
    provider: PushProvider, service: Receiver, parcel: Parcel
) -> None:
    service.answer_next(answered(429, "Retry-After: 90"))
    failed = await failure(provider, parcel)
    assert isinstance(failed, Unreachable)
    assert (failed.code, failed.retry_after) == ("rate_limited", timedelta(seconds=90))


async def test_an_answer_that_never_ends_is_not_read_to_its_end(
    provider: PushProvider, service: Receiver, parcel: Parcel
) -> None:
    service.answer_next(answered(201, body=b"x" * 100_000, length=10**12))
    assert await provider.deliver(parcel) == "push:7"
    assert await provider.deliver(parcel)
    assert service.connections == 2


async def test_lines_are_kept_open(
    provider: PushProvider, service: Receiver, parcel: Parcel
) -> None:
    for _ in range(3):
        await provider.deliver(parcel)
    assert service.connections == 1


async def test_a_refused_word_is_signed_anew(
    provider: PushProvider, service: Receiver, parcel: Parcel
) -> None:
    service.answer_next(answered(401))
    await failure(provider, parcel)
    await provider.deliver(parcel)
    first, second = (posted.headers["authorization"] for posted in service.posted)
    assert first != second


async def test_nobody_listening_is_tried_again(browsers: Browsers, service: Receiver) -> None:
    async with receiver() as closed:
        pass
    name = browsers.subscribe({**GOOD, "endpoint": closed.url})
    async with pushing(browsers) as provider:
        failed = await failure(provider, Parcel(7, name, PLAIN))
    assert (type(failed), failed.code) == (Unreachable, "unconnected")
    assert not service.posted


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254"])
async def test_no_endpoint_leads_into_our_own_network(service: Receiver, host: str) -> None:
    browsers = Browsers()
    name = browsers.subscribe({**GOOD, "endpoint": f"https://{host}:{service.port}/"})
    async with pushing(browsers, allowed=()) as provider:
        failed = await failure(provider, Parcel(7, name, PLAIN))
    assert isinstance(failed, Undeliverable)
    assert (failed.code, failed.is_address_dead) == ("private_address", True)
    assert not service.connections


async def test_a_name_that_leads_nowhere_is_tried_again() -> None:
    browsers = Browsers()
    name = browsers.subscribe({**GOOD, "endpoint": "https://push.invalid/x"})
    async with pushing(browsers) as provider:
        failed = await failure(provider, Parcel(7, name, PLAIN))
    assert (type(failed), failed.code) == (Unreachable, "unknown_host")


async def test_a_service_whose_certificate_nobody_vouches_for_is_not_trusted(
    tmp_path: Path,
) -> None:
    browsers, (tls, _) = Browsers(), certificate(tmp_path)
    async with receiver(tls=tls) as service, pushing(browsers, reading=SHORT) as provider:
        secure = f"https://127.0.0.1:{service.port}/"
        name = browsers.subscribe({**GOOD, "endpoint": secure})
        failed = await failure(provider, Parcel(7, name, PLAIN))
    assert (type(failed), failed.code) == (Unreachable, "tls_refused")
    assert not service.posted
