"""SMS and WhatsApp over sockets: our whole program on one side, emulate's Twilio on the other."""

import asyncio
import itertools
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from pydantic import SecretStr

from actions.announcing import announce
from bot.running import Pages
from bot.settings import Settings, Web
from bot.telephone_settings import Sms, Twilio as TwilioSettings, Whatsapp
from bot.wiring import Program, wired
from domain.actors import OPERATOR
from domain.addresses import Channel
from domain.channel import Parcel, Retraceable
from domain.clock import HandClock
from domain.deliveries import State
from domain.messages import Message
from domain.notices import Audience, AudienceKind, NoticeKind
from store.tables.outbox import deliveries, delivery_events
from tests.emulators.twilio import (
    ACCOUNT,
    NUMBER,
    TOKEN,
    Twilio,
    signed,
    twilio_emulator,
)
from tests.scheduler.test_dispatcher import QUICK
from web.app import application
from web.health import Vitals

AMINA = "+212661000001"
TEMPLATE = "HX" + "1" * 32
TEXTS = {
    "fr": ("Marché", "Le marché est fermé jeudi."),
    "ar": ("السوق", "السوق مغلق يوم الخميس."),
    "en": ("Market", "The market is closed on Thursday."),
}


@dataclass(eq=False)
class Town:
    """The program, its door on a socket, and the Twilio that carries for it."""

    program: Program
    twilio: Twilio
    session: aiohttp.ClientSession
    person_id: int = 0

    async def says(self, body: str, *, to: str = NUMBER) -> list[str]:
        """Write by telephone, and return what is answered there."""
        prefix = to.removesuffix(NUMBER)
        before = len(await self.twilio.messages(To=f"{prefix}{AMINA}"))
        await self.twilio.text(f"{prefix}{AMINA}", body, to=to)
        await self.program.drain()
        told = await self.twilio.messages(To=f"{prefix}{AMINA}")
        return [str(message["body"]) for message in told[before:]]

    async def announce(self) -> None:
        audience = Audience(AudienceKind.PERSON, str(self.person_id))
        async with self.program.store.unit() as unit:
            await announce(unit, audience, TEXTS, actor=OPERATOR)
        await self.program.drain()

    async def states(self, channel: Channel = Channel.SMS) -> list[tuple[str, str]]:
        async with self.program.store.reading() as unit:
            query = deliveries.select().where(deliveries.c.channel == channel)
            found = (await unit.connection.execute(query.order_by(deliveries.c.id))).all()
        return [(row.state, row.reason) for row in found]

    async def call(self, path: str, form: dict[str, str], **headers: str) -> int:
        """Call a door ourselves, and return how it answers."""
        url = f"{self.twilio.public_url}{path}"
        headers = signed(url, form) | headers
        async with self.session.post(url, data=urlencode(form), headers=headers) as response:
            assert await response.read() == b""
            return response.status


@asynccontextmanager
async def on_a_socket(program: Program, door: socket.socket) -> AsyncIterator[None]:
    async def vital_signs() -> Vitals:
        return Vitals(store_answers=True)

    answering = application(
        doors=program.ways_in.doors, hear=program.engine.hear, vital_signs=vital_signs
    )
    pages = Pages(answering, door)
    async with asyncio.TaskGroup() as group:
        group.create_task(pages.run_here())
        await pages.opened.wait()
        yield
        pages.end()


@pytest.fixture
async def town(sqlite_url: str, clock: HandClock) -> AsyncIterator[Town]:
    door = socket.create_server(("127.0.0.1", 0))
    public_url = f"http://127.0.0.1:{door.getsockname()[1]}"
    async with twilio_emulator(public_url) as twilio, aiohttp.ClientSession() as session:
        settings = Settings(
            database_url=SecretStr(sqlite_url),
            twilio=TwilioSettings(
                account=ACCOUNT,
                token=SecretStr(TOKEN),
                base_url=twilio.base_url,
            ),
            web=Web(public_url=public_url),
            sms=Sms(sender=NUMBER),
            whatsapp=Whatsapp(sender=NUMBER, templates={"announcement.fr": TEMPLATE}),
        )
        async with (
            wired(settings, clock, chance=Random(7), tempo=QUICK) as program,
            on_a_socket(program, door),
        ):
            yield await founded(Town(program, twilio, session))


async def founded(town: Town, *channels: Channel) -> Town:
    async with town.program.store.unit() as unit:
        tenant_id = await unit.bodies.found(
            slug="casablanca",
            names={"fr": "Casablanca", "ar": "الدار البيضاء", "en": "Casablanca"},
            rule_pack="ma",
            zone="Africa/Casablanca",
            population=3_200_000,
        )
        town.person_id = await unit.people.add(tenant_id, name="Amina", language="fr")
        now = unit.clock.now()
        for channel in channels or (Channel.SMS,):
            await unit.people.verify(town.person_id, channel, AMINA, at=now)
    return town


@pytest.mark.parametrize(
    ("said", "word"),
    [("aide", "Casablanca"), ("مساعدة", "الدار البيضاء"), ("what can I ask", "1.")],
)
async def test_a_telephone_is_answered_in_its_language(town: Town, said: str, word: str) -> None:
    [answer] = await town.says(said)
    assert word in answer
    assert await town.states() == [(State.ACCEPTED, "reply")]


async def test_a_digit_is_the_choice_it_stands_before(town: Town) -> None:
    [menu] = await town.says("aide")
    number = next(line for line in menu.splitlines() if "langue" in line.lower())[0]
    [languages] = await town.says(number)
    number = next(line for line in languages.splitlines() if "العربية" in line)[0]
    [answer] = await town.says(f" {number}. ")
    assert "العربية" in answer


async def test_whatsapp_is_answered_on_whatsapp(town: Town) -> None:
    [answer] = await town.says("aide", to=f"whatsapp:{NUMBER}")
    assert "Casablanca" in answer
    assert await town.twilio.messages(To=AMINA) == []


async def test_the_same_message_brought_twice_is_answered_once(town: Town) -> None:
    form = {"MessageSid": "SM" + "a" * 32, "From": AMINA, "To": NUMBER, "Body": "aide"}
    assert [await town.call("/webhooks/sms", form) for _ in range(2)] == [200, 200]
    await town.program.drain()
    assert len(await town.twilio.messages(To=AMINA)) == 1


async def test_a_call_that_twilio_did_not_sign_is_refused(town: Town) -> None:
    form = {"MessageSid": "SM" + "a" * 32, "From": AMINA, "To": NUMBER, "Body": "aide"}
    url = f"{town.twilio.public_url}/webhooks/sms"
    forged = signed(url, form, token="another")["X-Twilio-Signature"]
    assert await town.call("/webhooks/sms", form, **{"X-Twilio-Signature": forged}) == 403
    assert await town.call("/webhooks/sms", form, **{"X-Twilio-Signature": ""}) == 403
    whatsapp = signed(url, form)["X-Twilio-Signature"]  # signed for another door
    assert await town.call("/webhooks/whatsapp", form, **{"X-Twilio-Signature": whatsapp}) == 403
    await town.program.drain()
    assert await town.twilio.messages() == []


async def test_a_callback_that_comes_before_the_answer_finds_its_delivery(town: Town) -> None:
    await town.says("aide")
    async with town.program.store.reading() as unit:
        found = (await unit.connection.execute(deliveries.select())).all()
        heard = (await unit.connection.execute(delivery_events.select())).all()
    [sent] = await town.twilio.messages()
    # Emulate reports “queued” before it answers the request that makes the message.
    assert [(row.state, row.provider_ref) for row in found] == [(State.ACCEPTED, sent["sid"])]
    assert {event.state for event in heard} == {State.ACCEPTED}


ORDERS = sorted(set(itertools.permutations(["sent", "delivered", "delivered", "read"])))


@pytest.mark.parametrize("order", ORDERS[::3], ids="-".join)
async def test_reports_in_any_order_and_number_end_in_the_same_state(
    town: Town, order: Sequence[str]
) -> None:
    await town.says("aide")
    [sent] = await town.twilio.messages()
    for status in order:
        await town.twilio.report(sent["sid"], status)
    assert await town.states() == [(State.OPENED, "reply")]


async def test_a_number_that_a_carrier_calls_dead_is_not_used_again(town: Town) -> None:
    await town.says("aide")
    [sent] = await town.twilio.messages()
    form = {"MessageSid": sent["sid"], "MessageStatus": "undelivered", "ErrorCode": "30005"}
    assert await town.call("/webhooks/sms?delivery=1", form) == 200
    assert await town.states() == [(State.FAILED, "reply")]
    async with town.program.store.reading() as unit:
        [address] = [
            one for one in await unit.people.addresses(town.person_id) if one.channel is Channel.SMS
        ]
    assert address.is_quarantined


async def test_a_stop_that_twilio_answers_binds_without_a_word(town: Town) -> None:
    await town.announce()
    assert await town.states() == [(State.ACCEPTED, "default")]
    assert await town.says("STOP") == []
    await town.announce()
    assert (await town.states())[-1][0] == State.SUPPRESSED
    assert await town.says("START") == []
    await town.announce()
    assert (await town.states())[-1][0] == State.ACCEPTED


@pytest.mark.parametrize("word", ["توقف", "Arrêt", "أوقف!"])
async def test_a_stop_that_twilio_does_not_know_is_answered_by_us(town: Town, word: str) -> None:
    assert "START" in (await town.says(word))[0]
    await town.announce()
    assert (await town.states())[-1][0] == State.SUPPRESSED


async def test_help_that_twilio_gives_is_not_given_twice(town: Town) -> None:
    assert await town.says("HELP") == []


async def test_a_message_already_there_is_found_and_a_later_one_of_the_same_words(
    town: Town,
) -> None:
    sms = town.program.providers[Channel.SMS]
    assert isinstance(sms, Retraceable)
    now = datetime.now(UTC)  # noqa: TID251 - the emulator's clock is the machine's
    parcel = Parcel(7, AMINA, Message("Séance à 18:00", "fr"), queued_at=now)
    assert await sms.trace(parcel) is None
    assert await sms.deliver(parcel) == await sms.trace(parcel)
    other = Parcel(8, AMINA, Message("Séance à 19:00", "fr"), queued_at=now)
    assert await sms.trace(other) is None
    later = Parcel(9, AMINA, parcel.message, queued_at=now + timedelta(hours=1))
    assert await sms.trace(later) is None


@pytest.mark.parametrize("speaks", [True, False])
async def test_after_a_word_of_theirs_whatsapp_takes_free_text(town: Town, *, speaks: bool) -> None:
    whatsapp = f"whatsapp:{NUMBER}"
    async with town.program.store.unit() as unit:
        await unit.people.verify(town.person_id, Channel.WHATSAPP, AMINA, at=unit.clock.now())
    if speaks:
        await town.says("aide", to=whatsapp)
    message = Message("Le marché est fermé.", "fr", title="Marché")
    provider = town.program.providers[Channel.WHATSAPP]
    await provider.deliver(
        Parcel(99, AMINA, message, notice_kind=NoticeKind.ANNOUNCEMENT, queued_at=datetime.now(UTC))  # noqa: TID251 - the emulator's clock is the machine's
    )
    bodies: list[Any] = [one["body"] for one in await town.twilio.messages(To=f"whatsapp:{AMINA}")]
    assert (bodies[-1] is not None) is speaks
