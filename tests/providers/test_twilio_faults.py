"""What can go wrong on the way to Twilio, over a socket: a small server that errs on request."""

import asyncio
import json
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web

from channels.sms.account import TwilioAccount
from channels.sms.failures import MEANINGS, Never, told
from channels.sms.provider import SmsProvider, WhatsAppProvider
from domain.addresses import Channel
from domain.channel import Parcel
from domain.clock import HandClock
from domain.errors import Failed, Uncertain, Undeliverable, Unreachable
from domain.messages import Message
from domain.notices import NoticeClass, NoticeKind
from tests.emulators.twilio import ACCOUNT, NUMBER, TOKEN

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CLOCK = HandClock(NOW)
TO = "+212661000001"
WORDS = Message("La séance commence à 18:00.", "fr", title="Rappel")
PARCEL = Parcel(7, TO, WORDS)
DEAD, ALIVE = True, False


@dataclass
class Fake:
    """Answers each request with `status` and `body`, and remembers what was asked."""

    url: str = ""
    status: int = 201
    body: str = json.dumps({"sid": "SM1", "status": "queued"})
    headers: dict[str, str] = field(default_factory=dict)
    is_silent: bool = False
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[dict[str, str]] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        form = await request.post()
        self.asked.append({name: str(value) for name, value in form.items()})
        if self.is_silent:
            await self.gate.wait()
        return web.Response(status=self.status, text=self.body, headers=self.headers)


@asynccontextmanager
async def twilio(**answers: Any) -> AsyncIterator[Fake]:
    fake = Fake(**answers)
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", fake.answer)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    fake.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield fake
    finally:
        fake.gate.set()
        await runner.cleanup()


@asynccontextmanager
async def sms(url: str, sender: str = NUMBER, **options: Any) -> AsyncIterator[SmsProvider]:
    provider = SmsProvider(
        TwilioAccount(ACCOUNT, TOKEN, base_url=url), sender, clock=CLOCK, **options
    )
    try:
        yield provider
    finally:
        await provider.close()


async def failure(**answers: Any) -> tuple[Failed, list[dict[str, str]]]:
    async with twilio(**answers) as fake, sms(fake.url) as provider:
        with pytest.raises(Failed) as raised:
            await provider.deliver(PARCEL)
    assert TO not in "".join(traceback.format_exception(raised.value))
    return raised.value, fake.asked


def refusal(code: int) -> str:
    return json.dumps({"code": code, "message": f"about {TO}", "status": 400})


@pytest.mark.parametrize(
    ("code", "word", "is_dead"),
    [
        (21211, "not_a_number", DEAD),
        (21408, "country_not_enabled", ALIVE),
        (21610, "opted_out", DEAD),
        (21614, "not_a_mobile", DEAD),
        (21617, "too_long", ALIVE),
        (63016, "outside_window", ALIVE),
        (99999, "twilio_99999", ALIVE),
    ],
)
async def test_a_refusal_is_final_and_says_whether_the_number_is_dead(
    code: int, word: str, *, is_dead: bool
) -> None:
    refused, asked = await failure(status=400, body=refusal(code))
    assert isinstance(refused, Undeliverable)
    assert (refused.code, refused.is_address_dead, len(asked)) == (word, is_dead, 1)


@pytest.mark.parametrize("code", [21606, 21611, 63018, 20003])
async def test_what_is_about_our_sender_or_account_is_tried_again_later(code: int) -> None:
    refused, _ = await failure(status=400, body=refusal(code))
    assert isinstance(refused, Unreachable)


@pytest.mark.parametrize(("header", "wait"), [("17", timedelta(seconds=17)), ("", None)])
async def test_too_many_requests_wait_as_long_as_twilio_says(
    header: str, wait: timedelta | None
) -> None:
    body = refusal(20429)
    refused, asked = await failure(status=429, body=body, headers={"Retry-After": header})
    assert isinstance(refused, Unreachable)
    assert (refused.retry_after, len(asked)) == (wait, 1)


@pytest.mark.parametrize("status", [500, 502, 504])
async def test_a_server_that_stumbles_may_have_taken_the_message(status: int) -> None:
    refused, asked = await failure(status=status, body="<html>sorry</html>")
    assert isinstance(refused, Uncertain)
    assert len(asked) == 1


async def test_a_server_that_says_it_is_away_has_taken_nothing() -> None:
    refused, _ = await failure(status=503, body="<html>sorry</html>")
    assert isinstance(refused, Unreachable)


@pytest.mark.parametrize("body", ["<html>yes</html>", '{"sid": "S', "[]", "{}", "null"])
async def test_a_yes_that_cannot_be_read_is_uncertain(body: str) -> None:
    refused, asked = await failure(status=201, body=body)
    assert isinstance(refused, Uncertain)
    assert len(asked) == 1


async def test_a_redirect_is_not_followed() -> None:
    refused, asked = await failure(status=307, headers={"Location": "http://127.0.0.1:9/"})
    assert isinstance(refused, Undeliverable)
    assert len(asked) == 1


async def test_no_answer_in_time_is_uncertain_and_asked_once() -> None:
    async with twilio(is_silent=True) as fake:
        patience = timedelta(milliseconds=100)
        account = TwilioAccount(ACCOUNT, TOKEN, base_url=fake.url, answering=patience)
        provider = SmsProvider(account, NUMBER, clock=CLOCK)
        with pytest.raises(Uncertain, match="no_answer"):
            await provider.deliver(PARCEL)
        await provider.close()
    assert len(fake.asked) == 1


async def test_where_nobody_listens_nothing_has_left() -> None:
    async with sms("http://127.0.0.1:9") as provider:
        with pytest.raises(Unreachable, match="unconnected"):
            await provider.deliver(PARCEL)


async def test_our_id_goes_along_and_no_letter_is_replaced_on_the_way() -> None:
    async with (
        twilio() as fake,
        sms(fake.url, callback="https://town.test/webhooks/sms") as provider,
    ):
        assert await provider.deliver(PARCEL) == "SM1"
    [asked] = fake.asked
    assert asked["StatusCallback"] == "https://town.test/webhooks/sms?delivery=7"
    assert asked["SmartEncoded"] == "false"
    assert (asked["To"], asked["From"]) == (TO, NUMBER)
    assert "ValidityPeriod" not in asked


async def test_a_service_is_named_as_one() -> None:
    service = "MG" + "0" * 32
    async with twilio() as fake, sms(fake.url, service) as provider:
        await provider.deliver(PARCEL)
    assert (fake.asked[0]["MessagingServiceSid"], "From" in fake.asked[0]) == (service, False)


@pytest.mark.parametrize(
    ("left", "period"),
    [(timedelta(minutes=30), "1800"), (timedelta(0), "1"), (timedelta(hours=11), None)],
)
async def test_what_waits_at_twilio_does_not_arrive_too_late(
    left: timedelta, period: str | None
) -> None:
    async with twilio() as fake, sms(fake.url) as provider:
        await provider.deliver(Parcel(7, TO, WORDS, expires_at=NOW + left))
    assert fake.asked[0].get("ValidityPeriod") == period


TEMPLATE = "HX" + "1" * 32
DAY = timedelta(days=1)


async def whatsapp_asked(heard_at: datetime | None, parcel: Parcel) -> dict[str, str]:
    async def last_heard(channel: Channel, address: str) -> datetime | None:
        assert (channel, address) == (Channel.WHATSAPP, TO)
        return heard_at

    async with twilio() as fake:
        provider = WhatsAppProvider(
            TwilioAccount(ACCOUNT, TOKEN, base_url=fake.url),
            NUMBER,
            clock=CLOCK,
            templates={("reminder", "fr"): TEMPLATE},
            last_heard=last_heard,
        )
        try:
            await provider.deliver(parcel)
        finally:
            await provider.close()
    return fake.asked[0]


def reminder(message: Message = WORDS) -> Parcel:
    informational = NoticeClass.INFORMATIONAL
    return Parcel(7, TO, message, informational, notice_kind=NoticeKind.REMINDER)


@pytest.mark.parametrize("heard_at", [None, NOW - DAY, NOW - DAY + timedelta(minutes=1)])
async def test_to_whoever_has_been_silent_for_a_day_whatsapp_brings_a_template(
    heard_at: datetime | None,
) -> None:
    asked = await whatsapp_asked(heard_at, reminder())
    assert asked["ContentSid"] == TEMPLATE
    assert json.loads(asked["ContentVariables"]) == {"1": "Rappel", "2": WORDS.text}
    assert "Body" not in asked
    assert (asked["To"], asked["From"]) == (f"whatsapp:{TO}", f"whatsapp:{NUMBER}")


async def test_to_whoever_has_just_spoken_whatsapp_brings_the_words_themselves() -> None:
    assert WORDS.text in (await whatsapp_asked(NOW - timedelta(hours=23), reminder()))["Body"]
    assert WORDS.text in (await whatsapp_asked(None, PARCEL))["Body"]


async def test_without_a_template_in_their_language_nothing_is_tried() -> None:
    with pytest.raises(Undeliverable, match="no_template"):
        await whatsapp_asked(None, reminder(Message("تذكير", "ar")))


@pytest.mark.parametrize("code", sorted(MEANINGS))
def test_what_a_carrier_says_afterwards_has_a_short_word_of_ours(code: int) -> None:
    word, is_dead = told(str(code))
    assert word == MEANINGS[code].code
    meaning = MEANINGS[code]
    assert is_dead == (isinstance(meaning, Never) and meaning.is_address_dead)


@pytest.mark.parametrize("code", ["31999", "x", "²", ""])
def test_an_unknown_code_is_kept_as_it_is(code: str) -> None:
    assert told(code) == (f"twilio_{code}", False)
