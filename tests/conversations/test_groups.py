"""In a group: only what is everybody's is said there, and a body can be followed."""

from dataclasses import replace
from datetime import datetime

import pytest

from domain.addresses import Channel
from domain.agenda import AgendaItem
from domain.bodies import Role
from domain.messages import OPENS, Heard
from domain.sessions import SessionState
from tests.town import Talker, Town

LATER = datetime(2026, 3, 5, 18, 0)


@pytest.fixture
def channel() -> Channel:
    return Channel.TELEGRAM


@pytest.fixture
async def chair(town: Town) -> Talker:
    return await town.resident(
        "Salma", seats=["com:budget"], role=Role.COMMISSION_CHAIR, on=Channel.TELEGRAM
    )


@pytest.fixture
def group(town: Town) -> Talker:
    return town.group()


async def test_a_group_that_lets_us_in_is_told_in_three_lines_what_we_do(group: Talker) -> None:
    await group.does(Heard.JOINED)
    assert len(group.sees().splitlines()) == 3
    assert "/follow" in group.sees()


@pytest.mark.parametrize("text", ["/inbox", "mes rappels", "/preferences", "/link", "je viens"])
async def test_what_is_personal_is_said_in_private(
    town: Town, group: Talker, councillor: Talker, text: str
) -> None:
    await town.session()
    group.speaker = councillor.address
    said = await group.says(text)
    assert "en privé" in said
    assert "Amina" not in said
    assert group.screen()[-1].choices[0].value.startswith(OPENS)
    assert not councillor.messages()


async def test_a_group_reads_what_a_citizen_may_read(
    town: Town, group: Talker, councillor: Talker
) -> None:
    session_id = await town.session(titles=["Voirie", "Contentieux"])
    closed = await town.item(session_id, "2")
    await town.change_item(replace(closed, is_public=False))
    group.speaker = councillor.address
    said = await group.says("/agenda")
    assert "Voirie" in said
    assert "Contentieux" not in said


@pytest.mark.parametrize("value", ["attend:1:yes", "inbox", "reminders", "stop", "unlink:yes"])
async def test_a_button_of_somebody_else_binds_nobody_in_a_group(
    town: Town, group: Talker, councillor: Talker, value: str
) -> None:
    session_id = await town.session()
    group.speaker = councillor.address
    assert "en privé" in await group.returns(value)
    async with town.store.reading() as unit:
        assert not await unit.attendances.of(session_id)
        assert await unit.people.with_address(councillor.address) == [councillor.person_id]


async def test_a_group_is_led_to_the_very_question_in_private(
    town: Town, group: Talker, councillor: Talker
) -> None:
    session_id = await town.session()
    await group.returns(f"attend:{session_id}:yes")
    entrance = group.screen()[-1].choices[0].value.removeprefix(OPENS)
    assert entrance == f"attend_{session_id}"
    await councillor.says(f"/start {entrance}")
    assert "Oui" in councillor.offered()  # asked, not done


async def test_only_who_may_lets_a_group_follow_a_body(
    group: Talker, chair: Talker, councillor: Talker, stranger: Talker
) -> None:
    for speaker in (None, stranger.address, councillor.address):
        group.speaker = speaker
        said = await group.says("/follow commission du budget")
        assert "suit" not in said
    group.speaker = chair.address
    assert "qualité" in await group.says("/follow conseil communal")
    assert "Ce groupe suit : Commission du budget" in await group.says("/follow com:budget")
    assert "suit déjà" in await group.says("/follow commission du budget")


async def test_which_body_to_follow_is_asked_among_those_one_may_choose(
    group: Talker, chair: Talker
) -> None:
    group.speaker = chair.address
    await group.says("/follow")
    assert group.offered() == ["Commission du budget"]
    assert "Ce groupe suit" in await group.presses("Commission du budget")
    await group.says("ne plus suivre")
    assert "ne suit plus" in await group.presses("Commission du budget")
    await group.says("/follow com:budget")
    assert "ne suit plus rien" in await group.says("/unfollow")
    assert "ne suit aucune" in await group.says("/unfollow")


@pytest.fixture
async def following(group: Talker, chair: Talker) -> Talker:
    group.speaker = chair.address
    await group.says("/follow com:budget")
    return group


async def _convened(town: Town, starts: datetime = LATER) -> int:
    session_id = await town.session("com:budget", starts=starts, state=SessionState.DRAFT)
    async with town.store.unit() as unit:
        await unit.agenda.add(
            [
                AgendaItem(0, session_id, "1", 1, "Voirie", "fr"),
                AgendaItem(0, session_id, "2", 2, "Contentieux", "fr", is_public=False),
            ]
        )
    await town.convene(session_id)
    return session_id


async def test_a_group_is_told_once_and_only_what_is_public(town: Town, following: Talker) -> None:
    before = len(following.messages())
    await _convened(town)
    await town.carry()
    (news,) = following.messages()[before:]
    assert "Voirie" in news.text
    assert "Contentieux" not in news.text
    assert [choice.value.partition(":")[0] for choice in news.choices] == ["agenda"]


async def test_a_group_proves_nothing(town: Town, following: Talker) -> None:
    session_id = await _convened(town)
    async with town.store.reading() as unit:
        lines = await unit.evidence.of_session(session_id)
    assert following.address not in {line.address for line in lines}


@pytest.mark.parametrize("kind", [Heard.LEFT, Heard.MOVED])
async def test_a_group_that_is_left_or_moves_is_told_there_no_more(
    town: Town, following: Talker, kind: Heard
) -> None:
    new = replace(following, address="-100moved")
    await following.does(kind, new.address)
    before = len(following.messages())
    await _convened(town)
    assert len(following.messages()) == before
    assert len(new.messages()) == (kind is Heard.MOVED)


async def test_the_group_of_another_body_is_told_nothing(town: Town, following: Talker) -> None:
    before = len(following.messages())
    session_id = await town.session("council", starts=LATER, state=SessionState.DRAFT)
    await town.convene(session_id)
    assert len(following.messages()) == before
