"""The chat of a web page, over HTTP: anybody talks with the bot, and only in their own chat."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from domain.addresses import Channel
from domain.clock import HandClock
from domain.sessions import SessionState
from store.connecting import Store
from store.tables.outbox import deliveries
from tests.town import Town
from tests.web.chatting import Chat, chatting

DAY = timedelta(hours=24, seconds=1)


@pytest.fixture
async def there(store: Store, clock: HandClock) -> AsyncIterator[tuple[Town, Chat]]:
    async with chatting(store, clock) as there:
        yield there


@pytest.fixture
def town(there: tuple[Town, Chat]) -> Town:
    return there[0]


@pytest.fixture
async def chat(there: tuple[Town, Chat]) -> Chat:
    """A visitor who has begun a chat."""
    await there[1].begins()
    return there[1]


async def test_anybody_talks_presses_and_finds_it_again_for_a_day(
    town: Town, chat: Chat, clock: HandClock
) -> None:
    session_id = await town.session(titles=["Voirie", "Budget"])
    await town.document(session_id, "Rapport")
    assert "5 février 2026" in await chat.says("C’est quand, la prochaine session ?")
    assert "Voirie" in await chat.says("/agenda")

    # A press edits the message that it was made on.
    assert (await chat.sends(text="/language")).status_code == 202
    [asked] = await chat.sees()
    english = next(one["value"] for one in asked["choices"] if one["label"] == "English")
    assert (await chat.sends(press=english, message=asked["id"])).status_code == 202
    [edited] = await chat.sees()
    assert edited["replaces"] == asked["id"]
    assert "English" in edited["text"]

    # A document is handed over in this chat.
    assert (await chat.sends(text="/docs")).status_code == 202
    papers = [paper for one in await chat.sees() for paper in one["papers"]]
    handed = await chat.client.get(papers[0]["path"], headers=chat.headers())
    assert handed.content == b"Rapport"
    assert "attachment" in handed.headers["content-disposition"]

    # All of it stands when the page is loaded again, until the chat has run out.
    await town.carry()
    ids = [one["id"] for one in (await chat.asks()).json()["messages"]]
    assert ids == sorted(ids)
    assert {asked["id"], edited["id"]} <= set(ids)
    clock.move_by(DAY)
    assert (await chat.asks()).status_code == 401
    assert (await chat.sends(text="/agenda")).status_code == 401
    async with town.store.unit() as unit:
        assert await unit.chats.forget_old() == 1
        left = select(func.count()).where(deliveries.c.channel == Channel.WEB)
        assert (await unit.connection.execute(left)).scalar_one() == 0


async def test_an_answer_reaches_every_tab_that_waits(town: Town, chat: Chat) -> None:
    await town.session(titles=["Voirie"])
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        tasks.create_task(chat.chatrooms.run())
        tabs = [tasks.create_task(chat.asks(0)) for _ in range(2)]
        await asyncio.sleep(0)
        await chat.sends(text="/agenda", id="once")
        await chat.sends(text="/agenda", id="once")  # the network broke: the page sends it again
        told = [(await tab).json()["messages"] for tab in tabs]
        chat.chatrooms.close()
    assert told[0] == told[1]
    assert len((await chat.asks()).json()["messages"]) == len(told[0])


async def test_arabic_is_answered_in_arabic_from_right_to_left(town: Town, chat: Chat) -> None:
    await town.session(titles=["Voirie"])
    chat.language = "ar"
    await chat.sends(text="متى الدورة المقبلة؟")
    [answer] = await chat.sees()
    assert (answer["language"], answer["direction"]) == ("ar", "rtl")
    assert "2026" in answer["text"]


async def test_a_member_links_this_chat_and_no_notice_is_sent_to_it(
    town: Town, chat: Chat, clock: HandClock
) -> None:
    amina = await town.resident("Amina", seats=["council"])
    assert "Bienvenue" in await chat.says(f"/link {await town.code_for(amina)}")
    session_id = await town.session(state=SessionState.DRAFT, titles=["Voirie"])
    await town.convene(session_id)
    told = [one["title"] for one in (await chat.asks()).json()["messages"]]
    assert not any("Convocation" in title for title in told)
    clock.move_by(DAY)
    async with town.store.unit() as unit:
        await unit.chats.forget_old()
        held = await unit.people.addresses(amina.person_id)
    assert Channel.WEB not in {one.channel for one in held}
