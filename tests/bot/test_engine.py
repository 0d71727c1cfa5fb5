from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.engine import COMMUNE_KEPT, Answer, Engine
from domain.addresses import Channel
from domain.bodies import BodyKind
from domain.clock import HandClock
from domain.deliveries import State
from domain.errors import Refused, Unavailable, Unreadable
from domain.messages import Heard, Incoming, Receipt
from handlers import answering
from handlers.turn import Outcome, Turn
from store.connecting import Store
from tests.town import Talker, Town, town_at


@pytest.fixture
async def town(database_url: str, clock: HandClock) -> AsyncIterator[Town]:
    async with town_at(database_url, clock) as town:
        yield town


@pytest.fixture
async def amina(town: Town) -> Talker:
    return await town.resident("Amina", seats=["council"])


def _hearing(town: Town, answer: Answer) -> Engine:
    return Engine(town.store, town.clock, answer=answer)


async def _remembered(turn: Turn) -> Outcome:
    """Change something, and go on."""
    await turn.unit.facts.remember("said", turn.incoming.text)
    return turn.tell("…")


async def _fact(town: Town) -> str | None:
    async with town.store.reading() as unit:
        return await unit.facts.value("said")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Refused("attendance.closed"), "On ne peut plus répondre"),
        (Unreadable("document"), "n’a pas pu être lue"),
        (ZeroDivisionError("secret words"), "Quelque chose n’a pas marché"),
    ],
)
async def test_a_turn_that_fails_changes_nothing_and_is_answered(
    town: Town, amina: Talker, error: Exception, words: str
) -> None:
    async def answer(turn: Turn) -> Outcome:
        await _remembered(turn)
        raise error

    await _hearing(town, answer).hear(amina.incoming(Heard.TEXT, "bonjour"))
    await town.carry()
    assert words in amina.sees()
    assert await _fact(town) is None


async def test_a_mistake_of_ours_is_logged_without_a_word_of_what_was_said(
    town: Town, amina: Talker, capsys: pytest.CaptureFixture[str]
) -> None:
    async def answer(turn: Turn) -> Outcome:
        raise ValueError(turn.incoming.text)

    await _hearing(town, answer).hear(amina.incoming(Heard.TEXT, "mon secret"))
    logged = capsys.readouterr()
    assert "turn_broken" in logged.out + logged.err
    assert "mon secret" not in logged.out + logged.err


async def test_an_update_that_broke_us_is_not_heard_again(town: Town, amina: Talker) -> None:
    async def answer(_turn: Turn) -> Outcome:
        raise ZeroDivisionError

    update = amina.incoming(Heard.TEXT, "bonjour")
    for _ in range(2):
        await _hearing(town, answer).hear(update)
    await town.carry()
    assert len(amina.messages()) == 1


async def test_while_the_store_is_away_nothing_is_heard_and_the_update_comes_again(
    town: Town, amina: Talker
) -> None:
    async def answer(_turn: Turn) -> Outcome:
        raise Unavailable("the disk is full")

    update = amina.incoming(Heard.TEXT, "/help")
    with pytest.raises(Unavailable):
        await _hearing(town, answer).hear(update)
    await town.engine.hear(update)
    await town.carry()
    assert "Je réponds sur vos sessions" in amina.sees()


async def test_two_engines_hear_one_update_once(town: Town, amina: Talker) -> None:
    update = amina.incoming(Heard.TEXT, "/help")
    for engine in (town.engine, _hearing(town, answering.answer)):
        await engine.hear(update)
    await town.carry()
    assert len(amina.messages()) == 1


async def test_where_a_conversation_stands_survives_a_restart(town: Town, amina: Talker) -> None:
    await town.session()
    await amina.says("/excuse")
    restarted = _hearing(town, answering.answer)
    await restarted.hear(amina.incoming(Heard.TEXT, "grippe"))
    await town.carry()
    assert "grippe" in amina.messages()[-1].text


async def test_a_refusal_is_in_the_language_that_was_spoken(town: Town, amina: Talker) -> None:
    await town.session()
    assert "That time has passed" in await amina.says("remind me 30 days before the session")


async def test_a_receipt_moves_the_delivery_it_belongs_to(town: Town, amina: Talker) -> None:
    await amina.says("/help")
    receipt = Receipt(Channel.TELEGRAM, "memory:1", State.DELIVERED, at=town.clock.now())
    await town.engine.hear(receipt)
    await town.engine.hear(replace(receipt, provider_ref="unknown"))


async def test_a_receipt_that_calls_an_address_dead_takes_it_out_of_use(
    town: Town, amina: Talker
) -> None:
    await amina.says("/help")
    receipt = Receipt(
        Channel.TELEGRAM, "memory:1", State.FAILED, town.clock.now(), "gone", is_address_dead=True
    )
    await town.engine.hear(receipt)
    async with town.store.reading() as unit:
        [address] = [
            one
            for one in await unit.people.addresses(amina.person_id)
            if one.channel is Channel.TELEGRAM
        ]
    assert address.is_quarantined


async def test_before_a_commune_is_set_up_everybody_is_put_off_kindly(
    store: Store, clock: HandClock
) -> None:
    incoming = Incoming(Channel.CONSOLE, "me", "1", Heard.TEXT, clock.now(), "salut")
    await Engine(store, clock).hear(incoming)
    async with store.reading() as unit:
        assert await unit.chunks.waiting() == {Channel.CONSOLE: 1}


async def test_a_new_body_is_known_before_long(town: Town, amina: Talker) -> None:
    await amina.says("/help")
    async with town.store.unit() as unit:
        await unit.bodies.add(
            town.tenant_id,
            key="com:sport",
            kind=BodyKind.COMMISSION_PERMANENT,
            names={"fr": "Sport"},
        )
        town.bodies = await unit.bodies.ids()
    await town.session("com:sport", titles=["Stade"])
    town.clock.move_by(COMMUNE_KEPT)
    assert "Stade" in await amina.says("l'ordre du jour de la commission sport le 5 février")


async def test_what_is_asked_from_another_place_is_answered_there_and_waits_there(
    town: Town, amina: Talker
) -> None:
    async def ask(turn: Turn) -> Outcome:
        assert turn.person
        return turn.ask("link", "code", "Quel code ?")

    asked = replace(amina.incoming(Heard.TEXT, "bonjour"), reply_to="elsewhere")
    await _hearing(town, ask).hear(asked)
    await town.carry()
    assert [one.text for one in town.networks[amina.channel].told("elsewhere")] == ["Quel code ?"]
    assert amina.messages() == []
    async with town.store.reading() as unit:
        assert (await unit.conversations.at(amina.channel, "elsewhere")).flow == "link"
        assert (await unit.conversations.at(amina.channel, amina.address)).flow is None


async def test_each_update_shows_that_its_channel_lives(town: Town, amina: Talker) -> None:
    heard: list[str] = []
    engine = Engine(town.store, town.clock, heard=heard.append)
    incoming = amina.incoming(Heard.TEXT, "bonjour")
    await engine.hear(incoming)
    assert heard == [incoming.channel]
