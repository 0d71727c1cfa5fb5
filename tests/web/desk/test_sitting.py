"""A sitting run from the desk: the roll, the quorum, the opening, votes, excuses, the closing."""

import re
from datetime import datetime

import pytest

from domain.agenda import ItemState
from domain.attendance import Answer
from domain.bodies import Role
from domain.rolls import Presence
from domain.sessions import SessionState
from tests.town import Talker, Town
from tests.web.desk.conftest import At
from tests.web.people import Browser

TODAY = datetime(2026, 1, 28, 18)
VOICED = re.compile(r'name="(voice-\d+)" value="(\w+)" checked')
HIDDEN = re.compile(r'name="(mark|before)" value="([^"]*)"')


def hidden(browser: Browser) -> dict[str, str]:
    return dict(HIDDEN.findall(browser.html))


@pytest.fixture
async def members(town: Town) -> list[Talker]:
    """Return three members, who sit in the council with Amina."""
    return [await town.resident(name, seats=["council"]) for name in ("Driss", "Hind", "Said")]


@pytest.fixture
async def session_id(town: Town) -> int:
    return await town.session(starts=TODAY, titles=["Voirie", "Budget"])


@pytest.fixture
async def clerk(at_desk: At) -> Browser:
    return await at_desk(Role.CLERK)


async def opened(clerk: Browser, session_id: int) -> None:
    here = f"/desk/sessions/{session_id}"
    await clerk.opens(f"{here}/roll")
    await clerk.sends(f"{here}/roll", act="all")
    await clerk.sends(f"{here}/open", mark=hidden(clerk)["mark"])


async def test_the_roll_is_marked_and_two_who_mark_at_once_lose_nothing(
    town: Town, session_id: int, members: list[Talker], clerk: Browser, at_desk: At
) -> None:
    other = await at_desk(Role.COUNCIL_SECRETARIAT)
    here = f"/desk/sessions/{session_id}/roll"
    first, second, third = (f"seat-{one.person_id}" for one in members)
    await clerk.opens(here)
    await other.opens(here)
    assert "Présents : 0 sur 4. Quorum : 3." in clerk.html
    assert "conseiller" not in clerk.html  # as most are
    away = {first: "absent", second: "absent", third: "absent"}
    before = hidden(clerk)["before"]
    await clerk.sends(here, act="keep", before=before, **{**away, first: "present"})
    await other.sends(here, act="keep", before=before, **{**away, second: "present"})
    assert "L’appel est enregistré" in other.html
    async with town.store.reading() as unit:
        seats = await unit.rolls.seats(session_id, 1, on=TODAY.date())
    there = {one.person_id for one in seats if one.presence is Presence.PRESENT}
    assert there == {members[0].person_id, members[1].person_id}


async def test_a_session_is_opened_on_the_count_that_was_shown(
    town: Town, session_id: int, members: list[Talker], clerk: Browser
) -> None:
    here = f"/desk/sessions/{session_id}"
    await clerk.opens(f"{here}/roll")
    stale = hidden(clerk)["mark"]
    await clerk.sends(f"{here}/roll", act="all")
    assert (await clerk.sends(f"{here}/open", mark=stale)).status_code == 422
    await clerk.sends(f"{here}/open", mark=hidden(clerk)["mark"])
    assert "La session est ouverte" in clerk.html
    assert len(members) == 3
    assert (await _session(town, session_id)) is SessionState.OPEN


async def test_without_a_quorum_the_next_meeting_is_prepared_and_called(
    town: Town, session_id: int, members: list[Talker], clerk: Browser, at_desk: At
) -> None:
    here = f"/desk/sessions/{session_id}"
    await clerk.opens(f"{here}/roll")
    await clerk.sends(
        f"{here}/roll", act="keep", before="", **{f"seat-{members[0].person_id}": "present"}
    )
    assert "Constater le défaut de quorum" in clerk.html
    await clerk.sends(f"{here}/open", mark=hidden(clerk)["mark"])
    assert "Le défaut de quorum est constaté" in clerk.html
    secretary = await at_desk(Role.COUNCIL_SECRETARIAT)
    await secretary.opens(f"{here}/reconvene")
    assert "réunion n° 2" in secretary.html
    soon = await secretary.opens(f"{here}/reconvene?starts=2026-01-30T18:00")
    assert soon.status_code == 422
    assert "c’est trop tôt" in secretary.html
    assert "art. 42" in secretary.html
    assert 'name="mark"' not in secretary.html  # nothing to confirm
    await secretary.opens(f"{here}/reconvene?starts=2026-02-06T18:00")
    assert "Deux lectures de l’art. 42" in secretary.html
    await secretary.sends(
        f"{here}/reconvene", mark=hidden(secretary)["mark"], starts=secretary.value("starts")
    )
    assert (await _session(town, session_id)) is SessionState.RECONVENED
    assert "vendredi 6 février 2026" in secretary.html


async def test_an_item_is_voted_on_with_its_count_and_becomes_a_decision(
    town: Town, session_id: int, members: list[Talker], clerk: Browser
) -> None:
    await opened(clerk, session_id)
    item = await town.item(session_id, "1")
    here = f"/desk/sessions/{session_id}/items/{item.id}/debate"
    await clerk.opens(here)
    tied = await clerk.sends(
        here, act="vote", in_favour="2", against="2", text="Texte", **hidden(clerk)
    )
    assert tied.status_code == 422
    assert "voix est prépondérante" in clerk.html
    assert ">Texte</textarea>" in clerk.html
    many = await clerk.sends(here, act="vote", in_favour="9", against="0", **hidden(clerk))
    assert many.status_code == 422
    await clerk.sends(here, act="vote", in_favour="٣", against="1", **hidden(clerk))
    assert "3 pour, 1 contre" in clerk.html
    [following] = re.findall(r'href="([^"]+)">Point suivant : n° .?2', clerk.html)
    await clerk.opens(following)
    assert "Unanimité (4 pour)" in clerk.html
    await clerk.sends(following, act="unanimous", **hidden(clerk))
    assert "4 pour, 0 contre" in clerk.html
    assert "Point suivant" not in clerk.html
    assert "Décision DEL-2026-" in clerk.html
    assert (await town.item(session_id, "1")).state is ItemState.ADOPTED
    assert len(members) == 3


async def test_an_item_is_put_off_with_a_reason_and_not_without(
    town: Town, session_id: int, members: list[Talker], clerk: Browser
) -> None:
    await opened(clerk, session_id)
    item = await town.item(session_id, "2")
    here = f"/desk/sessions/{session_id}/items/{item.id}/debate"
    await clerk.opens(here)
    answer = await clerk.sends(here, act="deferred", words=" ", **hidden(clerk))
    assert answer.status_code == 422
    await clerk.sends(here, act="deferred", words="Avis attendu", **hidden(clerk))
    assert (await town.item(session_id, "2")).state is ItemState.DEFERRED
    assert len(members) == 3


async def test_excuses_are_judged_the_register_handed_over_and_the_session_closed(
    town: Town, session_id: int, members: list[Talker], clerk: Browser
) -> None:
    here = f"/desk/sessions/{session_id}"
    said = members[2]
    await said.says("/start")
    await said.returns(f"attend:{session_id}:no")
    await said.says("En voyage")
    await said.presses("Oui")
    async with town.store.reading() as unit:
        answers = await unit.attendances.of(session_id)
    assert [one.answer for one in answers] == [Answer.EXCUSED]
    await clerk.opens(f"{here}/roll")
    async with town.store.reading() as unit:
        there = [one.person_id for one in members[:2]] + await unit.people.named("Amina")
    marked = {f"seat-{one}": "present" for one in there}
    await clerk.sends(f"{here}/roll", act="keep", before="", **marked)
    await clerk.sends(f"{here}/open", mark=hidden(clerk)["mark"])
    await clerk.opens(f"{here}/excuses")
    assert "En voyage" in clerk.html
    await clerk.sends(f"{here}/excuses", judge=f"{said.person_id}:yes")
    assert "excuse acceptée" in clerk.html
    register = await clerk.opens(f"{here}/register.csv")
    assert register.headers["content-disposition"].startswith("attachment")
    assert "Driss" in register.text
    await clerk.opens(f"{here}/close")
    assert "Points sans décision : 1 et 2" in clerk.html
    await clerk.sends(f"{here}/close", mark=hidden(clerk)["mark"])
    assert (await _session(town, session_id)) is SessionState.CLOSED


async def test_an_auditor_calls_no_roll(session_id: int, at_desk: At) -> None:
    auditor = await at_desk(Role.AUDITOR)
    assert (await auditor.opens(f"/desk/sessions/{session_id}/roll")).status_code == 403


async def _session(town: Town, session_id: int) -> SessionState:
    async with town.store.reading() as unit:
        session = await unit.sessions.by_id(session_id)
    assert session
    return session.state


async def test_a_vote_by_name_counts_itself_and_names_each_voice(
    town: Town, session_id: int, members: list[Talker], clerk: Browser
) -> None:
    await opened(clerk, session_id)
    item = await town.item(session_id, "1")
    here = f"/desk/sessions/{session_id}/items/{item.id}/voices"
    driss, hind, said = (f"voice-{one.person_id}" for one in members)
    await clerk.opens(here)
    assert re.findall(r'data-count="for">(\d+)<', clerk.html) == ["4"]
    voices = dict.fromkeys(re.findall(r'name="(voice-\d+)" value="for" checked', clerk.html), "for")
    tied = {**voices, driss: "against", hind: "abstained", said: "none", "voice-999": "against"}
    assert (await clerk.sends(here, **tied, **hidden(clerk))).status_code == 422
    assert "voix est prépondérante" in clerk.html
    kept = set(re.findall(VOICED, clerk.html))
    assert {(driss, "against"), (hind, "abstained"), (said, "none")} <= kept
    mark = hidden(clerk)["mark"]
    await clerk.sends(here, **tied, president="for", mark=mark)
    assert "1 pour, 1 contre, 1 abstention" in clerk.html
    assert "contre : Driss" in clerk.html
    assert "abstention : Hind" in clerk.html
    await clerk.sends(here, **tied, president="for", mark=mark)  # pressed twice
    async with town.store.reading() as unit:
        [vote] = await unit.votes.of(item.id)
    assert sorted(vote.named.values()) == ["abstained", "against", "for"]


async def test_voices_are_asked_anew_when_somebody_has_come_meanwhile(
    town: Town, session_id: int, members: list[Talker], clerk: Browser
) -> None:
    roll = f"/desk/sessions/{session_id}/roll"
    await opened(clerk, session_id)
    await clerk.opens(roll)
    away = f"seat-{members[0].person_id}"
    await clerk.sends(roll, act="keep", before=hidden(clerk)["before"], **{away: "absent"})
    item = await town.item(session_id, "1")
    here = f"/desk/sessions/{session_id}/items/{item.id}/voices"
    hind, late = (f"voice-{one.person_id}" for one in (members[1], members[0]))
    await clerk.opens(f"{here}?all=against")
    assert late not in clerk.html
    before = hidden(clerk)["mark"]
    await clerk.opens(roll)
    await clerk.sends(roll, act="all", before=hidden(clerk)["before"])
    answer = await clerk.sends(f"{here}?all=against", mark=before, **{hind: "abstained"})
    assert answer.status_code == 422
    assert {(hind, "abstained"), (late, "against")} <= set(re.findall(VOICED, clerk.html))
