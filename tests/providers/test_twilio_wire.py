"""SMS and WhatsApp over sockets: our whole program on one side, emulate's Twilio on the other."""

import itertools
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.addresses import Channel
from domain.channel import Parcel, Retraceable
from domain.clock import HandClock
from domain.deliveries import State
from domain.messages import Message
from domain.notices import NoticeKind
from store.tables.outbox import deliveries, delivery_events
from tests.emulators.twilio import (
    NUMBER,
    signed,
)
from tests.providers.twilio_town import AMINA, Town, town_on_a_socket


@pytest.fixture
async def town(sqlite_url: str, clock: HandClock) -> AsyncIterator[Town]:
    async with town_on_a_socket(sqlite_url, clock) as town:
        yield await founded(town)


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
