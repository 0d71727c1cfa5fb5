"""A sitting run from a chat: no quorum twice, the third meeting, votes, decisions, closing."""

from datetime import UTC, datetime, timedelta

import pytest

from actions.sessions.deciding import lapse
from domain.agenda import ItemState
from domain.bodies import Role
from domain.decisions import DecisionState
from domain.notices import NoticeKind
from domain.session_facts import SessionFact
from domain.sessions import SessionState
from tests.town import Talker, Town

OPENS = datetime(2026, 2, 5, 10)


@pytest.fixture
async def secretary(town: Town) -> Talker:
    return await town.resident("Khadija", seats=["council"], role=Role.COUNCIL_SECRETARIAT)


@pytest.fixture
async def members(town: Town) -> list[Talker]:
    names = ("Amine", "Badr", "Chama", "Driss", "Esther")
    return [
        await town.resident(
            name,
            "ar" if name == "Badr" else "fr",
            seats=["council"],
            role=Role.PRESIDENT if name == "Amine" else Role.MEMBER,
        )
        for name in names
    ]


async def at(secretary: Talker, day: datetime) -> None:
    """Let it be this hour of UTC+1 at the commune's, and the secretary be sure to be herself."""
    town = secretary.town
    town.clock.move_to(day.replace(tzinfo=UTC) - timedelta(hours=1))
    async with town.store.unit() as unit:
        await unit.people.verify(
            secretary.person_id, secretary.channel, secretary.address, at=town.clock.now()
        )


async def state(town: Town, session_id: int) -> tuple[SessionState, datetime]:
    async with town.store.reading() as unit:
        session = await unit.sessions.by_id(session_id)
        sittings = await unit.sessions.sittings(session_id)
    assert session
    return session.state, sittings[0].starts


async def opened(town: Town, secretary: Talker, *titles: str) -> int:
    """Open a session that everybody has come to."""
    session_id = await town.session(starts=OPENS, titles=titles)
    await at(secretary, OPENS)
    await secretary.returns(f"roll:{session_id}")
    await secretary.presses("Tous présents")
    await secretary.presses("Ouvrir la séance")
    assert "Session ouverte" in await secretary.presses("Oui")
    return session_id


async def test_a_session_without_quorum_reaches_its_third_meeting(
    town: Town, secretary: Talker, members: list[Talker]
) -> None:
    session_id = await town.session(starts=OPENS, titles=["Budget"])
    assert "se fait ce jour-là" in await secretary.returns(f"roll:{session_id}")
    await at(secretary, OPENS)
    assert "Présents : 0 sur 5. Quorum : 3." in await secretary.returns(f"roll:{session_id}")
    assert "Présents : 2 sur 5" in await secretary.says("1 3")
    await secretary.presses("Ouvrir la séance")
    told = await secretary.presses("Oui")
    assert "Présents : 2 sur 5 membres en exercice ; il en faut 3" in told
    assert "du dimanche 8 février 2026 au mardi 10 février 2026" in told
    assert any("Quorum non atteint" in one.title for one in members[0].messages())

    await at(secretary, datetime(2026, 2, 9, 9))
    await secretary.says("qu'est-ce qui est dû ?")
    await secretary.presses("Convoquer à la réunion suivante")
    assert "réunion n° 2" in await secretary.presses("Oui")
    assert await state(town, session_id) == (
        SessionState.RECONVENED,
        datetime(2026, 2, 10, 10),
    )
    await town.carry()
    call = members[1].messages()[-1]
    assert "استدعاء ثان" in call.title
    assert call.event
    assert call.event.sequence == 1

    await _third_meeting(secretary, session_id)
    async with town.store.reading() as unit:
        facts = await unit.session_facts.of(session_id)
        kinds = [one.kind for one in await unit.notices.of_session(session_id)]
    assert [facts[fact].day for fact in RUN] == [5, 9, 10, 13]
    assert kinds.count(NoticeKind.CONVOCATION) == 2


async def _third_meeting(secretary: Talker, session_id: int) -> None:
    await at(secretary, datetime(2026, 2, 10, 10))
    await secretary.returns(f"roll:{session_id}")
    await secretary.says("2")
    await secretary.presses("Ouvrir la séance")
    assert "13 février 2026" in await secretary.presses("Oui")
    echoed = await secretary.returns(f"reconvene:{session_id}")
    assert "Deux lectures" in echoed
    assert "réunion n° 3" in await secretary.presses("Oui")

    await at(secretary, datetime(2026, 2, 13, 10))
    assert "valable quel que soit le nombre" in await secretary.returns(f"roll:{session_id}")
    await secretary.says("1")
    await secretary.presses("Ouvrir la séance")
    assert "Session ouverte" in await secretary.presses("Oui")


RUN = (
    SessionFact.FIRST_FAILED,
    SessionFact.RECONVENED,
    SessionFact.SECOND_FAILED,
    SessionFact.OPENED,
)


async def test_a_vote_is_said_back_numbered_and_told_to_a_follower_in_arabic(
    town: Town, secretary: Talker, members: list[Talker]
) -> None:
    follower = await town.resident("Zineb", "ar")
    session_id = await opened(town, secretary, "Budget 2026")
    item = await town.item(session_id, "1")
    await follower.returns(f"follow:item:{item.id}")
    await secretary.returns(f"vote:{session_id}:{item.id}")
    assert "4 pour, 1 contre, 0 abstention" in await secretary.says("4 1")
    told = await secretary.presses("majorité des voix")
    assert "adopté" in told
    assert "DEL-2026-1" in told
    assert (await town.item(session_id, "1")).state is ItemState.ADOPTED
    heard = follower.messages()[-1]
    assert "Budget 2026" in heard.title
    assert "مصادق عليها" in heard.text
    assert "DEL-2026-1" in heard.text
    assert "DEL-2026-1" in await members[2].says("la décision DEL-2026-1")


async def test_a_tie_asks_for_the_presidents_side(
    town: Town, secretary: Talker, members: list[Talker]
) -> None:
    assert members
    session_id = await opened(town, secretary, "Jumelage")
    item = await town.item(session_id, "1")
    await secretary.returns(f"vote:{session_id}:{item.id}")
    await secretary.says("2 2 1")
    assert "rejeté" in await secretary.presses("Le président : contre")


async def test_a_decision_goes_its_way_and_by_the_governors_silence_is_executory(
    town: Town, secretary: Talker, members: list[Talker]
) -> None:
    assert members
    session_id = await opened(town, secretary, "Budget")
    item = await town.item(session_id, "1")
    await secretary.returns(f"counted:{session_id}:{item.id}:5-0-0:cast")
    for label in ("signée", "transmise", "reçue"):
        await secretary.returns("decision:DEL-2026-1")
        await secretary.presses(label)
        assert "✅" in await secretary.presses("Oui")
    async with town.store.unit() as unit:
        assert await lapse(unit) == 0
    await at(secretary, datetime(2026, 2, 11, 9))
    async with town.store.unit() as unit:
        assert await lapse(unit) == 1
        decision = await unit.decisions.called(2026, 1)
    assert decision
    assert decision.state is DecisionState.EXECUTORY


async def test_the_forecast_is_for_those_who_preside_and_the_record_for_all(
    town: Town, secretary: Talker, members: list[Talker]
) -> None:
    session_id = await town.session(starts=OPENS)
    await members[1].returns(f"attend:{session_id}:yes")
    assert "Confirmés : 1" in await secretary.says("aurons-nous le quorum ?")
    assert "réservée à la présidence" in await members[2].says("aurons-nous le quorum ?")
    await at(secretary, OPENS)
    await secretary.returns(f"roll:{session_id}")
    await secretary.presses("Tous présents")
    await secretary.presses("Ouvrir la séance")
    await secretary.presses("Oui")
    stranger = town.stranger()
    assert "5 présents sur 5" in await stranger.returns(f"quorum:{session_id}")
    assert "Badr" not in stranger.sees()
    assert "Présents (5) : Amine, Badr" in await members[2].says("qui était présent ?")


async def test_who_presides_reads_the_names_behind_a_forecast(
    town: Town, members: list[Talker]
) -> None:
    session_id = await town.session(starts=OPENS)
    await members[1].returns(f"attend:{session_id}:yes")
    told = await members[0].says("qui vient à la session ?")
    assert "Viennent (1) : Badr" in told
    assert "Sans réponse (4) : Amine, Chama" in told
    assert "Badr" not in await members[2].says("qui vient à la session ?")


async def test_who_asks_for_a_decision_of_a_day_without_one_is_told_of_the_last_before(
    town: Town, secretary: Talker, members: list[Talker]
) -> None:
    assert "Aucune décision" in await members[2].says("qu'est-ce qui a été décidé hier ?")
    session_id = await opened(town, secretary, "Éclairage public")
    item = await town.item(session_id, "1")
    await secretary.returns(f"counted:{session_id}:{item.id}:5-0-0:cast")
    town.clock.move_to(town.clock.now() + timedelta(days=3))
    told = await members[2].says("qu'est-ce qui a été décidé hier ?")
    assert "du jeudi 5 février 2026" in told
    assert "Éclairage public" in told
    assert "DEL-2026-1" in "".join(members[2].offered())


async def test_who_runs_no_sitting_is_offered_none_of_it(
    town: Town, secretary: Talker, members: list[Talker]
) -> None:
    session_id = await town.session(starts=OPENS)
    await at(secretary, OPENS)
    assert "pas qualité" in await members[3].returns(f"roll:{session_id}")
    assert "pas qualité" in await members[3].returns(f"opensession:{session_id}:yes")
    await members[3].returns(f"session:{session_id}")
    assert "Faire l’appel" not in members[3].offered()


async def test_an_ordinary_session_is_extended_once_and_closed(
    town: Town, secretary: Talker, members: list[Talker]
) -> None:
    assert members
    session_id = await opened(town, secretary, "Budget", "Marchés")
    await secretary.returns(f"extend:{session_id}")
    assert "2 mars 2026" in await secretary.presses("Oui")
    assert "déjà été prolongée" in await secretary.returns(f"extend:{session_id}:yes")
    await secretary.returns(f"close:{session_id}")
    assert "Points sans décision : 1 et 2" in await secretary.presses("Oui")
    assert (await state(town, session_id))[0] is SessionState.CLOSED
