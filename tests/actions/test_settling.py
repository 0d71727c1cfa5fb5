"""What has been decided is told by every message that still asks, in whatever order things come."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from actions.notices.settling import settle, up_to_date
from channels.memory import EVERYTHING, MemoryProvider
from domain.addresses import Channel
from domain.channel import Parcel
from domain.clock import HandClock
from domain.matters import personal
from domain.messages import Choice, Message
from scheduler.dispatcher import Dispatcher
from scheduler.measures import Measures
from scheduler.stalled import give_back
from scheduler.tempo import Tempo
from store.connecting import Store
from store.outbox import Put
from tests.scheduler.town import commune, settle as people_live

A_MOMENT = timedelta(milliseconds=1)
TEMPO = Tempo(flush=A_MOMENT, farewell=A_MOMENT, keeps_limits=False)
MATTER = "approval:61"
QUESTION = Message("On publie ?", "fr", choices=(Choice("Oui", "approve:61"),), subject=MATTER)
BOTH = (Channel.TELEGRAM, Channel.SLACK)


def said(words: str) -> dict[str, Message]:
    return {language: Message(words, language) for language in ("fr", "ar", "en")}


class Network(MemoryProvider):
    """A network like Telegram: a message told twice is noticed. It can be told to take its time."""

    def __init__(self, channel: Channel) -> None:
        super().__init__(
            channel, capabilities=replace(EVERYTHING, in_flight=4, is_repeat_harmless=False)
        )
        self.is_open = asyncio.Event()
        self.is_open.set()
        self.has_been_asked = asyncio.Event()

    async def deliver(self, parcel: Parcel) -> str:
        self.has_been_asked.set()
        reference = await super().deliver(parcel)
        await self.is_open.wait()
        return reference

    @property
    def said(self) -> list[tuple[str | None, str]]:
        """What was told, each with the message it amends."""
        return [(parcel.message.amends, parcel.message.text) for parcel in self.parcels]


class Office:
    """People who are asked the same, and the networks that carry it."""

    def __init__(self, store: Store, clock: HandClock) -> None:
        self.store = store
        self.clock = clock
        self.networks = {channel: Network(channel) for channel in BOTH}
        self.dispatcher = Dispatcher(
            store, self.networks.values(), clock=clock, chance=Random(7), tempo=TEMPO
        )

    async def ask(self, channel: Channel, people: Sequence[int], message: Message) -> None:
        async with self.store.unit() as unit:
            puts = [Put(str(person_id), message, person_id) for person_id in people]
            await unit.outbox.put_all(channel, puts)

    async def decide(self, words: str, *, by: int = 1, subject: str = MATTER) -> bool:
        """Decide, unless it has been; say whether it was this that counts."""
        async with self.store.unit() as unit:
            if await unit.matters.hold(subject):
                return False
            await settle(unit, subject, said(words), by=by)
            return True


@pytest.fixture
async def office(store: Store, clock: HandClock) -> Office:
    tenant_id = await commune(store)
    await people_live(store, tenant_id, 4, Channel.TELEGRAM)
    return Office(store, clock)


async def test_every_copy_on_every_channel_says_what_was_decided(office: Office) -> None:
    await office.ask(Channel.TELEGRAM, [1, 2], QUESTION)
    await office.ask(Channel.SLACK, [1, 3], QUESTION)
    await office.dispatcher.drain()
    assert await office.decide("Oui, a dit Samira.")
    await office.dispatcher.drain()
    amended = [
        ("memory:1", "On publie ?\n\nOui, a dit Samira."),
        ("memory:2", "On publie ?\n\nOui, a dit Samira."),
    ]
    for network in office.networks.values():
        assert sorted(network.said[2:], key=str) == amended
        assert all(not parcel.message.choices for parcel in network.parcels[2:])


async def test_of_two_who_decide_at_once_one_does(office: Office) -> None:
    await office.ask(Channel.TELEGRAM, [1], QUESTION)
    await office.ask(Channel.SLACK, [2], QUESTION)
    await office.dispatcher.drain()
    counted = await asyncio.gather(office.decide("Oui.", by=1), office.decide("Non.", by=2))
    assert sorted(counted) == [False, True]
    await office.dispatcher.drain()
    words = "Oui." if counted[0] else "Non."
    for network in office.networks.values():
        assert network.said[1:] == [("memory:1", f"On publie ?\n\n{words}")]


async def test_a_copy_that_was_on_its_way_is_amended_when_it_arrives(office: Office) -> None:
    network = office.networks[Channel.TELEGRAM]
    network.is_open.clear()
    await office.ask(Channel.TELEGRAM, [1], QUESTION)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(office.dispatcher.drain())
        await network.has_been_asked.wait()
        assert await office.decide("Oui.")
        network.is_open.set()
    assert network.said == [(None, "On publie ?"), ("memory:1", "On publie ?\n\nOui.")]


async def test_a_copy_told_only_after_the_decision_is_amended_too(office: Office) -> None:
    await office.ask(Channel.TELEGRAM, [1], QUESTION)
    assert await office.decide("Oui.")
    await office.dispatcher.drain()
    assert office.networks[Channel.TELEGRAM].said[1:] == [("memory:1", "On publie ?\n\nOui.")]


async def test_an_amendment_whose_process_died_is_made_by_another(
    office: Office, store: Store, clock: HandClock
) -> None:
    await office.ask(Channel.TELEGRAM, [1], QUESTION)
    await office.dispatcher.drain()
    assert await office.decide("Oui.")
    network = office.networks[Channel.TELEGRAM]
    network.is_open.clear()
    network.has_been_asked.clear()
    dying = asyncio.ensure_future(Dispatcher.drain(office.dispatcher))
    await network.has_been_asked.wait()
    dying.cancel()
    clock.move_by(TEMPO.lease)
    with suppress(asyncio.CancelledError):
        await dying

    other = Office(store, clock)
    await give_back(store, Measures())
    await other.dispatcher.drain()
    assert other.networks[Channel.TELEGRAM].said == [("memory:1", "On publie ?\n\nOui.")]


async def test_a_matter_decided_anew_is_told_anew_and_the_words_before_are_gone(
    office: Office, store: Store
) -> None:
    await office.ask(Channel.TELEGRAM, [1], QUESTION)
    await office.dispatcher.drain()
    for words in ("Oui.", "Finalement non."):
        async with store.unit() as unit:
            await settle(unit, MATTER, said(words), by=1)
        await office.dispatcher.drain()
    assert office.networks[Channel.TELEGRAM].said[1:] == [
        ("memory:1", "On publie ?\n\nOui."),
        ("memory:1", "On publie ?\n\nFinalement non."),
    ]


async def test_nothing_is_amended_twice_for_one_decision(office: Office) -> None:
    await office.ask(Channel.TELEGRAM, [1], QUESTION)
    await office.dispatcher.drain()
    assert await office.decide("Oui.")
    await office.dispatcher.drain()
    await office.ask(Channel.TELEGRAM, [2], QUESTION)
    await office.dispatcher.drain()
    amended = [ref for ref, _ in office.networks[Channel.TELEGRAM].said if ref]
    assert sorted(amended) == ["memory:1", "memory:3"]


async def test_what_each_decides_alone_is_told_to_them_alone(office: Office, store: Store) -> None:
    await office.ask(Channel.TELEGRAM, [1, 2], replace(QUESTION, subject="attend:12"))
    await office.dispatcher.drain()
    assert await office.decide("Vous viendrez.", subject=personal("attend:12", 2))
    await office.dispatcher.drain()
    told = office.networks[Channel.TELEGRAM].parcels
    assert [parcel.address for parcel in told[2:]] == ["2"]
    async with store.reading() as unit:
        letter = replace(QUESTION, subject="attend:12")
        assert (await up_to_date(unit, letter, 1)).choices == letter.choices
        assert (await up_to_date(unit, letter, 2)).choices == ()


@pytest.mark.parametrize(("is_settled", "days"), [(True, 90), (False, 365)])
async def test_a_message_that_nobody_reads_any_more_is_let_go(
    office: Office, *, is_settled: bool, days: int
) -> None:
    await office.ask(Channel.TELEGRAM, [1, 2], QUESTION)
    await office.dispatcher.drain()
    if is_settled:
        assert await office.decide("Oui, a dit Samira.")
    office.clock.move_by(timedelta(days=days))
    assert await forgotten(office) == 0
    office.clock.move_by(timedelta(seconds=1))
    assert await forgotten(office) == 2
    assert await forgotten(office) == 0


async def forgotten(office: Office) -> int:
    async with office.store.unit() as unit:
        return await unit.matters.forget_old()
