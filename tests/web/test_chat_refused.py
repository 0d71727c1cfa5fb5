"""What the chat of a page refuses, and how it says so."""

from collections.abc import AsyncIterator

import pytest

from domain.clock import HandClock
from store.connecting import opened
from tests.town import Town
from tests.web.chatting import Chat, chatting
from web.site import MOST_BEGUN

HOST = "testserver.local"


@pytest.fixture
async def there(sqlite_url: str, clock: HandClock) -> AsyncIterator[tuple[Town, Chat]]:
    store = opened(sqlite_url, clock)
    async with chatting(store, clock) as there:
        yield there
    await store.close()


@pytest.fixture
async def chat(there: tuple[Town, Chat]) -> Chat:
    await there[1].begins()
    return there[1]


async def test_one_chat_is_not_another_s(chat: Chat) -> None:
    await chat.says("/help")
    mine = (await chat.asks()).json()["messages"]
    other = (await chat.begins()).json()["token"]  # the cookie is the new chat's from here on
    assert mine
    assert (await chat.asks()).json()["messages"] == []
    bearer = {"Authorization": f"Bearer {other}"}
    assert (await chat.asks(headers=bearer)).json()["messages"] == []
    for token in ("", "x", other[:-1] + ("A" if other[-1] != "A" else "B"), "e" * 200):
        refused = await chat.asks(headers={"Authorization": f"Bearer {token}"})
        assert refused.status_code == 401
        assert "terminée" in refused.json()["error"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "", "Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Site": "", "Origin": "null"},
    ],
    ids=str,
)
async def test_another_site_s_page_is_refused(chat: Chat, headers: dict[str, str]) -> None:
    assert (await chat.begins(**headers)).status_code == 403
    refused = await chat.asks(headers=headers)
    assert refused.status_code == 403
    assert "site de la commune" in refused.json()["error"]


async def test_an_older_browser_s_own_page_is_let_in(chat: Chat) -> None:
    own = {"Sec-Fetch-Site": "", "Origin": f"http://{HOST}"}
    assert (await chat.asks(headers=own)).status_code == 200


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"text": "  "},
        {"text": 7},
        {"press": "x" * 65},
        {"text": "salut", "id": "é"},
        {"text": "salut", "id": 7},
        [],
        "salut",
    ],
    ids=repr,
)
async def test_what_says_nothing_is_refused(chat: Chat, said: object) -> None:
    refused = await chat.client.post("/chat/messages", json=said, headers=chat.headers())
    assert refused.status_code == 400
    assert refused.json()["language"] == "fr"


async def test_only_json_of_a_decent_size_is_read(chat: Chat) -> None:
    for kind, body in (
        ("text/plain", b'{"text": "salut"}'),
        ("application/json", b"{"),
        ("application/json", b'{"text": "\\ud800"}'),
        ("application/json", b"[" * 60_000),
        ("application/json", b'"' + b"a" * 70_000 + b'"'),
    ):
        headers = chat.headers(**{"Content-Type": kind})
        refused = await chat.client.post("/chat/messages", content=body, headers=headers)
        assert refused.status_code == 400, kind


async def test_a_refusal_is_told_in_the_visitor_s_language(chat: Chat) -> None:
    chat.language = "ar"
    refused = await chat.asks(headers={"Authorization": "Bearer nobody"})
    assert "انتهت" in refused.json()["error"]


async def test_one_place_cannot_begin_chats_without_end(chat: Chat) -> None:
    begun = [(await chat.begins()).status_code for _ in range(MOST_BEGUN)]
    assert begun[-1] == 429
    assert set(begun[:-1]) == {201}


async def test_who_floods_a_chat_is_told_once_and_then_ignored(chat: Chat) -> None:
    for _ in range(70):
        assert (await chat.sends(text="/zzz")).status_code == 202
    answers = (await chat.asks()).json()["messages"]
    assert len(answers) == 61
