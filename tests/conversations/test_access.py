from dataclasses import replace

import pytest

from domain.agenda import ItemState
from domain.documents import Visibility
from domain.sessions import AgendaState, SessionState
from tests.town import Talker, Town

SECRET = "Marché négocié"


async def _closed_item(town: Town) -> int:
    session_id = await town.session(titles=["Voirie", SECRET])
    await town.change_item(replace(await town.item(session_id, "2"), is_public=False))
    return session_id


async def test_a_citizen_sees_no_closed_item_and_members_do(
    town: Town, stranger: Talker, councillor: Talker
) -> None:
    session_id = await _closed_item(town)
    assert SECRET not in await stranger.returns(f"agenda:{session_id}")
    assert f"{SECRET} 🔒" in await councillor.returns(f"agenda:{session_id}")


async def test_a_closed_item_and_no_item_are_the_same_to_a_citizen(
    town: Town, stranger: Talker
) -> None:
    session_id = await _closed_item(town)
    hidden = await town.item(session_id, "2")
    closed = await stranger.returns(f"item:{session_id}:{hidden.id}")
    assert closed == await stranger.returns(f"item:{session_id}:999999")
    by_number = await stranger.says("/item 2")
    assert by_number.replace("2", "N", 1) == (await stranger.says("/item 9")).replace("9", "N", 1)


@pytest.mark.parametrize("state", [SessionState.DRAFT, SessionState.AGENDA_SENT])
async def test_a_session_that_is_not_convened_is_only_the_staffs(
    town: Town, stranger: Talker, councillor: Talker, clerk: Talker, state: SessionState
) -> None:
    session_id = await town.session(titles=["Voirie"], state=state)
    for outsider in (stranger, councillor):
        for value in (f"agenda:{session_id}", f"session:{session_id}", f"docs:{session_id}"):
            assert await outsider.returns(value) == await outsider.returns("session:999999")
        assert "Voirie" not in await outsider.says("/agenda 5/2/2026")
        assert "Aucune session" in await outsider.says("/next")
    assert "Voirie" in await clerk.returns(f"agenda:{session_id}")


async def test_a_draft_nobody_was_told_of_stays_unknown_when_it_is_cancelled(
    town: Town, stranger: Talker
) -> None:
    draft = await town.session(state=SessionState.DRAFT)
    async with town.store.unit() as unit:
        session = await unit.sessions.by_id(draft)
        assert session
        await unit.sessions.change(replace(session, state=SessionState.CANCELLED))
    assert "pas cette session" in await stranger.returns(f"session:{draft}")


async def test_an_agenda_that_is_being_written_is_read_by_staff_alone(
    town: Town, councillor: Talker, clerk: Talker
) -> None:
    session_id = await town.session(titles=["Voirie"], agenda=AgendaState.DRAFTED)
    assert "Voirie" not in await councillor.returns(f"agenda:{session_id}")
    said = await clerk.returns(f"agenda:{session_id}")
    assert "Projet" in said
    assert "Voirie" in said


async def test_a_proposed_item_is_on_nobodys_agenda_but_the_staffs(
    town: Town, councillor: Talker, clerk: Talker
) -> None:
    session_id = await _closed_item(town)
    item = await town.item(session_id, "2")
    await town.change_item(replace(item, state=ItemState.PROPOSED))
    assert SECRET not in await councillor.returns(f"agenda:{session_id}")
    assert SECRET in await clerk.returns(f"agenda:{session_id}")


async def test_papers_go_to_those_they_are_for(
    town: Town, stranger: Talker, councillor: Talker, clerk: Talker
) -> None:
    session_id = await _closed_item(town)
    await town.document(session_id, "dossier de presse")
    await town.document(session_id, "rapport interne", visibility=Visibility.MEMBERS)
    await town.document(session_id, "note du cabinet", visibility=Visibility.STAFF)
    await town.document(session_id, "contrat", item=await town.item(session_id, "2"))
    expected = {
        stranger: ["dossier de presse.pdf"],
        councillor: ["dossier de presse.pdf", "rapport interne.pdf", "contrat.pdf"],
    }
    for reader, files in expected.items():
        await reader.returns(f"docs:{session_id}")
        assert reader.files() == files
    await clerk.returns(f"docs:{session_id}")
    assert "note du cabinet.pdf" in clerk.files()


async def test_one_commissions_member_does_not_read_anothers_closed_items(
    town: Town, councillor: Talker
) -> None:
    session_id = await town.session("com:urbanisme", titles=[SECRET])
    await town.change_item(replace(await town.item(session_id, "1"), is_public=False))
    assert SECRET not in await councillor.returns(f"agenda:{session_id}")


async def test_an_answer_to_a_session_one_may_not_see_tells_nothing(
    town: Town, councillor: Talker
) -> None:
    draft = await town.session(state=SessionState.DRAFT)
    for value in ("attend:{}:yes", "attend:{}:no", "excuse:{}:yes", "remind:{}:P1D", "remind:{}"):
        said = await councillor.returns(value.format(draft))
        assert said == await councillor.returns("session:999999")


async def test_a_stranger_is_told_how_to_be_known_before_anything_personal(
    town: Town, stranger: Talker
) -> None:
    session_id = await town.session()
    for value in (f"attend:{session_id}:yes", f"remind:{session_id}:P1D", "inbox", "why"):
        assert "/link" in await stranger.returns(value)
