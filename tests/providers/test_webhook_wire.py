"""Webhooks over a socket: what a system receives, checks, and how it may misbehave."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from channels.webhook.provider import WebhookProvider
from domain.channel import Parcel
from domain.clock import HandClock
from domain.errors import Failed, Uncertain, Undeliverable, Unreachable
from domain.webhooks import Webhook, WebhookState
from tests.channels.email.samples import ARABIC, PLAIN
from tests.channels.webhook.posting import Systems, posting
from tests.emulators.receiver import Misbehaviour, Posted, Receiver, answered, receiver

SECRET = "a secret of the two of us"
SHORT = timedelta(seconds=0.3)
TOLERANCE = 300  # seconds that the clocks of two machines may differ
HTML = b"<html><body>It works!</body></html>"
PARCEL = Parcel(7, "gis", PLAIN)


@pytest.fixture
async def system() -> AsyncIterator[Receiver]:
    async with receiver() as system:
        yield system


@pytest.fixture
def systems(system: Receiver) -> Systems:
    systems = Systems()
    systems.register(Webhook("gis", system.url, SECRET))
    return systems


@pytest.fixture
async def provider(systems: Systems, clock: HandClock) -> AsyncIterator[WebhookProvider]:
    async with posting(systems, clock=clock, reading=SHORT) as provider:
        yield provider


async def failure(provider: WebhookProvider, parcel: Parcel = PARCEL) -> Failed:
    with pytest.raises(Failed) as raised:
        await provider.deliver(parcel)
    return raised.value


def is_ours(posted: Posted, secret: str, now: float) -> bool:
    """Check a webhook as docs/howto/webhooks.md tells a system to."""
    parts = [part.split("=", 1) for part in posted.headers["beffroi-signature"].split(",")]
    at = next(value for name, value in parts if name == "t")
    if abs(now - int(at)) > TOLERANCE:
        return False
    proof = hmac.new(secret.encode(), at.encode() + b"." + posted.body, hashlib.sha256).hexdigest()
    return any(name == "v1" and hmac.compare_digest(proof, value) for name, value in parts)


async def test_a_system_receives_json_and_can_check_that_it_is_ours(
    provider: WebhookProvider, system: Receiver, clock: HandClock
) -> None:
    assert await provider.deliver(replace(PARCEL, message=ARABIC)) == "webhook:7"
    (posted,) = system.posted
    assert posted.headers["content-type"] == "application/json"
    assert (posted.headers["beffroi-delivery"], posted.headers["beffroi-kind"]) == (
        "7",
        "announcement",
    )
    assert json.loads(posted.body)["content"]["ar"]["text"] == ARABIC.text
    now = clock.now().timestamp()
    assert is_ours(posted, SECRET, now)
    assert not is_ours(posted, "another secret", now)
    assert not is_ours(replace(posted, body=posted.body + b" "), SECRET, now)


async def test_while_its_secret_is_changed_a_system_knows_us_by_either(
    provider: WebhookProvider, systems: Systems, system: Receiver, clock: HandClock
) -> None:
    now = clock.now()
    until = now + timedelta(hours=1)
    systems.register(
        Webhook("gis", system.url, "new", secret_before=SECRET, secret_before_until=until)
    )
    await provider.deliver(PARCEL)
    clock.move_by(timedelta(hours=1))
    await provider.deliver(PARCEL)
    both, alone = system.posted
    assert all(is_ours(both, secret, now.timestamp()) for secret in (SECRET, "new"))
    assert [is_ours(alone, one, until.timestamp()) for one in (SECRET, "new")] == [False, True]


async def test_a_webhook_that_somebody_repeats_later_is_known_as_old(
    provider: WebhookProvider, system: Receiver, clock: HandClock
) -> None:
    await provider.deliver(PARCEL)
    assert not is_ours(system.posted[0], SECRET, clock.now().timestamp() + TOLERANCE + 1)


async def test_our_own_repeat_names_the_same_delivery_and_is_signed_anew(
    provider: WebhookProvider, system: Receiver, clock: HandClock
) -> None:
    await provider.deliver(PARCEL)
    clock.move_by(timedelta(hours=1))
    await provider.deliver(PARCEL)
    first, second = system.posted
    assert first.body == second.body
    assert first.headers["beffroi-delivery"] == second.headers["beffroi-delivery"]
    assert is_ours(second, SECRET, clock.now().timestamp())


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (answered(500, body=HTML), Unreachable, "http_500"),
        (answered(404, body=HTML), Unreachable, "http_404"),
        (answered(410), Undeliverable, "http_410"),
        (answered(413), Undeliverable, "too_large"),
        (answered(503, body=b'{"half', length=100), Unreachable, "http_503"),
        (b"\x16\x03\x01 not http\r\n\r\n", Uncertain, "disconnected"),
        (Misbehaviour.DROP, Uncertain, "disconnected"),
        (Misbehaviour.HANG, Uncertain, "no_answer"),
    ],
)
async def test_a_refusal_or_silence_is_told_and_noted(
    *,
    provider: WebhookProvider,
    system: Receiver,
    systems: Systems,
    answer: bytes | Misbehaviour,
    kind: type[Failed],
    code: str,
) -> None:
    system.answer_next(answer)
    failed = await failure(provider)
    assert (type(failed), failed.code) == (kind, code)
    assert systems.noted == [code]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_is_not_followed(
    provider: WebhookProvider, system: Receiver, status: int
) -> None:
    async with receiver() as elsewhere:
        system.answer_next(answered(status, f"Location: {elsewhere.url}"))
        failed = await failure(provider)
        assert (type(failed), failed.code) == (Unreachable, "redirected")
        assert not elsewhere.posted
    assert len(system.posted) == 1


async def test_the_pause_a_system_asks_for_is_told(
    provider: WebhookProvider, system: Receiver
) -> None:
    system.answer_next(answered(429, "Retry-After: 7"))
    failed = await failure(provider)
    assert isinstance(failed, Unreachable)
    assert failed.retry_after == timedelta(seconds=7)


async def test_any_answer_that_says_yes_is_one_whatever_follows(
    provider: WebhookProvider, system: Receiver, systems: Systems
) -> None:
    system.answer_next(answered(200, body=HTML))
    system.answer_next(answered(200, body=b"x" * 100_000, length=10**12))
    system.answer_next(b"HTTP/1.1 204 Nothing\r\n\r\n")
    for _ in range(3):
        assert await provider.deliver(PARCEL)
    assert systems.noted == []


async def test_a_system_that_answers_again_is_noted_once(
    provider: WebhookProvider, systems: Systems
) -> None:
    systems.register(replace(systems.by_name["gis"], failures=3))
    await provider.deliver(PARCEL)
    assert systems.noted == [None]


async def test_nothing_is_posted_to_who_is_suspended_or_gone(
    provider: WebhookProvider, system: Receiver, systems: Systems
) -> None:
    systems.register(replace(systems.by_name["gis"], state=WebhookState.SUSPENDED))
    assert (await failure(provider)).code == "suspended"
    assert (await failure(provider, replace(PARCEL, address="nobody"))).code == "not_registered"
    assert (system.posted, systems.noted) == ([], [])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "10.0.0.1"])  # noqa: S104 - to be refused
async def test_no_webhook_leads_into_our_own_network(
    system: Receiver, systems: Systems, host: str
) -> None:
    systems.register(Webhook("gis", f"https://{host}:{system.port}/hook", SECRET))
    async with posting(systems, allowed=()) as provider:
        failed = await failure(provider)
    assert (type(failed), failed.code) == (Undeliverable, "private_address")
    assert not system.connections


async def test_nobody_listening_is_tried_again(systems: Systems) -> None:
    async with receiver() as closed:
        pass
    systems.register(Webhook("gis", closed.url, SECRET))
    async with posting(systems) as provider:
        failed = await failure(provider)
    assert (type(failed), failed.code) == (Unreachable, "unconnected")
