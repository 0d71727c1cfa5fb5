"""Telephones: what is long goes on when asked for, and a number answers what was told last."""

from collections.abc import AsyncIterator

import pytest

from domain.addresses import Channel
from domain.clock import HandClock
from domain.messages import Choice
from domain.sessions import SessionState
from tests.conversations.conftest import Ground
from tests.town import CARRIED, Talker, Town, town_in

TITLES = [f"Affaire {number} de la voirie et de l’éclairage public" for number in range(1, 31)]


@pytest.fixture
async def town(ground: Ground, clock: HandClock) -> AsyncIterator[Town]:
    async with town_in(ground.store, clock, carried=(*CARRIED, Channel.SMS)) as town:
        yield await town.found_before()


@pytest.fixture
def channel() -> Channel:
    return Channel.SMS


async def convened(town: Town) -> None:
    session_id = await town.session(state=SessionState.DRAFT, titles=TITLES)
    await town.convene(session_id)


@pytest.mark.parametrize("word", ["SUITE", "more", "المزيد", "زيد", "4", "٤"])
async def test_a_convocation_goes_on_page_by_page_and_nothing_is_lost(
    town: Town, councillor: Talker, word: str
) -> None:
    await convened(town)
    said = [councillor.sees()]
    assert councillor.offered() == ["Je viens", "Je m’excuse", "Ordre du jour", "Suite"]
    while councillor.offered()[-1] == "Suite":
        said.append(await councillor.says(word))
    assert len(said) == 4
    whole = "\n".join(said)
    assert [title for title in TITLES[:20] if title not in whole] == []
    assert "… et 10 autres points" in whole
    assert councillor.offered() == ["Je viens", "Je m’excuse", "Ordre du jour"]
    assert "Présence confirmée" in await councillor.says("1")


async def test_on_a_later_page_a_number_still_answers_the_notice(
    town: Town, councillor: Talker
) -> None:
    await convened(town)
    await councillor.says("suite")
    assert "motif" in await councillor.says("2")


async def test_a_number_answers_the_notice_that_came_after_our_answer(
    town: Town, councillor: Talker
) -> None:
    assert len((await councillor.says("/preferences")).split()) > 3
    await convened(town)
    assert "motif" in await councillor.says("2")


async def test_a_number_answers_our_answer_that_came_after_the_notice(
    town: Town, councillor: Talker
) -> None:
    await convened(town)
    await councillor.says("/preferences")
    assert "résumé par semaine" in await councillor.says("2")


async def test_where_a_notice_came_while_a_question_was_open_it_is_asked_which_is_meant(
    town: Town, councillor: Talker
) -> None:
    await town.session("com:budget", titles=["Budget"])
    assert "Vous viendrez" in await councillor.says("/come")
    await convened(town)
    assert "À quoi répondez-vous" in await councillor.says("1")
    assert councillor.offered() == ["Oui", "Je viens"]
    assert "Présence confirmée" in await councillor.says("1")


async def test_the_words_of_an_answer_are_never_taken_for_a_notices(
    town: Town, councillor: Talker
) -> None:
    await town.session("com:budget", titles=["Budget"])
    await councillor.says("/come")
    await convened(town)
    assert "Présence confirmée" in await councillor.says("oui")


async def test_where_nothing_is_left_more_is_answered_kindly(councillor: Talker) -> None:
    await councillor.returns("more")
    assert "Il n’y a pas de suite" in councillor.sees()
    await councillor.returns("more:notice")
    assert "Il n’y a pas de suite" in councillor.sees()


async def test_on_a_network_with_long_messages_everything_is_shown_at_once(town: Town) -> None:
    amina = await town.resident("Amina", seats=["council"], on=Channel.TELEGRAM)
    await convened(town)
    assert TITLES[19] in amina.sees()
    assert Choice("Suite", "more") not in amina.screen()[-1].choices
