"""The desk's first page: who has one, what is due, and that a trial is never overlooked."""

import re
from dataclasses import replace

import pytest

from actions.papers import recording
from domain.actors import OPERATOR
from domain.bodies import Role
from domain.petitions import PetitionState
from domain.session_facts import SessionFact
from domain.sessions import SessionState
from domain.trials import trial
from tests.town import Town
from tests.web.desk.conftest import At
from tests.web.people import Browser, browser_in, site_of, with_email
from tests.web.public.test_petitions import kept_petition

NOTED = re.compile(r'name="note" value="(did:\d+:[a-z_]+)"')


async def test_a_councillor_and_a_stranger_find_no_desk(reader: Browser, town: Town) -> None:
    assert (await reader.opens("/desk")).status_code == 404
    assert 'href="/desk"' not in reader.html
    async with browser_in(town) as stranger:
        assert (await stranger.opens("/desk")).url.path == "/sign-in"


@pytest.mark.parametrize("role", [Role.COUNCIL_SECRETARIAT, Role.PRESIDENT, Role.AUDITOR])
async def test_the_staff_and_the_bureau_have_one(at_desk: At, role: Role) -> None:
    browser = await at_desk(role)
    assert (await browser.opens("/desk")).status_code == 200
    assert 'href="/desk" aria-current="page"' in browser.html


async def test_what_the_law_asks_next_is_noted_with_one_press_and_taken_back(
    at_desk: At, town: Town
) -> None:
    session_id = await town.session()
    async with town.store.unit() as unit:
        for fact in (SessionFact.AGENDA_SENT, SessionFact.AGENDA_RECEIVED):
            await recording.record(unit, OPERATOR, session_id, fact)
    browser = await at_desk(Role.COUNCIL_SECRETARIAT)
    await browser.opens("/desk")
    assert "loi organique 113-14, art. " in browser.html
    (note, *_) = NOTED.findall(browser.html)
    await browser.sends("/desk", note=note)
    assert browser.shown
    assert browser.shown.url.path == "/desk"
    assert f'value="{note}"' not in browser.html
    await browser.sends("/desk", note=note.replace("did", "undid"))
    assert f'value="{note}"' in browser.html


@pytest.mark.parametrize("note", ["did:1:opened", "did:1:", "undid:x:agenda_sent", "eat:1:opened"])
async def test_what_is_no_note_of_theirs_changes_nothing(at_desk: At, note: str) -> None:
    browser = await at_desk(Role.COUNCIL_SECRETARIAT)
    await browser.opens("/desk")
    assert (await browser.sends("/desk", note=note)).status_code in {400, 422}


async def test_an_auditor_reads_no_duties_and_notes_none(at_desk: At) -> None:
    browser = await at_desk(Role.AUDITOR)
    await browser.opens("/desk")
    assert not NOTED.findall(browser.html)
    assert (await browser.sends("/desk", note="did:1:agenda_sent")).status_code == 403


async def test_a_trial_is_said_loudly_on_the_desk_and_what_it_means(town: Town) -> None:
    clerk = await town.resident("Hind", seats=["council"], role=Role.CLERK)
    await with_email(town, clerk.person_id, "hind@example.ma")
    site = replace(site_of(town), trial=trial("hind@example.ma"))
    async with browser_in(town, site) as browser:
        await browser.signs_in("hind@example.ma")
        await browser.opens("/desk")
        assert "Mode d’essai" in browser.html
        assert "vers 1 personne ou adresse inscrite" in browser.html


async def test_an_agenda_that_is_due_leads_to_where_it_is_sent(at_desk: At, town: Town) -> None:
    session_id = await town.session(state=SessionState.DRAFT, titles=["Voirie"])
    browser = await at_desk(Role.COUNCIL_SECRETARIAT)
    await browser.opens("/desk")
    assert f'href="/desk/sessions/{session_id}/submit"' in browser.html
    assert f'href="/desk/sessions/{session_id}/convene"' in browser.html
    clerk = await at_desk(Role.CLERK)
    await clerk.opens("/desk")
    assert f'href="/desk/sessions/{session_id}/submit"' in clerk.html
    assert f'href="/desk/sessions/{session_id}/convene"' not in clerk.html  # not theirs to do


async def test_what_is_due_of_a_session_is_noted_and_taken_back_on_its_own_page(
    at_desk: At, town: Town
) -> None:
    session_id = await town.session()
    async with town.store.unit() as unit:
        await recording.record(unit, OPERATOR, session_id, SessionFact.AGENDA_SENT)
        await recording.record(unit, OPERATOR, session_id, SessionFact.AGENDA_RECEIVED)
    browser = await at_desk(Role.COUNCIL_SECRETARIAT)
    here = f"/desk/sessions/{session_id}"
    await browser.opens(here)
    (note,) = NOTED.findall(browser.html)
    await browser.sends("/desk", note=note, back="session")
    assert browser.shown
    assert browser.shown.url.path == here
    assert "C’est inscrit, à la date d’aujourd’hui" in browser.html
    await browser.sends("/desk", note=note.replace("did", "undid"), back="session")
    assert f'value="{note}"' in browser.html


async def test_a_petition_to_be_answered_is_one_press_away(at_desk: At, town: Town) -> None:
    petition = await kept_petition(town, PetitionState.AT_BUREAU, "Un passage piéton")
    async with town.store.unit() as unit:
        await unit.petitions.change(replace(petition, received_at=unit.clock.now()))
    browser = await at_desk(Role.COUNCIL_SECRETARIAT)
    due = (await browser.opens("/desk")).text.partition('aria-labelledby="petitions"')[0]
    assert f'href="/desk/petitions/{petition.ref}"' in due


async def test_whoever_has_nothing_to_do_is_told_so(at_desk: At) -> None:
    writer = await at_desk(Role.COMMUNICATION_WRITER)
    await writer.opens("/desk")
    assert "Rien ne vous attend aujourd’hui." in writer.html
