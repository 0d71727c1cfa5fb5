"""The log tells what happened, and nothing of to whom or in which words."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest

from actions.notices.replaying import replay
from actions.notices.steering import pause_channel, resume_channel
from domain.actors import OPERATOR
from domain.channel import Parcel
from domain.clock import HandClock
from domain.deliveries import State
from domain.errors import Barred, Uncertain, Undeliverable, Unreachable
from domain.messages import Message
from domain.notices import NoticeClass
from scheduler.dispatcher import Dispatcher
from scheduler.fan_out import FanOut
from store.connecting import Store
from store.replays import Chosen
from tests.scheduler.networks import CHAT, Network
from tests.scheduler.town import commune, publish, rows, settle

SECRET = "123456:the-token-of-the-bot"
TEXT = "Le marché du vendredi est annulé."
NEVER_SAID = ("example.ma", "marché", SECRET)


def quoting(parcel: Parcel) -> str:
    raise RuntimeError(f"POST /bot{SECRET} to {parcel.address}: {parcel.message.text}")


def raising(error: Exception) -> Callable[[Parcel], str]:
    def answer(_parcel: Parcel) -> str:
        raise error

    return answer


def blocking(parcel: Parcel) -> str:
    if parcel.delivery_id < 5:
        raise Undeliverable("blocked", is_address_dead=True)
    raise Unreachable("away")


TROUBLES = (
    blocking,
    raising(Unreachable("away")),
    raising(Unreachable("flood", retry_after=timedelta(seconds=9))),
    raising(Uncertain("no_answer")),
    quoting,
    raising(Barred("login_refused")),
)


async def test_a_whole_story_of_faults_names_nobody_and_quotes_nothing(
    store: Store, clock: HandClock, capsys: pytest.CaptureFixture[str]
) -> None:
    network = Network(capabilities=CHAT)
    tenant_id = await commune(store)
    await settle(store, tenant_id, 40, network.channel)
    words = {language: Message(TEXT, language, title=TEXT) for language in ("fr", "ar", "en")}
    await publish(store, tenant_id, notice_class=NoticeClass.STATUTORY, content=words)
    await FanOut(store, {network.channel: network.capabilities}).expand_all()
    works = Dispatcher(store, [network], clock=clock, chance=Random(1))
    for trouble in TROUBLES:
        network.answer = trouble
        await works.drain()
        clock.move_by(timedelta(minutes=20))
    async with store.unit() as unit:
        await pause_channel(unit, network.channel, actor=OPERATOR)
        await resume_channel(unit, network.channel, actor=OPERATOR)
        chosen = Chosen(frozenset({State.FAILED}), channel=network.channel)
        await replay(unit, chosen, actor=OPERATOR)
    await works.drain()
    assert await rows(store)
    said = "".join(capsys.readouterr())
    for event in ("notice_expanded", "provider_rests", "provider_refuses_us", "provider_broke"):
        assert event in said
    assert not [word for word in NEVER_SAID if word in said]
